"""Links are asked for at a real server, gently, and its answers are understood."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from press.adapters.online import OnlineProbe
from press.model.second_look import LinkAnswer


class Handler(BaseHTTPRequestHandler):
    """Answers by the path it is asked for, and notes what it was asked."""

    asked: list[str]
    at_once: int
    most_at_once: int
    hold: threading.Event
    lock: threading.Lock

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        kind: type[Handler] = type(self)
        with kind.lock:
            kind.asked.append(f"{method} {self.path}")
            kind.at_once += 1
            kind.most_at_once = max(kind.most_at_once, kind.at_once)
        status, onward = self.chosen(method)
        with kind.lock:
            kind.at_once -= 1
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def chosen(self, method: str) -> tuple[int, str]:
        path = self.path.partition("?")[0]
        if path.startswith("/page-"):  # so that others could come in between
            self.hold.wait(0.01)
        if path == "/slow":
            self.hold.wait(20)
        if path == "/get-only":
            return (405 if method == "HEAD" else 200), ""
        if path.startswith("/hop"):
            number = int(path.removeprefix("/hop"))
            return 302, f"/hop{number - 1}" if number > 1 else "/good"
        fixed: dict[str, tuple[int, str]] = {
            "/moved": (301, "/good"),
            "/loop": (302, "/loop-back"),
            "/loop-back": (302, "/loop"),
            "/to-mail": (302, "mailto:a@b.example"),
            "/missing": (404, ""),
            "/broken": (500, ""),
        }
        return fixed.get(path, (200, ""))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[tuple[str, type[Handler]]]:
    class Noting(Handler):
        pass

    handler: type[Handler] = Noting
    handler.asked, handler.at_once, handler.most_at_once = [], 0, 0
    handler.hold, handler.lock = threading.Event(), threading.Lock()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    handler.hold.set()
    server.shutdown()
    server.server_close()
    thread.join(10)


def ask(address: str, patience: float = 10) -> LinkAnswer:
    (answer,) = OnlineProbe(patience).ask([address])
    assert answer.address == address
    return answer


@pytest.mark.parametrize(
    ("path", "status", "found"),
    [("/good", 200, True), ("/missing", 404, False), ("/broken", 500, False)],
)
def test_a_page_is_there_or_not(
    web: tuple[str, type[Handler]], path: str, status: int, found: bool
) -> None:
    answer = ask(web[0] + path)

    assert (answer.status, answer.found, answer.fault) == (status, found, "")


def test_only_the_head_is_asked_for_where_that_is_enough(
    web: tuple[str, type[Handler]],
) -> None:
    ask(f"{web[0]}/good?a=1&b=%20#part")

    assert web[1].asked == ["HEAD /good?a=1&b=%20"]


def test_a_server_that_gives_no_heads_is_asked_for_the_page(
    web: tuple[str, type[Handler]],
) -> None:
    assert ask(f"{web[0]}/get-only").status == 200
    assert web[1].asked == ["HEAD /get-only", "GET /get-only"]


def test_where_a_page_has_moved_to_is_told(web: tuple[str, type[Handler]]) -> None:
    answer = ask(f"{web[0]}/moved")

    assert (answer.status, answer.found) == (200, True)
    assert answer.hops == (f"{web[0]}/good",)


def test_five_moves_are_followed_and_no_more(web: tuple[str, type[Handler]]) -> None:
    assert len(ask(f"{web[0]}/hop5").hops) == 5
    assert ask(f"{web[0]}/hop6").fault == "it is sent on for ever"


def test_a_circle_is_told(web: tuple[str, type[Handler]]) -> None:
    answer = ask(f"{web[0]}/loop")

    assert not answer.found
    assert answer.fault == "it is sent in a circle"
    assert answer.hops == (f"{web[0]}/loop-back",)


def test_a_page_that_leads_to_no_page_is_told(web: tuple[str, type[Handler]]) -> None:
    assert "which is no web address" in ask(f"{web[0]}/to-mail").fault


def test_a_server_that_does_not_answer_in_time_is_given_up(
    web: tuple[str, type[Handler]],
) -> None:
    answer = ask(f"{web[0]}/slow", patience=0.3)

    assert (answer.status, answer.fault) == (None, "its server did not answer in time")


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]

    assert "refuses" in ask(f"http://127.0.0.1:{free}/").fault


def test_a_server_without_tls_is_told(web: tuple[str, type[Handler]]) -> None:
    answer = ask(f"{web[0]}/good".replace("http:", "https:"))

    assert answer.status is None
    assert "TLS" in answer.fault


@pytest.mark.parametrize("address", ["http://[x/", "http:///x", "http://127.0.0.1:x/"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    assert ask(address).fault


def test_answers_come_in_the_order_of_the_questions_and_once_each(
    web: tuple[str, type[Handler]],
) -> None:
    home, handler = web
    addresses = [f"{home}/missing", f"{home}/good", f"{home}/missing"]

    answers = OnlineProbe().ask(addresses)

    assert [answer.status for answer in answers] == [404, 200, 404]
    assert sorted(handler.asked) == ["GET /missing", "HEAD /good", "HEAD /missing"]


def test_a_host_gets_one_request_at_a_time(web: tuple[str, type[Handler]]) -> None:
    home, handler = web

    OnlineProbe().ask([f"{home}/page-{number}" for number in range(12)])

    assert len(handler.asked) == 12
    assert handler.most_at_once == 1
