"""A package measured: all that the flatplan needs to know of it."""

from __future__ import annotations

from press.measure.composer import Composer
from press.measure.figure import measure_pictures, measure_quotes
from press.measure.galley import GalleySetter
from press.measure.head import measure_byline, measure_heads, measure_jump_heads
from press.measure.panel import measure_panels
from press.measure.teaser import measure_teaser
from press.model.furniture import Measured
from press.model.layout import Layout
from press.model.package import Package
from press.ports import Hyphenator, Shaper


def measure(
    package: Package, layout: Layout, shaper: Shaper, hyphenator: Hyphenator
) -> Measured:
    """Measure a package: its galley, its head, its figures and quotes at every width.

    Nothing is drawn: every line is broken here, on the widths of letters, and later
    printed as it was broken.
    """
    composer = Composer(layout, shaper, hyphenator)
    template = layout.template(package.template)
    grid = layout.grid(package.grid)
    article = package.article
    room = (template, grid, layout, composer)
    figures = (
        ()
        if template.group
        else (
            *measure_pictures(article, *room),
            *measure_panels(article, grid, layout, composer),
        )
    )
    teaser = None if template.group else measure_teaser(article, layout, composer)
    return Measured(
        package=package.id,
        galley=GalleySetter(package, layout, composer).set(),
        heads=measure_heads(package, layout, composer),
        figures=figures,
        quotes=() if template.group else measure_quotes(article, *room),
        jump_heads=(
            () if template.group else measure_jump_heads(package, layout, composer)
        ),
        teaser=teaser,
        byline=()
        if template.group
        else measure_byline(article, grid, layout, composer),
    )
