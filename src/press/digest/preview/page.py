"""preview.html: the digest as its readers see it, on one page that needs nothing else.

Each mail and each picture is in the page once; a small script puts them into frames.
The frames run no scripts, and the page asks nothing of the network: what is not in it
is not shown.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from press.digest.preview.page_script import SCRIPT
from press.digest.preview.page_style import STYLE
from press.digest.preview.view import DESK, View, picture_data, views
from press.model.digest import MailPicture
from press.model.finding import Finding, Severity

#: About as many characters of subject and preheader are seen in a list of mails.
DESK_LINE, PHONE_LINE = 140, 80
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_GROUPS = {
    "Light": "In light surroundings",
    "Dark": "In dark surroundings",
    "With less": "With less than all",
}
NOT_SHOWN = (
    "These are Chromium’s, Firefox’s or Safari’s pictures, not a mail program’s. How"
    " Outlook and Gmail really draw the digest cannot be checked offline: Word’s"
    " drawing, colours that a program turns round by itself in the dark, and Gmail’s"
    " own rewriting of styles can be seen in those programs only. Before an important"
    " send, post it to an account of each and look."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The mail that one group of readers gets.

    Attributes:
        name: Such as "everybody" or "members".
        html: Its HTML part, finished.
        text: Its plain-text part.
    """

    name: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the preview shows.

    Attributes:
        title: The paper's title.
        edition: Such as "September 2024".
        sender: Who it comes from, as inboxes show it.
        subject: The subject line.
        preheader: What inboxes show after it.
        variants: The mails, one or several.
        pictures: The pictures that they show.
        findings: What was found wrong with the digest.
    """

    title: str
    edition: str
    sender: str
    subject: str
    preheader: str
    variants: Sequence[Variant]
    pictures: Sequence[MailPicture] = ()
    findings: Sequence[Finding] = ()

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(one.severity is severity for one in self.findings)


def preview_page(preview: Preview) -> bytes:
    """Return preview.html.

    It shows the line of the inbox, every view of `views` and the plain text of each
    variant, and what was found; it opens from a file and from anywhere else.
    """
    title = f"Digest · {preview.title}, {preview.edition}"
    shown = [views(variant.html) for variant in preview.variants]
    return "\n".join(
        (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_rules()}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
            *_head(preview),
            *_inbox(preview),
            *_findings(preview),
            *_picker(preview),
            *_variants(preview, shown),
            *_limits(),
            "</main>",
            _data(preview, shown),
            f"<script>{SCRIPT}</script></body></html>\n",
        )
    ).encode()


def _rules() -> str:
    """Return what the page may do: show what it holds, and run its own script."""
    script = b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline';"
        f" script-src 'sha256-{script}'; form-action 'none'; base-uri 'none'"
    )


# ---------------------------------------------------------------- what it is about


def _head(preview: Preview) -> Iterator[str]:
    errors, warnings = (
        preview.count(severity) for severity in (Severity.ERROR, Severity.WARNING)
    )
    way = "failed" if errors else "warned" if warnings else "passed"
    words = ", ".join(
        _many(count, word)
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    )
    verdict = {"failed": f"Not for the post: {words}", "warned": f"To look at: {words}"}
    weight = sum(len(picture.data) for picture in preview.pictures)
    facts = [f"{_many(len(preview.pictures), 'picture')}, {_bytes(weight)}"]
    if len(preview.variants) > 1:
        facts.insert(0, _many(len(preview.variants), "variant"))
    yield f'<header class="head"><div><h1>{escape(preview.title)}</h1>'
    yield f"<p>The digest of {escape(preview.edition)} · {' · '.join(facts)}</p></div>"
    well = "Nothing that matters" if preview.findings else "Nothing found"
    said = verdict.get(way, well)
    yield f'<span class="verdict {way}">{said}</span></header>'


def _inbox(preview: Preview) -> Iterator[str]:
    """Yield the digest's line in a list of mails: wide, and on a telephone."""
    sender, subject = escape(preview.sender), escape(preview.subject)
    initial = escape(preview.sender.strip()[:1].upper())
    yield '<h2 id="inbox">In the inbox</h2><div class="inbox" tabindex="0"'
    yield ' role="group" aria-labelledby="inbox">'
    for name, most in (("wide", DESK_LINE), ("narrow", PHONE_LINE)):
        room = max(most - len(preview.subject), 0)
        cut = preview.preheader[:room].rstrip()
        more = "…" if len(preview.preheader) > len(cut) else ""
        yield f'<div class="mail {name}"><i class="dot">{initial}</i>'
        yield f'<b class="from">{sender}</b><span class="line">'
        yield f'<b class="subject">{subject}</b> <span class="preheader">'
        yield f"{escape(cut)}{more}</span></span></div>"
    yield '</div><p class="quiet">'
    yield f"Subject {_many(len(preview.subject), 'character')}, preheader"
    yield f" {_many(len(preview.preheader), 'character')}. How much of them is seen"
    yield " differs from program to program.</p>"


