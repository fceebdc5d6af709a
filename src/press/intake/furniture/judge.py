"""The verdict on every piece of every story: hands, then rules, then guesses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from press.intake.furniture.aside import is_biography, is_correction
from press.intake.furniture.fingerprint import (
    Repeats,
    fingerprint,
    same_stories,
    same_texts,
)
from press.intake.furniture.group import NOTES, gather, gather_headings, tell_mottos
from press.intake.furniture.label import related_from
from press.intake.furniture.score import Score, score
from press.intake.furniture.sheet import Sheet, read_sheet
from press.intake.furniture.spared import give_back, names_somebody
from press.intake.furniture.usual import usual_kind
from press.intake.furniture.words import folded, label_of
from press.model.house_rules import Decided, HouseRules
from press.model.manuscript import ImportRecord
from press.model.story import (
    Furniture,
    Origin,
    Piece,
    PieceKind,
    Story,
    Surety,
    Verdict,
)

Verdicts: TypeAlias = tuple[Verdict | None, ...]

#: In how many articles a paragraph stands that is taken for furniture.
OFTEN: Final = 3
_REPEATING: Final = frozenset({PieceKind.PARAGRAPH, PieceKind.BUTTON, PieceKind.BOX})
_SHARED_BY_TRANSLATIONS: Final = frozenset(
    {PieceKind.LIST, PieceKind.TABLE, PieceKind.LISTING, PieceKind.NOTE}
)
_BESIDE: Final = frozenset({PieceKind.HEADING, PieceKind.BUTTON, PieceKind.PICTURE})
#: How many paragraphs above and below the text may hold notes on it.
_EDGE: Final = 2


def judge(
    stories: Sequence[Story],
    rules: HouseRules,
    earlier: Sequence[ImportRecord] = (),
    decided: Sequence[Decided] = (),
) -> tuple[Verdicts, ...]:
    """Say of every piece of every story whether it is furniture.

    Args:
        stories: The stories of a month: what repeats is seen among all of them.
        rules: The house's rules, and the paper's names.
        earlier: The records of earlier imports. What somebody kept there is not guessed
            to be furniture again; a story's own earlier import counts as the story.
        decided: What somebody decided about the stories, in their order; or nothing.

    Returns:
        Of every story, a verdict on each of its pieces; None for copy.
    """
    sheets = [read_sheet(story) for story in stories]
    repeats = _find_repeats(sheets, earlier)
    spared = frozenset(fingerprint(text) for each in earlier for text in each.kept)
    hands = [*decided, *[Decided()] * (len(sheets) - len(decided))]
    for sheet, hand in zip(sheets, hands, strict=True):
        _Judge(sheet=sheet, rules=rules, repeats=repeats, spared=spared).decide(hand)
    gather_headings(sheets, repeats, OFTEN)
    for sheet in sheets:
        gather(sheet)
        tell_mottos(sheet)
    return tuple(tuple(sheet.verdicts) for sheet in sheets)


class _Judge:
    """Who judges one story, piece by piece."""

    def __init__(
        self,
        *,
        sheet: Sheet,
        rules: HouseRules,
        repeats: Repeats,
        spared: frozenset[str],
    ) -> None:
        self._sheet, self._rules = sheet, rules
        self._repeats, self._spared = repeats, spared
        self._repeated: list[int] = []

    def decide(self, hand: Decided) -> None:
        """Write a verdict on each piece into the sheet."""
        sheet = self._sheet
        for number in range(len(sheet.prints)):
            sheet.scores[number] = score(
                sheet.story.pieces[number], sheet.marks[number], self._rules
            )
            sheet.verdicts[number] = self._by_rule(number)
        sheet.fixed |= {
            n
            for n, print_ in enumerate(sheet.prints)
            if print_ in self._spared and sheet.verdicts[n] is None
        }
        for number in sheet.open_pieces():
            sheet.verdicts[number] = self._by_guess(number)
        for number in give_back(sheet, self._repeated):
            sheet.verdicts[number] = self._by_words(number)
        self._find_asides()
        self._by_hand(hand)

    def _by_hand(self, hand: Decided) -> None:
        sheet = self._sheet
        keep = {fingerprint(text) for text in hand.keep} - {""}
        drop = {fingerprint(text) for text in hand.drop} - {""}
        for number, print_ in enumerate(sheet.prints):
            if print_ in keep:
                sheet.verdicts[number] = None
                sheet.fixed.add(number)
            elif print_ in drop:
                known = sheet.verdicts[number]
                kind = known.kind if known else self._kind_of(number)
                sheet.verdicts[number] = Verdict(
                    kind=kind, surety=Surety.HAND, by="dropped by hand"
                )

    def _by_rule(self, number: int) -> Verdict | None:
        sheet = self._sheet
        piece = sheet.story.pieces[number]
        every = frozenset(piece.marks)
        for rule in self._rules.rules:
            if rule.takes(piece, every):
                return _rule(rule.kind, piece, f"rule {rule.name}".rstrip())
        if self._rules.usual:
            for mark in piece.marks:
                if mark in sheet.marks[number] and (kind := usual_kind(mark)):
                    return _rule(kind, piece, f"usual rule {mark}")
        return None

    def _by_guess(self, number: int) -> Verdict | None:
        sheet = self._sheet
        piece = sheet.story.pieces[number]
        label = label_of(folded(piece.text)) if piece.words <= _LABEL_WORDS else ""
        if label == "advertisement" and piece.kind is not PieceKind.TABLE:
            return _guess(Furniture.ADVERTISEMENT, "a label of advertisements")
        if related := related_from(sheet.story.pieces, number):
            return _guess(Furniture.RELATED, related)
        if piece.kind in _REPEATING:
            count = self._repeats.articles(sheet.keys[number])
            calls = sheet.scores[number].points > 0
            if count >= OFTEN and (calls or not names_somebody(sheet.story, number)):
                self._repeated.append(number)
                return _guess(self._kind_of(number), f"in {count} articles")
        return self._by_words(number)

    def _by_words(self, number: int) -> Verdict | None:
        found = self._sheet.scores[number]
        if found.enough:
            by = f"its words: {found.points:g} points"
            return _guess(Furniture.CALL, by)
        return None

    def _kind_of(self, number: int) -> Furniture:
        """Say what a piece is that repeats: a call, or something of the paper's."""
        found: Score = self._sheet.scores[number]
        piece = self._sheet.story.pieces[number]
        calls = found.calls or piece.kind is PieceKind.BUTTON
        return Furniture.CALL if calls else Furniture.PROMOTION

    def _find_asides(self) -> None:
        """Find who the writer is, and what was corrected, above and below the text."""
        sheet = self._sheet
        story = sheet.story
        ends = set(_outermost(sheet, reversed(range(len(story.pieces)))))
        tops = set(_outermost(sheet, range(len(story.pieces))))
        for number, piece in enumerate(story.pieces):
            verdict = sheet.verdicts[number]
            if number in sheet.fixed or (verdict and verdict.surety is Surety.RULE):
                continue
            edge = number in ends or number in tops
            if is_correction(piece, at_edge=edge):
                by = "its words: a correction"
                sheet.verdicts[number] = _guess(Furniture.CORRECTION, by)
            elif number in ends and is_biography(piece, story.byline):
                by = "its words: who the writer is"
                sheet.verdicts[number] = _guess(Furniture.BIOGRAPHY, by)


