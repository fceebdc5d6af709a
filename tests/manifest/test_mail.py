"""What press.yaml says about mail."""

from __future__ import annotations

from press.model.house import House
from press.model.mail_client import USUAL_CLIENTS, MailClient
from tests.manifest.builders import Paper


def house(paper: Paper) -> House:
    checked = paper.read_house()
    assert checked.findings == ()
    assert checked.value is not None
    return checked.value


def test_a_paper_names_the_mail_programs_of_its_readers(paper: Paper) -> None:
    paper.change("press.yaml", "links:", "mail_clients: [gmail, thunderbird]\nlinks:")

    assert house(paper).mail_clients == (MailClient.GMAIL, MailClient.THUNDERBIRD)


def test_a_paper_that_names_no_mail_programs_has_the_usual_readers(
    paper: Paper,
) -> None:
    assert house(paper).mail_clients == USUAL_CLIENTS


def test_mail_is_signed_for_the_senders_domain_unless_another_is_named(
    paper: Paper,
) -> None:
    assert house(paper).sender.signed_domain == "lamp.example"

    paper.change(
        "press.yaml",
        "email: digest@lamp.example",
        "email: digest@lamp.example, domain: Mail.Lamp.example",
    )

    assert house(paper).sender.signed_domain == "mail.lamp.example"
