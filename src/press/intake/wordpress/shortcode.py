"""WordPress's shortcodes: words in brackets that stand for something else.

`[caption]`, `[gallery]`, `[embed]`, `[audio]` and `[video]` become what they stand for. Of
others nobody but the site's own plugins knows what they show: they are taken out, and
said to be. A bracket that an editor wrote, such as [sic], is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Final
from urllib.parse import parse_qs

from press.intake.markup import site_of
from press.intake.wordpress.gallery import gallery_of, settings_in
from press.intake.wordpress.library import Library
from press.model.address import split_address
from press.model.story import EmbedKind, Furniture, Left

#: What is looked for, in one pass: where nothing is to be read, where shortcodes only
#: are, an address on a line of its own, a shortcode.
_TOKEN: Final = re.compile(
    r"""(?P<hide><!--|<(?:pre|code|script|style)(?=[\s>]))
    | (?P<show>-->|</(?:pre|code|script|style)>)
    | (?P<sure></?press-shortcode>)
    | ^[ \t]*(?:<p(?:\s[^<>]*)?>)?(?P<url>https?://[^\s<>"'\[\]]+)(?:</p>)?[ \t]*$
    | \[(?P<held>\[)?(?P<close>/)?(?P<name>[A-Za-z][\w-]*)(?=[\s/\]])
      (?P<said>(?:[^\[\]"'<>]|"[^"\[\]]*"|'[^'\[\]]*'|<br\s*/?>|</?p>)*+)\](?(held)\])""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_BLOCK: Final = re.compile(
    r"<!--\s*wp:(?:core/)?shortcode\s*-->|<!--\s*/wp:(?:core/)?shortcode\s*-->"
)
_SETTING: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_SHOWN: Final = re.compile(
    r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>\]]+")
_YOUTUBE: Final = re.compile(r"[\w-]{6,20}")

_EMBEDS: Final = frozenset(
    """youtube youtube_sc vimeo tweet twitter instagram facebook soundcloud spotify tiktok
    dailymotion ted flickr bandcamp googlemaps iframe""".split()  # noqa: SIM905 - a column of words is read more easily
)
_MEDIA: Final = {
    "audio": ("src", "mp3", "m4a", "ogg", "wav"),
    "video": ("src", "mp4", "m4v", "webm", "ogv"),
}
_CAPTIONS: Final = frozenset({"caption", "wp_caption"})
#: Others that are written without settings, so that nothing else tells them.
_OTHERS: Final = frozenset(
    """playlist toc ez-toc mc4wp_form newsletter newsletter_form subscribe donate share sharing
    addtoany related related_posts adrotate gravityform wpforms contact-form contact-form-7
    social_warfare sociable ad ads ad_slot adsense""".split()  # noqa: SIM905 - a column of words is read more easily
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """A text whose shortcodes are read.

    Attributes:
        html: The text.
        left: The shortcodes that were taken out.
        unknown: Their names, each once.
        missing: Pictures that a gallery shows and the library does not have.
        empty: How many galleries show what is attached to a post, where nothing is known
            to be.
    """

    html: str
    left: tuple[Left, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()
    empty: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    start: int
    end: int
    name: str
    said: str
    closes: bool
    sure: bool
    raw: str

    def setting(self, *names: str) -> str:
        """Return a setting by the first of its names that is given."""
        given = settings_in(self.said)
        return next((given[name] for name in names if given.get(name)), "")


def expand(html: str, library: Library, *, post: int = 0) -> Expanded:
    """Return a text with its shortcodes as what they stand for.

    Args:
        html: The text, before its paragraphs are told by blank lines.
        library: The pictures that galleries show.
        post: The number of the post, whose own pictures galleries show; 0 for none.
    """
    if "[" not in html and "://" not in html:
        return Expanded(html=html)
    marked = _BLOCK.sub(_sure, html)
    writer = _Writer(html=marked, library=library, post=post)
    writer.scan()
    writer.pair()
    made = "".join(writer.written())
    return Expanded(
        html=made,
        left=tuple(writer.left),
        unknown=tuple(dict.fromkeys(writer.unknown)),
        missing=tuple(dict.fromkeys(writer.missing)),
        empty=writer.empty,
    )


def _sure(match: re.Match[str]) -> str:
    return "</press-shortcode>" if "/wp:" in match[0] else "<press-shortcode>"


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Collects what takes the place of which part of a text."""

    html: str
    library: Library
    post: int = 0
    codes: list[_Code] = field(default_factory=list)
    changes: list[tuple[int, int, str]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    empty: int = 0

    def scan(self) -> None:
        """Find shortcodes, and what changes whatever surrounds it."""
        hidden, sure = "", False
        for match in _TOKEN.finditer(self.html):
            if match["hide"] or match["show"]:
                hidden = _hidden(hidden, match)
            elif match["sure"]:
                sure = match["sure"][1] != "/"
                self.changes.append((*match.span(), ""))
            elif match["url"] and not hidden:
                self._address(match)
            elif match["name"] and not hidden:
                self._code(match, sure=sure)

    def _address(self, match: re.Match[str]) -> None:
        """Show what an address leads to, as WordPress does where it stands alone."""
        before = self.html[max(0, match.start() - 200) : match.start()].rstrip()
        wrapped = before.endswith(">") and "wp-block-embed__wrapper" in before[-80:]
        address = unescape(match["url"])
        if wrapped or site_of(address)[1] is not EmbedKind.OTHER:
            self.changes.append((*match.span(), _frame(address)))

    def _code(self, match: re.Match[str], *, sure: bool) -> None:
        if match["held"]:
            self.changes.append((*match.span(), match[0][1:-1]))
            return
        self.codes.append(
            _Code(
                start=match.start(),
                end=match.end(),
                name=match["name"].lower(),
                said=match["said"],
                closes=bool(match["close"]),
                sure=sure or self._alone(match),
                raw=match[0],
            )
        )

    def _alone(self, match: re.Match[str]) -> bool:
        """Whether words that look like the name of a plugin stand alone on a line."""
        if "_" not in match["name"] and "-" not in match["name"]:
            return False
        before = (
            self.html[max(0, match.start() - 40) : match.start()]
            .rpartition("\n")[2]
            .strip()
        )
        after = self.html[match.end() : match.end() + 40].partition("\n")[0].strip()
        return before in {"", "<p>"} and after in {"", "</p>"}

    def pair(self) -> None:
        """Find for each shortcode where it ends, and change both."""
        opened: dict[str, list[_Code]] = {}
        ends: dict[int, _Code] = {}
        for code in self.codes:
            if not code.closes:
                opened.setdefault(code.name, []).append(code)
            elif opened.get(code.name):
                ends[opened[code.name].pop().start] = code
        for code in self.codes:
            if not code.closes:
                self._change(code, ends.get(code.start))

    def _change(self, code: _Code, end: _Code | None) -> None:
        if code.name in _CAPTIONS and end:
            self._caption(code, end)
        elif code.name == "gallery":
            self._gallery(code, end)
        elif code.name == "embed" and end:
            inner = _ADDRESS.search(self.html, code.end, end.start)
            self._whole(code, end, _frame(unescape(inner[0])) if inner else "")
        elif code.name in _MEDIA and (source := code.setting(*_MEDIA[code.name])):
            shown = f'<{code.name} src="{escape(source)}"></{code.name}>'
            self._whole(code, end, shown)
        elif code.name in _EMBEDS and (address := _embedded(code)):
            self._whole(code, end, _frame(address))
        elif end or _is_one(code):
            self._left_out(code, end)

    def _caption(self, code: _Code, end: _Code) -> None:
        align = escape(code.setting("align"))
        self.changes.append(
            (code.start, code.end, f'\n\n<figure class="wp-caption {align}">')
        )
        shown = _SHOWN.match(self.html, code.end, end.start)
        if shown is None:
            self.changes.append((end.start, end.end, "</figure>\n\n"))
            return
        said = escape(code.setting("caption"))
        self.changes += [
            (shown.end(), shown.end(), f"<figcaption>{said} "),
            (end.start, end.end, "</figcaption></figure>\n\n"),
        ]

    def _gallery(self, code: _Code, end: _Code | None) -> None:
        gallery = gallery_of(code.said, self.library, self.post)
        self.missing += gallery.missing
        self.empty += not gallery.pictures and not gallery.missing
        if not gallery.pictures:
            self._take_out(code, end)
            return
        made = "".join(one.html for one in gallery.pictures)
        shown = f'\n\n<figure class="wp-block-gallery">{made}</figure>\n\n'
        self._whole(code, end, shown)

    def _left_out(self, code: _Code, end: _Code | None) -> None:
        self.unknown.append(code.name)
        self._take_out(code, end)

    def _take_out(self, code: _Code, end: _Code | None) -> None:
        for one in (code, end) if end else (code,):
            self.left.append(
                Left(
                    kind=Furniture.PAGE,
                    why=f"shortcode {code.name}",
                    text=" ".join(one.raw.split()),
                )
            )
            self.changes.append((one.start, one.end, ""))

    def _whole(self, code: _Code, end: _Code | None, made: str) -> None:
        self.changes.append((code.start, end.end if end else code.end, made))

    def written(self) -> list[str]:
        """Return the text with all changes made; one within another is not."""
        out, at = [], 0
        for start, end, made in sorted(self.changes, key=lambda one: one[:2]):
            if start >= at:
                out += [self.html[at:start], made]
                at = end
        return [*out, self.html[at:]]


def _hidden(hidden: str, match: re.Match[str]) -> str:
    """Return within what nothing is read, after a tag that begins or ends such a part."""
    if not hidden:
        begins = (match["hide"] or "").lower().lstrip("<")
        return "" if not begins else "-->" if begins == "!--" else f"</{begins}>"
    return "" if (match["show"] or "").lower() == hidden else hidden


def _is_one(code: _Code) -> bool:
    """Whether words in brackets that nothing closes are a shortcode."""
    known = code.name in _OTHERS or code.name in _EMBEDS or code.name in _MEDIA
    set_up = _SETTING.search(code.said) is not None
    return code.sure or known or set_up or code.said.rstrip().endswith("/")


def _embedded(code: _Code) -> str:
    """Return the address that a shortcode of a player shows; empty where it tells none."""
    found = _ADDRESS.search(code.said)
    if found:
        return unescape(found[0]).rstrip("/")
    given = code.setting("id", "v", "video_id") or code.said.strip()
    if code.name.startswith("youtube") and _YOUTUBE.fullmatch(given):
        return f"https://www.youtube.com/watch?v={given}"
    if code.name == "vimeo" and given.isdecimal():
        return f"https://vimeo.com/{given}"
    return ""


def _frame(address: str) -> str:
    """Return the frame in which a page shows what is at an address."""
    parts = split_address(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    number = ""
    if host == "youtu.be":
        number = parts.path.strip("/")
    elif host == "youtube.com" and parts.path == "/watch":
        number = (parse_qs(parts.query).get("v") or [""])[0]
    if number:
        address = f"https://www.youtube.com/embed/{number}"
    return f'\n\n<iframe src="{escape(address, quote=True)}"></iframe>\n\n'
