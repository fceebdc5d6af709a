"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable

ENOUGH = 74


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that a misspelt word most likely means, None if none is near."""
    # Only needed once something is misspelt, and slow to import.
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    found = process.extractOne(
        word,
        sorted(set(names)),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=ENOUGH,
    )
    return found[0] if found else None


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """Return the hint for a misspelt word: the nearest name, or the names there are."""
    known = list(dict.fromkeys(names))
    if near := nearest(word, known):
        return f"did you mean “{near}”?"
    if not known:
        return None
    most = 12
    listed = ", ".join(known[:most]) + (", …" if len(known) > most else "")
    return f"allowed: {listed}" if len(known) > 1 else f"the only one is “{listed}”"
