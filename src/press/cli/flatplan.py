"""The flat plan on a terminal: spreads as readers open them, and what is left to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from press.cli.columns import Ink, Tint, cut_name, fill, ink, width_of, wrap
from press.cli.terminal import cells, printable
from press.model.article import LegalRead
from press.model.overview import (
    ArticleStand,
    CopyState,
    DueStand,
    Overview,
    PagePart,
    PageStand,
    Progress,
)
from press.model.schedule import Deadline

Line = tuple[Ink, ...]
#: Columns of a page between its rules, and of its words between the white beside them.
PAGE, INSIDE = 48, 46
#: Columns of two pages side by side. A narrower terminal has pages one under another.
SPREAD = 2 * PAGE + 3
BETWEEN = " · "
#: Columns before what is to do in a section, and before what is said of an article.
BEFORE, LISTED = 54, 39
#: Columns that are left for either at least.
LEAST = 20
NO_PAGE: list[Line] = []
#: What stands on the way of a deadline, of one article and of several.
LEFT = {
    Deadline.COPY: ("article has no copy", "articles have no copy"),
    Deadline.PICTURES: ("article lacks pictures", "articles lack pictures"),
    Deadline.LEGAL: ("article is to be read", "articles are to be read"),
}
TINTS = {
    Progress.DONE: Tint.GOOD,
    Progress.OPEN: Tint.NONE,
    Progress.OVERDUE: Tint.BAD,
    Progress.PASSED: Tint.FAINT,
}


def tell_plan(view: Overview, width: int = SPREAD) -> Iterator[Line]:
    """Yield the lines of an overview.

    Args:
        view: The overview.
        width: Columns of the terminal. No line is wider than that or than 99, as long as
            it has 80.
    """
    width = min(width, SPREAD)
    yield from _top(view, width)
    yield from _schedule(view.schedule)
    if view.pages:
        yield ()
        yield from _spreads(view) if width == SPREAD else _singles(view)
    else:
        yield from _lists(view, width)
    yield from _held_over(view, width)
    yield ()
    yield from _sections(view, width)


def _top(view: Overview, width: int) -> Iterator[Line]:
    day = f"on sale {view.on_sale:%A} {view.on_sale.day} {view.on_sale:%B %Y}"
    yield fill(
        [ink(f"{view.edition}  {view.title}", Tint.BOLD)],
        width,
        ink(f"{day}, {_days(view.days_left)}"),
    )
    pages = f"{len(view.pages)} pages" if view.pages else "no flat plan yet"
    articles = _count(len(view.articles), "article")
    yield (ink(BETWEEN.join((pages, articles, _count(view.words, "word")))),)


def _days(left: int) -> str:
    if left == 0:
        return "today"
    return f"in {_count(left, 'day')}" if left > 0 else f"{_count(-left, 'day')} ago"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


# ---------------------------------------------------------------- deadlines


def _schedule(dues: Sequence[DueStand]) -> Iterator[Line]:
    if not dues:
        return
    yield ()
    yield (ink("Deadlines", Tint.BOLD),)
    for due in dues:
        words = f"  {due.deadline:<10} {_moment(due.local)}   "
        yield ink(words), ink(_progress(due), TINTS[due.progress])


def _moment(at: dt.datetime) -> str:
    return f"{at:%a} {at.day:>2} {at:%b %H:%M}"


def _progress(due: DueStand) -> str:
    if not due.left:
        return due.progress.value
    one, several = LEFT[due.deadline]
    return f"{due.progress}: {due.left} {one if due.left == 1 else several}"


# ---------------------------------------------------------------- spreads


def _spreads(view: Overview) -> Iterator[Line]:
    """Yield the pages as they lie open: the first alone at the right, then in pairs."""
    pages = {page.number: page for page in view.pages}
    for left in range(0, len(pages) + 1, 2):
        pair = pages.get(left), pages.get(left + 1)
        if any(pair):
            yield from _spread(pair, view)


def _singles(view: Overview) -> Iterator[Line]:
    """Yield the pages one under another."""
    for page in view.pages:
        yield from _spread((page, None), view)


def _spread(
    pair: tuple[PageStand | None, PageStand | None], view: Overview
) -> Iterator[Line]:
    left, right = (list(_inside(page, view)) if page else NO_PAGE for page in pair)
    yield from _rule(pair, "┌┬┐")
    for number in range(max(len(left), len(right))):
        yield _row(pair, _nth(left, number), _nth(right, number))
    yield from _rule((None, None), "└┴┘", has=(bool(pair[0]), bool(pair[1])))


def _nth(lines: Sequence[Line], number: int) -> Line:
    return lines[number] if number < len(lines) else ()


def _row(
    pair: tuple[PageStand | None, PageStand | None], left: Line, right: Line
) -> Line:
    side = Ink(words="│", tint=Tint.FAINT)
    blank = Ink(words=" ")
    out: list[Ink] = []
    if pair[0]:
        out += [side, blank, *fill(left, INSIDE), blank, side]
    else:
        out += [Ink(words=" " * (PAGE + 1)), side]
    if pair[1]:
        out += [blank, *fill(right, INSIDE), blank, side]
    return tuple(out)


def _rule(
    pair: tuple[PageStand | None, PageStand | None],
    corners: str,
    *,
    has: tuple[bool, bool] | None = None,
) -> Iterator[Line]:
    there = has or (bool(pair[0]), bool(pair[1]))
    both = all(there)
    middle = corners[1] if both else corners[2] if there[0] else corners[0]
    out: list[Ink] = []
    out += (
        [_ink(corners[0]), *_title(pair[0])]
        if there[0]
        else [Ink(words=" " * (PAGE + 1))]
    )
    out.append(_ink(middle))
    if there[1]:
        out += [*_title(pair[1]), _ink(corners[2])]
    yield tuple(out)


def _ink(words: str) -> Ink:
    return Ink(words=words, tint=Tint.FAINT)


def _title(page: PageStand | None) -> Line:
    """Return a page's number and section in the rule over it."""
    if page is None:
        return (_ink("─" * PAGE),)
    name = fill([ink(f"{page.number}  {page.section}", Tint.BOLD)], PAGE - 4)[:1]
    rest = PAGE - 3 - width_of(name)
    return _ink("─ "), *name, _ink(" " + "─" * rest)


