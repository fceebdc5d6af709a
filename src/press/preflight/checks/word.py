"""Words on the pages: folios, dates, and what was left over from the web."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from press.model.facts import PageFacts, TextLine
from press.model.finding import Area, Finding, error, warning
from press.model.press_facts import PageMarks, PressFacts
from press.preflight.checks.check import mm, on, trim_of
from press.preflight.rules import Folio, Rules

_LEFTOVERS = (
    (re.compile(r"\bclick(?:ing)? (?:here|on the (?:link|image))", re.IGNORECASE), ""),
    (re.compile(r"\b(?:tap|swipe) (?:here|to)\b", re.IGNORECASE), ""),
    (re.compile(r"https?://\S+[?&]\w+=\S*"), "an address with tracking"),
    (re.compile(r"\b(?:utm_\w+|fbclid|gclid)\b"), "an address with tracking"),
    (
        re.compile(r"\[/?(?:caption|embed|gallery|youtube|tweet)\b[^\]]*\]"),
        "a shortcode",
    ),
    (re.compile(r"&(?:nbsp|amp|quot|lt|gt|#\d+);"), "a character written as code"),
    (re.compile(r"</?(?:p|div|span|br|iframe|a|img|script)\b[^>]*>"), "a tag of HTML"),
    (re.compile(r"\bview this post on\b|\bembedded content\b", re.IGNORECASE), ""),
    (re.compile(r"\bsign up (?:to|for) our newsletter\b", re.IGNORECASE), ""),
)
_SPACE = re.compile(r"\s+")
_SHOWN = 60


def page_numbers(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Every folio has its page's number, on the outer side."""
    words = {page.number: page for page in facts.words}
    pages = {page.number: page for page in facts.pages}
    for folio in rules.folios:
        if not folio.numbered or folio.page not in pages:
            continue
        wanted = str(folio.page)
        lines = _lines(words, pages[folio.page], folio)
        alone = [left for left, said in lines if said == wanted]
        inside = any(wanted in re.findall(r"\d+", said) for _, said in lines)
        if not alone and not inside:
            said = ", ".join(f"“{said}”" for _, said in lines)[:_SHOWN]
            yield error(
                "preflight.page-number",
                f"the folio of page {wanted} does not have its number; it says"
                f" {said or 'nothing'}",
                on(folio.page, folio.area),
            )
        elif alone and all(_inner(left, folio) for left in alone):
            side = "right" if folio.page % 2 else "left"
            yield error(
                "preflight.page-number",
                f"the number of page {wanted} stands on the inner side; it belongs on"
                f" the {side}",
                on(folio.page, folio.area),
            )


def _inner(left: float, folio: Folio) -> bool:
    """Whether something stands on the side of the spine."""
    on_the_right = left > folio.area.left + folio.area.width / 2
    return on_the_right != bool(folio.page % 2)


def folios(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Every folio says the edition's date; number and price are as in the manifest."""
    words = {page.number: page for page in facts.words}
    pages = {page.number: page for page in facts.pages}
    for folio in rules.folios:
        if folio.page not in pages:
            continue
        lines = _lines(words, pages[folio.page], folio)
        all_said = _plain(" ".join(said for _, said in lines))
        for wanted in folio.says:
            if _plain(wanted) not in all_said:
                yield error(
                    "preflight.folio",
                    f"the folio of page {folio.page} does not say “{wanted}”",
                    on(folio.page, folio.area),
                )


def leftovers(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """Nothing in print speaks to readers of a screen."""
    for page in facts.words:
        text = _SPACE.sub(" ", " ".join(line.text for line in page.lines))
        for pattern, kind in _LEFTOVERS:
            for found in pattern.finditer(text):
                what = f", {kind}" if kind else ""
                yield warning(
                    "preflight.web-words",
                    f"“{found[0][:_SHOWN]}”{what}, is of no use on paper",
                    on(page.number),
                    hint="change the copy, or cut it for print",
                )


def _lines(
    words: Mapping[int, PageFacts], page: PageMarks, folio: Folio
) -> list[tuple[float, str]]:
    """Return the lines of a folio: how far from the trim's left edge, and their words."""
    media, trim = page.box("MediaBox"), trim_of(page)
    across = mm(trim[0] - media[0]) if media and trim else 0.0
    down = mm(media[3] - trim[3]) if media and trim else 0.0
    facts = words.get(page.number)
    found = []
    for line in facts.lines if facts else ():
        left, baseline = mm(line.left) - across, mm(line.baseline) - down
        if _holds(folio.area, left, baseline - mm(line.size) / 3):
            found.append((left, _said(line)))
    return found


def _holds(area: Area, left: float, top: float) -> bool:
    return (
        area.left - 1 <= left <= area.left + area.width + 1
        and area.top - 1 <= top <= area.top + area.height + 1
    )


def _said(line: TextLine) -> str:
    return _SPACE.sub(" ", line.text).strip()


def _plain(words: str) -> str:
    return _SPACE.sub("", words).casefold()
