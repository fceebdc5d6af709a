"""Newspaper typography, case by case. In the cases a middle dot is a no-break space."""

from __future__ import annotations

import datetime as dt

import pytest

from press.intake.typography import set_article, set_copy, set_runs, set_text
from press.model.article import Article, Picture, Slug
from press.model.copy import (
    Align,
    Block,
    BlockQuote,
    Copy,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Mark,
    Note,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
    runs_of,
)

NBSP = "\u00a0"
EMPHASIS = frozenset({Mark.EMPHASIS})
CODE = frozenset({Mark.CODE})


def english(text: str) -> str:
    return set_text(text, lang="en-GB").replace(NBSP, "·")


def paragraph(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),))


def texts(copy: Copy) -> list[str]:
    return [plain(runs).replace(NBSP, "·") for runs in runs_of(copy.blocks)]


QUOTES = [
    ("\"It's 'fine'\" she said", "“It’s ‘fine’” she said"),
    (
        "He said \"she said 'yes' to 'that'\" twice",
        "He said “she said ‘yes’ to ‘that’” twice",
    ),
    ("'no \"really\" it is'", "‘no “really” it is’"),
    ('"\'Tis the season," he said', "“’Tis the season,” he said"),
    ("\"What 'is' it?\" \"It's 'that'.\"", "“What ‘is’ it?” “It’s ‘that’.”"),
    ('("quoted") and {"b"}', "(“quoted”) and {“b”}"),
    ('he said—"Stop!"', "he said – “Stop!”"),
    ('"I was—" he said', "“I was·–” he said"),
    ('word—"quoted"—word', "word – “quoted” – word"),
    ('"One" - "two"', "“One” – “two”"),
    ('pre-"war" and "well"-known', "pre-“war” and “well”-known"),
    ('A/B "test"/"trial"', "A/B “test”/“trial”"),
    ('"A," "B," and "C"', "“A,” “B,” and “C”"),
    ('"Yes"; "no"', "“Yes”; “no”"),
    ('said "no".', "said “no”."),
    ('no longer "valid."', "no longer “valid.”"),
    ("said:'No'", "said: ‘No’"),
    ("'the dogs' dinner' is", "‘the dogs’ dinner’ is"),
    ("'I saw him. (goes on below)", "‘I saw him. (goes on below)"),
    ("“already ‘curly’ text”", "“already ‘curly’ text”"),
    ("“ ‘I wish you,’ said he", "“ ‘I wish you,’ said he"),
    ('“mixed "marks" here”', "“mixed “marks” here”"),
]

APOSTROPHES = [
    ("James's and the boss's and Jesus'", "James’s and the boss’s and Jesus’"),
    ("the 1980s' music, 1990's best", "the 1980s’ music, 1990’s best"),
    ("the summer of '69", "the summer of ’69"),
    ("'90s kids' favourites", "’90s kids’ favourites"),
    ("‘90s", "’90s"),
    ("'Round the world", "’Round the world"),
    ("'E's gone, 'im too", "’E’s gone, ’im too"),
    ("Yahoo!'s and (PM)'s", "Yahoo!’s and (PM)’s"),
    ("don´t", "don’t"),
    ("rock'n'roll", "rock’n’roll"),
    ("caf\u0065\u0301's", "caf\u0065\u0301’s"),
    ("NHS England's", "NHS England’s"),
]

DASHES = [
    ("word--word", "word – word"),
    ("word — word—word", "word – word – word"),
    ("—Amy, adviser", "–·Amy, adviser"),
    ("“—and then", "“–·and then"),
    ("1914—1918", "1914–1918"),
    ("1939 - 1945", "1939 – 1945"),
    ("use --proof here", "use --proof here"),
    ("pre- and post-war", "pre- and post-war"),
    ("d—n it", "d—n it"),
    ("I—a man", "I – a man"),
    ("K—— and ----", "K—— and ----"),
    ("already – set", "already – set"),
    (
        "London-Paris, CF-000123, F-16, COVID-19's",
        "London-Paris, CF-000123, F-16, COVID-19’s",
    ),
]

RANGES = [
    ("1914-18, 2008-09 and 2019-2020", "1914–18, 2008–09 and 2019–2020"),
    ("1990s-2000s", "1990s–2000s"),
    ("12:30-13:45 and 9am-5pm", "12:30–13:45 and 9am–5pm"),
    ("£5-£10, 5-10%, 10-12km", "£5–£10, 5–10%, 10–12km"),
    ("10,000-20,000", "10,000–20,000"),
    ("10-12-year-olds", "10–12-year-olds"),
    ("page 12-13.", "page·12–13."),
    ("Monday-Friday, Jan-Mar", "Monday–Friday, Jan–Mar"),
    ("-5 degrees and (-3)", "−5·degrees and (−3)"),
    ("5 - 3", "5 – 3"),
]