def _inside(page: PageStand, view: Overview) -> Iterator[Line]:
    for part in page.parts:
        yield from _part(part, view)
    for ad in page.house_ads:
        yield (ink(f"house ad: {ad}", Tint.FAINT),)
    if page.advertiser:
        yield (ink(f"advertisement: {page.advertiser}"),)
    if page.imprint:
        yield (ink("imprint", Tint.FAINT),)


def _part(part: PagePart, view: Overview) -> Iterator[Line]:
    stands = [view.article(slug) for slug in part.articles]
    if part.group:
        words = sum(one.words for one in stands)
        told = f"{_count(len(stands), 'article')}, {_count(words, 'word')}"
        yield fill([ink(part.group, Tint.BOLD)], INSIDE, ink(told))
        for one in stands:
            yield _named(f"  {one.slug}", INSIDE, _count(one.words, "word"))
            yield from _facts(_remarkable(one))
        yield from _facts(_fit(part))
        return
    one = stands[0]
    if part.part:
        yield _named(one.slug, INSIDE, f"from page {part.comes_from}", Tint.BOLD)
        yield from _facts([*_shown(part), *_fit(part)])
        return
    yield _named(one.slug, INSIDE, _count(one.words, "word"), Tint.BOLD)
    yield from _facts([_copy(one), *_remarkable(one)[1:], *_shown(part), *_fit(part)])


def _named(name: str, width: int, told: str, tint: Tint = Tint.NONE) -> Line:
    """Return an article's name, both ends of it at least, and what is told at the right."""
    left = ink(cut_name(printable(name), width - cells(told) - 1), tint)
    return fill([left], width, ink(told))


def _facts(facts: Sequence[Ink]) -> Iterator[Line]:
    for line in wrap(facts, INSIDE - 2, BETWEEN):
        yield Ink(words="  "), *line


def _shown(part: PagePart) -> list[Ink]:
    """Say which pictures stand here, and how sharp they are."""
    if not part.pictures:
        return []
    told = _count(part.pictures, "picture")
    if part.ppi is None:
        return [ink(told)]
    if part.coarse:
        return [ink(f"{told}, only {part.ppi} ppi", Tint.CARE)]
    return [ink(f"{told}, {part.ppi} ppi")]


