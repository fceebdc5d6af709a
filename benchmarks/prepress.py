"""What going to press takes, one section for each part of it.

`python -m benchmarks.prepress` runs all sections, `python -m benchmarks.prepress pictures`
runs one.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream
from PIL import Image

from press.adapters.finishing import PikepdfFinisher
from press.adapters.icc.inks import IccInks
from press.model.length import Length
from press.model.press import PlacedPicture, PressJob, Profile
from press.model.printer import PressProfile, Printer, Smallest
from press.prepress.marks import place_marks

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


# ---------------------------------------------------------------- finishing

PAGES = 48
TRIM = (Length.of_mm(289), Length.of_mm(380))
#: Of one page, as in the sample edition: lines of type, of a map, labels of charts.
TYPE, MAP, LABELS = 350, 5000, 12


def finishing() -> None:
    """Print what making 48 tabloid pages ready for the press takes."""
    print(f"{f'finishing {PAGES}':18}{'wall s':>9}{'cpu s':>9}{'MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        bound, job = _bound(), _job(Path(folder))
        finisher = PikepdfFinisher(IccInks(job.profile, 220), place_marks)
        for _ in range(ROUNDS):
            start, work = time.perf_counter(), time.process_time()
            done = finisher.finish(bound, job).value
            wall, cpu = time.perf_counter() - start, time.process_time() - work
            assert done is not None
            print(f"{'':18}{wall:9.2f}{cpu:9.2f}{len(done) / 1e6:9.1f}")


def _job(folder: Path) -> PressJob:
    placed = {}
    for number in range(PAGES):
        name = f"{hashlib.sha256(_stand_in(number)).hexdigest()[:32]}.jpg"
        placed[name] = PlacedPicture(press=f"{number}.jpg", screen="")
        art = Image.effect_mandelbrot((900, 600), (-2, -1, 1, 1 + number / 99), 50)
        Image.merge("CMYK", [art] * 4).save(folder / f"{number}.jpg", quality=88)
    return PressJob(
        printer=replace(a_printer(), marks=True),
        profile=a_profile(),
        pictures=placed,
        folder=str(folder),
        date=0,
        slug="Benchmark",
    )


def _bound() -> bytes:
    with Pdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1))
        for number in range(PAGES):
            pdf.pages.append(_page(pdf, font, number))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _page(pdf: Pdf, font: object, number: int) -> Page:
    things = Dictionary(P=_placed_picture(pdf, number))
    for label in range(LABELS):
        things[f"/x{label}"] = _chart_label(pdf, font, label)
    resources = Dictionary(
        Font=Dictionary(F=font),
        XObject=things,
        ExtGState=Dictionary({"/a1.0": Dictionary(ca=1)}),
    )
    box = Array([0, 0, round(TRIM[0].pt, 4), round(TRIM[1].pt, 4)])
    leaf = Dictionary(
        Type=Name.Page,
        MediaBox=box,
        TrimBox=box,
        Resources=resources,
        Contents=Stream(pdf, _page_content(number).encode()),
    )
    return Page(pdf.make_indirect(leaf))


def _page_content(number: int) -> str:
    words = " ".join(f"<{letter:04x}>{letter % 7}" for letter in range(40))
    lines = (
        f"q\n/Span\n<</MCID {line}>>\nBDC\n/a1.0 gs\n/DeviceCMYK cs\n0 0 0 1 scn\n"
        f"BT\n1 0 0 -1 {line % 5 * 200}.5 {line % 88 * 14} Tm\n/F 12 Tf\n"
        f"[{words}] TJ\nET\nEMC\nQ"
        for line in range(TYPE)
    )
    points = (
        f"{point % 97 * 8}.{number:02} {point % 89 * 9}.25 l" for point in range(MAP)
    )
    labels = (f"q\n1 0 0 1 {label} 9 cm\n/x{label} Do\nQ" for label in range(LABELS))
    parts = (
        "1 0 0 -1 0 1077 cm\nq\n.75 0 0 .75 0 0 cm",
        *lines,
        "q\n0.2 0.4 0.6 rg\n0 0 m",
        *points,
        "f\nQ",
        *labels,
        "q\n300 0 0 -200 50 600 cm\n/P Do\nQ\nQ",
    )
    return "\n".join(parts)


def _chart_label(pdf: Pdf, font: object, number: int) -> Stream:
    content = f"q\n0.1 0.1 0.1 rg\nBT\n/F 7 Tf\n[<{number:04x}>0] TJ\nET\nQ"
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    return Stream(
        pdf,
        content.encode(),
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 99, 99]),
            Group=group,
            Resources=Dictionary(Font=Dictionary(F=font)),
        ),
    )


def _placed_picture(pdf: Pdf, number: int) -> Stream:
    return Stream(
        pdf,
        _stand_in(number),
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=90,
            Height=60,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        ),
    )


def _stand_in(number: int) -> bytes:
    out = io.BytesIO()
    comment = str(number).encode()
    Image.new("L", (90, 60), 128).save(out, "JPEG", comment=comment)
    return out.getvalue()


# ---------------------------------------------------------------- all of it

SECTIONS: dict[str, Callable[[], None]] = {"pictures": pictures, "finishing": finishing}


def main() -> None:
    """Run the sections that the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help=", ".join(SECTIONS))
    for name in parser.parse_args().sections or SECTIONS:
        SECTIONS[name]()


if __name__ == "__main__":
    main()
