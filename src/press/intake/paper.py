"""What paper cannot show, turned into what it can.

Short posts become quotations. Films, sound and live charts become a still picture where there
is one, with a line that leads there: on paper by the article's QR code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from press.model.finding import Finding, warning
from press.model.manuscript import FrontPicture
from press.model.story import Embed, EmbedKind, Piece, Sought

_NAMES: Final = {
    EmbedKind.POST: "Post",
    EmbedKind.VIDEO: "Video",
    EmbedKind.AUDIO: "Audio",
    EmbedKind.CHART: "Chart",
    EmbedKind.OTHER: "On the web",
}
_THINGS: Final = {
    EmbedKind.POST: "the post",
    EmbedKind.VIDEO: "the video",
    EmbedKind.AUDIO: "the recording",
    EmbedKind.CHART: "the chart",
    EmbedKind.OTHER: "what the web shows here",
}
_WEB: Final = ("http://", "https://")
_SHOWN: Final = frozenset({EmbedKind.VIDEO, EmbedKind.CHART, EmbedKind.OTHER})


def shown_instead(
    piece: Piece, embed: Embed, placed: Mapping[Sought, FrontPicture | None]
) -> tuple[Piece, tuple[Finding, ...]]:
    """Return what stands for an embed on paper, and what is still wanted."""
    if embed.kind is EmbedKind.POST and piece.markdown:
        return piece, ()
    if not embed.address and embed.still is None:
        return piece, (_wanted(embed, piece),)
    line = _line(embed, piece)
    still = placed.get(embed.still) if embed.still is not None else None
    if embed.still is not None and still is not None and still.file:
        made = replace(
            piece, markdown=f"{{picture:0}}\n\n{line}", pictures=(embed.still,)
        )
        return made, ()
    leads = embed.address.startswith(_WEB)
    needs = (_wanted(embed, piece),) if embed.kind in _SHOWN or not leads else ()
    return replace(piece, markdown=line, pictures=()), needs


def _line(embed: Embed, piece: Piece) -> str:
    """Return the line that leads to where it is to be seen or heard."""
    name = _NAMES[embed.kind]
    title = embed.title or piece.text
    words = f"{name}: {title}" if title else name
    site = f" ({embed.site})" if embed.site else ""
    plain = words.replace("[", "(").replace("]", ")").replace("*", "\\*")
    if not embed.address.startswith(_WEB):
        return f"*{plain}*{site}"
    return f"*[{plain}](<{embed.address}>)*{site}"


def _wanted(embed: Embed, piece: Piece) -> Finding:
    shown = embed.title or piece.text or embed.address or embed.site
    thing = _THINGS[embed.kind]
    what = f"{thing} “{shown}”" if shown else thing
    where = f" ({embed.address})" if embed.address and shown != embed.address else ""
    return warning(
        "intake.needs-picture",
        f"paper cannot show {what}{where}: it needs a picture",
        piece.place,
        "bring a still picture of it, or take out the line that stands for it",
    )
