"""What other sites show within a text: posts, films, sound, charts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

from press.intake.markup.caption import said_in
from press.intake.markup.inline import Inline, children_of
from press.intake.markup.parse import Element, classes, is_tag
from press.intake.markup.picture import sought
from press.intake.markup.words import words_of
from press.model.address import join_address, split_address
from press.model.story import Embed, EmbedKind, Piece, PieceKind, Sought

_POSTS: Final = {
    "twitter-tweet": "X",
    "instagram-media": "Instagram",
    "bluesky-embed": "Bluesky",
    "mastodon-embed": "Mastodon",
    "tiktok-embed": "TikTok",
    "fb-post": "Facebook",
}
_CHARTS: Final = frozenset(
    {"flourish-embed", "datawrapper", "infogram-embed", "tableauPlaceholder"}
)
#: The end of a site's host name, its name, and what it shows.
_SITES: Final = (
    ("youtube.com", "YouTube", EmbedKind.VIDEO),
    ("youtube-nocookie.com", "YouTube", EmbedKind.VIDEO),
    ("youtu.be", "YouTube", EmbedKind.VIDEO),
    ("vimeo.com", "Vimeo", EmbedKind.VIDEO),
    ("dailymotion.com", "Dailymotion", EmbedKind.VIDEO),
    ("tiktok.com", "TikTok", EmbedKind.VIDEO),
    ("soundcloud.com", "SoundCloud", EmbedKind.AUDIO),
    ("spotify.com", "Spotify", EmbedKind.AUDIO),
    ("acast.com", "Acast", EmbedKind.AUDIO),
    ("podcasts.apple.com", "Apple Podcasts", EmbedKind.AUDIO),
    ("datawrapper.dwcdn.net", "Datawrapper", EmbedKind.CHART),
    ("datawrapper.de", "Datawrapper", EmbedKind.CHART),
    ("flourish.studio", "Flourish", EmbedKind.CHART),
    ("infogram.com", "Infogram", EmbedKind.CHART),
    ("tableau.com", "Tableau", EmbedKind.CHART),
    ("google.com", "Google", EmbedKind.CHART),
    ("openstreetmap.org", "OpenStreetMap", EmbedKind.CHART),
    ("twitter.com", "X", EmbedKind.POST),
    ("x.com", "X", EmbedKind.POST),
    ("bsky.app", "Bluesky", EmbedKind.POST),
    ("facebook.com", "Facebook", EmbedKind.POST),
    ("instagram.com", "Instagram", EmbedKind.POST),
)
#: WordPress's link to the page of another WordPress, which it shows in a frame beside.
_LINKED: Final = "wp-embedded-content"
_FRAMES: Final = frozenset({"iframe", "embed", "object"})
_MEDIA: Final = {"video": EmbedKind.VIDEO, "audio": EmbedKind.AUDIO}
_YOUTUBE: Final = re.compile(r"/(?:embed|shorts|v|live)/([\w-]{5,})")
#: Ghost's names for a film's still, the editors' own before the first of the film.
_STILLS: Final = ("data-kg-custom-thumbnail", "data-kg-thumbnail")
_BLANK: Final = re.compile(r"(?:^|/)(?:spacer|blank|transparent|1x1)\.(?:png|gif)$")
_FLOURISH: Final = "https://flo.uri.sh/"


def embed_of(node: Element, base: str) -> Embed | None:
    """Return what an element embeds; None where it embeds nothing.

    A figure embeds what is the only thing in it besides its caption.
    """
    if node.tag == "figure":
        inner = [one for one in node.iterdescendants() if is_tag(one)]
        found = [(one, made) for one in inner if (made := _single(one, base))]
        if len(found) != 1 or next(node.iter("img", "table", "pre"), None) is not None:
            return None
        shown, embed = found[0]
        return embed if _is_all(node, shown) else None
    return _single(node, base)


def embed_piece(
    embed: Embed, node: Element, inline: Inline, marks: tuple[str, ...]
) -> Piece:
    """Return an embed as a piece: a post as a quotation, the others without words.

    What stands under it goes with it as its caption, which is its `text` too.
    """
    said = said_in(node) if node.tag == "figure" else None
    is_post = embed.kind is EmbedKind.POST
    caption = "" if said is None else said.text if is_post else words_of(node)
    quoted = node if node.tag == "blockquote" else next(node.iter("blockquote"), None)
    markdown = ""
    if is_post and quoted is not None:
        markdown = post_of(quoted, inline)
        if said and caption:
            markdown += "\n\n" + " ".join(map(inline.inside, said.parts))
    return Piece(
        kind=PieceKind.EMBED,
        text=words_of(node),
        markdown=markdown,
        marks=marks,
        embed=embed if not caption else _titled(embed, caption),
    )


def post_of(quoted: Element, inline: Inline) -> str:
    """Return a post as a quotation, with its writer, handle and date as its source."""
    body = [
        inline.inside(one) for one in quoted if is_tag(one) and one.tag in {"p", "div"}
    ]
    rest = [
        one
        for one in children_of(quoted)
        if isinstance(one, str) or one.tag not in {"p", "div"}
    ]
    source = inline.line(rest).lstrip("—–- ").strip()
    if not any(body):
        body, source = [inline.inside(quoted)], ""
    lines = "\n\n".join([*filter(None, body), *([f"— {source}"] if source else [])])
    return "\n".join(f"> {line}".rstrip() for line in lines.split("\n"))


def site_of(address: str) -> tuple[str, EmbedKind]:
    """Return the name of the site an address is of, and what it shows."""
    host = (split_address(address).hostname or "").removeprefix("www.")
    for end, name, kind in _SITES:
        if host == end or host.endswith(f".{end}"):
            return name, kind
    return host, EmbedKind.OTHER


def watched_at(address: str) -> str:
    """Return the page that shows to people what an embedded address shows to pages."""
    parts = split_address(address)
    found = _YOUTUBE.search(parts.path)
    if found and "youtube" in (parts.hostname or ""):
        return f"https://www.youtube.com/watch?v={found[1]}"
    if parts.hostname == "player.vimeo.com":
        return f"https://vimeo.com/{parts.path.rpartition('/')[2]}"
    if parts.hostname == "w.soundcloud.com":
        return (parse_qs(parts.query).get("url") or [address])[0]
    return address


def _is_all(figure: Element, shown: Element) -> bool:
    """Whether a figure has no words but those of what it shows, and its caption."""
    parts = [shown, *said_in(figure).parts]
    parts += [one for one in figure.iter("blockquote") if _LINKED in classes(one)]
    words = sum(len(words_of(one).split()) for one in dict.fromkeys(parts))
    return len(words_of(figure).split()) == words


def _single(node: Element, base: str) -> Embed | None:
    names = classes(node)
    post = next((site for name, site in _POSTS.items() if name in names), "")
    if post:
        return Embed(kind=EmbedKind.POST, site=post, address=_last_link(node))
    if _CHARTS & names:
        return _chart(node)
    if node.tag in _FRAMES:
        given = node.get("src") or node.get("data-src") or node.get("data") or ""
        return _framed(join_address(base, given), node.get("title") or "")
    kind = _MEDIA.get(str(node.tag))
    if kind is None:
        return None
    source = next((one.get("src") or "" for one in node.iter("source")), "")
    address = join_address(base, node.get("src") or source)
    poster = _poster(node)
    still = Sought(addresses=(join_address(base, poster),)) if poster else None
    return Embed(kind=kind, address=address, title=node.get("title") or "", still=still)


def _poster(node: Element) -> str:
    """Return the address of a film's still: Ghost names it beside a blank poster."""
    given = node.get("poster") or ""
    if given and not _BLANK.search(split_address(given).path):
        return given
    figure = next(node.iterancestors("figure"), node)
    beside = (figure.get(name) or "" for name in _STILLS)
    return next(filter(None, beside), "")


def _framed(address: str, title: str) -> Embed:
    site, kind = site_of(address)
    shown = watched_at(address)
    still = None
    found = _YOUTUBE.search(split_address(address).path)
    if site == "YouTube" and found:
        pictures = (
            f"https://i.ytimg.com/vi/{found[1]}/{n}.jpg"
            for n in ("maxresdefault", "hqdefault")
        )
        still = Sought(addresses=tuple(pictures), name=f"{found[1]}.jpg")
    return Embed(kind=kind, address=shown, site=site, title=title, still=still)


def _chart(node: Element) -> Embed:
    source = node.get("data-src") or node.get("data-url") or ""
    flourish = "flourish-embed" in classes(node)
    address = join_address(_FLOURISH, source) + "/" if flourish and source else source
    image = next(node.iter("img"), None)
    still = sought(image) if image is not None else None
    site = "Flourish" if flourish else site_of(address)[0]
    return Embed(kind=EmbedKind.CHART, address=address, site=site, still=still)


def _last_link(node: Element) -> str:
    links = [one.get("href") or "" for one in node.iter("a")]
    return links[-1] if links else node.get("cite") or ""


def _titled(embed: Embed, caption: str) -> Embed:
    return replace(embed, title=caption)
