"""Requests in doubt, as they are shown to whoever decides them."""

from __future__ import annotations

from collections.abc import Iterator

from press.mailing.doubt import Settler
from press.model.mailing import Doubt, Mailing

_STAMP = "%Y-%m-%d %H:%M"


def told(mailing: Mailing, settler: Settler) -> Iterator[str]:
    """Yield what of a mailing is in doubt, with all that is known of it."""
    doubts = settler.book.doubts(mailing.id)
    if not doubts:
        yield f"nothing of {mailing.edition} to {mailing.audience} is in doubt"
    for doubt in doubts:
        owner = "gone" if doubt.owner_gone else "alive"
        yield (
            f"{doubt.request}  {_whom(doubt)} in doubt, handed over"
            f" {doubt.started_at:{_STAMP}} UTC: {doubt.detail}"
        )
        yield (
            f"    the provider's records: {settler.look(doubt)}; its sender is {owner};"
            f" cancellation: {doubt.fence}"
        )


def _whom(doubt: Doubt) -> str:
    """Say how many are in doubt, and of how many, where the others are not."""
    whom = "reader" if doubt.whole == 1 else "readers"
    if doubt.count == doubt.whole:
        return f"{doubt.count:,} {whom}"
    return f"{doubt.count:,} of {doubt.whole:,} {whom}"
