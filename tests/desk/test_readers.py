"""Readers at the desk: from a list to the books, and out again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.audience.address import key
from press.cli import run
from press.cli.app import app
from press.desk.books import Books, open_books
from press.desk.counter import Purpose
from press.model.errors import ExitCode
from press.model.subscriber import Cause, Status
from tests.house import HOUSE

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs" / "examples" / "readers.csv"
SECRET = "a secret of the tests that is long enough"  # noqa: S105
LISTS = """\
segments: {members: tag members, english: lang = en, loyal: opened within 90 days}
lists: {digest: The monthly digest, events: Events}
"""


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newspaper's folder, in which commands are typed."""
    (tmp_path / "press.yaml").write_text(HOUSE + LISTS, encoding="utf-8")
    monkeypatch.setenv("PRESS_SECRET", SECRET)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stocked(paper: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same with the readers of the sample."""
    assert press(*IMPORT) == ExitCode.OK
    capsys.readouterr()
    return paper


@pytest.fixture
def books(stocked: Path) -> Iterator[Books]:
    with open_books(stocked, SystemClock()) as opened:
        yield opened


IMPORT = (
    "import", str(SAMPLE), "--list", "digest", "--mapping", "source=where",
    "--basis", "consent", "--confirmed",
)  # fmt: skip


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def press(*words: str) -> int:
    return run(app, ["readers", *words])


def test_the_sample_list_is_taken(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = press(*IMPORT, "--report", "report.csv")

    told = capsys.readouterr()
    assert (code, told.out) == (ExitCode.OK, "11 new, 0 known\n")
    assert "list.twice" in told.err
    report = paper / "report.csv"
    assert report.stat().st_mode & 0o777 == 0o600
    (row,) = table(report)
    assert (row["line"], row["code"]) == ("13", "list.twice")


def test_bad_rows_are_counted_by_reason_and_nothing_is_kept(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"bad{number}@@x,2024-01-01" for number in range(2000)]
    text = "\n".join(("email,joined", "a@a.example,2024-01-01", *rows, "b@b.example,x"))
    (paper / "bad.csv").write_text(text, encoding="utf-8")
    words = ("import", "bad.csv", "--confirmed", "--basis", "consent", "--source", "x")

    code = press(*words, "--report", "report.csv")

    told = capsys.readouterr()
    assert code == ExitCode.NOT_READY
    assert told.out == "1 new, 0 known, 2,001 refused: nothing was kept\n"
    assert "2,000 rows: no address (lines 3, 4, 5, …)" in told.err
    assert "bad0" not in told.err
    assert len((paper / "report.csv").read_text().splitlines()) == 2002
    assert press("count") == ExitCode.OK
    assert capsys.readouterr().out == "no readers\n"
    assert press(*words, "--partial") == ExitCode.OK
    assert press("count") == ExitCode.OK
    assert capsys.readouterr().out.endswith("1 active\n")


ODD = [
    ("PK\x03\x04".encode("latin-1"), "list.not-csv"),
    (b"name\nAda\n", "list.column"),
    (b"", "list.column"),
]


@pytest.mark.parametrize(("octets", "code"), ODD)
def test_what_is_no_list_is_told(
    paper: Path, capsys: pytest.CaptureFixture[str], octets: bytes, code: str
) -> None:
    (paper / "odd.csv").write_bytes(octets)

    assert press("import", "odd.csv", "--confirmed") == ExitCode.NOT_READY

    assert f"[{code}]" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
def test_lists_are_read_in_their_encoding(
    paper: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    text = "email;name;joined\r\njose@a.example;José Núñez;2024-01-01\r\n"
    (paper / "list.csv").write_bytes(text.encode(encoding))
    words = ("--confirmed", "--basis", "consent", "--source", "x")

    assert press("import", "list.csv", *words) == ExitCode.OK
    assert press("show", "jose@a.example") == ExitCode.OK

    assert "José Núñez" in capsys.readouterr().out


def test_a_list_that_press_yaml_does_not_have_is_told(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert press("import", str(SAMPLE), "--list", "digets", "--confirmed") == 3

    told = capsys.readouterr().err
    assert "[list.unknown]" in told
    assert "did you mean digest?" in told


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--confirmed", "--basis", "because"),
        ("--confirmed", "--given", "May"),
        ("--confirmed", "--mapping", "email"),
    ],
)
def test_orders_that_say_too_little_are_refused(
    paper: Path, words: tuple[str, ...]
) -> None:
    assert press("import", str(SAMPLE), *words) == ExitCode.USAGE

    assert not (paper / "press.db").exists()


def test_readers_are_counted(stocked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        (),
        ("--list",),
        ("members",),
        ("not tag members",),
        ("list events",),
    ):
        assert press("count", *words) == ExitCode.OK

    assert capsys.readouterr().out.splitlines() == [
        "11 active",
        "digest: 11 confirmed",
        "events: nobody",
        "5",
        "6",
        "0",
    ]


def test_a_rule_that_cannot_be_read_is_shown_with_its_place(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert press("count", "tag a adn tag b") == ExitCode.NOT_READY

    told = capsys.readouterr().err
    assert "did you mean and?" in told
    assert "[segment.rule]" in told


def test_segments_are_shown_with_masked_samples(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert press("segments") == ExitCode.OK

    told = capsys.readouterr().out
    assert "members: 5 readers who have the tag “members”" in told
    assert "loyal: 0 readers who opened a mail within the last 90 days" in told
    assert "ada.marsh" not in told


def test_a_rule_is_explained_counted_and_previewed_before_it_is_a_segment(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert press("segments", "tag members and not lang = de") == ExitCode.OK
    told = capsys.readouterr().out
    assert "4 readers who have the tag “members”" in told
    assert "a…h@reader.example" in told
    assert "loyal" not in told
    assert press("segments", "loyal") == ExitCode.OK
    assert capsys.readouterr().out.startswith("loyal: 0 readers who opened a mail")
    assert press("segments", "tag a adn tag b") == ExitCode.NOT_READY


def test_a_reader_is_shown(stocked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert press("show", "EVA@xn--bcher-kva.example") == ExitCode.OK
    assert press("show", "eva@bücher.example", "--json") == ExitCode.OK
    assert press("show", "nobody@reader.example") == ExitCode.MANIFEST

    told = capsys.readouterr()
    lines, _, data = told.out.partition("{")
    assert "time zone: Europe/Berlin" in lines
    assert "city: Köln" in lines
    assert json.loads("{" + data)["reader"]["email"] == "eva@bücher.example"
    assert "nobody@" not in told.err


def test_nobody_agrees_in_the_future(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = press(*IMPORT, "--given", "2130-01-01")

    assert code == ExitCode.NOT_READY
    told = capsys.readouterr().err
    assert "[list.date]" in told
    assert "--given 2130-01-01 lies in the future" in told
    assert press("count") == ExitCode.OK
    assert capsys.readouterr().out == "no readers\n"


@pytest.mark.parametrize("command", [("backup",), ("readers", "export")])
def test_no_file_that_is_there_is_written_over_unasked(
    stocked: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    kept = stocked / "yesterday"
    kept.write_bytes(b"of yesterday")

    refused = run(app, [*command, "yesterday"])

    assert (refused, kept.read_bytes()) == (ExitCode.CANNOT_WRITE, b"of yesterday")
    assert "--force" in capsys.readouterr().err
    assert run(app, [*command, "yesterday", "--force"]) == ExitCode.OK
    assert kept.read_bytes() != b"of yesterday"


def test_an_export_opens_safely_and_comes_back_whole(
    stocked: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert press("export", "out.csv") == ExitCode.OK

    out = stocked / "out.csv"
    assert out.stat().st_mode & 0o777 == 0o600
    rows = table(out)
    assert len(rows) == 11
    assert not any(cell[:1] in set("=+-@") for row in rows for cell in row.values())
    assert {row["name"] for row in rows} >= {"'=Kofi", "O'Shea, Finn"}
    monkeypatch.setenv("PRESS_DATABASE", "second.db")
    assert press("import", "out.csv", "--confirmed", "--list", "digest") == ExitCode.OK
    assert press("export", "again.csv") == ExitCode.OK
    left_out = {"public_id", "status_since"}
    again = table(stocked / "again.csv")
    assert [kept(row, left_out) for row in again] == [
        kept(row, left_out) for row in rows
    ]


def kept(row: dict[str, str], left_out: set[str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in left_out}


def test_only_readers_of_a_rule_are_exported(stocked: Path) -> None:
    assert press("export", "out.csv", "members") == ExitCode.OK

    assert len((stocked / "out.csv").read_text(encoding="utf-8").splitlines()) == 6


def test_erasing_asks_first_and_leaves_no_trace(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert press("erase", "ada.marsh@reader.example") == ExitCode.NOT_CONFIRMED
    assert b"ada.marsh" in (stocked / "press.db").read_bytes().lower()

    assert press("erase", "ada.marsh@reader.example", "--yes") == ExitCode.OK

    octets = b"".join(file.read_bytes() for file in stocked.glob("press.db*"))
    assert b"ada.marsh" not in octets.lower()
    assert "ada.marsh" not in capsys.readouterr().err
    assert press(*IMPORT) == ExitCode.OK
    assert capsys.readouterr().out == "0 new, 10 known\n"


def test_an_address_can_be_suppressed_by_hand(
    stocked: Path, books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    assert press("suppress", "HAL@reader.example") == ExitCode.OK
    assert press("suppress", "x@y.example", "--cause", "complained") == ExitCode.OK
    assert press("suppress", "x@y.example", "--cause", "erased") == ExitCode.USAGE
    assert press("suppress", "x@@y.example") == ExitCode.USAGE

    found = books.readers.find("hal@reader.example")
    assert found is not None
    assert found.status is Status.UNSUBSCRIBED
    other = books.readers.suppression("x@y.example")
    assert other is not None
    assert other.cause is Cause.COMPLAINED
    assert "hal@" not in capsys.readouterr().err


def test_only_what_was_said_by_hand_is_lifted_and_with_a_name(
    stocked: Path, books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    for cause in ("by-hand", "complained", "bounced", "unsubscribed"):
        assert press("suppress", f"{cause}@y.example", "--cause", cause) == ExitCode.OK
    press("suppress", "hal@reader.example", "--by", "Eve")
    lift = ("lift", "--by", "Ada")

    assert press("lift", "hal@reader.example") == ExitCode.USAGE
    assert press(*lift, "HAL@reader.example") == ExitCode.OK
    assert press(*lift, "by-hand@y.example") == ExitCode.OK
    for email in ("complained@y.example", "bounced@y.example", "hal@reader.example"):
        assert press(*lift, email) == ExitCode.NOT_READY
    assert press(*lift, "unsubscribed@y.example") == ExitCode.NOT_READY

    said = capsys.readouterr().err
    found = books.readers.find("hal@reader.example")
    assert found is not None
    assert found.status is Status.ACTIVE
    assert "H…@reader.example may be written to again" in said
    assert "they come back by themselves" in said
    assert "hal@" not in said
    audit = books.connection.all("SELECT who, what, detail FROM audit ORDER BY id")
    assert ("Eve", "suppressed an address: by-hand", found.public_id) in audit
    assert ("Ada", "lifted a suppression by hand", found.public_id) in audit
    assert [row[0] for row in audit].count("Ada") == 2
    assert not any("@" in word for row in audit for word in row)


def a_mail(subject: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = "somebody@else.example"
    mail["To"] = "unsubscribe@lamp.example"
    mail["Subject"] = subject
    mail.set_content("please")
    return mail.as_bytes()


def test_a_mail_with_a_token_lets_its_reader_go(
    stocked: Path, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = books.readers.find(key("finn@reader.example"))
    assert found is not None
    token = books.secret.sign(found.public_id, Purpose.UNSUBSCRIBE)
    other = books.secret.sign(found.public_id, Purpose.CONFIRM)

    for subject in (other, "unsubscribe", token[:-1], "", token.upper()):
        type_in(monkeypatch, a_mail(subject))
        assert press("leave") == ExitCode.OK
        assert books.readers.by_id(found.id) == found

    type_in(monkeypatch, a_mail(f"Re: {token}"))
    assert press("leave") == ExitCode.OK
    gone = books.readers.by_id(found.id)
    assert gone is not None
    assert gone.status is Status.UNSUBSCRIBED


def type_in(monkeypatch: pytest.MonkeyPatch, octets: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(octets)))


def test_a_backup_comes_back_and_says_that_it_was_restored(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(app, ["backup", "kept.db"]) == ExitCode.OK
    before = (stocked / "kept.db").read_bytes()
    assert (stocked / "kept.db").stat().st_mode & 0o777 == 0o600
    assert press("suppress", "hal@reader.example") == ExitCode.OK
    assert run(app, ["restore", "kept.db"]) == ExitCode.NOT_CONFIRMED

    assert run(app, ["restore", "kept.db", "--yes"]) == ExitCode.OK

    assert (stocked / "kept.db").read_bytes() == before
    assert len(list(stocked.glob("press.db.2*Z"))) == 1
    with open_books(stocked, SystemClock()) as books:
        row = books.connection.one("SELECT value FROM setting WHERE name = 'restored'")
        assert row is not None
        found = books.readers.find("hal@reader.example")
        assert found is not None
        assert found.status is Status.ACTIVE
    assert not list(stocked.glob(".*part*"))


def test_nothing_is_restored_while_another_press_is_at_work(
    stocked: Path, books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(app, ["backup", "kept.db"]) == ExitCode.OK
    books.readers.lists()

    assert run(app, ["restore", "kept.db", "--yes"]) == ExitCode.BUSY

    assert not list(stocked.glob("press.db.2*"))
    assert not list(stocked.glob(".*part*"))


def test_a_damaged_database_is_put_aside_and_a_damaged_backup_refused(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(app, ["backup", "kept.db"]) == ExitCode.OK
    broken = b"x" * 4096
    (stocked / "press.db").write_bytes(broken)
    (stocked / "bad.db").write_bytes(broken)

    assert run(app, ["restore", "bad.db", "--yes"]) == ExitCode.MISSING_TOOL
    assert (stocked / "press.db").read_bytes() == broken
    assert run(app, ["restore", "kept.db", "--yes"]) == ExitCode.OK

    assert press("count") == ExitCode.OK
    assert "11 active" in capsys.readouterr().out


def test_for_a_server_its_own_command_is_named(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PRESS_DATABASE", "postgresql://press@127.0.0.1:1/press")

    assert run(app, ["backup", "kept.db"]) == ExitCode.MISSING_TOOL

    assert "pg_dump" in capsys.readouterr().err
