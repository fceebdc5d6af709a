"""The barcode of a periodical (EAN-13 with the ISSN, and its add-on)."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import Finding, error, warning
from press.model.press_facts import CodeMark, PressFacts
from press.preflight.checks.check import on, spot
from press.preflight.rules import Rules

_PREFIX = "977"
_EAN_DIGITS = 13
#: Width of a module at full size, and the smallest that scanners read (GS1).
_MODULE_MM = 0.33
_SMALLEST = 0.8
_SLACK = 0.01
#: How exactly white is measured, in modules.
_MEASURED = 0.25
#: White to the left of the symbol and to the right of its add-on, in modules.
_QUIET = (11.0, 5.0)
_BLACK_ALONE = ("Black",)


def ean_check_digit(twelve: str) -> str:
    """Return the last digit of an EAN-13 (modulus 10)."""
    total = sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(twelve))
    return str(-total % 10)


def code(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """The barcode can be read, says this issue, and is printed as scanners need it."""
    if not rules.issn:
        return
    found = [one for one in facts.codes if one.text.startswith(_PREFIX)]
    own = [one for one in found if _digits(one) == _digits(rules.issn)]
    if not found:
        yield error(
            "preflight.barcode",
            f"no barcode with {rules.issn} can be read on the pages",
            hint="it needs black bars on white and white around it",
        )
    for one in own or found:
        for what in (*_said(one, rules.issn), *_printed(one)):
            yield error(
                "preflight.barcode",
                f"the barcode {what} {spot(one.area)}",
                on(one.page, one.area),
            )
    for one in found if own else ():
        if one not in own:
            yield warning(
                "preflight.barcode",
                f"a till may take the barcode {one.text} for this paper's, which is"
                f" {rules.issn} {spot(one.area)}",
                on(one.page, one.area),
                "strike it through, or print it in a colour that no till sees",
            )


def _digits(code: CodeMark | str) -> str:
    """Return a code's thirteen digits, without its add-on."""
    text = code if isinstance(code, str) else code.text
    return text.partition("+")[0]


def _said(found: CodeMark, wanted: str) -> Iterator[str]:
    ean, _, add_on = found.text.partition("+")
    expected, _, month = wanted.partition("+")
    if len(ean) != _EAN_DIGITS or not ean.isdigit():
        yield f"says “{found.text}”, which is no EAN-13"
        return
    if ean[-1] != ean_check_digit(ean[:-1]):
        yield f"has the check digit {ean[-1]}; it must be {ean_check_digit(ean[:-1])}"
    if ean != expected:
        yield f"says {ean}; this paper's is {expected}"
    if add_on != month:
        yield f"has the add-on “{add_on}”; this issue's is “{month}”"


def _printed(found: CodeMark) -> Iterator[str]:
    if found.inks != _BLACK_ALONE:
        inks = ", ".join(found.inks) or "no ink"
        yield f"is printed with {inks}; it must be black ink alone"
    scale = found.module / _MODULE_MM
    if scale < _SMALLEST - _SLACK:
        yield f"is {scale:.0%} of its full size; scanners need {_SMALLEST:.0%}"
    if found.quiet is None:
        return
    for side, white, least in zip(("left", "right"), found.quiet, _QUIET, strict=True):
        if white < least - _MEASURED:
            yield (
                f"has {white:.1f} modules of white to its {side}; it needs {least:.0f}"
            )
