"""Drawing processes that die, hang or talk nonsense harm one page and nobody else."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from press.adapters.weasy import WeasyTypesetter, typesetter
from press.adapters.weasy.wire import HEADER, receive, send
from press.model.errors import MissingToolError
from press.model.finding import Severity
from press.model.page import Sheet
from tests.adapters.sheets import Pressroom, Silence, a_sheet, set_text, stationery

pytestmark = pytest.mark.rendered

MB = 1 << 20
#: More than a page of any newspaper: takes seconds and hundreds of megabytes.
ENDLESS = "<div style='float:left;width:3pt'>word <b>word</b></div>" * 60_000
#: A page that takes longer than it takes to kill a process.
SLOW = set_text(*["a line of words like any"] * 60) * 6


class KillWhileDrawing:
    """Kills every drawing process as soon as all are at work on a page."""

    def __init__(self, room: WeasyTypesetter) -> None:
        self._room = room
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.01):
            workers = self._room._workers
            if workers and all(worker.sheet for worker in workers):
                for process in self._room._processes:
                    os.killpg(process.pid, signal.SIGKILL)
                return


@pytest.fixture
def room() -> Iterator[Callable[..., WeasyTypesetter]]:
    made: list[WeasyTypesetter] = []

    def make(
        workers: int = 1, page_s: float = 60.0, memory: int = 4 << 30
    ) -> WeasyTypesetter:
        made.append(WeasyTypesetter(workers, page_s, memory))
        return made[-1]

    yield make
    for one in made:
        one.close()


Room = Callable[..., WeasyTypesetter]


def sheets(*bodies: str) -> list[Sheet]:
    return [a_sheet(body, number) for number, body in enumerate(bodies, 1)]


GOOD = set_text("a page like any other")


def test_a_page_that_takes_too_long_is_given_up_and_the_others_are_drawn(
    room: Room,
) -> None:
    ours = room(page_s=1.0)

    endless, good = ours.draw(sheets(ENDLESS, GOOD), stationery(), Silence())

    assert endless.value is None
    (finding,) = endless.findings
    assert (finding.code, finding.place.page) == ("page.limit", 1)
    assert "1 s" in finding.message
    assert good.value is not None
    assert good.findings == ()


def test_two_pages_that_take_too_long_at_once_are_each_said_once(room: Room) -> None:
    ours = room(workers=2, page_s=1.0)

    drawn = ours.draw(sheets(ENDLESS, ENDLESS, GOOD), stationery(), Silence())

    codes = [[finding.code for finding in one.findings] for one in drawn]
    assert codes == [["page.limit"], ["page.limit"], []]
    again = ours.draw(sheets(GOOD), stationery(), Silence())
    assert again[0].value is not None


def a_large_png(side: int) -> bytes:
    """Return a small file that takes four bytes a pixel when it is opened."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes((4 * side + 1) * side), 1)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def test_a_page_that_wants_too_much_memory_is_a_finding(
    room: Room, tmp_path: Path
) -> None:
    (tmp_path / "large.png").write_bytes(a_large_png(7000))
    hungry = '<img src="pictures/large.png" alt="">'
    ours = room(memory=600 * MB)

    greedy, good = ours.draw(
        sheets(hungry, GOOD), stationery(pictures=tmp_path), Silence()
    )

    assert greedy.value is None
    (finding,) = greedy.findings
    assert (finding.code, finding.severity) == ("page.limit", Severity.ERROR)
    assert finding.place.page == 1
    assert good.value is not None


def test_too_little_memory_to_start_is_said(room: Room) -> None:
    ours = room(memory=90 * MB)

    with pytest.raises(MissingToolError, match="did not start"):
        ours.draw(sheets(GOOD), stationery(), Silence())


def test_a_process_that_is_killed_costs_only_the_page_it_drew(room: Room) -> None:
    ours = room()

    with KillWhileDrawing(ours):
        lost, good = ours.draw(sheets(ENDLESS, GOOD), stationery(), Silence())

    assert lost.value is None
    (finding,) = lost.findings
    assert (finding.code, finding.place.page) == ("page.crash", 1)
    assert good.value is not None


def test_when_all_processes_are_killed_every_page_is_drawn_or_said(room: Room) -> None:
    ours = room(workers=2)

    with KillWhileDrawing(ours):
        drawn = ours.draw(sheets(SLOW, SLOW, GOOD, GOOD), stationery(), Silence())

    codes = [[finding.code for finding in one.findings] for one in drawn]
    assert ["page.crash"] in codes[:2]
    assert all(found in ([], ["page.crash"]) for found in codes[:2])
    assert codes[2:] == [[], []]
    assert [one.value is None for one in drawn] == [bool(found) for found in codes]


