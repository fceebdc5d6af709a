"""The printers that come with press are listed, explained, and can be copied."""

from __future__ import annotations

import pytest

from press.desk.printers import explain_printer, list_printers, printer_file
from press.manifest.printer import shipped_printer


def test_every_printer_is_listed_with_what_it_is() -> None:
    listed = dict(list_printers())

    assert set(listed) == {
        "newsprint-tabloid",
        "coldset-bleed",
        "heatset-a4",
        "office",
    }
    assert all(listed.values())


def test_a_printer_is_explained_with_its_numbers() -> None:
    told = dict(explain_printer("coldset-bleed"))

    assert told["trimmed page"] == "280 × 400 mm"
    assert told["bleed"] == "3 mm"
    assert told["ink at a point"] == "240 %"
    assert told["standard"] == "PDF/X-1a:2003"
    assert told["pages"] == "16 to 96, in multiples of 8"
    assert dict(explain_printer("office"))["bleed"] == "none"


def test_the_file_of_a_printer_names_its_profile() -> None:
    name = shipped_printer("heatset-a4").profile.name

    assert name in printer_file("heatset-a4")


def test_a_printer_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        explain_printer("letterpress")
