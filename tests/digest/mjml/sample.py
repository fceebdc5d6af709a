"""Small digests in MJML, and what the guard and the engine make of them."""

from __future__ import annotations

import re

from press.adapters.mrml import MrmlRenderer
from press.digest.mjml import Guarded, guard
from press.model.finding import Finding
from press.model.template import Filled, Origin

HEAD = (
    '<mjml lang="en-GB" dir="ltr"><mj-head></mj-head><mj-body><mj-section><mj-column>'
)
TAIL = "</mj-column></mj-section></mj-body></mjml>"
IMAGE = '<mj-image src="https://a.example/x.png" alt="x" />'
TEMPLATE = "layouts/small/digest.mjml.j2"


def column(content: str, head: str = "") -> str:
    """Put content into a column of an otherwise good digest, on one line."""
    return HEAD.replace("</mj-head>", f"{head}</mj-head>") + content + TAIL


def text(content: str) -> str:
    """Put HTML into a text of an otherwise good digest."""
    return column(f"<mj-text>{content}</mj-text>")


def body(content: str, head: str = "") -> str:
    """Put sections into an otherwise good digest."""
    return (
        f'<mjml lang="en-GB" dir="ltr"><mj-head>{head}</mj-head>'
        f"<mj-body>{content}</mj-body></mjml>"
    )


def filled(mjml: str) -> Filled:
    """Return a template that was filled with itself: every line knows its place."""
    lines = tuple(mjml.split("\n"))
    starts = [0, *(found.end() for found in re.finditer("\n", mjml))]
    origins = [
        Origin(offset=start, file=TEMPLATE, line=number, column=1)
        for number, start in enumerate(starts, 1)
    ]
    return Filled(text=mjml, origins=tuple(origins), sources={TEMPLATE: lines})


def findings_of(mjml: str) -> tuple[Finding, ...]:
    """Return what is wrong with MJML."""
    return guard(filled(mjml)).findings


def codes_of(mjml: str) -> list[str]:
    """Return the codes of what is wrong, in order of place."""
    return [finding.code for finding in findings_of(mjml)]


def guarded(mjml: str) -> Guarded:
    """Return what the engine may see; it must be that nothing worse than a warning is."""
    checked = guard(filled(mjml))
    assert checked.value is not None, checked.findings
    return checked.value


def rendered(mjml: str) -> str:
    """Return the HTML that the engine makes of what the guard lets through."""
    safe = guarded(mjml)
    return safe.completed(MrmlRenderer().render(safe.mjml.text, safe.styles))