def test_a_fault_while_drawing_is_a_finding_that_quotes_it(room: Room) -> None:
    broken = '<p class="set" data-lines="a,b">no such lines</p>'

    odd, good = room().draw(sheets(broken, GOOD), stationery(), Silence())

    assert odd.value is None
    (finding,) = odd.findings
    assert (finding.code, finding.place.page) == ("page.crash", 1)
    assert "ValueError" in finding.message
    assert good.value is not None


def test_a_page_that_runs_over_is_a_finding(pressroom: Pressroom) -> None:
    long = "<p>line</p>" * 300

    (drawn,) = pressroom.draw(a_sheet(long))

    (finding,) = drawn.findings
    assert finding.code == "page.overflow"
    assert drawn.value is not None


def test_nothing_is_left_behind(room: Room) -> None:
    ours = room(workers=2)
    ours.draw(sheets(GOOD), stationery(), Silence())
    scratch = ours._scratch
    groups = [process.pid for process in ours._processes]

    ours.close()

    assert scratch is not None
    assert not scratch.exists()
    for group in groups:
        wait_for_end(group)


def wait_for_end(group: int) -> None:
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    pytest.fail("a drawing process is still there")


def test_the_environment_of_a_drawing_process_is_made_from_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGRID_API_KEY", "secret")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    ours = room()
    ours.start()

    (process,) = ours._processes
    environment = psutil.Process(process.pid).environ()

    assert "SENDGRID_API_KEY" not in environment
    assert "http_proxy" not in environment
    assert environment["TZ"] == "UTC"


# ---------------------------------------------------------------- nonsense


def framed(data: bytes) -> bytes:
    return len(data).to_bytes(HEADER, "big") + data


#: What a process may answer instead of a page.
NONSENSE = {
    "no JSON": framed(b"\x80\x04]\x94."),
    "no object": framed(b"[1, 2]"),
    "an empty object": framed(b"{}"),
    "no file": framed(b'{"fonts": [], "said": []}'),
    "fonts that are none": framed(b'{"fonts": [{"face": "x"}], "said": []}'),
    "half a message": framed(b'{"fonts": []}')[:12],
    "half a header": b"\0\0",
    "a message without end": b"\xff" * HEADER + b"x" * 64,
}


@pytest.fixture
def stand_in(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> Callable[[bytes], WeasyTypesetter]:
    """Return a typesetter whose first process answers every page with nonsense."""

    def make(answer: bytes) -> WeasyTypesetter:
        ours = room()
        real, count = ours._process, [0]

        def process(scratch: Path, conf: Path, lines: list[socket.socket]) -> object:
            count[0] += 1
            if count[0] > 1:
                return real(scratch, conf, lines)
            return popen(
                "import socket, sys\n"
                "from press.adapters.weasy.wire import receive, send\n"
                "line = socket.socket(fileno=int(sys.argv[-1]))\n"
                "receive(line)\n"
                "send(line, {'said': []})\n"
                "receive(line)\n"
                f"line.sendall({answer!r})\n",
                scratch,
                lines,
            )

        monkeypatch.setattr(ours, "_process", process)
        return ours

    return make


def popen(text: str, scratch: Path, lines: list[socket.socket]) -> object:
    (scratch / "stderr").touch()
    numbers = [line.fileno() for line in lines]
    path = os.pathsep.join(sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", text, *map(str, numbers)],
        env={"PYTHONPATH": path, "PATH": os.environ["PATH"]},
        cwd=scratch,
        pass_fds=numbers,
        start_new_session=True,
    )


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_from_a_drawing_process_costs_one_page(
    stand_in: Callable[[bytes], WeasyTypesetter], what: str
) -> None:
    (drawn,) = stand_in(NONSENSE[what]).draw(sheets(GOOD), stationery(), Silence())

    (finding,) = drawn.findings
    assert (finding.code, finding.place.page) == ("page.crash", 1)


def test_a_process_cannot_name_the_file_that_is_read(
    stand_in: Callable[[bytes], WeasyTypesetter], tmp_path: Path
) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_text("keep me")
    answer = f'{{"file": "{treasure}", "fonts": [], "said": []}}'.encode()

    first, _ = stand_in(framed(answer)).draw(
        sheets(GOOD, GOOD), stationery(), Silence()
    )

    assert first.value is None
    assert treasure.read_text() == "keep me"


def test_a_process_that_never_answers_the_stationery_is_given_up(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetter, "START_S", 0.2)
    ours = room()
    monkeypatch.setattr(
        ours,
        "_process",
        lambda scratch, conf, lines: popen(
            "import time; time.sleep(60)", scratch, lines
        ),
    )

    with pytest.raises(MissingToolError, match="did not start"):
        ours.draw(sheets(GOOD), stationery(), Silence())


def test_messages_come_out_as_they_went_in() -> None:
    ours, theirs = socket.socketpair()
    message = {"do": "draw", "html": "“ﬁ” \udcff \u202e", "number": 7}

    with ours, theirs:
        send(ours, message)
        got = receive(theirs)

    assert got == message
