"""What a card says about an article."""

from __future__ import annotations

from typing import Any

import pytest

from press.digest.teaser import minutes, open_part, open_pictures, teaser
from press.model.article import Article, Picture
from press.model.copy import (
    Copy,
    Crosshead,
    Mark,
    Note,
    Paragraph,
    ParagraphRole,
    Run,
    Separator,
    plain,
    runs_of,
)
from tests.digest.builders import an_article, marked


def text_of(*paragraphs: str) -> str:
    blocks = tuple(Paragraph(runs=(Run(text=text),)) for text in paragraphs)
    return plain(teaser(an_article(standfirst="", body=Copy(blocks=blocks))))


SHORT = "Nine words make this one sentence, no more, no less."
LONG = "word " * 60


def test_the_standfirst_is_the_teaser() -> None:
    article = an_article(standfirst=" One sentence. ")

    assert plain(teaser(article)) == "One sentence."


def test_a_short_text_is_its_own_teaser() -> None:
    assert text_of(SHORT) == SHORT


def test_a_text_is_cut_after_the_last_sentence_that_fits() -> None:
    assert text_of(" ".join([SHORT] * 9)) == " ".join([SHORT] * 4)


def test_sentences_of_several_paragraphs_run_on() -> None:
    assert text_of(*[SHORT] * 9) == " ".join([SHORT] * 4)


def test_a_sentence_that_ends_a_little_late_is_kept_whole() -> None:
    sentence = "word " * 49 + "end."

    assert text_of(sentence + " " + LONG) == sentence


def test_a_sentence_that_does_not_end_is_cut_with_an_ellipsis() -> None:
    assert text_of("word, " * 80) == ("word, " * 44 + "word…")


def test_a_very_short_first_sentence_is_not_enough() -> None:
    cut = text_of("He ran. " + LONG)

    assert cut.startswith("He ran. word")
    assert cut.endswith("…")


@pytest.mark.parametrize("short", ["Mr.", "No.", "e.g.", "J.", "Sept."])
def test_an_abbreviation_ends_no_sentence(short: str) -> None:
    before = "word " * 20 + short + " "

    assert text_of(before + LONG).endswith("…")


def test_a_question_in_quotation_marks_ends_a_sentence() -> None:
    asked = "word " * 20 + "asked “Is that so?”"

    assert text_of(asked + " " + LONG) == asked


def test_marks_and_links_stay_and_note_references_go() -> None:
    runs = (
        Run(text="A "),
        marked("real", Mark.EMPHASIS),
        Run(text="1", note=1),
        marked(" link", link="https://a.example/"),
        Run(text=" to " + LONG),
    )
    article = an_article(standfirst="", body=Copy(blocks=(Paragraph(runs=runs),)))

    cut = teaser(article)

    assert plain(cut).startswith("A real link to word")
    assert cut[1] == marked("real", Mark.EMPHASIS)
    assert cut[2].link == "https://a.example/"
    assert len(plain(cut).split()) == 45


def test_crossheads_and_signatures_are_no_teaser() -> None:
    blocks = (
        Crosshead(runs=(Run(text="Head"),)),
        Paragraph(runs=(Run(text="A. Reader"),), role=ParagraphRole.SIGNATURE),
        Paragraph(runs=(Run(text=SHORT),)),
    )

    assert plain(teaser(an_article(standfirst="", body=Copy(blocks=blocks)))) == SHORT


def test_an_article_without_text_has_an_empty_teaser() -> None:
    assert teaser(an_article(standfirst="", body=Copy())) == ()


def test_scripts_without_spaces_are_cut_by_their_own_sentences() -> None:
    sentence = "新聞紙" * 8 + "。"

    assert text_of(sentence * 20) == sentence * 3


def test_no_mark_is_torn_from_its_letter() -> None:
    assert text_of("a " + "ที่" * 80).endswith("ที่…")


@pytest.mark.parametrize(
    ("words", "expected"), [(0, 1), (100, 1), (230, 1), (500, 2), (1150, 5)]
)
def test_reading_goes_at_230_words_a_minute(words: int, expected: int) -> None:
    assert minutes(an_article(words=words)) == expected


def members(*words: str, **changes: Any) -> Article:
    blocks = tuple(Paragraph(runs=(Run(text=text),)) for text in words)
    return an_article(body=Copy(blocks=blocks), members_only=True, **changes)


def said(copy: Copy) -> list[str]:
    return [plain(runs) for runs in runs_of(copy.blocks)]


def test_an_open_article_is_open_to_its_end_whatever_it_holds() -> None:
    article = an_article(paywall=0)

    assert open_part(article) == article.body
    assert open_pictures(article) == article.pictures


def test_a_members_article_is_open_as_far_as_its_paywall_line() -> None:
    article = members("One.", "Two.", "Three.", paywall=2)

    assert said(open_part(article)) == ["One.", "Two."]


def test_without_a_paywall_line_its_first_paragraph_is_open() -> None:
    assert said(open_part(members("One.", "Two."))) == ["One."]


def test_no_heading_or_separator_ends_the_open_part() -> None:
    article = an_article(
        members_only=True,
        paywall=3,
        body=Copy(
            blocks=(
                Paragraph(runs=(Run(text="One."),)),
                Separator(),
                Crosshead(runs=(Run(text="Head"),)),
                Paragraph(runs=(Run(text="Two."),)),
            )
        ),
    )

    assert said(open_part(article)) == ["One."]


def test_notes_of_the_kept_part_are_kept_with_it_and_notes_of_notes_come_along() -> (
    None
):
    def note(number: int, text: str, to: int | None = None) -> Note:
        more = () if to is None else (Run(text=str(to), note=to),)
        return Note(number=number, blocks=(Paragraph(runs=(Run(text=text), *more)),))

    article = an_article(
        members_only=True,
        paywall=1,
        body=Copy(
            blocks=(
                Paragraph(runs=(Run(text="One"), Run(text="1", note=1))),
                Paragraph(runs=(Run(text="Two"), Run(text="2", note=2))),
            ),
            notes=(note(1, "a", 3), note(2, "paid"), note(3, "b")),
        ),
    )

    assert [note.number for note in open_part(article).notes] == [1, 3]


def test_a_teaser_says_nothing_that_is_for_members() -> None:
    article = members(SHORT, "Paid.", standfirst="", paywall=1)

    assert plain(teaser(article)) == SHORT


@pytest.mark.parametrize(
    ("paywall", "shown"), [(None, ["lead"]), (0, ["lead"]), (1, ["lead", "a"])]
)
def test_pictures_of_the_kept_part_are_kept_with_it(
    paywall: int | None, shown: list[str]
) -> None:
    pictures = (
        Picture(file="lead", lead=True),
        Picture(file="a", block=0),
        Picture(file="b", block=1),
        Picture(file="further"),
    )

    article = members("One.", "Two.", pictures=pictures, paywall=paywall)

    assert [picture.file for picture in open_pictures(article)] == shown
