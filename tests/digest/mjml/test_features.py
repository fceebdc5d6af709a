"""What MJML can do: each of its features is delivered, or told to be missing."""

from __future__ import annotations

import re

import pytest

from press.model.finding import Severity
from tests.digest.mjml.sample import IMAGE, body, column, findings_of, rendered, text

SECTION = "<mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section>"
TWO = "<mj-column><mj-text>a</mj-text></mj-column>" * 2
ICONS = 'left-icon="https://a.example/l.png" right-icon="https://a.example/r.png"'
HERO = (
    '<mj-hero mode="fixed-height" height="200px" background-width="600px" '
    'background-height="200px" background-url="https://a.example/h.png">'
    "<mj-text>x</mj-text></mj-hero>"
)
CAROUSEL = f"<mj-carousel {ICONS}>{IMAGE * 2}</mj-carousel>".replace(
    "mj-image", "mj-carousel-image"
)
ACCORDION = (
    '<mj-accordion icon-wrapped-url="https://a.example/+.png" '
    'icon-unwrapped-url="https://a.example/-.png"><mj-accordion-element>'
    "<mj-accordion-title>t</mj-accordion-title><mj-accordion-text>x"
    "</mj-accordion-text></mj-accordion-element></mj-accordion>"
)
CONDITION = "<!--[if mso]><p>Outlook</p><![endif]-->"


def classes(*values: str) -> str:
    """Define classes a, b ... in the head, each with an attribute."""
    named = "".join(
        f'<mj-class name="{name}" {value} />'
        for name, value in zip("ab", values, strict=False)
    )
    return f"<mj-attributes>{named}</mj-attributes>"


def image(attribute: str) -> str:
    return column(IMAGE.replace(" />", f" {attribute} />"))