def _findings(preview: Preview) -> Iterator[str]:
    if not preview.findings:
        return
    found = sorted(preview.findings, key=lambda one: _RANK[one.severity])
    yield '<h2>What was found</h2><section class="card"><ol class="found">'
    for number, one in enumerate(found, 1):
        severity = one.severity.value
        place = f'<span class="place">{escape(str(one.place))}</span> '
        yield f'<li><span class="mark {severity}" title="{severity}">{number}</span>'
        yield f"<div><p>{escape(_sentence(one.message))} <code>{escape(one.code)}</code>"
        yield "</p>"
        if one.hint or str(one.place):
            hint = escape(_sentence(one.hint)) if one.hint else ""
            yield f'<p class="hint">{place if str(one.place) else ""}{hint}</p>'
        yield "</div></li>"
    yield "</ol></section>"


# ---------------------------------------------------------------- the mails


def _picker(preview: Preview) -> Iterator[str]:
    """Yield what is chosen: the variant, and how much of each view is seen."""
    yield '<div class="picker">'
    if len(preview.variants) > 1:
        yield '<div class="choice" role="group" aria-label="Variant">'
        for number, variant in enumerate(preview.variants):
            chosen = "true" if number == 0 else "false"
            yield f'<button type="button" data-variant="{number}"'
            yield f' aria-pressed="{chosen}">{escape(variant.name)}</button>'
        yield "</div>"
    yield '<label><input type="checkbox" id="whole"> Whole length</label></div>'
    yield '<noscript><p class="card">This page needs JavaScript to fill its frames; the'
    yield " mails in them run none.</p></noscript>"


def _variants(preview: Preview, shown: Sequence[tuple[View, ...]]) -> Iterator[str]:
    for number, (variant, its) in enumerate(zip(preview.variants, shown, strict=True)):
        hidden = " hidden" if number else ""
        yield f'<section class="variant" data-variant="{number}"{hidden}'
        yield f' aria-label="{escape(variant.name)}">'
        for group, grouped in groupby(its, key=lambda view: view.group):
            yield f'<h2>{_GROUPS[group]}</h2><div class="views">'
            for view in grouped:
                yield from _view(number, view, variant)
            yield "</div>"
        yield '<h2>Plain text</h2><div class="views">'
        yield from _text(variant)
        yield "</div></section>"


def _view(number: int, view: View, variant: Variant) -> Iterator[str]:
    size = _bytes(len(variant.html.encode()))
    if view.name == "outlook":
        size = f"{_bytes(len(view.html.encode()))} of {size}"
    scheme = "dark" if view.name.endswith("-dark") else "light"
    yield f'<figure style="--width:{view.width}px"><figcaption><b>{view.title}</b>'
    yield f" <span>{size}</span></figcaption>"
    yield (
        f'<iframe class="{scheme}" title="{escape(view.title)}"'
        f' data-mail="{number}/{view.name}" referrerpolicy="no-referrer"'
        ' sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox">'
        "</iframe></figure>"
    )


def _text(variant: Variant) -> Iterator[str]:
    lines = variant.text.count("\n") + 1
    size = f"{_bytes(len(variant.text.encode()))}, {_many(lines, 'line')}"
    yield f'<figure style="--width:{DESK}px"><figcaption><b>The text part</b>'
    yield f' <span>{size}</span></figcaption><pre tabindex="0">{escape(variant.text)}'
    yield "</pre></figure>"


def _limits() -> Iterator[str]:
    yield '<h2>What cannot be seen here</h2><section class="card">'
    yield f"<p>{NOT_SHOWN}</p></section>"


def _data(preview: Preview, shown: Sequence[tuple[View, ...]]) -> str:
    """Return the mails and their pictures as data; each page and picture once."""
    pictures = sorted(preview.pictures, key=lambda one: -len(one.url))
    mails: dict[str, str] = {}
    pages: list[str] = []
    known: dict[str, int] = {}
    for number, its in enumerate(shown):
        for view in its:
            html = view.html
            if html not in known:
                known[html] = len(pages)
                pages.append(html)
            mails[f"{number}/{view.name}"] = str(known[html])
    data = {
        "mails": mails,
        "pages": pages,
        "pictures": [[escape(one.url), picture_data(one)] for one in pictures],
    }
    # "<" cannot end the element or begin a comment where it is written so.
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="data">{text}</script>'


# ---------------------------------------------------------------- words


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bytes(count: int) -> str:
    return f"{count:,} bytes"


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
