"""Output is written whole or not at all."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.adapters import folder as folder_module
from press.adapters.folder import BuildFolder
from press.model.errors import BusyError, CannotWriteError


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the place of an output folder that holds the last good build."""
    place = tmp_path / "build" / "2024-09"
    with BuildFolder(place) as folder:
        folder.write("print.pdf", b"old")
        folder.write("ticket.json", b"old")
        folder.publish()
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


OLD = {"print.pdf": b"old", "ticket.json": b"old"}


@pytest.fixture(params=["exchange", "no exchange"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with a file system that exchanges folders, and one that cannot."""
    if request.param == "no exchange":
        monkeypatch.setattr(folder_module, "_system_exchange", lambda *_: False)


@pytest.mark.usefixtures("_both_ways")
def test_a_new_build_takes_the_place_of_the_old_one_whole(out: Path) -> None:
    with BuildFolder(out) as folder:
        written = folder.write("print.pdf", b"new")
        folder.write("proof/page-01.png", b"png")
        assert contents(out) == OLD
        published = folder.publish()

    assert published == out
    assert written == out / "print.pdf"
    assert contents(out) == {"print.pdf": b"new", "proof/page-01.png": b"png"}
    assert [one.name for one in out.parent.iterdir() if one.name != out.name] == [
        ".2024-09.lock"
    ]


def test_the_first_build_needs_no_old_one(tmp_path: Path) -> None:
    place = tmp_path / "not" / "yet" / "there"

    with BuildFolder(place) as folder:
        folder.write("print.pdf", b"new")
        folder.publish()

    assert contents(place) == {"print.pdf": b"new"}


class FaultError(Exception):
    pass


def fail(place: Path) -> None:
    with BuildFolder(place) as folder:
        folder.write("print.pdf", b"half")
        raise FaultError


def test_a_build_that_fails_leaves_the_last_good_one(out: Path) -> None:
    with pytest.raises(FaultError):
        fail(out)

    assert contents(out) == OLD
    assert not (out.parent / ".2024-09.new").exists()


def test_a_build_that_never_publishes_leaves_the_last_good_one(out: Path) -> None:
    with BuildFolder(out) as folder:
        folder.write("print.pdf", b"new")

    assert contents(out) == OLD


BUILDER = """
import sys, time
from pathlib import Path
from press.adapters.folder import BuildFolder
with BuildFolder(Path(sys.argv[1])) as folder:
    folder.write("print.pdf", b"half")
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def builder(out: Path) -> Iterator[subprocess.Popen[str]]:
    """Return another process in the middle of a build."""
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(out)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_a_second_builder_is_told_who_is_at_work(
    out: Path, builder: subprocess.Popen[str]
) -> None:
    with pytest.raises(BusyError) as stopped, BuildFolder(out):
        pass

    assert f"edition 2024-09 is being built by process {builder.pid}" in str(
        stopped.value
    )
    assert builder.poll() is None
    assert (out.parent / ".2024-09.new" / "print.pdf").read_bytes() == b"half"


def test_other_editions_are_built_meanwhile(
    out: Path, builder: subprocess.Popen[str]
) -> None:
    other = out.parent / "2024-10"

    with BuildFolder(other) as folder:
        folder.write("print.pdf", b"new")
        folder.publish()

    assert contents(other) == {"print.pdf": b"new"}
    assert builder.poll() is None


def test_the_lock_and_the_leavings_of_a_killed_build_are_taken_over(
    out: Path, builder: subprocess.Popen[str]
) -> None:
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    assert contents(out) == OLD

    with BuildFolder(out) as folder:
        folder.write("digest.txt", b"new")
        folder.publish()

    assert contents(out) == {"digest.txt": b"new"}


def test_a_lock_file_of_a_dead_process_holds_nobody_up(out: Path) -> None:
    (out.parent / ".2024-09.lock").write_text("1")

    with BuildFolder(out) as folder:
        folder.write("print.pdf", b"new")
        folder.publish()

    assert contents(out) == {"print.pdf": b"new"}


def test_a_lock_is_let_go_even_after_a_failure(out: Path) -> None:
    with pytest.raises(FaultError):
        fail(out)

    with (out.parent / ".2024-09.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


# ---------------------------------------------------------------- what stands in the way


def test_an_output_folder_that_is_a_link_does_not_lead_the_build_astray(
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.txt").write_text("keep me")
    place = tmp_path / "build" / "2024-09"
    place.parent.mkdir()
    place.symlink_to(elsewhere)

    with pytest.raises(CannotWriteError) as stopped, BuildFolder(place):
        pass

    assert "holds files that are no build" in str(stopped.value)
    assert contents(elsewhere) == {"precious.txt": b"keep me"}


def test_a_link_in_place_of_the_new_folder_is_not_followed(out: Path) -> None:
    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.txt").write_text("keep me")
    (out.parent / ".2024-09.new").symlink_to(elsewhere)

    with BuildFolder(out) as folder:
        folder.write("print.pdf", b"new")
        folder.publish()

    assert contents(out) == {"print.pdf": b"new"}
    assert contents(elsewhere) == {"precious.txt": b"keep me"}


def test_an_output_path_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("I am a file")

    with (
        pytest.raises(CannotWriteError) as stopped,
        BuildFolder(tmp_path / "build" / "2024-09"),
    ):
        pass

    assert "build/2024-09/ cannot be written" in str(stopped.value)
    assert "the last build is untouched" in str(stopped.value.hint)


def test_a_full_disk_is_said_and_leaves_the_last_good_build(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with BuildFolder(out) as folder:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(CannotWriteError, match="No space left"):
            folder.write("print.pdf", b"new")

    assert contents(out) == OLD