#: The feature, MJML, and what the HTML must hold.
DELIVERED = {
    "a style sheet written into the elements": (
        column(
            '<mj-text css-class="red">Hi</mj-text>',
            '<mj-style inline="inline">.red div { color: red !important }</mj-style>',
        ),
        r'style="[^"]*color:\s*red',
    ),
    "a style sheet": (
        body(SECTION, "<mj-style>.x{color:red}</mj-style>"),
        r"\.x\s*{\s*color:\s*red",
    ),
    "styles in the dark": (
        body(
            SECTION,
            "<mj-style>@media (prefers-color-scheme: dark)"
            "{.x{color:#fff!important}}</mj-style>",
        ),
        "prefers-color-scheme: dark",
    ),
    "a meta tag of one's own": (
        body(
            SECTION,
            '<mj-raw><meta name="color-scheme" content="light dark"></mj-raw>',
        ),
        r'<meta name="color-scheme" content="light dark">',
    ),
    "the language and the direction": (
        text("x"),
        r'<html[^>]* lang="en-GB" dir="ltr".*<div[^>]* lang="en-GB"',
    ),
    "a title": (body(SECTION, "<mj-title>Tt</mj-title>"), "<title>Tt</title>"),
    "a title that is read out": (
        body(SECTION, "<mj-title>Tt</mj-title>"),
        'aria-label="Tt"',
    ),
    "a preview": (
        body(SECTION, "<mj-preview>Soon</mj-preview>"),
        r"<div[^>]*display:\s*none[^>]*>\s*Soon",
    ),
    "a preview with entities": (
        body(SECTION, "<mj-preview>A &amp; B &#8212; C</mj-preview>"),
        "A &amp; B — C",
    ),
    "a breakpoint": (
        body(SECTION, '<mj-breakpoint width="320px" />'),
        "min-width:320px",
    ),
    "a font that the template names": (
        column(
            '<mj-text font-family="Raleway, Arial">x</mj-text>',
            '<mj-font name="Raleway" href="https://fonts.example/Raleway" />',
        ),
        r"https://fonts\.example/Raleway",
    ),
    "a font that nothing uses": (
        body(SECTION, '<mj-font name="R" href="https://fonts.example/R" />'),
        r"^(?!.*fonts\.example)",
    ),
    "no font of the engine's own": (text("x"), r"^(?!.*fonts\.googleapis)"),
    "an attribute for all": (
        column(
            "<mj-text>x</mj-text>",
            '<mj-attributes><mj-all font-family="Foo" /></mj-attributes>',
        ),
        r"font-family:\s*Foo",
    ),
    "a class": (
        column('<mj-text mj-class="a">x</mj-text>', classes('color="#123456"')),
        "#123456",
    ),
    "two classes": (
        column(
            '<mj-text mj-class="a b">x</mj-text>',
            classes('color="#123456"', 'font-size="33px"'),
        ),
        "(?=.*#123456)(?=.*33px)",
    ),
    "a class for the style sheet on the body": (
        text("x").replace("<mj-body>", '<mj-body css-class="outer">'),
        'class="outer"',
    ),
    "a picture that shows nothing": (
        column(IMAGE.replace('"x"', '""')),
        '<img[^>]* alt=""',
    ),
    "pictures of other densities": (
        image('srcset="https://a.example/x@2x.png 2x"'),
        'srcset="https://a.example/x@2x.png 2x"',
    ),
    "an image map": (image('usemap="#m"'), 'usemap="#m"'),
    "a picture across the telephone": (
        image('fluid-on-mobile="true"'),
        "mj-full-width-mobile",
    ),
    "named entities": (text("a&nbsp;b&mdash;c"), "a&nbsp;b—c"),
    "other scripts and pictographs": (
        text("Ünïcode 🗞️ “quotes”"),
        "Ünïcode 🗞️ “quotes”",
    ),
    "a line break without a slash": (text("a<br>b"), "a<br>b"),
    "an ampersand in an address": (
        text('<a href="http://x/?a=1&b=2">l</a>'),
        r"a=1&amp;b=2",
    ),
    "a token of the sender's": (text("Dear {{first_name}}"), r"{{first_name}}"),
    "logic of the sender's": (
        body(f"<mj-raw>{{% if x %}}</mj-raw>{SECTION}<mj-raw>{{% endif %}}</mj-raw>"),
        r"{% if x %}.*Hi.*{% endif %}",
    ),
    "a hero": (body(HERO), "v:image"),
    "a carousel": (column(CAROUSEL), "mj-carousel-radio"),
    "an accordion": (column(ACCORDION), "mj-accordion-checkbox"),
    "a menu": (
        column(
            '<mj-navbar hamburger="hamburger"><mj-navbar-link href="/a">A'
            "</mj-navbar-link></mj-navbar>"
        ),
        "mj-menu-checkbox",
    ),
    "a table": (
        column("<mj-table><tr><td>1</td></tr></mj-table>"),
        "<td>1</td>",
    ),
    "a group": (
        body(f"<mj-section><mj-group>{TWO}</mj-group></mj-section>"),
        "mj-column-per-50",
    ),
    "a picture behind a wrapper": (
        body(
            f'<mj-wrapper background-url="https://a.example/w.png">{SECTION}'
            "</mj-wrapper>"
        ),
        "v:fill",
    ),
    "a button's target": (
        column('<mj-button href="/x" rel="nofollow" target="_self">b</mj-button>'),
        '(?=.*rel="nofollow")(?=.*target="_self")',
    ),
    "a button's padding": (
        column('<mj-button href="/x" inner-padding="1px 2px">b</mj-button>'),
        "padding:1px 2px",
    ),
    "an icon of one's own": (
        column(
            '<mj-social><mj-social-element name="mastodon" href="/m" alt="M" '
            'src="https://a.example/m.png">M</mj-social-element></mj-social>'
        ),
        r"https://a\.example/m\.png",
    ),
    "a border inside a column": (
        body(
            SECTION.replace(
                "<mj-column>",
                '<mj-column padding="5px" inner-border="1px solid red">',
            )
        ),
        "1px solid red",
    ),
    "a remark": (body(f"<!-- secret -->{SECTION}"), "^(?!.*secret)"),
    "something for Outlook": (
        body(f"<mj-raw>{CONDITION}</mj-raw>{SECTION}"),
        r"\[if mso\]><p>Outlook</p><!\[endif\]",
    ),
    "something for Outlook, not in mj-raw": (
        body(CONDITION + SECTION),
        r"\[if mso\]><p>Outlook</p><!\[endif\]",
    ),
    "attributes without quotation marks": (
        column("<mj-text color=red>x</mj-text>"),
        "color:red",
    ),
    "attributes without a blank between them": (
        column('<mj-text color="red"font-size="33px">x</mj-text>'),
        "(?=.*color:red)(?=.*33px)",
    ),
    "the head behind the body": (
        (
            '<mjml lang="en-GB" dir="ltr"><mj-body></mj-body>'
            "<mj-head><mj-title>Tt</mj-title></mj-head></mjml>"
        ),
        "<title>Tt</title>",
    ),
}