def _fit(part: PagePart) -> list[Ink]:
    if part.goes_on:
        return [ink(f"continues on page {part.goes_on}")]
    if part.under:
        return [ink(f"{_count(part.under, 'line')} under", Tint.FAINT)]
    return [ink("fits", Tint.FAINT)]


# ---------------------------------------------------------------- articles


def _copy(one: ArticleStand) -> Ink:
    """Say how far an article's copy is, and what is wrong with it."""
    told = one.copy.value
    if one.errors and one.copy is not CopyState.EMPTY:
        told += f", {_count(one.errors, 'error')}"
    if one.warnings:
        told += f", {_count(one.warnings, 'warning')}"
    if one.copy is CopyState.CHECKED:
        return ink(told, Tint.CARE if one.warnings else Tint.GOOD)
    return ink(told, Tint.BAD)


def _remarkable(one: ArticleStand) -> list[Ink]:
    """Say of an article what somebody must do, its copy first; nothing where all is well."""
    facts = [_copy(one)]
    if one.pictures_missing:
        facts.append(
            ink(f"{_count(one.pictures_missing, 'picture')} missing", Tint.BAD)
        )
    if one.legal is LegalRead.NEEDED:
        facts.append(ink("legal read needed", Tint.BAD))
    elif one.legal is LegalRead.READ:
        facts.append(ink("legal read done", Tint.GOOD))
    well = one.copy is CopyState.CHECKED and not one.warnings
    return [] if well and len(facts) == 1 else facts


def _lists(view: Overview, width: int) -> Iterator[Line]:
    """Yield all articles by section, where there are no pages to show them on."""
    for section in view.sections:
        yield ()
        yield (ink(section, Tint.BOLD),)
        ours = [one for one in view.articles if one.section == section]
        for one in ours:
            yield from _listed(one, width)
        if not ours:
            yield (ink("  no articles yet", Tint.CARE),)


def _listed(one: ArticleStand, width: int) -> Iterator[Line]:
    facts = [_copy(one), *_remarkable(one)[1:]]
    if one.pictures:
        facts.append(ink(_count(one.pictures, "picture")))
    name = _named(f"  {one.slug}", LISTED - 3, _count(one.words, "word"))
    first, *others = wrap(facts, max(width - LISTED, LEAST), BETWEEN)
    yield *name, Ink(words="   "), *first
    for line in others:
        yield Ink(words=" " * LISTED), *line


def _held_over(view: Overview, width: int) -> Iterator[Line]:
    held = [one for one in view.articles if one.held_over]
    if not held:
        return
    yield ()
    yield (ink("Held over, for want of room", Tint.BOLD),)
    for one in held:
        yield from _listed(one, width)


# ---------------------------------------------------------------- sections


def _sections(view: Overview, width: int) -> Iterator[Line]:
    yield (ink(f"{'Section':<24}{'pages':<10}articles    words   to do", Tint.BOLD),)
    for section in view.sections:
        ours = [one for one in view.articles if one.section == section]
        run = [one for one in ours if not one.held_over]
        words = sum(one.words for one in run)
        name = fill([ink(section)], 24)
        numbers = f"{_pages(view, section):<10}{len(run):>8}{words:>9,}   "
        first, *others = wrap(_to_do(run), max(width - BEFORE, LEAST), BETWEEN)
        yield *name, ink(numbers), *first
        for line in others:
            yield Ink(words=" " * BEFORE), *line


def _pages(view: Overview, section: str) -> str:
    numbers = [page.number for page in view.pages if page.section == section]
    if not numbers:
        return "–"
    first, last = numbers[0], numbers[-1]
    return str(first) if first == last else f"{first}–{last}"


def _to_do(run: Sequence[ArticleStand]) -> list[Ink]:
    empty = sum(one.copy is CopyState.EMPTY for one in run)
    wrong = sum(one.copy is CopyState.COPY_IN for one in run)
    missing = sum(one.pictures_missing for one in run)
    legal = sum(one.legal is LegalRead.NEEDED for one in run)
    told = (
        (empty, f"{empty} empty"),
        (wrong, f"{wrong} with errors"),
        (missing, f"{_count(missing, 'picture')} missing"),
        (legal, f"{_count(legal, 'legal read')}"),
    )
    if not run:
        return [ink("no articles yet", Tint.CARE)]
    found = [ink(words, Tint.BAD) for count, words in told if count]
    return found or [ink("nothing", Tint.GOOD)]
