"""Blocks that only their plugin shows: what they say is told, and listed."""

from __future__ import annotations

import pytest

from press.intake.wordpress.content import Shelf, Text, read_content


def read(html: str) -> Text:
    text = read_content(html, Shelf())
    counted = sum(each.words for each in text.pieces)
    assert text.words == counted + sum(each.words for each in text.left)
    return text


@pytest.mark.parametrize(
    ("block", "words"),
    [
        pytest.param(
            'acf/key-facts {"name":"acf/key-facts","data":{"fact":"The bridge cost'
            ' £4,000","_fact":"field of 1821","image":"7","more":["In 1821"]}}',
            ["The bridge cost £4,000", "In 1821"],
            id="settings within settings",
        ),
        pytest.param(
            'lazyblock/quote {"quote":"said \\u003cb\\u003etwice\\u003c/b\\u003e",'
            '"blockUniqueClass":"a b","link":"https://q.example/x"}',
            ["said twice"],
            id="marked up",
        ),
        pytest.param('my/map {"place":"Leeds"}', [], id="without a text"),
    ],
)
def test_a_block_that_only_its_plugin_shows_is_told_and_its_words_are_listed(
    block: str, words: list[str]
) -> None:
    name = block.partition(" ")[0]

    text = read(f"<p>Text.</p><!-- wp:{block} /-->")

    assert [piece.text for piece in text.pieces] == ["Text."]
    assert [(left.why, left.text) for left in text.left] == [
        (f"block {name}", said) for said in words
    ]
    (told,) = text.findings
    assert told.code == "intake.shortcode"
    assert told.message == f"press does not know what the site shows for: {name}"


@pytest.mark.parametrize(
    "block",
    [
        pytest.param('latest-posts {"className":"a b"}', id="the editor's own"),
        pytest.param('core/spacer {"height":"2 em"}', id="of core"),
        pytest.param('core-embed/vimeo {"caption":"a b"}', id="an older one of core"),
    ],
)
def test_the_editors_own_blocks_without_words_are_not_told(block: str) -> None:
    text = read(f"<p>Text.</p><!-- wp:{block} /-->")

    assert (text.left, text.findings) == ((), ())


def test_a_plugins_block_that_is_furniture_by_its_name_is_not_told() -> None:
    block = 'jetpack/subscriptions {"buttonText":"Sign up now"}'

    text = read(f"<p>Text.</p><!-- wp:{block} /-->")

    assert [left.text for left in text.left] == ["Sign up now"]
    assert text.findings == ()
