"""Which drawings a press cannot take as they are, and must be made pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.adapters.pictures.svg import Node

_OPACITIES = {
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "stop-opacity",
    "flood-opacity",
}
_EFFECTS = {
    "mask": "none",
    "mask-image": "none",
    "filter": "none",
    "backdrop-filter": "none",
    "mix-blend-mode": "normal",
}
_GRADIENTS = {"linearGradient", "radialGradient", "meshgradient", "hatch"}
_BODY = re.compile(r"\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]*)")
_NUMBER = re.compile(r"\+?(\d*\.?\d+(?:e[+-]?\d+)?)(%?)", re.IGNORECASE)
_HEX = re.compile(r"#(?:[0-9a-f]{3}([0-9a-f])|[0-9a-f]{6}([0-9a-f]{2}))(?![\w-])")
_COLOUR = re.compile(r"\b(?:rgb|hsl)a?\(([^()]*)\)|\b(?:[a-z-]+)\(([^()]*/[^()]*)\)")
_FRAGMENT = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)")
_ADDRESS = re.compile(r"url\([^()]*\)")
_WITH_ALPHA = 4


def why_pixels(root: Node) -> str:
    """Say what keeps a drawing from being printed as lines and areas, empty if nothing.

    PDF/X-1a knows nothing transparent, WeasyPrint's gradients are blank or wrong in
    other readers where the page is in ink, and pictures inside of drawings would be in
    RGB.
    """
    styles = list(_styles(root))
    if any(_is_clear(name, value) for name, value in styles):
        return "is transparent in places"
    used = {name for _, value in styles for name in _FRAGMENT.findall(value)}
    for node in root.walk():
        if node.name in _GRADIENTS and node.get("id") in used:
            return "has gradients"
        if node.name == "image" and node.get("href"):
            return "holds a picture made of pixels"
    return ""


def _styles(root: Node) -> Iterator[tuple[str, str]]:
    """Yield every property a drawing gives, wherever it stands, in lower case names."""
    for node in root.walk():
        for key, value in node.attributes:
            if key == "style":
                yield from _declarations(value)
            else:
                yield key.lower(), value.strip()
        if node.name == "style":
            text = "".join(child for child in node.children if isinstance(child, str))
            for body in _BODY.findall(_COMMENT.sub("", text)):
                yield from _declarations(body)


def _declarations(css: str) -> Iterator[tuple[str, str]]:
    for name, value in _DECLARATION.findall(_COMMENT.sub("", css)):
        yield name.lower(), value.replace("!important", "").strip()


def _is_clear(name: str, value: str) -> bool:
    """Whether a property lets something below shine through."""
    if name in _OPACITIES:
        return _share(value) < 1
    if name in _EFFECTS:
        return value.lower() not in {"", _EFFECTS[name], "initial", "unset"}
    if name in {"id", "class", "d", "href", "points"}:
        return False
    value = _ADDRESS.sub("", value.lower())
    if value == "transparent":
        return name not in {"fill", "stroke"}  # these two are written as "none"
    return _has_alpha(value)


def _share(value: str) -> float:
    """Return an opacity, 0 to 1; what is no number makes nothing transparent."""
    read = _NUMBER.match(value.strip())
    if read is None:
        return 1.0
    return float(read[1]) / (100 if read[2] else 1)


def _has_alpha(value: str) -> bool:
    """Whether a value holds a colour that is not opaque (CSS Color 4)."""
    for short, long in _HEX.findall(value):
        if (short or long).strip("f"):
            return True
    for inside, modern in _COLOUR.findall(value):
        if "/" in (inside or modern):
            parts = ["", "", "", (inside or modern).rpartition("/")[2]]
        else:
            parts = inside.split(",")
        if len(parts) == _WITH_ALPHA and _share(parts[3]) < 1:
            return True
    return False
