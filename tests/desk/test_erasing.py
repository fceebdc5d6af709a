"""Erasing a reader takes their mails out of the outbox, too, and says what it could not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.adapters.database import sqlite
from press.adapters.outbox import OutboxCourier
from press.cli import run
from press.cli.app import app
from press.desk.books import Books, open_books
from press.mailing.mime import Form
from press.model.errors import ExitCode
from press.model.subscriber import ListName
from tests.adapters.couriers.builders import a_consignment, a_parcel
from tests.adapters.database.test_readers import a_mail_to
from tests.house import HOUSE
from tests.readers import a_newcomer

SECRET = "a secret of the tests that is long enough"  # noqa: S105
ADA, BOB = "ada@reader.example", "bob@reader.example"
REQUEST = f"{7:032x}"


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newspaper's folder, with two readers, in which commands are typed."""
    folder = tmp_path / "lamp"
    folder.mkdir()
    (folder / "press.yaml").write_text(f"{HOUSE}lists: {{digest: Monthly}}\n", "utf-8")
    monkeypatch.setenv("PRESS_SECRET", SECRET)
    monkeypatch.chdir(folder)
    with open_books(folder, SystemClock()) as books:
        books.readers.name_lists({ListName("digest"): "Monthly"})
        for address in (ADA, BOB):
            books.readers.add(a_newcomer(address))
    return folder


def written_to_ada(paper: Path, outbox: Path) -> None:
    """Write a mail to Ada into the books, and with one to Bob into an outbox."""
    with open_books(paper, SystemClock()) as books:
        parcels = [
            a_parcel(number(books, ADA), email=ADA),
            a_parcel(99, email=BOB),
        ]
    courier = OutboxCourier(outbox, Form, SystemClock())
    courier.hand_over(a_consignment(request=REQUEST, parcels=parcels))


def number(books: Books, address: str) -> int:
    reader = books.readers.find(address)
    assert reader is not None
    return a_mail_to(books.connection, reader.id)


def erase(address: str) -> int:
    return run(app, ["readers", "erase", address, "--yes"])


def holding(folder: Path, address: str) -> list[str]:
    """Return the names of the files of a folder that hold an address."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return [file.name for file in files if address.encode() in file.read_bytes()]


def test_who_is_erased_is_in_no_mail_of_the_outbox(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written_to_ada(paper, paper / "outbox")
    confirm = a_consignment(request="a", parcels=[a_parcel(0, email=ADA)])
    OutboxCourier(paper / "outbox", Form, SystemClock()).hand_over(confirm)

    code = erase(ADA)

    assert code == ExitCode.OK
    told = capsys.readouterr().err.splitlines()
    assert told == ["deleted in the outbox: 2 mails", "a…@reader.example is forgotten"]
    assert not holding(paper, ADA)
    assert holding(paper / "outbox", BOB)


def test_a_mail_that_cannot_be_deleted_is_told_and_all_else_is_done(
    paper: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written_to_ada(paper, paper / "outbox")

    def refuse(*given: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("press.adapters.outbox.os.unlink", refuse)
        code = erase(ADA)

    (file,) = holding(paper / "outbox", ADA)
    told = capsys.readouterr().err
    assert code == ExitCode.CANNOT_WRITE
    assert told.count(f"outbox/{REQUEST}/{file}: Permission denied") == 1
    assert "is forgotten" in told
    assert "may still lie in the outbox" in told
    assert ADA not in told
    assert holding(paper, ADA) == [file]


@pytest.mark.parametrize("linked", [True, False])
def test_an_outbox_that_is_no_folder_of_this_paper_is_told_and_left_alone(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, linked: bool
) -> None:
    written_to_ada(paper, tmp_path / "elsewhere")
    if linked:
        (paper / "outbox").symlink_to(tmp_path / "elsewhere")
    else:
        with (paper / "press.yaml").open("a") as file:
            file.write("courier: {outbox: {folder: ../elsewhere}}\n")

    code = erase(ADA)

    assert code == ExitCode.CANNOT_WRITE
    assert "it is no folder of this paper" in capsys.readouterr().err
    assert holding(tmp_path / "elsewhere", ADA)


def test_the_outbox_that_was_tried_before_another_courier_is_looked_through(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written_to_ada(paper, paper / "outbox")
    with (paper / "press.yaml").open("a") as file:
        file.write("courier: {smtp: {host: localhost, tls: none}}\n")

    assert erase(ADA) == ExitCode.OK

    assert "deleted in the outbox: 1 mail\n" in capsys.readouterr().err
    assert not holding(paper, ADA)


def test_a_paper_without_an_outbox_says_nothing_of_it(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erase(ADA) == ExitCode.OK

    assert "outbox" not in capsys.readouterr().err
    assert not (paper / "outbox").exists()


def test_what_is_still_in_the_files_goes_later_by_the_name_that_is_left(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with open_books(paper, SystemClock()) as books:
        found = books.readers.find(ADA)
    assert found is not None
    backup = sqlite3.connect(paper / "press.db", isolation_level=None)
    backup.execute("BEGIN")
    backup.execute("SELECT email FROM subscriber").fetchone()

    assert erase(ADA) == ExitCode.BUSY
    assert f"press readers erase {found.public_id}" in capsys.readouterr().err
    backup.close()

    assert erase(str(found.public_id)) == ExitCode.OK
    left = b"".join(file.read_bytes() for file in paper.glob("press.db*"))
    assert ADA.encode() not in left
