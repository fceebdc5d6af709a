"""Which Chromium, and how it is started."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from press.model.errors import MissingToolError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = tuple(
    Path("/Applications", f"{name}.app", "Contents", "MacOS", name)
    for name in ("Chromium", "Google Chrome")
)
HOW_TO_GET = (
    "install Chromium or Google Chrome (Debian: apt-get install chromium);"
    " PRESS_CHROMIUM names the program where it lies elsewhere"
)

#: Where programs and libraries are found; nothing else of the environment is passed on.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
_ROOT = 0
_FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    # nothing is asked of anybody: no names are resolved, no updates looked for
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--password-store=basic",
    "--use-mock-keychain",
    # the same picture on every machine, as far as fonts go
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--lang=en-GB",
    "--mute-audio",
)


def find_chromium(given: str = "") -> str:
    """Return the path of the program.

    Args:
        given: What PRESS_CHROMIUM says: a path or a name; all that are known else.

    Raises:
        MissingToolError: There is none.
    """
    wanted = [given] if given else [*NAMES, *(str(path) for path in MAC)]
    for name in wanted:
        if found := shutil.which(name):
            return found
    what = f"there is no program {given}" if given else "Chromium is not installed"
    raise MissingToolError(what, hint=HOW_TO_GET)


def arguments(program: str, profile: Path) -> list[str]:
    """Return the command line of a browser that keeps all it writes in `profile`."""
    flags = [*_FLAGS, f"--user-data-dir={profile}"]
    if sys.platform != "win32" and os.geteuid() == _ROOT:
        flags.append("--no-sandbox")  # Chromium refuses to run otherwise
    return [program, *flags]


def environment(scratch: Path) -> Mapping[str, str]:
    """Return the browser's whole environment."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"HOME": str(scratch), "TMPDIR": str(scratch), "TZ": "UTC"}
