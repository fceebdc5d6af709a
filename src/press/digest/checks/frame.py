"""Whether the document around the copy is in order."""

from __future__ import annotations

from collections.abc import Iterator

from press.digest.checks.mail import Mail
from press.model.finding import Finding, error

_METAS = ("color-scheme", "supported-color-schemes")


def check_frame(mail: Mail) -> Iterator[Finding]:
    """Find what the document lacks, and what no mail may hold."""
    facts = mail.facts
    missing = [
        name
        for name, there in (
            ('lang="…" on <mjml>', facts.lang not in {"", "und"}),
            ('dir="ltr" or "rtl" on <mjml>', facts.direction in {"ltr", "rtl"}),
            ("<mj-title>", bool(facts.title)),
            *((f'<meta name="{name}">', name in facts.metas) for name in _METAS),
        )
        if not there
    ]
    for name in missing:
        yield error(
            "digest.frame",
            f"the digest lacks {name}",
            hint="put it into the layout's digest.mjml.j2",
        )
    heads = [words for level, words in facts.headings if level == 1]
    if len(heads) != 1:
        yield error(
            "digest.heading",
            f"the digest has {len(heads)} main headings (h1); it must have one",
            hint="the paper's title is the one; headlines are h2 in the template",
        )
    for found in sorted(set(facts.active)):
        yield error(
            "digest.active-content",
            f"the digest holds {found}, which mail programs block",
            hint="take it out of the layout's digest.mjml.j2",
        )
