"""The fake SendGrid as a process of its own.

    python -m tests.provider --port 4010 --faults chaos --seed 1

GET /_fake/report tells what was taken; POST /_fake/send-at lets the time of held mails
come.
"""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import threading

from tests.provider.fake import FakeSendGrid
from tests.provider.faults import PROFILES


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--faults", choices=sorted(PROFILES), default="ok")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--cancel-cap", type=int, default=None)
    asked.add_argument("--latency", type=float, default=0.0)
    asked.add_argument("--seconds", type=float, default=600)
    given = asked.parse_args()
    # What it is told is thrown away at once: looking for cycles in it finds nothing.
    gc.set_threshold(100_000)
    fake = FakeSendGrid(
        seed=given.seed,
        faults=PROFILES[given.faults],
        cancel_cap=given.cancel_cap,
        port=given.port,
        latency=given.latency,
    )
    sys.stdout.write(f"{fake.url}\n")
    sys.stdout.flush()
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    ended.wait(given.seconds)
    fake.close()
    taken = sum(fake.took.values())
    sys.stdout.write(f"{taken} mails in {fake.requests} requests\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
