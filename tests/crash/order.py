"""What a sender that may be killed is told, as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One sender's work.

    Attributes:
        database: Address of the ledger.
        provider: Where mails go: an address, a mail server's host and port, a folder.
        courier: Who takes mails: as in press.yaml.
        mailing: Which mailing.
        size: Readers in a request.
        threads: Requests under way at once.
        kind: "ledger", or a naive sender's or a mutation's name.
        at: "stage:n": where it ends, or is stopped; empty for nowhere.
        stops: Whether it is stopped there, to be continued, and not killed.
        send_at: When the provider lets go, in Unix seconds; 0 for at once.
        ahead: Seconds by which its clock is ahead.
        fences: Cancellations that may be open.
        patience: Seconds that an answer may take.
        waits: Seconds without anything taken after which it gives up.
        file_size: Octets that a file of its may have; 0 for no limit.
        fresh: Seconds that may pass between the mark and the call.
    """

    database: str
    provider: str
    courier: str = "sendgrid"
    mailing: int = 1
    size: int = 100
    threads: int = 1
    kind: str = "ledger"
    at: str = ""
    stops: bool = False
    send_at: int = 0
    ahead: float = 0.0
    fences: int = 8
    patience: float = 1.0
    waits: float = 60.0
    file_size: int = 0
    fresh: float = 60.0

    def written(self) -> str:
        return json.dumps(asdict(self))


def read(line: str) -> Order:
    return Order(**json.loads(line))
