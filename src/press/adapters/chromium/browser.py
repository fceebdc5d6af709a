"""Pages as Chromium shows them."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from press.adapters.chromium.pipe import Message, Pipe
from press.adapters.chromium.program import find_chromium
from press.model.errors import EngineError
from press.model.look import Extent, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds for one picture, measure or script.
SECONDS = 30.0
#: Height of the window, in CSS pixels.
WINDOW = 800
#: Where a page that is no file pretends to be; there is no such host (RFC 6761).
_HERE = "https://page.invalid/"
#: A mail's own scripts never run; Chromium still runs those that press gives it.
_RULES = "script-src 'none'; object-src 'none'; form-action 'none'"
#: Elements that are named as too wide.
_MOST_NAMED = 5

Page = str | Path


@dataclass(slots=True)
class _Open:
    """The page that is being looked at."""

    session: str
    html: str | None
    folder: Path | None
    until: float
    loaded: bool = False
    crashed: bool = False


class ChromiumBrowser:
    """Shows pages in an installed Chromium, without any network.

    One browser serves many pages, one after the other. A page given as text is a
    mail: its scripts do not run, and it sees nothing but `data:` and what `given`
    answers. A page given as a file sees the files of its folder besides, and its
    scripts run.

    Args:
        program: Path or name of the program; the first that is known where it is empty.
        given: Answers for an address with the file that is served there, or None.
        seconds: How long one picture, measure or script may take.
    """

    def __init__(
        self,
        program: str = "",
        *,
        given: Callable[[str], bytes | None] | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._program = program
        self._given = given or (lambda _: None)
        self._seconds = seconds
        self._pipe: Pipe | None = None
        self._page: _Open | None = None

    def __enter__(self) -> Self:
        """Start the browser.

        Raises:
            MissingToolError: There is none.
            EngineError: It cannot be started.
        """
        self._pipe = Pipe(find_chromium(self._program), self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the browser and everything it started."""
        if self._pipe:
            self._pipe.close()
        self._pipe = None

    @property
    def version(self) -> str:
        """The browser's name and version, such as "Chrome/156.0"."""
        until = time.monotonic() + self._seconds
        return str(self._line.call("Browser.getVersion", until=until)["product"])

    def shoot(
        self,
        page: Page,
        *,
        width: int,
        scheme: Scheme = Scheme.LIGHT,
        images: bool = True,
        scale: float = 1,
    ) -> bytes:
        """Return a picture of a page in its full height, as a PNG.

        Args:
            page: HTML, or a file of HTML.
            width: Width of the window, in CSS pixels.
            scheme: Light or dark surroundings.
            images: Whether pictures are shown, or their alternative texts.
            scale: Pixels of the picture to a CSS pixel.

        Raises:
            EngineError: The browser broke, or took too long.
        """
        with self._opened(page, width, scheme, scale):
            if not images:
                self._evaluate(_WITHOUT_IMAGES)
            height = self._evaluate(_HEIGHT)
            clip = {"x": 0, "y": 0, "width": width, "height": max(height, 1)}
            shot = self._call(
                "Page.captureScreenshot",
                format="png",
                clip=clip | {"scale": 1},
                captureBeyondViewport=True,
            )
        return base64.b64decode(shot["data"])

    def measure(
        self, page: Page, *, width: int, scheme: Scheme = Scheme.LIGHT
    ) -> Extent:
        """Return how much room a page takes in a window of that width.

        Raises:
            EngineError: The browser broke, or took too long.
        """
        with self._opened(page, width, scheme):
            found = self._evaluate(f"({_MEASURE})({_MOST_NAMED})")
        return Extent(
            window=width,
            width=found["width"],
            height=found["height"],
            wide=tuple(found["wide"]),
        )

    def run(
        self,
        page: Page,
        script: str,
        *,
        width: int = 600,
        scheme: Scheme = Scheme.LIGHT,
    ) -> Any:
        """Run a script of press's own in a page, and return what it comes to.

        The value of its last expression must be JSON, or a promise of some.

        Raises:
            EngineError: The script failed; the browser broke, or took too long.
        """
        with self._opened(page, width, scheme):
            return self._evaluate(script)

    # ------------------------------------------------------------ one page

    @property
    def _line(self) -> Pipe:
        if self._pipe is None:
            raise RuntimeError("the browser is used outside of its with statement")
        return self._pipe

    @contextmanager
    def _opened(
        self, page: Page, width: int, scheme: Scheme, scale: float = 1
    ) -> Iterator[None]:
        """Open a page in a window of its own and wait until all of it is there."""
        until = time.monotonic() + self._seconds
        html, folder, address = _where(page)
        blank = _Open(session="", html=html, folder=folder, until=until)
        target = self._window(blank, width, scheme, scale)
        try:
            self._show(address)
            yield
        finally:
            self._page = None
            self._line.send("Target.closeTarget", {"targetId": target})

    def _window(self, page: _Open, width: int, scheme: Scheme, scale: float) -> str:
        """Open an empty window and get it ready; return its name.

        A window that dies before it shows anything says nothing of the page: where one
        crashed, Chromium may give the next a process that is about to end, too.
        """
        for last in (False, False, True):
            target = self._call_browser("Target.createTarget", page, url="about:blank")
            name = str(target["targetId"])
            session = self._call_browser(
                "Target.attachToTarget", page, targetId=name, flatten=True
            )
            page.session, page.crashed, self._page = session["sessionId"], False, page
            try:
                self._prepare(width, scheme, scale)
            except EngineError:
                self._page = None
                self._line.send("Target.closeTarget", {"targetId": name})
                if last or not page.crashed:
                    raise
            else:
                return name
        raise AssertionError

    def _call_browser(self, method: str, page: _Open, **values: Any) -> Message:
        return self._line.call(method, values, until=page.until)

    def _prepare(self, width: int, scheme: Scheme, scale: float) -> None:
        self._call("Inspector.enable")  # first: it tells of a window that is dead
        self._call("Page.enable")
        self._call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=WINDOW,
            deviceScaleFactor=scale,
            mobile=False,
        )
        feature = {"name": "prefers-color-scheme", "value": str(scheme)}
        self._call("Emulation.setEmulatedMedia", media="screen", features=[feature])

    def _show(self, address: str) -> None:
        """Go to an address, and wait for its pictures and fonts."""
        done = self._call("Page.navigate", url=address)
        if why := done.get("errorText"):
            raise EngineError(f"Chromium cannot show the page: {why}")
        page = self._current
        while not page.loaded:
            self._line.next(page.until, "loading")
            self._look_alive()
        self._evaluate("document.fonts.ready.then(() => true)")

    @property
    def _current(self) -> _Open:
        if self._page is None:
            raise RuntimeError("no page is open")
        return self._page

    def _look_alive(self) -> None:
        if self._current.crashed:
            raise EngineError("Chromium crashed on the page")

    def _call(self, method: str, **values: Any) -> Message:
        page = self._current
        self._look_alive()
        return self._line.call(method, values, session=page.session, until=page.until)

    def _evaluate(self, script: str) -> Any:
        done = self._call(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
        )
        if fault := done.get("exceptionDetails"):
            said = fault.get("exception", {}).get("description") or fault.get("text")
            raise EngineError(f"a script failed in Chromium: {said}")
        return done["result"].get("value")

    # ------------------------------------------------------------ what it asks for

    def _hear(self, message: Message) -> None:
        """Hear an event: a request, that the page is there, or that it crashed."""
        page = self._page
        if page is None or message.get("sessionId") != page.session:
            return
        match message["method"]:
            case "Fetch.requestPaused":
                method, values = self._answer(page, message["params"])
                self._line.send(method, values, page.session)
            case "Page.loadEventFired":
                page.loaded = True
            case "Inspector.targetCrashed":
                page.crashed = True
                self._look_alive()
            case _:
                pass

    def _answer(self, page: _Open, asked: Message) -> tuple[str, Message]:
        """Return what is done with a request: answered, let through, or refused."""
        address, number = asked["request"]["url"], {"requestId": asked["requestId"]}
        if page.html is not None and address == _HERE:
            return _fulfil(number, page.html.encode(), page=True)
        if address.startswith(("data:", "about:")) or _inside(address, page.folder):
            return "Fetch.continueRequest", number
        if (file := self._given(address)) is not None:
            return _fulfil(number, file)
        return "Fetch.failRequest", number | {"errorReason": "BlockedByClient"}


