"""What edition.yaml says of the digest, and what is wrong with it."""

from __future__ import annotations

import pytest

from press.model.edition import DigestPlan
from press.model.finding import Finding
from press.model.segment import ShowTo
from tests.manifest.builders import Paper

E = "editions/2024-09/edition.yaml"
ARTICLES = "  articles: [penny-post, leader]\n  house_ad: subscribe\n"


@pytest.fixture
def grouped(paper: Paper) -> Paper:
    paper.change("press.yaml", "links:", "segments: [members, by-post]\nlinks:")
    return paper


def plan(paper: Paper, digest: str) -> DigestPlan:
    paper.change(E, ARTICLES, digest)
    checked = paper.read_edition()
    assert checked.findings == ()
    assert checked.value is not None
    assert checked.value.digest is not None
    return checked.value.digest


def faults(paper: Paper, digest: str) -> list[Finding]:
    paper.change(E, ARTICLES, digest)
    return list(paper.read_edition().findings)


MEMBERS = ShowTo(within=frozenset({"members"}))  # type: ignore[arg-type]
NOT_BY_POST = ShowTo(without=frozenset({"by-post"}))  # type: ignore[arg-type]


def test_articles_and_sections_say_who_sees_them(grouped: Paper) -> None:
    digest = plan(
        grouped,
        "  articles: [{article: penny-post, show_to: not by-post, text: full}]\n"
        "  sections:\n"
        "    - {section: Comment, show_to: members, articles: [leader, mills]}\n",
    )

    first, second = digest.sections
    assert (first.name, second.name) == ("", "Comment")
    assert (first.items[0].show_to, first.items[0].whole) == (NOT_BY_POST, True)
    assert second.show_to == MEMBERS
    assert [item.slug for item in digest.items] == [
        "salt-tax",
        "penny-post",
        "leader",
        "mills",
    ]


def test_of_several_ads_each_says_who_sees_it(grouped: Paper) -> None:
    digest = plan(
        grouped,
        "  house_ad: [{ad: subscribe, show_to: [not members, not by-post]}, tip]\n",
    )

    assert [ad.ad for ad in digest.house_ads] == ["subscribe", "tip"]
    assert digest.house_ads[0].show_to.without == {"members", "by-post"}
    assert digest.house_ads[1].show_to == ShowTo()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", ShowTo()),
        ("  front_page: yes\n", ShowTo()),
        ("  front_page: no\n", None),
        ("  front_page: {show_to: members}\n", MEMBERS),
    ],
)
def test_the_front_page_may_be_for_some(
    grouped: Paper, said: str, meant: ShowTo | None
) -> None:
    assert plan(grouped, said).front_page == meant


def test_readers_are_greeted_by_name_where_it_is_known(paper: Paper) -> None:
    digest = plan(
        paper, '  greeting: {named: "Dear {name},", unnamed: "Dear reader,"}\n'
    )

    assert (digest.greeting.named, digest.greeting.unnamed) == (
        "Dear {name},",
        "Dear reader,",
    )


@pytest.mark.parametrize(
    ("said", "code", "says", "hint"),
    [
        (
            "  articles: [{article: leader, show_to: membres}]\n",
            "digest.unknown-group",
            "no group of readers “membres”",
            "did you mean “members”?",
        ),
        (
            "  articles: [{article: leader, show_to: [members, not members]}]\n",
            "digest.shown-to-nobody",
            "both in “members” and not in it",
            "delete one",
        ),
        (
            "  articles: [leader, leader]\n",
            "article.twice",
            "“leader” is in the digest twice",
            "different readers",
        ),
        (
            "  articles: [leader]\n  sections:\n    - {section: X, articles: [leader]}\n",
            "article.twice",
            "“leader” is in the digest twice",
            "different readers",
        ),
        (
            '  greeting: {named: "Dear reader"}\n',
            "manifest.type",
            "does not say where the reader's name goes",
            "{name}",
        ),
        (
            '  greeting: {named: "Dear {name} {surname}"}\n',
            "manifest.type",
            "does not say where the reader's name goes",
            "{name}",
        ),
        (
            "  articles: [{article: leader, text: some}]\n",
            "manifest.choice",
            "“some” is not one of: teaser, full",
            "",
        ),
        (
            "  house_ad: [{ad: subscrib, show_to: members}]\n",
            "plan.unknown-house-ad",
            "no house ad “subscrib”",
            "did you mean “subscribe”?",
        ),
    ],
)
def test_a_mistake_is_named_with_the_way_out(
    grouped: Paper, said: str, code: str, says: str, hint: str
) -> None:
    (fault,) = faults(grouped, said)

    assert fault.code == code
    assert says in fault.message
    assert hint in (fault.hint or "")
    assert fault.place.line in range(23, 32)


def test_the_lead_is_for_everybody(grouped: Paper) -> None:
    grouped.change(
        E, "  lead: salt-tax", "  lead: {article: salt-tax, show_to: members}"
    )

    (fault,) = grouped.read_edition().findings
    assert fault.code == "digest.lead-for-all"


def test_one_article_may_be_there_twice_for_different_readers(grouped: Paper) -> None:
    digest = plan(
        grouped,
        "  articles:\n"
        "    - {article: leader, show_to: members, text: full}\n"
        "    - {article: leader, show_to: not members}\n",
    )

    assert [item.slug for item in digest.items[1:]] == ["leader", "leader"]


def test_so_many_groups_that_mails_multiply_are_refused(paper: Paper) -> None:
    names = [f"g{number}" for number in range(6)]
    paper.change("press.yaml", "links:", f"segments: [{', '.join(names)}]\nlinks:")

    (fault,) = faults(paper, f"  front_page: {{show_to: [{', '.join(names)}]}}\n")

    assert fault.code == "digest.too-many-groups"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://lamp.example/paper.pdf", "is the same for every edition"),
        ("http://lamp.example/{edition}.pdf", "is not a web address with https"),
    ],
)
def test_the_pages_have_an_address_for_every_edition(
    paper: Paper, address: str, says: str
) -> None:
    paper.change("press.yaml", "links:", f'replica: "{address}"\nlinks:')

    (fault,) = paper.read_house().findings
    assert says in fault.message
