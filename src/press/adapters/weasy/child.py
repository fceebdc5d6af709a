"""A drawing process: takes pages over a socket, answers with PDFs in a scratch folder.

It is started with an environment made from nothing, limits its own memory and time
before it imports anything heavy, and draws in a thread with a deep stack, because
WeasyPrint calls itself once for every level of nesting.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import socket
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.adapters.weasy.wire import receive, send

if TYPE_CHECKING:
    from press.adapters.weasy.drawing import DrawingBoard

STACK = 256 << 20
DEPTH = 40_000
LOOK_S = 1.0
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def main(arguments: list[str]) -> None:
    """Serve one socket in this process, and every further one in a fork of it."""
    scratch, memory, *numbers = arguments
    press = os.getppid()
    _limit(int(memory))
    from press.adapters.weasy import drawing  # noqa: PLC0415  (heavy; forks share it)

    lines = [int(number) for number in numbers]
    mine, first = lines[0], True
    for number in lines[1:]:
        if os.fork() == 0:
            mine, first = number, False
            break
    for number in lines:
        if number != mine:
            os.close(number)
    sys.setrecursionlimit(DEPTH)
    threading.stack_size(STACK)
    worker = threading.Thread(
        target=_serve, args=(socket.socket(fileno=mine), Path(scratch), drawing)
    )
    worker.start()
    while first and worker.is_alive() and os.getppid() == press:
        worker.join(LOOK_S)
    if first and os.getpgrp() == os.getpid():
        # press has gone, perhaps in the middle of a page: leave nothing behind.
        shutil.rmtree(scratch, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)
    worker.join()


def _limit(memory: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 1 << 30),
        (resource.RLIMIT_NOFILE, 512),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of memory
            continue


def _serve(line: socket.socket, scratch: Path, drawing: Any) -> None:
    board: DrawingBoard | None = None
    while (message := receive(line)) is not None:
        if message["do"] == "stationery":
            try:
                board = drawing.DrawingBoard(
                    message["css"], message["faces"], message["pictures"]
                )
            except OSError as problem:  # It keeps fonts in the scratch folder.
                if problem.errno not in NO_ROOM:
                    raise
                send(line, {"failed": "space", "text": str(problem)})
                continue
            send(line, {"said": board.early})
        elif board is not None:
            send(line, _draw(board, message, scratch))


def _draw(
    board: DrawingBoard, message: dict[str, Any], scratch: Path
) -> dict[str, object]:
    try:
        pdf, fonts, said = board.draw(message["html"])
    except MemoryError:
        return {"failed": "memory", "text": "out of memory"}
    except BaseException as problem:  # noqa: BLE001  (the parent makes it a finding)
        frame = traceback.extract_tb(problem.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        name = type(problem).__name__
        return {"failed": "crash", "text": f"{name}: {str(problem)[:200]} ({where})"}
    file = scratch / f"{message['number']}.pdf"
    try:
        file.write_bytes(pdf)
    except OSError as problem:
        return {"failed": "space", "text": str(problem)}
    return {"fonts": fonts, "said": said}


if __name__ == "__main__":
    main(sys.argv[1:])
