"""Names spelt two ways, in an article or across the edition.

Two names are one when only accents, capitals, hyphens and spaces tell them apart, or a
letter or two of a long word (optimal string alignment distance), and nothing shows that
they are meant to differ: an inflection, other names beside them, a well-known pair.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from press.intake.style.passage import Passage, words_of
from press.intake.style.sighting import Sighting, Sightings
from press.model.finding import Finding, warning

#: Letters of names in one article, in two, and of those in which two letters may differ.
SHORTEST, SHORTEST_APART, SHORTEST_TWO = 6, 7, 10
#: Letters that an inflection leaves as they are.
STEM = 4
#: Endings that make another word of a name: Algeria, Algerian.
INFLECTIONS = {
    "",
    *words_of(
        "s es n an ian ean ans ians ns y ia i is ish ist ists ism er ers ese ic ics al ed ing"
        " ly e a o os as ies or ors ion ions ive ment ments in ine ina ino ite ites t ta us um"
        " ant ants ent ents able ible ance ence"
    ),
}
#: Names that are alike and mean two.
PAIRS = frozenset(
    frozenset(pair.split("/"))
    for pair in words_of(
        "johnson/johnston thomson/thompson anderson/andersen catherine/katherine"
        " jeffrey/jeffery stewart/steward stephen/stephan steven/stephen"
        " iceland/ireland nigerian/nigerien carolina/caroline frances/francis"
        " christian/christina christine/christina michael/michel martin/marvin"
        " phillips/philipps davidson/davison matthew/mathew robertson/robinson"
        " peterson/petersen hanson/hansen larson/larsen nicolas/nicholas"
        " marina/marine daniel/daniels slovakia/slovenia"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One spelling of a name, and where it stands.

    Attributes:
        text: As it is written.
        sightings: Where, in the order of the edition.
    """

    text: str
    sightings: tuple[Sighting, ...]

    @property
    def articles(self) -> frozenset[str]:
        """The articles it stands in."""
        return frozenset(one.passage.article for one in self.sightings)