UNTOUCHED = [
    "2024-08-30",
    "2024-08",
    "1/2/2024",
    "12:30",
    "and/or",
    "020 7946-0018",
    "0800-1111",
    "555-1234",
    "(555) 123-4567",
    "1-877-FTC-HELP",
    "ISBN 978-0-14-103614-4",
    "doi:10.1000/a--b'c",
    "ada.marsh--x@quoin.example",
    "see report--final.pdf and notes--x.txt",
    "https://example.org/a--b'c?d='e'&f=--g",
    "www.example.org/x--y",
    "0x1F and 10x faster",
    "(a) (b) (c)",
    "24/7, 9/11, 3/16",
    "version 1.2.3-4",
    "CF-000123",
    "../../x and /...",
    "",
]

FIGURES = [
    ("6' 2\" tall", "6′·2″ tall"),
    ('"he was 6\' 2" tall"', "“he was 6′·2″ tall”"),
    ('12" vinyl', "12″ vinyl"),
    ("6' tall", "6′ tall"),
    ('"since 1990"', "“since 1990”"),
    ("'since 1990'", "‘since 1990’"),
    ("51° 30' 26\" N", "51° 30′·26″ N"),
    ("5x4, 5 x 4 x 3", "5×4, 5·×·4·×·3"),
    ("2 1/2 hours, 1/2-inch, 3/4", "2½ hours, ½-inch, ¾"),
    ("H2O, CO2e and CO2-neutral", "H₂O, CO₂e and CO₂-neutral"),
    ("100 m2 of 5 km2", "100·m² of 5·km²"),
    ("20oC and 68ºF", "20°C and 68°F"),
    ("(C) 2024 Quoin", "© 2024 Quoin"),
]

BINDINGS = [
    ("£1.5m; 100 km; 5 kg; 30 mph", "£1.5m; 100·km; 5·kg; 30·mph"),
    ("5 p.m. and 5 pm", "5·p.m. and 5·pm"),
    ("J. R. R. Tolkien and J. K. Rowling", "J.·R.·R.·Tolkien and J.·K.·Rowling"),
    ("Mr. O'Neill, Dr Who, St Ives", "Mr.·O’Neill, Dr·Who, St·Ives"),
    ("e.g. this; i.e. that", "e.g.·this; i.e.·that"),
    ("p. 4, vol. 2, Article 4(1)(a), § 5", "p.·4, vol.·2, Article·4(1)(a), §·5"),
    ("1st March and August 6, 2024", "1st·March and August·6, 2024"),
    ("Elizabeth II and Henry VIII", "Elizabeth·II and Henry·VIII"),
    ("221B Baker Street", "221B·Baker Street"),
    ("+44 (0)20 7946 0018", "+44·(0)20·7946·0018"),
    ("020 7946 0018", "020·7946·0018"),
    ("3 million of 5 per cent", "3·million of 5·per cent"),
]

SPACES = [
    ("...and then", "…and then"),
    ("wait....what? Wait. . .", "wait…what? Wait…"),
    ("a \u00a0 b", "a·b"),
    ("a\tb", "a b"),
    ("one\ntwo", "one\ntwo"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*QUOTES, *APOSTROPHES, *DASHES, *RANGES, *FIGURES, *BINDINGS, *SPACES],
)
def test_english_text_is_set_as_the_house_wants_it(text: str, expected: str) -> None:
    assert english(text) == expected
    assert english(english(text).replace("·", NBSP)) == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_only_looks_like_typography_is_left_alone(text: str) -> None:
    assert set_text(text, lang="en-GB") == text


@pytest.mark.parametrize("lang", ["en", "en-GB", "en-US", "EN-us"])
def test_all_english_is_set_in_the_papers_own_style(lang: str) -> None:
    text = 'The color is "gray."'

    assert set_text(text, lang=lang) == "The color is “gray.”"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", 'Il dit "oui" à l\'euro...', "Il dit «·oui·» à l’euro…"),
        ("fr", "« Non » ; quoi ?", "«·Non·»·; quoi·?"),
        ("de", 'Er sagte "ja".', "Er sagte „ja“."),
        ("es", 'el "sí" -- no', "el «sí» -- no"),
        ("pt-BR", '"sim"', "“sim”"),
        ("ca", 'l\'1 d""', "l’1 d»»"),
        ("ru", 'Он сказал "да"', "Он сказал «да»"),
        ("bg", '"да"', "„да“"),
        ("el", '"ναι"...', "«ναι»…"),
        ("be", 'вар\'яцкай "так"...', 'вар\'яцкай "так"…'),
        ("ar", 'قال "نعم"...', 'قال "نعم"…'),
        ("ja", '"はい"...', '"はい"...'),
        ("", 'a  "b"', 'a "b"'),
    ],
)
def test_other_languages_get_their_marks_and_little_else(
    lang: str, text: str, expected: str
) -> None:
    assert set_text(text, lang=lang).replace(NBSP, "·") == expected


