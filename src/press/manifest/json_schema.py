"""JSON Schemas with the paper's own names, so that editors complete them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema

from press.manifest.article_file import ArticleFile
from press.manifest.edition_file import EditionFile
from press.manifest.furniture_file import FurnitureFile
from press.manifest.house_file import HouseFile
from press.manifest.known import Known
from press.manifest.offer import OFFER
from press.manifest.schema import Strict
from press.manifest.style_file import StyleFile

#: Where editors look for the schemas, from the newspaper's folder.
FOLDER = ".press/schema"
EDITION_NAME = "edition.schema.json"
PAPER_NAME = "press.schema.json"
ARTICLE_NAME = "article.schema.json"
FURNITURE_NAME = "furniture.schema.json"
STYLE_NAME = "style.schema.json"
BOUNDS = {"ge": "minimum", "le": "maximum"}
EMPTY: tuple[object, ...] = ("", None, [])


class _Terse(GenerateJsonSchema):
    """A schema without the titles that only repeat the names."""

    def field_title_should_be_set(self, schema: object) -> bool:
        """Return no: names speak for themselves."""
        del schema
        return False

    def generate(self, schema: CoreSchema, mode: str = "validation") -> JsonSchemaValue:
        """Return the schema with its dialect named."""
        made = super().generate(schema, mode="validation")
        return {"$schema": self.schema_dialect, **made}


def edition_schema(
    known: Known,
    *,
    articles: Iterable[str],
    sections: Iterable[str],
    house_ads: Iterable[str],
) -> str:
    """Return the JSON Schema of edition.yaml.

    Args:
        known: The layouts and their templates.
        articles: Names of the articles there are.
        sections: Names of sections used before; others stay possible.
        house_ads: Names of the paper's own advertisements.
    """
    layouts = [layout for name in known.names if (layout := known.layout(name))]
    templates = (name for layout in layouts for name in layout.templates)
    names = {
        "articles": {"enum": sorted(set(articles))},
        "house_ads": {"enum": sorted(set(house_ads))},
        "layouts": {"enum": sorted(known.names)},
        "templates": {"enum": sorted(set(templates))},
        "sections": {
            "anyOf": [{"enum": sorted(set(sections))}, {"type": ["string", "number"]}]
        },
    }
    return _written(EditionFile, names)


def paper_schema() -> str:
    """Return the JSON Schema of press.yaml."""
    return _written(HouseFile, {})


def article_schema() -> str:
    """Return the JSON Schema of an article's front matter."""
    return _written(ArticleFile, {})


def furniture_schema() -> str:
    """Return the JSON Schema of furniture.yaml."""
    return _written(FurnitureFile, {})


def style_schema() -> str:
    """Return the JSON Schema of style.yaml."""
    return _written(StyleFile, {})


def _written(schema: type[Strict], names: JsonSchemaValue) -> str:
    made = schema.model_json_schema(schema_generator=_Terse)
    return json.dumps(_offered(made, names), ensure_ascii=False, indent=2) + "\n"


def _offered(part: object, names: JsonSchemaValue) -> object:
    """Put the paper's names wherever the schema leaves room for them."""
    if isinstance(part, list):
        return [_offered(item, names) for item in part]
    if not isinstance(part, dict):
        return part
    told = {BOUNDS.get(key, key): value for key, value in part.items()}
    if told.get("default", 0) in EMPTY or isinstance(told.get("default"), dict):
        # Editors write defaults out; one that says nothing is only in the way.
        del told["default"]
    if OFFER not in told:
        return {key: _offered(value, names) for key, value in told.items()}
    known = names[told.pop(OFFER)]
    # An empty enumeration would forbid everything.
    if known.get("enum", True):
        told.pop("type", None)
        told |= known
    return told
