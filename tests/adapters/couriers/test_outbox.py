"""A request is a folder of mails, whole or not at all."""

from __future__ import annotations

import stat
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.adapters.outbox import OutboxCourier
from press.mailing.mime import Form
from press.model.finding import Severity
from press.model.forgotten import Forgotten
from press.model.mailing import Answer, Evidence, Outcome
from tests.adapters.couriers.builders import (
    REQUEST,
    SENDER,
    a_consignment,
    a_parcel,
)

NOW = SystemClock().now()


def handed(folder: Path, **changes: object) -> Outcome:
    courier = OutboxCourier(folder, Form, SystemClock())
    return courier.hand_over(a_consignment(**changes))  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_mails_are_files_that_mail_programs_open(tmp_path: Path) -> None:
    handed(tmp_path / "outbox")

    files = sorted((tmp_path / "outbox" / REQUEST).iterdir())
    assert [file.name for file in files] == ["1.eml", "2.eml", "3.eml"]
    read = BytesParser(policy=default).parsebytes(files[0].read_bytes())
    assert read["To"] == "reader1@mill.example"
    assert not read.defects


def test_only_their_owner_can_read_them_and_no_name_tells_who_gets_them(
    tmp_path: Path,
) -> None:
    handed(tmp_path / "outbox")

    folder = tmp_path / "outbox" / REQUEST
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    assert not any("@" in name or "reader" in name for name in names(tmp_path))


def test_a_reader_who_cannot_be_written_to_keeps_nobody_from_theirs(
    tmp_path: Path,
) -> None:
    readers = [a_parcel(1), a_parcel(2, email="a\nb@c.example"), a_parcel(3)]

    outcome = handed(tmp_path, parcels=readers)

    assert outcome.answer is Answer.ACCEPTED
    assert {who: told[0] for who, told in outcome.parts.items()} == {2: Answer.REJECTED}
    assert names(tmp_path) == [REQUEST, f"{REQUEST}/1.eml", f"{REQUEST}/3.eml"]


def test_a_disk_that_is_full_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    outcome = handed(tmp_path)

    assert outcome.answer is Answer.NOT_TAKEN
    assert "No space left" in outcome.detail
    assert names(tmp_path) == []


def test_a_folder_that_was_put_in_place_but_not_synced_is_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    def fails_at_last(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) > 4:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fsync", fails_at_last)

    outcome = handed(tmp_path)

    courier = OutboxCourier(tmp_path, Form, SystemClock())
    assert outcome.answer is Answer.IN_DOUBT
    assert courier.look_up(REQUEST, [], NOW) is Evidence.TAKEN


def test_what_a_writer_left_who_died_is_not_taken_for_a_request(
    tmp_path: Path,
) -> None:
    part = tmp_path / f".{REQUEST}.part"
    part.mkdir()
    (part / "1.eml").write_bytes(b"half")
    courier = OutboxCourier(tmp_path, Form, SystemClock())

    before = courier.look_up(REQUEST, [], NOW)
    courier.hand_over(a_consignment())

    assert before is Evidence.ABSENT
    assert courier.look_up(REQUEST, [], NOW) is Evidence.TAKEN
    assert (tmp_path / REQUEST / "1.eml").read_bytes() != b"half"
    assert courier.look_up(f"{9:032x}", [], NOW) is Evidence.ABSENT


def test_a_request_that_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    handed(tmp_path)

    outcome = handed(tmp_path, parcels=[a_parcel(7)])

    assert outcome.answer is Answer.IN_DOUBT
    assert f"{REQUEST}/7.eml" not in names(tmp_path)


@pytest.mark.parametrize("name", ["../elsewhere", "", "a/b", "."])
def test_a_request_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    outcome = handed(tmp_path / "outbox", request=name)

    assert outcome.answer is Answer.FATAL
    assert names(tmp_path) == []


def test_an_outbox_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    courier = OutboxCourier(tmp_path / "file" / "outbox", Form, SystemClock())

    (finding,) = courier.check(SENDER)

    assert (finding.code, finding.severity) == ("courier.folder", Severity.ERROR)
    assert courier.hand_over(a_consignment()).answer is Answer.NOT_TAKEN


