"""What is said of mails that a provider holds when their mailing is ended, or paused."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.mailing import TakenBack


def foreseen(back: TakenBack) -> Iterator[str]:
    """Yield what ending a mailing would save, before it is done."""
    if back.held:
        yield f"the provider holds mails for {back.held:,} readers until their time"
        yield f"{back.saved:,} of them can be taken back"
    yield from _lost(back)


def done(back: TakenBack) -> Iterator[str]:
    """Yield what ending it saved."""
    if back.saved:
        yield f"{back.saved:,} readers' mails are taken back: they get nothing"
    if back.unknown:
        yield (
            f"{back.unknown:,} readers' mails: the provider was asked to cancel them and"
            " has not said that it did; press tick asks again while there is time"
        )
    yield from _lost(back)


def paused(back: TakenBack) -> Iterator[str]:
    """Yield what goes out all the same although its mailing is paused."""
    if back.held:
        yield (
            f"the provider holds mails for {back.held:,} readers, and sends them at"
            f" their time; press send cancel would take {back.saved:,} back"
        )


def _lost(back: TakenBack) -> Iterator[str]:
    if back.beyond:
        yield (
            f"{back.beyond:,} readers get theirs: the provider cancels no more requests"
            " at a time"
        )
    if back.late:
        yield f"{back.late:,} readers get theirs: there is too little time left"
    if back.gone:
        yield f"{back.gone:,} readers' mails have left already"
