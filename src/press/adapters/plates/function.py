"""PDF functions of one number: how a tint of one ink becomes a colour (ISO 32000, 7.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pikepdf

Function = Callable[[float], tuple[float, ...]]
SAMPLED, EXPONENTIAL, STITCHED = 0, 2, 3
BYTE = 8


def read_function(source: Any) -> Function | None:
    """Return a function of one number; None of kinds that are not evaluated here."""
    if isinstance(source, pikepdf.Array):
        parts = [read_function(one) for one in source]
        known = [one for one in parts if one is not None]
        if len(known) != len(parts):
            return None
        return lambda x: tuple(value for one in known for value in one(x))
    make = {SAMPLED: _sampled, EXPONENTIAL: _exponential, STITCHED: _stitched}
    chosen = make.get(int(source.FunctionType))
    return chosen(source) if chosen else None


def numbers(values: Any) -> tuple[float, ...]:
    """Return a PDF array as numbers."""
    return tuple(float(value) for value in values)


def _exponential(source: Any) -> Function:
    low, high = numbers(source.get("/C0", [0])), numbers(source.get("/C1", [1]))
    power = float(source.N)

    def apply(x: float) -> tuple[float, ...]:
        share = x**power
        return tuple(a + share * (b - a) for a, b in zip(low, high, strict=True))

    return apply


def _stitched(source: Any) -> Function | None:
    parts = [read_function(one) for one in source.Functions]
    known = [one for one in parts if one is not None]
    if len(known) != len(parts):
        return None
    first, last = numbers(source.Domain)[:2]
    steps = list(pairwise((first, *numbers(source.Bounds), last)))
    encode = numbers(source.Encode)

    def apply(x: float) -> tuple[float, ...]:
        for at, (low, high) in enumerate(steps):
            if x < high or at == len(steps) - 1:
                share = (x - low) / (high - low) if high > low else 0.0
                start, end = encode[2 * at], encode[2 * at + 1]
                return known[at](start + share * (end - start))
        return ()

    return apply


def _sampled(source: Any) -> Function | None:
    if len(source.Size) != 1 or int(source.BitsPerSample) != BYTE:
        return None
    bounds = numbers(source.Range)
    count, parts = int(source.Size[0]), len(bounds) // 2
    low, high = numbers(source.Domain)[:2]
    start, end = numbers(source.get("/Encode", [0, count - 1]))[:2]
    decode = numbers(source.get("/Decode", source.Range))
    table = source.read_bytes()

    def sample(row: int) -> Sequence[float]:
        raw = table[row * parts : (row + 1) * parts]
        return [
            decode[2 * i] + one / 255 * (decode[2 * i + 1] - decode[2 * i])
            for i, one in enumerate(raw)
        ]

    def apply(x: float) -> tuple[float, ...]:
        place = start + (min(max(x, low), high) - low) / (high - low) * (end - start)
        place = min(max(place, 0.0), count - 1.0)
        under = min(int(place), max(count - 2, 0))
        share = place - under
        above = sample(min(under + 1, count - 1))
        return tuple(
            a + share * (b - a) for a, b in zip(sample(under), above, strict=True)
        )

    return apply
