"""Whatever MJML's own engine says is wrong, the guard says at the same place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from press.digest.mjml import guard
from press.model.finding import Finding, Severity
from tests.judges.official import Answer, Complaint, ask, examples, public, template

pytestmark = pytest.mark.long

#: Errors of ours in documents that MJML's own engine accepts. Each is meant:
STRICTER = {
    "digest.attribute-missing": "a picture without alt, a button that leads nowhere",
    "digest.attribute-twice": "engines disagree about which of the two counts",
    "digest.dropped-text": "text that no reader would see",
    "digest.frame": "a mail that does not say its language and direction",
    "digest.include": "a file that was not read; the official engine leaves it out",
    "digest.markup": "what mrml refuses, as it does a bare < in mj-raw",
    "digest.nesting": "a tag of MJML within HTML, which reaches readers as it is",
    "digest.unknown-attribute": "on <mjml>, where the official engine does not look",
    "digest.unknown-class": "a class of attributes that is nowhere",
    "digest.unsupported": "what MJML has and mrml has not",
}


def test_what_the_official_engine_says_of_its_own_pages_we_say() -> None:
    _hold_against(examples())


def test_what_the_official_engine_says_of_public_files_we_say() -> None:
    _hold_against(public())


def test_nothing_is_wrong_with_a_document_that_is_right() -> None:
    document = (
        '<mjml lang="en" dir="ltr"><mj-body><mj-section><mj-column><mj-text>x</mj-text>'
        "</mj-column></mj-section></mj-body></mjml>"
    )

    assert ask({"right": document})["right"].accepts
    assert not guard(template(document)).findings


def _hold_against(documents: Mapping[str, str]) -> None:
    answers = ask(documents)
    findings = {
        name: guard(template(text)).findings for name, text in documents.items()
    }
    heard, missed = _compare(documents, answers, findings)
    extra = Counter(
        found.code
        for name, answer in answers.items()
        if answer.accepts
        for found in _errors(findings[name])
    )
    accepted = sum(answer.accepts for answer in answers.values())
    print(
        f"{len(documents)} documents, {accepted} accepted: {heard} complaints, ", end=""
    )
    print(f"{heard - len(missed)} of them ours too; besides {extra.most_common()}")
    assert not missed
    assert extra.keys() <= STRICTER.keys()


def _compare(
    documents: Mapping[str, str],
    answers: Mapping[str, Answer],
    findings: Mapping[str, tuple[Finding, ...]],
) -> tuple[int, list[str]]:
    """Return how many complaints there are, and those that the guard has not."""
    heard, missed = 0, []
    for name, answer in answers.items():
        errors = _errors(findings[name])
        heard += len(answer.complaints) + bool(answer.thrown)
        if answer.thrown and not errors:
            missed.append(f"{name}: {answer.thrown}")
        for complaint in answer.complaints:
            lines = _lines(documents[name], complaint)
            if not any(found.place.line in lines for found in errors):
                missed.append(f"{name}: {complaint}")
    return heard, missed


def _errors(findings: tuple[Finding, ...]) -> list[Finding]:
    return [found for found in findings if found.severity is Severity.ERROR]


def _lines(document: str, complaint: Complaint) -> range:
    """Return the lines of the tag that is complained of."""
    line = complaint.line
    rest = "".join(document.splitlines(keepends=True)[line - 1 :])
    tag = re.search(rf"<{re.escape(complaint.tag)}\b[^>]*>", rest)
    assert tag, complaint
    return range(line, line + rest[: tag.end()].count("\n") + 1)
