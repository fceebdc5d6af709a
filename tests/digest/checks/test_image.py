"""Pictures are light, in a format that shows, and say their size."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.digest.checks.image import HEAVY, HEAVY_ALL, picture_weights
from press.model.digest import MailPicture
from press.model.finding import Severity
from tests.digest.builders import SMALL_JPEG
from tests.digest.checks.sample import Sample, codes


def a_file(name: str = "one.jpg", octets: int = 4, **changes: object) -> MailPicture:
    picture = MailPicture(
        name=name,
        url=f"https://media.quoin.example/{name}",
        data=SMALL_JPEG + b"\0" * (octets - len(SMALL_JPEG)),
        width=592,
        height=395,
        alt="A press",
    )
    return replace(picture, **changes)  # type: ignore[arg-type]


def test_a_heavy_picture_is_named(mail: Sample) -> None:
    light, heavy = a_file("light.jpg", HEAVY), a_file("heavy.jpg", HEAVY + 1)

    (finding,) = mail.with_pictures(light, heavy)

    assert (finding.code, finding.severity) == (
        "digest.picture-weight",
        Severity.WARNING,
    )
    assert finding.message.startswith(f"heavy.jpg weighs {HEAVY + 1:,} bytes")


def test_many_light_pictures_are_heavy_together(mail: Sample) -> None:
    files = [a_file(f"{n}.jpg", HEAVY) for n in range(5)]

    assert mail.with_pictures(*files) == []
    (finding,) = mail.with_pictures(*files, a_file("last.jpg"))

    assert f"{HEAVY_ALL + 4:,} bytes" in finding.message
    assert finding.hint is not None
    assert "0.jpg 200,000" in finding.hint


def test_a_picture_shown_twice_is_fetched_once() -> None:
    told = picture_weights(
        [a_file("a.jpg", 10), a_file("b.jpg", 30), a_file("b.jpg", 30)]
    )

    assert (told.total, told.each) == (40, (("b.jpg", 30), ("a.jpg", 10)))


@pytest.mark.parametrize("data", [b"RIFF....WEBP", b"<svg/>", b"", b"BM......"])
def test_a_file_of_another_format_is_found(mail: Sample, data: bytes) -> None:
    assert codes(mail.with_pictures(a_file(data=data))) == ["digest.picture-format"]


@pytest.mark.parametrize("data", [SMALL_JPEG, b"\x89PNG\r\n\x1a\n..", b"GIF89a.."])
def test_a_file_that_every_mail_program_shows_passes(mail: Sample, data: bytes) -> None:
    assert mail.with_pictures(a_file(data=data)) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('width="592"', "", "digest.picture-size"),
        ('width="592"', 'width="100%"', "digest.picture-size"),
        ('height="auto"', "", "digest.picture-size"),
        ("press-592.jpg", "press-592.webp", "digest.picture-format"),
    ],
)
def test_a_picture_that_some_programs_show_wrongly_is_found(
    mail: Sample, old: str, new: str, code: str
) -> None:
    assert codes(mail.with_html(old, new)) == [code]
