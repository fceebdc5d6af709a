"""A message that breaks a mailbox rule is found, and the rule is named."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest

from press.digest.checks.message import State, verdicts
from press.digest.checks.rules import MAIL_RULES, Decided
from press.digest.message import Post
from press.digest.personal import sample_reader
from press.digest.token import TOKENS
from press.model.digest import Digest
from press.model.finding import Finding, Severity
from press.model.house import Sender
from tests.digest.builders import a_house, written
from tests.digest.checks.sample import Sample

HEADERS = {
    "From": "The Quoin <digest@quoin.example>",
    "To": "A Reader <reader@mill.example>",
    "Subject": "The tax that made papers large",
    "List-Id": "The Quoin <digest.quoin.example>",
    "List-Unsubscribe": "<https://quoin.example/u/abc>, <mailto:u@quoin.example>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Help": "<https://quoin.example/help>, <mailto:desk@quoin.example>",
}


def a_message(mail: Sample, **changes: str | None) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    wanted = {**HEADERS, **{k.replace("_", "-"): v for k, v in changes.items()}}
    for name, value in wanted.items():
        if value is not None:
            message[name] = value
    message.set_content(mail.digest.text)
    message.add_alternative(mail.digest.html, subtype="html")
    return message


def changed(mail: Sample, html: tuple[str, str]) -> Sample:
    assert html[0] in mail.digest.html
    digest = replace(mail.digest, html=mail.digest.html.replace(*html))
    return replace(mail, digest=digest)


def told(message: EmailMessage, sender: Sender | None = None) -> list[Finding]:
    house = a_house(**({"sender": sender} if sender else {}))
    every = (one for each in verdicts(message, house) for one in each.findings)
    return list(dict.fromkeys(every))


def test_a_sound_message_keeps_all_rules(mail: Sample) -> None:
    assert told(a_message(mail)) == []


def test_a_message_is_judged_alike_when_it_was_read_back(mail: Sample) -> None:
    data = a_message(mail).as_bytes()
    read = message_from_bytes(data, policy=policy.SMTP)
    assert isinstance(read, EmailMessage)

    assert told(read) == []


def test_the_message_that_press_makes_keeps_all_rules(mail: Sample) -> None:
    digest = Digest(
        subject=mail.view.subject,
        preheader=mail.view.preheader,
        groups=frozenset(),
        variants=(mail.digest,),
    )
    post = Post(digest=digest, edition=mail.edition, house=mail.house)

    sent = written(post, mail.digest, sample_reader(mail.house))
    message = BytesParser(policy=policy.SMTP).parsebytes(sent)

    assert told(message) == []


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"From": None}, "digest.sender", "(rule G2)"),
        ({"From": "a@quoin.example, b@quoin.example"}, "digest.sender", "2 senders"),
        ({"From": "Q <d@other.example>"}, "digest.sender", "sent from other.example"),
        ({"From": "Q <d@mail.quoin.example>"}, "digest.sender", "mail.quoin.example"),
        ({"From": "Q <quoin@gmail.com>"}, "digest.sender", "gmail.com does not let"),
        ({"From": "Q <quoin@yahoo.co.uk>"}, "digest.sender", "yahoo.co.uk does not"),
        ({"List_Unsubscribe": None}, "digest.list-unsubscribe", "(rules G3, Y1, R1)"),
        (
            {"List_Unsubscribe": "<mailto:u@quoin.example>"},
            "digest.list-unsubscribe",
            "no https address",
        ),
        (
            {"List_Unsubscribe": "<http://quoin.example/u>"},
            "digest.list-unsubscribe",
            "no https address",
        ),
        (
            {"List_Unsubscribe": "https://quoin.example/u"},
            "digest.list-unsubscribe",
            "no https address",
        ),
        (
            {"List_Unsubscribe_Post": None},
            "digest.list-unsubscribe",
            "List-Unsubscribe-Post is None",
        ),
        (
            {"List_Unsubscribe_Post": "One-Click"},
            "digest.list-unsubscribe",
            "it must be 'List-Unsubscribe=One-Click'",
        ),
        ({"List_Id": None}, "digest.list-id", "(rules G6, R3)"),
        ({"List_Id": "The Quoin"}, "digest.list-id", "names no list"),
        ({"List_Id": "<quoin>"}, "digest.list-id", "names no list"),
        ({"List_Id": "<a b.example>"}, "digest.list-id", "names no list"),
        ({"List_Id": f"<{'a' * 250}.example>"}, "digest.list-id", "names no list"),
        ({"List_Help": "https://quoin.example"}, "digest.list-header", "(rule R2)"),
        ({"List_Archive": "<quoin.example>"}, "digest.list-header", "List-Archive"),
    ],
)
def test_a_header_that_breaks_a_rule_is_found(
    mail: Sample, changes: dict[str, str | None], code: str, says: str
) -> None:
    (finding,) = told(a_message(mail, **changes))

    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert says in finding.message
    assert finding.hint


def test_a_header_that_stands_twice_is_found(mail: Sample) -> None:
    data = a_message(mail).as_bytes()
    twice = b"List-Unsubscribe: <https://evil.example/>\r\n" + data
    message = message_from_bytes(twice, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)

    (finding,) = told(message)

    assert "2 List-Unsubscribe headers" in finding.message


def test_the_paper_may_be_authenticated_for_another_domain(mail: Sample) -> None:
    sender = Sender(name="Q", email="d@Post.example", domain="post.example")

    assert told(a_message(mail, From="Q <d@post.EXAMPLE>"), sender) == []
    assert len(told(a_message(mail), sender)) == 1


def test_a_token_stands_for_an_https_address(mail: Sample) -> None:
    assert told(a_message(mail, List_Unsubscribe=f"<{TOKENS.unsubscribe}>")) == []


def test_unsubscribing_must_be_seen_in_the_html(mail: Sample) -> None:
    hidden = changed(mail, (">Unsubscribe<", "><"))

    (finding,) = told(a_message(hidden))

    assert finding.code == "digest.unsubscribe"
    assert finding.message.endswith("(rules G3, Y1)")


def test_a_part_that_gmail_cuts_off_is_found(mail: Sample) -> None:
    large = changed(mail, ("</body>", "<!--" + "x\n" * 40_000 + "--></body>"))

    (finding,) = told(a_message(large))

    assert (finding.code, finding.message[-9:]) == ("digest.size", "(rule C1)")


def test_the_postal_address_must_be_seen_in_both_parts(mail: Sample) -> None:
    html = changed(mail, ("London E1 4XX", ""))
    text = replace(
        mail, digest=replace(mail.digest, text=mail.digest.text.replace("12 Forme", ""))
    )

    for lost, part in ((html, "HTML"), (text, "text")):
        (finding,) = told(a_message(lost))
        assert finding.code == "digest.address"
        assert f"the {part} part" in finding.message
        assert finding.message.endswith("(rule P1)")


def test_every_rule_has_a_verdict(mail: Sample) -> None:
    given = verdicts(a_message(mail), a_house())

    assert [one.rule for one in given] == list(MAIL_RULES)
    for one in given:
        elsewhere = one.rule.decided in {Decided.SENDING, Decided.RECEIVED}
        assert one.state is (State.ELSEWHERE if elsewhere else State.PROVEN)


def test_a_broken_rule_is_broken_and_the_others_are_not(mail: Sample) -> None:
    given = verdicts(a_message(mail, List_Unsubscribe=None), a_house())

    broken = {one.rule.id for one in given if one.state is State.BROKEN}

    assert broken == {"G3", "Y1", "R1"}
    assert all(one.findings for one in given if one.state is State.BROKEN)