def _where(page: Page) -> tuple[str | None, Path | None, str]:
    """Return a page's HTML or its folder, and the address to go to."""
    if isinstance(page, str):
        return page, None, _HERE
    file = page.resolve()
    if not file.is_file():
        raise EngineError(f"there is no page {page}")
    return None, file.parent, file.as_uri()


def _inside(address: str, folder: Path | None) -> bool:
    """Whether an address is that of a file below a folder."""
    parts = urlsplit(address)
    if folder is None or parts.scheme != "file":
        return False
    return Path(unquote(parts.path)).resolve().is_relative_to(folder)


def _fulfil(number: Message, file: bytes, *, page: bool = False) -> tuple[str, Message]:
    headers = [
        {"name": "Content-Type", "value": "text/html; charset=utf-8"},
        {"name": "Content-Security-Policy", "value": _RULES},
    ]
    return "Fetch.fulfillRequest", number | {
        "responseCode": 200,
        "responseHeaders": headers if page else [],
        "body": base64.b64encode(file).decode(),
    }


# ---------------------------------------------------------------- what pages are asked

_HEIGHT = """
Math.ceil(Math.max(document.documentElement.scrollHeight,
  document.documentElement.getBoundingClientRect().height))
"""

_WITHOUT_IMAGES = """
for (const element of document.querySelectorAll("*")) {
  for (const name of ["src", "srcset", "poster", "background"])
    if (name !== "src" || element.localName === "img") element.removeAttribute(name);
  if (getComputedStyle(element).backgroundImage.includes("url("))
    element.style.setProperty("background-image", "none", "important");
}
for (const picture of document.images) picture.replaceWith(picture.cloneNode());
"""

#: The outermost elements that reach beyond the window, on the side that can be scrolled.
_MEASURE = """
(most) => {
  const root = document.documentElement, wide = [];
  const start = getComputedStyle(root).direction === "rtl";
  const out = (box) => box.width > 0 &&
    (start ? box.left < -0.5 : box.right > root.clientWidth + 0.5);
  const walk = (element) => {
    for (const child of element.children) {
      const box = child.getBoundingClientRect();
      if (out(box)) {
        const name = [child.localName, ...child.classList].join(".");
        wide.push(`${name}, ${Math.round(box.width)} wide`);
      } else walk(child);
      if (wide.length >= most) return;
    }
  };
  if (root.scrollWidth > root.clientWidth) walk(document.body);
  return {width: root.scrollWidth, height: root.scrollHeight, wide: wide.slice(0, most)};
}
"""
