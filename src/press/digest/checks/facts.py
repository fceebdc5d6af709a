"""What a finished mail holds, read back from its HTML."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.digest.markup import MarkupReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link.

    Attributes:
        address: Where it leads.
        words: What it says; a picture's words are its alternative text.
        pictured: Whether a picture is among them.
    """

    address: str
    words: str
    pictured: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture as the HTML shows it.

    Attributes:
        address: Where it is fetched.
        alt: What it shows; None where there is no such attribute.
        width: As written; empty where it is not.
        height: Likewise.
    """

    address: str
    alt: str | None
    width: str = ""
    height: str = ""


@dataclass(slots=True, kw_only=True)
class MailFacts:
    """What a finished mail holds.

    Attributes:
        lang: Language of the document; empty if it does not say.
        direction: Which way it runs; likewise.
        title: Its title.
        metas: Names of its meta elements.
        headings: (level, words) in order.
        links: In order.
        images: In order.
        active: Scripts and event handlers, as written.
        text: All visible words.
    """

    lang: str = ""
    direction: str = ""
    title: str = ""
    metas: set[str] = field(default_factory=set)
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    text: str = ""


def read_mail(html: str) -> MailFacts:
    """Read a finished mail; conditional comments for Outlook are passed over."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.facts.text = _words(reader.heard)
    return reader.facts


_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HEARD_APART = frozenset({"title", "a", *_HEADINGS})
_UNSEEN = frozenset({"style", "title", "script"})
_ACTIVE = frozenset({"script", "iframe", "object", "embed", "form", "base", "link"})
#: Words on both sides of these run together.
_INLINE = frozenset(
    {"a", "b", "code", "del", "em", "i", "span", "strong", "sub", "sup"}
)


_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta"})


def _is_hidden(values: dict[str, str]) -> bool:
    style = "".join(values.get("style", "").lower().split())
    return "hidden" in values or "display:none" in style or "visibility:hidden" in style


class _Reader(MarkupReader):
    """Notes the facts while the parser goes over the mail."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = MailFacts()
        self.heard: list[str] = []
        self._open: list[tuple[str, str, list[str]]] = []
        self._pictured = False
        self._unseen = ""
        #: The elements that are open from the first hidden one on.
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it says."""
        values = {name: value or "" for name, value in attrs}
        self._note_active(tag, values)
        if tag == "html":
            self.facts.lang = values.get("lang", "")
            self.facts.direction = values.get("dir", "")
        elif tag == "meta":
            self.facts.metas.add(values.get("name", "").lower())
        elif tag == "img":
            self._note_image(values)
        self._note_hidden(tag, values)
        if tag == "a":
            self._pictured = False
        if tag in _HEARD_APART:
            self._open.append((tag, values.get("href", ""), []))
        if tag in _UNSEEN:
            self._unseen = tag
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note what a heading, link or title said."""
        if tag == self._unseen:
            self._unseen = ""
        if tag in _HEARD_APART and self._open and self._open[-1][0] == tag:
            _, address, heard = self._open.pop()
            words = _words(heard)
            if tag == "a":
                link = Link(
                    address=address,
                    words=words,
                    pictured=self._pictured,
                    hidden=bool(self._hidden),
                )
                self.facts.links.append(link)
            elif tag == "title":
                self.facts.title = words
            else:
                self.facts.headings.append((_HEADINGS[tag], words))
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        self._part(tag)

    def handle_data(self, data: str) -> None:
        """Hear words."""
        for _, _, heard in self._open:
            heard.append(data)
        if not self._unseen:
            self.heard.append(data)

    def _note_hidden(self, tag: str, values: dict[str, str]) -> None:
        if tag not in _VOID and (self._hidden or _is_hidden(values)):
            self._hidden.append(tag)

    def _note_active(self, tag: str, values: dict[str, str]) -> None:
        self.facts.active += [f"{name}=" for name in values if name.startswith("on")]
        if tag in _ACTIVE:
            self.facts.active.append(f"<{tag}>")

    def _note_image(self, values: dict[str, str]) -> None:
        alt = values.get("alt")
        self.facts.images.append(
            Image(
                address=values.get("src", ""),
                alt=alt,
                width=values.get("width", ""),
                height=values.get("height", ""),
            )
        )
        for tag, _, heard in self._open:
            if tag == "a":
                heard.append(alt or "")
                self._pictured = True

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            for _, _, heard in self._open:
                heard.append(" ")
            self.heard.append(" ")


def _words(heard: list[str]) -> str:
    return " ".join("".join(heard).split())
