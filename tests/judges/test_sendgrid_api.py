"""SendGrid's own description of its API, through Prism, takes what press writes."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from press.adapters.clock import SystemClock
from press.adapters.sendgrid import SendGridCourier
from press.adapters.sendgrid.payload import write_payload
from press.model.courier import SendGridSettings
from press.model.letter import Consignment, Fence
from tests.adapters.couriers.builders import (
    KEY,
    a_consignment,
    a_letter,
    a_parcel,
    values,
)
from tests.browsers import JUDGES, ROOT, absent

pytestmark = pytest.mark.long

NOW = SystemClock().now()
#: Read here, for tests themselves see no PRESS_*.
FOLDER = os.environ.get("PRESS_SENDGRID_API", ROOT / ".press" / "judges" / "sendgrid")
API = Path(FOLDER) / "tsg_mail_v3.json"
PRISM = JUDGES / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
LINK = "https://quoin.example/mail/unsubscribe/k3"


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    """Yield where Prism answers in SendGrid's place."""
    brought = JUDGES.resolve().glob("node_modules/node-linux-*/bin/node")
    node = next(map(str, brought), shutil.which("node"))
    if FOLDER == "none":
        pytest.skip("SendGrid's OpenAPI file was left out (PRESS_SENDGRID_API)")
    if not API.is_file():
        absent("SendGrid's OpenAPI file is not here; tools/sendgrid_api.py brings it")
    if node is None or not PRISM.is_file():
        absent("Prism is not here; tools/judges.sh brings it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(node), str(PRISM), "mock", str(API), "-h", "127.0.0.1"]
    with subprocess.Popen(
        [*command, "-p", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        said = process.stdout
        if not any(b"listening" in line for line in said):
            pytest.fail("Prism ended at once")
        # It says something of every request: nobody reads it, and it must not wait.
        reader = threading.Thread(target=said.read, daemon=True)
        reader.start()
        yield f"http://127.0.0.1:{port}"
        process.kill()
        reader.join(5)


def answer(prism: str, written: bytes) -> tuple[int, dict[str, Any]]:
    """Return status and body of what Prism says to a request."""
    connection = http.client.HTTPConnection(prism.removeprefix("http://"), timeout=30)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}
    connection.request("POST", "/v3/mail/send", written, headers)
    response = connection.getresponse()
    told = response.read()
    connection.close()
    return response.status, json.loads(told) if told.strip() else {}


def consignments() -> Iterator[tuple[str, Consignment, bool]]:
    fence = Fence(batch="B1", send_at=int((NOW + dt.timedelta(hours=1)).timestamp()))
    odd = [a_parcel(n, values=values(name, LINK)) for n, name in enumerate(NAMES)]
    yield "three", a_consignment(), False
    yield "one", a_consignment(1), False
    yield "thousand", a_consignment(1_000), False
    yield "fenced", a_consignment(fence=fence), False
    yield "rehearsal", a_consignment(), True
    yield "no categories", a_consignment(categories=()), False
    yield "no reply-to", a_consignment(letter=a_letter(reply_to="")), False
    yield "no headers", a_consignment(letter=a_letter(headers=())), False
    yield "odd names", a_consignment(parcels=odd), False
    yield (
        "ten categories",
        a_consignment(categories=tuple(f"c{number}" for number in range(10))),
        False,
    )


NAMES = ['"', "\\", "{0}", "é" * 80, "\U0001f469\u200d\U0001f680", "", "a\u2068b\u2069"]


@pytest.mark.parametrize(
    ("consignment", "rehearsal"),
    [(consignment, rehearsal) for _, consignment, rehearsal in consignments()],
    ids=[name for name, _, _ in consignments()],
)
def test_sendgrids_description_takes_every_request(
    prism: str, consignment: Consignment, rehearsal: bool
) -> None:
    status, said = answer(prism, write_payload(consignment, NOW, rehearsal=rehearsal))

    assert (status, said) == (202, {})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop("from"),
        lambda told: told["personalizations"][0]["to"][0].update(email="no address"),
        lambda told: told.update(categories=["a", "a"]),
        lambda told: told.update(send_at="soon"),
        lambda told: told["content"][0].update(value=""),
        lambda told: told.update(personalizations=told["personalizations"] * 334),
    ],
    ids=["from", "address", "categories", "send_at", "content", "too many"],
)
def test_the_judge_sees_what_is_wrong(prism: str, spoil: Any) -> None:
    told = json.loads(write_payload(a_consignment(), NOW))
    spoil(told)

    status, _ = answer(prism, json.dumps(told).encode())

    assert status in {400, 422}


def test_a_batch_id_is_asked_for_as_sendgrid_wants_it(prism: str) -> None:
    courier = SendGridCourier(
        SendGridSettings(), SystemClock(), key=KEY, host=prism, patience=20
    )

    assert courier.new_batch()
    courier.close()
