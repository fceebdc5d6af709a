r"""What MJML must be before the engine may see it.

The engine (mrml) writes attribute values with a programmer's escapes, so that a
no-break space becomes the letters `\u{a0}` and a quotation mark ends the value; it
takes the last of two equal attributes, drops unknown tags in silence, and ends the
process on deep nesting. So every value is rewritten to printable ASCII, and what the
engine would get wrong is refused here, with the template's line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import accumulate

from press.model.finding import Checked, Finding, error
from press.model.template import Filled, Origin

DEEPEST = 100

#: The tags of MJML, by what they are for.
_MJML_TAGS = (
    *("mjml", "mj-head", "mj-body", "mj-raw"),
    *("mj-attributes", "mj-all", "mj-class", "mj-html-attributes", "mj-html-attribute"),
    *("mj-selector", "mj-breakpoint", "mj-font", "mj-style", "mj-title", "mj-preview"),
    *("mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-hero"),
    *("mj-text", "mj-image", "mj-button", "mj-divider", "mj-spacer", "mj-table"),
    *("mj-accordion", "mj-accordion-element", "mj-accordion-title"),
    *("mj-accordion-text", "mj-carousel", "mj-carousel-image"),
    *("mj-navbar", "mj-navbar-link", "mj-social", "mj-social-element"),
)
#: Elements of HTML that have no end tag.
_VOID = (
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "wbr",
)

_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=<>"'/]+)
        (?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'<>]+))?""",
    re.VERBOSE,
)
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_:.-]*")
_TAG_END = re.compile(r"\s*(/?)>")
_BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#[xX][0-9A-Fa-f]+;|[A-Za-z]\w*;)")
_LINE_BREAK = re.compile(r"\s*[\n\r\t]\s*")
_UNPRINTED = re.compile(r"[^ -~]|[\"\\<>]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """MJML that the engine may see.

    Attributes:
        mjml: Well-formed, every attribute value in printable ASCII, and traced.
        styles: The style sheets that are to be written into the elements.
    """

    mjml: Filled
    styles: str


def guard(filled: Filled) -> Checked[Guarded]:
    """Make MJML safe for the engine; no value where an error was found."""
    scan = _Scan(filled=filled)
    scan.run()
    findings = (*_refused_characters(filled), *scan.findings)
    if findings:
        return Checked(value=None, findings=findings)
    return Checked(value=Guarded(mjml=scan.written(), styles="\n".join(scan.styles)))


def ascii_value(value: str) -> str:
    """Write an attribute value in printable ASCII that an engine cannot misread."""
    value = _LINE_BREAK.sub(" ", value)
    value = _BARE_AMPERSAND.sub("&amp;", value)
    return _UNPRINTED.sub(lambda found: f"&#{ord(found[0])};", value)


def _css_escape(found: re.Match[str]) -> str:
    return f"\\{ord(found[0]):x} "


def _plain(text: str) -> str:
    """Write the text between tags so that it is read as text.

    The engine's tokenizer panics on `é >`: a character of several octets, a space and
    a bare ">" (htmlparser 0.2.1).
    """
    return _BARE_AMPERSAND.sub("&amp;", text).replace(">", "&gt;")


def _refused_characters(filled: Filled) -> Iterator[Finding]:
    for found in _REFUSED.finditer(filled.text):
        yield error(
            "digest.control-character",
            f"the digest holds the character U+{ord(found[0]):04X}, "
            "which a mail cannot carry",
            filled.place_of(found.start()),
            f"delete it where {_around(filled.text, found.start())!r} is written",
        )


def _around(text: str, offset: int) -> str:
    return _REFUSED.sub("", text[max(0, offset - 12) : offset + 12]).strip()


@dataclass(kw_only=True)
class _Scan:
    """One pass over the MJML, from tag to tag."""

    filled: Filled
    #: What is written, each piece with the offset of its source.
    pieces: list[tuple[int, str]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    #: The elements that are open, each with the offset where it began.
    open: list[tuple[str, int]] = field(default_factory=list)

    def run(self) -> None:
        """Read to the end, or to the first place where reading on makes no sense."""
        text = self.filled.text
        position: int | None = 0
        while position is not None:
            start = text.find("<", position)
            end = len(text) if start < 0 else start
            self._read_text(position, text[position:end])
            position = None if start < 0 else self._read_markup(start)
        for name, offset in self.open if not self.findings else ():
            self._find("digest.markup", f"<{name}> is never closed", offset)

    def _read_text(self, start: int, text: str) -> None:
        if not self.open and text.strip():
            offset = start + len(text) - len(text.lstrip())
            self._find("digest.markup", "text stands outside <mjml>", offset)
        self._write(start, _plain(text))

    def _read_markup(self, start: int) -> int | None:
        text = self.filled.text
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            if end < 0:
                self._find("digest.markup", "this comment is never closed", start)
                return None
            if "--" in text[start + 4 : end + 1]:
                self._find("digest.markup", 'this comment holds "--"', start)
            self._write(start, text[start : end + 3])
            return end + 3
        name = _NAME.match(text, start)
        if name is None:
            message = '"<" begins no tag here'
            self._find("digest.markup", message, start, 'write "&lt;"')
            return start + 1
        if text[start + 1] == "/":
            return self._read_end(name)
        return self._read_start(name)

    def _read_end(self, name: re.Match[str]) -> int | None:
        tag_end = _TAG_END.match(self.filled.text, name.end())
        last = self.open.pop() if self.open else None
        if tag_end is None or last is None or last[0] != name[1]:
            message = f"</{name[1]}> closes nothing"
            if last:
                place = self.filled.place_of(last[1])
                message = f"</{name[1]}> stands where <{last[0]}> ({place}) is open"
            self._find("digest.markup", message, name.start())
            return None
        self._write(name.start(), f"</{name[1]}>")
        return tag_end.end()

    def _read_start(self, name: re.Match[str]) -> int | None:
        tag = name[1]
        attributes, position = self._read_attributes(name)
        tag_end = _TAG_END.match(self.filled.text, position)
        if tag_end is None:
            message = f"<{tag}> is not closed by a >"
            self._find("digest.markup", message, name.start())
            return None
        self._judge_tag(tag, name.start())
        if not self.open and (tag != "mjml"):
            self._find("digest.markup", f"<{tag}> stands outside <mjml>", name.start())
        if len(self.open) >= DEEPEST:
            message = f"tags are nested more than {DEEPEST} deep"
            self._find("digest.depth", message, name.start(), "take some out")
            return None
        written = "".join(f' {key}="{value}"' for key, value in attributes)
        if tag_end[1] or tag in _VOID:
            self._write(name.start(), f"<{tag}{written} />")
            return tag_end.end()
        if tag == "mj-style":
            return self._read_style(name.start(), tag_end.end(), written)
        self.open.append((tag, name.start()))
        self._write(name.start(), f"<{tag}{written}>")
        return tag_end.end()

    def _read_attributes(self, tag: re.Match[str]) -> tuple[list[tuple[str, str]], int]:
        """Return a tag's attributes, rewritten, and the offset after them."""
        seen: dict[str, str] = {}
        position = tag.end()
        while found := _ATTRIBUTE.match(self.filled.text, position):
            position = found.end()
            name, value = found["name"], found["value"] or ""
            if value[:1] in {'"', "'"}:
                value = value[1:-1]
            if name in seen:
                message = f"<{tag[1]}> has the attribute {name} twice"
                self._find("digest.attribute-twice", message, found.start("name"))
            if not _ATTRIBUTE_NAME.fullmatch(name):
                message = f'"{name}" cannot be the name of an attribute'
                self._find("digest.markup", message, found.start("name"))
            if "<" in value:
                message = f'the value of {name} holds "<"'
                hint = "look for a quotation mark that is not closed"
                self._find("digest.markup", message, found.start("name"), hint)
            seen[name] = ascii_value(value)
        return list(seen.items()), position

    def _read_style(self, start: int, position: int, written: str) -> int | None:
        """Take a style sheet as it stands; it holds no markup."""
        text = self.filled.text
        end = re.compile(r"</mj-style\s*>").search(text, position)
        if end is None:
            self._find("digest.markup", "<mj-style> is never closed", start)
            return None
        if "<" in text[position : end.start()]:
            self._find("digest.markup", '<mj-style> holds "<"', start)
        # In ASCII, for the engine's tokenizer: see `_plain`.
        css = _NOT_ASCII.sub(_css_escape, text[position : end.start()])
        if ' inline="inline"' in written:
            self.styles.append(css)
        else:
            self._write(start, f"<mj-style{written}>{css}</mj-style>")
        return end.end()

    def _judge_tag(self, tag: str, offset: int) -> None:
        if tag == "mj-include":
            message = "<mj-include> is not read"
            hint = '{% include "digest/part.mjml.j2" %} does the same'
            self._find("digest.include", message, offset, hint)
        elif tag.startswith("mj") and tag not in _MJML_TAGS:
            near = get_close_matches(tag, _MJML_TAGS, n=1)
            message = f'"{tag}" is not an MJML tag'
            meant = f'did you mean "{near[0]}"?' if near else None
            self._find("digest.unknown-tag", message, offset, meant)

    def written(self) -> Filled:
        """Return what was written, traced to the templates like its source."""
        lengths = accumulate((len(text) for _, text in self.pieces), initial=0)
        places = (self.filled.place_of(offset) for offset, _ in self.pieces)
        return Filled(
            text="".join(text for _, text in self.pieces),
            origins=tuple(
                Origin(offset=length, file=place.file, line=place.line)
                for length, place in zip(lengths, places, strict=False)
                if place.file and place.line
            ),
        )

    def _write(self, offset: int, text: str) -> None:
        self.pieces.append((offset, text))

    def _find(
        self, code: str, message: str, offset: int, hint: str | None = None
    ) -> None:
        self.findings.append(error(code, message, self.filled.place_of(offset), hint))
