"""A house ad as lines for press.yaml, and those lines put there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from press.manifest.folder import PAPER
from press.manifest.next_edition import cannot_write
from press.manifest.plain import text
from press.model.errors import ManifestError
from press.model.house import HouseAd

_SETTING: Final = "house_ads:"
#: `house_ads:` with its items on lines of their own, or with none.
_HERE: Final = re.compile(
    r"^house_ads:[ \t]*(?:\[[ \t]*\][ \t]*)?(?P<comment>#.*)?$", re.MULTILINE
)
_ITEM: Final = re.compile(r"[ \t]*\n(?:[ \t]*(?:#.*)?\n)*(?P<indent> *)- ")


def house_ad_lines(ad: HouseAd, *, indent: str = "  ") -> str:
    """Return a house ad as an item of `house_ads` in press.yaml, with comments.

    Args:
        ad: The ad.
        indent: What stands before the dash.
    """
    dash, more = f"{indent}- ", f"{indent}  "
    channels = ", ".join(sorted(channel.value for channel in ad.channels)[::-1])
    return "\n".join(
        [
            f"{indent}# from the calls in the web's articles: say it as paper should",
            f"{dash}id: {ad.id}",
            f"{more}headline: {text(ad.headline)}",
            f"{more}text: {text(ad.text)}",
            f"{more}# on the button in the mail; on paper the address and its QR code stand",
            f"{more}button: {text(ad.button)}",
            f"{more}url: {text(ad.url)}",
            f"{more}channels: [{channels}]",
            "",
        ]
    )


def add_house_ad(root: Path, ad: HouseAd) -> None:
    """Write a house ad into press.yaml, before those that are there.

    Nothing else of the file changes.

    Raises:
        ManifestError: The file's `house_ads` are written within brackets.
        CannotWriteError: The file cannot be read or written.
    """
    path = root / PAPER
    try:
        old = path.read_bytes().decode("utf-8")
    except OSError as problem:
        raise cannot_write(root, problem) from problem
    new = _with(old, ad)
    fresh = path.with_name(f".{PAPER}.new")
    try:
        fresh.write_bytes(new.encode("utf-8"))
        fresh.replace(path)
    except OSError as problem:
        raise cannot_write(root, problem) from problem


def _with(old: str, ad: HouseAd) -> str:
    """Return the text of press.yaml with an ad more."""
    ends = "\r\n" if "\r\n" in old else "\n"
    lines = old.replace("\r\n", "\n")
    here = _HERE.search(lines)
    if here is None:
        if re.search(r"^house_ads:", lines, re.MULTILINE):
            raise ManifestError(
                f"the house ads of {PAPER} are written within brackets",
                hint=f"put these lines there yourself:\n{house_ad_lines(ad)}",
            )
        gap = "" if lines.endswith("\n") else "\n"
        made = f"{lines}{gap}\n{_SETTING}\n{house_ad_lines(ad)}"
        return made.replace("\n", ends)
    item = _ITEM.match(lines, here.end())
    indent = item["indent"] if item else "  "
    comment = f"  {here['comment']}" if here["comment"] else ""
    made = (
        f"{lines[: here.start()]}{_SETTING}{comment}\n"
        f"{house_ad_lines(ad, indent=indent)}{lines[here.end() + 1 :]}"
    )
    return made.replace("\n", ends)
