"""Make press's own ICC profiles: src/press/adapters/icc/profiles/*.icc.

    .venv/bin/python tools/make_profiles.py            # all of them, two minutes
    .venv/bin/python tools/make_profiles.py newsprint  # one

They stand in where the printer's own profile is not installed. Nothing in them was
measured: each is calculated from the colours that a printing condition aims at (paper,
solid inks and their overprints, rounded) and from its dot gain.

* Ink to colour: Neugebauer's equations over the sixteen solids, with Yule and Nielsen's
  factor for the light that paper scatters; areas from tone values by the dot gain.
* Colour to ink: least squares, node by node; as much black as the colour bears times
  `Press.black`, and never more ink than `Press.limit`. The tables hold areas and the curves
  behind them tone values: a colour between two nodes has no more ink than they have.
* Perceptual: black and white of the screen become black and white of the press (black
  point compensation), and colours that are too strong are led towards the grey axis.
"""

from __future__ import annotations

import argparse
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FOLDER = Path(__file__).parents[1] / "src/press/adapters/icc/profiles"
D50 = np.array([0.9642, 1.0, 0.8249])
COPYRIGHT = "Calculated by press, not measured. Free to use, embed, share and change."
MADE = (2024, 1, 1, 0, 0, 0)

INK_NODES, LAB_NODES, CURVE = 9, 17, 257
SKEW = 0.2  #: Dot gain is largest a little below the half tone.
NEAR = 1.5  #: How much closer the nodes of a* and b* stand around grey.
TOLERANCE = 0.3  #: ΔE by which a colour may be missed for the sake of more black.
DEEP = 70  #: Relative lightness under which black takes over.
#: Which grey a strong colour is led to: as far from the middle as it is, times this.
AIM_LIGHT, AIM_DARK = -0.4, 0.9
KNEE = 0.9  #: Share of the way to the press's strongest colours that stays as it is.


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A printing condition, as Lab (D50) of its solids, and how its inks are set."""

    name: str
    says: str
    paper: tuple[float, float, float]
    #: C, M, CM, Y, CY, MY, CMY, K and the darkest of all.
    solids: tuple[tuple[float, float, float], ...]
    gain: tuple[float, float, float, float]  #: At the half tone, of C, M, Y, K.
    factor: float  #: Yule and Nielsen's n.
    limit: float  #: Most ink, in per cent of one.
    black: float  #: Share of the most black possible; more of it in shadows.
    darkest: tuple[float, float, float, float]  #: Tone values of the screen's black.


PRESSES = (
    Press(
        name="newsprint",
        says="press generic newsprint 26 %, not measured",
        paper=(82, 0, 3),
        solids=(
            (57, -23, -27),
            (54, 44, -2),
            (41, 7, -22),
            (78, -3, 58),
            (53, -34, 17),
            (52, 41, 25),
            (40, 0, 1),
            (36, 1, 4),
            (34, 1, 3),
        ),
        gain=(0.26, 0.26, 0.26, 0.26),
        factor=1.7,
        limit=220,
        black=0.93,
        darkest=(0.34, 0.26, 0.24, 1),
    ),
    Press(
        name="heatset",
        says="press generic heatset magazine 19 %, not measured",
        paper=(89, 0, 4),
        solids=(
            (54, -36, -43),
            (47, 70, -3),
            (26, 18, -43),
            (83, -5, 84),
            (49, -60, 25),
            (46, 64, 44),
            (24, 0, 0),
            (19, 0, 1),
            (10, 0, 0),
        ),
        gain=(0.17, 0.17, 0.17, 0.20),
        factor=1.8,
        limit=300,
        black=0.85,
        darkest=(0.6, 0.5, 0.46, 1),
    ),
    Press(
        name="office",
        says="press generic coated paper 15 %, not measured",
        paper=(95, 0, -2),
        solids=(
            (55, -37, -50),
            (48, 74, -3),
            (24, 20, -46),
            (89, -5, 93),
            (50, -66, 26),
            (47, 68, 48),
            (23, 0, 0),
            (16, 0, 0),
            (8, 0, 0),
        ),
        gain=(0.14, 0.14, 0.14, 0.16),
        factor=1.8,
        limit=320,
        black=0.75,
        darkest=(0.62, 0.52, 0.48, 1),
    ),
)


def xyz_of(lab: Array) -> Array:
    """Return XYZ under D50 of CIE Lab (CIE 15)."""
    light = (lab[..., 0] + 16) / 116
    f = np.stack([light + lab[..., 1] / 500, light, light - lab[..., 2] / 200], axis=-1)
    return np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * D50


def lab_of(xyz: Array) -> Array:
    """Return CIE Lab of XYZ under D50."""
    share = np.maximum(xyz, 0) / D50
    f = np.where(
        share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29
    )
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


class Printed:
    """What a press prints: colour relative to its paper, from the areas of its inks."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.paper = xyz_of(np.array(press.paper, float))
        given = xyz_of(np.array(press.solids, float)) / self.paper
        over = np.vstack([np.ones(3), given[:7]])
        depth = np.log(given[8] / given[7]) / np.log(given[6])
        self.solids = np.vstack([over, given[7] * over**depth]) ** (1 / press.factor)
        self._tones = np.linspace(0, 1, CURVE)
        self.curves = np.stack([self._gained(ink) for ink in range(4)])
        dark = self.areas(np.array([press.darkest], float))
        self.black = self._xyz(dark)[0]
        self.dark = float(self.lab(dark)[0, 0])

    def _gained(self, ink: int) -> Array:
        """Return the area that each tone value of an ink covers."""
        t, n = self._tones, self.press.factor
        seen = t + 4 * self.press.gain[ink] * t * (1 - t) * (1 + SKEW * (1 - 2 * t))
        solid = self.solids[1 << ink, (0, 1, 2, 1)[ink]]
        light = 1 - seen * (1 - solid**n)
        return np.asarray((1 - light ** (1 / n)) / (1 - solid))

    def areas(self, tones: Array) -> Array:
        """Return areas of tone values."""
        return np.stack(
            [np.interp(tones[:, i], self._tones, self.curves[i]) for i in range(4)], 1
        )

    def tones(self, areas: Array) -> Array:
        """Return tone values of areas."""
        return np.stack(
            [np.interp(areas[:, i], self.curves[i], self._tones) for i in range(4)], 1
        )

    def _xyz(self, areas: Array) -> Array:
        shares = np.ones((len(areas), 1))
        for ink in range(4):
            part = areas[:, ink : ink + 1]
            shares = np.hstack([shares * (1 - part), shares * part])
        return np.asarray((shares @ self.solids) ** self.press.factor)

    def lab(self, areas: Array) -> Array:
        """Return Lab relative to the paper."""
        return lab_of(self._xyz(areas) * D50)

    def deepened(self, lab: Array) -> Array:
        """Return colours with the press's black as the screen's (perceptual)."""
        return lab_of((xyz_of(lab) - self.black * D50) / (1 - self.black))

    def lifted(self, lab: Array) -> Array:
        """Return colours with the screen's black as the press's."""
        return lab_of(xyz_of(lab) * (1 - self.black) + self.black * D50)


