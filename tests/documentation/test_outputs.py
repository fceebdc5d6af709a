"""The page about what a build makes names every file and every field of its reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.packing.jobs import a_job
from tests.packing.test_preflight_report import a_report
from tests.preflight.plates import a_page, an_area

from press.desk.build import REFUSED
from press.flatplan.price import Draft, tariff
from press.model.article import Article, Slug
from press.model.digest import Digest, MailPicture, Variant
from press.model.finding import Place, error, note
from press.model.flatplan import (
    AdBox,
    Box,
    FigurePlace,
    Flatplan,
    Jump,
    PagePlan,
    Setting,
    Term,
)
from press.model.furniture import FigureShape, HeadShape
from press.model.galley import LineEnd
from press.model.house import AdId
from press.model.layout import Head
from press.model.package import Package
from press.model.plates import BleedFacts, Edge
from press.packing.digest_report import write_digest
from press.packing.preflight_report import Preflight, write_preflight
from press.packing.report import (
    Ticket,
    write_findings,
    write_flatplan,
    write_links,
    write_ticket,
)

PUBLIC = Variant(name="everybody", readers=(frozenset(),), html="", text="")
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "outputs.md").read_text(encoding="utf-8")
#: Fields whose own names are names of files, faces, programs and terms.
OPEN = {
    *("versions", "fonts", "inputs", "files", "job.files"),
    "pages.articles.why",
}


def told(title: str) -> list[str]:
    """Return what the first table under a heading names."""
    _, _, text = PAGE.partition(f"# {title}\n")
    table = text.partition("\n|---")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([^`]+)`", table, flags=re.MULTILINE)


def fields_of(value: Any, path: str = "") -> Iterator[str]:
    """Yield every field of a report, those of lists and of named things once."""
    if isinstance(value, list):
        for one in value:
            yield from fields_of(one, path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            at = path if path in OPEN else f"{path}.{name}".lstrip(".")
            if at != path:
                yield at
            yield from fields_of(inner, at)


def a_flatplan() -> Flatplan:
    shape = FigureShape(columns=2, natural=14, least=12, most=16)
    head = HeadShape(
        columns=2,
        size=27,
        leading=28,
        headline=("A mill",),
        standfirst=(),
        kicker=0,
        headline_depth=3,
        standfirst_depth=0,
        cost=0,
    )
    setting = Setting(
        head=head,
        arrangement=Head.OVER,
        frames=(),
        slack=(1, 0),
        start=0,
        stop=9,
        figures=(FigurePlace(figure=0, column=0, line=0, depth=14, shape=shape),),
        terms=(Term(name="crop", cost=1.0),),
    )
    box = Box(package="mill", column=0, line=0, columns=2, lines=30, setting=setting)
    ad = AdBox(ad=AdId("subscribe"), column=0, line=40, columns=5, lines=12)
    page = PagePlan(
        number=2,
        section="News",
        grid="news",
        opens=False,
        top=3,
        lines=80,
        boxes=(box,),
        ads=(ad,),
    )
    jump = Jump(package="gap", part=1, from_page=1, to_page=3)
    return Flatplan(pages=(page,), jumps=(jump,), held_over=("corrections",))


def a_preflight() -> Preflight:
    """Return a report in which every field has something."""
    gap = an_area()
    bleed = BleedFacts(edge=Edge.TOP, wanted=3, touching=9, gaps=(gap,))
    place = Place(page=1, area=gap)
    return a_report(
        plates=(a_page(1, bleeds=(bleed,)),),
        findings=(error("preflight.x", "No.", place, hint="Look."),),
    )


def plain(fields: Iterator[str]) -> Iterator[str]:
    """Yield fields without the edges, inks and measures that every such field has."""
    for field in fields:
        name = re.sub(r"^(pages\.bleeds)\.top", r"\1", field)
        if not re.search(r" (?:ink|mm|inks)\.(?:[CMYK]|left|top|width|height)$", name):
            yield re.sub(r"\.inks\.[CMYK]$", ".inks", name)


def a_package() -> Package:
    article = Article(slug=Slug("mill"), title="A mill")
    return Package(
        id="mill",
        section="News",
        template="news",
        grid="news",
        priority=3,
        articles=(article,),
        address="https://lamp.example/2024-09-1",
    )


def test_every_field_of_the_flatplan_is_named() -> None:
    report = json.loads(write_flatplan(a_flatplan(), {"mill": a_package()}))

    assert list(dict.fromkeys(fields_of(report))) == told("flatplan.json")


def test_every_field_of_the_links_is_named() -> None:
    report = json.loads(write_links(a_flatplan(), {"mill": a_package()}))

    assert list(fields_of(report)) == told("links.json")


def test_every_field_of_the_digest_is_named() -> None:
    picture = MailPicture(name="a.jpg", url="u", data=b"x", width=1, height=1, alt="")
    digest = Digest(
        subject="s",
        preheader="p",
        groups=frozenset(),
        variants=(replace(PUBLIC, blocks=(("head", 1),)),),
        pictures=(picture,),
    )
    report = json.loads(write_digest(digest, [("G3", "a link", "proven")]))

    assert list(dict.fromkeys(fields_of(report))) == told("digest.json")


def test_every_field_of_the_findings_is_named() -> None:
    place = Place(file="edition.yaml", line=3, column=1, page=2, article="mill")
    report = json.loads(write_findings([note("plan.x", "Odd.", place, hint="Look.")]))

    assert list(fields_of(report)) == told("findings.json")


def test_every_field_of_the_ticket_is_named() -> None:
    pairs = (("one", "1"),)
    ticket = Ticket(
        edition="2024-09", versions=pairs, fonts=pairs, inputs=pairs, job=a_job()
    )

    report = json.loads(write_ticket(ticket, {"pages/1.pdf": b"%PDF"}))

    fields = list(fields_of(report))
    after = fields.index("job.files") + 1
    told_of_files = list(report["job"]["files"]["pages/1.pdf"])
    fields[after:after] = [f"job.files.{name}" for name in told_of_files]
    assert [*fields, *(f"files.{name}" for name in told_of_files)] == told(
        "ticket.json"
    )


def test_every_term_of_a_cost_is_named() -> None:
    large = FigureShape(columns=2, natural=10, least=8, most=30, ppi=120)
    dear = Draft(
        arrangement=1.0,
        head=1.0,
        dropped=1,
        columns=2,
        height=10,
        figures=[(28, large)],
        slots=[(0, 0, 5)],
        slack=[1],
        ends=[LineEnd.HYPHEN],
        bare=1,
        opening=True,
        twice=True,
    )

    terms = [term.name for term in tariff(1, 2, 5).terms(dear)]

    assert terms == told("Terms of a cost")


def test_every_field_of_the_preflight_is_named() -> None:
    report = json.loads(write_preflight(a_preflight()))

    assert list(dict.fromkeys(plain(fields_of(report)))) == told("preflight.json")


def test_every_file_is_named() -> None:
    source = "\n".join(
        (ROOT / "src/press/desk" / name).read_text(encoding="utf-8")
        for name in (
            "build.py",
            "delivery.py",
            "press.py",
            "readback.py",
            "mail.py",
            "web.py",
        )
    )
    written = re.findall(r'"([a-z]+\.(?:pdf|json|html|txt|eml))"', source)
    written += [f"{PUBLIC.stem}.html", f"{PUBLIC.stem}.txt"]
    folders = re.findall(r'f"([a-z]+)/', source)

    names = [name.partition("/") for name in told("What a build makes")]

    assert {name for name, slash, _ in names if not slash} == set(written)
    assert {name for name, slash, _ in names if slash} == set(folders) - {"editions"}


def test_every_file_that_is_kept_of_a_refused_edition_is_named() -> None:
    assert told("When the pages may not go to press") == list(REFUSED)
