"""HarfBuzz: how wide letters are, and which letters a face has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import uharfbuzz

from press.model.errors import MissingToolError
from press.model.length import Length
from press.model.type import Cut, Face, FaceMetrics

#: Ligatures stay off: a tracked line would lose them and set wider than measured.
FEATURES = {"liga": False, "clig": False}

#: Tables that a reader of PDF does not need.
DROPPED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "PCLT", "STAT", "SVG ")


@dataclass(frozen=True, slots=True)
class _Opened:
    face: Face
    font: uharfbuzz.Font
    upem: int
    characters: frozenset[int]


class HarfBuzzShaper:
    """Measures text in the faces of a layout.

    A letter that the wanted face does not have is set in the first face of another
    script that has it, as the pages do.

    Raises:
        MissingToolError: A face's file is not there.
    """

    def __init__(self, faces: Iterable[Face]) -> None:
        self._faces = tuple(faces)
        for face in self._faces:
            if not Path(face.file).is_file():
                raise MissingToolError(
                    f"the font file {face.file} is not there",
                    hint="run ./press again: it installs the fonts of shipped layouts",
                )
        self._others = tuple(face for face in self._faces if face.script)
        self._open = lru_cache(maxsize=None)(_open)
        self._pick = lru_cache(maxsize=None)(self._pick_face)

    def advances(self, text: str, cut: Cut) -> Sequence[float]:
        """Return the width of every character, in points; kerning counts."""
        tracking = cut.tracking * cut.size.pt
        out = [tracking] * len(text)
        for start, stop, opened in self._stretches(text, cut):
            buffer = uharfbuzz.Buffer()
            buffer.add_str(text[start:stop])
            buffer.guess_segment_properties()
            uharfbuzz.shape(opened.font, buffer, FEATURES)
            scale = cut.size.pt / opened.upem
            infos, positions = buffer.glyph_infos, buffer.glyph_positions
            for info, position in zip(infos, positions, strict=True):
                out[start + info.cluster] += position.x_advance * scale
        return out

    def _stretches(self, text: str, cut: Cut) -> Iterator[tuple[int, int, _Opened]]:
        """Yield the text in pieces that one face has; spaces stay with what precedes."""
        wanted = self._open(self._pick(cut.family, cut.weight, cut.italic))
        codes = set(map(ord, text))
        if codes <= wanted.characters or not self._others:
            if text:
                yield 0, len(text), wanted
            return
        start, face = 0, wanted
        for i, character in enumerate(text):
            now = face if character.isspace() else self._having(character, wanted)
            if now is not face and i > start:
                yield start, i, face
                start = i
            face = now
        yield start, len(text), face

    def _having(self, character: str, wanted: _Opened) -> _Opened:
        if ord(character) in wanted.characters:
            return wanted
        others = (self._open(face) for face in self._others)
        return next((o for o in others if ord(character) in o.characters), wanted)

    def metrics(self, cut: Cut) -> FaceMetrics:
        """Return the vertical measures of a face at a size."""
        opened = self._open(self._pick(cut.family, cut.weight, cut.italic))
        scale = cut.size.pt / opened.upem
        extents = opened.font.get_font_extents("ltr")
        tags = uharfbuzz.OTMetricsTag
        place = opened.font.get_metric_position_with_fallback
        return FaceMetrics(
            ascent=Length(extents.ascender * scale),
            descent=Length(-extents.descender * scale),
            cap_height=Length(place(tags.CAP_HEIGHT) * scale),
            x_height=Length(place(tags.X_HEIGHT) * scale),
        )

    def missing(self, text: str, families: Sequence[str]) -> Sequence[str]:
        """Return the characters that no face of these families has, each once."""
        wanted = {c: None for c in dict.fromkeys(text) if not c.isspace()}
        for face in self._faces:
            if wanted and (face.family in families or face.script):
                have = self._open(face).characters
                wanted = {c: None for c in wanted if ord(c) not in have}
        return tuple(wanted)

    def subset(self, face: Face, glyphs: Sequence[int]) -> bytes:
        """Return a font program with these glyphs only, their numbers kept."""
        order = uharfbuzz.SubsetInput()
        flags = uharfbuzz.SubsetFlags
        order.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.DESUBROUTINIZE
        order.glyph_set.update(glyphs)
        drop = order.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG)
        drop.update(_tag(name) for name in DROPPED)
        opened = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(face.file))
        return bytes(uharfbuzz.subset(opened, order).blob.data)

    def _pick_face(self, family: str, weight: int, italic: bool) -> Face:  # noqa: FBT001
        mine = [face for face in self._faces if face.family == family]
        return min(mine, key=lambda f: (f.italic is not italic, abs(f.weight - weight)))


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


def _open(face: Face) -> _Opened:
    opened = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(face.file))
    return _Opened(
        face, uharfbuzz.Font(opened), opened.upem, frozenset(opened.unicodes)
    )
