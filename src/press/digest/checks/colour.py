"""Whether the words of the finished mail can be read on what they stand on.

The palette is judged by itself; this sees the colours that a template's author wrote,
in light surroundings and, as far as the style sheets can be followed, in dark ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from press.digest.checks.cascade import Cascade, Element
from press.digest.checks.contrast import LEAST, contrast, too_close
from press.digest.checks.mail import Mail
from press.digest.checks.paint import BLACK, WHITE, Paint, read_paint
from press.digest.markup import MarkupReader
from press.model.finding import Finding, Place, error, warning

#: WCAG 2.2, success criterion 1.4.3, level AA, for large type.
LEAST_LARGE = 3.0
#: What large type is, in CSS pixels: 18 points, or 14 points in bold.
_LARGE = 24.0
_LARGE_BOLD = 18.66
_BOLD = 700
_SIZE = 16.0
_SHOWN = 40

_VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
)
_UNSEEN = frozenset({"head", "title", "style", "script"})
_BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINK = "#0000ee"
_LENGTH = re.compile(r"([\d.]+)(px|pt|em|rem|%)")
_IN_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": _SIZE}
_PAINTS = re.compile(r"#[0-9a-f]+|rgba?\([^)]*\)|[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How words look.

    Attributes:
        ink: Their colour; None where it cannot be known.
        written: That colour as the author wrote it.
        ground: The opaque colour behind them; None where it cannot be known.
        size: Their size in CSS pixels; None where it cannot be known.
        bold: Whether they are bold.
        hidden: Whether they are not shown.
    """

    ink: Paint | None = BLACK
    written: str = ""
    ground: Paint | None = WHITE
    size: float | None = _SIZE
    bold: bool = False
    hidden: bool = False

    @property
    def large(self) -> bool:
        """Whether they are large enough for less contrast."""
        if self.size is None:
            return False
        return self.size >= (_LARGE_BOLD if self.bold else _LARGE)


def check_colours(mail: Mail) -> Iterator[Finding]:
    """Find words too close in colour to what they stand on."""
    known = {(text, ground, name == "dark") for text, ground, name in _known(mail)}
    for dark in (False, True):
        reader = _Reader(dark=dark)
        reader.feed(mail.html)
        reader.close()
        for look, words in reader.found.items():
            yield from _judge(look, words, mail, known, dark=dark)


def _known(mail: Mail) -> Iterator[tuple[str, str, str]]:
    for pair in too_close(mail.palette):
        yield pair.text.lower(), pair.ground.lower(), pair.scheme


def _judge(
    look: _Look,
    words: str,
    mail: Mail,
    known: set[tuple[str, str, bool]],
    *,
    dark: bool,
) -> Iterator[Finding]:
    if look.ink is None or look.ground is None:
        return
    ink, ground = str(look.ink.over(look.ground)), str(look.ground)
    least = LEAST_LARGE if look.large else LEAST
    ratio = contrast(ink, ground)
    if ratio >= least or (ink, ground, dark) in known:
        return
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    make = warning if dark else error
    yield make(
        "digest.contrast",
        f"“{shown}” is {ink} on {ground} in {'dark' if dark else 'light'} "
        f"surroundings, a contrast of {ratio:.1f} to 1; {least} can be read",
        _place(look, mail),
        "make one of the two darker or lighter in the layout's digest template",
    )


def _place(look: _Look, mail: Mail) -> Place:
    """Return the first line of a template that writes the colour of the words."""
    at = mail.mjml.text.find(look.written) if mail.mjml and look.written else -1
    return mail.mjml.place_of(at) if mail.mjml and at >= 0 else mail.place


class _Reader(MarkupReader):
    """Notes how the words of a mail look; of those that look alike, the first."""

    def __init__(self, *, dark: bool) -> None:
        super().__init__()
        self.found: dict[_Look, str] = {}
        self._dark = dark
        self._cascade = Cascade()
        self._open: list[tuple[Element, _Look]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Work out how what an element holds looks."""
        if tag in _VOID:
            return
        values = {name: value or "" for name, value in attrs}
        parent, around = self._open[-1] if self._open else (None, _Look())
        names = [f".{name}" for name in values.get("class", "").split()]
        if "id" in values:
            names.append(f"#{values['id']}")
        element = Element(tag=tag, names=frozenset(names), parent=parent)
        said = self._cascade.style(element, values.get("style", ""), dark=self._dark)
        given = _presented(tag, values, dark=self._dark) | said
        self._open.append((element, _look(tag, given, around)))

    def handle_endtag(self, tag: str) -> None:
        """Go back to what stands around."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        """Note words, or take a style sheet in."""
        if not self._open:
            return
        element, look = self._open[-1]
        if element.tag == "style":
            self._cascade.add(data)
        elif not look.hidden and any(character.isalnum() for character in data):
            self.found.setdefault(look, " ".join(data.split()))


def _presented(tag: str, values: dict[str, str], *, dark: bool) -> dict[str, str]:
    """Return what an element says without CSS."""
    said: dict[str, str] = {}
    if "bgcolor" in values:
        said["background-color"] = values["bgcolor"]
    if tag == "font" and "color" in values:
        said["color"] = values["color"]
    if tag == "a" and values.get("href"):
        said["color"] = "LinkText" if dark else _LINK  # each program has its own
    if tag in _BOLD_TAGS:
        said["font-weight"] = "bold"
    return said


def _look(tag: str, said: dict[str, str], around: _Look) -> _Look:
    ink, written = around.ink, around.written
    colour = said.get("color", "inherit").lower()
    if colour not in {"inherit", "currentcolor", "unset"}:
        ink, written = read_paint(colour), said["color"]
    hidden = (
        around.hidden
        or tag in _UNSEEN
        or said.get("display") == "none"
        or said.get("visibility") == "hidden"
    )
    return _Look(
        ink=ink,
        written=written,
        ground=_ground(said.get("background-color", ""), around.ground),
        size=_size(said.get("font-size", ""), around.size),
        bold=_is_bold(said.get("font-weight", ""), bold=around.bold),
        hidden=hidden,
    )


def _ground(value: str, behind: Paint | None) -> Paint | None:
    value = value.lower()
    if "url(" in value or "gradient(" in value:
        return None
    for text in _PAINTS.findall(value):
        if (paint := read_paint(text)) is not None:
            return paint.over(behind) if behind else _alone(paint)
    return behind


def _alone(paint: Paint) -> Paint | None:
    """Return a colour over one that is not known: nothing, unless it covers it."""
    return paint if paint.cover == 1 else None


def _size(value: str, around: float | None) -> float | None:
    if not value or value == "inherit":
        return around
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    number, unit = float(found[1]), found[2]
    if unit in _IN_PIXELS:
        return number * _IN_PIXELS[unit]
    return None if around is None else number * around / (100 if unit == "%" else 1)


def _is_bold(value: str, *, bold: bool) -> bool:
    if not value or value == "inherit":
        return bold
    if value.isdigit():
        return int(value) >= _BOLD
    return value in {"bold", "bolder"}
