"""Printers for tests."""

from __future__ import annotations

from typing import Any

from press.model.length import Length
from press.model.printer import PressProfile, Printer, Smallest


def a_printer(**changes: Any) -> Printer:
    """Return the printer of a tabloid on newsprint."""
    smallest = Smallest(
        positive=Length.of_pt(6), reversed=Length.of_pt(10), several=Length.of_pt(10)
    )
    return Printer(
        **{
            "width": Length.of_mm(289),
            "height": Length.of_mm(380),
            "type_width": Length.of_mm(259),
            "type_height": Length.of_mm(350),
            "profile": PressProfile(name="newsprint.icc", condition="IFRA26"),
            "type": smallest,
            "lines": smallest,
            **changes,
        }
    )
