"""Newspaper typography for English, in the order in which it is done.

House: double quotation marks outside, spaced en rules, no-break spaces where a line must
not part what belongs together. Spelling and the place of full stops are never touched.
"""

from __future__ import annotations

import re
from typing import Final

from press.intake.typography.line import Rule
from press.intake.typography.words import (
    AFTER_RANGE,
    CLIPPED,
    COUNTED,
    FORMULAE,
    FRACTIONS,
    MONTHS,
    NUMBERED,
    SCALES,
    STREETS,
    TITLES,
    UNITS,
    WEEKDAYS,
    any_of,
)

NBSP: Final = "\u00a0"
_SPACE: Final = "[ \u00a0]"

_SUBSCRIPTS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS: Final = {"2": "²", "3": "³"}


def _rule(name: str, pattern: str, instead: str, *signs: str) -> Rule:
    return Rule(name=name, pattern=re.compile(pattern), instead=instead, signs=signs)


def _binding(name: str, pattern: str, *signs: str) -> Rule:
    return _rule(name, pattern, NBSP, *signs)


# --- spaces and dots ------------------------------------------------------------------


def _one_space(match: re.Match[str]) -> str:
    return NBSP if NBSP in match["at"] else " "


SPACES: Final = Rule(
    name="one space",
    pattern=re.compile("(?P<at>[ \t\u00a0]{2,}|\t)"),
    instead=_one_space,
    signs=("  ", "\t", NBSP),
)

ELLIPSES: Final = (
    _rule("ellipsis", r"(?<![./\\])(?P<at>\.{3,})(?![/\\])", "…", "..."),
    _rule(
        "spaced ellipsis",
        rf"(?<!\.)(?P<at>\.(?:{_SPACE}\.){{2,}})(?![.\w])",
        "…",
        ". .",
    ),
)

# --- before the quotation marks -------------------------------------------------------

_MARKS: Final = ("'", "‘", "’")

APOSTROPHES: Final = (
    _rule("feet", rf"\d(?P<at>')(?={_SPACE}?\d+(?:\.\d+)?\")", "′", "'"),
    _rule("minutes", rf"°{_SPACE}?\d+(?:\.\d+)?(?P<at>')", "′", "'"),
    _rule("inches", rf"\d′{_SPACE}?\d+(?:\.\d+)?(?P<at>\")", "″", '"'),
    _binding("feet and inches", r"\d′(?P<at> )(?=\d+(?:\.\d+)?″)", "′"),
    _rule(
        "clipped and",
        rf"\w{_SPACE}(?P<at>['‘’][nN]['‘’])(?={_SPACE}\w)",
        "’n’",
        *_MARKS,
    ),
    _rule(
        "clipped word",
        rf"(?<![\w’'])(?P<at>['‘])(?=(?i:{any_of(CLIPPED)})(?!\w|['’](?!s\b)))",
        "’",
        *_MARKS,
    ),
    _rule("decade", r"(?<![\w’'])(?P<at>['‘])(?=\d\ds(?!\w))", "’", *_MARKS),
    _rule(
        "accent for apostrophe",
        r"(?<=[A-Za-zÀ-ɏ])(?P<at>[´`])(?=[A-Za-zÀ-ɏ])",
        "’",
        "´",
        "`",
    ),
)

# --- dashes ---------------------------------------------------------------------------

_CLOSES: Final = frozenset("”’)]}»,.;:!?…")
_OPENS: Final = frozenset("“‘([{«")
_ONE_LETTER_WORDS: Final = frozenset("IiAaO")


def _dash(match: re.Match[str]) -> str | None:
    """Return the spaced en rule for a dash between two things."""
    dash = match["at"]
    text, (start, end) = match.string, match.span("at")
    before, after = text[start - 1], text[end]
    spaced = (not dash[0].strip(), not dash[-1].strip())
    if "-" in dash and spaced == (True, False):
        return None  # an option, such as --proof
    if spaced == (False, False):
        if before.isdigit() and after.isdigit():
            return "–"
        one_letter = start < 2 or not text[start - 2].isalpha()  # noqa: PLR2004
        if one_letter and before.isalpha() and before not in _ONE_LETTER_WORDS:
            return None  # d—n: letters left out
    if before in _OPENS:
        return f"–{NBSP}"
    if after in _CLOSES:
        return f"{NBSP}–"
    return f"{NBSP if dash[0] == NBSP else ' '}– "


def _hyphen(match: re.Match[str]) -> str:
    return f"{match['at'][0]}– "


_DASH_SIGNS: Final = ("—", "--")
_NO_DASH: Final = r"[^\s\-–—]"

