"""What is wrong in a template is told with its line, its column and what to do."""

from __future__ import annotations

import pytest

from press.digest.mjml import guard
from press.model.finding import Finding, Severity
from press.model.template import Filled, Origin
from tests.digest.mjml.sample import IMAGE, column, filled, findings_of, text

#: What stands on line 5, between lines that are in order.
FRAME = (
    '<mjml lang="en-GB" dir="ltr">\n<mj-body>\n<mj-section>\n<mj-column>\n%s\n'
    "</mj-column>\n</mj-section>\n</mj-body>\n</mjml>"
)
TEXT = "<mj-text>x</mj-text>"
BODY = "<mj-body></mj-body>"


def framed(content: str) -> str:
    return FRAME % content


def wide(*widths: str) -> str:
    columns = "".join(f"<mj-column{width}>{TEXT}</mj-column>" for width in widths)
    return FRAME.replace("<mj-column>\n%s\n</mj-column>", columns)


def root(content: str, attributes: str = ' lang="en-GB" dir="ltr"') -> str:
    return f"<mjml{attributes}>\n{content}\n</mjml>"


def told(finding: Finding) -> str:
    place = str(finding.place).removeprefix("layouts/small/digest.mjml.j2:")
    return f"{place} {finding.code}"


#: The MJML, and its findings: line, column and code, and what the first one says.
WRONG = {
    "an unknown tag": (
        framed("<mj-foo>x</mj-foo>"),
        ["5:1 digest.unknown-tag"],
        '"mj-foo" is not an MJML tag',
    ),
    "HTML in a column": (
        framed("<p>hello <b>you</b></p>"),
        ["5:1 digest.nesting"],
        "<p> is HTML and cannot stand in <mj-column>",
    ),
    "a tag that is never closed": (
        framed("<mj-text>x"),
        ["6:1 digest.markup"],
        "</mj-column> stands where <mj-text> (layouts/small/digest.mjml.j2:5:1) is open",
    ),
    "crossed tags": (
        framed("<mj-text><b><i>x</b></mj-text>"),
        ["5:17 digest.markup"],
        "</b> stands where <i> (layouts/small/digest.mjml.j2:5:13) is open",
    ),
    "a paragraph that is never closed": (
        framed("<mj-text><p>a<p>b</p></mj-text>"),
        ["5:22 digest.markup"],
        "</mj-text> stands where <p> (layouts/small/digest.mjml.j2:5:10) is open",
    ),
    "an unknown attribute": (
        framed('<mj-text colour="red">x</mj-text>'),
        ["5:10 digest.unknown-attribute"],
        "<mj-text> has no attribute colour",
    ),
    "an unknown attribute of the mail": (
        root(BODY, ' lang="en-GB" dir="ltr" color-scheme="dark"'),
        ["1:30 digest.unknown-attribute"],
        "<mjml> has no attribute color-scheme",
    ),
    "a colour that is none": (
        framed('<mj-text color="notacolour">x</mj-text>'),
        ["5:10 digest.attribute-value"],
        'color="notacolour" of <mj-text> is not what it must be',
    ),
    "a length that is none": (
        framed('<mj-text font-size="12 apples">x</mj-text>'),
        ["5:10 digest.attribute-value"],
        'font-size="12 apples" of <mj-text> is not what it must be',
    ),
    "the width of a picture": (
        framed(IMAGE.replace(" />", '\n width="abc" />')),
        ["6:2 digest.attribute-value"],
        'width="abc" of <mj-image> is not what it must be',
    ),
    "the width of a column": (
        wide(' width="abc"'),
        ["4:12 digest.attribute-value"],
        'width="abc" of <mj-column> is not what it must be',
    ),
    "the width of the body": (
        framed(TEXT).replace("<mj-body>", '<mj-body width="600">'),
        ["2:10 digest.attribute-value"],
        'width="600" of <mj-body> is not what it must be',
    ),
    "columns of more than all": (
        wide(' width="80%"', ' width="80%"'),
        ["3:1 digest.columns"],
        "the columns of this <mj-section> take 80 + 80 = 160 %",
    ),
    "columns of more pixels than there are": (
        wide(' width="400px"', ""),
        ["3:1 digest.columns"],
        "the columns of this <mj-section> take 66.67 + 50 = 116.7 %",
    ),
    "a text in a section": (
        FRAME.replace("<mj-column>\n%s\n</mj-column>", TEXT),
        ["4:1 digest.nesting"],
        "<mj-text> cannot stand in <mj-section>",
    ),
    "a text in the body": (
        root(f"<mj-body>{TEXT}</mj-body>"),
        ["2:10 digest.nesting"],
        "<mj-text> cannot stand in <mj-body>",
    ),
    "a column in a column": (
        framed(f"<mj-column>{TEXT}</mj-column>"),
        ["5:1 digest.nesting"],
        "<mj-column> cannot stand in <mj-column>",
    ),
    "a section in a section": (
        FRAME.replace("<mj-column>\n%s\n</mj-column>", "<mj-section></mj-section>"),
        ["4:1 digest.nesting"],
        "<mj-section> cannot stand in <mj-section>",
    ),
    "a text in a text": (
        framed(f"<mj-text>\n {TEXT}\n</mj-text>"),
        ["6:2 digest.nesting"],
        "<mj-text> cannot stand in <mj-text>, which holds HTML",
    ),
    "markup in a preview": (
        root(f"<mj-head><mj-preview>a <b>b</b></mj-preview></mj-head>{BODY}"),
        ["2:24 digest.nesting"],
        "<b> stands in <mj-preview>, which holds text alone",
    ),
    "no body": (
        root("<mj-head></mj-head>"),
        ["1:1 digest.structure"],
        "<mjml> has no <mj-body>",
    ),
    "two bodies": (
        root(BODY * 2),
        ["2:20 digest.structure"],
        "this is a second <mj-body>",
    ),
    "two heads": (
        root(f"<mj-head></mj-head>{BODY}<mj-head></mj-head>"),
        ["2:39 digest.structure"],
        "this is a second <mj-head>",
    ),
    "no MJML": (
        "<html></html>",
        ["1:1 digest.markup", "1:1 digest.structure"],
        "<html> stands outside <mjml>",
    ),
    "nothing": ("", ["1:1 digest.structure"], "there is no <mjml>"),
    "no language": (
        root(BODY, ' dir="rtl"'),
        ["1:1 digest.frame"],
        "<mjml> does not say the mail's language",
    ),
    "no direction": (
        root(BODY, ' lang="ar" dir="auto"'),
        ["1:1 digest.frame"],
        "<mjml> does not say which way the mail is read",
    ),
    "text in a column": (
        framed("  stray text"),
        ["5:3 digest.dropped-text"],
        "text stands directly in <mj-column>, where it is dropped",
    ),
    "text in the body": (
        root("<mj-body>stray</mj-body>"),
        ["2:10 digest.dropped-text"],
        "text stands directly in <mj-body>, where it is dropped",
    ),
    "text in a picture": (
        framed(IMAGE.replace(" />", ">x</mj-image>")),
        ["5:49 digest.dropped-text"],
        "text stands directly in <mj-image>, where it is dropped",
    ),
    "an attribute that is there twice": (
        framed('<mj-text color="red" color="blue">x</mj-text>'),
        ["5:22 digest.attribute-twice"],
        "<mj-text> has the attribute color twice",
    ),
    "a class that is not defined": (
        framed('<mj-text mj-class="nope">x</mj-text>'),
        ["5:1 digest.unknown-class"],
        'there is no mj-class "nope"',
    ),
    "an include that came out of a value": (
        framed('<mj-include path="./nope.mjml"/>'),
        ["5:1 digest.include"],
        "this <mj-include> was not read",
    ),
    "a NUL": (
        framed("<mj-text>a\0b</mj-text>"),
        ["5:11 digest.control-character"],
        "the digest holds the character U+0000, which a mail cannot carry",
    ),
    "text behind the end": (
        framed(TEXT) + "\njunk",
        ["10:1 digest.markup"],
        "text stands outside <mjml>",
    ),
    "a picture without a source": (
        framed("<mj-image/>"),
        ["5:1 digest.attribute-missing"] * 2,
        "<mj-image> has no src",
    ),
    "a picture without an alternative text": (
        framed('<mj-image src="https://a.example/x.png"/>'),
        ["5:1 digest.attribute-missing"],
        "<mj-image> has no alt",
    ),
    "a button that leads nowhere": (
        framed("<mj-button>Read</mj-button>"),
        ["5:1 digest.attribute-missing"],
        "<mj-button> has no href",
    ),
    "less than": (
        framed("<mj-text>5 < 6</mj-text>"),
        ["5:12 digest.markup"],
        '"<" begins no tag here',
    ),
    "logic of a template": (
        framed("<mj-raw>{% if a < 5 %}</mj-raw>"),
        ["5:17 digest.markup"],
        '"<" begins no tag here',
    ),
    "a tag that ends nowhere": (
        framed("<mj-text>5 <b 6</mj-text>"),
        ["5:12 digest.markup", "5:16 digest.markup"],
        "<b> is not closed by a >",
    ),
    "a value that ends nowhere": (
        framed('<mj-text color="red>x</mj-text>'),
        ["5:1 digest.markup"],
        "<mj-text> has a value whose quotation mark is not closed",
    ),
    "a comment that ends nowhere": (
        framed("<mj-text>a <!-- b</mj-text>"),
        ["5:12 digest.markup"],
        "this comment is never closed",
    ),
    "attributes for elements": (
        root(f"<mj-head><mj-html-attributes></mj-html-attributes></mj-head>{BODY}"),
        ["2:10 digest.unsupported"],
        "the mail engine cannot read <mj-html-attributes>",
    ),
    "a tag in a class": (
        root(
            '<mj-head><mj-attributes><mj-class name="k"><mj-text color="red" />'
            f"</mj-class></mj-attributes></mj-head>{BODY}"
        ),
        ["2:44 digest.unsupported"],
        "the mail engine cannot read a tag inside <mj-class>",
    ),
    "what stands before everything": (
        root(f'<mj-raw position="file-start">x</mj-raw>{BODY}'),
        ["2:1 digest.unsupported"] * 2,
        'the mail engine cannot read position="file-start"',
    ),
    "something for Outlook in a button": (
        framed('<mj-button href="/x"><!--[if mso]>x<![endif]-->b</mj-button>'),
        ["5:22 digest.unsupported"],
        "the mail engine cannot read a comment for Outlook inside <mj-button>",
    ),
    "3,000 tags in each other": (
        framed("<mj-text>" + "<div>" * 3000 + "</div>" * 3000 + "</mj-text>"),
        ["5:985 digest.depth"],
        "tags are nested more than 200 deep",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_its_place(name: str) -> None:
    mjml, expected, says = WRONG[name]

    checked = guard(filled(mjml))

    assert [told(finding) for finding in checked.findings] == expected
    assert checked.findings[0].message == says
    assert {finding.severity for finding in checked.findings} == {Severity.ERROR}
    assert checked.value is None


#: MJML with one slip, and what to do about it.
HINTS = {
    "<mj-txt>x</mj-txt>": 'did you mean "mj-text"?',
    '<mj-text colour="red">x</mj-text>': 'did you mean "color"?',
    '<mj-text color="rot">x</mj-text>': "write a colour, such as #7a1f1f or black",
    '<mj-text font-size="2">x</mj-text>': "write a length in px, such as 12px",
    '<mj-text align="middle">x</mj-text>': "write left, right, center or justify",
    '<mj-text padding="a">x</mj-text>': (
        "write one to four lengths in px or %, such as 12px 0"
    ),
    '<mj-table width="a"></mj-table>': (
        "write a length in px or %, such as 12px, or auto"
    ),
    "<mj-section></mj-section>": "it stands in <mj-body> or <mj-wrapper>",
    "<p>x</p>": "put it into <mj-text> or <mj-raw>",
    "x": "put it into <mj-text>",
    '<mj-text mj-class="hedline">x</mj-text>': 'did you mean "headline"?',
    "<mj-button>x</mj-button>": "href says where it leads",
    "<mj-text>&lt; <</mj-text>": 'write "&lt;"',
    "<mj-text a=1>x</mj-text>": 'write a="1"',
}


@pytest.mark.parametrize("slip", HINTS)
def test_a_finding_says_what_to_do(slip: str) -> None:
    named = '<mj-attributes><mj-class name="headline" color="red" /></mj-attributes>'

    hints = [finding.hint for finding in findings_of(column(slip, named))]

    assert HINTS[slip] in hints


# --- Defaults


@pytest.mark.parametrize(
    "head",
    [
        '<mj-attributes><mj-image alt="" /></mj-attributes>',
        '<mj-attributes><mj-all alt="" /></mj-attributes>',
        '<mj-attributes><mj-class name="k" alt="" /></mj-attributes>',
    ],
)
def test_an_attribute_that_is_set_elsewhere_is_not_missing(head: str) -> None:
    picture = '<mj-image mj-class="%s" src="https://a.example/x.png" />'
    picture = picture % "k" if "mj-class" in head else picture.replace('"%s"', '""')

    assert findings_of(column(picture, head)) == ()
    assert [one.code for one in findings_of(column(picture))][:1] == [
        "digest.attribute-missing"
    ]


def test_the_width_of_the_body_counts_for_columns() -> None:
    mjml = wide(' width="400px"', ' width="400px"')

    assert [one.code for one in findings_of(mjml)] == ["digest.columns"]
    assert findings_of(mjml.replace("<mj-body>", '<mj-body width="800px">')) == ()


def test_columns_of_a_group_share_the_group() -> None:
    group = f'<mj-group width="50%">{wide("", "")}</mj-group>'
    start, end = group.index("<mj-column>"), group.rindex("</mj-column>")
    inside = group[start:end] + "</mj-column>"
    mjml = FRAME.replace(
        "<mj-column>\n%s\n</mj-column>",
        f'<mj-group width="50%">{inside}</mj-group><mj-column width="50%">x</mj-column>',
    ).replace(">x</mj-column>", f">{TEXT}</mj-column>")

    assert findings_of(mjml) == ()


# --- Values


def test_a_mistake_in_a_value_is_told_with_the_line_that_shows_it() -> None:
    mjml = text("a < b")
    at = mjml.index("a <")
    origins = (
        Origin(offset=0, file="digest.mjml.j2", line=1, column=1),
        Origin(offset=at, file="digest.mjml.j2", line=1),
        Origin(offset=at + 5, file="digest.mjml.j2", line=1, column=at + 9),
    )

    (finding,) = guard(Filled(text=mjml, origins=origins)).findings

    assert (finding.place.line, finding.place.column) == (1, None)


def test_a_font_whose_address_is_a_value_is_refused() -> None:
    mjml = column("", '<mj-font name="R" href="https://fonts.example/R" />')
    at = mjml.index("https")
    origins = (
        Origin(offset=0, file="digest.mjml.j2", line=1, column=1),
        Origin(offset=at, file="digest.mjml.j2", line=1),
        Origin(offset=at + 23, file="digest.mjml.j2", line=1, column=at + 9),
    )

    (finding,) = guard(Filled(text=mjml, origins=origins)).findings

    assert finding.code == "digest.font"
    assert finding.message == "the font's address comes out of a value"
