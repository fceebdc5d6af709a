"""Set lines as markup: what stands in one frame."""

from __future__ import annotations

from collections.abc import Sequence

from press.model.galley import (
    BlockKind,
    Galley,
    GalleyBlock,
    Slice,
    lines_html,
)
from press.model.page import Html


def frame_html(galley: Galley, slices: Sequence[Slice], leading: float) -> Html:
    """Return the lines of one frame.

    Args:
        galley: The galley.
        slices: What of it stands in the frame.
        leading: Points of a grid line.
    """
    out: list[str] = []
    open_path: tuple[str, ...] = ()
    for one in slices:
        block = galley.blocks[one.block]
        shared = _shared(open_path, block.path)
        out += [f"</{part.split('#')[0]}>" for part in reversed(open_path[shared:])]
        out += [f"<{part.split('#')[0]}>" for part in block.path[shared:]]
        open_path = block.path
        out.append(_block(block, one, leading))
    out += [f"</{part.split('#')[0]}>" for part in reversed(open_path)]
    return Html("".join(out))


def _shared(one: tuple[str, ...], two: tuple[str, ...]) -> int:
    count = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        count += 1
    return count


def _block(block: GalleyBlock, one: Slice, leading: float) -> str:
    above = f"margin-top:{one.above * leading:g}pt" if one.above else ""
    if block.kind is BlockKind.SOLID:
        style = f"height:{block.height * leading:g}pt" + (f";{above}" if above else "")
        return f'<{block.tag} class="solid {block.css}" style="{style}">{block.html}</{block.tag}>'
    css = block.css + (" continued" if one.start else "")
    return lines_html(block.tag, css, block.lines[one.start : one.stop], above)