class Search:
    """Finds the areas of ink that print a colour best (Levenberg and Marquardt)."""

    def __init__(self, printed: Printed) -> None:
        self.printed = printed

    def _missed(self, areas: Array, wanted: Array) -> Array:
        """Return how far off in lightness, chroma, hue, and ink over the limit."""
        off = self.printed.lab(areas) - wanted
        chroma = np.maximum(np.hypot(wanted[:, 1], wanted[:, 2]), 1e-9)
        cos, sin = wanted[:, 1] / chroma, wanted[:, 2] / chroma
        grey = chroma < 1
        cos, sin = np.where(grey, 1, cos), np.where(grey, 0, sin)
        weight = 1 - 0.35 * np.clip(chroma / 20, 0, 1)
        ink = self.printed.tones(areas).sum(1) * 100
        return np.stack(
            [
                off[:, 0],
                (off[:, 1] * cos + off[:, 2] * sin) * weight,
                (off[:, 2] * cos - off[:, 1] * sin) * (2 - weight),
                np.maximum(ink - self.printed.press.limit + 1, 0) * 0.5,
            ],
            axis=1,
        )

    def inks(
        self, wanted: Array, start: Array, free: int, rounds: int = 30
    ) -> tuple[Array, Array]:
        """Return areas and ΔE; the first `free` inks are sought, the others stay."""
        at = start.copy()
        off = self._missed(at, wanted)
        damp = np.full(len(at), 1.0)
        for _ in range(rounds):
            slope = self._slope(at, wanted, off, free)
            down = np.einsum("nrf,nr->nf", slope, off)
            held = ((at[:, :free] <= 0) & (down > 0)) | (
                (at[:, :free] >= 1) & (down < 0)
            )
            slope = np.where(held[:, None, :], 0, slope)
            square = np.einsum("nrf,nrg->nfg", slope, slope)
            square += (damp[:, None, None] + 1e-3) * np.eye(free)
            step = np.linalg.solve(square, np.where(held, 0, down)[..., None])[..., 0]
            tried = at.copy()
            tried[:, :free] = np.clip(at[:, :free] - step, 0, 1)
            then = self._missed(tried, wanted)
            better = (then**2).sum(1) < (off**2).sum(1)
            at[better], off[better] = tried[better], then[better]
            damp = np.clip(np.where(better, damp * 0.3, damp * 6), 1e-6, 1e8)
        return at, np.sqrt((off**2).sum(1))

    def _slope(self, at: Array, wanted: Array, off: Array, free: int) -> Array:
        slope = np.empty((len(at), off.shape[1], free))
        for ink in range(free):
            step = np.where(at[:, ink] > 0.5, -1e-4, 1e-4)  # noqa: PLR2004
            moved = at.copy()
            moved[:, ink] += step
            slope[:, :, ink] = (self._missed(moved, wanted) - off) / step[:, None]
        return slope

    def reach(self, wanted: Array) -> Array:
        """Return by how much each colour is missed at best."""
        return self.inks(wanted, np.full((len(wanted), 4), 0.3), 4, 25)[1]

    def separated(self, wanted: Array) -> Array:
        """Return areas of ink of a whole grid of colours, with the press's black."""
        blacks = np.linspace(0, 1, 17)
        missed = []
        start = np.full((len(wanted), 4), 0.3)
        for black in blacks:
            start[:, 3] = black
            missed.append(self.inks(wanted, start, 3, 20)[1])
        least, most = _bounds(np.stack(missed, axis=1), blacks)
        grid = (LAB_NODES,) * 3
        shadow = np.clip((DEEP - wanted[:, 0]) / (DEEP - self.printed.dark), 0, 1)
        share = self.printed.press.black
        black = least + (most - least) * (share + (1 - share) * shadow)
        black = np.clip(_smoothed(black.reshape(grid)).reshape(-1), 0, 1)
        start = np.full((len(wanted), 4), 0.2)
        start[:, 3] = black
        return self._capped(self.inks(wanted, start, 3, 40)[0])

    def _capped(self, areas: Array) -> Array:
        """Return areas whose tone values keep to the limit; black stays."""
        tones = self.printed.tones(areas)
        most = self.printed.press.limit / 100 - tones[:, 3] - 0.005
        share = np.minimum(1, most / np.maximum(tones[:, :3].sum(1), 1e-9))
        tones[:, :3] *= share[:, None]
        return self.printed.areas(tones)


