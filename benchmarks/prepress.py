"""What going to press takes, one section for each part of it.

`python -m benchmarks.prepress` runs all sections, `python -m benchmarks.prepress pictures`
runs one.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from unittest import mock

from PIL import Image

from benchmarks.meter import Watch
from benchmarks.tabloid import Silent, Work, tabloid
from press.adapters.cache import FolderCache
from press.adapters.icc import IccShelf
from press.adapters.plates import PdfiumPlates
from press.adapters.press_reader import PikepdfPressReader
from press.adapters.workshop import ForkedWorkshop
from press.desk.press import PressDesk
from press.desk.readback import ReadingDesk
from press.manifest.printer import shipped_printer
from press.model.finding import Checked
from press.model.press import PressJob, Profile, ReplicaJob
from press.model.printer import PressProfile, Printer
from press.prepress.impose import impose

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "src/press/adapters/icc/profiles/press-newsprint.icc"
ROUNDS = 3

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
    """Return a printer of tabloids on newsprint, for press's own profile."""
    printer = shipped_printer("newsprint-tabloid")
    own = PressProfile(name="press-newsprint", condition="")
    return replace(printer, profile=own)


def a_profile() -> Profile:
    """Return press's own profile of newsprint."""
    printer = a_printer()
    found = IccShelf(ROOT).find(printer.profile, printer).value
    assert found is not None
    return found


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


# ---------------------------------------------------------------- 48 pages


def edition() -> None:
    """Print what 48 bound pages take from here to the press, part by part."""
    with tempfile.TemporaryDirectory() as name:
        work = tabloid(Path(name))
        printed = work.printed
        print(f"{len(printed.views)} pages, {len(printed.pictures)} pictures")
        print(f"{'medians':32}{'wall s':>9}{'cpu s':>9}{'MB':>7}{'file MB':>9}")
        parts = Parts(work)
        for what, run in parts.all().items():
            rounds = [_timed(run) for _ in range(ROUNDS)]
            wall, cpu, size = (median(row) for row in zip(*rounds, strict=True))
            memory = _most_memory(run)
            shown = f"{size:9.1f}" if size else ""
            print(f"{what:32}{wall:9.2f}{cpu:9.2f}{memory:7.0f}{shown}", flush=True)


class Parts:
    """The parts of the work, each on its own; the desk does them side by side."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._desk = PressDesk(work.desk, work.forme, work.tools)
        self._alone = ForkedWorkshop(1)
        made = self._desk.make(work.printed, Silent()).value
        if made is None:
            raise SystemExit("the pages cannot be made ready for the press")
        self._pdf = made.print

    def all(self) -> dict[str, Callable[[], bytes | None]]:
        """Return what is measured, by what it is called."""
        tools, pdf, cores = self._work.tools, self._pdf, self._work.tools.workshop
        printer, alone = self._work.desk.layout.printer, self._alone
        sides = impose(len(self._work.printed.views), printer).value or ()
        jobs = self._jobs()
        return {
            "finishing": lambda: tools.finisher.finish(*jobs[0]).value,
            "replica": lambda: tools.replica.make(*jobs[1]).value,
            "spreads": lambda: tools.stripper.spreads(pdf, sides),
            "pages": lambda: b"".join(tools.stripper.pages(pdf)),
            f"all of these, {cores.workers} cores": self._press,
            "facts": lambda: _none(PikepdfPressReader(alone).read(pdf)),
            "words": lambda: _none(tools.reader.read(pdf)),
            "plates": lambda: _none(PdfiumPlates().read(pdf, printer)),
            f"all of preflight, {cores.workers} cores": self._preflight,
            "the same, seen before": self._preflight_again,
        }

    def _jobs(self) -> tuple[tuple[bytes, PressJob], tuple[bytes, ReplicaJob]]:
        """Return what the desk asks of finisher and replica."""
        finisher, replica = mock.Mock(), mock.Mock()
        finisher.finish.return_value = replica.make.return_value = Checked(value=None)
        tools = replace(
            self._work.tools, finisher=finisher, replica=replica, workshop=self._alone
        )
        desk = PressDesk(self._work.desk, self._work.forme, tools)
        desk.make(self._work.printed, Silent())
        return finisher.finish.call_args.args, replica.make.call_args.args

    def _press(self) -> bytes | None:
        made = self._desk.make(self._work.printed, Silent()).value
        return made and made.print

    def _preflight(self) -> bytes | None:
        tools = replace(
            self._work.tools,
            cache=FolderCache(Path(os.devnull)),  # keeps nothing
            press_reader=PikepdfPressReader(self._work.tools.workshop),
        )
        desk = ReadingDesk(self._work.desk, tools, "D:20240901000000Z")
        return _none(desk.read(self._pdf, self._work.printed))

    def _preflight_again(self) -> bytes | None:
        desk = ReadingDesk(self._work.desk, self._work.tools, "D:20240901000000Z")
        return _none(desk.read(self._pdf, self._work.printed))


def _none(_: object) -> None:
    return None


def _timed(run: Callable[[], bytes | None]) -> tuple[float, float, float]:
    """Return seconds on the clock and of processors, and megabytes of what was made."""
    gc.collect()
    start, work = time.perf_counter(), _worked()
    made = run()
    wall, cpu = time.perf_counter() - start, _worked() - work
    return wall, cpu, len(made or b"") / 1e6


def _most_memory(run: Callable[[], object]) -> float:
    """Return the most megabytes of this process and its forks; looking takes time."""
    gc.collect()
    watch = Watch(os.getpid())
    watch.start()
    run()
    watch.stop()
    return watch.most / 1024


def _worked() -> float:
    """Return the seconds of processors that this process and its forks used."""
    return sum(
        use.ru_utime + use.ru_stime
        for use in map(
            resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
    )


# ---------------------------------------------------------------- all of it

SECTIONS: dict[str, Callable[[], None]] = {"pictures": pictures, "edition": edition}


def main() -> None:
    """Run the sections that the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help=", ".join(SECTIONS))
    sections = parser.parse_args().sections or SECTIONS
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    for name in sections:
        SECTIONS[name]()


if __name__ == "__main__":
    main()
