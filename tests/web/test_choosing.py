"""Choosing, confirming and asking: readers decide, and nobody learns who is one."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from press.adapters.clock import SystemClock
from press.adapters.database.confirmations import ConfirmationBook
from press.desk.counter import Purpose
from press.desk.serve import wanted_confirmations
from press.model.subscriber import Cause, Status
from tests.web.site import Site

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "Hi\r\nBcc: x@quoin.example",
    "a\x00b\u2028c\u202e",
    "' OR 1=1 --",
    "{address}{title.__class__}",
)


def test_a_reader_sees_the_lists_that_have_titles(site: Site) -> None:
    answer = site.get(site.path(Purpose.PREFERENCES))

    assert answer.status == 200
    assert "The monthly digest" in answer.text
    assert "At the weekend" in answer.text
    assert "seeds" not in answer.text
    assert answer.text.count("checked") == 1


def test_what_a_reader_chooses_is_kept(site: Site) -> None:
    chosen = {"list": ["weekend"], "name": "Ada Marsh", "do": "save"}

    answer = site.post(site.path(Purpose.PREFERENCES), chosen)

    assert answer.status == 200
    assert "Your choices are saved." in answer.text
    assert 'value="Ada Marsh"' in answer.text
    assert site.lists() == {"digest": "withdrawn", "weekend": "confirmed"}
    assert site.status() is Status.ACTIVE


def test_lists_that_readers_do_not_see_stay(site: Site) -> None:
    connection = site.books.connection
    connection.run(
        "INSERT INTO membership (list_id, subscriber_id, standing, standing_at)"
        " SELECT id, ?, 'confirmed', 0 FROM list WHERE name = 'seeds'",
        site.number(),
    )

    site.post(site.path(Purpose.PREFERENCES), {"list": ["digest", "of-others"]})

    assert site.lists() == {"digest": "confirmed", "seeds": "confirmed"}


@pytest.mark.parametrize("fields", [{"do": "leave", "list": "digest"}, {"do": "save"}])
def test_who_chooses_nothing_leaves(site: Site, fields: dict[str, str]) -> None:
    site.post(site.path(Purpose.PREFERENCES), fields)

    assert site.status() is Status.UNSUBSCRIBED
    assert "You are not subscribed" in site.get(site.path(Purpose.PREFERENCES)).text


def test_who_left_does_not_come_back_by_an_old_page(site: Site) -> None:
    site.post(site.path(Purpose.UNSUBSCRIBE))

    answer = site.post(site.path(Purpose.PREFERENCES), {"list": "digest"})

    assert "You are not subscribed" in answer.text
    assert site.status() is Status.UNSUBSCRIBED


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_is_never_anything_but_a_name(site: Site, name: str) -> None:
    plain = site.post(
        site.path(Purpose.PREFERENCES), {"list": "digest", "name": "Ada"}
    ).text

    answer = site.post(site.path(Purpose.PREFERENCES), {"list": "digest", "name": name})

    assert answer.status == 200
    assert Skeleton(answer.text).tags == Skeleton(plain).tags
    assert "49" not in answer.text
    assert answer.headers.keys() == site.get("/").headers.keys()


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [name for name, _ in attrs]))


def test_a_reader_confirms_by_a_button(site: Site) -> None:
    look = site.get(site.path(Purpose.CONFIRM, "bob"))
    assert site.status("bob") is Status.PENDING

    press = site.post(site.path(Purpose.CONFIRM, "bob"), {})
    again = site.post(site.path(Purpose.CONFIRM, "bob"), {})

    assert '<form method="post">' in look.text
    assert "You are subscribed" in press.text
    assert again.text == press.text
    assert site.status("bob") is Status.ACTIVE
    assert site.lists("bob") == {"digest": "confirmed"}


def test_an_old_link_to_confirm_does_not_bring_back_who_left(site: Site) -> None:
    site.post(site.path(Purpose.CONFIRM, "bob"), {})
    site.post(site.path(Purpose.UNSUBSCRIBE, "bob"))

    answer = site.post(site.path(Purpose.CONFIRM, "bob"), {})

    assert "You are not subscribed" in answer.text
    assert site.status("bob") is Status.UNSUBSCRIBED


def test_the_answer_is_the_same_for_known_and_unknown(site: Site) -> None:
    gone = "gone@quoin.example"
    site.books.readers.suppress(gone, Cause.COMPLAINED, source="a test")
    addresses = ("ada", "bob", "gone", "new")

    answers = [
        site.post("/mail/subscribe", {"email": f"{name}@quoin.example"})
        for name in addresses
    ]

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert site.status() is Status.ACTIVE
    assert site.books.readers.find(gone) is None
    new = site.books.readers.find("new@quoin.example")
    assert new is not None
    assert new.status is Status.PENDING
    assert new.lists == {"digest": "unconfirmed"}


@pytest.mark.parametrize(
    "email", ["", "x", "a@@b", "a b@quoin.example", "a@quoin.example\r\nBcc: b@c.de,x"]
)
def test_what_is_no_address_is_told(site: Site, email: str) -> None:
    before = site.books.connection.one("SELECT count(*) FROM subscriber")

    answer = site.post("/mail/subscribe", {"email": email, "name": "N"})

    assert answer.status == 422
    assert "That is not an email address" in answer.text
    assert 'value="N"' in answer.text
    assert site.books.connection.one("SELECT count(*) FROM subscriber") == before


def test_who_asks_too_often_waits(site: Site) -> None:
    answers = [site.post("/mail/subscribe", {"email": "x"}) for _ in range(12)]

    assert [answer.status for answer in answers][-1] == 429
    assert answers[-1].headers["retry-after"] == "60"


def test_who_asks_is_written_to_once_and_can_ask_again_a_day_later(site: Site) -> None:
    clock = SystemClock()
    site.post("/mail/subscribe", {"email": "new@quoin.example", "name": "New"})

    wanted = wanted_confirmations(site.books, clock)
    book = ConfirmationBook(site.books.connection, clock)
    assert all(book.written(each.reader) for each in wanted)
    assert not any(book.written(each.reader) for each in wanted)
    site.post("/mail/subscribe", {"email": "new@quoin.example"})

    assert [mail.email for mail in wanted] == ["bob@quoin.example", "new@quoin.example"]
    assert wanted[1].lang == "en"
    assert wanted_confirmations(site.books, clock) == ()
    site.books.connection.run("UPDATE confirmation SET written_at = written_at - 90000")
    again = wanted_confirmations(site.books, clock)
    assert {mail.email for mail in again} >= {"new@quoin.example"}


def test_who_left_may_ask_again_and_confirm(site: Site) -> None:
    site.post(site.path(Purpose.UNSUBSCRIBE))

    site.post("/mail/subscribe", {"email": "ada@quoin.example"})
    site.post(site.path(Purpose.CONFIRM), {})

    assert site.status() is Status.ACTIVE
    assert site.lists()["digest"] == "confirmed"
