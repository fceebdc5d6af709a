"""Fonts: all there, allowed to be there, and the layout's own."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import Finding, Place, error, warning
from press.model.press_facts import FontFacts, FontProgram, PressFacts
from press.model.printer import Standard
from press.preflight.checks.check import on, others, spot
from press.preflight.rules import Rules

#: Bits of fsType (OpenType, OS/2).
_RESTRICTED, _PREVIEW, _EDITABLE = 0x0002, 0x0004, 0x0008
_NO_SUBSET, _BITMAP_ONLY = 0x0100, 0x0200
_FILL_AND_STROKE = frozenset({2, 6})


def fonts(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Every font is embedded, in a form that the standard knows, and may be."""
    for font in facts.fonts:
        place = Place(page=font.pages[0] if font.pages else None)
        for what in _faults(font, rules.printer.standard):
            yield error("preflight.font", f"the font {font.name} {what}", place)
        for what in _doubts(font):
            yield warning("preflight.font", f"the font {font.name} {what}", place)


def _faults(font: FontFacts, standard: Standard) -> Iterator[str]:
    match font.program:
        case FontProgram.NONE:
            yield "is not embedded: the press would take another one"
        case FontProgram.DRAWN:
            yield "is a Type 3 font, made of drawings, which prints badly"
        case FontProgram.OPENTYPE if standard is Standard.X1A:
            yield "is embedded as OpenType, which PDF 1.4 does not know"
        case _:
            pass
    allows = font.embedding or 0
    if allows & _RESTRICTED and not allows & (_PREVIEW | _EDITABLE):
        yield "does not allow to be embedded (fsType 2); ask for a licence"
    if allows & _BITMAP_ONLY:
        yield "allows only its bitmaps to be embedded (fsType 0x200)"


def _doubts(font: FontFacts) -> Iterator[str]:
    if font.program not in {FontProgram.NONE, FontProgram.DRAWN} and not font.subset:
        yield "is embedded whole; the glyphs that are used would do"
    if "courier" in font.name.casefold():
        yield "is Courier, which presses take for one that is missing"
    if font.subset and (font.embedding or 0) & _NO_SUBSET:
        yield "does not allow to be cut down to the glyphs used (fsType 0x100)"


def glyphs(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """No letter is missing in its font, and no bold is made by drawing outlines."""
    for page in facts.pages:
        for text in page.texts:
            where = f"{spot(text.area)}"
            if text.missing:
                yield error(
                    "preflight.glyph",
                    f"{text.missing} letters are missing in the font {text.font} and"
                    f" print as boxes {where}",
                    on(page, text.area),
                )
            if text.mode in _FILL_AND_STROKE:
                yield error(
                    "preflight.glyph",
                    f"letters of {text.font} are made bolder by drawing their outlines"
                    f" {where}{others(text.count)}",
                    on(page, text.area),
                    hint="take the bold font of the family",
                )


def families(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Only the layout's own families of type are used, but for advertisements."""
    allowed = tuple(_plain(family) for family in rules.families)
    for font in facts.fonts:
        # What a font calls itself goes on with its weight: Press Sans Semi-Bold.
        own = [page for page in font.pages if (page, font.family) not in rules.bought]
        told = own or not font.pages
        if allowed and told and not _plain(font.family).startswith(allowed):
            pages = ", ".join(str(page) for page in own)
            yield error(
                "preflight.font-family",
                f"{font.family} is none of the layout's families; it stands on page"
                f" {pages}",
                Place(page=own[0] if own else None),
                hint="letters that the layout's fonts lack were taken from another",
            )


def _plain(family: str) -> str:
    return "".join(family.split()).replace("-", "").casefold()