def test_a_paragraph_is_read_across_emphasis_and_links() -> None:
    runs = (
        Run(text='He said "'),
        Run(text="it's", marks=EMPHASIS),
        Run(text=' so" in '),
        Run(text="pp. 3-4", link="https://e.org"),
        Run(text=" -"),
        Run(text="- once"),
    )

    done = set_runs(runs, lang="en-GB")

    assert [run.text for run in done] == [
        "He said “",
        "it’s",
        " so” in ",
        f"pp.{NBSP}3–4",
        " – ",
        "once",
    ]
    assert [(run.marks, run.link) for run in done] == [
        (run.marks, run.link) for run in runs
    ]


def test_code_and_addresses_are_never_touched() -> None:
    runs = (
        Run(text='"'),
        Run(text='a -- "b"...', marks=CODE),
        Run(text="\"'s and "),
        Run(text='https://e.org/"x"--y', link='https://e.org/"x"--y'),
        Run(text=" "),
        Run(text="e.org/a--b", link="https://e.org/a--b/"),
    )

    done = set_runs(runs, lang="en-GB")

    assert [run.text for run in done] == [
        "“",
        'a -- "b"...',
        "”’s and ",
        'https://e.org/"x"--y',
        " ",
        "e.org/a--b",
    ]


def test_the_number_of_a_note_does_not_stand_in_the_way() -> None:
    runs: Runs = (
        Run(text='"No'),
        Run(text="1", note=1),
        Run(text='", 10'),
        Run(text="2", note=2),
        Run(text="-12 'yes"),
        Run(text="3", note=3),
        Run(text="'"),
    )

    done = set_runs(runs, lang="en-GB")

    assert plain(done) == "“No1”, 102-12 ‘yes3’"


def test_a_quotation_goes_on_from_paragraph_to_paragraph() -> None:
    blocks = (
        paragraph('"It began in 1914'),
        paragraph('and ended in 1918" he said. It was 12" long.'),
    )

    copy = set_copy(Copy(blocks=blocks), lang="en-GB")

    assert texts(copy) == [
        "“It began in 1914",
        "and ended in 1918” he said. It was 12″ long.",
    ]


def test_a_crosshead_ends_a_quotation_that_nobody_closed() -> None:
    blocks: tuple[Block, ...] = (
        paragraph('"It began'),
        Crosshead(runs=(Run(text="Later"),)),
        paragraph('a 12" record'),
    )

    copy = set_copy(Copy(blocks=blocks), lang="en-GB")

    assert texts(copy)[2] == "a 12″ record"


def test_no_line_of_copy_begins_with_a_dash() -> None:
    copy = set_copy(Copy(blocks=(paragraph("a -- b, a - b, a — b"),)), lang="en-GB")

    assert texts(copy) == ["a·– b, a·– b, a·– b"]


def test_every_kind_of_block_is_set_and_listings_are_not() -> None:
    quote = '"q"'
    runs = (Run(text=quote),)
    blocks: tuple[Block, ...] = (
        Crosshead(runs=runs),
        ItemList(items=((paragraph(quote),),)),
        BlockQuote(blocks=(paragraph(quote),)),
        FactBox(title=quote, blocks=(paragraph(quote),)),
        Table(head=(runs,), rows=((runs,),), align=(Align.START,), caption=runs),
        Listing(lines=(quote,)),
    )
    notes = (Note(number=1, blocks=(paragraph(quote),)),)

    copy = set_copy(Copy(blocks=blocks, notes=notes), lang="en-GB")

    assert texts(copy) == ["“q”"] * 8 + ['"q"']
    assert [plain(runs) for runs in runs_of(copy.notes[0].blocks)] == ["“q”"]


def test_all_that_is_printed_of_an_article_is_set() -> None:
    q = "it's"
    article = Article(
        slug=Slug("a"),
        title=q,
        headline=q,
        short_headline=q,
        standfirst=q,
        kicker=q,
        byline=("Pat O'Neill",),
        date=dt.date(2024, 8, 30),
        lang="en-GB",
        url="https://e.org/it's",
        pictures=(Picture(file="it's.jpg", alt=q, caption=q, credit=q),),
        pull_quotes=(q,),
        contributor=q,
        body=Copy(blocks=(paragraph(q),)),
    )

    done = set_article(article)

    assert {
        done.title,
        done.headline,
        done.short_headline,
        done.standfirst,
        done.kicker,
        done.pictures[0].caption,
        done.pictures[0].credit,
        done.pull_quotes[0],
        done.contributor,
        *texts(done.body),
    } == {"it’s"}
    assert done.byline == ("Pat O’Neill",)
    assert (done.slug, done.url, done.pictures[0].file) == (
        "a",
        "https://e.org/it's",
        "it's.jpg",
    )
    assert set_article(done) == done
