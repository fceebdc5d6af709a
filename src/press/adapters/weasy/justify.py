"""Put the composer's spacing into laid-out lines.

Paragraphs come with their line breaks in place (`white-space: pre`), so WeasyPrint sets
every line once and looks for no break. What the composer decided of each line stands in
the paragraph's `data-lines`: indent, measure, tracking (points) and whether the line is
filled. Here each line is moved to its indent, its letters are tracked, and what is left
is shared out among its word spaces, measured on the line as it was really set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from weasyprint.formatting_structure import boxes

from press.adapters.weasy.letters import space_out
from press.model.script import is_shaped

PX_PER_PT = 96 / 72
#: A line may be wider than its measure by so many points before that is said.
TOLERANCE_PT = 0.6
#: Word spaces are shrunk no further than to this share.
LEAST_SPACE = 0.72


def justify(page_box: Any) -> Iterator[tuple[str, float]]:
    """Space the lines of a page.

    Yields:
        The text of every line that is wider than its measure, and by how many points.
    """
    for block in _blocks(page_box):
        wanted = _plan(block.element.get("data-lines"))
        for line, (indent, measure, tracking, filled) in zip(
            _lines(block), wanted, strict=False
        ):
            over = _space(line, block, indent, measure, tracking, filled)
            if over > TOLERANCE_PT * PX_PER_PT:
                yield _text(line), over / PX_PER_PT


def _blocks(box: Any) -> Iterator[Any]:
    """Yield block boxes that carry a plan of their lines."""
    for child in getattr(box, "children", ()):
        inner = getattr(
            child, "_box", child
        )  # absolute boxes stand behind a placeholder
        element = inner.element
        planned = (
            isinstance(inner, boxes.BlockContainerBox)
            and element is not None
            and element.get("data-lines") is not None
        )
        if planned:
            yield inner
        elif not isinstance(inner, boxes.LineBox):
            yield from _blocks(inner)


def _lines(block: Any) -> Iterator[Any]:
    """Yield a block's lines; an absolute child before them wraps them once more."""
    for child in block.children:
        if isinstance(child, boxes.LineBox):
            yield child
        elif getattr(child, "element", None) is block.element:
            yield from _lines(child)


def _plan(text: str) -> list[tuple[float, float, float, bool]]:
    """Return a paragraph's lines as pixels and flags."""
    out = []
    for part in text.split(";"):
        indent, measure, tracking, filled = part.split(",")
        out.append(
            (
                float(indent) * PX_PER_PT,
                float(measure) * PX_PER_PT,
                float(tracking) * PX_PER_PT,
                filled == "1",
            )
        )
    return out


def _space(
    line: Any,
    block: Any,
    indent: float,
    measure: float,
    tracking: float,
    filled: bool,  # noqa: FBT001
) -> float:
    """Space one line; return how far it is over its measure, in pixels."""
    texts = list(_texts(line))
    letters = sum(len(box.text) for box in texts)
    spaces = sum(box.text.count(" ") + box.text.count("\u00a0") for box in texts)
    width = sum(box.width for box in texts) + tracking * letters
    left = measure - width
    extra = left / spaces if spaces and (filled or left < 0) else 0.0
    if texts and extra < 0:
        extra = max(extra, (LEAST_SPACE - 1) * 0.25 * texts[0].style["font_size"])
    rtl = block.style["direction"] == "rtl"
    total = width + extra * spaces
    start = block.content_box_x() + (block.width - indent - total if rtl else indent)
    in_order = _leftwards(texts) if rtl else texts
    _spread(in_order, tracking, extra, start)
    return float(total - measure)


def _leftwards(texts: Sequence[Any]) -> Iterator[Any]:
    """Yield the texts of a line that runs from right to left as they stand from the left.

    Neighbours in Latin letters or figures keep their own order among themselves.
    """
    groups = [(key, list(group)) for key, group in groupby(texts, key=_is_latin)]
    for latin, group in reversed(groups):
        yield from group if latin else reversed(group)


def _is_latin(box: Any) -> bool:
    has_letters = any(character.isalnum() for character in box.text)
    return has_letters and not is_shaped(box.text)


def _spread(texts: Iterable[Any], tracking: float, extra: float, start: float) -> None:
    """Give texts their tracking and word spaces, and set them rightwards from `start`."""
    at = start
    for box in texts:
        count = box.text.count(" ") + box.text.count("\u00a0")
        gain = extra * count + tracking * len(box.text)
        if tracking or extra or box.style["direction"] == "rtl":
            space_out(box, tracking, extra)
        box.position_x = at
        box.width += gain
        at += box.width


def _texts(box: Any) -> Iterator[Any]:
    """Yield the text boxes of a line, in their order on it."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if child.text:
                yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)


def _text(line: Any) -> str:
    return "".join(box.text for box in _texts(line))
