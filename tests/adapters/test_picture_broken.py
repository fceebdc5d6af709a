"""A broken picture is an error that says so, never half a picture in print."""

from __future__ import annotations

import io
import random
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from press.adapters.pictures import PillowPictureLab
from press.adapters.pictures.strict import strict
from press.model.article import Picture
from press.model.finding import Severity
from tests.adapters.pictures import a_job, codes

KINDS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF"]


def a_file(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **options) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_that_ends_early_is_an_error(lab, root, kind, share):
    data = a_file(kind)
    (root / "mill").write_bytes(data[: int(len(data) * share)])

    [prepared] = lab.prepare([a_job("mill", (40, 30))])

    [found] = prepared.findings
    assert prepared.value is None
    assert (found.code, found.severity) == ("picture.truncated", Severity.ERROR)
    assert found.place.file == "mill"


@pytest.mark.parametrize(
    ("kind", "size"),
    [("JPEG", (400, 300)), ("PNG", (400, 300)), ("JPEG", (2000, 1500))],
)
def test_it_is_told_how_far_the_picture_goes(lab, root, kind, size):
    rows = size[1]
    data = a_file(kind, size)
    (root / "mill").write_bytes(data[: len(data) // 2])

    [prepared] = lab.prepare([a_job("mill", (40, 30))])

    row, of = (
        prepared.findings[0].message.partition("(row ")[2].rstrip(")").split(" of ")
    )
    assert int(of.replace(",", "")) == rows
    assert int(row.replace(",", "")) == pytest.approx(rows / 2, rel=0.15)


def test_a_progressive_jpeg_that_ends_early_is_an_error_too(lab, root):
    data = a_file("JPEG", progressive=True)
    (root / "mill").write_bytes(data[: len(data) * 9 // 10])

    [prepared] = lab.prepare([a_job("mill", (40, 30))])

    assert codes(prepared) == ["picture.truncated"]


def test_a_tiff_that_ends_early_is_an_error(lab, root):
    data = a_file("TIFF", compression="tiff_lzw")
    (root / "mill").write_bytes(data[: len(data) // 2])

    [prepared] = lab.prepare([a_job("mill", (40, 30))])

    assert codes(prepared) == ["picture.damaged"]


def test_damage_in_the_middle_is_an_error(lab, root):
    data = bytearray(a_file("PNG"))
    data[len(data) // 2] ^= 0xFF
    (root / "mill").write_bytes(data)

    [prepared] = lab.prepare([a_job("mill", (40, 30))])

    assert prepared.value is None
    assert codes(prepared) == ["picture.damaged"]


def test_a_head_without_a_picture_is_an_error(lab, root):
    for kind in KINDS:
        (root / "mill").write_bytes(a_file(kind)[:40])

        seen = lab.inspect(Picture(file="mill"))

        assert seen.value is None
        assert len(seen.findings) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_pillow_made_lenient_by_others_changes_nothing(lab, root, monkeypatch, kind):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = a_file(kind)
    (root / "mill").write_bytes(data[: len(data) // 2])

    [prepared] = lab.prepare([a_job("mill", (40, 30))])
    mailed = lab.for_mail(Picture(file="mill"), width=300, base="")

    assert codes(prepared) == ["picture.truncated"]
    assert codes(mailed) == ["picture.truncated"]
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_pillow_made_lenient_while_decoding_changes_nothing(lab, root, monkeypatch):
    with pytest.MonkeyPatch.context() as pillow:
        # Somebody before this test may have imported WeasyPrint.
        pillow.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
        prepare_while_lenient(lab, root, monkeypatch)


def prepare_while_lenient(
    lab: PillowPictureLab, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = ImageFile.ImageFile.load

    def load_lenient_once(image):
        monkeypatch.undo()
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        return load(image)

    data = a_file("JPEG")
    (root / "mill").write_bytes(data[: len(data) // 2])
    monkeypatch.setattr(ImageFile.ImageFile, "load", load_lenient_once)

    [prepared] = lab.prepare([a_job("mill", (40, 30))])

    assert codes(prepared) == ["picture.truncated"]
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_pillow_stays_strict_until_the_last_thread_is_done(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    inside, leave = threading.Event(), threading.Event()

    def decode_for_long():
        with strict():
            inside.set()
            leave.wait(10)

    slow = threading.Thread(target=decode_for_long)
    slow.start()
    inside.wait(10)
    with strict():
        pass
    after_the_quick_one = ImageFile.LOAD_TRUNCATED_IMAGES
    leave.set()
    slow.join()

    assert after_the_quick_one is False
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize("kind", KINDS)
def test_no_damage_ends_in_an_exception(lab, root, kind):
    chance = random.Random(kind)
    whole = a_file(kind, (80, 60))
    jobs = []
    for number in range(60):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(data) if number % 2 else min(200, len(data)))
            data[at] = chance.randrange(256)
        (root / str(number)).write_bytes(data[: chance.choice([None, len(data) - 40])])
        jobs.append(a_job(str(number), (40, 30)))

    for prepared in lab.prepare(jobs):
        assert prepared.value is not None or len(prepared.findings) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_half_a_picture_is_found_without_making_anything_of_it(lab, root, kind):
    data = a_file(kind)
    (root / "whole").write_bytes(data)
    (root / "half").write_bytes(data[: len(data) // 2])
    pictures = [Picture(file=name) for name in ("whole", "half", "half", "none")]

    [found] = lab.find_damaged(pictures)

    assert (found.code, found.severity) == ("picture.truncated", Severity.ERROR)
    assert found.place.file == "half"
