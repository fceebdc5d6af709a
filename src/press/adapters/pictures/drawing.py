"""Drawings (SVG): their size, what they would draw, and their bytes for the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import TypeGuard

from press.adapters.pictures.cut import Box, Pixels, whole
from press.adapters.pictures.fault import RefusedError
from press.adapters.pictures.svg import Launder, Node, read_svg

MOST_BYTES = 20_000_000
MOST_DRAWN = 20_000
MOST_NESTED = 300

_DEFAULT_SIZE = (300.0, 200.0)
_FINE = 1000
_PAINTS = {"linearGradient", "radialGradient", "filter"}
#: CSS pixels in a unit (CSS Values 4, 6.2); an em is the font size of 16 pixels.
_UNITS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 960 / 25.4,
    "q": 24 / 25.4,
    "in": 96.0,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}
#: Units in which only a drawing made for print is measured.
_PHYSICAL = {"pt", "pc", "mm", "cm", "q", "in"}
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*", re.IGNORECASE)
_FRAMING_STYLE = re.compile(r"(?:^|;)\s*(?:(?:max|min)-)?(?:width|height)\s*:[^;]*")
_VIEW_BOX = 4
_SMALLEST, _LARGEST = 1e-6, 1e6
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NAME = re.compile(r"[.#]?[\w-]+")
_FRAGMENT = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing that is safe to show.

    Attributes:
        root: Its outermost element.
        size: Width and height in CSS pixels.
        sized: Whether it says its size itself.
    """

    root: Node
    size: tuple[float, float]
    sized: bool

    @property
    def pixels(self) -> Pixels:
        """Width and height in whole numbers, fine enough for their ratio."""
        width, height = self.size
        fine = 1 if max(self.size) >= _FINE / 10 else _FINE / max(self.size)
        return max(1, round(width * fine)), max(1, round(height * fine))

    @property
    def made_for(self) -> float:
        """Points it was made for, if its width is told in a unit of length, else 0."""
        read = _LENGTH.fullmatch(self.root.get("width"))
        if read is None or read[2].lower() not in _PHYSICAL:
            return 0.0
        return self.size[0] * 72 / 96

    @property
    def lettered(self) -> bool:
        """Whether it holds text, and so needs fonts."""
        return any(node.name == "text" for node in self.root.walk())

    def to_bytes(self, box: Box, *, width: str, height: str) -> bytes:
        """Write what a box of its `pixels` shows, as wide and high as said."""
        scale = self.size[0] / self.pixels[0]
        left, top = box[0] * scale, box[1] * scale
        shown = (box[2] - box[0]) * scale, (box[3] - box[1]) * scale
        inner = _framed(self.root, self.size)
        if box != whole(self.pixels):
            # A nested <svg> clips what it does not show; the outermost need not.
            window = Node(
                name="svg",
                attributes=(("viewBox", _numbers(left, top, *shown)),),
                children=[inner],
            )
            inner = _framed(window, shown)
        outer = Node(
            name="svg",
            attributes=(
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
                ("width", width),
                ("height", height),
                ("viewBox", _numbers(0, 0, *shown)),
            ),
            children=[inner],
        )
        return "".join(_written(outer)).encode()


def read_drawing(data: bytes, launder: Launder) -> Drawing:
    """Read a drawing and refuse what is too large or might act.

    Raises:
        RefusedError: It is too large, not well formed, or not only a drawing.
    """
    if len(data) > MOST_BYTES:
        raise RefusedError(
            "picture.too-large",
            f"is {len(data) / 1e6:.0f} MB; {MOST_BYTES / 1e6:.0f} MB are the limit for"
            " drawings",
            hint="export it as PNG, 300 pixels an inch",
        )
    root = read_svg(data, launder)
    _Count(root).check()
    size = _size(root)
    return Drawing(root=root, size=size or _DEFAULT_SIZE, sized=size is not None)


def _size(root: Node) -> tuple[float, float] | None:
    """Return a drawing's size in CSS pixels (SVG 2, 8.2), if it says any."""
    width, height = _px(root.get("width")), _px(root.get("height"))
    if width and height:
        return width, height
    view = [_px(number) for number in re.split(r"[\s,]+", root.get("viewBox").strip())]
    across, down = view[2:] if len(view) == _VIEW_BOX else (None, None)
    if not across or not down:
        return None
    if width:
        return width, width * down / across
    return (height * across / down, height) if height else (across, down)


