"""A small site that speaks WordPress's REST interface, and misbehaves when told to."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.web_handler import QuietHandler

USER, PASSWORD = "editor", "abcd EFGH 1234 ijkl"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def a_post(number: int, **said: Any) -> dict[str, Any]:
    """Return a post as the database has it."""
    text = f"<p>Text of post {number}, written for the paper.</p>"
    return {
        "id": number,
        "date": f"2024-08-{1 + number % 28:02d}T10:00:00",
        "modified_gmt": f"2024-08-01T00:{number // 60:02d}:{number % 60:02d}",
        "slug": f"post-{number}",
        "status": "publish",
        "link": f"https://example.org/post-{number}/",
        "title": f"Post {number}",
        "content": text,
        "featured_media": 0,
        **said,
    }


@dataclass
class Site:
    """A site, what it is asked, and how it misbehaves.

    `faults` are taken one after the other, one a request: "429", "500", "cut", "cut-json",
    "page", "elsewhere", or "" for none. `before` is called with each page of posts that
    is asked for, before it is answered; `before_any` with each path. One that is `stuck` shows the first page for
    every page, of which it says there are very many. One that `refuses_numbers` tells of
    no posts by their numbers.
    """

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocks: dict[int, str] = field(default_factory=dict)
    media: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    before: Callable[[int], None] = lambda _page: None
    before_any: Callable[[str], None] = lambda _path: None
    pretty: bool = True
    stuck: bool = False
    refuses_numbers: bool = False
    asked: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    modified: int = 0
    url: str = ""

    def touch(self, number: int, **said: Any) -> None:
        """Change a post now: it becomes the one that was changed last."""
        self.modified += 1
        self.posts[number] = {
            **self.posts.get(number, a_post(number)),
            "modified_gmt": f"2024-09-01T00:00:{self.modified:02d}",
            **said,
        }

    def listed(self, query: dict[str, str]) -> list[dict[str, Any]]:
        """Return the posts of a query, in its order."""
        assert (query["orderby"], query["order"]) == ("modified", "desc")
        statuses = query["status"].split(",")
        found = [
            post
            for post in self.posts.values()
            if post["status"] in statuses
            and (
                "include" not in query or str(post["id"]) in query["include"].split(",")
            )
            and query.get("after", "") < post["date"] < query.get("before", "9999")
        ]
        return sorted(found, key=lambda p: (p["modified_gmt"], p["id"]), reverse=True)

    def told(self, post: dict[str, Any], *, edit: bool) -> dict[str, Any]:
        """Return a post as the interface tells it."""
        content: dict[str, Any] = {"rendered": post["content"], "protected": False}
        title: dict[str, Any] = {"rendered": post["title"]}
        if edit:
            content["raw"] = post.get("raw", post["content"])
            title["raw"] = post["title"]
        featured = self.media.get(post["featured_media"])
        return {
            **post,
            "content": content,
            "title": title,
            "excerpt": {"rendered": ""},
            "_embedded": {
                "author": [{"name": "Jo Writer", "description": "Jo writes."}],
                "wp:featuredmedia": [featured] if featured else [],
                "wp:term": [[{"taxonomy": "category", "name": "News", "slug": "news"}]],
            },
        }


class _Handler(QuietHandler):
    site: Site
    wbufsize = 1 << 20  # an answer goes in one piece

    def do_GET(self) -> None:  # noqa: N802 - http.server's name
        site = self.site
        site.asked.append(self.path)
        site.before_any(self.path)
        site.signed.append(self.headers.get("Authorization", ""))
        fault = site.faults.pop(0) if site.faults else ""
        if fault in {"429", "500"}:
            self._answer(int(fault), {"code": "later"}, **{"Retry-After": "0"})
        elif fault == "elsewhere":
            self._answer(302, {}, Location="http://localhost:9/stolen")
        elif fault == "page":
            self._send(
                200, b"<html>Down for a moment</html>", {"Content-Type": "text/html"}
            )
        else:
            self._routed(fault)

    def _routed(self, fault: str) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        route = query.pop("rest_route", "")
        if parts.path.startswith("/wp-json") and self.site.pretty:
            route = parts.path.removeprefix("/wp-json")
        edit = query.get("context") == "edit"
        right = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if edit and self.headers.get("Authorization") != right:
            self._answer(401, {"code": "rest_forbidden_context"})
        elif route == "/wp/v2/posts":
            self._posts(query, fault, edit=edit)
        elif route.startswith("/wp/v2/blocks/"):
            said = self.site.blocks.get(int(route.rpartition("/")[2]))
            self._answer(200 if said else 404, {"content": {"raw": said}})
        elif route == "/wp/v2/media":
            self._answer(200, self._media(query))
        else:
            self._picture(parts.path)

    def _media(self, query: dict[str, str]) -> list[dict[str, Any]]:
        if "parent" in query:
            owner = int(query["parent"])
            return [one for one in self.site.media.values() if one["post"] == owner]
        wanted = map(int, query["include"].split(","))
        return [self.site.media[one] for one in wanted if one in self.site.media]

    def _posts(self, query: dict[str, str], fault: str, *, edit: bool) -> None:
        page, size = int(query["page"]), int(query["per_page"])
        if "include" in query:
            self._included(query, fault, edit=edit)
            return
        self.site.pages.append(page)
        self.site.before(page)
        found = self.site.listed(query)
        pages = -(-len(found) // size)
        if self.site.stuck:
            page, pages = 1, 99_999
        if page > max(pages, 1):
            self._answer(400, {"code": "rest_post_invalid_page_number"})
            return
        some = found[(page - 1) * size : page * size]
        body = json.dumps([self.site.told(one, edit=edit) for one in some]).encode()
        headers = {
            "Content-Type": "application/json",
            "X-WP-Total": str(len(found)),
            "X-WP-TotalPages": str(pages),
        }
        if fault == "cut":
            self._send(200, body, headers, sent=len(body) // 2)
        else:
            cut = len(body) // 2 if fault == "cut-json" else len(body)
            self._send(200, body[:cut], headers)

    def _included(self, query: dict[str, str], fault: str, *, edit: bool) -> None:
        """Answer for posts that are asked for by their numbers."""
        site = self.site
        if site.refuses_numbers:
            self._answer(400, {"code": "rest_invalid_param"})
            return
        found = [site.told(one, edit=edit) for one in site.listed(query)]
        if "_fields" in query:
            fields = query["_fields"].split(",")
            found = [{name: one[name] for name in fields} for one in found]
        assert len(query["include"].split(",")) <= int(query["per_page"]) <= 100
        if fault == "cut-json":
            self._send(200, json.dumps(found).encode()[:-1], {})
        else:
            self._answer(200, found)

    def _picture(self, path: str) -> None:
        if not path.endswith(".png"):
            self._answer(404, {"code": "rest_no_route"})
        elif self.headers.get("If-None-Match") == '"one"':
            self._send(304, b"", {"ETag": '"one"'})
        else:
            self._send(200, PICTURE, {"ETag": '"one"', "Content-Type": "image/png"})

    def _answer(self, status: int, told: Any, **headers: str) -> None:
        named = {"Content-Type": "application/json", **headers}
        self._send(status, json.dumps(told).encode(), named)

    def _send(
        self, status: int, body: bytes, headers: dict[str, str], sent: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:sent])
        if sent is not None:
            self.close_connection = True


@contextmanager
def a_site(count: int = 0) -> Iterator[Site]:
    """Run a site with some posts, on this machine."""
    site = Site(posts={n: a_post(n) for n in range(1, count + 1)})
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
