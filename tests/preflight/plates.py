"""Facts of plates, made by hand."""

from __future__ import annotations

from typing import Any

from press.model.finding import Area
from press.model.ink import Ink
from press.model.length import Length
from press.model.plates import HeatMap, InkPeak, InkWindow, PlateFacts
from press.model.printer import PressProfile, Printer
from tests.adapters.press_files import SIX


def an_area(
    left: float = 20, top: float = 30, width: float = 10, height: float = 5
) -> Area:
    return Area(left=left, top=top, width=width, height=height)


def a_page(page: int = 1, **more: Any) -> PlateFacts:
    """Return a page with nothing wrong."""
    facts: dict[str, Any] = {
        "width": 289,
        "height": 380,
        "peak": InkPeak(ink=Ink(0.4, 0.3, 0.2, 1.0), area=an_area()),
        "window": InkWindow(mean=120, area=an_area(width=15, height=15)),
        "coverage": Ink(0.02, 0.01, 0.01, 0.12),
        "inked": an_area(15, 15, 259, 350),
        "heat": HeatMap(side=5, columns=2, values=(0, 50, 100, 190)),
    }
    return PlateFacts(page=page, **(facts | more))


def a_printer(**more: Any) -> Printer:
    """Return a printer of tabloid pages."""
    mm = Length.of_mm
    return Printer(
        width=mm(289),
        height=mm(380),
        type_width=mm(259),
        type_height=mm(350),
        profile=PressProfile(name="WAN-IFRAnewspaper26v5", condition="IFRA26"),
        type=SIX,
        lines=SIX,
        **more,
    )
