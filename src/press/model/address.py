"""Addresses of the web as people and programs write them: any text may be one."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; one that cannot be read, such as `http://[`, has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def join_address(base: str, address: str) -> str:
    """Return an address as seen from another one; as it is where it cannot be read."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
