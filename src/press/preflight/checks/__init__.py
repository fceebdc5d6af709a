"""All checks of a press file, in the order of their numbers."""

from __future__ import annotations

from press.preflight.checks import (
    code,
    colour,
    document,
    font,
    image,
    name,
    overprint,
    page,
    size,
    word,
)
from press.preflight.checks.check import EVERY, OURS, WHOLE, Check, Judge
from press.preflight.rules import FileKind

_BOTH = "error, warning"
_PLATES = "the plates of the page"


def _asked(
    number: int,
    title: str,
    severity: str,
    judge: Judge,
    kinds: frozenset[FileKind] = EVERY,
) -> Check:
    about = (judge.__doc__ or "").strip()
    return Check(
        number=number,
        name=title,
        about=about,
        severity=severity,
        kinds=kinds,
        judge=judge,
    )


def _elsewhere(
    number: int,
    title: str,
    severity: str,
    about: str,
    *,
    where: str = _PLATES,
    kinds: frozenset[FileKind] = EVERY,
) -> Check:
    return Check(
        number=number,
        name=title,
        about=about,
        severity=severity,
        kinds=kinds,
        where=where,
    )


CHECKS: tuple[Check, ...] = (
    _asked(1, "structure", "error", document.structure),
    _asked(2, "version", "error", document.version, OURS),
    _asked(3, "labels", "error", document.labels, OURS),
    _asked(4, "output intent", _BOTH, document.intent),
    _asked(5, "condition", "warning", document.condition),
    _asked(6, "trim", "error", page.trim),
    _asked(7, "page boxes", "error", page.boxes),
    _asked(8, "bleed", "error", page.bleed),
    _elsewhere(
        9,
        "bleed filled",
        "error",
        "What touches the trim fills the bleed; nothing but marks stands past it.",
    ),
    _elsewhere(
        10,
        "margins",
        "error",
        "Nothing is printed outside the type area but pictures that bleed.",
        kinds=OURS,
    ),
    _asked(11, "page count", "error", page.count, WHOLE),
    _elsewhere(12, "empty page", "error", "No page is empty."),
    _asked(13, "page numbers", "error", word.page_numbers, OURS),
    _asked(14, "marks", "error", page.marks, OURS),
    _asked(15, "colour", "error", colour.spaces),
    _asked(16, "spot colours", _BOTH, colour.spots),
    _asked(17, "transparency", "error", colour.transparency),
    _asked(18, "blend space", "error", colour.groups),
    _elsewhere(
        19, "ink at a point", _BOTH, "No point has more ink than the press bears."
    ),
    _elsewhere(
        20, "ink in a square", "error", "No square has more ink than paper bears."
    ),
    _elsewhere(
        21,
        "ink of pictures",
        "error",
        "Every picture and flat colour keeps the ink limit before pages are drawn.",
        where="the picture lab and the reading of the layout",
        kinds=WHOLE,
    ),
    _asked(22, "black type", "error", colour.black_text),
    _asked(23, "registration black", "error", colour.registration),
    _asked(24, "overprint", "warning", overprint.black),
    _asked(25, "white overprint", "error", overprint.white),
    _asked(26, "DeviceGray", "warning", overprint.grey),
    _asked(27, "reversed type", "warning", size.reversed_text),
    _asked(28, "type size", _BOTH, size.text),
    _asked(29, "line weight", _BOTH, size.lines),
    _asked(30, "resolution", _BOTH, image.resolution),
    _asked(31, "line art", _BOTH, image.bits),
    _asked(32, "page as picture", _BOTH, image.page_as_image),
    _asked(33, "missing pictures", "error", image.missing),
    _asked(34, "picture format", "error", image.packing),
    _asked(35, "picture quality", "warning", image.quality, OURS),
    _asked(36, "tones", "warning", image.tones),
    _asked(37, "fonts", _BOTH, font.fonts),
    _asked(38, "glyphs", "error", font.glyphs),
    _asked(39, "font families", "error", font.families, OURS),
    _elsewhere(
        40,
        "words",
        "error",
        "Every article's text stands on its pages in full.",
        where="proofreading (`proof.*`)",
        kinds=WHOLE,
    ),
    _asked(41, "extras", "error", document.extras),
    _asked(42, "content", "error", image.resources),
    _elsewhere(
        43,
        "second opinion",
        "warning",
        "Two renderers draw the same page.",
        where="`press prove`",
        kinds=WHOLE,
    ),
    _asked(44, "barcode", _BOTH, code.code, WHOLE),
    _asked(45, "folios", "error", word.folios, OURS),
    _asked(46, "web words", "warning", word.leftovers, OURS),
    _asked(47, "file name", "error", name.file_name, OURS),
    _asked(48, "same bytes", "warning", document.sameness, OURS),
)
