"""What goes out: files for printer and readers, read back, with the job ticket."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from press.compose.forme import Forme
from press.desk.jobticket import draw_ticket
from press.desk.pages import Printed
from press.desk.press import PressDesk
from press.desk.readback import ReadingDesk
from press.desk.reading import Desk
from press.desk.ticket import job_of
from press.desk.tools import Tools
from press.model.finding import Checked
from press.packing.job import Job
from press.ports import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What goes out.

    Attributes:
        files: The files, by name.
        job: The job for the printer.
    """

    files: tuple[tuple[str, bytes], ...]
    job: Job


def deliver(
    desk: Desk, forme: Forme, printed: Printed, tools: Tools, progress: Progress
) -> Checked[Delivery]:
    """Return the files of bound pages, read back and checked."""
    date = forme.date
    made = PressDesk(desk, forme, tools).make(printed, progress)
    if made.value is None:
        return Checked(value=None, findings=made.findings)
    progress.step("preflight", 0, 1)
    stamp = f"D:{dt.datetime.fromtimestamp(date, tz=dt.UTC):%Y%m%d%H%M%S}Z"
    back = ReadingDesk(desk, tools, stamp).read(made.value.print, printed)
    progress.step("preflight", 1, 1)
    colour = [page.page for page in back.plates if page.in_colour]
    job = job_of(desk, colour, len(back.plates))
    files = dict(made.value.named())
    ticket = draw_ticket(job, files, desk.layout, tools, progress, date=date)
    drawn = () if ticket.value is None else (("ticket.pdf", ticket.value),)
    delivery = Delivery(files=(*files.items(), *drawn, *back.report), job=job)
    findings = (*made.findings, *back.findings, *ticket.findings)
    return Checked(value=delivery, findings=findings)
