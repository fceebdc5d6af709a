"""What going to press takes, one section for each part of it.

`python -m benchmarks.prepress` runs all sections, `python -m benchmarks.prepress pictures`
runs one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PIL import Image

from press.model.length import Length
from press.model.press import Profile
from press.model.printer import PressProfile, Printer, Smallest

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "src/press/adapters/icc/profiles/press-newsprint.icc"
ROUNDS = 5

# ---------------------------------------------------------------- pictures

#: 100 megapixels, as large cameras make them.
LARGE = (12_240, 8_160)
#: Millimetres wide: one column, two columns, the type area of a tabloid.
WIDTHS = (50, 105, 259)

#: Prepares one picture for the press; says seconds of `prepare` and most megabytes of
#: the process, from its start.
PREPARE = """
import json, re, sys, time
from pathlib import Path
from benchmarks.prepress import a_printer, a_profile
from press.adapters.pictures import PillowPictureLab
from press.model.article import Picture
from press.model.length import Length
from press.model.picture import PictureJob

root, cache, mm = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
job = PictureJob(
    picture=Picture(file="large.jpg"),
    width=Length.of_mm(mm),
    height=Length.of_mm(mm * 2 / 3),
)
lab = PillowPictureLab(root, cache, printer=a_printer(), profile=a_profile())
small = PictureJob(
    picture=Picture(file="small.jpg"), width=Length.of_mm(9), height=Length.of_mm(6)
)
lab.prepare([small])  # loads the engines, as the first picture of a build does
lab.inspect(job.picture)
start, work = time.perf_counter(), time.process_time()
[prepared] = lab.prepare([job])
wall, cpu = time.perf_counter() - start, time.process_time() - work
again = time.perf_counter()
lab.prepare([job])
again = time.perf_counter() - again
status = Path("/proc/self/status").read_text()
most = int(re.search(r"VmHWM:\\s*(\\d+)", status)[1]) / 1024
print(json.dumps([wall, cpu, again, most, prepared.value.ink]))
"""


def a_printer() -> Printer:
    """Return a printer of tabloids on newsprint."""
    smallest = Smallest(
        positive=Length.of_pt(6), reversed=Length.of_pt(8), several=Length.of_pt(10)
    )
    return Printer(
        width=Length.of_mm(289),
        height=Length.of_mm(380),
        type_width=Length.of_mm(259),
        type_height=Length.of_mm(350),
        profile=PressProfile(name="newsprint", condition="newsprint"),
        type=smallest,
        lines=smallest,
    )


def a_profile() -> Profile:
    """Return press's own profile of newsprint."""
    data = PROFILE.read_bytes()
    return Profile(
        data=data,
        description="newsprint",
        version=2.4,
        condition="newsprint",
        sha256=hashlib.sha256(data).hexdigest(),
    )


def pictures() -> None:
    """Print what a photograph of 100 megapixels takes at three sizes, and once again."""
    print(
        f"{'100 megapixels':18}{'wall s':>9}{'cpu s':>9}{'again s':>9}{'MB':>6}{'ink':>8}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        soft = [Image.effect_noise((306, 204), 90).resize(LARGE) for _ in "RGB"]
        Image.merge("RGB", soft).save(folder / "large.jpg", quality=90)
        Image.merge("RGB", soft).resize((90, 60)).save(folder / "small.jpg")
        for mm in WIDTHS:
            rounds = [_prepare(folder, f"{mm}-{turn}", mm) for turn in range(ROUNDS)]
            wall, cpu, again, most, ink = (
                median(row) for row in zip(*rounds, strict=True)
            )
            what = f"{mm} mm wide"
            print(f"{what:18}{wall:9.2f}{cpu:9.2f}{again:9.3f}{most:6.0f}{ink:8.1f}")


def _prepare(folder: Path, cache: str, mm: float) -> list[float]:
    command = [sys.executable, "-c", PREPARE, folder, folder / cache, str(mm)]
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, check=True, capture_output=True, text=True
    )
    return list(map(float, json.loads(done.stdout)))


# ---------------------------------------------------------------- all of it

SECTIONS: dict[str, Callable[[], None]] = {"pictures": pictures}


def main() -> None:
    """Run the sections that the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help=", ".join(SECTIONS))
    for name in parser.parse_args().sections or SECTIONS:
        SECTIONS[name]()


if __name__ == "__main__":
    main()
