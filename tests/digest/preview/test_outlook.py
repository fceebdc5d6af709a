"""What Outlook would draw wrongly is found in the HTML."""

from __future__ import annotations

import pytest

from press.adapters.mrml import MrmlRenderer
from press.digest.finish import finish
from press.digest.preview import check_outlook
from press.model.finding import Severity
from tests.digest.test_make import snapshot

PICTURE = "https://media.quoin.example/paper.png"


def found(html: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in check_outlook(html)]


def codes(html: str) -> set[str]:
    return {code for code, _ in found(html)}


def compiled(body: str) -> str:
    mjml = f'<mjml lang="en"><mj-body width="640px">{body}</mj-body></mjml>'
    return finish(MrmlRenderer().render(mjml, ""))


def test_the_digest_is_sound() -> None:
    assert found(snapshot().public.html) == []


def test_every_component_of_the_engine_is_sound() -> None:
    body = f"""
      <mj-hero background-url="{PICTURE}" background-height="200px"
        background-width="600px"><mj-text>Hero</mj-text></mj-hero>
      <mj-section background-url="{PICTURE}" padding="0 12px"><mj-column>
        <mj-text>Words</mj-text></mj-column></mj-section>
      <mj-section><mj-group><mj-column><mj-text>a</mj-text></mj-column><mj-column>
        <mj-text>b</mj-text></mj-column></mj-group></mj-section>
      <mj-section><mj-column><mj-social><mj-social-element name="facebook" href="#">
        x</mj-social-element></mj-social><mj-divider/><mj-spacer/>
        <mj-button href="#">Go</mj-button><mj-image src="{PICTURE}" alt="x"/>
        <mj-table><tr><td>a</td><td>b</td></tr></mj-table></mj-column></mj-section>
      <mj-section><mj-column><mj-navbar><mj-navbar-link href="#">a</mj-navbar-link>
        <mj-navbar-link href="#">b</mj-navbar-link></mj-navbar></mj-column></mj-section>
    """

    assert found(compiled(body)) == []


def sections() -> str:
    column = "<mj-column><mj-text>Words</mj-text></mj-column>"
    return compiled(f'<mj-section padding="0 12px">{column}{column}</mj-section>')


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        ("]></td><![", "]><![", '<td> stands directly in <td> (after "Words")'),
        ("]></tr></table><![", "]></table><![", "</table> comes where <tr> is still"),
        ("]></td></tr></table><![", "]><![", "<td> is never closed"),
        ('role="presentation"><tr><![', 'role="presentation"><![', "directly in <tab"),
        ("<!--[if mso | IE]></td></tr>", "</div><!--[if mso]></table>", "</table> com"),
        ("</body>", "<!--[if mso]></table><![endif]--></body>", "</table> closes noth"),
        ("</body>", "<!--[if mso]><tr><![endif]--></body>", "outside of any table"),
    ],
)
def test_tables_that_are_not_balanced_are_an_error(
    there: str, instead: str, fault: str
) -> None:
    html = sections()
    assert there in html

    faults = list(check_outlook(html.replace(there, instead, 1)))

    assert [(one.code, one.severity) for one in faults] == [
        ("digest.outlook-table", Severity.ERROR)
    ]
    assert fault in faults[0].message


def test_what_others_read_may_be_what_it_likes() -> None:
    others = "<!--[if !mso]><!--></table><td><!--<![endif]-->"

    assert found(sections().replace("</body>", f"{others}</body>")) == []


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<img src="a.png" alt="">', "the picture a.png has no width"),
        ('<img src="a.png" alt="" width="149.98">', '<img> has width="149.98"'),
        ('<img src="a.png" alt="" width="auto">', '<img> has width="auto"'),
        ('<div style="width:149.98px">x</div>', "<div> is 149.98 px wide"),
        ("<table><tr><td>x</td></tr></table>", "a table of the frame has no width"),
    ],
)
def test_a_width_is_there_and_whole(html: str, message: str) -> None:
    faults = [one for one in check_outlook(html) if one.code == "digest.outlook-width"]

    assert [one.severity for one in faults] == [Severity.WARNING]
    assert faults[0].message == f"{message}; Outlook takes whole pixels only"


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png" alt="" width="150">',
        '<img src="a.png" alt="" width="150px">',
        '<img src="a.png" alt="" width="100%">',
        '<div style="max-width:149.98px">x</div>',
        '<table style="width:640px"><td><table><td>x</td></table></td></table>',
    ],
)
def test_a_width_that_outlook_understands_is_fine(html: str) -> None:
    assert "digest.outlook-width" not in codes(html)


def test_many_pictures_without_a_width_are_told_of_three() -> None:
    html = "".join(f'<img src="{n}.png" alt="">' for n in range(9))

    assert len(found(html)) == 3


def test_columns_that_are_wider_than_their_section_are_told() -> None:
    html = sections().replace("width:308px", "width:400px")

    message = (
        "2 columns side by side are 800 px wide where there are 616;"
        " Outlook makes the mail wider"
    )
    assert found(html) == [("digest.outlook-wide", message)]


def test_a_table_that_is_wider_than_the_mail_is_told() -> None:
    html = compiled(
        "<mj-section><mj-column><mj-text>"
        '<table width="700"><tr><td>x</td></tr></table>'
        "</mj-text></mj-column></mj-section>"
    )

    assert "a column or table is 700 px wide where there are 590" in found(html)[0][1]


def test_columns_of_which_some_have_a_width_are_told() -> None:
    html = sections().replace("width:308px", "", 1)

    assert codes(html) == {"digest.outlook-width"}
    assert "others have none" in found(html)[0][1]


def test_a_picture_behind_text_is_told_where_outlook_has_none() -> None:
    body = (
        f'<mj-section background-url="{PICTURE}?a=1&amp;b=2"><mj-column><mj-text>Words'
        "</mj-text></mj-column></mj-section>"
    )
    drawn = compiled(body)
    plain = drawn.replace("<v:fill", "<v:none")

    assert found(drawn) == []
    assert codes(plain) == {"digest.outlook-background"}
    assert f"{PICTURE}?a=1&b=2" in found(plain)[0][1]


@pytest.mark.parametrize(
    "style",
    [
        f'style="background-image:url({PICTURE})"',
        f"style=\"background:red url('{PICTURE}')\"",
        f'background="{PICTURE}"',
    ],
)
def test_a_background_may_be_written_in_many_ways(style: str) -> None:
    assert codes(f"<div {style}>x</div>") == {"digest.outlook-background"}
