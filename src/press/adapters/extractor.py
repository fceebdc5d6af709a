"""The article of a web page without signs, found by readability's arithmetic."""

from __future__ import annotations

import logging

from lxml import etree
from readability import Document
from readability.readability import Unparseable

# It tells every step of its search; that is nobody's business here.
logging.getLogger("readability").setLevel(logging.CRITICAL)


class Readability:
    """Finds articles with readability-lxml. Keeps the promise of `BodyFinder`."""

    def find(self, page: str) -> str | None:
        """Return the HTML of the article's text; None where there seems to be none."""
        try:
            found = Document(page).summary(html_partial=True)
        except (Unparseable, etree.LxmlError, ValueError, RecursionError):
            return None
        return str(found) or None
