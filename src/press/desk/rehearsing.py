"""Rehearsing a mailing: what it would be is shown to the provider, and nothing is sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from press.audience.address import masked
from press.desk.office import PostOffice
from press.desk.parcels import parcels
from press.desk.post import rehearsing_courier
from press.desk.sending import Proposal
from press.mailing.rehearsal import Rehearsal, Rehearsed

#: How many of those who are refused are named.
SHOWN = 20


def rehearse(
    office: PostOffice, proposal: Proposal, stop: threading.Event
) -> Rehearsed:
    """Let the provider look at a mailing's mails as they would be handed over now.

    Raises:
        ManifestError: The courier of press.yaml cannot look and send nothing.
        ProviderError: It refuses everything, or does not answer.
    """
    prepared, desk = proposal.prepared, office.desk
    groups = desk.groups(prepared.house)
    audience = replace(
        groups.audience(proposal.list_id, prepared.rules), edition=prepared.edition
    )
    courier = rehearsing_courier(office.house, office.clock)
    rehearsal = Rehearsal(
        courier=courier,
        letters={letter.variant: letter for letter in prepared.letters},
        parcels=parcels(desk.books.secret),
        categories=("digest", f"edition-{prepared.edition}"),
        workers=office.round.workers,
        stop=stop,
    )
    try:
        return rehearsal.run(desk.freezing.readers(audience))
    finally:
        courier.close()


def told(rehearsed: Rehearsed, courier: str) -> Iterator[str]:
    """Yield what came of a rehearsal, nobody's address whole."""
    yield (
        f"{courier} looked at mails for {rehearsed.readers:,} readers in"
        f" {rehearsed.requests:,} requests, and would refuse {len(rehearsed.refused):,}"
    )
    for refused in rehearsed.refused[:SHOWN]:
        yield f"    {masked(refused.reader.email)}: {refused.why}"
    if len(rehearsed.refused) > SHOWN:
        yield f"    and {len(rehearsed.refused) - SHOWN:,} more"
