"""What a build says of itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from press.model.finding import Place, error, note
from press.model.flatplan import Flatplan
from press.model.package import Package
from press.packing.report import (
    Ticket,
    slack_of,
    write_findings,
    write_flatplan,
    write_links,
    write_ticket,
)
from tests.compose.paper import Paper

FORME = Paper().forme()
TICKET = Ticket(
    edition="2024-09",
    versions=(("press", "0.1.0"), ("weasyprint", "70.0")),
    fonts=(("Press Serif 400", "aa"),),
    inputs=(("press.yaml", "bb"), ("layouts/tabloid/", "cc")),
)


def flatplan(
    plan: Flatplan = FORME.flatplan, packages: Mapping[str, Package] = FORME.packages
) -> Any:
    return json.loads(write_flatplan(plan, packages))


# ---------------------------------------------------------------- flatplan.json


def test_the_flatplan_says_where_every_article_stands() -> None:
    pages = flatplan()["pages"]

    assert [(page["page"], page["section"], page["grid"]) for page in pages] == [
        (1, "News", "news"),
        (2, "News", "news"),
        (3, "World", "news"),
        (4, "Comment", "feature"),
    ]
    (salt,) = pages[0]["articles"]
    place = {key: salt[key] for key in ("column", "columns", "line", "lines", "part")}
    assert place == {"column": 0, "columns": 3, "line": 0, "lines": 40, "part": 0}
    assert salt["article"] == "salt"
    assert salt["articles"] == ["salt"]
    assert salt["pictures"] == [{"figure": 0, "columns": 1, "lines": 12}]
    assert pages[3]["house ads"] == [
        {"ad": "subscribe", "column": 0, "line": 40, "lines": 12}
    ]


def test_the_flatplan_says_why_with_terms_that_add_up() -> None:
    for page in flatplan()["pages"]:
        for article in page["articles"]:
            assert article["why"] == {"crop": 0.25, "white": 1.5}
            assert article["cost"] == 1.75


def test_the_flatplan_says_what_jumps_and_what_was_held_over() -> None:
    plan = flatplan()

    assert plan["jumps"] == [{"article": "salt", "from": 1, "to": 3}]
    assert plan["held over"] == ["corrections"]


def test_slack_is_that_of_the_part_in_which_an_article_ends() -> None:
    slack = slack_of(FORME.flatplan)
    boxes = {
        (box.package, box.part): sum(box.setting.slack)
        for page in FORME.flatplan.pages
        for box in page.boxes
    }

    assert slack == {
        "mills": boxes["mills", 0],
        "post": boxes["post", 0],
        "leader": boxes["leader", 0],
        "salt": boxes["salt", 1],
    }
    assert boxes["salt", 0] != boxes["salt", 1]
    assert flatplan()["slack"]["most lines"] == max(slack.values())


def test_an_empty_flatplan_is_still_described() -> None:
    plan = flatplan(Flatplan(pages=()), {})

    assert plan == {
        "pages": [],
        "jumps": [],
        "held over": [],
        "articles held over": [],
        "slack": {"median lines": 0, "most lines": 0},
    }


# ---------------------------------------------------------------- links.json


def test_only_addresses_that_are_printed_are_told_in_the_order_of_the_edition() -> None:
    plan = FORME.flatplan
    post, salt = FORME.packages["post"], FORME.packages["salt"]
    packages = {
        "salt": replace(salt, address="https://q.example/1"),
        "corrections": replace(post, id="corrections", address="https://q.example/2"),
        "mills": FORME.packages["mills"],
        "post": replace(post, address="https://q.example/4"),
    }

    told = json.loads(write_links(plan, packages))["links"]

    assert "corrections" in plan.held_over
    assert [one["address"] for one in told] == [
        "https://q.example/1",
        "https://q.example/4",
    ]


# ---------------------------------------------------------------- findings.json


def test_a_finding_leaves_out_what_is_not_known() -> None:
    whole = error(
        "copy.x",
        "Wrong “here”",
        Place(file="a/b.md", line=3, column=7, width=4, source="x", article="b"),
        "do this",
    )
    bare = note("page.y", "Odd", Place(page=2))

    found = json.loads(write_findings([whole, bare]))["findings"]

    assert found == [
        {
            "code": "copy.x",
            "severity": "error",
            "message": "Wrong “here”",
            "hint": "do this",
            "file": "a/b.md",
            "line": 3,
            "column": 7,
            "article": "b",
        },
        {"code": "page.y", "severity": "note", "message": "Odd", "page": 2},
    ]


def test_no_findings_are_an_empty_list() -> None:
    assert json.loads(write_findings([])) == {"findings": []}


# ---------------------------------------------------------------- ticket.json


def test_the_ticket_has_every_file_with_its_size_and_hash() -> None:
    files = {"print.pdf": b"%PDF", "digest.txt": b"", "pictures/a.jpg": b"jpg"}

    ticket = json.loads(write_ticket(TICKET, files))

    assert list(ticket["files"]) == ["digest.txt", "pictures/a.jpg", "print.pdf"]
    for name, data in files.items():
        assert ticket["files"][name] == {
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    assert ticket["edition"] == "2024-09"
    assert ticket["versions"] == {"press": "0.1.0", "weasyprint": "70.0"}
    assert ticket["fonts"] == {"Press Serif 400": "aa"}
    assert ticket["inputs"] == {"press.yaml": "bb", "layouts/tabloid/": "cc"}


# ---------------------------------------------------------------- all of them


def test_the_same_build_gives_the_same_bytes() -> None:
    again = Paper().forme()
    one, two = {"a": b"1", "b": b"2"}, {"b": b"2", "a": b"1"}

    assert write_flatplan(FORME.flatplan, FORME.packages) == write_flatplan(
        again.flatplan, dict(sorted(again.packages.items(), reverse=True))
    )
    assert write_ticket(TICKET, one) == write_ticket(TICKET, two)


def test_files_are_plain_utf8_that_ends_with_a_line_feed() -> None:
    for data in (
        write_flatplan(FORME.flatplan, FORME.packages),
        write_findings([note("a.b", "“Ä”")]),
        write_ticket(TICKET, {}),
    ):
        assert data.endswith(b"}\n")
        assert b"\r" not in data
    assert "“Ä”".encode() in write_findings([note("a.b", "“Ä”")])
