"""What stands before all pages: hosts, headers, sizes, methods, and no way out."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.desk.counter import Purpose
from press.model.subscriber import Status
from press.web.guard import RateLimit
from tests.databases import a_database
from tests.web.site import FORM, Site


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Of one kind: nothing here depends on it."""
    with a_database("sqlite", tmp_path) as address:
        yield address


PATHS = ("/mail/subscribe", "/health", "/openapi.json", "/mail/x")


@pytest.mark.parametrize("host", ["evil.test", "quoin.example.evil.test", "", "[::1]"])
def test_another_host_is_refused(site: Site, host: str) -> None:
    answer = site.get("/mail/subscribe", {"Host": host})

    assert answer.status == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize("host", ["quoin.example", "quoin.example:443", "127.0.0.1:1"])
def test_the_papers_host_is_answered(site: Site, host: str) -> None:
    assert site.get("/mail/subscribe", {"Host": host}).status == 200


def test_every_answer_has_the_headers(site: Site) -> None:
    answers = [site.get(path) for path in PATHS]
    answers += [
        site.get("/", {"Host": "evil.test"}),
        site.ask("PUT", "/mail/subscribe"),
    ]
    answers += [site.get(site.path(purpose)) for purpose in Purpose]
    answers += [site.post("/mail/subscribe", {"email": "x" * 100_000})]

    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        assert "server" not in answer.headers


def test_there_is_no_program_on_any_page(site: Site) -> None:
    for path in ["/mail/subscribe", "/", *(site.path(one) for one in Purpose)]:
        page = site.get(path).text
        assert "<script" not in page
        assert not re.search(r"\son\w+=", page)
        assert not re.search(r"\sstyle=", page)


@pytest.mark.parametrize("name", ["url", "next", "redirect", "return_to"])
def test_nothing_leads_elsewhere(site: Site, name: str) -> None:
    query = f"?{name}=https://evil.test/"
    for path in [*PATHS, *(site.path(purpose) for purpose in Purpose)]:
        for method in ("GET", "POST"):
            answer = site.ask(method, path + query, b"", {"Content-Type": FORM})
            assert "location" not in answer.headers
            assert "evil.test" not in answer.text
            assert not 300 <= answer.status < 400


def test_a_path_that_ends_in_a_slash_leads_nowhere(site: Site) -> None:
    assert site.get("/mail/subscribe/").status == 404
    assert site.get("//evil.test/mail/subscribe").status == 404


@pytest.mark.parametrize("purpose", Purpose)
def test_more_than_a_form_is_not_read(site: Site, purpose: Purpose) -> None:
    answer = site.post(site.path(purpose), {"x": "y" * 1_000_000})

    assert answer.status == 413
    assert site.status() is Status.ACTIVE


def test_more_than_a_form_in_pieces_is_not_read(site: Site) -> None:
    def pieces() -> bytes:
        return b"400\r\n" + b"x" * 1024 + b"\r\n"

    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(
            f"POST {site.path(Purpose.UNSUBSCRIBE)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        for _ in range(100):
            line.sendall(pieces())
        line.sendall(b"0\r\n\r\n")
        said = line.recv(100)

    assert b" 413 " in said
    assert site.status() is Status.ACTIVE


def test_a_form_with_files_or_too_many_fields_is_not_read(site: Site) -> None:
    file = (
        b"--x\r\nContent-Disposition: form-data; name=email; filename=a\r\n\r\n"
        b"x\r\n--x--\r\n"
    )
    parts = {"Content-Type": "multipart/form-data; boundary=x"}
    many = b"&".join(b"a=1" for _ in range(500))

    assert site.ask("POST", "/mail/subscribe", file, parts).status == 400
    assert site.ask("POST", "/mail/subscribe", b"broken", parts).status in {400, 422}
    assert site.ask("POST", "/mail/subscribe", many, {"Content-Type": FORM}).status in {
        400,
        422,
    }


def test_the_answer_to_a_wrong_method_names_all_right_ones(site: Site) -> None:
    for path in ("/mail/subscribe", site.path(Purpose.UNSUBSCRIBE)):
        for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
            answer = site.ask(method, path)
            assert answer.status == 405
            assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_a_flood_of_names_is_stopped_and_not_kept() -> None:
    limit = RateLimit(each=2, all_together=5)

    one = [limit.passes("one") for _ in range(3)]
    others = [limit.passes(f"name {number}") for number in range(1000)]

    assert one == [True, True, False]
    assert others == [True, True] + [False] * 998
