"""Every kind of reader gets the mail that is theirs, and each mail is made once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.adapters.jinja import JinjaTemplates
from press.adapters.mrml import MrmlRenderer
from press.digest.checks.facts import read_mail
from press.digest.make import MailTools, make_digest
from press.digest.variant import kinds_of_readers, name_of
from press.model.article import Article, Slug
from press.model.copy import Copy, Paragraph, Run
from press.model.digest import Digest, InPrint, MailPalette, MailPicture
from press.model.edition import DigestAd, DigestItem, DigestSection, Edition
from press.model.house import AdId, House
from press.model.segment import EVERYBODY, MEMBERS, Segment, ShowTo
from tests.digest.builders import (
    LAYOUTS,
    SmallLab,
    a_house,
    a_plan,
    an_article,
    an_edition,
)

BY_POST = Segment("by-post")
FOR_MEMBERS = ShowTo(within=frozenset({MEMBERS}))
NOT_BY_POST = ShowTo(without=frozenset({BY_POST}))
GROUPED = a_house(segments=(MEMBERS, BY_POST))
FRONT = MailPicture(
    name="front.png",
    url="https://media.quoin.example/2024-09/front.png",
    data=b"\x89PNG\r\n\x1a\n",
    width=204,
    height=280,
    alt="The front page",
)


class Counting(MrmlRenderer):
    """An engine that counts how often it is asked."""

    asked = 0

    def render(self, mjml: str, styles: str) -> str:
        type(self).asked += 1
        return super().render(mjml, styles)


def made(edition: Edition, house: House = GROUPED, layout: str = "tabloid") -> Digest:
    tools = MailTools(
        palette=MailPalette(),
        templates=JinjaTemplates(LAYOUTS / layout),
        renderer=Counting(),
        lab=SmallLab(),
    )
    pages = tuple((Slug(slug), page) for page, slug in enumerate(("taxes", "post"), 1))
    checked = make_digest(edition, house, tools, InPrint(pages=pages, front=FRONT))
    assert checked.findings == ()
    assert checked.value is not None
    return checked.value


def section(*items: DigestItem, name: str = "") -> DigestSection:
    return DigestSection(name=name, items=items)


def item(slug: str, show_to: ShowTo = EVERYBODY, *, whole: bool = False) -> DigestItem:
    return DigestItem(slug=Slug(slug), show_to=show_to, whole=whole)


def heard(html: str) -> str:
    return read_mail(html).text


def test_without_groups_there_is_one_mail_for_everybody() -> None:
    digest = made(an_edition())

    assert [variant.name for variant in digest.variants] == ["everybody"]
    assert digest.public.stem == "digest"
    assert digest.variant_for([MEMBERS]) is digest.public


@pytest.mark.parametrize("layout", ["tabloid", "a4"])
def test_each_kind_of_reader_gets_what_is_for_them_and_nothing_else(
    layout: str,
) -> None:
    plan = a_plan(
        sections=(section(item("post", FOR_MEMBERS), item("deposit", NOT_BY_POST)),),
        house_ads=(DigestAd(ad=AdId("subscribe"), show_to=NOT_BY_POST),),
        front_page=FOR_MEMBERS,
    )
    digest = made(an_edition(digest=plan), layout=layout)

    for kind in kinds_of_readers(digest.groups):
        variant = digest.variant_for(kind)
        members, by_post = MEMBERS in kind, BY_POST in kind
        for part in (heard(variant.html), variant.text):
            assert "happened to taxes" in part
            assert ("happened to post" in part) == members
            assert ("happened to deposit" in part) == (not by_post)
            assert ("Subscribe for £39" in part) == (not by_post)
        assert (FRONT.url in variant.html) == members
    assert digest.public is digest.variant_for([Segment("strangers")])
    assert {picture.name for picture in digest.pictures} >= {"front.png"}


def test_a_mail_is_made_once_for_all_readers_who_see_the_same() -> None:
    plan = a_plan(
        house_ads=(
            DigestAd(ad=AdId("subscribe"), show_to=ShowTo(without={MEMBERS, BY_POST})),  # type: ignore[arg-type]
        )
    )
    Counting.asked = 0

    digest = made(an_edition(digest=plan))

    assert Counting.asked == len(digest.variants) == 2
    assert [variant.name for variant in digest.variants] == [
        "not by-post, not members",
        "others",
    ]
    assert [variant.stem for variant in digest.variants] == ["digest", "digest.others"]


def test_readers_are_named_by_what_they_have_in_common() -> None:
    groups = frozenset({MEMBERS, BY_POST})
    none, by_post, members, both = kinds_of_readers(groups)

    assert name_of([none, by_post, members, both], groups) == "everybody"
    assert name_of([members, both], groups) == "members"
    assert name_of([members], groups) == "not by-post, members"
    assert name_of([none, both], groups) == "others"


WORDS = ("Everybody reads this.", "And this as well.", "Members alone read this.")


def walled(paywall: int | None = 2) -> Article:
    blocks = tuple(Paragraph(runs=(Run(text=text),)) for text in WORDS)
    return an_article(
        "post", body=Copy(blocks=blocks), members_only=True, paywall=paywall
    )


def test_a_members_article_in_full_ends_at_the_paywall_for_others() -> None:
    plan = a_plan(sections=(section(item("post", whole=True)),))
    digest = made(an_edition([an_article("taxes"), walled()], digest=plan))

    assert digest.groups == {MEMBERS}
    for part in ("html", "text"):
        public, members = (
            " ".join(getattr(variant, part).split())
            for variant in (digest.public, digest.variant_for([MEMBERS]))
        )
        assert WORDS[1] in public
        assert WORDS[2] not in public
        assert "Members read on" in public
        assert all(words in members for words in WORDS)
        assert "Members read on" not in members


def test_where_no_group_is_called_members_everybody_gets_the_open_part() -> None:
    plan = a_plan(sections=(section(item("post", whole=True)),))
    edition = an_edition([an_article("taxes"), walled()], digest=plan)

    digest = made(edition, a_house())

    assert len(digest.variants) == 1
    assert WORDS[2] not in digest.public.html + digest.public.text


def test_an_article_for_everybody_runs_in_full_for_all() -> None:
    plan = a_plan(sections=(section(item("post", whole=True), name="World"),))
    article = replace(walled(), members_only=False, paywall=None)
    digest = made(an_edition([an_article("taxes"), article], digest=plan))

    assert len(digest.variants) == 1
    assert WORDS[2] in digest.public.html
    assert WORDS[2] in digest.public.text


def test_two_variants_of_one_name_never_share_files() -> None:
    ads = tuple(
        DigestAd(ad=AdId("subscribe"), show_to=show)
        for show in (FOR_MEMBERS, ShowTo(within=frozenset({BY_POST})))
    )
    plan = a_plan(
        house_ads=ads,
        sections=(section(item("post", FOR_MEMBERS), item("deposit", NOT_BY_POST)),),
    )
    digest = made(an_edition(digest=plan))

    stems = [variant.stem for variant in digest.variants]
    assert len(set(stems)) == len(stems)