_LABEL_WORDS: Final = 4


def _rule(kind: Furniture, piece: Piece, by: str) -> Verdict:
    """Return the verdict of a rule; a heading over a biography says nothing of the writer."""
    if piece.kind in _BESIDE and kind in NOTES:
        kind = Furniture.PAGE
    return Verdict(kind=kind, surety=Surety.RULE, by=by)


def _guess(kind: Furniture, by: str) -> Verdict:
    return Verdict(kind=kind, surety=Surety.GUESS, by=by)


def _outermost(sheet: Sheet, numbers: Iterator[int] | range) -> Iterator[int]:
    """Yield paragraphs from one end on, past furniture, as far as notes may stand."""
    copy = 0
    for number in numbers:
        if sheet.story.pieces[number].kind is not PieceKind.PARAGRAPH:
            continue
        yield number
        verdict = sheet.verdicts[number]
        is_copy = verdict is None or verdict.kind is Furniture.PROMOTION
        copy += is_copy
        if copy > _EDGE:
            return


def _find_repeats(sheets: Sequence[Sheet], earlier: Sequence[ImportRecord]) -> Repeats:
    """Count in how many articles each fingerprint stands; translations are one."""
    repeats = Repeats()
    shared = [
        frozenset(
            print_
            for print_, piece in zip(sheet.prints, sheet.story.pieces, strict=True)
            if print_ and piece.kind in _SHARED_BY_TRANSLATIONS
        )
        for sheet in sheets
    ]
    names = [
        _name(sheet.story.origin) or f"story {number}"
        for number, sheet in enumerate(sheets)
    ]
    told = [_name(record.origin) or f"record {n}" for n, record in enumerate(earlier)]
    texts = [frozenset(sheet.prints) for sheet in sheets]
    texts += [frozenset(map(fingerprint, record.source)) for record in earlier]
    everyone = [*names, *told]
    one_of = {name: name for name in everyone}
    languages = [sheet.story.lang for sheet in sheets]
    for pair in (*same_stories(shared, languages), *same_texts(texts)):
        first, second = sorted(one_of[everyone[number]] for number in pair)
        one_of = {k: first if v == second else v for k, v in one_of.items()}
    for sheet, name in zip(sheets, names, strict=True):
        repeats.add(sheet.keys, one_of[name])
    for record, name in zip(earlier, told, strict=True):
        repeats.add(map(fingerprint, record.source), one_of[name])
    return repeats


def _name(origin: Origin) -> str:
    """Return what tells an article from others, again and again; empty for nothing."""
    if origin.id:
        return f"{origin.site} {origin.id}"
    return origin.url
