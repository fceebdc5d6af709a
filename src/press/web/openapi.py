"""The description of all paths (OpenAPI 3.1), made of the table of routes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from press.web.routes import Endpoint, Entry, Media, Operation

#: What a reader's token looks like.
TOKEN = r"^[0-9a-f]{32}\.[A-Za-z0-9_-]{22}$"  # noqa: S105 -- a pattern
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def describe(endpoints: Sequence[Endpoint], title: str) -> bytes:
    """Return the description of all paths, as JSON."""
    paths = {
        endpoint.path: {
            method.lower(): _operation(endpoint, operation)
            for method, operation in endpoint.operations.items()
        }
        for endpoint in endpoints
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": f"{title}: readers and their mail", "version": "1"},
        "paths": paths,
    }
    return json.dumps(document, indent=2, ensure_ascii=False).encode()


def _operation(endpoint: Endpoint, operation: Operation) -> Mapping[str, object]:
    described: dict[str, object] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": list(_parameters(endpoint)),
        "responses": {
            str(status): {
                "description": says,
                "content": {media: {} for media in _written(operation, status)},
            }
            for status, says in operation.answers.items()
        },
    }
    if operation.entries:
        schema = {
            "type": "object",
            "properties": {entry.name: _schema(entry) for entry in operation.entries},
        }
        described["requestBody"] = {
            "content": {form: {"schema": schema} for form in _FORMS}
        }
    if operation.media is Media.WORDS:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": {"type": "array"}}},
        }
    return described


def _parameters(endpoint: Endpoint) -> Sequence[Mapping[str, object]]:
    found: list[Mapping[str, object]] = [
        {
            "name": name,
            "in": "header",
            "required": True,
            "description": about,
            "schema": {"type": "string"},
        }
        for name, about in endpoint.headers.items()
    ]
    if "{token}" in endpoint.path:
        schema = {"type": "string", "pattern": TOKEN}
        found.append(
            {"name": "token", "in": "path", "required": True, "schema": schema}
        )
    return found


def _written(operation: Operation, status: int) -> Sequence[Media]:
    """Return what an answer is written as: what stops it early is always a page."""
    own = operation.media
    stopped = own is Media.WORDS and status in {413, 503}
    return (own, Media.PAGE) if stopped else (own,)


def _schema(entry: Entry) -> Mapping[str, object]:
    words: dict[str, object] = {"type": "string", "description": entry.about}
    if entry.longest is not None:
        words["maxLength"] = entry.longest
    return {"type": "array", "items": words} if entry.many else words
