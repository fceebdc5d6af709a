"""Whatever stands in a file: no traceback, no endless time, no token left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.manifest.body import BodyRead, read_body
from press.model.copy import plain, runs_of

PIECES = st.sampled_from(
    [
        *(
            "word",
            "два",
            "文",
            " ",
            "  ",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "*",
            "**",
            "_",
            "`",
            "```\n",
        ),
        *(
            "> ",
            "- ",
            "1. ",
            "# ",
            "---\n",
            "|",
            "\n|--|\n",
            "[",
            "](",
            ")",
            "![",
            "~",
            "^",
        ),
        *(
            "[^1]",
            "^[",
            "[^1]: ",
            "::: facts T\n",
            "\n:::\n",
            "{#a}",
            "{: .b}",
            "— x",
            '"',
        ),
        *(
            "<div>",
            "</div>",
            '<div markdown="1">\n',
            "<p>",
            "</p>",
            "<li>",
            "<ul>",
            "<br>",
            "<a>",
        ),
        *(
            "<table>",
            "<tr>",
            "<td colspan=3>",
            '<td rowspan="2">',
            "<caption>",
            "</table>",
        ),
        *(
            "<figure>",
            "<figcaption>",
            "<blockquote>",
            "<cite>",
            "<aside>",
            "<h2>",
            "<q>",
        ),
        *(
            "<pre>",
            "</pre>",
            "<code>",
            "<script>",
            "</script>",
            "<style>",
            "<!--",
            "-->",
        ),
        *(
            "{{< a >}}",
            '{{< ring title="x" >}}',
            "{{< /ring >}}",
            "{% b %}",
            "{{",
            "%}",
        ),
        *(
            '{{< quote-block text="x" >}}',
            '{{< figure src="a.jpg" >}}',
            "<img src=b.png>",
        ),
        *(
            "&amp;",
            "&amp;amp;",
            "&#13;",
            "&#1;",
            "&#xE000;",
            "&shy;",
            "<",
            ">",
            "&",
            "\\",
        ),
        *(
            "\u200b",
            "\u2029",
            "\x0b",
            "\ue000",
            "\ue0000\ue001",
            "\x00",
            "\ufeff",
            "\r",
        ),
    ]
)


def texts_of(found: BodyRead) -> list[str]:
    blocks = (found.copy.blocks, *(note.blocks for note in found.copy.notes))
    return [plain(runs) for part in blocks for runs in runs_of(part)]


def check(text: str) -> None:
    found = read_body(text, file="index.md", first_line=5)

    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(5 <= (f.place.line or 0) < 5 + lines for f in found.findings)
    for shown in texts_of(found):
        assert not set(shown) & {"\ue000", "\ue001", "\r", "\x00", "\u200b"}


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    check(text)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=300)
def test_any_mixture_of_markup_can_be_read(text: str) -> None:
    check(text)


@given(data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_real_articles_can_be_read_however_they_are_damaged(
    data: st.DataObject, corpus: Path
) -> None:
    files = sorted(corpus.glob("articles/*/index.md"))
    text = data.draw(st.sampled_from(files)).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text) - 1))
    text = text[start : start + 3000]
    for piece in data.draw(st.lists(PIECES, max_size=8)):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.sampled_from([0, 0, 1, 30]))
        text = text[:at] + piece + text[at + cut :]

    check(text)


@pytest.mark.parametrize(
    "piece",
    [
        "[a](",
        "[",
        "![",
        "[^",
        "^[",
        "*a **b ",
        "<div>",
        "x <span>",
        "<!--",
        "{{< ",
        "{% a ",
        "<script ",
        "<td colspan=9>",
        "<li>x",
        "</p>",
        '<a b="',
        "`a",
        "> ",
        "- ",
        "::: facts\n",
        "# a\n",
        "<blockquote>— x",
        "[^a]: x\n",
        "'\"",
    ],
)
def test_what_never_closes_is_read_without_going_over_it_again_and_again(
    piece: str,
) -> None:
    check(piece * 8000)  # a reader that looked back over it all would never be done


def test_twenty_thousand_open_links_are_read() -> None:
    check("[a](" * 20_000)


def test_nested_pictures_and_notes_do_not_exhaust_the_stack() -> None:
    check("![" * 3000 + "](x)" * 3000)
    check("^[" * 3000 + "]" * 3000)
