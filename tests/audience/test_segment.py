"""Rules of segments: read, written, explained; mistakes said with their place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.audience.explain import explain
from press.audience.segment import RuleError, parse, write
from press.model.segment_rule import (
    All,
    AnyOf,
    Attribute,
    Day,
    Deed,
    Did,
    Everybody,
    Field,
    Holds,
    Joined,
    JoinedWithin,
    Not,
    Number,
    OnList,
    Rule,
    Sign,
    Tagged,
)
from tests.segments import rules

READ = [
    ("everybody", Everybody()),
    ("tag members", Tagged("members")),
    ('tag "print and post"', Tagged("print and post")),
    ("list digest", OnList("digest")),
    ("opened within 90 days", Did(Deed.OPENED, 90)),
    ("clicked within 2 weeks", Did(Deed.CLICKED, 14)),
    ("received", Did(Deed.RECEIVED, None)),
    ("joined within 30 days", JoinedWithin(30)),
    ("joined >= 2024-01-01", Joined(Sign.LEAST, dt.date(2024, 1, 1))),
    ("joined != 2024-01-01", Not(Joined(Sign.IS, dt.date(2024, 1, 1)))),
    ("lang = en_GB", Holds(Field.LANG, ("en-gb",))),
    ("domain = @BÜCHER.example", Holds(Field.DOMAIN, ("xn--bcher-kva.example",))),
    ('name = ""', Holds(Field.NAME, ("",))),
    ("lang in (en, cy)", Holds(Field.LANG, ("en", "cy"))),
    ("field.city = Leeds", Attribute("city", ("Leeds",))),
    ("field.city != Leeds", Not(Attribute("city", ("Leeds",)))),
    ("field.age >= 30", Number("age", Sign.LEAST, 30)),
    ("field.paid < 2024-05-03", Day("paid", Sign.LESS, dt.date(2024, 5, 3))),
    ("not tag a and tag b", All((Not(Tagged("a")), Tagged("b")))),
    (
        "tag a or tag b and tag c",
        AnyOf((Tagged("a"), All((Tagged("b"), Tagged("c"))))),
    ),
    (
        "(tag a or tag b) and tag c",
        All((AnyOf((Tagged("a"), Tagged("b"))), Tagged("c"))),
    ),
    ("TAG a AND NOT LIST b", All((Tagged("a"), Not(OnList("b"))))),
]


@pytest.mark.parametrize(("text", "rule"), READ)
def test_rules_are_read(text: str, rule: Rule) -> None:
    assert parse(text) == rule


@given(rule=rules())
def test_what_is_written_is_read_back(rule: Rule) -> None:
    text = write(rule)

    assert write(parse(text)) == text


@given(text=st.text(alphabet='tag list()=<>!"\\,ab09-.“ and', max_size=30))
def test_any_text_is_a_rule_or_a_mistake_with_a_place(text: str) -> None:
    rule, mistake = read(text)

    if mistake is not None:
        assert 0 <= mistake.start <= len(text)
    if rule is not None:
        assert parse(write(rule)) == rule


def read(text: str) -> tuple[Rule | None, RuleError | None]:
    try:
        return parse(text), None
    except RuleError as error:
        return None, error


WRONG = [
    ("", 0, "a condition is needed here, not the end", None),
    ("tga members", 0, "not “tga”", "did you mean tag?"),
    ("tag", 3, "a tag is needed", None),
    ("tag and", 4, "a tag is needed", 'write "and" if'),
    ("tag a tag b", 6, "and, or, or the end", None),
    ("tag a adn tag b", 6, "not “adn”", "did you mean and?"),
    ("(tag a", 6, ") is needed here, not the end", None),
    ("tag a)", 5, "not “)”", None),
    ('tag "a', 4, "never closed", None),
    ("tag “a”", 4, "is not a quotation mark", 'write "…"'),
    ("opened within 90", 16, "days or weeks", None),
    ("opened within 3 months", 16, "days or weeks", None),
    ("opened within ten days", 14, "a number of days", None),
    ("opened within 0 days", 14, "a number of days", None),
    ("opened within 99999 days", 14, "a hundred years", None),
    ("joined >= 2024-02-30", 10, "2024-02-30 does not exist", None),
    ("joined >= 9999-12-31", 10, "9999-12-31 is no day of the calendar", None),
    ("joined < 0001-01-01", 9, "0001-01-01 is no day of the calendar", None),
    ("joined >= May", 10, "a date such as", None),
    ("lang < en", 5, "lang has no order", "lang in"),
    ("lang in en", 8, "( is needed", None),
    ("lang in (en", 11, ") is needed", None),
    ("field. = a", 0, "names no field", None),
    ("field.age > many", 12, "a whole number", None),
    ("tag a ! tag b", 6, "! has no meaning", "not, or !="),
    ("(" * 60 + "tag a" + ")" * 60, 50, "nested too deep", None),
    ("tag " + "a" * 2000, 2000, "at most 2000", None),
]


@pytest.mark.parametrize(("text", "start", "message", "hint"), WRONG)
def test_mistakes_are_said_with_their_place(
    text: str, start: int, message: str, hint: str | None
) -> None:
    with pytest.raises(RuleError) as told:
        parse(text)

    assert message in str(told.value)
    assert told.value.start == start
    if hint:
        assert hint in (told.value.hint or "")


EXPLAINED = [
    ("everybody", "all readers"),
    (
        "tag members and not list print",
        "readers who have the tag “members” and are not on the list “print”",
    ),
    (
        "not opened within 90 days",
        "readers who did not open a mail within the last 90 days",
    ),
    ("not clicked", "readers who never clicked in a mail"),
    ("opened", "readers who ever opened a mail"),
    (
        "opened within 1 day or (tag a and tag b)",
        (
            "readers who opened a mail within the last day or (have the tag “a” and have the"
            " tag “b”)"
        ),
    ),
    (
        "not (tag a or tag b)",
        "readers who are not those who (have the tag “a” or have the tag “b”)",
    ),
    ("lang in (en, cy)", "readers who have “en” or “cy” as language"),
    ('name != ""', "readers who have some name"),
    ('field.city = ""', "readers who have no city"),
    ("field.city != Leeds", "readers who have not “Leeds” as city"),
    ("joined >= 2024-05-03", "readers who joined on or after 3 May 2024"),
    ("not joined = 2024-05-03", "readers who did not join on 3 May 2024"),
    ("field.age > 30", "readers who have more than 30 as age"),
    ("field.paid < 2024-05-03", "readers who have a day before 3 May 2024 as paid"),
]


@pytest.mark.parametrize(("text", "said"), EXPLAINED)
def test_rules_are_said_in_plain_words(text: str, said: str) -> None:
    assert explain(parse(text)) == said


@given(rule=rules())
def test_every_rule_can_be_explained(rule: Rule) -> None:
    assert explain(rule)
