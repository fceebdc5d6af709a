"""What others say of a mail becomes findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from press.digest.checks.online import check_online
from press.digest.checks.spam import check_spam
from press.digest.token import TOKENS
from press.model.finding import Severity
from press.model.second_look import LinkAnswer, SpamRule, SpamVerdict
from tests.digest.checks.sample import Sample


@dataclass
class Probe:
    """Answers every question alike, and notes what was asked."""

    status: int | None = 200
    fault: str = ""
    hops: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def ask(self, addresses: Sequence[str]) -> Sequence[LinkAnswer]:
        self.asked += addresses
        return [
            LinkAnswer(
                address=address, status=self.status, fault=self.fault, hops=self.hops
            )
            for address in addresses
        ]


def test_every_page_is_asked_for_once_and_readers_own_links_never(
    mail: Sample,
) -> None:
    probe = Probe()

    findings = list(check_online([mail.mail().facts] * 2, probe))

    assert findings == []
    assert len(probe.asked) == len(set(probe.asked)) > 3
    assert mail.view.stories[0].link in probe.asked
    assert not set(TOKENS.all) & set(probe.asked)
    assert all(address.startswith("https://") for address in probe.asked)


@pytest.mark.parametrize(
    ("probe", "severity", "says"),
    [
        (Probe(status=404), Severity.ERROR, "leads to no page: 404"),
        (Probe(status=410), Severity.ERROR, "leads to no page: 410"),
        (Probe(status=500), Severity.WARNING, "answered with 500"),
        (Probe(status=403), Severity.WARNING, "answered with 403"),
        (Probe(status=None, fault="no answer"), Severity.WARNING, "no answer"),
        (Probe(status=302, fault="a circle"), Severity.WARNING, "a circle"),
        (Probe(hops=("https://x.example/",)), Severity.NOTE, "sent on to https://x."),
    ],
)
def test_a_link_that_fails_is_found(
    mail: Sample, probe: Probe, severity: Severity, says: str
) -> None:
    findings = list(check_online([mail.mail().facts], probe))

    assert len(findings) == len(probe.asked)
    assert {(f.code, f.severity) for f in findings} == {("digest.online", severity)}
    assert says in findings[0].message


@dataclass
class Judge:
    verdict: SpamVerdict | None

    def judge(self, message: bytes) -> SpamVerdict | None:
        assert message == b"message"
        return self.verdict


@pytest.mark.parametrize(
    ("score", "limit", "severity"),
    [
        (2.9, 5.0, None),
        (3.0, 5.0, Severity.WARNING),
        (4.9, 5.0, Severity.WARNING),
        (5.0, 5.0, Severity.ERROR),
        (2.0, 2.0, Severity.ERROR),
    ],
)
def test_a_score_is_judged_by_the_filters_limit(
    score: float, limit: float, severity: Severity | None
) -> None:
    rules = (
        SpamRule(name="SHOUTING", points=2.5, about="Subject is all capitals"),
        SpamRule(name="GOOD", points=-0.1),
    )
    verdict = SpamVerdict(score=score, limit=limit, rules=rules)

    findings = list(check_spam(b"message", Judge(verdict)))

    assert [f.severity for f in findings] == ([severity] if severity else [])
    for finding in findings:
        assert finding.code == "digest.spam"
        assert f"{score:.1f} of {limit:.1f} points" in finding.message
        assert finding.hint == (
            "mend what costs most: SHOUTING 2.5 (Subject is all capitals)"
        )


def test_where_no_filter_runs_that_is_noted() -> None:
    (finding,) = check_spam(b"message", Judge(None))

    assert finding.severity is Severity.NOTE
    assert "was not asked" in finding.message
