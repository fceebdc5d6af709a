"""Values of the vocabulary as JSON and back, for caches and reports.

Only what the vocabulary is made of is known: frozen dataclasses, enums, tuples, frozen
sets, optional values, dates, bytes and the plain types. Anything else is refused when the
codec is made, so a value that goes in comes out equal.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | bool | None
#: Where something stands changes nothing about it.
PLACES = frozenset({"place", "places"})
_PLAIN = (str, int, float, bool, type(None))
_Make = Callable[[Any], Any]


def encode(value: object) -> Any:
    """Return a value as what JSON knows; defaults are left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, dt.date | bytes):
        return _text(value)
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(encode(one) for one in value)
    if dataclasses.is_dataclass(value):
        return {
            field.name: encode(own)
            for field in dataclasses.fields(value)
            if (own := getattr(value, field.name)) != field.default
        }
    raise TypeError(f"{type(value).__name__} is not a word of the vocabulary")


def _text(value: dt.date | bytes) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat()


def describe(value: object) -> Any:
    """Return a value as what JSON knows, with its class and without places.

    Two values that differ in anything but where they stand in their files have
    different descriptions; there is no way back.
    """
    if isinstance(value, tuple):
        return [describe(one) for one in value]
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return encode(value)
    out = {"": type(value).__name__}
    for field in dataclasses.fields(value):
        own = getattr(value, field.name)
        if own != field.default and field.name not in PLACES:
            out[field.name] = describe(own)
    return out


def decode(kind: type[T], data: Any) -> T:
    """Return the value that `encode` made `data` of.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: The data is not of that kind.
    """
    make: Any = _maker
    made: T = make(kind)(data)
    return made


@cache
def _maker(kind: Any) -> _Make:
    """Return a function that makes values of a kind."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {types.UnionType, typing.Union}:
        return _optional(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin is frozenset:
        inner = _maker(arguments[0])
        return lambda data: frozenset(inner(one) for one in data)
    return _maker_of_class(kind)


def _maker_of_class(kind: Any) -> _Make:
    if isinstance(kind, typing.NewType):
        return _maker(kind.__supertype__)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if kind in {dt.date, dt.datetime}:
        return typing.cast("_Make", kind.fromisoformat)
    if kind is bytes:
        return base64.b64decode
    made: _Make = _same if kind in _PLAIN else kind
    return made


def _same(data: Any) -> Any:
    return data


def _optional(arguments: tuple[Any, ...]) -> _Make:
    kinds = [kind for kind in arguments if kind is not type(None)]
    if len(kinds) != 1:
        raise TypeError(f"cannot tell {arguments} apart")
    inner = _maker(kinds[0])
    return lambda data: None if data is None else inner(data)


def _tuple(arguments: tuple[Any, ...]) -> _Make:
    if len(arguments) == 2 and arguments[1] is ...:  # noqa: PLR2004  (tuple[T, ...])
        inner = _maker(arguments[0])
        return _same_tuple if inner is _same else lambda d: tuple(map(inner, d))
    makers = [_maker(argument) for argument in arguments]
    return lambda data: tuple(make(one) for make, one in zip(makers, data, strict=True))


def _same_tuple(data: Any) -> tuple[Any, ...]:
    return tuple(data)


def _dataclass(kind: Any) -> _Make:
    hints = typing.get_type_hints(kind)
    makers = {name: _maker(hints[name]) for name in hints}

    def make(data: Any) -> Any:
        return kind(**{name: makers[name](own) for name, own in data.items()})

    return make
