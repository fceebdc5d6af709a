"""What pages show with a recording, a file or a link that is no copy: above all Ghost's cards."""

from __future__ import annotations

from typing import Final

from press.intake.markup.parse import Element, classes, drop, is_tag
from press.intake.markup.words import words_of
from press.model.story import Furniture, Left

_PLAYER: Final = "the clock and the buttons of a player"
_LINKED: Final = "what a linked page says of itself"
_NO_COPY: Final = {
    "kg-audio-player": _PLAYER,
    "kg-audio-current-time": _PLAYER,
    "kg-audio-time": _PLAYER,
    "kg-audio-playback-rate": _PLAYER,
    "kg-video-overlay": _PLAYER,
    "kg-video-player-container": _PLAYER,
    "kg-video-player": _PLAYER,
    "kg-file-card-metadata": "the name and the size of a file",
    "kg-callout-emoji": "a sign beside a box",
    "kg-bookmark-description": _LINKED,
    "kg-bookmark-metadata": _LINKED,
    "kg-bookmark-thumbnail": _LINKED,
}
#: What leads somewhere as a whole, and its part that reads as a link.
_LINKS: Final = {
    "kg-bookmark-container": "kg-bookmark-title",
    "kg-file-card-container": "kg-file-card-title",
}


def without_cards(root: Element) -> tuple[Left, ...]:
    """Take out of a tree what is no copy in cards and players; return what words it had.

    Of a link to another page, or to a file, its title stays, and leads there.
    """
    left: list[Left] = []
    for node in list(root.iter()):
        if not is_tag(node) or root not in node.iterancestors():
            continue
        if node.tag in {"audio", "video"}:
            left += _unplayed(node)
            continue
        names = classes(node)
        why = next((said for name, said in _NO_COPY.items() if name in names), "")
        if why:
            _on_lines(node)
            if words := words_of(node):
                left.append(Left(kind=Furniture.PAGE, why=why, text=words))
            drop(node)
            continue
        for name in names & _LINKS.keys():
            _link_title(node, _LINKS[name])
    return tuple(left)


def _unplayed(player: Element) -> list[Left]:
    """Take out of a player what only browsers show that cannot play it."""
    words = words_of(player)
    for inner in [one for one in player.iterdescendants() if one.tag != "source"]:
        drop(inner)
    for source in player.iter():
        source.text = None
        if source is not player:
            source.tail = None
    why = "for browsers that cannot play it"
    return [Left(kind=Furniture.PAGE, why=why, text=words)] if words else []


def _on_lines(card: Element) -> None:
    """Part what a page shows side by side: nothing else tells where a word ends."""
    for one in list(card.iter("span")):
        one.tag = "div"


def _link_title(card: Element, name: str) -> None:
    """Let the title of a card be the link that all of it was."""
    title = next((one for one in card.iter("div") if name in classes(one)), None)
    if card.tag == "a" and title is not None:
        title.tag, card.tag = "a", "div"
        title.set("href", card.get("href") or "")
