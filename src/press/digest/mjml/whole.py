"""What can be said of MJML only when all of it has been read.

Attributes may come from `mj-attributes`, wherever that stands; whether a picture has an
alternative text, or how wide columns are, is known at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from press.digest.mjml.fault import Fault, nearest
from press.digest.mjml.token import Tag
from press.model.finding import Severity
from press.model.template import Filled

#: What a tag must say: the attribute, and why.
_REQUIRED: Final = {
    "mj-image": {
        "src": "where the picture is",
        "alt": 'what the picture shows, or alt="" for decoration',
    },
    "mj-carousel-image": {
        "src": "where the picture is",
        "alt": 'what the picture shows, or alt="" for decoration',
    },
    "mj-button": {"href": "where it leads"},
    "mj-navbar-link": {"href": "where it leads"},
    "mj-font": {"name": "the family", "href": "where its style sheet is"},
    "mj-class": {"name": "what it is called"},
    "mj-breakpoint": {"width": "the width, such as 480px"},
}
#: Pictures that the engine takes from elsewhere where a tag does not name its own.
_BORROWED: Final = {
    "mj-social-element": (("src",), "www.mailjet.com"),
    "mj-accordion": (("icon-wrapped-url", "icon-unwrapped-url"), "i.imgur.com"),
    "mj-carousel": (("left-icon", "right-icon"), "i.imgur.com"),
}
_ROWS: Final = frozenset({"mj-section", "mj-group"})
_KEPT: Final = frozenset({"mjml", "mj-head", "mj-body", "mj-font", *_ROWS})
_COLUMNS: Final = frozenset({"mj-column", "mj-group"})
_WIDTH: Final = 600.0
_SLACK: Final = 0.5
_NUMBER = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(px|%)")


@dataclass(slots=True)
class _Seen:
    """A tag that is judged at the end; `columns` are those of a section or group."""

    tag: Tag
    start: int
    columns: list[Tag] = field(default_factory=list)


@dataclass
class Whole:
    """Collects what is judged at the end."""

    tags: list[_Seen] = field(default_factory=list)
    rows: list[_Seen] = field(default_factory=list)
    roots: list[_Seen] = field(default_factory=list)
    heads: list[_Seen] = field(default_factory=list)
    bodies: list[_Seen] = field(default_factory=list)
    fonts: list[_Seen] = field(default_factory=list)
    #: Attributes for every tag of a name, for all ("mj-all"), and of each class.
    defaults: dict[str, dict[str, str]] = field(default_factory=dict)
    classes: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, tag: Tag, start: int, parent: str) -> None:
        """Take note of a tag of MJML and of the tag that it stands in."""
        name = tag.name
        if parent == "mj-attributes":
            self._read_defaults(tag, start)
            return
        seen = _Seen(tag, start)
        if name in _KEPT:
            self._kept(name).append(seen)
        if name in _COLUMNS and parent in _ROWS:
            # A group stands in the row before its own.
            row = [one for one in self.rows if one.tag.name == parent][-1:]
            for one in row:
                one.columns.append(tag)
        if name in _REQUIRED or name in _BORROWED or tag.get("mj-class"):
            self.tags.append(seen)

    def _kept(self, name: str) -> list[_Seen]:
        """Return the list in which tags of a name are kept."""
        match name:
            case "mjml":
                return self.roots
            case "mj-head":
                return self.heads
            case "mj-body":
                return self.bodies
            case "mj-font":
                return self.fonts
            case _:
                return self.rows

    def _read_defaults(self, tag: Tag, start: int) -> None:
        values = {one.name: one.value for one in tag.attributes}
        if tag.name == "mj-class":
            self.tags.append(_Seen(tag, start))
            self.classes.setdefault(values.pop("name", ""), {}).update(values)
        else:
            self.defaults.setdefault(tag.name, {}).update(values)

    def faults(self, filled: Filled) -> Iterator[Fault]:
        """Find what is wrong with all of it."""
        yield from self._judge_frame()
        for font in self.fonts:
            yield from _judge_font(font, filled)
        for seen in self.tags:
            yield from self._judge_required(seen)
            yield from self._judge_borrowed(seen)
            yield from self._judge_classes(seen)
        for row in self.rows:
            yield from self._judge_columns(row)

    def value(self, tag: Tag, name: str) -> str | None:
        """Return what an attribute is, wherever that was said; None where nowhere."""
        own = tag.get(name)
        if own is not None:
            return own
        for one in reversed((tag.get("mj-class") or "").split()):
            if name in self.classes.get(one, {}):
                return self.classes[one][name]
        of_tag = self.defaults.get(tag.name, {})
        return of_tag.get(name, self.defaults.get("mj-all", {}).get(name))

    # --- The frame

    def _judge_frame(self) -> Iterator[Fault]:
        if not self.roots:
            yield Fault(
                offset=0,
                code="digest.structure",
                message="there is no <mjml>",
                hint="a digest is <mjml> with an <mj-head> and an <mj-body>",
            )
            return
        root = self.roots[0]
        if not self.bodies:
            message = "<mjml> has no <mj-body>"
            hint = "what the mail shows stands in <mj-body>"
            yield _fault(root, "digest.structure", message, hint)
        for extra in (*self.roots[1:], *self.heads[1:], *self.bodies[1:]):
            message = f"this is a second <{extra.tag.name}>"
            hint = "mail engines disagree about which one counts; make them one"
            yield _fault(extra, "digest.structure", message, hint)
        if not root.tag.get("lang"):
            message = "<mjml> does not say the mail's language"
            hint = 'write <mjml lang="{{ digest.lang }}" dir="{{ digest.direction }}">'
            yield _fault(root, "digest.frame", message, hint)
        if root.tag.get("dir") not in {"ltr", "rtl"}:
            message = "<mjml> does not say which way the mail is read"
            hint = 'write dir="{{ digest.direction }}": ltr or rtl'
            yield _fault(root, "digest.frame", message, hint)

    # --- Tags

    def _judge_required(self, seen: _Seen) -> Iterator[Fault]:
        for name, meaning in _REQUIRED.get(seen.tag.name, {}).items():
            value = self.value(seen.tag, name)
            if value is None or (not value.strip() and name != "alt"):
                message = f"<{seen.tag.name}> has no {name}"
                hint = f"{name} says {meaning}"
                yield _fault(seen, "digest.attribute-missing", message, hint)

    def _judge_borrowed(self, seen: _Seen) -> Iterator[Fault]:
        names, host = _BORROWED.get(seen.tag.name, ((), ""))
        missing = [name for name in names if not self.value(seen.tag, name)]
        if missing:
            yield _fault(
                seen,
                "digest.third-party",
                f"<{seen.tag.name}> takes pictures from {host}, which then sees who "
                "reads the mail",
                f"name pictures of your own: {', '.join(missing)}",
                Severity.WARNING,
            )

    def _judge_classes(self, seen: _Seen) -> Iterator[Fault]:
        names = (seen.tag.get("mj-class") or "").split()
        for name in names:
            if name not in self.classes:
                message = f'there is no mj-class "{name}"'
                hint = nearest(name, tuple(self.classes))
                hint = hint or f'define it: <mj-class name="{name}" /> in mj-attributes'
                yield _fault(seen, "digest.unknown-class", message, hint)
        styled = [name for name in names if "css-class" in self.classes.get(name, {})]
        if len(styled) > 1 and seen.tag.get("css-class") is None:
            yield _fault(
                seen,
                "digest.attribute-dropped",
                f'the mail engine drops the css-class of mj-class "{styled[0]}"',
                "write css-class into the tag itself",
                Severity.WARNING,
            )

    def _judge_columns(self, row: _Seen) -> Iterator[Fault]:
        if not row.columns:
            return
        body = self.bodies[0].tag if self.bodies else None
        room = _pixels(body and self.value(body, "width")) or _WIDTH
        even = 100 / len(row.columns)
        shares = [self._share(column, room, even) for column in row.columns]
        total = sum(shares)
        if total > 100 + _SLACK:
            widths = " + ".join(f"{share:.4g}" for share in shares)
            message = (
                f"the columns of this <{row.tag.name}> take {widths} = {total:.4g} %"
            )
            hint = "they may take 100 %; a column without a width takes an even share"
            yield _fault(row, "digest.columns", message, hint)

    def _share(self, column: Tag, room: float, even: float) -> float:
        found = _NUMBER.fullmatch(self.value(column, "width") or "")
        if found is None:
            return even
        number = float(found[1])
        return number if found[2] == "%" else 100 * number / room


def _judge_font(font: _Seen, filled: Filled) -> Iterator[Fault]:
    """Refuse a font that the template does not name itself: it is fetched by readers."""
    end = filled.text.find(">", font.start) + 1
    if filled.origins and not filled.is_own(font.start, end):
        message = "the font's address comes out of a value"
        hint = "write name and href of <mj-font> into the template, or take it out"
        yield _fault(font, "digest.font", message, hint)


def _pixels(width: str | None) -> float | None:
    found = _NUMBER.fullmatch(width or "")
    return float(found[1]) if found and found[2] == "px" else None


def _fault(
    seen: _Seen,
    code: str,
    message: str,
    hint: str | None,
    severity: Severity = Severity.ERROR,
) -> Fault:
    return Fault(
        offset=seen.start,
        width=len(seen.tag.name) + 1,
        code=code,
        message=message,
        hint=hint,
        severity=severity,
    )
