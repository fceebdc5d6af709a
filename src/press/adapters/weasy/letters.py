"""Draw a line's letters, with the composer's spacing between them.

PDF states letter widths and moves in thousandths of the type size. WeasyPrint rounds
every move down, which leaves a filled line short by up to a third of a point; here what
rounding leaves over is carried to the next letter, so that lines end where they should.

Where letters join, stack or run from right to left, glyphs do not tell the text; it is
given beside them as ActualText (ISO 32000-1, 14.9.4), in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from weasyprint.draw import text as draw_text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from press.model.script import is_shaped

SPACES = (" ", "\u00a0")
_draw_first_line = draw_text.draw_first_line


def space_out(box: Any, tracking: float, extra: float) -> None:
    """Note the spacing of a text box.

    Args:
        box: WeasyPrint's text box.
        tracking: Pixels after every letter.
        extra: Pixels more for every word space.
    """
    box.press_spacing = (tracking, extra)


def draw_first_line(
    stream: Any, box: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
) -> list[Any]:
    """Draw a text box into a page's stream, in place of WeasyPrint's function."""
    shaped = is_shaped(box.text) or box.style["direction"] == "rtl"
    spacing = getattr(box, "press_spacing", (0.0, 0.0) if shaped else None)
    if spacing is None or not box.text.strip():
        drawn: list[Any] = _draw_first_line(
            stream, box, text_overflow, block_ellipsis, matrix
        )
        return drawn
    stream.set_text_matrix(*matrix.values)
    first, _ = box.pango_layout.get_first_line()
    run = first.runs[0]
    rest = 0.0
    if shaped:
        words = f"<feff{box.text.encode('utf-16-be').hex()}>"
        stream.stream.append(f"/Span <</ActualText {words}>> BDC".encode())
    while run != ffi.NULL:
        rest = _draw_run(stream, box, run.data, spacing, rest)
        run = run.next
    if shaped:
        stream.stream.append(b"EMC")
    return []


def _draw_run(
    stream: Any, box: Any, item: Any, spacing: tuple[float, float], rest: float
) -> float:
    """Draw letters of one font; return what rounding leaves over, in thousandths."""
    font, size = stream.add_font(item.item.analysis.font)
    stream.set_font_size(font.hash, size)
    scale = 1000 * FROM_UNITS / size
    tracking, extra = (1000 * each / size for each in spacing)
    widths = font.widths
    out = ["<"]
    for glyph, place, text in _glyphs(box, item, font):
        wanted = place.width * scale + tracking * len(text)
        if text in SPACES:
            wanted += extra
        if glyph == pango.PANGO_GLYPH_EMPTY:
            rest -= wanted
            continue
        if glyph not in widths:
            widths[glyph] = _own_width(stream, item, glyph, scale)
        shift = place.x_offset * scale
        if shift or place.y_offset:
            stream.show_text("".join(out) + f">{-shift:.3f}")
            stream.set_text_rise(-place.y_offset * FROM_UNITS)
            stream.show_text(f"<{glyph:04x}>")
            stream.set_text_rise(0)
            out = ["<"]
        else:
            out.append(f"{glyph:04x}")
        rest += widths[glyph] + shift - wanted
        move = round(rest)
        if move:
            out.append(f">{move}<")
            rest -= move
    stream.show_text("".join(out) + ">")
    return rest


#: Brackets as lines that run leftwards draw them. A glyph stands for what it shows: readers
#: of a PDF turn brackets round again in such lines (Unicode Standard Annex 9, rule L4).
MIRRORED: Final = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")


def _glyphs(box: Any, item: Any, font: Any) -> Iterator[tuple[int, Any, str]]:
    """Yield the glyphs of a run, each with its place and the letters it stands for."""
    start = item.item.offset
    text = box.pango_layout.text.encode()[start : start + item.item.length]
    glyphs, known = item.glyphs, font.to_unicode
    leftwards = item.item.analysis.level & 1
    count = glyphs.num_glyphs
    starts = ffi.unpack(glyphs.log_clusters, count)
    infos = glyphs.glyphs[0:count]
    for info, letters in zip(infos, _letters(text, starts), strict=True):
        glyph = info.glyph
        if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            font.missing.setdefault(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG, 0)
            glyph = 0
        if glyph != pango.PANGO_GLYPH_EMPTY and not known.get(glyph):
            known[glyph] = letters.translate(MIRRORED) if leftwards else letters
        yield glyph, info.geometry, letters


def _letters(text: bytes, starts: list[int]) -> list[str]:
    """Return the letters of every glyph; those of a cluster come with its last.

    Args:
        text: Text of the run, in UTF-8.
        starts: Where in it the cluster of each glyph begins.
    """
    whole = text.decode()
    if len(whole) == len(starts) and starts == sorted(set(starts)):
        return list(whole)
    order = [*sorted(set(starts)), len(text)]
    stops = dict(pairwise(order))
    return [
        "" if own == following else text[own : stops[own]].decode()
        for own, following in zip(starts, [*starts[1:], -1], strict=True)
    ]


def _own_width(stream: Any, item: Any, glyph: int, scale: float) -> int:
    """Return a glyph's own width, as the PDF will state it."""
    pango.pango_font_get_glyph_extents(
        item.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect
    )
    width: int = round(stream.logical_rect.width * scale)
    return width
