"""Where the profiles that printers ask for come from, and what stands in for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from press.model.printer import InkLimit

OWN = Path(__file__).parent / "profiles"

_DEBIAN = "install Debian's package icc-profiles (of its section non-free)"
_WAN_IFRA = f"{_DEBIAN}, or download it from WAN-IFRA"
_ECI = f"{_DEBIAN}, or download it from the European Color Initiative, eci.org"
_IDEALLIANCE = f"{_DEBIAN}, or download it from Idealliance"
_V4 = "; it is of version 4, so the standard must be x-4"
#: By the first letters of the file's name, longer ones before shorter.
SOURCES = (
    ("wan-ifranewspaper", _WAN_IFRA),
    ("isonewspaper", _WAN_IFRA),
    ("cgats21_crpc1", f"{_IDEALLIANCE}{_V4}"),
    ("swop", _IDEALLIANCE),
    ("gracol", _IDEALLIANCE),
    ("cgats", _IDEALLIANCE),
    ("isocoated_v2_300_bas", "install Debian's package scribus-data"),
    (
        "isocoated_v2_300",
        f"{_ECI}; Debian's package scribus-data has the equal ISOcoated_v2_300_bas",
    ),
    ("isocoated", _ECI),
    ("isowebcoated", _ECI),
    ("isouncoated", _ECI),
    ("pso", _ECI),
    ("psr", _ECI),
    ("sc_paper", _ECI),
    ("fogra39l", "install Debian's package texlive-base"),
)
_ASK = "ask the printer for its file"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """One of press's own profiles, and the ink limit it was made for."""

    name: str
    limit: float
    condition: str


#: The one with the least ink first.
STAND_INS = (
    StandIn(name="press-newsprint", limit=220, condition="PRESS-NEWSPRINT"),
    StandIn(name="press-heatset", limit=300, condition="PRESS-HEATSET"),
    StandIn(name="press-office", limit=320, condition="PRESS-OFFICE"),
)


def how_to_get(name: str) -> str:
    """Return what to do to have a profile of that name."""
    stem = Path(name).name.casefold()
    known = (said for begins, said in SOURCES if stem.startswith(begins))
    return (
        f"{next(known, _ASK)}; a file in the newspaper's folder is named in"
        " printer.yaml by its path"
    )


def stand_in(ink: InkLimit) -> StandIn:
    """Return the profile of press's own whose ink limit is nearest to the printer's."""
    return min(STAND_INS, key=lambda own: abs(own.limit - ink.point))


def own(name: str) -> StandIn | None:
    """Return the profile of press's own of that name."""
    wanted = name.casefold().removesuffix(".icc")
    return next((one for one in STAND_INS if one.name == wanted), None)
