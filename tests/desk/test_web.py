"""Web pages and pictures on their way out of a build."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from press.desk.media import MediaOrder, publish_media
from press.desk.web import read_earlier
from press.manifest.read import read_house
from press.model.edition import EditionId
from press.model.errors import CannotWriteError, ManifestError
from press.model.finding import Severity
from press.model.house import House
from tests.manifest.builders import EDITION, Paper, a_paper

THIS = EditionId("2024-09")


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """A newspaper with a build that holds a digest and two pictures."""
    made = a_paper(tmp_path / "paper")
    settings = "media: https://lamp.example/media/\nmedia_store: public/media\n"
    made.write("press.yaml", (made.root / "press.yaml").read_text("utf-8") + settings)
    shown = '<img src="https://lamp.example/media/2024-09/a.jpg" alt="" />'
    made.write("build/2024-09/digest.html", f"<html><body>{shown}</body></html>")
    made.write("build/2024-09/pictures/a.jpg", b"\xff\xd8a")
    made.write("build/2024-09/pictures/b.png", b"\x89PNGb")
    return made


def house_of(paper: Paper) -> House:
    house = read_house(paper.root).value
    assert house is not None
    return house


def order(paper: Paper, *, to: str | None = None, dry: bool = False) -> MediaOrder:
    return MediaOrder(paper=paper.root, edition=THIS, to=to, dry=dry)


def test_pictures_go_exactly_where_the_mail_looks_for_them(paper: Paper) -> None:
    made = publish_media(order(paper))

    assert not made.findings
    top = paper.root / "public" / "media"
    found = sorted(p.relative_to(top).as_posix() for p in top.rglob("*") if p.is_file())
    assert found == ["2024-09/a.jpg", "2024-09/b.png"]


def test_another_store_may_be_named_for_once(paper: Paper, tmp_path: Path) -> None:
    made = publish_media(order(paper, to=str(tmp_path / "other")))

    assert made.value is not None
    assert (tmp_path / "other" / "2024-09" / "a.jpg").read_bytes() == b"\xff\xd8a"
    assert not (paper.root / "public").exists()


def test_a_picture_that_the_mail_shows_and_the_build_lacks_is_an_error(
    paper: Paper,
) -> None:
    (paper.root / "build/2024-09/pictures/a.jpg").unlink()

    made = publish_media(order(paper))

    (finding,) = made.findings
    assert made.value is None
    assert finding.code == "media.missing"
    assert finding.place.file == "build/2024-09/digest.html"
    assert not (paper.root / "public").exists()


def test_a_paper_that_serves_no_pictures_is_told(paper: Paper) -> None:
    paper.change("press.yaml", "media: https://lamp.example/media/\n", "")

    made = publish_media(order(paper))

    (finding,) = made.findings
    assert (finding.code, finding.severity) == ("media.address", Severity.WARNING)
    assert made.value is not None


def test_without_a_store_or_a_build_press_says_what_to_do(paper: Paper) -> None:
    paper.change("press.yaml", "media_store: public/media\n", "")
    with pytest.raises(ManifestError, match="nobody says where") as told:
        publish_media(order(paper))
    assert "media_store" in (told.value.hint or "")

    with pytest.raises(ManifestError, match="2024-10 is not built") as told:
        publish_media(
            MediaOrder(paper=paper.root, edition=EditionId("2024-10"), to="x")
        )
    assert "press build-edition 2024-10" in (told.value.hint or "")


def press(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "press", *words],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_prints_what_it_copied_and_nothing_the_second_time(
    paper: Paper,
) -> None:
    tried = press(paper.root, "publish-media", "2024-09", "--dry-run")
    first = press(paper.root, "publish-media", "2024-09")
    again = press(paper.root, "publish-media", "2024-09")

    copied = "public/media/2024-09/a.jpg\npublic/media/2024-09/b.png\n"
    assert (tried.returncode, tried.stdout) == (0, copied)
    assert "2 would be copied" in tried.stderr
    assert (first.returncode, first.stdout) == (0, copied)
    assert (again.returncode, again.stdout) == (0, "")
    assert "2 there already" in again.stderr


def test_the_command_ends_with_the_codes_of_what_went_wrong(paper: Paper) -> None:
    paper.write("public/media/2024-09/a.jpg", b"other")
    other = press(paper.root, "publish-media", "2024-09")
    assert (other.returncode, other.stdout) == (3, "")
    assert "media.other" in other.stderr

    broken = press(paper.root, "publish-media", "2024-09", "--to", "press.yaml")
    assert broken.returncode == 6
    assert "does not work" in broken.stderr


def test_a_store_that_breaks_is_no_traceback(paper: Paper) -> None:
    with pytest.raises(CannotWriteError):
        publish_media(order(paper, to="pigeon://loft"))


def test_earlier_editions_are_read_from_their_manifests_alone(paper: Paper) -> None:
    for name, day in (("2024-07", "2024-06-28"), ("2024-08", "2024-07-26")):
        text = EDITION.replace("id: 2024-09", f"id: {name}")
        text = text.replace("on_sale: 2024-08-30", f"on_sale: {day}")
        paper.write(f"editions/{name}/edition.yaml", text)
    no_digest = EDITION[: EDITION.index("digest:")].replace("2024-09", "2024-06")
    paper.write("editions/2024-06/edition.yaml", no_digest)

    read = read_earlier(paper.root, THIS, house_of(paper))
    again = read_earlier(paper.root, THIS, house_of(paper))

    assert read == again
    assert not read.findings
    assert read.value is not None
    assert [one.id for one in read.value] == ["2024-07", "2024-08"]
    assert read.value[0].published.isoformat() == "2024-06-28T00:00:00+01:00"
    assert read.value[0].subject == "September: what the salt tax cost"


def test_an_earlier_edition_that_changed_is_read_again(paper: Paper) -> None:
    text = EDITION.replace("id: 2024-09", "id: 2024-08")
    paper.write("editions/2024-08/edition.yaml", text)
    read_earlier(paper.root, THIS, house_of(paper))

    paper.change("editions/2024-08/edition.yaml", "And who paid it", "And who did not")

    (issue,) = read_earlier(paper.root, THIS, house_of(paper)).value or ()
    assert issue.preheader == "And who did not"


def test_an_earlier_edition_that_cannot_be_read_is_left_out_and_told(
    paper: Paper,
) -> None:
    paper.write(
        "editions/2024-08/edition.yaml", "press: 1\nedition: {id: [\ndigest: {}\n"
    )

    read = read_earlier(paper.root, THIS, house_of(paper))

    (finding,) = read.findings
    assert read.value == ()
    assert (finding.code, finding.severity) == ("web.edition", Severity.WARNING)
    assert finding.place.file == "editions/2024-08/edition.yaml"


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("s3://key:secret@bucket/media", "secrets belong into the environment"),
        ("s3://", "is not the address of a store"),
        ("S 3://bucket", "is not the address of a store"),
    ],
)
def test_a_store_with_secrets_or_without_an_address_is_refused(
    paper: Paper, store: str, said: str
) -> None:
    paper.change("press.yaml", "media_store: public/media", f'media_store: "{store}"')

    found = read_house(paper.root).findings

    told = json.dumps([f"{one.message} {one.hint}" for one in found])
    assert said in told
    assert "secret@" not in told


def test_of_two_digests_the_one_made_last_counts(paper: Paper) -> None:
    alone = paper.root / "build" / "2024-09-digest"
    (alone / "pictures").mkdir(parents=True)
    (alone / "pictures" / "new.png").write_bytes(b"x")
    (alone / "digest.html").write_text("<p>x</p>")
    os.utime(paper.root / "build" / "2024-09" / "digest.html", (1, 1))

    publish_media(order(paper, to="elsewhere"))

    put = {path.name for path in (paper.root / "elsewhere").rglob("*.png")}
    assert put == {"new.png"}
