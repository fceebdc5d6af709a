"""Web furniture is told from copy: by hand, by rule, by repetition, by its words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pytest

from press.intake.furniture import judge
from press.intake.manuscript import write
from press.model.house_rules import Decided, FurnitureRule, HouseRules
from press.model.manuscript import ImportRecord
from press.model.story import (
    Furniture,
    Origin,
    Piece,
    PieceKind,
    Story,
    Surety,
    Verdict,
)
from tests.intake.stories import a_story, button, heading, paragraph, plain

LAMP = HouseRules(names=("The Lamp",), domains=("lamp.example",))
COPY = (
    "The salt tax was paid by the bushel, and it was paid by everybody in the county."
)
MORE = "It was dropped in 1825, when no minister could be found who would defend it."
CALL = "Subscribe to the print edition and help us to go on."
DULL = "Our archive goes back to the year in which the first lamp was lit here."


def kinds(story: Story, rules: HouseRules = LAMP) -> list[Furniture | None]:
    return [v.kind if v else None for v in judge([story], rules)[0]]


def taken(*texts: str, rules: HouseRules = LAMP) -> list[str]:
    """Return which of the texts are furniture, between two paragraphs of copy."""
    story = plain(COPY, *texts, MORE)
    verdicts = judge([story], rules)[0]
    assert verdicts[0] is verdicts[-1] is None
    return [p.text for p, v in zip(story.pieces, verdicts, strict=True) if v]


def record(*texts: str, name: str, kept: Sequence[str] = ()) -> ImportRecord:
    return ImportRecord(
        origin=Origin(form="text", site="https://lamp.example", id=name),
        imported=dt.datetime(2024, 8, 1, tzinfo=dt.UTC),
        front=(),
        blocks=(),
        source=texts,
        kept=tuple(kept),
    )


def rule(kind: Furniture, *select: str, pattern: str = "") -> HouseRules:
    made = re.compile(pattern, re.IGNORECASE) if pattern else None
    name = ", ".join(select) or pattern
    one = FurnitureRule(kind=kind, select=select, pattern=made, name=name)
    return HouseRules(rules=(one,))


# Rules


def test_a_rule_takes_what_bears_its_mark_or_lies_in_it() -> None:
    story = a_story(
        paragraph(COPY, "", "<p>"),
        paragraph(DULL, "", "<p>", ".shop", "<div>"),
        paragraph(MORE, "", "<p>"),
    )

    verdicts = judge([story], rule(Furniture.PROMOTION, ".shop"))[0]

    verdict = Verdict(kind=Furniture.PROMOTION, surety=Surety.RULE, by="rule .shop")
    assert verdicts == (None, verdict, None)


def test_a_rule_with_mark_and_pattern_needs_both() -> None:
    rules = rule(Furniture.PROMOTION, ".shop", pattern="archive")
    story = a_story(
        paragraph(COPY, "", ".shop"), paragraph(DULL), paragraph(DULL, "", ".shop")
    )

    assert kinds(story, rules) == [None, None, Furniture.PROMOTION]


def test_a_rule_that_names_a_heading_takes_the_small_box_around_it() -> None:
    inside = (".wp-block-column", "<div>", ".entry", "<div>")
    story = a_story(
        paragraph(COPY, "", "<p>", ".entry", "<div>"),
        heading("Our magazine", "#h-magazine", "<h2>", *inside),
        paragraph(DULL, "", "<p>", *inside),
        *[paragraph(f"{n} {MORE}", "", "<p>", ".entry", "<div>") for n in range(9)],
    )

    found = kinds(story, rule(Furniture.PROMOTION, "#h-magazine"))

    assert found == [None, Furniture.PROMOTION, Furniture.PROMOTION, *[None] * 9]


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        (".sharedaddy", Furniture.PAGE),
        (".jp-relatedposts", Furniture.RELATED),
        (".kg-signup-card", Furniture.CALL),
        (".subscription-widget-wrap", Furniture.CALL),
        (".adsbygoogle", Furniture.ADVERTISEMENT),
        ("wp:social-links", Furniture.PAGE),
        (".author-bio", Furniture.BIOGRAPHY),
    ],
)
def test_what_usual_sites_call_furniture_is_known(mark: str, kind: Furniture) -> None:
    story = a_story(
        paragraph(COPY), paragraph("Well, well.", "", mark), paragraph(MORE)
    )

    assert kinds(story) == [None, kind, None]
    assert kinds(story, HouseRules(usual=False)) == [None, None, None]


def test_a_mark_of_the_whole_article_says_nothing_of_its_pieces() -> None:
    story = a_story(*[paragraph(f"{n} {COPY}", "", ".promo") for n in range(4)])

    assert kinds(story) == [None] * 4


# Words


def test_one_word_of_calls_is_not_enough_several_are() -> None:
    assert taken("Many people subscribe to it.") == []
    assert taken(CALL) == [CALL]


def test_one_word_and_the_papers_name_are_enough() -> None:
    text = "Subscribe to The Lamp for a year."

    assert taken(text) == [text]
    assert taken(text, rules=HouseRules()) == []


def test_a_link_to_the_papers_till_counts_as_its_name_one_to_an_article_does_not() -> (
    None
):
    words = "You can sign up for it at the town hall."
    link = "[sign up](https://lamp.example/{})"
    till, article = (
        a_story(
            paragraph(COPY), paragraph(words, words.replace("sign up", link.format(to)))
        )
        for to in ("subscribe?utm_source=web", "2024/05/salt-tax")
    )

    assert kinds(till) == [None, Furniture.CALL]
    assert kinds(article) == [None, None]


def test_capitals_and_the_papers_name_without_a_word_of_calls_are_copy() -> None:
    assert taken("THE LAMP INVESTIGATES THE SALT TAX") == []


@pytest.mark.parametrize(
    "text",
    [
        "“Subscribe to the print edition and help us to go on,” read the leaflet.",
        "‘Subscribe to our newsletter and help us to go on,’ was printed on it.",
        "The editor said that readers should subscribe, donate and sign up.",
        "Laut Verlag sollen Leser den Newsletter abonnieren und Mitglied werden.",
    ],
)
def test_reported_speech_is_never_taken_by_its_words(text: str) -> None:
    assert taken(text) == []


def test_a_quotation_is_never_taken_by_its_words() -> None:
    quote = Piece(kind=PieceKind.QUOTE, text=CALL, markdown=f"> {CALL}")

    assert kinds(a_story(paragraph(COPY), quote, paragraph(MORE))) == [None] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Abonnieren Sie unseren Newsletter und unterstützen Sie uns.",
        "Unterstützen Sie unseren unabhängigen Journalismus und werden Sie Mitglied.",
        "Soutenez-nous : abonnez-vous à l’édition papier.",
        "Suscríbete a nuestro boletín y ayúdanos a seguir.",
        "Sostieni il giornalismo indipendente: abbonati ora.",
        "Assine o jornal e apoie o nosso trabalho.",
        "Word lid en steun ons.",
    ],
)
def test_calls_are_known_in_many_languages(text: str) -> None:
    assert taken(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The union urged its members to sign up for the newsletter and to donate.",
        "By June half of the village had become a member; the rest had to subscribe.",
        "Die Leser sollten den Newsletter abonnieren und Mitglied werden.",
        "The charity, funded by a bank, has a newsletter with 4,000 readers.",
    ],
)
def test_what_others_subscribe_to_is_copy(text: str) -> None:
    assert taken(text) == []


# Repetition


def test_what_stands_in_three_articles_is_furniture_in_two_it_is_not() -> None:
    stories = [plain(f"{n} {COPY} {n * 7}", DULL, f"{n} end") for n in "abc"]
    stories = [a_story(*s.pieces, name=n) for n, s in zip("abc", stories, strict=True)]

    three, two = judge(stories, LAMP), judge(stories[:2], LAMP)

    assert [[bool(v) for v in each] for each in three] == [[False, True, False]] * 3
    assert three[0][1] is not None
    assert three[0][1].by == "in 3 articles"
    assert three[0][1].surety is Surety.GUESS
    assert not any(v for each in two for v in each)


def standing(*lines: str, above: bool = False, byline: str = "") -> list[bool]:
    """Return which lines are taken where they stand in four articles, above or below."""
    stories = []
    for name in ("tallow", "wicks", "snuffers", "mills"):
        own = [
            " ".join(f"{name}{k}" for k in range(n, n + 15)) for n in (0, 20, 40, 60)
        ]
        texts = [*lines, *own] if above else [*own, *lines]
        writers = (byline,) if byline else ()
        stories.append(a_story(*map(paragraph, texts), name=name, byline=writers))
    verdicts = judge(stories, LAMP)[0]
    found = verdicts[: len(lines)] if above else verdicts[-len(lines) :]
    return [bool(one) for one in found]


@pytest.mark.parametrize("line", ["By Open Source Guides authors", "Von Otto Salz"])
def test_who_wrote_is_not_taken_however_often_it_stands(line: str) -> None:
    assert standing(line, above=True) == [False]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ada Marsh/The Lamp Picture Desk",
        "Yours faithfully, Ada Marsh, 3 Salt Lane, Leith",
        "Mit freundlichen Grüßen, Otto Salz, Halle",
    ],
)
def test_who_signed_is_not_taken_however_often_it_stands(line: str) -> None:
    assert standing(line) == [False]


def test_names_sign_after_a_parting_or_where_they_are_the_writer_s() -> None:
    signed = ("Yours sincerely,", "Dr Ada Marsh", "University of Leith")

    assert standing(*signed) == [False] * 3
    assert standing("Dr Ada Marsh, Leith", byline="Ada Marsh") == [False]


@pytest.mark.parametrize(
    "line",
    [
        "Independent Local News Since 1998",
        "Von der Redaktion empfohlen",
        "Por favor, comparte esta noticia",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_what_only_looks_like_a_name_is_taken(line: str, above: bool) -> None:
    assert standing(line, above=above) == [True]


def test_a_bare_link_of_many_signs_is_judged_at_once() -> None:
    link = paragraph("*" * 60 + "…", "[" + r"\*" * 60 + "…]")

    assert judge([a_story(paragraph(CALL), link, paragraph(MORE))], LAMP)


def test_repetition_never_takes_most_of_an_article() -> None:
    test = [a_story(paragraph(COPY), paragraph(MORE), name=n) for n in "abcd"]
    short = a_story(paragraph("Salt is cheap."), paragraph(DULL), name="e")
    called = a_story(paragraph("Salt is cheap."), paragraph(CALL), name="f")
    others = [a_story(*map(paragraph, (COPY, DULL, CALL)), name=n) for n in "gh"]

    verdicts = judge([*test, short, called, *others], HouseRules())

    assert [*verdicts[:4]] == [(None, None)] * 4
    assert verdicts[4] == (None, None)
    assert [v.kind if v else None for v in verdicts[5]] == [None, Furniture.CALL]


def test_earlier_months_count_but_an_article_is_not_counted_twice() -> None:
    story = a_story(paragraph(COPY), paragraph(DULL), paragraph(MORE), name="tax")
    same = [record(DULL, name="tax") for _ in range(5)]
    others = [record(DULL, name="mills"), record(DULL, name="post")]

    assert judge([story], LAMP, same)[0] == (None, None, None)
    assert judge([story], LAMP, others)[0][1] is not None


def test_nearly_the_same_is_the_same() -> None:
    others = [
        record(DULL.replace("archive", "archives").upper(), name="mills"),
        record(DULL.replace(" ", "&nbsp;").replace("first", "very first"), name="post"),
    ]

    verdicts = judge([plain(COPY, DULL, MORE)], LAMP, others)[0]

    assert [bool(v) for v in verdicts] == [False, True, False]


def own(name: str, start: int) -> str:
    """Return a paragraph that stands in one article only."""
    return " ".join(f"{name}{number}" for number in range(start, start + 15))


def test_headings_that_repeat_are_copy_unless_a_call_always_follows() -> None:
    def month(words: str, follows: str) -> list[Story]:
        return [
            a_story(
                paragraph(own(n, 0)),
                heading(words),
                paragraph(follows or own(n, 50)),
                paragraph(own(n, 100)),
                name=n,
            )
            for n in ("one", "two", "three")
        ]

    copy = judge(month("What was said then", ""), LAMP)
    call = judge(month("Keep the lamp lit", DULL), LAMP)
    one = month("What was said then", "")[0]
    one = a_story(*one.pieces, name="four")
    both = judge([*month("What was said then", DULL), one], LAMP)

    assert not any(v for each in copy for v in each)
    assert [[bool(v) for v in each] for each in call] == [[0, 1, 1, 0]] * 3
    assert [[bool(v) for v in each] for each in both[:3]] == [[0, 0, 1, 0]] * 3


def test_a_reusable_block_that_was_not_opened_repeats_by_its_number() -> None:
    block = Piece(kind=PieceKind.BOX, marks=("ref:900", "wp:block"))
    stories = [a_story(paragraph(f"{n} {COPY}"), block, name=n) for n in "abc"]

    assert all(each[1] for each in judge(stories, LAMP))


def test_lines_that_translations_share_are_copy() -> None:
    sites = [f"http://blocked-{n}.example/a-page-that-is-listed" for n in range(4)]
    rows = [Piece(kind=PieceKind.LIST, text=f"row {n} of it") for n in range(2)]
    stories = [
        a_story(*rows, paragraph(own(name, 0)), *map(paragraph, sites), name=name)
        for name in ("first", "segundo", "dritte")
    ]
    earlier = [record(*sites, name=story.origin.id) for story in stories]
    unlike = [a_story(*story.pieces[2:], name=story.origin.id) for story in stories]

    assert not any(v for each in judge(stories, LAMP, earlier) for v in each)
    assert all(each[1] for each in judge(unlike, LAMP))


# Groups and kinds


def test_a_button_and_what_stands_between_two_calls_go_with_them() -> None:
    story = a_story(
        paragraph(COPY),
        heading("ENJOYING THIS ARTICLE?"),
        heading("A word"),
        paragraph(CALL),
        button("Yes, please"),
        paragraph(MORE),
    )

    found = kinds(story)

    assert found == [None, *[Furniture.CALL] * 4, None]


@pytest.mark.parametrize("link", ["[SUBSCRIBE](https://x.example)", "**[Go](x)**"])
def test_a_bare_link_right_under_a_call_is_its_button(link: str) -> None:
    story = a_story(paragraph(COPY), paragraph(CALL), paragraph("Go", link))

    assert kinds(story) == [None, Furniture.CALL, Furniture.CALL]


@pytest.mark.parametrize(
    "markdown",
    [
        "[The tax](https://x.example) was paid.",
        "[The report on the tax that was paid by all the county](https://x.example)",
        "[One](https://x.example) [Two](https://y.example)",
    ],
)
def test_copy_with_a_link_under_a_call_stays_copy(markdown: str) -> None:
    words = re.sub(r"[\[\]]|\([^)]*\)", "", markdown)
    story = a_story(paragraph(COPY), paragraph(CALL), paragraph(words, markdown))

    assert kinds(story) == [None, Furniture.CALL, None]


def test_copy_between_two_calls_stays_copy() -> None:
    story = plain(COPY, CALL, MORE, CALL, f"{COPY} {MORE}")

    assert kinds(story) == [None, Furniture.CALL, None, Furniture.CALL, None]


def test_a_heading_goes_if_nothing_but_furniture_stands_under_it() -> None:
    under = a_story(paragraph(COPY), heading("Before you go"), paragraph(CALL))
    amid = a_story(
        paragraph(COPY), heading("The tax"), paragraph(CALL), paragraph(MORE)
    )

    assert kinds(under) == [None, Furniture.CALL, Furniture.CALL]
    assert kinds(amid) == [None, None, Furniture.CALL, None]


def test_above_the_text_a_call_is_a_motto_unless_it_has_a_button() -> None:
    motto = "The Lamp is reader-funded and prints without fear or favour."
    asking = a_story(paragraph(CALL), button("Subscribe"), paragraph(COPY))

    assert kinds(plain(motto, COPY, CALL)) == [Furniture.MOTTO, None, Furniture.CALL]
    assert kinds(asking) == [Furniture.CALL, Furniture.CALL, None]


def test_pointers_to_other_articles_are_related() -> None:
    link = "[The salt road](https://lamp.example/road)"
    story = a_story(
        paragraph(COPY),
        paragraph("Read more: The salt road", f"**Read more:** {link}"),
        paragraph(
            "He wanted to read more: everything.", "He wanted to read more: all."
        ),
        paragraph(MORE),
        heading("Related articles"),
        Piece(
            kind=PieceKind.LIST, text="The salt road", markdown=f"- {link}\n- {link}"
        ),
    )

    related = Furniture.RELATED
    assert kinds(story) == [None, related, None, None, related, related]


# The writer, corrections


def test_who_the_writer_is_becomes_the_contributors_note() -> None:
    by_name = "Ada Marsh is a reporter of The Lamp. She lives by the sea."
    story = a_story(paragraph(COPY), paragraph(by_name), byline=("Ada Marsh",))
    slanted = a_story(
        paragraph(COPY), paragraph("Ada Marsh is a poet.", "*Ada Marsh is a poet.*")
    )

    for one, note in ((story, by_name), (slanted, "Ada Marsh is a poet.")):
        verdicts = judge([one], LAMP)[0]
        assert [v and v.kind for v in verdicts] == [None, Furniture.BIOGRAPHY]
        assert write(one, verdicts, {}).manuscript.front.contributor == note


def test_a_heading_over_who_the_writer_is_says_nothing_of_the_writer() -> None:
    note = "Ada Marsh is a poet."
    guessed = a_story(
        paragraph(COPY), heading("About the writer"), paragraph(note, f"*{note}*")
    )
    ruled = a_story(
        paragraph(COPY),
        heading("About the writer", ".author-bio"),
        paragraph(note, "", ".author-bio"),
    )

    for story in (guessed, ruled):
        verdicts = judge([story], LAMP)[0]
        assert all(verdicts[1:])
        assert write(story, verdicts, {}).manuscript.front.contributor == note


def test_a_story_may_end_with_what_somebody_else_is() -> None:
    story = a_story(
        paragraph(COPY), paragraph("Ben Holt is a miner."), byline=("Ada Marsh",)
    )

    assert kinds(story) == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "This article was amended on 21 August 2024 to correct a name.",
        "Correction: the tax was a penny.",
        "An earlier version of this article gave another year.",
        "Dieser Artikel wurde am 3. Mai korrigiert.",
        "Cet article a été corrigé le 3 mai.",
    ],
)
def test_a_correction_goes_to_the_corrections(text: str) -> None:
    story = a_story(paragraph(COPY), paragraph(MORE), paragraph(text, f"*{text}*"))

    verdicts = judge([story], LAMP)[0]

    assert [v and v.kind for v in verdicts] == [None, None, Furniture.CORRECTION]
    assert write(story, verdicts, {}).manuscript.corrections == (text,)


# Hands


def test_what_somebody_decided_wins_over_all() -> None:
    story = a_story(
        paragraph(COPY), paragraph(DULL, "", ".cta"), paragraph(CALL), paragraph(MORE)
    )
    hand = Decided(keep=(DULL, CALL), drop=(MORE,))

    verdicts = judge([story], LAMP, decided=[hand])[0]

    assert verdicts[:3] == (None, None, None)
    assert verdicts[3] is not None
    assert verdicts[3].surety is Surety.HAND


def test_what_was_kept_once_is_not_guessed_again() -> None:
    earlier = [record(CALL, name="mills", kept=[CALL])]

    assert judge([plain(COPY, CALL, MORE)], LAMP, earlier)[0] == (None, None, None)


def test_one_story_in_three_forms_repeats_nothing() -> None:
    text = [
        paragraph(f"{word} is what this paragraph of the same old story is about.")
        for word in [
            "Salt",
            "Ink",
            "Paper",
            "Type",
            "Glue",
            "Lead",
            "Rags",
            "Water",
            "Steam",
            "Press",
        ]
    ]
    forms = [a_story(*text, name=name) for name in ("docx", "page", "feed")]

    verdicts = judge(forms, HouseRules())

    assert not any(verdict for each in verdicts for verdict in each)