def _bounds(missed: Array, blacks: Array) -> tuple[Array, Array]:
    """Return the least and the most black with which each colour is still met."""
    over = missed - missed.min(1, keepdims=True) - TOLERANCE
    met = over <= 0
    rows = np.arange(len(met))
    first = met.argmax(1)
    last = met.shape[1] - 1 - met[:, ::-1].argmax(1)

    def edge(inside: NDArray[np.intp], outside: NDArray[np.intp]) -> Array:
        beyond = np.clip(outside, 0, len(blacks) - 1)
        low, high = over[rows, inside], over[rows, beyond]
        same = beyond == inside
        share = np.where(same, 0, low / np.where(same, 1, low - high))
        return np.asarray(blacks[inside] + share * (blacks[beyond] - blacks[inside]))

    return edge(first, first - 1), edge(last, last + 1)


def _smoothed(grid: Array) -> Array:
    """Return a grid with every node evened out with its neighbours."""
    for axis in range(3):
        edges = [(1, 1) if one == axis else (0, 0) for one in range(3)]
        wide = np.moveaxis(np.pad(grid, edges, mode="edge"), axis, 0)
        grid = np.moveaxis((wide[:-2] + 2 * wide[1:-1] + wide[2:]) / 4, 0, axis)
    return grid


def compressed(search: Search, lab: Array) -> Array:
    """Return colours led into the press's gamut, towards a grey."""
    lifted = search.printed.lifted(lab)
    middle = (100 + search.printed.dark) / 2
    focus = np.zeros_like(lifted)
    above = lifted[:, 0] - middle
    focus[:, 0] = middle + np.where(above > 0, AIM_LIGHT, AIM_DARK) * above
    way = lifted - focus
    low, high = np.zeros(len(lab)), np.full(len(lab), 2.0)
    for _ in range(9):
        half = (low + high) / 2
        inside = search.reach(focus + half[:, None] * way) < 1
        low, high = np.where(inside, half, low), np.where(inside, high, half)
    most = np.maximum(low, 1e-3)
    asked = 1 / most
    soft = KNEE + (1 - KNEE) * (1 - np.exp(-(asked - KNEE) / (1 - KNEE)))
    bent = np.where(asked > KNEE, soft, asked) * most
    chroma = np.clip(np.hypot(lab[:, 1], lab[:, 2]) / 20, 0, 1)
    share = chroma * chroma * (3 - 2 * chroma)
    kept = (1 - share) * np.minimum(1, most) + share * bent
    return np.asarray(focus + kept[:, None] * way)


