"""A database that was brought back learns who got what since, before it sends again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from press.adapters.database.moment import stamp
from press.desk.reconciling import Reconciler
from press.model.errors import NotReadyError
from press.model.event import Logged, Taken
from press.model.mailing import MailingState
from tests.desk.test_round import Office, office
from tests.digest.builders import a_house
from tests.ledgers import NOON, a_step

__all__ = ["office"]


@dataclass
class Records:
    """What a provider says that it took, by category."""

    took_for: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: bool = True

    def taken(self, category: str, since: dt.datetime, until: dt.datetime) -> Taken:
        assert since < until
        addresses = self.took_for.get(category, ())
        if self.whole or not addresses:
            return Taken(addresses=addresses)
        return Taken(addresses=addresses[:1], whole=False)

    def took(self, email: str, category: str, since: dt.datetime) -> bool:
        del since
        return email in self.took_for.get(category, ())

    def logged(
        self, category: str, since: dt.datetime, until: dt.datetime
    ) -> Iterator[Logged]:
        raise NotImplementedError

    def logged_to(self, email: str, since: dt.datetime) -> Sequence[Logged]:
        raise NotImplementedError


def bring_back(office: Office, *, days: int = 1) -> None:
    """Let the database be one that was backed up some days ago."""
    made = stamp(office.clock.now() - dt.timedelta(days=days))
    for name, value in (("restored", "now"), ("backed up", str(made))):
        office.desk.books.connection.run(
            "INSERT INTO setting (name, value) VALUES (?, ?)", name, value
        )


def addresses(office: Office, count: int) -> tuple[str, ...]:
    rows = office.desk.books.connection.all(
        "SELECT email FROM subscriber ORDER BY id LIMIT ?", count
    )
    return tuple(row[0] for row in rows)


def reconcile(office: Office, records: Records | None, **given: bool) -> str:
    reconciler = Reconciler(steering=office.steering, source=records)
    return "\n".join(reconciler.reconcile("Hal", **given))


@pytest.mark.parametrize("whole", [True, False])
def test_who_got_an_edition_since_the_backup_gets_no_second(
    office: Office, whole: bool
) -> None:
    mailing = office.open(a_step(due_at=NOON))
    groups = office.desk.groups(a_house())
    assert mailing.list_id is not None
    audience = groups.audience(mailing.list_id, mailing.rules)
    assert office.desk.freezing.freeze(mailing, audience)
    bring_back(office)
    got = addresses(office, 5)

    told = reconcile(office, Records({"edition-2024-09": got}, whole=whole))
    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()

    assert "5 readers are never sent it again" in told
    assert not set(got) & set(office.provider.inbox)
    assert len(office.provider.inbox) == 15
    assert office.desk.freezing.counts(mailing).closes


def test_an_edition_that_the_backup_does_not_know_is_found_too(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON), edition="2024-08")
    folder = office.desk.paper / "editions" / "2024-09"
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text("")
    bring_back(office)

    reconcile(office, Records({"edition-2024-09": addresses(office, 5)}))
    second = office.open(a_step(due_at=NOON), confirmed=15)
    office.round()

    assert office.now(mailing).state is MailingState.PAUSED
    assert office.now(second).state is MailingState.DONE
    assert len(office.provider.inbox) == 15


def test_what_cannot_be_compared_is_not_released(office: Office) -> None:
    office.open(a_step(due_at=NOON))
    with pytest.raises(NotReadyError, match="not brought back"):
        reconcile(office, Records())
    bring_back(office)

    with pytest.raises(NotReadyError, match="keeps no records"):
        reconcile(office, None)

    assert office.desk.is_restored()
    assert "paused" in reconcile(office, None, without_records=True)
    assert not office.desk.is_restored()


def test_a_backup_older_than_the_records_is_not_released(office: Office) -> None:
    office.open(a_step(due_at=NOON))
    bring_back(office, days=30)

    with pytest.raises(NotReadyError, match="older than the provider's records"):
        reconcile(office, Records())

    assert office.desk.is_restored()


def test_records_that_tell_only_a_part_release_nothing(office: Office) -> None:
    bring_back(office)
    folder = office.desk.paper / "editions" / "2024-09"
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text("")
    several = Records({"edition-2024-09": ("a@x.example", "b@x.example")}, whole=False)

    with pytest.raises(NotReadyError, match="the books know no mailing of it"):
        reconcile(office, several)

    assert office.desk.is_restored()
