"""What a sub-editor would mark: each look sees its fault, and nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from press.intake.style import Submitted, find_style
from press.intake.typography import set_article
from press.model.copy import Block, BlockQuote, Crosshead, Mark, Paragraph, Run
from press.model.finding import Finding, Place, Severity
from press.model.style import HouseStyle, StyleCheck
from tests.builders import an_article

STYLE = HouseStyle(languages=("en-GB",))
HOUSE = replace(
    STYLE,
    spellings=(("organisation", ("organization",)), ("jail", ("gaol",))),
    avoid=(("very unique", "a thing is unique or it is not"),),
)
FIRST = 5


def submitted(*texts: str, slug: str = "salt", lang: str = "en-GB") -> Submitted:
    """Return an article of these paragraphs, and its file with each on a line."""
    file = f"{slug}.md"
    blocks = [
        Paragraph(runs=(Run(text=text),), place=Place(file=file, line=FIRST + number))
        for number, text in enumerate(texts)
    ]
    article = an_article(slug, *blocks, lang=lang, title="On salt")
    return Submitted(
        article=set_article(article), lines=("---", "title: On salt", "---", "", *texts)
    )


def found(*texts: str, style: HouseStyle = STYLE) -> list[Finding]:
    return list(find_style([submitted(*texts)], style))


def codes(*texts: str, style: HouseStyle = STYLE) -> list[str]:
    return [finding.code for finding in found(*texts, style=style)]


def pointed(finding: Finding) -> tuple[int | None, str]:
    """Return the line that a finding names, and the words under its carets."""
    place = finding.place
    assert place.source is not None
    assert place.column is not None
    return place.line, place.source[place.column - 1 :][: place.width]


# ------------------------------------------------------------ the paper's own lists


def test_a_forbidden_spelling_is_told_at_its_line_and_column() -> None:
    (finding,) = found(
        "All was well.", "An organization, and *its* organization.", style=HOUSE
    )[:1]

    assert finding.code == "style.spelling"
    assert finding.severity is Severity.WARNING
    assert finding.message == "“organization” is spelt “organisation” in this paper"
    assert pointed(finding) == (FIRST + 1, "organization")


def test_the_second_of_two_is_told_where_the_second_stands() -> None:
    first, second = found("An organization and an organization.", style=HOUSE)

    assert first.place.column == 4
    assert second.place.column == 24


def test_a_capital_at_a_sentence_s_beginning_hides_no_spelling() -> None:
    (finding,) = found("“Organization is all,” she said.", style=HOUSE)

    assert finding.hint == "write “Organisation”"


@pytest.mark.parametrize(
    "text",
    [
        "The World Health Organization met.",
        "A disorganization of sorts, an organization-wide one.",
        "Mr Gaol went to jail.",
    ],
)
def test_a_proper_name_or_a_longer_word_keeps_its_spelling(text: str) -> None:
    assert codes(text, style=HOUSE) == []


def test_others_keep_their_spelling_where_their_words_are_set_apart() -> None:
    said = Paragraph(runs=(Run(text="An organization went to gaol."),))
    article = an_article("salt", BlockQuote(blocks=(said,)))

    assert list(find_style([Submitted(article=article)], HOUSE)) == []


def test_a_phrase_is_told_with_the_reason_why_it_is_avoided() -> None:
    (finding,) = found("It is very  unique.", style=HOUSE)

    assert finding.code == "style.avoid"
    assert finding.message.endswith("“very unique”: a thing is unique or it is not")
    assert pointed(finding) == (FIRST, "very  unique")


def test_literal_text_is_not_read() -> None:
    runs = (
        Run(text="Type "),
        Run(text="organization the the", marks=frozenset({Mark.CODE})),
    )
    article = an_article("salt", Paragraph(runs=runs))

    assert list(find_style([Submitted(article=article)], HOUSE)) == []


def test_articles_in_other_languages_are_left_alone() -> None:
    american = submitted("The the organization.", lang="en-US")
    plain = submitted("The the organization.", lang="en")

    assert list(find_style([american], HOUSE)) == []
    assert len(list(find_style([plain], HOUSE))) == 2


def test_of_other_languages_only_what_needs_no_english_is_told() -> None:
    style = replace(STYLE, languages=("fr",))
    french = submitted("Nous nous sommes tus (enfin. Il a occured.", lang="fr")

    assert [one.code for one in find_style([french], style)] == ["style.unpaired"]


# ------------------------------------------------------------ slips


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("They sought a prison-of-war exchange.", "prison-of-war", "prisoner-of-war"),
        ("In Pyong Yang nobody spoke.", "Pyong Yang", "Pyongyang"),
        ("He arrests anyone who to dares to speak.", "to dares", "dares"),
        ("They should of known.", "should of", "should have"),
        ("Publically, he denied it.", "Publically", "Publicly"),
    ],
)
def test_a_common_slip_is_told_with_what_is_meant(
    text: str, written: str, meant: str
) -> None:
    finding = next(one for one in found(text) if one.code == "style.slip")

    assert finding.hint == f"write “{meant}”"
    assert pointed(finding) == (FIRST, written)


@pytest.mark.parametrize(
    "text",
    [
        "They should of course have known.",
        "Anyone who to this day believes it is welcome.",
        "Prisoners of war came home.",
        "He asses in and out.",
    ],
)
def test_what_only_looks_like_a_slip_is_passed(text: str) -> None:
    assert codes(text) == []


# ------------------------------------------------------------ words written twice


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It was the the end.", "the the"),
        ("The the end came.", "The the"),
        ("It came to\u00a0to pass.", "to\u00a0to"),
        ("He said that the police police it.", "police police"),
    ],
)
def test_a_word_written_twice_is_told(text: str, told: str) -> None:
    (finding,) = found(text)

    assert finding.code == "style.doubled"
    assert pointed(finding) == (FIRST, told)


@pytest.mark.parametrize(
    "text",
    [
        "He had had enough of that that day.",
        "She told her her cat was out.",
        "It was a long long time.",
        "Again and again and again: no no no, he cried, ay ay ay.",
        "It ended. Ended well, that is: this. This was it.",
        "They flew from Pago Pago to Bora Bora.",
        "It was the theme, the thesis.",
    ],
)
def test_what_english_says_twice_is_passed(text: str) -> None:
    assert codes(text) == []


# ------------------------------------------------------------ marks and stops


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He said “this and no more.", "“this"),
        ('He said "this and no more.', '"this'),
        ("He said this” and no more.", "this”"),
        ("It was late (or early.", "(or"),
        ("It was late or early).", "early)"),
        ("It was [late (or] early).", "[late"),
    ],
)
def test_a_mark_without_its_other_is_told(text: str, told: str) -> None:
    findings = found(text)

    assert {one.code for one in findings} == {"style.unpaired"}
    assert told in {pointed(one)[1] for one in findings}


@pytest.mark.parametrize(
    "texts",
    [
        ("He said “this” and “that” (or not [quite]).",),
        ("a) first, b) second and iv) last; 12) too. It was fun :)",),
        ("“It began so.", "“It went on so.", "“It ended so.” He left."),
        ("“She said ‘no’ to ’90s shoppers’ habits,” he said.",),
    ],
)
def test_marks_that_pair_are_passed(texts: tuple[str, ...]) -> None:
    assert codes(*texts) == []


def test_a_quotation_that_goes_on_opens_its_next_paragraph() -> None:
    (finding,) = found("“It began so.", "It went on so.")

    assert finding.code == "style.unpaired"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He stated that the proposal is “no longer valid.” However,", "valid.”"),
        ("A “special military operation,” which began in May.", "operation,”"),
    ],
)
def test_a_stop_within_a_quoted_fragment_is_american(text: str, told: str) -> None:
    (finding,) = found(text)

    assert (finding.code, finding.severity) == ("style.stop", Severity.NOTE)
    assert pointed(finding) == (FIRST, told)


@pytest.mark.parametrize(
    "text",
    [
        "He stated that it is “no longer valid”. However,",
        "“Obviously, the realities will change,” he said.",
        "“It is,” he said, “no longer valid.” However,",
        "The sign says: “no entry.” Nobody entered.",
        "They said “yes, we will try that.” They did.",
        "It was “all over the place,” said the clerk.",
        "She wrote: “It is over.” It was.",
    ],
)
def test_a_stop_within_a_sentence_that_is_quoted_is_right(text: str) -> None:
    assert codes(text) == []


def test_american_stops_are_told_of_british_copy_only() -> None:
    style = replace(STYLE, languages=("en",))
    american = submitted("The proposal is “no longer valid.” So", lang="en-US")

    assert list(find_style([american], style)) == []


# ------------------------------------------------------------ length and endings


def test_an_overlong_paragraph_is_a_note_with_its_count() -> None:
    style = replace(STYLE, overlong=30)
    words = " ".join(f"word{number}" for number in range(31))

    (finding,) = found(words, style=style)

    assert (finding.code, finding.severity) == ("style.overlong", Severity.NOTE)
    assert "31 words" in finding.message
    assert codes(words.rpartition(" ")[0], style=style) == []


def test_one_word_with_two_endings_is_told_where_it_is_rarer() -> None:
    (finding,) = found(
        "They organise it.", "He organised it.", "To organize is all; a prize, precise."
    )

    assert (finding.code, finding.severity) == ("style.endings", Severity.NOTE)
    assert pointed(finding) == (FIRST + 2, "organize")
    assert "“organise” in the same article" in finding.message


# ------------------------------------------------------------ names


def names(*texts: str, known: Sequence[str] = ()) -> list[Finding]:
    style = replace(STYLE, names=tuple(known), off=frozenset({StyleCheck.SLIPS}))
    return found(*texts, style=style)


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("Zaporizhzhia", "Zaporizhzhya"),
        ("Zelensky", "Zelenskyy"),
        ("Polyansky", "Polyanskiy"),
        ("Erdoğan", "Erdogan"),
        ("WhatsApp", "Whatsapp"),
        ("Pyongyang", "Pyong Yang"),
        ("Al-Jazeera", "Al Jazeera"),
        ("Mohammed", "Mohammad"),
        ("Lukashenko", "Lukashneko"),
        ("Philippines", "Phillipines"),
    ],
)
def test_a_name_spelt_two_ways_is_told_where_it_is_rarer(usual: str, odd: str) -> None:
    (finding,) = names(
        f"They went to {usual} then.", f"We saw {odd} there.", f"All of {usual} did."
    )

    assert (finding.code, finding.severity) == ("style.name-twice", Severity.WARNING)
    assert pointed(finding) == (FIRST + 1, odd)
    assert finding.message == f"“{odd}” here, “{usual}” on line {FIRST}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boris Johnson", "Ian Johnston"),
        ("Hans Andersson", "Gillian Anderson"),
        ("Kenya", "Kenyans"),
        ("Algeria", "Algerian"),
        ("Germany", "Germans"),
        ("Iceland", "Ireland"),
        ("Nigerian", "Nigerien"),
        ("Marshall", "Marshall’s"),
        ("Minister", "Ministry"),
        ("Slovakia", "Slovenia"),
        ("Gambia", "Zambia"),
        ("Москва", "Москву"),
        ("UNESCO", "Unesco"),
    ],
)
def test_two_names_that_are_alike_are_passed(one: str, other: str) -> None:
    assert names(f"They saw {one} there.", f"We saw {other} here.") == []


def test_a_word_that_is_written_small_too_is_no_name() -> None:
    assert names("The Governor met Governors’ governor.", "A Govenor.") == []
    assert names("In Parliment.", "The Parliament; a parliment, a parliament.") == []


def test_two_spellings_in_two_articles_are_told_with_the_other_article() -> None:
    copy = [
        submitted("They left Zaporizhzhia.", "In Zaporizhzhia again.", slug="one"),
        submitted("They left Zaporizhzhya.", slug="two"),
    ]

    (finding,) = find_style(copy, STYLE)

    assert finding.place.file == "two.md"
    assert finding.message.endswith(f"“Zaporizhzhia” in one, line {FIRST}")


def test_short_names_of_two_articles_may_differ_by_a_letter() -> None:
    copy = [
        submitted("They saw Tomson.", slug="one"),
        submitted("They saw Tomsen.", slug="two"),
    ]

    assert list(find_style(copy, STYLE)) == []


def test_a_name_that_the_paper_lists_is_the_one_to_write() -> None:
    (finding,) = names("They left Zaporizhzhya.", known=["Zaporizhzhia"])

    assert finding.code == "style.name"
    assert finding.hint == "write “Zaporizhzhia”"


def test_two_names_that_the_paper_lists_are_both_right() -> None:
    known = ["Zaporizhzhia", "Zaporizhzhya"]

    assert names("Leave Zaporizhzhya or Zaporizhzhia.", known=known) == []


def test_capitals_of_headings_make_no_names() -> None:
    blocks: list[Block] = [
        Crosshead(runs=(Run(text="How We Left Zaporizhzhya"),)),
        Paragraph(runs=(Run(text="They left Zaporizhzhia."),)),
    ]

    assert list(find_style([Submitted(article=an_article("a", *blocks))], STYLE)) == []


# ------------------------------------------------------------ switches


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (StyleCheck.SPELLINGS, "An organization."),
        (StyleCheck.AVOID, "It is very unique."),
        (StyleCheck.SLIPS, "It occured."),
        (StyleCheck.NAMES, "To Zaporizhzhia, from Zaporizhzhya."),
        (StyleCheck.ENDINGS, "They organise what others organize."),
        (StyleCheck.DOUBLED, "It was the the end."),
        (StyleCheck.MARKS, "It was (late."),
        (StyleCheck.STOPS, "It is “no longer valid.” So"),
        (StyleCheck.LENGTH, "word and so on, " * 40),
    ],
)
def test_each_look_can_be_switched_off(check: StyleCheck, text: str) -> None:
    assert len(codes(text, style=HOUSE)) == 1

    assert codes(text, style=replace(HOUSE, off=frozenset({check}))) == []
