"""From columns and grid lines to lengths on the page."""

from __future__ import annotations

from dataclasses import dataclass

from press.compose.view import Rect
from press.model.layout import Grid, Layout
from press.model.length import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """One page's coordinates.

    Attributes:
        layout: The layout.
        grid: The page's grid.
        top: Grid line of the type area at which the story area begins.
    """

    layout: Layout
    grid: Grid
    top: int

    def x(self, column: int) -> Length:
        """Left edge of a column."""
        return self.layout.margins.left + self.grid.left(column)

    def y(self, line: float) -> Length:
        """Upper edge of a line of the story area."""
        return self.layout.margins.top + self.layout.leading * (self.top + line)

    def lines(self, count: float) -> Length:
        """Depth of so many lines."""
        return self.layout.leading * count

    def rect(self, column: int, line: float, columns: int, lines: float) -> Rect:
        """Return a rectangle of the story area."""
        return Rect(
            left=self.x(column),
            top=self.y(line),
            width=self.grid.width(columns),
            height=self.lines(lines),
        )

    def strip(self, line: float, lines: float) -> Rect:
        """Return a strip across the type area, its lines counted from the area's top."""
        layout = self.layout
        return Rect(
            left=layout.margins.left,
            top=layout.margins.top + layout.leading * line,
            width=layout.width - layout.margins.left - layout.margins.right,
            height=layout.leading * lines,
        )
