"""Chromium, driven without a network."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from press.adapters.chromium import ChromiumBrowser, find_chromium
from press.model.errors import EngineError, MissingToolError
from press.model.look import Scheme
from tests.browsers import a_browser

pytestmark = pytest.mark.rendered

RED, GREEN = (255, 0, 0), (0, 128, 0)


def png(colour: tuple[int, int, int]) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (10, 10), colour).save(file, "PNG")
    return file.getvalue()


def page(body: str, css: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><title>A page</title>'
        f"<style>body{{margin:0}}{css}</style></head><body>{body}</body></html>"
    )


def seen(shot: bytes) -> Image.Image:
    return Image.open(io.BytesIO(shot)).convert("RGB")


@pytest.fixture(scope="module")
def browser() -> Iterator[ChromiumBrowser]:
    given = {"https://media.example/red.png": png(RED)}
    with a_browser(given=given.get) as started:
        yield started


def test_a_picture_has_the_width_asked_for_and_the_height_of_the_page(
    browser: ChromiumBrowser,
) -> None:
    shot = browser.shoot(page('<div style="height:1234px"></div>'), width=320)

    assert seen(shot).size == (320, 1234)


def test_a_picture_may_have_more_pixels(browser: ChromiumBrowser) -> None:
    shot = browser.shoot(page('<div style="height:50px">'), width=320, scale=2)

    assert seen(shot).size == (640, 1600)


def test_the_longest_digest_is_shown_to_its_end(browser: ChromiumBrowser) -> None:
    body = '<div style="height:19990px"></div><div style="height:10px;background:red">'

    shot = browser.shoot(page(body), width=320)

    assert seen(shot).size == (320, 20000)
    assert seen(shot).getpixel((160, 19995)) == RED
    assert seen(shot).getpixel((160, 16000)) == (255, 255, 255)


def test_surroundings_are_light_or_dark(browser: ChromiumBrowser) -> None:
    css = (
        "body{background:#fff}@media (prefers-color-scheme:dark){body{background:red}}"
    )

    light = seen(browser.shoot(page("", css), width=320))
    dark = seen(browser.shoot(page("", css), width=320, scheme=Scheme.DARK))

    assert light.getpixel((5, 5)) == (255, 255, 255)
    assert dark.getpixel((5, 5)) == RED


def test_pictures_are_shown_from_what_is_given_or_not_at_all(
    browser: ChromiumBrowser,
) -> None:
    html = page(
        '<img src="https://media.example/red.png" alt="" width="100" height="100"'
        ' style="display:block">'
    )

    with_images = seen(browser.shoot(html, width=320))
    without = seen(browser.shoot(html, width=320, images=False))

    assert with_images.getpixel((50, 50)) == RED
    assert RED not in {colour for _, colour in without.getcolors(1 << 20) or ()}


def test_backgrounds_are_pictures_too(browser: ChromiumBrowser) -> None:
    css = "body{background:url(https://media.example/red.png)}"

    assert seen(browser.shoot(page("", css), width=9)).getpixel((5, 5)) == RED
    without = browser.shoot(page("", css), width=9, images=False)
    assert seen(without).getpixel((5, 5)) == (255, 255, 255)


def test_words_are_read_as_they_are(browser: ChromiumBrowser) -> None:
    words = "naïve Ω 漢字 हिन्दी 👩‍🚀 “quoted”"

    assert browser.run(page(words), "document.body.textContent") == words


def test_what_sticks_out_sideways_is_measured_and_named(
    browser: ChromiumBrowser,
) -> None:
    html = page('<div><table class="sheet" style="width:700px"><td>x</table></div>')

    narrow = browser.measure(html, width=600)
    wide = browser.measure(html, width=700)

    assert not narrow.fits
    assert narrow.width == 700
    assert narrow.wide == ("table.sheet, 700 wide",)
    assert wide.fits
    assert wide.wide == ()


def test_what_sticks_out_of_an_edition_that_runs_from_right_to_left_is_named(
    browser: ChromiumBrowser,
) -> None:
    html = page('<p style="width:700px">x').replace("<html", '<html dir="rtl"')

    assert browser.measure(html, width=600).wide == ("p, 700 wide",)


def test_a_script_of_ours_may_take_its_time(browser: ChromiumBrowser) -> None:
    script = "new Promise(done => setTimeout(() => done({a: [1, null]}), 20))"

    assert browser.run(page(""), script) == {"a": [1, None]}


def test_a_script_that_fails_is_an_engines_error(browser: ChromiumBrowser) -> None:
    with pytest.raises(EngineError, match="nothing is not defined"):
        browser.run(page(""), "nothing.at.all")

    assert browser.run(page(""), "1 + 1") == 2


def test_a_mails_own_scripts_do_not_run(browser: ChromiumBrowser) -> None:
    html = page(
        "<script>document.title = 'changed'</script>"
        "<img src='data:,' onerror=\"document.title = 'changed'\">"
    )

    assert browser.run(html, "document.title") == "A page"


def test_a_files_scripts_run_and_it_sees_its_folder(
    browser: ChromiumBrowser, tmp_path: Path
) -> None:
    folder = tmp_path / "a folder with ä"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "green.png").write_bytes(png(GREEN))
    (tmp_path / "secret.png").write_bytes(png(RED))
    file = folder / "page.html"
    file.write_text(
        page(
            '<img src="pictures/green.png"><img src="../secret.png">'
            "<script>document.title = 'changed'</script>"
        ),
        encoding="utf-8",
    )
    script = "[document.title, ...[...document.images].map(i => i.naturalWidth)]"

    assert browser.run(file, script) == ["changed", 10, 0]


def test_a_mail_sees_no_files(browser: ChromiumBrowser, tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(png(RED))
    html = page(f'<img src="{(tmp_path / "red.png").as_uri()}">')

    assert browser.run(html, "document.images[0].naturalWidth") == 0


@pytest.mark.parametrize("kind", ["mail", "file"])
def test_nothing_is_asked_of_the_network(
    browser: ChromiumBrowser, tmp_path: Path, kind: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked: list[str] = []

        def listen() -> None:
            while True:
                try:
                    asked.append(server.accept()[1][0])
                except OSError:
                    return

        listener = threading.Thread(target=listen)
        listener.start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        html = page(
            f'<img src="http://{host}/a.png"><link rel="stylesheet" href="http://{host}/b">'
            f'<link rel="preconnect" href="http://{host}/"><iframe src="http://{host}/c">'
            f"</iframe><script>new WebSocket('ws://{host}/d');fetch('http://{host}/e');"
            f"navigator.sendBeacon('http://{host}/f')</script>"
        )
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        browser.run(html if kind == "mail" else file, "document.title")
        browser.run(page(""), "new Promise(done => setTimeout(done, 200))")
        server.shutdown(socket.SHUT_RDWR)
        listener.join()

    assert asked == []


def test_a_page_that_is_not_there_is_an_error(browser: ChromiumBrowser) -> None:
    with pytest.raises(EngineError, match="there is no page"):
        browser.shoot(Path("nowhere.html"), width=320)


def test_a_page_that_never_ends_is_given_up() -> None:
    with a_browser(seconds=2) as impatient:
        with pytest.raises(EngineError, match="no answer in time"):
            impatient.run(page(""), "new Promise(() => {})")

        assert impatient.run(page(""), "2") == 2


def test_a_page_that_crashes_is_an_error_and_the_next_is_shown() -> None:
    over = threading.Event()

    def crash() -> None:
        # Again and again: a page that dies before it shows anything is opened anew.
        while not over.wait(1):
            for process in ours(robust):
                with contextlib.suppress(psutil.Error):
                    if "--type=renderer" in process.cmdline():
                        process.kill()

    with a_browser() as robust:
        killer = threading.Thread(target=crash)
        killer.start()
        try:
            with pytest.raises(EngineError, match="crashed"):
                robust.run(page(""), "new Promise(() => {})")
        finally:
            over.set()
            killer.join()

        assert robust.run(page(""), "2") == 2


def test_a_browser_that_is_killed_is_an_error() -> None:
    with a_browser() as unlucky:
        for process in ours(unlucky):
            process.kill()
        with pytest.raises(EngineError, match="was killed by signal 9"):
            unlucky.run(page(""), "2")


def ours(browser: ChromiumBrowser) -> list[psutil.Process]:
    """Return the processes that belong to a browser."""
    pipe = browser._pipe
    assert pipe is not None
    first = psutil.Process(pipe._pid)
    return [first, *first.children(recursive=True)]


def test_nothing_of_a_browser_is_left() -> None:
    with a_browser() as browser:
        browser.run(page(""), "1")
        processes = ours(browser)
        assert browser._pipe is not None
        scratch = browser._pipe._scratch
        assert scratch.is_dir()

    _, alive = psutil.wait_procs(processes, timeout=5)
    assert [one for one in alive if one.status() != psutil.STATUS_ZOMBIE] == []
    assert not scratch.exists()


def test_a_program_that_is_not_there_is_a_missing_tool() -> None:
    with pytest.raises(MissingToolError, match="no program nowhere/chromium") as caught:
        find_chromium("nowhere/chromium")

    assert "PRESS_CHROMIUM" in (caught.value.hint or "")


def test_no_browser_at_all_is_a_missing_tool(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if sys.platform == "darwin":
        pytest.skip("a Mac keeps its browsers elsewhere")

    with pytest.raises(MissingToolError, match="Chromium is not installed"):
        ChromiumBrowser().__enter__()


def a_program(folder: Path, script: str) -> str:
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_a_browser_that_does_not_start_says_why(tmp_path: Path) -> None:
    program = a_program(tmp_path, "echo no usable sandbox >&2; exit 7")

    with (
        ChromiumBrowser(program) as broken,
        pytest.raises(EngineError, match="ended with code 7: no usable sandbox"),
    ):
        broken.run(page(""), "1")


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_browser_that_hangs_is_given_up_with_all_it_started(tmp_path: Path) -> None:
    program = a_program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/pid; sleep 600")

    with (
        ChromiumBrowser(program, seconds=1) as stuck,
        pytest.raises(EngineError, match="no answer in time"),
    ):
        stuck.run(page("x" * 1_000_000), "1")

    pid = int((tmp_path / "pid").read_text())
    until = time.monotonic() + 10  # It was killed, and dies as soon as it has its turn.
    while _lives(pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _lives(pid)


def test_a_browser_gets_nothing_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGRID_API_KEY", "a secret")
    program = a_program(tmp_path, f"env > {tmp_path}/env; exit 0")

    with ChromiumBrowser(program) as curious, pytest.raises(EngineError):
        curious.run(page(""), "1")

    assert "a secret" not in (tmp_path / "env").read_text()
    assert os.environ["SENDGRID_API_KEY"] == "a secret"
