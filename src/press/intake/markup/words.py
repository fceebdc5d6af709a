"""The words of HTML, as a browser would show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from press.intake.markup.parse import Element, classes

#: Elements that stand on lines of their own.
BLOCKS: Final = frozenset(
    """address article aside audio blockquote button caption center dd details div dl dt embed
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li
    main menu nav object ol option p picture pre search section select summary table tbody td
    textarea tfoot th thead tr ul video""".split()  # noqa: SIM905 - a column of tags is read more easily
)

#: Beside the name of a file, which is a link to it already, and apart from it.
FILE_BUTTON: Final = "wp-block-file__button"

#: An attribute that press gives to what is read as something other than words: the figure
#: that refers to a note, and the arrow back from it.
APART: Final = "data-press-apart"


def words_of(node: Element) -> str:
    """Return the words of an element, one space between them."""
    return " ".join("".join(_texts(node)).split())


def words_in(nodes: Iterable[Element | str]) -> str:
    """Return the words of a line, one space between them."""
    texts = (n if isinstance(n, str) else "".join(_texts(n)) for n in nodes)
    return " ".join("".join(texts).split())


def _texts(node: Element) -> Iterator[str]:
    if not isinstance(node.tag, str):
        return
    if node.get(APART) is not None:
        return
    is_apart = node.tag in BLOCKS or node.tag == "br" or FILE_BUTTON in classes(node)
    apart = " " if is_apart else ""
    yield apart
    yield node.text or ""
    for child in node:
        yield from _texts(child)
        yield child.tail or ""
    yield apart
