"""Fitting: how an edition's copy fills its pages, without drawing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.adapters.weasy import WeasyTypesetter
from press.desk.laying import lay_out
from press.desk.reading import read_desk
from press.desk.tools import make_tools, workers
from press.flatplan.fit import find_fits
from press.model.finding import Checked
from press.model.fit import Fit

#: What press itself writes into a newspaper's folder.
OWN = (".press", "build", "outbox", "public")


def fit_edition(paper: Path, edition: str) -> Checked[tuple[Fit, ...]]:
    """Return how every article of an edition fits, in the order of pages.

    Raises:
        ManifestError: No edition can have that name.
        MissingToolError: A font is not there.
    """
    read = read_desk(paper, edition)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    typesetter = WeasyTypesetter(workers=workers())
    try:
        tools = make_tools(read.value, typesetter)
        laid = lay_out(read.value, tools, to_draw=False)
    finally:
        typesetter.close()
    fits = find_fits(laid.planned.value, laid.packages, laid.survey.measured)
    return Checked(value=fits, findings=(*read.findings, *laid.planned.findings))


def saved(paper: Path) -> Iterator[None]:
    """Yield once each time that something of a newspaper was saved; never end."""
    from press.adapters.watch import watch_folder  # noqa: PLC0415  (loads slowly)

    return watch_folder(paper, OWN)
