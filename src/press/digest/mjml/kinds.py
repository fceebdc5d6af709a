"""The types of attributes, judged as MJML 5 judges them.

They are written as MJML writes them: `unit(px,%){1,4}`, `enum(left,right)`, `color`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

_COLOUR_NAMES: Final = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue
cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey
darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon
darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen
fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
hotpink indianred indigo inherit ivory khaki lavender lavenderblush lawngreen
lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray
lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue
lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue
mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange
orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip
peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue
saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue
slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent
turquoise violet wheat white whitesmoke yellow yellowgreen
"""
_COLOURS: Final = frozenset(_COLOUR_NAMES.split())
_COLOUR = re.compile(
    r"""rgba\(\d{1,3},\s?\d{1,3},\s?\d{1,3},\s?\d(\.\d{1,3})?\)
      | rgb\(\d{1,3},\s?\d{1,3},\s?\d{1,3}\)
      | \A\#([0-9a-f]{3}){1,2}\Z""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_INTEGER = re.compile(r"\d+", re.ASCII)
_UNIT = re.compile(r"unit(WithNegative)?\(([^)]+)\)(?:\{(\d),?(\d)?\})?")


@lru_cache(maxsize=4096)
def fits(kind: str, value: str) -> bool:
    """Whether MJML 5 takes a value for one of a type."""
    return _judge(kind)(value)


@cache
def _judge(kind: str) -> Callable[[str], bool]:
    match kind.partition("(")[0]:
        case "color":
            return lambda value: value in _COLOURS or bool(_COLOUR.search(value))
        case "integer":
            return lambda value: bool(_INTEGER.search(value))
        case "boolean":
            return lambda value: value in {"true", "false"}
        case "enum":
            words = _words(kind)
            return lambda value: value in words
        case "unit" | "unitWithNegative":
            lengths = _lengths(kind)
            return lambda value: bool(lengths.fullmatch(value))
        case _:
            return lambda _: True


def _words(kind: str) -> tuple[str, ...]:
    return tuple(kind[kind.index("(") + 1 : -1].split(","))


def _lengths(kind: str) -> re.Pattern[str]:
    negative, units, most = _unit(kind)
    number = r"[-\d,.]+" if negative else r"[\d,.]+"
    suffix = "|".join(re.escape(unit) for unit in units if unit != "auto")
    auto = "|auto" if "auto" in units else ""
    return re.compile(rf"(?:(?:{number}(?:{suffix})|0{auto}) ?){{1,{most}}}", re.ASCII)


def _unit(kind: str) -> tuple[bool, list[str], str]:
    """Return whether a length may be negative, its units, and how many there may be."""
    (negative, units, least, most), *_ = _UNIT.findall(kind)
    return bool(negative), units.split(","), most or least or "1"


_PLAIN: Final = {
    "color": "a colour, such as #7a1f1f or black",
    "integer": "a whole number, such as 2",
    "boolean": "true or false",
    "string": "text",
}
_EXAMPLES: Final = {"px": "12px", "%": "50%", "em": "0.1em", "": "1.5", "auto": "auto"}


@cache
def described(kind: str) -> str:
    """Say what a type allows, with an example: "a length in px or %, such as 12px"."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind.startswith("enum"):
        return listed([word for word in _words(kind) if word])
    _, units, most = _unit(kind)
    named = [unit or "no unit" for unit in units if unit != "auto"]
    auto = ", or auto" if "auto" in units else ""
    example = _EXAMPLES[units[0]]
    if most != "1":
        return f"one to four lengths in {listed(named)}, such as {example} 0"
    return f"a length in {listed(named)}, such as {example}{auto}"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Write words as a list: "left, center or right"."""
    return " or ".join(", ".join(words).rsplit(", ", 1))
