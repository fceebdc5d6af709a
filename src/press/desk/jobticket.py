"""The job ticket's page, for the printer's order desk."""

from __future__ import annotations

from collections.abc import Mapping

from press.desk.drawing import DrawingDesk
from press.desk.tools import Tools
from press.model.finding import Checked
from press.model.layout import Layout
from press.model.page import Colophon, Sheet, Stationery
from press.packing.job import Job, ticket_css, ticket_html
from press.ports import Progress

LANG = "en-GB"


def draw_ticket(
    job: Job,
    files: Mapping[str, bytes],
    layout: Layout,
    tools: Tools,
    progress: Progress,
    *,
    date: int,
) -> Checked[bytes]:
    """Return the job ticket as a PDF of one A4 page, set in the layout's own type.

    Args:
        job: The job.
        files: The build's files by name, the printer's among them.
        layout: Whose faces it is set in.
        tools: The desk's tools; the typesetter is started again if it was closed.
        progress: Is told that a page is drawn.
        date: When it is made, as seconds since 1970.
    """
    sheet = Sheet(number=1, html=ticket_html(job, files, LANG))
    stationery = Stationery(
        css=(ticket_css(layout.style("folio").family),),
        faces=layout.faces,
        pictures=str(tools.prepared),
    )
    desk = DrawingDesk(tools, progress)
    (drawn,) = desk.draw([sheet], stationery, layout.fingerprint)
    if drawn.value is None:
        return Checked(value=None, findings=drawn.findings)
    colophon = Colophon(
        title=f"Job ticket: {job.paper}, {job.title}",
        author=job.publisher,
        lang=LANG,
        date=date,
    )
    pdf = tools.bindery.bind([drawn.value], stationery, colophon)
    return Checked(value=pdf, findings=drawn.findings)
