"""The press side of the drawing processes: starts them, feeds them, buries them."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from press.adapters.weasy.wire import Message, receive, send
from press.model.errors import CannotWriteError, MissingToolError
from press.model.finding import NOWHERE, Checked, Finding, Place, error, warning
from press.model.page import DrawnPage, FontUse, Sheet, Stationery
from press.ports import Progress

FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
#: Where libraries are found; nothing else of the environment reaches the processes.
KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
START_S = 60.0
#: The folder that holds the package press.
OURS = Path(__file__).parents[3]


@dataclass(slots=True)
class _Worker:
    """One drawing process, as seen from here."""

    line: socket.socket
    sheet: int | None = None
    since: float = field(default=0.0)


class WeasyTypesetter:
    """Draws pages with WeasyPrint, in processes that can harm nobody.

    Args:
        workers: How many processes draw at once.
        page_s: Seconds a page may take before it is given up.
        memory: Bytes a process may use.
    """

    def __init__(
        self, workers: int = 2, page_s: float = 60.0, memory: int = 4 << 30
    ) -> None:
        self._count, self._page_s, self._memory = max(1, workers), page_s, memory
        self._scratch: Path | None = None
        self._processes: list[subprocess.Popen[bytes]] = []
        self._workers: list[_Worker] = []

    def start(self) -> None:
        """Start the processes; they load WeasyPrint while press does other work.

        Raises:
            CannotWriteError: There is no room for temporary files.
        """
        if self._workers:
            return
        try:
            scratch = self._scratch = Path(tempfile.mkdtemp(prefix="press-draw-"))
            (scratch / "fonts").mkdir()
            conf = scratch / "fonts.conf"
            conf.write_text(FONTCONFIG.format(folder=scratch / "fonts"))
        except OSError as error:
            raise CannotWriteError(
                f"there is no folder for temporary files: {error.strerror or error}",
                hint="make room, or let TMPDIR name another folder",
            ) from error
        pairs = [socket.socketpair() for _ in range(self._count)]
        groups = [pairs] if sys.platform == "linux" else [[pair] for pair in pairs]
        for group in groups:
            theirs = [pair[1] for pair in group]
            self._processes.append(self._process(scratch, conf, theirs))
        for mine, yours in pairs:
            yours.close()
            self._workers.append(_Worker(mine))

    def _process(
        self, scratch: Path, conf: Path, lines: list[socket.socket]
    ) -> subprocess.Popen[bytes]:
        numbers = [line.fileno() for line in lines]
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {
            "HOME": str(scratch),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "SOURCE_DATE_EPOCH": "0",
            "PYTHONPATH": str(OURS),  # the same press that asks
            "FONTCONFIG_FILE": str(conf),
        }
        module = "press.adapters.weasy.child"
        arguments = [str(scratch), str(self._memory), *map(str, numbers)]
        with (scratch / "stderr").open("ab") as said:
            return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
                [sys.executable, "-m", module, *arguments],
                env=environment,
                cwd=scratch,
                pass_fds=numbers,
                stdin=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )

    def draw(
        self, sheets: Sequence[Sheet], stationery: Stationery, progress: Progress
    ) -> Sequence[Checked[DrawnPage]]:
        """Draw pages on all processes; results in the sheets' order.

        Raises:
            CannotWriteError: There is no room for temporary files.
            MissingToolError: WeasyPrint cannot be loaded.
        """
        results: dict[int, Checked[DrawnPage]] = {}
        if not sheets:
            return ()
        todo = sorted(sheets, key=lambda s: (s.weight, -s.number))
        early = self._ready(stationery)
        while len(results) < len(sheets):
            self._hand_out(todo)
            lost = self._collect(results)
            lost += self._give_up(results)
            progress.step("pages", len(results), len(sheets))
            if lost and len(results) < len(sheets):
                self._again(stationery, todo, sheets)
            elif lost:
                self._stop()
        first = results[sheets[0].number]
        findings = (*early, *first.findings)
        results[sheets[0].number] = replace(first, findings=findings)
        return [_named(results[sheet.number], sheet) for sheet in sheets]

    def _collect(self, results: dict[int, Checked[DrawnPage]]) -> int:
        """Take in what is ready; return how many processes were lost over it."""
        lost = 0
        for worker in self._waiting():
            number, worker.sheet = worker.sheet, None
            if number is None:
                continue
            made = self._result(number, _answer(worker.line))
            lost += made is None
            results[number] = made or self._lost(number)
        return lost

    def _give_up(self, results: dict[int, Checked[DrawnPage]]) -> int:
        """Give up pages that take too long; return how many."""
        late = self._late()
        for worker in late:
            number, worker.sheet = worker.sheet, None
            if number is not None:
                results[number] = self._too_long(number)
        return len(late)

    def _ready(self, stationery: Stationery) -> tuple[Finding, ...]:
        """Hand out the stationery; return what there is to say about it."""
        self.start()
        message = {
            "do": "stationery",
            "css": list(stationery.css),
            "faces": [
                {
                    "family": face.family,
                    "weight": face.weight,
                    "italic": face.italic,
                    "file": face.file,
                }
                for face in stationery.faces
            ],
            "pictures": stationery.pictures,
        }
        for worker in self._workers:
            worker.line.settimeout(START_S)
            _tell(worker.line, message)
        said: list[Any] = []
        for worker in self._workers:
            answer = _answer(worker.line)
            if answer is not None:
                _find_room(answer)
            else:
                reason = self._stderr()
                self._stop()
                raise MissingToolError(
                    f"the drawing process did not start: {reason}",
                    hint="run ./press: it checks that Pango is installed",
                )
            said = said or _list(answer.get("said"))
        return tuple(_said(one, NOWHERE) for one in said)

    def _hand_out(self, todo: list[Sheet]) -> None:
        for worker in self._workers:
            if worker.sheet is None and todo:
                sheet = todo.pop()
                worker.sheet, worker.since = sheet.number, time.monotonic()
                _tell(
                    worker.line,
                    {"do": "draw", "number": sheet.number, "html": sheet.html},
                )

    def _waiting(self) -> list[_Worker]:
        busy = {
            worker.line: worker for worker in self._workers if worker.sheet is not None
        }
        ready, _, _ = select.select(list(busy), [], [], 0.5)
        return [busy[line] for line in ready]

    def _late(self) -> list[_Worker]:
        now = time.monotonic()
        return [
            worker
            for worker in self._workers
            if worker.sheet is not None and now - worker.since > self._page_s
        ]

    def _again(
        self, stationery: Stationery, todo: list[Sheet], sheets: Sequence[Sheet]
    ) -> None:
        """Start afresh after a loss; pages that others were drawing are drawn again."""
        drawing = {worker.sheet for worker in self._workers if worker.sheet is not None}
        todo += [sheet for sheet in sheets if sheet.number in drawing]
        self._stop()
        self._ready(stationery)

    # ------------------------------------------------------------ answers

    def _result(self, number: int, answer: Message | None) -> Checked[DrawnPage] | None:
        """Return what a process made of a page; None where it answers nonsense."""
        if answer is None:
            return None
        place = Place(page=number)
        _find_room(answer)
        try:
            if "failed" in answer:
                return Checked(value=None, findings=(_failed(answer, place),))
            return self._drawn(number, answer, place)
        except (OSError, KeyError, TypeError, ValueError):
            return None

    def _drawn(self, number: int, answer: Message, place: Place) -> Checked[DrawnPage]:
        file = (self._scratch or Path()) / f"{number}.pdf"
        pdf = file.read_bytes()
        file.unlink()
        fonts, findings = [], []
        for font in _list(answer["fonts"]):
            if font["face"] < 0:
                findings.append(_stray_font(str(font["family"]), place))
                continue
            glyphs = tuple((int(g), str(t), int(w)) for g, t, w in font["glyphs"])
            fonts.append(
                FontUse(name=str(font["name"]), face=int(font["face"]), glyphs=glyphs)
            )
        findings += [_said(said, place) for said in _list(answer["said"])]
        return Checked(
            value=DrawnPage(pdf=pdf, fonts=tuple(fonts)), findings=tuple(findings)
        )

    def _lost(self, number: int) -> Checked[DrawnPage]:
        text = f"page {number} could not be drawn: the drawing process broke off"
        died = [p.poll() for p in self._processes]
        names = [signal.Signals(-code).name for code in died if code and code < 0]
        if names:
            text += f" ({names[0]})"
        return Checked(value=None, findings=(_page_error("page.crash", text, number),))

    def _too_long(self, number: int) -> Checked[DrawnPage]:
        text = f"page {number} was given up: drawing passed {self._page_s:g} s"
        return Checked(value=None, findings=(_page_error("page.limit", text, number),))

    def _stderr(self) -> str:
        if self._scratch is None:
            return ""
        lines = (self._scratch / "stderr").read_text(errors="replace").strip()
        return lines.splitlines()[-1] if lines else "no reason given"

    # ------------------------------------------------------------ the end

    def _stop(self) -> None:
        # The folder goes first: if press is killed now, the processes see to the rest.
        self._clear()
        for worker in self._workers:
            worker.line.close()
        for process in self._processes:
            if process.poll() is None:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            process.wait()
        self._workers, self._processes = [], []
        self._clear()
        self._scratch = None

    def _clear(self) -> None:
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def close(self) -> None:
        """Let go of processes and scratch files."""
        self._stop()


def _tell(line: socket.socket, message: Mapping[str, object]) -> None:
    """Send a message; that its reader has gone shows when the answer is awaited."""
    with suppress(OSError):
        send(line, message)


def _answer(line: socket.socket) -> Message | None:
    """Return the next message; None where the other side has gone, or talks nonsense."""
    try:
        return receive(line)
    except (OSError, ValueError, TypeError):
        return None


def _named(drawn: Checked[DrawnPage], sheet: Sheet) -> Checked[DrawnPage]:
    if drawn.value is None:
        return drawn
    return replace(drawn, value=replace(drawn.value, articles=sheet.articles))


def _find_room(answer: Message) -> None:
    """Make sure that there was room for the answer's files.

    Raises:
        CannotWriteError: There was none.
    """
    if answer.get("failed") == "space":
        raise CannotWriteError(
            f"the drawing process cannot write: {answer['text']}",
            hint="make room in the folder for temporary files (TMPDIR)",
        )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _page_error(code: str, text: str, number: int) -> Finding:
    return error(
        code,
        text,
        Place(page=number),
        hint="look at the articles on that page: the last one changed is the likeliest",
    )


def _failed(answer: Message, place: Place) -> Finding:
    if answer["failed"] == "memory":
        return error("page.limit", "drawing ran out of memory", place)
    return error(
        "page.crash",
        f"WeasyPrint cannot draw this page: {answer['text']}",
        place,
        hint="a style sheet of the layout, or odd copy, asks for what it cannot do",
    )


def _stray_font(family: str, place: Place) -> Finding:
    return error(
        "page.font",
        f"the page is set in “{family}”, which is not a font of the layout",
        place,
        hint="a style sheet names a family that layout.yaml does not have",
    )


def _said(said: Sequence[str], place: Place) -> Finding:
    """Make a finding of what was noticed while a page was drawn."""
    kind, *rest = said
    if kind == "overflow":
        return error(
            "page.overflow", f"the page ran over: {rest[0]} pages drawn", place
        )
    if kind == "tofu":
        return error(
            "page.glyphs",
            f"the page needs characters that no font of the layout has: {rest[0]}",
            place,
            hint="take them out, or give layout.yaml a font that has them, under scripts",
        )
    if kind == "wide":
        return error(
            "page.wide-line",
            f"a line is {rest[0]} pt wider than its column: “{rest[1]}”",
            place,
            hint="the style sheet sets this type differently from layout.yaml",
        )
    if kind in {"error", "critical"}:
        return error("page.engine", rest[0], place)
    return warning("page.engine", rest[0], place)