DASHES: Final = (
    Rule(
        name="dash",
        pattern=re.compile(
            rf"(?<={_NO_DASH})(?P<at>{_SPACE}?(?:-{{2,3}}|—){_SPACE}?)(?={_NO_DASH})"
        ),
        instead=_dash,
        signs=_DASH_SIGNS,
    ),
    _rule(
        "dash at the start",
        rf"(?<![^\n])(?P<at>—{_SPACE}?|--{_SPACE})(?={_NO_DASH})",
        f"–{NBSP}",
        *_DASH_SIGNS,
    ),
    _rule(
        "dash at the end",
        rf"(?<={_NO_DASH})(?P<at>{_SPACE}?(?:--|—))(?![^\n])",
        f"{NBSP}–",
        *_DASH_SIGNS,
    ),
    Rule(
        name="spaced hyphen",
        pattern=re.compile(rf"(?<={_NO_DASH})(?P<at>{_SPACE}-{_SPACE})(?={_NO_DASH})"),
        instead=_hyphen,
        signs=("-",),
    ),
)

#: Set apart because it is a matter of the line, not of the text: no line begins with a
#: spaced en rule.
BOUND_DASH: Final = _rule("bound dash", r"(?<=\S)(?P<at> )(?=–(?:\s|$))", NBSP, "–")

# --- ranges, signs, figures -----------------------------------------------------------

_NUMBER: Final = r"[£$€]?\d{1,4}(?:,\d{3})*(?:\.\d+)?(?::\d\d)?"
_YEARS: Final = range(1000, 2100)


def _digits(text: str) -> str:
    return text.lstrip("£$€")


def _is_range(first: str, second: str) -> bool:
    """Whether two figures with a hyphen between them are a range."""
    if not (first.isdigit() and second.isdigit()):
        return True  # times, prices, decimals
    if first.startswith("0") and len(first) > 1:
        return False
    if len(first) == 4 and len(second) < 4:  # noqa: PLR2004 - years
        later = int(second) > int(first) % 100
        following = int(second) == (int(first) + 1) % 100
        month = int(second) <= 12 and not following  # noqa: PLR2004 - months
        return len(second) == 2 and later and (following or not month)  # noqa: PLR2004
    if second.startswith("0") and len(second) > 1:
        return False
    return not (len(first) == 3 and len(second) == 4 and int(second) % 10)  # noqa: PLR2004 - telephones


def _range(match: re.Match[str]) -> str | None:
    before = match.string[max(match.start() - 3, 0) : match.start()]
    if re.search(rf"[\d)]{_SPACE}$", before):
        return None  # a telephone number or some other figures in groups
    return "–" if _is_range(_digits(match["first"]), _digits(match["second"])) else None


def _formula(match: re.Match[str]) -> str:
    return match["at"].translate(_SUBSCRIPTS)


def _power(match: re.Match[str]) -> str:
    return _SUPERSCRIPTS[match["at"]]


def _fraction(match: re.Match[str]) -> str:
    return FRACTIONS[match["at"].strip(f" {NBSP}")]


def _times(match: re.Match[str]) -> str | None:
    spaced = any(space in match["at"] for space in (" ", NBSP))
    if not spaced and match["number"] == "0":
        return None  # 0x1F
    return f"{NBSP}×{NBSP}" if spaced else "×"


_FIGURES: Final = "0123456789"
_FRACTION: Final = "|".join(FRACTIONS)
_DAY_NAMES: Final = any_of(f"{MONTHS} {WEEKDAYS}")

