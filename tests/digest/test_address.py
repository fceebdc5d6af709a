"""Where pages of the web are, and that mails lead there."""

from __future__ import annotations

import pytest

from press.digest.address import Addresses, article_address, web_address
from press.digest.compose import Composer
from press.digest.personal import sample_reader
from press.model.article import Slug, WebUse
from press.model.edition import DigestPlan, EditionId
from tests.digest.builders import a_house, an_article, an_edition

WEB = "https://quoin.example/editions/"
SEPTEMBER = EditionId("2024-09")


@pytest.mark.parametrize("web", [WEB, WEB.rstrip("/")])
def test_the_digest_of_an_edition_is_below_the_papers_pages(web: str) -> None:
    address = web_address(a_house(web=web), SEPTEMBER)

    assert address == "https://quoin.example/editions/2024-09/index.html"
    assert sample_reader(a_house(), address).web == address


def test_a_paper_without_pages_has_no_address_for_them() -> None:
    assert web_address(a_house(), SEPTEMBER) == ""


def test_an_address_with_syntax_in_it_can_stand_in_a_mail() -> None:
    address = web_address(a_house(web="https://quoin.example/a&b'c/"), SEPTEMBER)

    assert sample_reader(a_house(), address).web == address


@pytest.mark.parametrize(
    ("url", "web", "house", "wanted"),
    [
        ("https://a.example/x", WebUse.FULL, WEB, "https://a.example/x"),
        ("", WebUse.FULL, WEB, "https://quoin.example/editions/2024-09/taxes.html"),
        ("", WebUse.TEASER, WEB, "https://quoin.example/editions/2024-09/taxes.html"),
        ("", WebUse.NONE, WEB, ""),
        ("", WebUse.FULL, "", ""),
    ],
)
def test_an_article_is_read_at_its_own_address_or_on_its_page(
    url: str, web: WebUse, house: str, wanted: str
) -> None:
    article = an_article("taxes", url=url, web=web)

    assert article_address(a_house(web=house), SEPTEMBER, article) == wanted


def test_a_mail_leads_to_the_page_of_an_article_without_an_address() -> None:
    shown = an_article("taxes", url="", web=WebUse.FULL)
    named = an_article("post", url="", web=WebUse.FULL)
    edition = an_edition([shown, named])
    assert isinstance(edition.digest, DigestPlan)
    plan = DigestPlan(
        subject="Taxes", preheader="And post", lead=edition.digest.lead, also=True
    )

    view = Composer(edition=edition, plan=plan, house=a_house(web=WEB)).compose().value

    assert view is not None
    page = Addresses(web=WEB, edition=SEPTEMBER).absolute("2024-09/")
    assert view.hero.link.startswith(f"{page}taxes.html?utm_source=digest")
    (also,) = view.also
    assert also.entries[0].link.startswith(f"{page}post.html?utm_source=digest")


def test_an_article_called_index_does_not_take_the_digests_place() -> None:
    addresses = Addresses(web=WEB, edition=SEPTEMBER)

    assert addresses.article(Slug("index")) != addresses.digest
