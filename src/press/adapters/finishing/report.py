"""What is found wrong while a page is made ready, each thing once."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.model.finding import Finding, Place, error
from press.model.length import PT_PER_MM

REDRAW = "Draw it opaque, or give it as a picture made of pixels."


@dataclass(slots=True)
class Report:
    """Findings of a page.

    Attributes:
        page: Page number, from 1.
        left: Left edge of the trim, in points.
        top: Upper edge of the trim.
        findings: What was found so far.
    """

    page: int
    left: float = 0.0
    top: float = 0.0
    findings: list[Finding] = field(default_factory=list)

    def see_through(self, what: str, why: str, point: tuple[float, float]) -> None:
        """Say that something is see-through and may not be."""
        self._add(
            error(
                "press.transparency",
                f"{what} {self._where(point)} has {why}, which PDF/X-1a cannot hold",
                self._place,
                REDRAW,
            )
        )

    def masked(self, what: str, point: tuple[float, float]) -> None:
        """Say that something is painted through a soft mask."""
        self._add(
            error(
                "press.transparency",
                f"{what} {self._where(point)} is painted through a soft mask, "
                "whose greys are no inks",
                self._place,
                REDRAW,
            )
        )

    def colour(self, what: str) -> None:
        """Say that a colour cannot be turned into ink."""
        self._add(
            error(
                "press.colour",
                f"{what} cannot be turned into ink",
                self._place,
                "Use device-cmyk() or a colour of the palette in layouts; plain RGB "
                "in drawings.",
            )
        )

    def picture(self, message: str, hint: str | None = None) -> None:
        """Say what is wrong with a picture."""
        self._add(error("press.picture", message, self._place, hint))

    def content(self, message: str) -> None:
        """Say that a page's content cannot be made ready."""
        self._add(error("press.content", message, self._place))

    def advertisement(self, advertiser: str, why: str) -> None:
        """Say that an advertisement cannot be put in."""
        self._add(
            error(
                "press.advertisement",
                f"the advertisement of {advertiser} cannot be put in: {why}",
                self._place,
                "Ask for it anew, as PDF/X.",
            )
        )

    def page_box(self, message: str, hint: str) -> None:
        """Say that a page is not of the printer's size."""
        self._add(error("press.page-size", message, self._place, hint))

    @property
    def _place(self) -> Place:
        return Place(page=self.page)

    def _where(self, point: tuple[float, float]) -> str:
        right, down = (point[0] - self.left) / PT_PER_MM, self.top - point[1]
        return (
            f"{right:.0f} mm from the left and {down / PT_PER_MM:.0f} mm from the top"
        )

    def _add(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)
