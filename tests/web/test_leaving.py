"""Leaving: by one press of a button, never by a program that looks at a link."""

from __future__ import annotations

import itertools
import random
import string

import pytest

from press.audience.secret import Secret
from press.desk.counter import Purpose
from press.model.subscriber import NOBODY, PublicId, Status
from tests.web.site import FORM, ONE_CLICK, SECRET, Site

SCANNERS = (
    "Mozilla/5.0 (compatible; Barracuda/1.0)",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "GoogleImageProxy",
)


def everything(site: Site) -> list[object]:
    return [
        site.books.connection.all(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("subscriber", "membership", "suppression", "consent")
    ]


@pytest.mark.parametrize("purpose", Purpose)
def test_looking_at_a_page_changes_nothing(site: Site, purpose: Purpose) -> None:
    before = everything(site)

    for reader, method in itertools.product(("ada", "bob"), ("GET", "HEAD", "OPTIONS")):
        for agent in ("", *SCANNERS):
            headers = {"User-Agent": agent} if agent else {}
            answer = site.ask(method, site.path(purpose, reader), headers=headers)
            assert answer.status == (405 if method == "OPTIONS" else 200)

    assert everything(site) == before


def test_the_page_shows_a_button_and_no_whole_address(site: Site) -> None:
    answer = site.get(site.path(Purpose.UNSUBSCRIBE))

    assert answer.status == 200
    assert '<form method="post">' in answer.text
    assert "a…@quoin.example" in answer.text.replace("\u2060", "")
    assert "ada@quoin.example" not in answer.text


def test_one_click_of_a_mail_program_is_enough(site: Site) -> None:
    answer = site.post(site.path(Purpose.UNSUBSCRIBE))

    assert answer.status == 200
    assert "You are unsubscribed" in answer.text
    assert "set-cookie" not in answer.headers
    assert site.status() is Status.UNSUBSCRIBED
    assert set(site.lists().values()) == {"withdrawn"}


def test_a_mail_program_may_send_the_form_in_parts(site: Site) -> None:
    body = (
        b"--x\r\nContent-Disposition: form-data; name=List-Unsubscribe\r\n\r\n"
        b"One-Click\r\n--x--\r\n"
    )

    answer = site.ask(
        "POST",
        site.path(Purpose.UNSUBSCRIBE),
        body,
        {"Content-Type": "multipart/form-data; boundary=x"},
    )

    assert answer.status == 200
    assert site.status() is Status.UNSUBSCRIBED


def test_twice_is_once_and_a_look_afterwards_says_so(site: Site) -> None:
    site.post(site.path(Purpose.UNSUBSCRIBE))
    after = everything(site)

    again = site.post(site.path(Purpose.UNSUBSCRIBE))
    look = site.get(site.path(Purpose.UNSUBSCRIBE))

    assert again.status == look.status == 200
    assert "You are unsubscribed" in look.text
    assert "<form" not in look.text
    assert everything(site) == after


def test_a_reader_who_was_erased_is_told_the_same(site: Site) -> None:
    look = site.get(site.path(Purpose.UNSUBSCRIBE, "eve"))
    press = site.post(site.path(Purpose.UNSUBSCRIBE, "eve"))

    assert look.status == press.status == 200
    assert "You are unsubscribed" in press.text
    assert site.status("eve") is Status.ERASED


@pytest.mark.parametrize("purpose", [Purpose.UNSUBSCRIBE, Purpose.PREFERENCES])
def test_a_link_of_a_test_says_so_and_lets_nobody_go(
    site: Site, purpose: Purpose
) -> None:
    path = f"/mail/{purpose}/{site.books.secret.sign(NOBODY, purpose)}"
    forged = f"/mail/{purpose}/{NOBODY}.{'A' * 22}"
    before = everything(site)

    look, press, leave = (
        site.get(path),
        site.post(path),
        site.post(path, {"do": "leave"}),
    )

    assert {answer.status for answer in (look, press, leave)} == {200}
    assert "This link is from a test" in look.text
    assert look.body == press.body == leave.body
    assert site.get(forged).status == site.post(forged).status == 404
    assert everything(site) == before


def test_everything_bad_is_the_same_page(site: Site) -> None:
    good = site.token(Purpose.UNSUBSCRIBE)
    bad = [
        "/mail/unsubscribe/x",
        f"/mail/unsubscribe/{site.token(Purpose.PREFERENCES)}",
        f"/mail/unsubscribe/{good[:-1]}",
        f"/mail/unsubscribe/{good}/",
        f"/mail/unsubscribe/{good[:32].upper()}{good[32:]}",
        f"/mail/unsubscribe/{'0' * 32}{good[32:]}",
        f"/mail/unsubscribe/{good}%0d%0aSet-Cookie:x",
        "/mail/unsubscribe/%00",
        "/mail/unsubscribe/%ff%fe",
        "/mail/unsubscribe/../../etc/passwd",
        f"/mail/unsubscribe/{site.books.secret.sign(PublicId('f' * 32), 'unsubscribe')}",
        "/",
        "/mail",
        "/.env",
    ]

    for method in ("GET", "POST"):
        answers = [site.ask(method, path) for path in bad]
        assert {answer.status for answer in answers} == {404}
        assert len({answer.body for answer in answers}) == 1
        assert all("set-cookie" not in answer.headers for answer in answers)
    assert site.status() is Status.ACTIVE


def test_no_change_of_a_token_is_a_token() -> None:
    """10^5 of them, and ids in order."""
    secret = Secret(keys=(SECRET.encode(),))
    token = secret.sign(PublicId("5" * 32), "unsubscribe")
    dice = random.Random(17)
    signs = string.ascii_letters + string.digits + "-_.%\r\n\x00é"

    def changed() -> str:
        made = list(token)
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(len(made))
            match dice.randrange(3):
                case 0:
                    made[place] = dice.choice(signs)
                case 1:
                    made.insert(place, dice.choice(signs))
                case _:
                    del made[place]
        return "".join(made)

    forged = {changed() for _ in range(100_000)} - {token}

    assert len(forged) > 50_000
    assert [one for one in forged if secret.read(one, "unsubscribe")] == []
    signature = token.partition(".")[2]
    for number in range(1000):
        assert secret.read(f"{number:032x}.{signature}", "unsubscribe") is None
    assert secret.read(token, "unsubscribe") == "5" * 32
    assert secret.read(token, "preferences") is None
    assert secret.read(token + "\n", "unsubscribe") is None


def test_neither_cookies_nor_where_it_comes_from_make_a_difference(
    site: Site,
) -> None:
    answer = site.post(
        site.path(Purpose.UNSUBSCRIBE),
        ONE_CLICK,
        {"Cookie": "a=b", "Origin": "https://mail.example", "Content-Type": FORM},
    )

    assert answer.status == 200
    assert "location" not in answer.headers