def _px(length: str) -> float | None:
    """Return a positive length in CSS pixels; None for percentages and for nonsense."""
    read = _LENGTH.fullmatch(length)
    if read is None or read[2].lower() not in _UNITS:
        return None
    px = float(read[1]) * _UNITS[read[2].lower()]
    return px if _SMALLEST < px < _LARGEST else None


def _framed(node: Node, size: tuple[float, float]) -> Node:
    """Return an <svg> element that stands in the corner at a size."""
    kept = tuple(
        (key, _FRAMING_STYLE.sub("", value) if key == "style" else value)
        for key, value in node.attributes
        if key not in {"x", "y", "width", "height"}
    )
    width, height = (f"{edge:.6g}" for edge in size)
    return Node(
        name="svg",
        attributes=(("width", width), ("height", height), *kept),
        children=node.children,
    )


def _numbers(*numbers: float) -> str:
    return " ".join(f"{number:.6g}" for number in numbers)


def _written(node: Node) -> Iterator[str]:
    """Yield the text of an element, piece by piece."""
    yield f"<{node.name}"
    for key, value in node.attributes:
        yield f' {"xlink:href" if key == "href" else key}="{escape(value)}"'
    yield ">"
    for child in node.children:
        if isinstance(child, Node):
            yield from _written(child)
        else:
            yield escape(child, quote=False)
    yield f"</{node.name}>"


class _Count:
    """Counts what a drawing draws when every reference in it is followed.

    drawn(element) = 1 + the sum over its children and over what it refers to: <use>,
    patterns, masks, markers, clips. Nested references multiply, so that thirty lines
    can draw thousands of millions of elements.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._named = {node.get("id"): node for node in root.walk() if node.get("id")}
        self._styled: defaultdict[str, set[str]] = defaultdict(set)
        for node in root.walk():
            if node.name == "style":
                self._read_style("".join(filter(_is_text, node.children)))
        self._known: dict[int, int] = {}
        self._inside: set[int] = set()

    def check(self) -> None:
        """Refuse a drawing that draws too much, or itself."""
        drawn = self._drawn(self._root)
        if drawn > MOST_DRAWN:
            raise RefusedError(
                "picture.svg",
                f"would draw more than {MOST_DRAWN:,} elements through its references",
                hint="export it as PNG, 300 pixels an inch",
            )

    def _read_style(self, text: str) -> None:
        """Note which elements a style sheet gives references to, by its last words."""
        for selectors, body in _RULE.findall(text):
            for selector in selectors.split(","):
                words = _NAME.findall(re.split(r"[\s>+~]+", selector.strip())[-1])
                self._styled[words[-1] if words else "*"].update(
                    _FRAGMENT.findall(body)
                )

    def _targets(self, node: Node) -> Iterator[Node]:
        """Yield the elements an element refers to and which are drawn with it."""
        names = set(_FRAGMENT.findall(" ".join(value for _, value in node.attributes)))
        names.add(node.get("href").removeprefix("#"))
        classes = (f".{name}" for name in node.get("class").split())
        for word in ("*", node.name, f"#{node.get('id')}", *classes):
            names |= self._styled.get(word, set())
        for name in sorted(names):
            target = self._named.get(name)
            if target is not None and target.name not in _PAINTS:
                yield target

    def _drawn(self, node: Node) -> int:
        me = id(node)
        if me in self._known:
            return self._known[me]
        if me in self._inside or len(self._inside) > MOST_NESTED:
            raise RefusedError(
                "picture.svg",
                f"holds <{node.name}> that refers to itself or is nested too deep",
                hint="export it again as a plain drawing",
                line=node.line,
            )
        self._inside.add(me)
        children = (child for child in node.children if isinstance(child, Node))
        drawn = 1 + sum(map(self._drawn, chain(children, self._targets(node))))
        self._inside.remove(me)
        self._known[me] = drawn
        return drawn


def _is_text(child: Node | str) -> TypeGuard[str]:
    return isinstance(child, str)
