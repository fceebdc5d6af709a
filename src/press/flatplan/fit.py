"""How many lines and words each package is over or under where it now stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from press.flatplan.candidate import Candidate
from press.flatplan.diagnose import least_lines
from press.model.copy import Listing, Table, plain
from press.model.fit import Fit, HeadFit
from press.model.flatplan import Box, FigurePlace, Flatplan
from press.model.furniture import HeadShape, Measured
from press.model.package import Package


def find_fits(
    flatplan: Flatplan | None,
    packages: Sequence[Package],
    measured: Mapping[str, Measured],
) -> tuple[Fit, ...]:
    """Return every package's fit: in the order of pages, those held over last.

    Args:
        flatplan: The flatplan; None where none could be made.
        packages: All packages, in the editor's order.
        measured: What they measure, by id.
    """
    boxes: dict[str, list[tuple[int, Box]]] = {}
    for page in flatplan.pages if flatplan else ():
        for box in sorted(page.boxes, key=lambda one: (one.line, one.column)):
            boxes.setdefault(box.package, []).append((page.number, box))
    by_id = {package.id: package for package in packages}
    placed = [_placed(by_id[name], measured[name], boxes[name]) for name in boxes]
    left = [_left(p, measured[p.id]) for p in packages if p.id not in boxes]
    return (*placed, *left)


def _placed(
    package: Package, measured: Measured, boxes: Iterable[tuple[int, Box]]
) -> Fit:
    ordered = sorted(boxes, key=lambda one: one[1].part)
    settings = [box.setting for _, box in ordered]
    pictures = [lines for one in settings for lines in _pictures(measured, one.figures)]
    head = next((one.head for one in settings if one.head), None)
    return Fit(
        package=package.id,
        section=package.section,
        pages=tuple(dict.fromkeys(page for page, _ in ordered)),
        words=_words(package),
        lines=measured.galley.lines,
        cropped=round(-sum(lines for lines in pictures if lines < 0)),
        stretched=round(sum(lines for lines in pictures if lines > 0)),
        quoted=sum(quote.lines for one in settings for quote in one.quotes),
        slack=sum(sum(one.slack) for one in settings),
        head=_head(package, head) if head else None,
        running=_running(package),
        articles=len(package.articles),
    )


def _pictures(measured: Measured, places: Iterable[FigurePlace]) -> Iterator[float]:
    """Yield by how many column lines pictures are deeper than they are by themselves.

    Less than a line of each is owed to the grid alone.
    """
    for place in places:
        if measured.figures[place.figure].picture is None:
            continue
        more = place.depth - place.shape.natural
        if abs(more) >= 1:
            yield more * place.shape.columns


def _head(package: Package, head: HeadShape) -> HeadFit:
    article = package.article
    set_as = "".join("".join(head.headline).split())
    is_short = bool(set_as) and set_as == "".join(article.short_headline.split())
    return HeadFit(
        lines=len(head.headline),
        columns=head.columns,
        size=head.size,
        short=is_short,
        standfirst_out=bool(set_as and article.standfirst and not head.standfirst),
    )


def _left(package: Package, measured: Measured) -> Fit:
    candidate = Candidate(package=package, measured=measured, leaves=())
    return Fit(
        package=package.id,
        section=package.section,
        pages=(),
        words=_words(package),
        lines=measured.galley.lines,
        wants=least_lines(candidate),
        running=_running(package),
        articles=len(package.articles),
    )


def _words(package: Package) -> int:
    return sum(article.body.words for article in package.articles)


def _running(package: Package) -> int:
    """Return how many words stand in paragraphs, lists and quotations."""
    blocks = (block for article in package.articles for block in article.body.blocks)
    return sum(
        len(plain(runs).split())
        for block in blocks
        if not isinstance(block, Table | Listing)
        for runs in block.texts()
    )
