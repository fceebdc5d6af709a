"""Reads what WordPress tells of its posts: by its REST interface, live or in files."""

from press.intake.wordpress.content import Shelf, Text, read_content
from press.intake.wordpress.library import Library, Medium
from press.intake.wordpress.rest import read_posts
from press.intake.wordpress.site import Search, read_site

__all__ = [
    "Library",
    "Medium",
    "Search",
    "Shelf",
    "Text",
    "read_content",
    "read_posts",
    "read_site",
]