@pytest.mark.parametrize("name", DELIVERED)
def test_a_feature_of_mjml_is_delivered(name: str) -> None:
    mjml, pattern = DELIVERED[name]

    assert re.search(pattern, " ".join(rendered(mjml).split()))
    assert all(one.severity is Severity.WARNING for one in findings_of(mjml))


@pytest.mark.parametrize(
    "name",
    [name for name in DELIVERED if not name.startswith("attributes without")],
)
def test_a_feature_that_is_delivered_is_not_spoken_of(name: str) -> None:
    assert findings_of(DELIVERED[name][0]) == ()


#: What MJML 5 delivers and the engine drops: MJML, the code, and the word under which
#: it is told.
DROPPED = {
    "a second class for the style sheet": (
        column(
            '<mj-text mj-class="a b">x</mj-text>',
            classes('css-class="aa"', 'css-class="bb"'),
        ),
        "digest.attribute-dropped",
        "<mj-text",
    ),
    "the name of the body": (
        body(SECTION).replace("<mj-body>", '<mj-body id="bid">'),
        "digest.attribute-dropped",
        "id=",
    ),
    "sizes of pictures": (
        image('sizes="100vw"'),
        "digest.attribute-dropped",
        "sizes=",
    ),
    "the role of a table": (
        column('<mj-table role="presentation"><tr><td>1</td></tr></mj-table>'),
        "digest.attribute-dropped",
        "role=",
    ),
    "a hero as high as its picture": (
        body(HERO.replace("fixed-height", "fluid-height")),
        "digest.attribute-dropped",
        "<mj-hero",
    ),
    "the space between columns": (
        body(f'<mj-section gutter="20px">{TWO}</mj-section>'),
        "digest.attribute-dropped",
        "gutter=",
    ),
    "the space between sections": (
        body(f'<mj-wrapper gap="20px">{SECTION}</mj-wrapper>'),
        "digest.attribute-dropped",
        "gap=",
    ),
    "the title of a button": (
        column('<mj-button href="/x" title="ti">b</mj-button>'),
        "digest.attribute-dropped",
        "title=",
    ),
    "a mail for the desktop": (
        body(SECTION).replace("<mjml", '<mjml owa="desktop"'),
        "digest.attribute-dropped",
        "owa=",
    ),
    "icons that the engine does not have": (
        column(
            '<mj-social><mj-social-element name="bluesky" href="/m">M'
            "</mj-social-element></mj-social>"
        ),
        "digest.third-party",
        "<mj-social-element",
    ),
    "icons from another house": (
        column(ACCORDION.replace("icon-wrapped-url", "icon-wrapped-alt")),
        "digest.third-party",
        "<mj-accordion",
    ),
    "arrows from another house": (
        column(CAROUSEL.replace(ICONS, "")),
        "digest.third-party",
        "<mj-carousel",
    ),
}


@pytest.mark.parametrize("name", DROPPED)
def test_what_the_engine_drops_is_a_warning_at_its_place(name: str) -> None:
    mjml, code, word = DROPPED[name]

    (finding,) = findings_of(mjml)

    assert (finding.code, finding.severity) == (code, Severity.WARNING)
    assert finding.place.column == mjml.index(word) + 1
    assert rendered(mjml)
