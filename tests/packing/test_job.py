"""The job ticket, as data and as the page for the printer's order desk."""

from __future__ import annotations

import hashlib
import re
from html import unescape

import pytest

from press.model.length import Length
from press.model.press import Profile
from press.model.printer import Delivery, Edges, Standard
from press.packing.job import Job, delivered, describe_job, ticket_html
from tests.packing.jobs import a_job, a_profile, page_files
from tests.prepress.printers import a_printer


def rows(job: Job) -> dict[str, str]:
    """Return the rows of the ticket's table."""
    html = ticket_html(job, page_files(16))
    found = re.findall(r"<tr><th>(.*?)</th><td>(.*?)</td></tr>", html)
    return {unescape(name): unescape(text) for name, text in found}


def test_pages_not_in_colour_are_black_alone() -> None:
    told = describe_job(a_job(), {})

    assert told["colour pages"] == [1, 8, 9, 16]
    assert told["black pages"] == [2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15]


def test_sizes_are_millimetres() -> None:
    edges = Edges(top=Length.of_mm(3), right=Length.of_mm(5))

    told = describe_job(a_job(printer=a_printer(bleed=edges)), {})

    assert told["trim"] == {"width": 289.0, "height": 380.0}
    assert told["bleed"] == {"top": 3.0, "right": 5.0, "bottom": 0.0, "left": 0.0}
    assert told["ink"] == {"point": 220.0, "window": 245.0, "side": 15.0}


def test_a_profile_that_stands_in_is_labelled() -> None:
    stand_in = a_profile(description="press newsprint", stand_in=True)

    told = describe_job(a_job(profile=stand_in), {})["profile"]

    assert (told["asked"], told["used"], told["stand-in"]) == (
        "newsprint.icc",
        "press newsprint",
        True,
    )


@pytest.mark.parametrize(
    ("delivery", "names"),
    [
        (Delivery.PAGES, [f"pages/TL_2024-09_{n:03}.pdf" for n in range(3)]),
        (Delivery.SPREADS, ["spreads.pdf"]),
    ],
)
def test_only_what_goes_to_the_printer_is_listed(
    delivery: Delivery, names: list[str]
) -> None:
    job, files = a_job(printer=a_printer(delivery=delivery)), page_files(3)

    assert list(delivered(job, files)) == names
    told = describe_job(job, files)["files"]
    assert list(told) == names
    for name in names:
        assert told[name]["bytes"] == len(files[name])
        assert told[name]["sha256"] == hashlib.sha256(files[name]).hexdigest()


def test_a_paper_without_issn_has_no_bar_code_on_its_ticket() -> None:
    job = a_job(barcode="")

    assert describe_job(job, {})["barcode"] is None
    assert "Bar code" not in rows(job)


# ---------------------------------------------------------------- as a page


def test_the_page_says_what_an_order_desk_asks() -> None:
    told = rows(a_job())

    assert told["Pages"] == "16"
    assert told["In colour"] == "1, 8–9, 16 (4 pages)"
    assert told["In black alone"] == "2–7, 10–15 (12 pages)"
    assert told["Trim"] == "289 × 380 mm"
    assert told["Bleed"] == "none"
    assert told["Marks"] == "none"
    assert told["Standard"] == "PDF/X-1a:2003"
    assert told["Output condition"] == "IFRA26 Coldset offset on newsprint"
    assert told["Most ink"] == "220 % at a point, 245 % as the mean of 15 × 15 mm"
    assert told["Delivered as"] == "single pages, one file each"
    assert told["Bar code"] == "9779876543003 09"


def test_another_printer_gets_another_ticket() -> None:
    edge = Length.of_mm(3)
    printer = a_printer(
        bleed=Edges(top=edge, right=edge, bottom=edge, left=edge),
        marks=True,
        standard=Standard.X4,
        delivery=Delivery.SPREADS,
        creep=Length.of_mm(0.1),
    )
    told = rows(a_job(printer=printer, colour=()))

    assert told["In colour"] == "none"
    assert told["Bleed"] == "3 mm on all edges"
    assert told["Marks"] == "crop and register marks"
    assert told["Standard"] == "PDF/X-4"
    assert told["Delivered as"].endswith("creep 0.1 mm a sheet")


def test_unlike_edges_are_told_one_by_one() -> None:
    edges = Edges(top=Length.of_mm(3), left=Length.of_mm(5))

    told = rows(a_job(printer=a_printer(bleed=edges)))

    assert told["Bleed"] == "top 3 mm, right 0 mm, bottom 0 mm, left 5 mm"


@pytest.mark.parametrize("stand_in", [True, False])
def test_a_warning_is_printed_only_where_a_profile_stands_in(stand_in: bool) -> None:
    profile: Profile = a_profile(stand_in=stand_in)

    html = ticket_html(a_job(profile=profile), {})

    assert ("stands in for it" in html) == stand_in


def test_every_file_is_listed_with_its_size_and_the_beginning_of_its_sum() -> None:
    files = page_files(48)

    html = ticket_html(a_job(), files)

    listed = re.findall(
        r"<tr><td>([^<]+)</td><td>(\d+)</td><td>([0-9a-f]{16})</td></tr>", html
    )
    assert listed == [
        (
            name.removeprefix("pages/"),
            str(len(data)),
            hashlib.sha256(data).hexdigest()[:16],
        )
        for name, data in sorted(files.items())
        if name.startswith("pages/")
    ]


def test_files_that_one_page_does_not_hold_are_counted() -> None:
    html = ticket_html(a_job(pages=200), page_files(200))

    assert html.count("<tr><td>") == 120
    assert "80 more files are listed in ticket.json" in html


def test_names_are_never_markup() -> None:
    html = ticket_html(a_job(paper="<b>The</b> Lamp"), {})

    assert "Lamp &amp; Sons &lt;Ltd&gt;" in html
    assert "<b>" not in html
