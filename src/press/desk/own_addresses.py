"""Addresses of our own to which a test goes: whether they are any, and who was reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from press.audience.address import AddressError, check, masked
from press.model.finding import Finding, error, warning


def wrong(addresses: Sequence[str], editions: Collection[str]) -> tuple[Finding, ...]:
    """Return an error for each that is no address, all of them at once.

    Args:
        addresses: As they were typed.
        editions: The paper's editions: whoever types one means that, and no address.
    """
    found = []
    for typed in addresses:
        try:
            check(typed)
        except AddressError as fault:
            shown = masked(typed) if "@" in typed else typed
            hint = (
                f"an edition is named by an option: --edition {typed}"
                if typed in editions
                else "write it as name@domain"
            )
            message = f"“{shown}” is no address: {fault}"
            found.append(error("mailing.address", message, hint=hint))
    return tuple(found)


def missed(reached: Collection[str], variants: Collection[str]) -> Sequence[Finding]:
    """Return what to say of a test of which not every variant reached somebody."""
    hint = "see what the courier said, and test again; it does not count as tested"
    if not reached:
        return [error("mailing.unreached", "the test reached nobody", hint=hint)]
    lacking = [variant for variant in variants if variant not in reached]
    if lacking:
        message = f"the test reached nobody with the variants {', '.join(lacking)}"
        return [warning("mailing.unreached", message, hint=hint)]
    return []
