"""Marks of a page, counted as they are met: equal ones are one."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.adapters.press_reader.image import Picture
from press.adapters.press_reader.shape import Canvas
from press.model.finding import Area
from press.model.press_facts import (
    Box,
    FillMark,
    GroupMark,
    ImageMark,
    Laid,
    LineMark,
    Outline,
    Paint,
    ShadingMark,
    TextMark,
    Zone,
)


@dataclass(slots=True)
class _Sum:
    area: Area
    count: int = 0
    letters: int = 0
    missing: int = 0


TextKind = tuple[float, Paint, Laid, str, int]
LineKind = tuple[float, Paint, Laid, Outline]
FillKind = tuple[Paint, Laid]
ImageKind = tuple[Picture, float, Laid]


@dataclass(slots=True)
class Tally:
    """What a page paints, counted."""

    canvas: Canvas
    _texts: dict[tuple[TextKind, Zone], _Sum] = field(default_factory=dict)
    _lines: dict[tuple[LineKind, Zone], _Sum] = field(default_factory=dict)
    _fills: dict[tuple[FillKind, Zone], _Sum] = field(default_factory=dict)
    _images: dict[tuple[ImageKind, Zone], _Sum] = field(default_factory=dict)
    shadings: dict[ShadingMark, None] = field(default_factory=dict)
    groups: dict[GroupMark, None] = field(default_factory=dict)
    transparency: dict[str, None] = field(default_factory=dict)
    faults: dict[str, None] = field(default_factory=dict)
    spaces: set[str] = field(default_factory=set)

    def text(self, kind: TextKind, box: Box, letters: int, missing: int) -> None:
        """Count a piece of text."""
        zone = self.canvas.zone(box)
        found = self._texts.get((kind, zone))
        if found is None:
            found = self._texts[kind, zone] = _Sum(self.canvas.area(box))
        found.count += 1
        found.letters += letters
        found.missing += missing

    def line(self, kind: LineKind, box: Box) -> None:
        """Count a line."""
        zone = self.canvas.zone(box)
        if (kind, zone) not in self._lines:
            self._lines[kind, zone] = _Sum(self.canvas.area(box))
        self._lines[kind, zone].count += 1

    def fill(self, kind: FillKind, box: Box) -> None:
        """Count a filled area."""
        zone = self.canvas.zone(box)
        if (kind, zone) not in self._fills:
            self._fills[kind, zone] = _Sum(self.canvas.area(box))
        self._fills[kind, zone].count += 1

    def image(self, kind: ImageKind, box: Box) -> None:
        """Count a picture."""
        zone = self.canvas.zone(box)
        if (kind, zone) not in self._images:
            self._images[kind, zone] = _Sum(self.canvas.area(box))
        self._images[kind, zone].count += 1

    def texts(self) -> tuple[TextMark, ...]:
        """Return the text, in the order of the page."""
        return tuple(
            TextMark(
                size=size,
                paint=paint,
                laid=laid,
                font=font,
                mode=mode,
                zone=zone,
                count=found.count,
                letters=found.letters,
                missing=found.missing,
                area=found.area,
            )
            for ((size, paint, laid, font, mode), zone), found in self._texts.items()
        )

    def lines(self) -> tuple[LineMark, ...]:
        """Return the lines."""
        return tuple(
            LineMark(
                weight=weight,
                paint=paint,
                laid=laid,
                outline=outline,
                zone=zone,
                count=found.count,
                area=found.area,
            )
            for ((weight, paint, laid, outline), zone), found in self._lines.items()
        )

    def fills(self) -> tuple[FillMark, ...]:
        """Return the filled areas."""
        return tuple(
            FillMark(
                paint=paint, laid=laid, zone=zone, count=found.count, area=found.area
            )
            for ((paint, laid), zone), found in self._fills.items()
        )

    def images(self) -> tuple[ImageMark, ...]:
        """Return the pictures."""
        return tuple(
            ImageMark(
                space=picture.space,
                pixels=picture.pixels,
                bits=picture.bits,
                ppi=ppi,
                filters=picture.filters,
                soft_mask=picture.soft_mask,
                inline=picture.inline,
                jpeg=picture.jpeg,
                tones=picture.tones,
                laid=laid,
                zone=zone,
                count=found.count,
                area=found.area,
            )
            for ((picture, ppi, laid), zone), found in self._images.items()
        )