def lab_curves() -> Array:
    """Return the curves before a table of Lab: L* to 100, a* and b* denser at grey."""
    coded = np.linspace(0, 1, CURVE)
    light = np.minimum(1, coded * 65535 / 65280)
    side = (coded * 65535 / 256 - 128) / 128
    bent = np.sign(side) * (1 - np.exp(-NEAR * np.abs(side))) / (1 - np.exp(-NEAR))
    around = np.clip(0.5 + bent / 2, 0, 1)
    return np.stack([light, around, around])


def lab_nodes() -> Array:
    """Return the Lab of every node behind those curves."""
    at = np.linspace(0, 1, LAB_NODES)
    side = 2 * at - 1
    far = -np.log(1 - np.abs(side) * (1 - np.exp(-NEAR))) / NEAR
    around = np.sign(side) * far * 128
    light, a, b = np.meshgrid(at * 100, around, around, indexing="ij")
    return np.stack([light.ravel(), a.ravel(), b.ravel()], axis=1)


def ink_nodes() -> Array:
    """Return the areas of every node of a table of inks."""
    at = np.linspace(0, 1, INK_NODES)
    return np.stack([x.ravel() for x in np.meshgrid(at, at, at, at, indexing="ij")], 1)


def words(values: Array) -> bytes:
    """Return numbers from 0 to 1 as 16-bit words."""
    return np.rint(np.clip(values, 0, 1) * 65535).astype(">u2").tobytes()


