"""A story on its way to paper: what is copy stays, the rest goes where it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.intake.manuscript import Placed, Written, plain, write
from press.intake.markup import read_markup
from press.model.manuscript import FrontPicture
from press.model.story import Furniture, Origin, Sought, Story, Surety, Verdict

FILM = "https://www.youtube.com/embed/dQw4w9WgXcQ"


def a_story(html: str) -> Story:
    harvest = read_markup(html, base="https://lamp.example/a/")
    return Story(
        origin=Origin(form="page"),
        title="A story",
        pieces=harvest.pieces,
        left=harvest.left,
        words=harvest.words,
    )


def written(html: str, placed: Placed | None = None, **kinds: Furniture) -> Written:
    """Write a story; `kinds` name the pieces, by their first words, that are furniture."""
    story = a_story(html)
    verdicts = [
        next(
            (
                Verdict(kind=kind, surety=Surety.RULE, by="rule")
                for start, kind in kinds.items()
                if piece.text.startswith(start)
            ),
            None,
        )
        for piece in story.pieces
    ]
    made = write(story, verdicts, placed or {})
    assert made.manuscript.words.closes
    return made


def test_who_writes_and_what_was_corrected_go_where_they_belong() -> None:
    made = written(
        "<p>Text.</p><p><em>Ada Marsh is a writer.</em></p>"
        "<p><em>This article was amended on 3 August.</em></p>",
        Ada=Furniture.BIOGRAPHY,
        This=Furniture.CORRECTION,
    )

    assert made.manuscript.blocks == ("Text.",)
    assert made.manuscript.front.contributor == "Ada Marsh is a writer."
    assert made.manuscript.corrections == ("This article was amended on 3 August.",)
    assert "intake.correction" in [one.code for one in made.findings]


def test_a_film_without_a_still_is_a_line_and_asks_for_a_picture() -> None:
    made = written(
        f'<figure><iframe src="{FILM}"></iframe><figcaption>The hearing</figcaption></figure>'
    )

    assert made.manuscript.blocks == (
        "*[Video: The hearing](<https://www.youtube.com/watch?v=dQw4w9WgXcQ>)* (YouTube)",
    )
    assert "intake.needs-picture" in [one.code for one in made.findings]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (
            f'<iframe src="{FILM}" title="Salt"></iframe>',
            "the video “Salt” (https://www",
        ),
        (
            '<iframe src="https://lamp.example/x"></iframe>',
            "what the web shows here “https://lamp.example/x”: it needs",
        ),
    ],
)
def test_what_paper_cannot_show_is_said_in_a_sentence(html: str, said: str) -> None:
    (finding,) = [
        one for one in written(html).findings if one.code == "intake.needs-picture"
    ]

    assert finding.message.startswith(f"paper cannot show {said}")


def test_a_film_with_a_still_is_its_picture_and_a_line() -> None:
    html = f'<iframe src="{FILM}" title="The hearing"></iframe>'
    (piece,) = a_story(html).pieces
    assert piece.embed is not None
    assert piece.embed.still is not None
    placed = {piece.embed.still: FrontPicture(file="images/still.jpg")}

    made = written(html, placed)

    (block,) = made.manuscript.blocks
    assert block.startswith("![](images/still.jpg)\n\n*[Video: The hearing]")
    assert "intake.needs-picture" not in [one.code for one in made.findings]


def test_sound_needs_no_picture() -> None:
    made = written('<audio src="talk.mp3" title="The talk"></audio>')

    assert made.manuscript.blocks == (
        "*[Audio: The talk](<https://lamp.example/a/talk.mp3>)*",
    )
    assert "intake.needs-picture" not in [one.code for one in made.findings]


def test_a_gallery_is_its_pictures_one_after_another() -> None:
    html = '<figure><img src="a.jpg"><img src="b.jpg"><figcaption>Both</figcaption></figure>'
    (piece,) = a_story(html).pieces
    files = {
        one: FrontPicture(file=f"images/{one.name}", caption=one.caption)
        for one in piece.pictures
    }

    made = written(html, files)

    assert made.manuscript.blocks == ('![](images/a.jpg)\n\n![](images/b.jpg "Both")',)


def test_a_picture_before_all_text_is_the_lead_where_none_is_named() -> None:
    html = (
        '<figure><img src="a.jpg"><figcaption>The pan</figcaption></figure>'
        '<p>Text.</p><figure><img src="b.jpg"></figure>'
    )
    shown = [one for piece in a_story(html).pieces for one in piece.pictures]
    files = {
        one: FrontPicture(file=f"images/{one.name}", caption=one.caption)
        for one in shown
    }

    made = written(html, files)

    lead = FrontPicture(file="images/a.jpg", caption="The pan")
    assert made.manuscript.front.lead_image == lead
    assert made.manuscript.blocks == ("Text.", "![](images/b.jpg)")


LEAD = Sought(
    addresses=("https://lamp.example/mill.jpg",),
    name="mill.jpg",
    caption="The mill, before the fire.",
    credit="Ada Marsh/Quoin",
)


def test_a_lead_that_never_came_leaves_its_caption_and_credit_in_the_list() -> None:
    story = replace(a_story("<p>Two words.</p>"), lead=LEAD)

    made = write(story, [None], {}).manuscript

    assert made.front.images_missing == ("mill.jpg",)
    (lost,) = made.dropped
    assert lost.text == "The mill, before the fire. Ada Marsh/Quoin"
    assert lost.by == "the lead picture never came"
    assert (made.words.source, made.words.kept, made.words.dropped) == (9, 2, 7)


def test_the_words_under_a_lead_that_came_are_counted() -> None:
    story = replace(a_story("<p>Two words.</p>"), lead=LEAD)

    made = write(story, [None], {LEAD: FrontPicture(file="images/mill.jpg")}).manuscript

    assert (made.words.source, made.words.kept, made.words.dropped) == (9, 9, 0)


def test_of_a_gallery_the_caption_of_a_picture_that_never_came_is_listed() -> None:
    html = (
        '<figure><figure><img src="a.jpg"><figcaption>The mill</figcaption></figure>'
        '<figure><img src="b.jpg"><figcaption>The long pond</figcaption></figure></figure>'
    )
    (piece,) = a_story(html).pieces
    placed = {piece.pictures[0]: FrontPicture(file="images/a.jpg", caption="The mill")}

    made = written(html, placed).manuscript

    assert made.blocks == ('![](images/a.jpg "The mill")',)
    assert [one.text for one in made.dropped] == ["The long pond"]
    assert (made.words.kept, made.words.dropped) == (2, 3)


def test_a_pull_quote_of_the_text_is_no_second_paragraph() -> None:
    made = written(
        "<p>He was on his own in this game, they said.</p>"
        '<figure class="wp-block-pullquote"><blockquote><p>“on his own in this game”</p>'
        "</blockquote></figure>"
    )

    assert made.manuscript.front.pull_quotes == ("on his own in this game",)
    assert len(made.manuscript.blocks) == 1


def test_notes_stand_last_and_lone_rules_go() -> None:
    made = written(
        '<hr><p>Said<sup><a href="#f">1</a></sup>.</p><hr><p>Join us!</p><hr>'
        '<ol><li id="f">Source.</li></ol>',
        Join=Furniture.CALL,
    )

    assert made.manuscript.blocks == ("Said[^1].", "[^1]: Source.")


def test_words_that_do_not_add_up_are_told() -> None:
    story = replace(a_story("<p>Three words here</p>"), words=5)

    made = write(story, [None], {})

    assert "intake.words" in [one.code for one in made.findings]


def test_signs_that_were_written_as_code_twice_are_told() -> None:
    made = written("<p>The minister&amp;#8217;s reply &amp; more.</p>")
    right = written("<p>The minister&#8217;s reply &amp; more.</p>")

    (told,) = [one for one in made.findings if one.code == "intake.garbled"]
    assert "&#8217;" in told.message
    assert "intake.garbled" not in [one.code for one in right.findings]


@pytest.mark.parametrize(
    "words",
    ['![](images/html.jpg "")', "![A mill](mill.jpg)", "[mill](https://lamp.example)"],
)
def test_markdown_that_stands_in_the_text_as_words_is_told(words: str) -> None:
    made = written(f"<p>Salt {words} tax.</p><pre>[a](https://b.example)</pre>")

    (told,) = [one for one in made.findings if one.code == "intake.markdown"]
    assert words in told.message


def test_brackets_and_links_of_the_text_are_no_markdown_in_words() -> None:
    made = written(
        '<p>Salt [sic] (see <a href="https://b.example">there</a>) [1](a).</p>'
    )

    assert "intake.markdown" not in [one.code for one in made.findings]


@pytest.mark.parametrize(
    ("url", "given", "told"),
    [
        ("", "", False),
        ("https://lamp.example/a", "https://lamp.example/a", False),
        ("http://lamp.example/a", "https://lamp.example/a", True),
        ("http://127.0.0.1:8080/a", "", True),
        ("http://lamp.example:8080/a", "", True),
        ("https://ada:pass@lamp.example/a", "", True),
        ("https://localhost/a", "", True),
        ("ftp://lamp.example/a", "", True),
    ],
)
def test_the_page_of_an_article_is_given_as_readers_can_open_it(
    url: str, given: str, *, told: bool
) -> None:
    story = replace(
        a_story("<p>Two words.</p>"), origin=Origin(form="wordpress", url=url)
    )

    made = write(story, [None], {})

    assert made.manuscript.front.url == given
    assert ("intake.address" in [one.code for one in made.findings]) is told


def test_marks_are_taken_off_and_escapes_with_them() -> None:
    assert plain(r"**Ada** is [a *writer*](https://x.example) \*here\*") == (
        "Ada is a writer *here*"
    )


def test_what_is_left_out_on_a_guess_is_said_once_more() -> None:
    story = a_story("<p>One two three.</p><p>Four.</p>")
    guess = Verdict(kind=Furniture.MOTTO, surety=Surety.GUESS, by="in 3 articles")

    much = write(story, [guess, None], {})
    little = write(story, [None, guess], {})

    [warned] = [one for one in much.findings if one.code == "intake.guess"]
    [noted] = [one for one in little.findings if one.code == "intake.guess"]
    assert (warned.severity, noted.severity) == ("warning", "note")
    assert "3 words" in warned.message


def test_a_story_without_a_word_is_told() -> None:
    assert "intake.no-words" in [one.code for one in written("").findings]


def test_sound_that_no_line_can_lead_to_is_told() -> None:
    story = read_markup('<p>Text.</p><audio controls src="x.mp3"></audio>')

    made = write(
        Story(origin=Origin(form="page"), pieces=story.pieces, words=story.words),
        [None] * len(story.pieces),
        {},
    )

    assert "intake.needs-picture" in [one.code for one in made.findings]
