"""What was made once is not made again, and nothing stale is ever used."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from press.adapters.pictures import PillowPictureLab
from press.model.article import Focus, Picture, PictureKind
from press.model.errors import CannotWriteError
from tests.adapters.pictures import a_job_of, codes

_OPENED: list[str] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        _OPENED.append(str(arguments[0]))


sys.addaudithook(_listen)


def a_picture(root, name="mill.jpg") -> Picture:
    Image.effect_noise((900, 600), 60).convert("RGB").save(root / name)
    return Picture(file=name)


def a_lab(root: Path, cache: Path, **options: Any) -> Any:
    return PillowPictureLab(root, cache, **options)


def an_hour_passes(cache) -> None:
    """Let what the lab noted be older than any doubt about file times."""
    for note in cache.rglob("*.json"):
        later = note.stat().st_mtime_ns + 3600 * 10**9
        os.utime(note, ns=(later, later))


def test_an_untouched_picture_is_neither_read_nor_made_again(root, cache):
    job = a_job_of(a_picture(root))
    [first] = a_lab(root, cache).prepare([job])
    an_hour_passes(cache)
    made = (cache / first.value.name).stat()
    _OPENED.clear()

    [second] = a_lab(root, cache).prepare([job])

    assert [name for name in _OPENED if "mill.jpg" in name] == []
    assert second == first
    assert (cache / first.value.name).stat() == made


def test_a_picture_written_a_moment_ago_is_hashed_but_not_made_again(root, cache):
    job = a_job_of(a_picture(root))
    [first] = a_lab(root, cache).prepare([job])
    made = (cache / first.value.name).stat()
    _OPENED.clear()

    [second] = a_lab(root, cache).prepare([job])

    assert any("mill.jpg" in name for name in _OPENED)
    assert second == first
    assert (cache / first.value.name).stat() == made


@pytest.mark.parametrize("hours", [0, 1])
def test_other_content_of_the_same_size_and_time_is_noticed(root, cache, hours):
    picture = a_picture(root)
    before = (root / "mill.jpg").stat()
    a_lab(root, cache).prepare([a_job_of(picture)])
    for _ in range(hours):
        an_hour_passes(cache)
    with (root / "mill.jpg").open("r+b") as file:
        file.write(b"<html>".ljust(before.st_size))
    os.utime(root / "mill.jpg", ns=(before.st_atime_ns, before.st_mtime_ns))

    [prepared] = a_lab(root, cache).prepare([a_job_of(picture)])

    assert prepared.value is None
    assert codes(prepared) == ["picture.kind"]


def test_a_renamed_picture_is_not_made_again(root, cache):
    [first] = a_lab(root, cache).prepare([a_job_of(a_picture(root))])
    made = (cache / first.value.name).stat()
    (root / "mill.jpg").rename(root / "water-mill.jpg")

    job = a_job_of(Picture(file="water-mill.jpg"))
    [second] = a_lab(root, cache).prepare([job])

    assert second.value == first.value
    assert (cache / first.value.name).stat() == made


def test_another_job_is_another_picture(root, cache):
    clear = Image.new("RGBA", (900, 600), (0, 0, 0, 9))
    clear.paste(Image.effect_noise((900, 300), 60), (0, 0))
    clear.save(root / "mill.png")
    picture = Picture(file="mill.png")
    jobs = [
        a_job_of(picture),
        a_job_of(picture, (50, 40)),
        a_job_of(picture, (30, 20)),
        a_job_of(picture, paper="#f0e0c0"),
        a_job_of(Picture(file="mill.png", focus=Focus(x=0, y=0)), (50, 40)),
        a_job_of(Picture(file="mill.png", focus=Focus(x=1, y=0)), (50, 40)),
    ]

    prepared = a_lab(root, cache).prepare(jobs)

    assert len({one.value.name for one in prepared}) == len(jobs)


def test_the_findings_of_a_picture_come_again_from_the_store(root, cache):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.effect_noise((90, 60), 60).save(root / "mill.png", "JPEG", exif=exif)
    job = a_job_of(Picture(file="mill.png"), (40, 60))
    lab = a_lab(root, cache)
    first = lab.prepare([job]), lab.inspect(job.picture)
    an_hour_passes(cache)

    again = a_lab(root, cache)

    assert (again.prepare([job]), again.inspect(job.picture)) == first
    assert codes(first[0][0]) == ["picture.rotated", "picture.resolution"]
    assert codes(first[1]) == ["picture.kind"]


@pytest.mark.parametrize("damage", ["gone", "empty", "garbage", "notes"])
def test_a_store_that_was_tampered_with_is_made_good(root, cache, damage):
    job = a_job_of(a_picture(root))
    [first] = a_lab(root, cache).prepare([job])
    data = (cache / first.value.name).read_bytes()
    an_hour_passes(cache)
    if damage == "gone":
        (cache / first.value.name).unlink()
    if damage == "empty":
        (cache / first.value.name).write_bytes(b"")
    if damage == "garbage":
        (cache / first.value.name).write_bytes(bytes(len(data)))
    for note in cache.rglob("*.json") if damage == "notes" else ():
        note.write_text('{"pixels": 7}')

    [second] = a_lab(root, cache).prepare([job])

    assert second == first
    assert (cache / first.value.name).read_bytes() == data


def test_the_same_pictures_are_the_same_bytes_with_any_number_of_threads(
    root, tmp_path
):
    pictures = [a_picture(root, f"{number}.jpg") for number in range(6)]
    jobs = [a_job_of(picture, (30, 20 + at)) for at, picture in enumerate(pictures)]

    names = [
        [
            one.value.name
            for one in a_lab(root, tmp_path / f"{threads}", threads=threads).prepare(
                jobs
            )
        ]
        for threads in (1, 2, 7)
    ]

    assert names[0] == names[1] == names[2]
    assert len(set(names[0])) == len(jobs)


def test_one_picture_wanted_often_at_once_is_made_whole(root, cache):
    job = a_job_of(a_picture(root))

    prepared = a_lab(root, cache, threads=6).prepare([job] * 12)

    assert len({one.value.name for one in prepared}) == 1
    assert [file.name for file in cache.iterdir() if file.is_file()] == [
        prepared[0].value.name
    ]


def test_a_store_that_cannot_be_written_stops_press(root, cache):
    cache.write_text("a file stands where the folder should be")
    job = a_job_of(a_picture(root))

    with pytest.raises(CannotWriteError, match="cannot be kept"):
        a_lab(root, cache).prepare([job])


def test_a_chart_and_a_photograph_of_one_shape_are_the_same_file(root, cache):
    picture = a_picture(root)
    chart = Picture(file=picture.file, kind=PictureKind.CHART)

    photo, shown = a_lab(root, cache).prepare([a_job_of(picture), a_job_of(chart)])

    assert photo.value.name == shown.value.name


def test_a_picture_that_was_found_whole_is_not_decoded_again(root, cache):
    pictures = [a_picture(root)]
    assert a_lab(root, cache).find_damaged(pictures) == ()
    an_hour_passes(cache)
    _OPENED.clear()

    assert a_lab(root, cache).find_damaged(pictures) == ()
    assert [name for name in _OPENED if "mill.jpg" in name] == []


def test_a_look_at_a_picture_does_not_find_it_whole(root, cache):
    picture = a_picture(root)
    data = (root / "mill.jpg").read_bytes()
    (root / "mill.jpg").write_bytes(data[: len(data) // 2])
    assert a_lab(root, cache).inspect(picture).findings == ()
    an_hour_passes(cache)

    for _ in range(2):
        [found] = a_lab(root, cache).find_damaged([picture])
        assert found.code == "picture.truncated"


def test_a_picture_that_was_whole_and_is_cut_off_is_found(root, cache):
    pictures = [a_picture(root)]
    assert a_lab(root, cache).find_damaged(pictures) == ()
    an_hour_passes(cache)
    data = (root / "mill.jpg").read_bytes()
    (root / "mill.jpg").write_bytes(data[: len(data) // 2])

    [found] = a_lab(root, cache).find_damaged(pictures)

    assert found.code == "picture.truncated"