def coded(lab: Array) -> Array:
    """Return Lab as lut16Type codes it (ICC.1:1998, 6.5.8 and table 39)."""
    return (lab * [652.8, 256, 256] + [0, 32768, 32768]) / 65535


def lut16(before: Array, table: Array, nodes: int, after: Array) -> bytes:
    """Return a lut16Type: curves, a table of nodes, and curves."""
    head = struct.pack(">4sI3Bx", b"mft2", 0, len(before), len(after), nodes)
    head += struct.pack(">9i", *(65536, 0, 0, 0, 65536, 0, 0, 0, 65536))
    head += struct.pack(">2H", before.shape[1], after.shape[1])
    return head + words(before) + words(table) + words(after)


def described(text: str) -> bytes:
    """Return a textDescriptionType, in ASCII only."""
    plain = text.encode("ascii") + b"\0"
    return struct.pack(">4sII", b"desc", 0, len(plain)) + plain + bytes(4 + 4 + 3 + 67)


def point(xyz: Array) -> bytes:
    """Return an XYZType."""
    return struct.pack(">4sI3i", b"XYZ ", 0, *np.rint(xyz * 65536).astype(int))


def tags(press: Press) -> dict[str, bytes]:
    """Return the tags that an output profile needs (ICC.1:1998, 6.3.3)."""
    printed = Printed(press)
    search = Search(printed)
    plain = np.stack([np.linspace(0, 1, 2)] * 3)
    tones = np.linspace(0, 1, CURVE)
    after = np.stack([np.interp(tones, curve, tones) for curve in printed.curves])
    seen, lab = printed.lab(ink_nodes()), lab_nodes()
    deep = lut16(printed.curves, coded(printed.deepened(seen)), INK_NODES, plain)
    exact = lut16(printed.curves, coded(seen), INK_NODES, plain)
    inks = [
        lut16(lab_curves(), search.separated(wanted), LAB_NODES, after)
        for wanted in (compressed(search, lab), lab)
    ]
    beyond = np.clip(search.reach(lab)[:, None] - 1, 0, 20) / 20
    return {
        "desc": described(press.says),
        "cprt": struct.pack(">4sI", b"text", 0) + COPYRIGHT.encode() + b"\0",
        "wtpt": point(printed.paper),
        "A2B0": deep,
        "A2B1": exact,
        "A2B2": deep,
        "B2A0": inks[0],
        "B2A1": inks[1],
        "B2A2": inks[0],
        "gamt": lut16(lab_curves(), beyond, LAB_NODES, plain[:1]),
    }


def profile(tagged: dict[str, bytes]) -> bytes:
    """Return the file: header, table of tags, tags; equal tags stand in it once."""
    at = 128 + 4 + 12 * len(tagged)
    table, body = struct.pack(">I", len(tagged)), b""
    placed: dict[bytes, int] = {}
    for name, data in tagged.items():
        if data not in placed:
            placed[data] = at + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name.encode(), placed[data], len(data))
    head = struct.pack(
        ">I4xI4s4s4s6H4s4xI4xI8xI3i",
        *(at + len(body), 0x02100000, b"prtr", b"CMYK", b"Lab ", *MADE, b"acsp"),
        *(0, 0, 0, 0xF6D6, 0x10000, 0xD32D),
    )
    return head.ljust(128, b"\0") + table + body


def main() -> None:
    """Make the profiles."""
    reader = argparse.ArgumentParser(description=main.__doc__)
    names = [press.name for press in PRESSES]
    reader.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    asked = reader.parse_args().names or names
    FOLDER.mkdir(parents=True, exist_ok=True)
    for press in PRESSES:
        if press.name in asked:
            (FOLDER / f"press-{press.name}.icc").write_bytes(profile(tags(press)))


if __name__ == "__main__":
    main()
