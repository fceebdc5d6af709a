"""Editors complete names of the paper itself."""

from __future__ import annotations

import json
from typing import Any

from press.manifest.json_schema import (
    article_schema,
    edition_schema,
    furniture_schema,
    paper_schema,
    style_schema,
)
from tests.manifest.builders import KNOWN


def the_edition_schema(articles: tuple[str, ...] = ("mills", "leader")) -> Any:
    return json.loads(
        edition_schema(
            KNOWN, articles=articles, sections=["News"], house_ads=["subscribe"]
        )
    )


def test_names_of_the_paper_are_offered() -> None:
    parts = the_edition_schema()["$defs"]

    article = parts["ArticlePart"]["properties"]
    plan = parts["PrintPart"]["properties"]
    assert article["article"]["enum"] == ["leader", "mills"]
    assert article["template"]["enum"] == ["comment", "front", "page"]
    assert plan["layout"]["enum"] == ["a4", "tabloid"]
    assert plan["house_ads"]["anyOf"][1]["items"]["enum"] == ["subscribe"]
    lead = parts["DigestPart"]["properties"]["lead"]
    assert lead["anyOf"][0] == {"enum": ["leader", "mills"]}
    assert parts["ItemPart"]["properties"]["article"]["enum"] == ["leader", "mills"]


def test_a_new_section_is_offered_but_not_the_only_one_allowed() -> None:
    section = the_edition_schema()["$defs"]["SectionPart"]["properties"]["section"]

    assert section["anyOf"][0] == {"enum": ["News"]}
    assert "string" in section["anyOf"][1]["type"]


def test_a_bare_article_is_as_good_as_settings() -> None:
    section = the_edition_schema()["$defs"]["SectionPart"]["properties"]

    bare, settings = section["articles"]["items"]["anyOf"]
    assert bare == {"enum": ["leader", "mills"]}
    assert settings == {"$ref": "#/$defs/ArticlePart"}


def test_pictures_may_be_off_in_one_word() -> None:
    article = the_edition_schema()["$defs"]["ArticlePart"]["properties"]

    bare, settings = article["picture"]["anyOf"]
    assert bare == {"enum": ["off", "no"]}
    assert settings == {"$ref": "#/$defs/PicturePart"}


def test_a_paper_without_articles_forbids_none() -> None:
    parts = the_edition_schema(articles=())["$defs"]

    assert "enum" not in parts["ItemPart"]["properties"]["article"]


def test_every_setting_says_what_it_means() -> None:
    schemas = [the_edition_schema(), json.loads(paper_schema())]
    schemas += [json.loads(article_schema())]
    schemas += [json.loads(furniture_schema()), json.loads(style_schema())]

    for schema in schemas:
        for part in [schema, *schema.get("$defs", {}).values()]:
            for name, told in part.get("properties", {}).items():
                assert told.get("description") or "$ref" in told, name
                assert "x-offer" not in told


def test_unknown_settings_are_refused_by_the_editor_too() -> None:
    schema = the_edition_schema()

    assert schema["additionalProperties"] is False
    assert schema["required"] == ["press", "edition", "print"]