FIGURES: Final = (
    Rule(
        name="range",
        pattern=re.compile(
            rf"(?<![\w.,/:\-–−#+@])(?P<first>{_NUMBER})(?:%|s|[ap]m|k|m|bn)?(?P<at>-)"
            rf"(?P<second>{_NUMBER})(?![-–/:.,]?\d)(?={any_of(AFTER_RANGE)}?(?!\w|-[^a-z]))"
        ),
        instead=_range,
        signs=("-",),
    ),
    _rule(
        "range of days",
        rf"(?<![\w-]){_DAY_NAMES}(?P<at>-)(?={_DAY_NAMES}(?![\w-]))",
        "–",
        "-",
    ),
    _rule("minus", r"(?<![^\s(“‘\[])(?P<at>-)(?=\d+(?![\w-]|[/:]\d))", "−", "-"),
    Rule(
        name="multiplication",
        pattern=re.compile(
            rf"(?:(?<![\w.,])|(?<=\d[x×]))(?P<number>\d+(?:[.,]\d+)*)"
            rf"(?P<at>{_SPACE}?x{_SPACE}?)(?=\d)"
        ),
        instead=_times,
        signs=("x ", f"x{NBSP}", *(f"x{digit}" for digit in _FIGURES)),
    ),
    Rule(
        name="mixed number",
        pattern=re.compile(
            rf"(?<![\w.,/])\d{{1,3}}(?P<at>{_SPACE}(?:{_FRACTION}))(?![\w/]|[.,]\d)"
        ),
        instead=_fraction,
        signs=("/",),
    ),
    Rule(
        name="fraction",
        pattern=re.compile(rf"(?<![\w/.,\-–−½])(?P<at>{_FRACTION})(?![\w/]|[.,]\d)"),
        instead=_fraction,
        signs=("/",),
    ),
    Rule(
        name="formula",
        pattern=re.compile(rf"(?<!\w)(?P<at>{any_of(FORMULAE)})(?!\w)"),
        instead=_formula,
        signs=tuple(FORMULAE.split()),
    ),
    Rule(
        name="power",
        pattern=re.compile(rf"\d{_SPACE}?[kcm]?m(?P<at>[23])(?!\w)"),
        instead=_power,
        signs=("m2", "m3"),
    ),
    _rule(
        "degree", rf"\d{_SPACE}?(?P<at>[oº])(?=[CF](?!\w))", "°", "oC", "oF", "ºC", "ºF"
    ),
    _rule("copyright", rf"(?P<at>\([cC]\))(?={_SPACE}?\d{{4}})", "©", "("),
)

# --- no-break spaces ------------------------------------------------------------------


def _bind_all(match: re.Match[str]) -> str:
    return match["at"].replace(" ", NBSP)


def _telephone(match: re.Match[str]) -> str | None:
    digits = sum(character.isdigit() for character in match["at"])
    return _bind_all(match) if digits >= 9 else None  # noqa: PLR2004 - shortest number


_ORDINAL: Final = "(?:st|nd|rd|th)?"
_MONTH: Final = any_of(MONTHS)
_MONTH_SIGNS: Final = tuple(sorted({month[:3] for month in MONTHS.split()}))

BINDINGS: Final = (
    _binding(
        "unit",
        rf"\d(?P<at> )(?=(?:{any_of(SCALES)}|{any_of(UNITS)}|[ap]\.m\.|[ap]m)(?!\w))",
    ),
    _binding(
        "month",
        rf"(?<![\d.,–-])\d{{1,2}}{_ORDINAL}(?P<at> )(?={_MONTH}(?!\w))",
        *_MONTH_SIGNS,
    ),
    _binding(
        "day",
        rf"(?<!\w){_MONTH}\.?(?P<at> )(?=\d{{1,2}}{_ORDINAL}(?!\w))",
        *_MONTH_SIGNS,
    ),
    _binding(
        "title",
        rf"(?<![\w.]){any_of(TITLES)}\.?(?P<at> )(?=[^\W\d_a-z])",
        *TITLES.split(),
    ),
    _binding("initial", r"(?<![\w.’])[A-Z]\.(?P<at> )(?=[A-Z][\w’'.])", ". "),
    _binding(
        "number",
        rf"(?<!\w){any_of(NUMBERED)}\.(?P<at> )(?=\d)",
        *(f". {digit}" for digit in _FIGURES),
    ),
    _binding(
        "counted",
        rf"(?<!\w)(?:{any_of(COUNTED)}|§+)(?P<at> )(?=[\dIVX])",
        "§",
        *COUNTED.split(),
    ),
    _binding("namely", r"(?<!\w)(?:e\.g|i\.e)\.(?P<at> )(?=\S)", "e.g. ", "i.e. "),
    _binding(
        "regnal number",
        r"[A-Z][a-zé]+(?P<at> )"
        r"(?=(?:I{2,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XVI{0,3})(?![\w.]))",
        *(" II", " IV", " V", " IX", " X"),
    ),
    _binding(
        "street",
        rf"(?<![\w.,/-])\d{{1,4}}[a-zA-Z]?(?P<at> )"
        rf"(?=(?:[A-Z][\w’'-]* ){{1,3}}{any_of(STREETS)}(?!\w))",
        *STREETS.split(),
    ),
    Rule(
        name="telephone",
        pattern=re.compile(
            r"(?<![\w+])(?P<at>(?:\+\d{1,3}|\(?0\d{2,4}\)?)"
            r"(?:[ \u00a0]\(?\d{1,5}\)?\d{0,4}){1,5})(?!\w)"
        ),
        instead=_telephone,
        signs=("+", "0"),
    ),
)

BEFORE_QUOTES: Final = (SPACES, *ELLIPSES, *APOSTROPHES)
AFTER_QUOTES: Final = (*DASHES, *FIGURES, *BINDINGS)
