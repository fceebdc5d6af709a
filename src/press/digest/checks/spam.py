"""What a spam filter makes of a whole message."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import NOWHERE, Finding, Place, error, note, warning
from press.model.second_look import SpamRule, SpamVerdict
from press.ports import SpamJudge

#: Points: filters that are stricter than most begin here.
HIGH = 3.0
_RULES_SHOWN = 5


def check_spam(
    message: bytes, judge: SpamJudge, place: Place = NOWHERE
) -> Iterator[Finding]:
    """Ask a spam filter about a whole message, as it would be sent."""
    verdict = judge.judge(message)
    if verdict is None:
        yield note(
            "digest.spam",
            "a spam filter was not asked: no spamd runs",
            place,
            "start `spamd -L -i 127.0.0.1`; PRESS_SPAMD says where it is",
        )
    elif verdict.score >= min(HIGH, verdict.limit):
        make = error if verdict.score >= verdict.limit else warning
        yield make(
            "digest.spam",
            f"the spam filter gives it {verdict.score:.1f} of {verdict.limit:.1f} points",
            place,
            f"mend what costs most: {_listed(verdict)}",
        )


def _listed(verdict: SpamVerdict) -> str:
    costly = [rule for rule in verdict.rules if rule.points > 0][:_RULES_SHOWN]
    return "; ".join(_named(rule) for rule in costly) or "it does not say what"


def _named(rule: SpamRule) -> str:
    about = f" ({rule.about})" if rule.about else ""
    return f"{rule.name} {rule.points:.1f}{about}"
