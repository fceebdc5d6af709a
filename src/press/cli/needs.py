"""Show what press found on a machine: chapter by chapter, a line for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press.cli.terminal import cells, printable
from press.model.need import Need, State

_WIDEST = max(len(state) for state in State)


def tell_needs(needs: Sequence[Need]) -> Iterator[str]:
    """Yield what was found, with how to get what is not there, and what follows."""
    if not needs:
        return
    wide = max(cells(printable(need.name)) for need in needs)
    for chapter in dict.fromkeys(need.chapter for need in needs):
        yield chapter
        for need in needs:
            if need.chapter == chapter:
                yield from _lines(need, wide)
    yield ""
    yield _summary(needs)


def need_as_data(need: Need) -> object:
    """Return a need as what JSON knows."""
    return {
        "chapter": need.chapter,
        "name": need.name,
        "state": need.state,
        "says": need.says or None,
        "how_to_get": need.how_to_get or None,
        "must": need.must,
    }


def _lines(need: Need, wide: int) -> Iterator[str]:
    name = printable(need.name)
    name += " " * (wide - cells(name))
    state = need.state.upper() if need.holds_up else str(need.state)
    yield f"  {state:{_WIDEST}}  {name}  {printable(need.says)}".rstrip()
    if need.how_to_get:
        yield f"  {'':{_WIDEST}}  hint: {printable(need.how_to_get)}"


def _summary(needs: Sequence[Need]) -> str:
    lost = [need.name for need in needs if need.holds_up]
    if lost:
        return printable(f"press cannot build before it has: {', '.join(lost)}")
    other = sum(need.state is not State.FOUND for need in needs)
    if not other:
        return "press can build, and has all that it asks for"
    return f"press can build, and does without {other} of {len(needs)} things"
