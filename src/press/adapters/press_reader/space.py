"""Colour spaces by name, and how many components they have."""

from __future__ import annotations

from typing import Any

import pikepdf

from press.model.press_facts import Paint

DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
#: What a page's resources may put in place of a device's own space.
_DEFAULTS = {
    "DeviceGray": "/DefaultGray",
    "DeviceRGB": "/DefaultRGB",
    "DeviceCMYK": "/DefaultCMYK",
}
#: Short names of inline images.
_SHORT = {
    "G": "DeviceGray",
    "RGB": "DeviceRGB",
    "CMYK": "DeviceCMYK",
    "I": "Indexed",
}
_FIXED = {"CalGray": 1, "CalRGB": 3, "Lab": 3, "Separation": 1, "Indexed": 1}
_DEEPEST = 6
UNKNOWN = "unknown"


def name_of(space: Any, resources: Any, deep: int = 0) -> str:
    """Return a colour space's name, such as DeviceCMYK, ICCBased:3, Separation:All."""
    if deep <= _DEEPEST and isinstance(space, pikepdf.Name):
        return _named(str(space)[1:], resources, deep)
    if deep <= _DEEPEST and isinstance(space, pikepdf.Array) and len(space):
        return _made_of(list(space), resources, deep)
    return UNKNOWN


def _made_of(space: list[Any], resources: Any, deep: int) -> str:
    kind = str(space[0])[1:]
    kind = _SHORT.get(kind, kind)
    if kind == "Pattern" or len(space) == 1:
        return _named(kind, resources, deep) if kind in DEVICE else kind
    match kind:
        case "ICCBased":
            return f"{kind}:{int(space[1].get('/N', 0))}"
        case "Separation":
            return f"{kind}:{str(space[1])[1:]}"
        case "DeviceN":
            return f"{kind}:" + "+".join(str(name)[1:] for name in space[1])
        case "Indexed":
            return f"{kind}:{name_of(space[1], resources, deep + 1)}"
        case _:
            return kind


def _named(name: str, resources: Any, deep: int) -> str:
    name = _SHORT.get(name, name)
    spaces = entry(resources, "/ColorSpace")
    if name in DEVICE:
        default = entry(spaces, _DEFAULTS[name])
        return name if default is None else name_of(default, None, deep + 1)
    if name == "Pattern":
        return name
    found = entry(spaces, f"/{name}")
    return UNKNOWN if found is None else name_of(found, resources, deep + 1)


def components(name: str) -> int:
    """Return how many components a colour space of that name has; 0 if not known."""
    kind, _, rest = name.partition(":")
    if kind == "ICCBased":
        return int(rest)
    if kind == "DeviceN":
        return rest.count("+") + 1
    return DEVICE.get(kind) or _FIXED.get(kind, 0)


def initial(name: str) -> Paint:
    """Return the colour that is current when a space has just been chosen."""
    if name == "DeviceCMYK":
        return Paint(name, (0.0, 0.0, 0.0, 1.0))
    if name.startswith(("Separation", "DeviceN")):
        return Paint(name, (1.0,) * components(name))
    return Paint(name, (0.0,) * components(name))


def outputs(function: Any) -> int:
    """Return how many values a shading's function gives; 0 if that is not known."""
    if isinstance(function, pikepdf.Array):
        return len(function)
    kind = int(function.get("/FunctionType", -1))
    if kind == 2:  # noqa: PLR2004
        return len(function.get("/C0", [0]))
    if kind == 3:  # noqa: PLR2004
        return outputs(function.Functions[0])
    return len(function.get("/Range", ())) // 2


def entry(holder: Any, name: str) -> Any:
    """Return an entry of a dictionary; None where there is neither."""
    if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)):
        return holder.get(name)
    return None