def test_that_mails_reach_nobody_is_said(tmp_path: Path) -> None:
    (finding,) = OutboxCourier(tmp_path / "outbox", Form, SystemClock()).check(SENDER)

    assert (finding.code, finding.severity) == ("courier.outbox", Severity.NOTE)
    assert names(tmp_path) == ["outbox"]


# ------------------------------------------------------------ forgetting


def forgotten(folder: Path, deliveries: set[int], *addresses: str) -> Forgotten:
    return OutboxCourier(folder, Form, SystemClock()).forget(deliveries, addresses)


def test_a_readers_mails_are_deleted_and_nobody_elses(tmp_path: Path) -> None:
    handed(tmp_path / "outbox")
    handed(tmp_path / "outbox", request="b", parcels=[a_parcel(2), a_parcel(5)])
    (tmp_path / "outbox" / "notes.txt").write_text("2.eml")

    told = forgotten(tmp_path / "outbox", {2, 9}, "Reader2@mill.example")

    assert told == Forgotten(mails=2)
    left = [name for name in names(tmp_path / "outbox") if "." in name]
    assert left == [f"{REQUEST}/1.eml", f"{REQUEST}/3.eml", "b/5.eml", "notes.txt"]


def test_a_mail_to_somebody_else_of_the_same_number_stays(tmp_path: Path) -> None:
    """Such as one of an older database, whose deliveries had the same numbers."""
    handed(tmp_path)

    assert forgotten(tmp_path, {1, 2, 3}, "ada@mill.example") == Forgotten()
    assert forgotten(tmp_path, {1, 2, 3}) == Forgotten()
    assert len(names(tmp_path)) == 4


def test_mails_to_confirm_and_what_a_dead_writer_left_go_too(tmp_path: Path) -> None:
    for number in (1, 2):
        to = a_parcel(0, email=f"reader{number}@mill.example")
        handed(tmp_path, request=f"confirm{number}", parcels=[to])
    handed(tmp_path)
    (tmp_path / REQUEST).rename(tmp_path / f".{REQUEST}.part")

    told = forgotten(tmp_path, {1}, "reader1@mill.example")

    assert told == Forgotten(mails=2)
    assert (tmp_path / "confirm2" / "0.eml").exists()
    assert not (tmp_path / "confirm1" / "0.eml").exists()
    assert not (tmp_path / f".{REQUEST}.part" / "1.eml").exists()


def test_no_link_is_followed_to_a_mail(tmp_path: Path) -> None:
    handed(tmp_path / "elsewhere")
    outbox = tmp_path / "outbox"
    (outbox / "b").mkdir(parents=True)
    (outbox / REQUEST).symlink_to(tmp_path / "elsewhere" / REQUEST)
    (outbox / "b" / "1.eml").symlink_to(tmp_path / "elsewhere" / REQUEST / "1.eml")
    (tmp_path / "linked").symlink_to(tmp_path / "elsewhere")

    told = forgotten(outbox, {1}, "reader1@mill.example")
    linked = forgotten(tmp_path / "linked", {1}, "reader1@mill.example")

    assert told == Forgotten()
    assert linked == Forgotten(left=("linked: Not a directory",))
    assert (tmp_path / "elsewhere" / REQUEST / "1.eml").exists()
    assert (outbox / "b" / "1.eml").is_symlink()


def test_a_mail_that_cannot_be_deleted_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed(tmp_path / "outbox")

    def refuse(*given: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.unlink", refuse)

    told = forgotten(tmp_path / "outbox", {1, 2}, "reader1@mill.example")

    assert told == Forgotten(left=(f"outbox/{REQUEST}/1.eml: Permission denied",))


def test_where_no_outbox_is_nothing_is_to_be_deleted(tmp_path: Path) -> None:
    assert forgotten(tmp_path / "outbox", {1}, "a@b.example") == Forgotten()
    assert names(tmp_path) == []
