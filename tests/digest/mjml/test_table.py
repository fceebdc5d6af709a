"""What the table of MJML says of each tag, held against the engine."""

from __future__ import annotations

import re

import pytest

from press.digest.mjml import guard
from press.digest.mjml.components import COMPONENTS, Component, Content
from press.digest.mjml.kinds import described, fits
from tests.digest.mjml.sample import filled, rendered

COMMENT = "<!--[if mso]><td><![endif]-->"
#: What a tag must say.
NEEDED = {
    "mj-image": 'src="https://a.example/x.png" alt=""',
    "mj-carousel-image": 'src="https://a.example/x.png" alt=""',
    "mj-button": 'href="/x"',
    "mj-navbar-link": 'href="/x"',
    "mj-font": 'name="R" href="https://fonts.example/R"',
    "mj-class": 'name="k"',
    "mj-breakpoint": 'width="400px"',
}
#: A value of each of the types that does not stand for itself.
SAMPLES = {
    "color": "#123456",
    "integer": "2",
    "boolean": "true",
    "string": "https://a.example/x.png",
}
#: Tags that the engine refuses wherever they stand, and what stands in them.
REFUSED = {"mj-html-attributes", "mj-selector", "mj-html-attribute"}
TAGS = [name for name in COMPONENTS if name not in REFUSED]


def document(tag: str, content: str = "", attributes: str = "") -> str:
    """Return a digest with that tag where it may stand."""
    component = COMPONENTS[tag]
    own = NEEDED.get(tag, "")
    if attributes:  # what is said instead goes out
        own = re.sub(rf"\b{attributes.partition('=')[0]}=\"[^\"]*\"", "", own)
    if tag == "mjml":
        attributes = 'lang="en-GB" dir="ltr" ' + (
            "" if attributes.startswith(("lang", "dir")) else attributes
        )
        content += "<mj-body></mj-body>"
    inside = f"<{tag} {own} {attributes}>{content}</{tag}>"
    if tag == "mjml":
        return inside
    if component.parents[0] == "mjml" and tag != "mj-raw":
        missing = "" if tag == "mj-body" else "<mj-body></mj-body>"
        return f'<mjml lang="en-GB" dir="ltr">{inside}{missing}</mjml>'
    parents = [parent for parent in component.parents if parent != "mj-group"]
    return document("mj-body" if tag == "mj-raw" else parents[0], inside)


@pytest.mark.parametrize("tag", TAGS)
def test_each_tag_of_mjml_is_accepted_and_compiled(tag: str) -> None:
    assert rendered(document(tag))


@pytest.mark.parametrize("tag", TAGS)
def test_a_comment_for_outlook_comes_out_of_every_tag_or_is_refused(tag: str) -> None:
    mjml = document(tag, COMMENT)

    if guard(filled(mjml)).value is not None:
        assert COMMENT in rendered(mjml)


def of(content: Content) -> list[str]:
    return [name for name in TAGS if COMPONENTS[name].content is content]


@pytest.mark.parametrize("tag", of(Content.TAGS))
def test_blanks_and_remarks_between_tags_come_through_the_engine(tag: str) -> None:
    assert rendered(document(tag, " \n <!-- a -- remark -->\u00a0\t"))


@pytest.mark.parametrize("tag", of(Content.HTML) + of(Content.TEXT))
def test_text_comes_through_the_engine(tag: str) -> None:
    html = rendered(document(tag, "some é > & words"))

    if tag not in {"mj-style", "mj-title", "mj-preview"}:
        assert "some é &gt; &amp; words" in html


# --- Attributes


def sample(kind: str) -> str:
    if kind in SAMPLES:
        return SAMPLES[kind]
    if kind.startswith("enum"):
        return kind[5:-1].partition(",")[0]
    return described(kind).partition("such as ")[2].partition(",")[0]


def attributes() -> list[tuple[str, str]]:
    return [(tag, name) for tag in TAGS for name in COMPONENTS[tag].attributes]


@pytest.mark.parametrize("tag", TAGS)
def test_each_attribute_is_accepted_and_compiled(tag: str) -> None:
    component = COMPONENTS[tag]
    for name, kind in component.attributes.items():
        if (tag, name) == ("mj-raw", "position"):
            continue  # the engine refuses it, and so does the guard
        mjml = document(tag, attributes=f'{name}="{sample(kind)}"')
        findings = guard(filled(mjml)).findings

        codes = {one.code for one in findings} - {"digest.third-party"}
        assert codes == expected(component, name), (name, findings)
        assert rendered(mjml)


def expected(component: Component, name: str) -> set[str]:
    return {"digest.attribute-dropped"} if name in component.dropped else set()


def test_the_table_knows_as_much_as_mjml() -> None:
    assert len(COMPONENTS) >= 31
    assert len(attributes()) >= 394


def test_an_example_of_a_type_is_one() -> None:
    kinds = {kind for one in COMPONENTS.values() for kind in one.attributes.values()}

    for kind in kinds:
        assert fits(kind, sample(kind)), kind
        assert kind == "string" or not fits(kind, "none of these"), kind
