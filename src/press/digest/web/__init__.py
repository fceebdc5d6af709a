"""The web version: the digest and its articles as pages, a list of editions, feeds."""

from __future__ import annotations

from press.digest.web.make import WebTools, make_web

__all__ = ["WebTools", "make_web"]
