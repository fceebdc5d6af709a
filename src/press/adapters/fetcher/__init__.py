"""Gets documents and pictures from websites, from hosts that were named."""

from press.adapters.fetcher.reach import Login, is_private_way, is_same_site
from press.adapters.fetcher.web import WebFetcher

__all__ = ["Login", "WebFetcher", "is_private_way", "is_same_site"]
