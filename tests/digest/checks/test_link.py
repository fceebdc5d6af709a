"""Links lead readers to one public place, and say to which."""

from __future__ import annotations

import pytest

from press.adapters.jinja import JinjaTemplates
from press.adapters.mrml import MrmlRenderer
from press.digest.make import MailTools, make_digest
from press.model.copy import Copy, Paragraph, Run
from press.model.digest import MailPalette
from press.model.finding import Severity
from tests.digest.builders import (
    LAYOUTS,
    PLAN,
    SmallLab,
    a_house,
    an_article,
    an_edition,
)
from tests.digest.checks.sample import Sample, codes

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("address", "severity", "says"),
    [
        ("https://10.1.2.3/x", ERROR, "readers cannot reach"),
        ("https://172.20.0.1/x", ERROR, "readers cannot reach"),
        ("https://192.168.1.1/x", ERROR, "readers cannot reach"),
        ("https://169.254.1.1/x", ERROR, "readers cannot reach"),
        ("https://[::1]/x", ERROR, "readers cannot reach"),
        ("https://[fd00::1]/x", ERROR, "readers cannot reach"),
        ("https://press.internal/x", ERROR, "readers cannot reach"),
        ("https://staging.quoin.example/x", ERROR, "is tried out"),
        ("https://www.preview.quoin.example/x", ERROR, "is tried out"),
        ("https://quoin.example:8443/x", ERROR, "names a port"),
        ("https://preview.other.example/x", WARNING, "is tried out"),
        ("https://other.example:8443/x", WARNING, "names a port"),
        ("https://other.example/x?a=1?b=2", WARNING, "two question marks"),
        ("https://other.example/x?a=1?utm_source=d", ERROR, "two question marks"),
        ("https://other.example/a b", ERROR, "white space"),
        ("https://other.example/a\nb", ERROR, "white space"),
        ("https://other.example:x/", ERROR, "no web address"),
        ("https://[other/", ERROR, "no web address"),
        ("data:text/html,x", ERROR, "no web address"),
    ],
)
def test_a_link_that_readers_should_not_follow_is_found(
    mail: Sample, address: str, severity: Severity, says: str
) -> None:
    (finding,) = mail.with_more(f'<a href="{address}">A page</a>')

    assert (finding.code, finding.severity) == ("digest.link", severity)
    assert says in finding.message
    assert finding.place == PLAN


@pytest.mark.parametrize(
    "address",
    [
        "https://dev.to/x",
        "https://test.example/x",
        "https://1.1.1.1/",
        "https://other.example/x?a=1&amp;b=%3F",
        "mailto:letters@quoin.example",
        "https://stagecoach.quoin.example/x",
    ],
)
def test_a_public_link_passes(mail: Sample, address: str) -> None:
    assert mail.with_more(f'<a href="{address}">A page</a>') == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("utm_source=d&amp;utm_medium=e", "lacks utm_campaign"),
        (
            "utm_source=d&amp;utm_source=e&amp;utm_medium=e&amp;utm_campaign=c",
            "2 times",
        ),
        (
            (
                "utm_source=d&amp;utm_medium=e&amp;utm_campaign=c"
                "&amp;utm_term=x&amp;utm_term=y"
            ),
            "has 2 times utm_term",
        ),
    ],
)
def test_a_link_is_tagged_once(mail: Sample, query: str, says: str) -> None:
    (finding,) = mail.with_more(f'<a href="https://q.example/?{query}">A page</a>')

    assert (finding.code, finding.severity) == ("digest.campaign", WARNING)
    assert says in finding.message


def test_a_story_whose_link_lost_its_tags_is_found(mail: Sample) -> None:
    link = mail.view.stories[1].link.replace("&", "&amp;")

    findings = mail.with_html(link, link.partition("?")[0])

    assert codes(findings).count("digest.campaign") == 3


@pytest.mark.parametrize("words", ["Click here", "here.", "Read more →", "MORE…"])
def test_words_that_do_not_say_where_a_link_leads_are_found(
    mail: Sample, words: str
) -> None:
    (finding,) = mail.with_more(f'<a href="https://a.example/x">{words}</a>')

    assert (finding.code, finding.severity) == ("digest.link-words", WARNING)
    assert "https://a.example/x" in finding.message


def test_the_same_words_for_different_places_are_found_once(mail: Sample) -> None:
    links = [f'<a href="https://a.example/{n}">The minutes</a>' for n in (1, 2, 3)]

    (finding,) = mail.with_more("".join(links))

    assert (finding.code, finding.severity) == ("digest.link-words", WARNING)
    assert finding.message.startswith('3 links say "The minutes"')


def test_the_same_words_for_the_same_place_pass(mail: Sample) -> None:
    assert mail.with_more('<a href="https://a.example/1">The minutes</a>' * 2) == []


def test_two_pictures_of_one_description_pass(mail: Sample) -> None:
    image = '<img src="https://a.example/x.png" alt="A map" width="9" height="9">'
    links = [f'<a href="https://a.example/{n}">{image}</a>' for n in (1, 2)]

    assert mail.with_more("".join(links)) == []


def test_a_link_of_an_articles_own_is_told_at_the_article() -> None:
    run = Run(text="here", link="http://other.example/")
    body = Copy(blocks=(Paragraph(runs=(run,)),))
    articles = (an_article("taxes"), an_article("post", standfirst="", body=body))
    made = make_digest(
        an_edition(articles),
        a_house(),
        MailTools(
            palette=MailPalette(),
            templates=JinjaTemplates(LAYOUTS / "tabloid"),
            renderer=MrmlRenderer(),
            lab=SmallLab(),
        ),
    )

    files = {one.place.file for one in made.findings if "other.example" in one.message}
    assert files == {"editions/2024-09/articles/post/index.md"}
