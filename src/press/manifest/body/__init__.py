"""The body of an article: CommonMark, with the HTML that writers mix into it, to `Copy`."""

from __future__ import annotations

from press.manifest.body.reader import BodyRead, read_body

__all__ = ["BodyRead", "read_body"]
