"""Subbing: the paper's house style held against an edition's copy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from press.desk.fingerprint import fingerprint, of_press
from press.intake.style import Submitted, find_style
from press.manifest.folder import PAPER
from press.manifest.style import STYLE, read_style
from press.model.article import Article
from press.model.finding import Finding, ready
from press.model.record import decode, encode
from press.ports import Cache

#: What subs were shown of an edition is kept under this name.
KEPT = "style-findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was found, as it is kept."""

    findings: tuple[Finding, ...]


def sub_articles(
    root: Path, articles: Sequence[Article], cache: Cache, *, lang: str
) -> tuple[Finding, ...]:
    """Return what a sub-editor would mark; looked for again only in copy that changed.

    Args:
        root: The newspaper's folder.
        articles: The edition's articles, typography done.
        cache: Where findings are kept.
        lang: The paper's language.
    """
    texts = {file: _read(root / file) for one in articles if (file := one.place.file)}
    said = _read(root / STYLE), _read(root / PAPER)
    named = (f"{one.slug} {one.lang}" for one in articles)
    key = fingerprint(of_press(), lang, *said, *named, *texts.values())
    kept = cache.get(KEPT, key)
    if kept is not None:
        return decode(_Found, json.loads(kept)).findings
    style = read_style(root, lang=lang)
    findings = style.findings
    if style.value is not None and ready(findings):
        lines = {file: _lines(text) for file, text in texts.items()}
        copy = [
            Submitted(article=one, lines=lines.get(one.place.file or "", ()))
            for one in articles
        ]
        findings = (*findings, *find_style(copy, style.value))
    found = _Found(findings=tuple(dict.fromkeys(findings)))
    cache.put(KEPT, key, json.dumps(encode(found)).encode())
    return found.findings


def _read(file: Path) -> str:
    """Return a file's text; what cannot be read has findings of its own elsewhere."""
    try:
        return file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    except OSError:
        return ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
