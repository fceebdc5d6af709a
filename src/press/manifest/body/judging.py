"""What is taken out of a body, or noted about it, while it is read."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Final

from press.manifest.body.address import AddressKind, anchor_key, judge
from press.manifest.body.masking import OPEN, TOKEN, Mask
from press.manifest.body.report import Report
from press.manifest.body.shortcode import Use
from press.manifest.body.source import Source, Sweeper
from press.manifest.body.tree import Element, tags

#: What a page cannot show or must never hold. Their inside goes with them.
REMOVED: Final = tags(
    """script style iframe frame frameset link base meta object embed applet form input
    button select textarea svg math canvas template audio video noscript noembed noframes
    dialog param track source title xmp map area"""
)
#: Of these a reader of the paper would miss something.
_SHOWN: Final = tags("iframe object embed audio video svg math canvas")

#: These hold no words of copy.
_NO_WORDS: Final = frozenset({"script", "style"})

_BRACES: Final = re.compile(r"\{(?:[{%]|\#\s|::)")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_TAIL_OF_NUMBER: Final = re.compile(r"\d+$")


@dataclass(slots=True)
class Judge:
    """Judges links, masks and odd text of one body, and reports."""

    report: Report
    source: Source
    sweeper: Sweeper
    _anchors: set[str] = field(default_factory=set)
    _asked: dict[str, Element] = field(default_factory=dict)
    _escaped: list[tuple[str, int]] = field(default_factory=list)

    def polish(self, text: str, line: int) -> str:
        """Clean text that will be printed, and note what is odd in it."""
        if "&" in self.source.text:  # an entity may stand for anything
            text = self._without_invisible(text, line)
        if "{" in text:
            self._note_braces(text, line)
        if "&" in text:
            for match in _ENTITY.finditer(text):
                if html.unescape(match[0]) != match[0]:
                    at = line + text.count("\n", 0, match.start())
                    self._escaped.append((match[0], at))
        return text

    def _without_invisible(self, text: str, line: int) -> str:
        if "\ufffd" in text and "\ufffd" not in self.source.text:
            text = text.replace("\ufffd", "\x00")  # an entity of no character
        return self.sweeper.clean(text, line).replace("\n\n", " ")

    def _note_braces(self, text: str, line: int) -> None:
        for match in _BRACES.finditer(text):
            self.report.note(
                "article.braces",
                "braces as of a template; they are printed as they stand",
                line + text.count("\n", 0, match.start()),
                near=match[0],
            )

    def mask_of(self, token: str) -> Mask:
        """Return what a token stands for."""
        return self.source.masks[int(token)]

    def report_shortcode(self, mask: Mask) -> None:
        """Report a shortcode that nobody here knows."""
        shortcode = mask.shortcode
        if shortcode is None or shortcode.closes:
            return
        if shortcode.use is not Use.UNKNOWN:
            return
        self.report.warning(
            "article.shortcode",
            f"the shortcode “{shortcode.name}” was taken out",
            mask.line,
            hint="write what it shows as text, or give a picture of it",
            near=mask.text.split("\n", 1)[0],
        )

    def without_tokens(self, text: str) -> str:
        """Return the text of a setting without tokens, reporting what they stood for."""
        if OPEN not in text:
            return text
        for token in TOKEN.findall(text):
            self.report_shortcode(self.mask_of(token))
        return TOKEN.sub("", text)

    def setting(self, text: str, line: int) -> str:
        """Return the words of a setting, such as a caption, fit to print on one line."""
        words = self.sweeper.clean(self.without_tokens(text), line)
        return " ".join(words.split())

    def link(self, element: Element) -> str | None:
        """Return the address that a link may lead to; None keeps its words alone."""
        for name in ("id", "name"):
            self.anchor(element.get(name))
        href = element.get("href")
        if OPEN in href:
            self.without_tokens(href)
            return None
        address = judge(href)
        match address.kind:
            case AddressKind.OPEN:
                return address.text
            case AddressKind.ANCHOR:
                self._asked.setdefault(anchor_key(address.text), element)
            case AddressKind.SITE:
                pass
            case _:
                self._refuse_link(element, address.kind)
        return None

    def _refuse_link(self, element: Element, kind: AddressKind) -> None:
        href = element.get("href")
        shown = href if len(href) <= 60 else href[:57] + "…"  # noqa: PLR2004 - a line's worth
        reasons = {
            AddressKind.SCHEME: "leads neither to the web nor to a mail or telephone",
            AddressKind.INSIDE: "leads to a computer that readers cannot reach",
            AddressKind.BROKEN: "is no address that works",
        }
        self.report.warning(
            "article.link-kind",
            f"“{shown}” {reasons[kind]}: its words stay, the link goes",
            element.line,
            hint="give the public address, or take the link out",
            near=href,
        )

    def anchor(self, name: str) -> None:
        """Remember a place in the article that links may lead to."""
        if name:
            self._anchors.add(anchor_key(self.without_tokens(name)))

    def attributes_of(self, mask: Mask) -> None:
        """Remember the anchor that a list of attributes (`{#name}`) sets."""
        for name in re.findall(r"#([^\s}]+)", mask.text):
            self.anchor(name)

    def removed(self, element: Element) -> None:
        """Report markup that is taken out with all that stands in it."""
        count = 0 if element.tag in _NO_WORDS else len(element.words().split())
        inside = f" and {count} words in it" if count else ""
        hint = ""
        if element.tag in _SHOWN:
            hint = "put a picture in its place, with a link to it"
        self.report.warning(
            "article.markup-removed",
            f"<{element.tag}>{inside} was taken out",
            element.line,
            hint=hint,
            near=f"<{element.tag}",
        )

    def settings(self, element: Element) -> None:
        """Report settings that would run a program, and remember anchors."""
        if not element.attributes:
            return
        self.anchor(element.get("id"))
        for name in element.attributes:
            if name.startswith("on"):
                self.report.warning(
                    "article.markup-removed",
                    f"the setting “{name}” of <{element.tag}> was taken out",
                    element.line,
                    near=name,
                )

    def unknown(self, element: Element) -> None:
        """Report a tag that is no HTML."""
        self.report.warning(
            "article.markup-removed",
            f"the tag <{element.tag}> is not known: it was taken out, its words stay",
            element.line,
            hint="to print it as it stands, put it between backticks",
            near=f"<{element.tag}",
        )

    def finish(self) -> None:
        """Report what only the whole body shows."""
        self._tell_anchors()
        self._tell_escaped()

    def _tell_anchors(self) -> None:
        for key, element in self._asked.items():
            known = (
                key in self._anchors or _TAIL_OF_NUMBER.sub("", key) in self._anchors
            )
            if key and not known:
                href = element.get("href")
                self.report.note(
                    "article.anchor",
                    f"there is no place “{href}” in this article: "
                    "its words stay, the link goes",
                    element.line,
                    near=href,
                )

    def _tell_escaped(self) -> None:
        if not self._escaped:
            return
        entity, line = self._escaped[0]
        self.report.warning(
            "article.suspicious",
            f"“{entity}” will be printed as it stands: it looks escaped twice "
            f"({len(self._escaped)} such places, first on this line)",
            line,
            hint=f"write “{html.unescape(entity)}” if that is meant",
            near=entity.lstrip("&"),
        )
