"""style.yaml: how the paper spells."""

from __future__ import annotations

from pathlib import Path

from press.manifest.style import read_style
from press.model.finding import Checked, Finding
from press.model.style import OVERLONG, HouseStyle, StyleCheck

GOOD = """\
press: 1
languages: [en-GB, en-IE]
spellings:
  organisation: [organization]
  jail: gaol
avoid: {very unique: a thing is unique or it is not, going forward: ""}
names: [Zaporizhzhia]
overlong: 90
checks: {stops: no, length: no}
"""


def read(folder: Path, text: str) -> Checked[HouseStyle]:
    (folder / "style.yaml").write_text(text, encoding="utf-8")
    return read_style(folder, lang="en-GB")


def only(read: Checked[HouseStyle]) -> Finding:
    (finding,) = read.findings
    return finding


def test_all_that_the_paper_says_of_its_words_is_read(tmp_path: Path) -> None:
    style = read(tmp_path, GOOD)

    assert style.findings == ()
    assert style.value == HouseStyle(
        languages=("en-GB", "en-IE"),
        spellings=(("organisation", ("organization",)), ("jail", ("gaol",))),
        avoid=(
            ("very unique", "a thing is unique or it is not"),
            ("going forward", ""),
        ),
        names=("Zaporizhzhia",),
        overlong=90,
        off=frozenset({StyleCheck.STOPS, StyleCheck.LENGTH}),
    )


def test_a_paper_without_a_style_has_all_looks_in_its_language(tmp_path: Path) -> None:
    style = read_style(tmp_path, lang="en-GB")

    assert style.findings == ()
    assert style.value == HouseStyle(languages=("en-GB",), overlong=OVERLONG)


def test_a_misspelt_setting_is_told_with_its_place_and_the_right_name(
    tmp_path: Path,
) -> None:
    finding = only(read(tmp_path, "press: 1\nspelings: {jail: gaol}\n"))

    assert finding.code == "manifest.unknown-key"
    assert (finding.place.file, finding.place.line) == ("style.yaml", 2)
    assert finding.place.column == 1
    assert finding.hint == "did you mean “spellings”?"


def test_a_look_that_nobody_takes_cannot_be_switched_off(tmp_path: Path) -> None:
    finding = only(read(tmp_path, "press: 1\nchecks: {dubbled: no}\n"))

    assert finding.code == "manifest.unknown-key"
    assert (finding.place.line, finding.place.column) == (2, 10)


def test_a_form_is_not_both_written_and_forbidden(tmp_path: Path) -> None:
    finding = only(
        read(tmp_path, "press: 1\nspellings:\n  jail: [gaol]\n  gaol: [goal]\n")
    )

    assert finding.code == "style.contradiction"
    assert finding.place.line == 3


def test_every_look_has_its_switch(tmp_path: Path) -> None:
    switches = "\n".join(f"  {check}: no" for check in StyleCheck)

    style = read(tmp_path, f"press: 1\nchecks:\n{switches}\n")

    assert style.findings == ()
    assert style.value is not None
    assert style.value.off == frozenset(StyleCheck)
