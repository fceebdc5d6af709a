"""Copy is fetched from hosts that were named and no others, whole or not at all."""

from __future__ import annotations

import gzip
import logging
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpcore
import httpx
import pytest

from press.adapters.fetcher import Login, WebFetcher, web
from press.adapters.fetcher.reach import Reach, authority_of
from press.model.fetch import Answer, Asked, Fault, Patience, Sort
from tests.web_handler import QuietHandler

PATIENCE = Patience(connect=1, step=0.2, whole=1, tries=3, pause=0.001, longest=30)


class Handler(QuietHandler):
    """Answers by what the test put under the path."""

    pages: dict[str, Callable[[Handler], None]]
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:  # noqa: N802 - http.server's name
        kind: type[Handler] = type(self)
        headers = {name.lower(): value for name, value in self.headers.items()}
        kind.asked.append((self.path, headers))
        page = kind.pages.get(self.path)
        if page is None:
            self.send(404)
        else:
            page(self)

    def send(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server:
    """A server of this machine."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[Handler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        kind = type("Own", (Handler,), {"pages": self.pages, "asked": self.asked})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        self.server.daemon_threads = True
        self.thread = threading.Thread(
            target=self.server.serve_forever, args=(0.02,), daemon=True
        )
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, body: bytes = b"", status: int = 200, **said: str) -> str:
        self.pages[path] = lambda one: one.send(status, body, **said)
        return self.url + path

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@contextmanager
def fetching(*named: str, login: Login | None = None) -> Iterator[WebFetcher]:
    with WebFetcher(named, login=login, patience=PATIENCE) as fetcher:
        yield fetcher


def get(server: Server, asked: Asked, *named: str) -> Answer:
    with fetching(server.url, *named) as fetcher:
        return fetcher.get(asked)


def test_a_document_is_fetched_with_its_headers(server: Server) -> None:
    address = server.put("/feed", b"<rss/>", ETag='"one"')

    answer = get(server, Asked(address=address))

    assert answer.found
    assert (answer.body, answer.header("ETag")) == (b"<rss/>", '"one"')
    assert server.asked[0][1]["user-agent"] == "press"


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    address = server.put("/a", status=304)

    answer = get(server, Asked(address=address, etag='"one"', modified="Mon"))

    assert answer.unchanged
    assert server.asked[0][1]["if-none-match"] == '"one"'
    assert server.asked[0][1]["if-modified-since"] == "Mon"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://elsewhere.example/", Fault.HOST),
        ("http://127.0.0.1:1/", Fault.HOST),
        ("http://169.254.169.254/latest/", Fault.HOST),
        ("file:///etc/passwd", Fault.SCHEME),
        ("ftp://127.0.0.1/", Fault.SCHEME),
        ("http://user:secret@127.0.0.1/", Fault.SCHEME),
        ("http://[::1/", Fault.SCHEME),
        ("", Fault.SCHEME),
    ],
)
def test_hosts_that_were_not_named_are_not_asked(
    server: Server, address: str, fault: Fault
) -> None:
    answer = get(server, Asked(address=address))

    assert answer.fault is fault
    assert answer.why
    assert not server.asked


def test_a_name_that_leads_into_a_private_network_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = server.server.server_port
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    name = f"http://paper.example:{port}/"

    with fetching(name) as fetcher:
        refused = fetcher.get(Asked(address=name))
    with fetching(name, server.url) as fetcher:
        refused_too = fetcher.get(Asked(address=name))

    assert refused.fault is Fault.PRIVATE
    assert refused_too.fault is Fault.PRIVATE
    assert not server.asked


@pytest.mark.parametrize(
    ("typed", "host", "found", "opened"),
    [
        ("10.0.0.7", "10.0.0.7", "10.0.0.7", True),
        ("10.0.0.7", "10.0.0.7", "10.0.0.8", False),
        ("http://[0:0::1]:80/", "0:0::1", "::1", True),
        ("localhost", "localhost", "127.0.0.1", True),
        ("localhost", "localhost", "10.0.0.7", False),
        ("localhost", "paper.example", "127.0.0.1", False),
        ("10.0.0.7", "localhost", "127.0.0.1", False),
        ("127.0.0.1", "localhost", "127.0.0.1", False),
    ],
)
def test_a_private_machine_is_asked_only_where_it_was_named_itself(
    typed: str, host: str, found: str, opened: bool
) -> None:
    assert Reach.of([typed]).opens(host, ip_address(found)) is opened


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://Paper.example./x", "paper.example"),
        ("https://zürich.example:8443/x", "xn--zrich-kva.example:8443"),
        ("http://[0:0::1]:8080/x", "[0:0::1]:8080"),
        ("http://127.0.0.1/x", "127.0.0.1"),
    ],
)
def test_a_server_is_told_which_host_is_meant(address: str, said: str) -> None:
    assert authority_of(urlsplit(address)) == said


@pytest.mark.parametrize(
    "hidden",
    [
        *("10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1"),  # noqa: S104
        *("fe80::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
        *("224.0.0.1", "fc00::1"),
    ],
)
def test_private_addresses_are_known_in_all_their_forms(hidden: str) -> None:
    reach = Reach.of(["paper.example"])

    assert not reach.opens("paper.example", ip_address(hidden))
    assert reach.opens("paper.example", ip_address("93.184.216.34"))


@pytest.mark.parametrize(
    ("typed", "address", "admitted"),
    [
        ("https://a.example", "https://www.a.example/x", "https://www.a.example/x"),
        ("a.example", "http://a.example/x?y=1", "https://a.example/x?y=1"),
        ("a.example", "https://a.example:8443/", None),
        ("http://a.example", "http://a.example/", "http://a.example/"),
        ("https://a.example", "https://b.a.example/", None),
        ("https://a.example", "https://A.Example/", "https://A.Example/"),
        ("localhost:8080", "http://localhost:8080/", "http://localhost:8080/"),
        ("zeitung-köln.example", "https://xn--zeitung-kln-zfb.example/", "same"),
    ],
)
def test_hosts_are_named_as_people_type_them(
    typed: str, address: str, admitted: str | None
) -> None:
    found = Reach.of([typed]).admits(address)

    assert found == (address if admitted == "same" else admitted)


def test_a_redirect_is_followed_within_the_hosts_that_were_named(
    server: Server,
) -> None:
    server.put("/new", b"here")
    address = server.put("/old", status=301, Location="/new")

    assert get(server, Asked(address=address)).body == b"here"


@pytest.mark.parametrize(
    ("onward", "fault"),
    [
        ("http://localhost:9/x", Fault.ELSEWHERE),
        ("file:///etc/passwd", Fault.SCHEME),
        ("/circle", Fault.CIRCLE),
    ],
)
def test_a_redirect_elsewhere_is_refused(
    server: Server, onward: str, fault: Fault
) -> None:
    address = server.put("/circle", status=302, Location=onward)

    assert get(server, Asked(address=address)).fault is fault


@pytest.mark.parametrize("said", ["as long as it is", "less than it is"])
def test_what_is_too_large_is_not_read_to_its_end(
    server: Server, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setitem(web.MOST, Sort.PICTURE, 1000)
    packed = gzip.compress(bytes(50_000))
    whole = {
        "as long as it is": (bytes(50_000), ""),
        "less than it is": (packed, "gzip"),
    }
    body, coding = whole[said]
    address = server.put("/a", body, Content_Encoding=coding or "identity")

    answer = get(server, Asked(address=address, sort=Sort.PICTURE))

    assert answer.fault is Fault.LARGE
    assert answer.body == b""


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "zstd", "deflate"])
def test_what_is_packed_in_a_way_nobody_asked_for_is_refused_unread(
    server: Server, coding: str
) -> None:
    address = server.put("/a", gzip.compress(b"x"), Content_Encoding=coding)

    answer = get(server, Asked(address=address))

    assert answer.fault is Fault.PACKED
    assert coding in answer.why
    assert len(server.asked) == 1


def test_a_refusal_is_one_however_it_is_packed(server: Server) -> None:
    address = server.put("/no", b"x", status=404, Content_Encoding="br")

    assert get(server, Asked(address=address)).status == 404


def test_a_bomb_is_not_unpacked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(web.MOST, Sort.PAGE, 100_000)
    bomb = gzip.compress(bytes(60_000_000))
    address = server.put("/bomb", bomb, Content_Encoding="gzip")

    with fetching(server.url) as fetcher:
        tracemalloc.start()
        answer = fetcher.get(Asked(address=address))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert answer.fault is Fault.LARGE
    assert most < 5_000_000


ONE = gzip.compress(b"one")
PACKED: dict[str, tuple[bytes, bytes | None]] = {
    "one part": (gzip.compress(b"one" * 40_000), b"one" * 40_000),
    "two parts": (ONE + gzip.compress(b" and two"), b"one and two"),
    "filled up": (ONE + bytes(20), b"one"),
    "packed nothing": (gzip.compress(b""), b""),
    "nothing": (b"", b""),
    "cut off": (ONE[:-3], None),
    "not packed": (b"no gzip at all", None),
}


@pytest.mark.parametrize(("packed", "plain"), PACKED.values(), ids=PACKED)
def test_what_is_packed_with_gzip_comes_whole_or_not_at_all(
    server: Server, packed: bytes, plain: bytes | None
) -> None:
    address = server.put("/a", packed, Content_Encoding="gzip")

    answer = get(server, Asked(address=address))

    assert answer.fault is (Fault.BROKEN if plain is None else None)
    assert answer.body == (plain or b"")


def test_what_ends_too_soon_is_asked_for_again_and_then_given_up(
    server: Server,
) -> None:
    def cut(one: Handler) -> None:
        one.send(200, b"half", Content_Length="8")
        one.close_connection = True

    server.pages["/cut"] = cut

    answer = get(server, Asked(address=server.url + "/cut"))

    assert answer.fault is Fault.BROKEN
    assert len(server.asked) == PATIENCE.tries


def test_data_that_is_cut_off_is_no_answer(server: Server) -> None:
    address = server.put("/data", b'[{"id": 1}, {"id"')

    answer = get(server, Asked(address=address, sort=Sort.JSON))

    assert answer.fault is Fault.BROKEN
    assert len(server.asked) == PATIENCE.tries


def test_a_server_that_says_later_is_left_alone_as_long_as_it_says(
    server: Server,
) -> None:
    waited: list[float] = []
    server.put("/busy", status=429, Retry_After="7")
    with WebFetcher([server.url], patience=PATIENCE, wait=waited.append) as fetcher:
        answer = fetcher.get(Asked(address=server.url + "/busy"))

    assert answer.fault is Fault.BUSY
    assert waited == [7.0, 7.0]


def test_a_server_that_says_much_later_is_not_waited_for(server: Server) -> None:
    later = "Fri, 30 Aug 2999 07:00:00 GMT"
    address = server.put("/busy", status=503, Retry_After=later)

    answer = get(server, Asked(address=address))

    assert answer.fault is Fault.BUSY
    assert len(server.asked) == 1


def test_a_refusal_is_not_asked_again(server: Server) -> None:
    answer = get(server, Asked(address=server.put("/no", b"why", status=403)))

    assert (answer.fault, answer.status, answer.body) == (Fault.STATUS, 403, b"why")
    assert len(server.asked) == 1


def test_a_server_that_does_not_answer_is_given_up(server: Server) -> None:
    ended = threading.Event()

    def never(_one: Handler) -> None:
        ended.wait(5)

    server.pages["/slow"] = never

    answer = get(server, Asked(address=server.url + "/slow"))
    ended.set()

    assert answer.fault is Fault.SILENT


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "chunks", "the head of a chunk", "headers", "no answer yet"],
)
def test_a_server_that_drips_is_given_up_when_time_is_up(
    server: Server, head: bytes, drop: bytes
) -> None:
    ended = threading.Event()

    def drip(one: Handler) -> None:
        one.close_connection = True
        with suppress(OSError):
            one.wfile.write(head)
            while not ended.wait(0.02):
                one.wfile.write(drop)

    server.pages["/drip"] = drip
    patience = replace(PATIENCE, whole=0.3)

    with WebFetcher([server.url], patience=patience) as fetcher:
        answer = fetcher.get(Asked(address=server.url + "/drip"))
    ended.set()

    assert (answer.fault, answer.why) == (Fault.SILENT, "its answer takes too long")
    assert len(server.asked) == 1


def test_a_password_goes_to_its_site_only_and_is_never_shown(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    other = Server()
    login = Login(site=server.url, user="editor", password="hunter2")  # noqa: S106
    own = server.put("/own", b"{}")
    theirs = other.put("/theirs", b"{}")
    moved = server.put("/moved", status=302, Location=theirs)

    with fetching(server.url, other.url, login=login) as fetcher:
        for address in (own, theirs, moved):
            assert fetcher.get(Asked(address=address)).found
    other.close()

    assert "authorization" in server.asked[0][1]
    assert all("authorization" not in headers for _, headers in other.asked)
    assert "hunter2" not in repr(login) + caplog.text
    assert "ZWRpdG9yOmh1bnRlcjI" not in caplog.text


def test_cookies_and_proxies_of_the_surroundings_are_not_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    address = server.put("/a", b"x", Set_Cookie="who=you; Path=/")

    with fetching(server.url) as fetcher:
        fetcher.get(Asked(address=address))
        answer = fetcher.get(Asked(address=address))

    assert answer.found
    assert "cookie" not in server.asked[1][1]


def test_every_fault_of_the_engine_is_an_answer(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [one for one in vars(httpx).values() if isinstance(one, type)]
    jars = httpx.CookieConflict  # of cookies that are asked by name, which none is
    faults = [one for one in own if issubclass(one, Exception) and one is not jars]
    address = server.put("/a", b"x")
    results = {}

    for fault in faults:
        broken = fault.__new__(fault)
        broken.args = ("broken",)

        def raising(*_: object, broken: Exception = broken, **__: object) -> None:
            raise broken

        monkeypatch.setattr(httpx.Client, "send", raising)
        results[fault.__name__] = get(server, Asked(address=address)).fault

    assert len(results) > 20
    assert all(results.values())


def test_every_fault_of_the_engine_below_is_an_answer(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [one for one in vars(httpcore).values() if isinstance(one, type)]
    address = server.put("/a", b"x")
    results = {}

    for fault in [one for one in own if issubclass(one, Exception)]:

        def raising(*_: object, fault: type[Exception] = fault, **__: object) -> None:
            raise fault

        monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", raising)
        results[fault.__name__] = get(server, Asked(address=address)).fault

    assert len(results) > 12
    assert all(results.values())
