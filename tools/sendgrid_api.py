"""Bring SendGrid's own description of its API, to hold press's requests against.

    python tools/sendgrid_api.py FOLDER [GIT]

It is the OpenAPI file of mail from twilio/sendgrid-oai. Without GIT it is fetched from
GitHub, always the same commit; GIT is a local copy, bare or not, whose HEAD is read.
Nothing of it belongs into this repository: tests only read it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from repository import fetch, git

SOURCE = "twilio/sendgrid-oai"
COMMIT = "dbe0e0d2e67a0c3c55b222d54df2acda2b9027a7"
FILE = "spec/json/tsg_mail_v3.json"


def main(arguments: list[str]) -> int:
    """Write the file into a folder."""
    if not arguments:
        sys.stderr.write(__doc__ or "")
        return 2
    target = Path(arguments[0])
    with tempfile.TemporaryDirectory() as scratch:
        given = Path(arguments[1]) if len(arguments) > 1 else None
        copy = given or fetch(SOURCE, COMMIT, Path(scratch))
        text = git(copy, "show", f"HEAD:{FILE}")
    target.mkdir(parents=True, exist_ok=True)
    (target / Path(FILE).name).write_bytes(text)
    sys.stdout.write(f"{target / Path(FILE).name}: {len(text):,} octets\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
