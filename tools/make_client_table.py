"""Make the table of what mail programs support: src/press/digest/checks/clients.json.

    .venv/bin/python tools/make_client_table.py FOLDER

FOLDER is a clone of https://github.com/hteumeuleu/caniemail (MIT), whose `_features`
hold one file a feature: test results by family, platform and version. Of each the newest
version counts. What press keeps: the feature, what stands for it in CSS or HTML, and
which of press's mail programs do not know it, or know it in part and how.

A feature that this program cannot place stops it: give it a row in `TOKENS`, or in
`LEFT_OUT` with the reason.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from press.model.mail_client import MailClient

TABLE = Path(__file__).parents[1] / "src/press/digest/checks/clients.json"
SOURCE = "https://github.com/hteumeuleu/caniemail"
LICENCE = "MIT, copyright (c) 2019 Rémi Parmentier"

#: Each mail program: family and platforms in the data, and its name for people.
PLATFORMS = {
    MailClient.APPLE_MAIL: ("Apple Mail", "apple-mail", ("macos", "ios")),
    MailClient.GMAIL: ("Gmail", "gmail", ("desktop-webmail", "ios", "android")),
    MailClient.GMAIL_MOBILE_WEB: (
        "Gmail in a telephone's browser",
        "gmail",
        ("mobile-webmail",),
    ),
    MailClient.OUTLOOK_WINDOWS: ("classic Outlook", "outlook", ("windows",)),
    MailClient.OUTLOOK_COM: ("Outlook.com", "outlook", ("outlook-com",)),
    MailClient.OUTLOOK_MAC: ("Outlook for Mac", "outlook", ("macos",)),
    MailClient.OUTLOOK_MOBILE: ("Outlook mobile", "outlook", ("ios", "android")),
    MailClient.YAHOO: ("Yahoo Mail", "yahoo", ("desktop-webmail", "ios", "android")),
    MailClient.AOL: ("AOL", "aol", ("desktop-webmail", "ios", "android")),
    MailClient.SAMSUNG_EMAIL: ("Samsung Email", "samsung-email", ("android",)),
    MailClient.THUNDERBIRD: ("Thunderbird", "thunderbird", ("macos", "windows")),
    MailClient.PROTON_MAIL: (
        "Proton Mail",
        "protonmail",
        ("desktop-webmail", "ios", "android"),
    ),
    MailClient.FASTMAIL: ("Fastmail", "fastmail", ("desktop-webmail",)),
    MailClient.HEY: ("HEY", "hey", ("desktop-webmail",)),
    MailClient.GMX: ("GMX", "gmx", ("desktop-webmail", "ios", "android")),
    MailClient.WEB_DE: ("WEB.DE", "web-de", ("desktop-webmail", "ios", "android")),
    MailClient.IONOS: ("IONOS", "ionos-1and1", ("desktop-webmail", "android")),
    MailClient.MAIL_RU: ("Mail.ru", "mail-ru", ("desktop-webmail",)),
    MailClient.ORANGE: ("Orange", "orange", ("desktop-webmail", "ios", "android")),
    MailClient.SFR: ("SFR", "sfr", ("desktop-webmail", "ios", "android")),
    MailClient.LA_POSTE: ("Laposte.net", "laposte", ("desktop-webmail",)),
}
SHORT = {
    "desktop-webmail": "browser",
    "ios": "iOS",
    "android": "Android",
    "macos": "macOS",
    "windows": "Windows",
}


def _properties(*names: str) -> tuple[str, ...]:
    return tuple(f"property:{name}" for name in names)


def _elements(*names: str) -> tuple[str, ...]:
    return tuple(f"element:{name}" for name in names)


def _attributes(*names: str) -> tuple[str, ...]:
    return tuple(f"attribute:{name}" for name in names)


def _sides(prefix: str) -> tuple[str, ...]:
    ends = ("block-start", "block-end", "inline-start", "inline-end")
    return tuple(f"property:{prefix}-{end}" for end in ends)


def _borders(pattern: str) -> tuple[str, ...]:
    axes = ("inline", "block")
    kinds = ("width", "style", "color")
    return tuple(
        f"property:{pattern.format(axis=axis, kind=kind)}"
        for axis in axes
        for kind in kinds
    )


#: What stands for a feature whose title does not say so by itself.
TOKENS: dict[str, tuple[str, ...]] = {
    "css-at-font-face": ("at:font-face",),
    "css-at-import": ("at:import",),
    "css-at-keyframes": ("at:keyframes",),
    "css-at-media": ("at:media",),
    "css-at-supports": ("at:supports",),
    "css-at-media-device-pixel-ratio": (
        "media:-webkit-device-pixel-ratio",
        "media:-webkit-min-device-pixel-ratio",
        "media:-webkit-max-device-pixel-ratio",
    ),
    "css-at-media-hover": ("media:hover", "media:any-hover"),
    "css-at-media-orientation": ("media:orientation",),
    "css-at-media-prefers-color-scheme": ("media:prefers-color-scheme",),
    "css-at-media-prefers-reduced-motion": ("media:prefers-reduced-motion",),
    "css-block-inline-size": _properties("block-size"),
    "css-border-inline-block": _properties("border-inline", "border-block"),
    "css-border-inline-block-individual": _sides("border"),
    "css-border-inline-block-longhand": _borders("border-{axis}-{kind}"),
    "css-border-radius-logical": _properties(
        "border-start-start-radius",
        "border-start-end-radius",
        "border-end-start-radius",
        "border-end-end-radius",
    ),
    "css-color-scheme": _properties("color-scheme"),
    "css-column-layout-properties": _properties(
        "columns", "column-width", "column-rule", "column-span", "column-fill"
    ),
    "css-conic-gradient": ("function:conic-gradient",),
    "css-display-flex": ("value:display=flex", "value:display=inline-flex"),
    "css-display-grid": ("value:display=grid", "value:display=inline-grid"),
    "css-display-none": ("value:display=none",),
    "css-flex-direction": _properties("flex-direction"),
    "css-flex-wrap": _properties("flex-wrap", "flex-flow"),
    "css-font": _properties("font"),
    "css-function-clamp": ("function:clamp",),
    "css-function-light-dark": ("function:light-dark",),
    "css-function-max": ("function:max",),
    "css-function-min": ("function:min",),
    "css-gap": _properties("gap", "column-gap", "row-gap"),
    "css-grid-template": _properties(
        "grid-template", "grid-template-columns", "grid-template-rows"
    ),
    "css-height": _properties("height"),
    "css-important": ("word:!important",),
    "css-inert-attribute": _attributes("inert"),
    "css-intrinsic-size": ("word:fit-content", "word:min-content", "word:max-content"),
    "css-left-right-top-bottom": _properties("left", "right", "top", "bottom"),
    "css-linear-gradient": ("function:linear-gradient",),
    "css-margin-block-start-end": _properties("margin-block-start", "margin-block-end"),
    "css-margin-inline-block": _properties("margin-inline", "margin-block"),
    "css-margin-inline-start-end": _properties(
        "margin-inline-start", "margin-inline-end"
    ),
    "css-max-height": _properties("max-height"),
    "css-min-height": _properties("min-height"),
    "css-min-width": _properties("min-width"),
    "css-modern-color": tuple(
        f"function:{name}" for name in ("lch", "oklch", "lab", "oklab")
    ),
    "css-nesting": ("selector:nesting",),
    "css-padding-block-start-end": _properties(
        "padding-block-start", "padding-block-end"
    ),
    "css-padding-inline-block": _properties("padding-inline", "padding-block"),
    "css-padding-inline-start-end": _properties(
        "padding-inline-start", "padding-inline-end"
    ),
    "css-pseudo-class-has": ("pseudo:has",),
    "css-pseudo-class-lang": ("pseudo:lang",),
    "css-radial-gradient": ("function:radial-gradient",),
    "css-rgb": ("function:rgb",),
    "css-rgba": ("function:rgba",),
    "css-scroll-snap": _properties("scroll-snap-type", "scroll-snap-align"),
    "css-selector-adjacent-sibling": ("selector:adjacent",),
    "css-selector-attribute": ("selector:attribute",),
    "css-selector-chaining": ("selector:chaining",),
    "css-selector-child": ("selector:child",),
    "css-selector-class": ("selector:class",),
    "css-selector-descendant": ("selector:descendant",),
    "css-selector-general-sibling": ("selector:sibling",),
    "css-selector-grouping": ("selector:grouping",),
    "css-selector-id": ("selector:id",),
    "css-selector-type": ("selector:type",),
    "css-selector-universal": ("selector:universal",),
    "css-sytem-ui": tuple(
        f"word:{name}"
        for name in (
            "system-ui",
            "ui-serif",
            "ui-sans-serif",
            "ui-rounded",
            "ui-monospace",
        )
    ),
    "css-unit-calc": ("function:calc",),
    "css-unit-initial": ("word:initial",),
    "css-unit-percent": ("unit:%",),
    "css-variables": ("function:var", "property:--*"),
    "css-width": _properties("width"),
    "html-address": _elements("address"),
    "html-align": _attributes("align"),
    "html-base": _elements("base"),
    "html-h1-h6": _elements("h1", "h2", "h3", "h4", "h5", "h6"),
    "html-image-maps": _elements("map", "area"),
    "html-link": _elements("link"),
    "html-lists": _elements("ul", "ol", "dl"),
    "html-semantics": _elements(
        "article",
        "aside",
        "details",
        "figcaption",
        "figure",
        "footer",
        "header",
        "main",
        "mark",
        "nav",
        "section",
        "summary",
        "time",
    ),
    "html-srcset": _attributes("srcset", "sizes"),
    "html-svg": _elements("svg"),
}
#: What press does not ask about, and why.
LEFT_OUT = {
    "amp": "press makes no AMP",
    "bimi": "a matter of DNS",
    "css-comments": "a comment does nothing",
    "html-anchor-links": "an address, not CSS",
    "html-button-reset": "forms are refused as active content",
    "html-button-submit": "forms are refused as active content",
    "html-comments": "a comment does nothing",
    "html-doctype": "the engine writes it",
    "html-input-checkbox": "forms are refused as active content",
    "html-input-hidden": "forms are refused as active content",
    "html-input-radio": "forms are refused as active content",
    "html-input-reset": "forms are refused as active content",
    "html-input-submit": "forms are refused as active content",
    "html-input-text": "forms are refused as active content",
    "html-mailto-links": "an address, not CSS",
    "html-meta-color-scheme": "asked for by another check",
}

FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*$", re.DOTALL | re.MULTILINE)
PROPERTY = re.compile(r"[a-z-]+")
PSEUDO = re.compile(r"::?([a-z-]+)")
UNIT = re.compile(r"([a-z]+) unit")
ELEMENT = re.compile(r"<([a-z]+)> element")
ATTRIBUTE = re.compile(r"([a-z-]+) attribute")
ANSWER = re.compile(r"([ynau])((?: #\d+)*)\s*")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def tokens(name: str, title: str) -> tuple[str, ...]:
    """Return what stands for a feature in CSS or HTML."""
    if name in TOKENS:
        return TOKENS[name]
    title = title.strip()
    for pattern, kind in (
        (PROPERTY, "property"),
        (PSEUDO, "pseudo"),
        (UNIT, "unit"),
        (ELEMENT, "element"),
        (ATTRIBUTE, "attribute"),
    ):
        if found := pattern.fullmatch(title):
            return (f"{kind}:{found[found.lastindex or 0]}",)
    sys.exit(f"{name} ({title}): give it a row in TOKENS or LEFT_OUT")


def support(stats: dict[str, Any], family: str, platforms: Iterable[str]) -> list[str]:
    """Return a program's answer; nothing where it knows the feature, or is unknown.

    ["n"] is "not at all", ["n", "iOS"] "not on iOS", ["a", "1"] "in part, as note 1 says".
    """
    answers: dict[str, str] = {}
    notes: dict[str, list[str]] = {"n": [], "a": [], "y": []}
    for platform in platforms:
        versions = list((stats.get(family) or {}).get(platform, {}).values())
        found = ANSWER.fullmatch(str(versions[-1])) if versions else None
        if found is not None and found[1] != "u":
            answers[platform] = found[1]
            notes[found[1]] += re.findall(r"\d+", found[2])
    given = set(answers.values())
    if "n" in given:
        lost = [name for name, answer in answers.items() if answer == "n"]
        where = [SHORT[name] for name in lost] if len(given) > 1 else []
        return ["n", *where, *dict.fromkeys(notes["n"])]
    return ["a", *dict.fromkeys(notes["a"])] if "a" in given else []


def feature(name: str, front: dict[str, Any]) -> dict[str, Any]:
    """Return a feature as press keeps it: who does not know it, or in part."""
    answers = {
        client.value: answer
        for client, (_, family, platforms) in PLATFORMS.items()
        if (answer := support(front["stats"], family, platforms))
    }
    told = {
        str(key): str(text) for key, text in (front.get("notes_by_num") or {}).items()
    }
    used = {note for answer in answers.values() for note in answer[1:]} & set(told)
    return {
        "name": name,
        "tokens": list(tokens(name, front["title"])),
        "not": answers,
        "notes": {key: plain(told[key]) for key in sorted(used, key=int)},
    }


def plain(note: str) -> str:
    """Return a note without Markdown's links."""
    return " ".join(LINK.sub(r"\1", note).split())


def features(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield all features that press asks about."""
    yaml = YAML(typ="safe")
    yaml.allow_duplicate_keys = True  # some versions are given twice
    for file in sorted((folder / "_features").glob("[a-z]*.md")):
        name = file.stem
        if name in LEFT_OUT or name.startswith("image-"):
            continue
        found = FRONT.search(file.read_text(encoding="utf-8").replace("\t", "  "))
        if found is None:
            sys.exit(f"{file} has no front matter")
        yield feature(name, yaml.load(found[1]))


def main() -> None:
    """Make the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    git = ("git", "-C", str(folder), "log", "-1", "--format=%H %cs")
    told = subprocess.run(  # noqa: S603 - the folder is the caller's own
        git, check=True, capture_output=True, text=True
    ).stdout.split()
    made = {
        "source": SOURCE,
        "commit": told[0],
        "date": told[1],
        "licence": LICENCE,
        "clients": {client.value: row[0] for client, row in PLATFORMS.items()},
        "features": list(features(folder)),
    }
    rows = ",\n".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        for row in made.pop("features")
    )
    head = json.dumps(made, ensure_ascii=False, indent=1)[:-2]
    TABLE.write_text(f'{head},\n "features": [\n{rows}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