def folded(name: str) -> str:
    """Return a name without what spellings most often differ in."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in plain if letter.isalpha())


def find_names(passages: Sequence[Passage], known: Sequence[str]) -> Iterator[Finding]:
    """Yield names of an edition that are spelt two ways, or not as the paper does.

    Args:
        passages: All that the edition's articles say.
        known: Names as the paper spells them.
    """
    seen = Sightings(passages)
    spellings = {text: _spelling(text, found) for text, found in seen.names().items()}
    runs = {text: _spelling(text, found) for text, found in seen.runs().items()}
    sure = {*known, *(word for name in known for word in name.split())}
    told: set[tuple[str, str]] = set()
    for wrong, right in (
        *_against_known(spellings, runs, sure),
        *_alike_when_folded(spellings, runs, sure),
        *_nearly_alike(spellings, sure),
    ):
        yield from _tell(wrong, right, told)


def _spelling(text: str, found: Sequence[Sighting]) -> Spelling:
    return Spelling(text=text, sightings=tuple(found))


_Pair = tuple[Spelling, Spelling | str]


def _against_known(
    spellings: Mapping[str, Spelling], runs: Mapping[str, Spelling], sure: set[str]
) -> Iterator[_Pair]:
    """Yield spellings that are not the paper's, with the paper's."""
    by_fold = {folded(name): name for name in sure}
    for text, own in {**spellings, **runs}.items():
        if text in sure:
            continue
        right = by_fold.get(folded(text))
        if right is None and text in spellings:
            near = (name for name in sure if _are_one(text, name, SHORTEST_APART))
            right = min(near, default=None)
        if right is not None:
            yield own, right


def _alike_when_folded(
    spellings: Mapping[str, Spelling], runs: Mapping[str, Spelling], sure: set[str]
) -> Iterator[_Pair]:
    """Yield spellings that accents, capitals, hyphens or a space tell apart."""
    groups: dict[str, list[Spelling]] = defaultdict(list)
    for own in spellings.values():
        groups[folded(own.text)].append(own)
    for own in runs.values():
        if folded(own.text) in groups:
            groups[folded(own.text)].append(own)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if not {one.text, other.text} & sure and not _are_two(one, other):
                yield _in_order(one, other)


def _nearly_alike(spellings: Mapping[str, Spelling], sure: set[str]) -> Iterator[_Pair]:
    """Yield spellings that a letter or two tell apart."""
    by_letter: dict[str, list[Spelling]] = defaultdict(list)
    for own in spellings.values():
        if len(own.text) >= SHORTEST and own.text not in sure:
            by_letter[folded(own.text)[:1]].append(own)
    for group in by_letter.values():
        group.sort(key=lambda own: len(own.text))
        for one, other in combinations(group, 2):
            together = bool(one.articles & other.articles)
            shortest = SHORTEST if together else SHORTEST_APART
            if _are_one(one.text, other.text, shortest) and not _are_two(one, other):
                yield _in_order(one, other)


def _are_one(one: str, other: str, shortest: int) -> bool:
    """Whether two words are spellings of one name, as far as their letters tell."""
    first, second = folded(one), folded(other)
    length = min(len(first), len(second))
    if first == second or length < shortest or first[:1] != second[:1]:
        return False
    most = 2 if length >= SHORTEST_TWO else 1
    if abs(len(first) - len(second)) > most or frozenset((first, second)) in PAIRS:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415  (only where names are alike)

    apart = OSA.distance(first, second, score_cutoff=most)
    return apart <= most and not _is_inflected(first, second)


def _is_inflected(one: str, other: str) -> bool:
    """Whether two words differ by their endings only: Kenya, Kenyan, Kenyans."""
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    for stem in range(same, max(STEM, same - 3) - 1, -1):
        ends = {one[stem:], other[stem:]}
        doubled = "" in ends and one[stem - 1] in ends - {"s"}
        if ends <= INFLECTIONS and not doubled:
            return True
    return False


def _are_two(one: Spelling, other: Spelling) -> bool:
    """Whether the names beside them show that two people or places are meant."""
    for side in ("before", "after"):
        first = {getattr(seen, side) for seen in one.sightings} - {""}
        second = {getattr(seen, side) for seen in other.sightings} - {""}
        if first and second and not first & second:
            return True
    return False


def _in_order(one: Spelling, other: Spelling) -> _Pair:
    """Return two spellings, the rarer first; of two as rare the later."""
    if len(one.sightings) == len(other.sightings):
        return (
            (other, one)
            if one.sightings[0].rank < other.sightings[0].rank
            else (
                one,
                other,
            )
        )
    return (one, other) if len(one.sightings) < len(other.sightings) else (other, one)


def _tell(
    wrong: Spelling, right: Spelling | str, told: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Yield a finding for each article, at the first place of the odd spelling."""
    for seen in wrong.sightings:
        key = (seen.passage.article, wrong.text)
        if key in told:
            continue
        told.add(key)
        place = seen.passage.point(seen.start, seen.start + len(wrong.text))
        if isinstance(right, str):
            message = f"“{wrong.text}” is spelt “{right}” in this paper"
            yield warning("style.name", message, place, f"write “{right}”")
        else:
            yield warning(
                "style.name-twice",
                f"“{wrong.text}” here, “{right.text}” {_where(seen, right)}",
                place,
                "use one spelling; if both are right, list both under `names` in"
                " style.yaml",
            )


def _where(seen: Sighting, right: Spelling) -> str:
    here = seen.passage.article
    beside = [one for one in right.sightings if one.passage.article == here]
    other = (beside or right.sightings)[0]
    place = other.passage.point(other.start, other.start + len(right.text))
    line = f"line {place.line}" if place.line else ""
    if beside:
        return f"on {line}" if line else "elsewhere"
    return f"in {other.passage.article}" + (f", {line}" if line else "")
