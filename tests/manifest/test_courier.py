"""What press.yaml says about who takes mails away."""

from __future__ import annotations

import datetime as dt

import pytest

from press.model.courier import (
    Dkim,
    Encryption,
    OutboxSettings,
    Region,
    SendGridSettings,
    SmtpSettings,
)
from press.model.finding import Finding
from press.model.house import House, WarmUp
from tests.manifest.builders import Paper
from tests.provider import Signer


def house(paper: Paper, *lines: str) -> House:
    checked = given(paper, *lines)
    assert checked[1] == ()
    assert checked[0] is not None
    return checked[0]


def given(paper: Paper, *lines: str) -> tuple[House | None, tuple[Finding, ...]]:
    paper.change("press.yaml", "links:", "\n".join([*lines, "links:"]))
    checked = paper.read_house()
    return checked.value, checked.findings


def test_a_paper_that_names_no_courier_reaches_nobody(paper: Paper) -> None:
    assert house(paper).courier == OutboxSettings(folder="outbox")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("courier: outbox", OutboxSettings()),
        ("courier: {outbox: {folder: post}}", OutboxSettings(folder="post")),
        ("courier: sendgrid", SendGridSettings()),
        ("courier: {sendgrid: {region: eu}}", SendGridSettings(region=Region.EU)),
        (
            "courier: {smtp: {host: Mail.Lamp.example}}",
            SmtpSettings(host="mail.lamp.example"),
        ),
        (
            "courier: {smtp: {host: 127.0.0.1, port: 2525, tls: none, user: press}}",
            SmtpSettings(
                host="127.0.0.1",
                port=2525,
                tls=Encryption.NONE,
                user="press",
            ),
        ),
        (
            "courier: {smtp: {host: m.lamp.example, dkim: {selector: press2024}}}",
            SmtpSettings(
                host="m.lamp.example",
                dkim=Dkim(selector="press2024", domain="lamp.example"),
            ),
        ),
    ],
)
def test_a_courier_is_one_word_or_one_with_its_settings(
    paper: Paper, line: str, meant: object
) -> None:
    assert house(paper, line).courier == meant


def test_the_key_of_sendgrids_events_may_stand_in_the_file(paper: Paper) -> None:
    key = Signer().public_key

    settings = house(paper, f"courier: {{sendgrid: {{webhook_key: {key}}}}}").courier

    assert settings == SendGridSettings(webhook_key=key)


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("courier: sendgird", "manifest.choice", "sendgird"),
        ("courier: {}", "manifest.type", "no courier"),
        ("courier: smtp", "manifest.missing-key", "host"),
        ("courier: {outbox: {}, sendgrid: {}}", "manifest.type", "cannot both"),
        (
            "courier: {smtp: {host: 'https://x.example'}}",
            "manifest.type",
            "mail server",
        ),
        (
            "courier: {smtp: {host: x.example, tls: none}}",
            "manifest.courier",
            "in the clear",
        ),
        (
            "courier: {smtp: {host: x.example, dkim: {selector: a_b c}}}",
            "manifest.type",
            "DKIM",
        ),
        ("courier: {sendgrid: {webhook_key: MFkw}}", "manifest.type", "public key"),
        ("warm_up: {from: 2024-09-01, first: 9, most: 8}", "manifest.courier", "8"),
    ],
)
def test_a_mistake_is_told(paper: Paper, line: str, code: str, says: str) -> None:
    _, (finding,) = given(paper, line)

    assert finding.code == code
    assert says in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("line", "variable"),
    [
        ("courier: {smtp: {host: x.example, password: s}}", "PRESS_SMTP_PASSWORD"),
        ("courier: {sendgrid: {api_key: SG.x}}", "SENDGRID_API_KEY"),
        (
            "courier: {smtp: {host: x.example, dkim: {selector: a, key: x}}}",
            "PRESS_DKIM_KEY",
        ),
        (f"courier: {{sendgrid: {{webhook_key: SG.{'x' * 60}}}}}", "SENDGRID_API_KEY"),
    ],
)
def test_a_secret_in_the_file_is_told_and_never_shown(
    paper: Paper, line: str, variable: str
) -> None:
    _, (finding,) = given(paper, line)

    assert finding.hint is not None
    assert variable in finding.hint
    assert "SG.x" not in finding.message


def test_pages_of_readers_are_below_the_website_unless_elsewhere(paper: Paper) -> None:
    assert house(paper).mail == "https://lamp.example/mail/"

    elsewhere = house(paper, "mail: https://post.lamp.example").mail_pages

    assert elsewhere == "https://post.lamp.example/"


def test_readers_may_leave_by_mail(paper: Paper) -> None:
    assert house(paper).sender.unsubscribe == ""

    paper.change(
        "press.yaml",
        "email: digest@lamp.example",
        "email: digest@lamp.example, unsubscribe: leave@lamp.example",
    )

    assert house(paper).sender.unsubscribe == "leave@lamp.example"


def test_a_new_sender_warms_up(paper: Paper) -> None:
    assert house(paper).warm_up is None

    warm_up = house(paper, "warm_up: {from: 2024-09-01, most: 20000}").warm_up

    assert warm_up == WarmUp(start=dt.date(2024, 9, 1), first=200, days=42, most=20_000)
