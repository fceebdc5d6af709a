"""Real articles: every word of copy is in the copy once and in order."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from press.manifest.body import BodyRead, read_body
from press.model.copy import ItemList, plain, runs_of


class Body(NamedTuple):
    text: str
    first_line: int


def body_of(file: Path) -> Body:
    lines = file.read_text(encoding="utf-8").split("\n")
    end = lines.index("---", 1)
    return Body("\n".join(lines[end + 1 :]), end + 2)


def letters(text: str) -> str:
    """Return the letters and digits of a text: what cannot be typography or markup."""
    return "".join(re.findall(r"[^\W_]+", text))


#: What is dropped on purpose, and why. Each takes its place in the plain reading.
DROPPED = (
    (r"<!--.*?-->", ""),  # comments are not copy
    (r'\{\{<\s*quote-block text="(.*?)" cite="(.*?)"\s*>\}\}', r"\1 \2"),
    (r'\{\{<\s*ring title="(.*?)"\s*>\}\}', r"\1 "),
    (r"\{\{[<%].*?[%>]\}\}", ""),  # shortcodes: tweets, frames
    (r" \{#[^}]*\}$", ""),  # anchors of headings
    (r"!\[[^\]]*\]\((?:[^()\"]|\"[^\"]*\")*\)", ""),  # pictures are set elsewhere
    (r"<figcaption>.*?</figcaption>", ""),  # and so are their captions
    (r"^\[Back to the table of contents\]\(#chapters\)$", ""),  # nobody can follow it
    (r"^## Chapters$", ""),  # heading of a list of contents
    (r"^\s*[*-]\s+\[[^\]]*\]\(#[^)]*\)\s*$", ""),  # list of contents
    (r"(?<!\\)\]\((?:[^()]|\([^()]*\))*\)", "]"),  # addresses of links
    (r"<(https?://[^>\s]*)>", r"\1"),
    (r"^(\s*)\d{1,2}[.)] ", r"\1"),  # numbers of list items are set by the list
)


def plain_reading(text: str) -> str:
    """Read an article in a crude way of its own: patterns, no parser."""
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code.append(match["code"])
        return f"\x02{len(code) - 1}\x03"

    text = re.sub(
        r"^(?:```|~~~)[^\n]*\n(?P<code>.*?)^(?:```|~~~)\s*$",
        keep,
        text,
        flags=re.MULTILINE | re.DOTALL,
    )
    text = re.sub(r"(?<!`)`(?P<code>[^`]+)`(?!`)", keep, text)
    for pattern, instead in DROPPED:
        text = re.sub(
            pattern,
            instead,
            text,
            flags=re.MULTILINE | re.DOTALL if "<!--" in pattern else re.MULTILINE,
        )
    text = html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))
    return re.sub("\x02(\\d+)\x03", lambda match: code[int(match[1])], text)


def read(file: Path) -> BodyRead:
    body = body_of(file)
    return read_body(body.text, file=file.name, first_line=body.first_line)


def test_every_word_of_every_article_is_set_once_and_in_order(corpus: Path) -> None:
    files = sorted(corpus.glob("articles/*/index.md"))
    wrong = []
    for file in files:
        copy = read(file).copy
        blocks = (copy.blocks, *(note.blocks for note in copy.notes))
        words = " ".join(plain(runs) for part in blocks for runs in runs_of(part))
        expected = letters(plain_reading(body_of(file).text))
        if letters(words) != expected:
            wrong.append(file.parent.name)

    assert len(files) == 55
    assert wrong == []


def test_the_plain_reading_can_fail(corpus: Path) -> None:
    file = corpus / "articles" / "gabon-internet-disruption" / "index.md"
    text = body_of(file).text
    damaged = text.replace("curfew", "", 1)
    copy = read_body(damaged, file="x", first_line=1).copy

    words = " ".join(plain(runs) for runs in runs_of(copy.blocks))

    assert letters(words) != letters(plain_reading(text))


def test_every_picture_of_every_article_is_found_with_its_line(corpus: Path) -> None:
    for file in sorted(corpus.glob("articles/*/index.md")):
        body = body_of(file)
        lines = ["", *file.read_text(encoding="utf-8").split("\n")]

        pictures = read(file).pictures

        in_markdown = re.findall(r"!\[[^\]]*\]\((images/[^\s)]+)", body.text)
        in_html = re.findall(r'<img[^>]*src="(images/[^"]+)"', body.text)
        assert sorted(p.file for p in pictures) == sorted(in_markdown + in_html)
        assert all(p.file in lines[p.place.line or 0] for p in pictures)


@pytest.mark.parametrize(
    ("slug", "codes"),
    [
        ("the-new-fec", set()),
        ("ethiopia-internet-shutdown-amidst-recent-protests", {"article.shortcode"}),
        (
            "2019-benin-social-media-blocking",
            {"article.contents-dropped", "picture.remote"},
        ),
        ("the-five-orange-pips", {"article.invisible-character"}),
        (
            "dg-the-future-of-technology-at-gsa",
            {"article.shortcode", "picture.remote", "article.markup-removed"},
        ),
    ],
)
def test_what_is_odd_in_real_articles_is_found_and_nothing_else(
    corpus: Path, slug: str, codes: set[str]
) -> None:
    found = read(corpus / "articles" / slug / "index.md")

    assert {finding.code for finding in found.findings} == codes


def test_findings_of_real_articles_stand_at_their_true_line(corpus: Path) -> None:
    file = corpus / "articles" / "dg-the-future-of-technology-at-gsa" / "index.md"
    lines = ["", *file.read_text(encoding="utf-8").split("\n")]

    for finding in read(file).findings:
        assert finding.place.source == lines[finding.place.line or 0]
        if finding.code == "article.shortcode":
            assert "{{<" in lines[finding.place.line or 0]


def test_hostile_copy_is_harmless(corpus: Path) -> None:
    found = read(corpus / "awkward" / "text" / "hostile.md")

    runs = [run for part in runs_of(found.copy.blocks) for run in part]
    text = " ".join(run.text for run in runs)
    assert not [run.link for run in runs if run.link]
    assert "alert" not in text
    assert "@page" not in text
    assert "{{ config }}" in text
    assert "%recipient% -name- {{{unsubscribe}}} <%asm_group_unsubscribe_url%>" in text
    assert not [p for p in found.pictures if p.file.startswith("file:")]


def test_the_list_of_a_five_level_quotation_is_a_list(corpus: Path) -> None:
    copy = read(corpus / "articles" / "the-five-orange-pips" / "index.md").copy

    quotes = [block for block in copy.blocks if hasattr(block, "blocks")]
    assert any(isinstance(part, ItemList) for quote in quotes for part in quote.blocks)
