"""Type: faces, styles, and what is known of a face's measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from press.model.copy import Mark
from press.model.length import ZERO, Length

BOLD_FROM = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One cut of a typeface as a file.

    Attributes:
        family: The name CSS uses for it; unique to the layout.
        weight: 100 to 900.
        italic: Whether it is the italic.
        file: Path of the TrueType or OpenType file.
        script: The script it is there for ("Arabic"); empty for the paper's own.
    """

    family: str
    weight: int
    italic: bool
    file: str
    script: str = ""


class TextAlign(StrEnum):
    """How lines stand in their measure."""

    JUSTIFY = "justify"
    START = "start"
    CENTRE = "center"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeStyle:
    """How a kind of text is set.

    Attributes:
        name: The name layouts use, and the CSS class `t-<name>`.
        family: One of the layout's families.
        weight: 100 to 900.
        italic: Whether it is set in italic.
        size: Type size.
        leading: Distance between baselines.
        tracking: Space added after every letter, in em.
        colour: Name in the layout's palette.
        align: How lines stand.
        caps: Whether letters are shown as capitals.
        strong: Weight of bold runs inside.
    """

    name: str
    family: str
    size: Length
    leading: Length
    weight: int = 400
    italic: bool = False
    tracking: float = 0.0
    colour: str = "ink"
    align: TextAlign = TextAlign.START
    caps: bool = False
    strong: int = 700

    def shown(self, text: str) -> str:
        """Return the text as it is shown: in capitals where the style says so."""
        return text.upper() if self.caps else text


#: Size of raised and lowered text, as a share of the text around it.
SCRIPT_SIZE = 0.67
#: But no smaller than this, the smallest type of most printers, if that text is not.
SCRIPT_LEAST = Length.of_pt(6)
#: Size of literal text, which stands in the code family.
CODE_SIZE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Which face a run is set in, and at what size."""

    family: str
    weight: int
    italic: bool
    size: Length
    tracking: float = 0.0


def script_size(size: Length) -> Length:
    """Return the size of raised and lowered text within text of a size."""
    return max(size * SCRIPT_SIZE, min(size, SCRIPT_LEAST))


def cut_of(style: TypeStyle, marks: frozenset[Mark], code_family: str) -> Cut:
    """Return the cut that marks call for within a style."""
    size = style.size
    if Mark.SUPERSCRIPT in marks or Mark.SUBSCRIPT in marks:
        size = script_size(size)
    if Mark.CODE in marks:
        size = size * CODE_SIZE
    return Cut(
        family=code_family if Mark.CODE in marks else style.family,
        weight=style.strong if Mark.STRONG in marks else style.weight,
        italic=style.italic is not (Mark.EMPHASIS in marks),
        size=size,
        tracking=style.tracking,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceMetrics:
    """Vertical measures of a face at a size, all counted upwards from the baseline."""

    ascent: Length
    descent: Length
    cap_height: Length = ZERO
    x_height: Length = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Characters that no face of a layout has.

    Attributes:
        script: Name of their script, such as "Arabic".
        characters: The characters, in order of first appearance, each once.
    """

    script: str
    characters: tuple[str, ...] = field(default=())
