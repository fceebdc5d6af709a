"""Whatever MJML's own engine says is wrong, the guard says at the same place."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest

from press.digest.mjml import guard
from press.model.finding import Finding, Severity
from tests.judges.mutations import MUTATIONS, Mutation
from tests.judges.official import (
    FILES,
    Answer,
    Complaint,
    ask,
    examples,
    public,
    template,
)

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
#: The same of mistakes that were planted where the official engine does not look: in
#: mj-attributes, or in the second of two equal attributes.
UNSEEN = {"digest.attribute-value"}


def test_what_the_official_engine_says_of_its_own_pages_we_say() -> None:
    _hold_against(examples())


def test_what_the_official_engine_says_of_public_files_we_say() -> None:
    _hold_against(public())


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.__name__)
def test_what_the_official_engine_says_of_planted_mistakes_we_say(
    mutation: Mutation,
) -> None:
    random = Random(5)
    documents = examples() | (public("campaigns") if FILES.is_dir() else {})
    spoilt = {
        f"{name}, {number}": changed
        for name, text in documents.items()
        for number in range(2)
        if (changed := mutation(text, random)) != text
    }

    assert _hold_against(spoilt, planted=True) >= len(spoilt) / 2 > 0


def test_nothing_is_wrong_with_a_document_that_is_right() -> None:
    document = (
        '<mjml lang="en" dir="ltr"><mj-body><mj-section><mj-column><mj-text>x</mj-text>'
        "</mj-column></mj-section></mj-body></mjml>"
    )

    assert ask({"right": document})["right"].accepts
    assert not guard(template(document)).findings


def _hold_against(documents: Mapping[str, str], *, planted: bool = False) -> int:
    """Return how many complaints there are; fail where the guard has one of them not.

    Where a mistake was planted, that is the first; what follows from it may be left out.
    """
    answers = ask(documents)
    findings = {
        name: guard(template(text)).findings for name, text in documents.items()
    }
    complaints = [
        (name, complaint)
        for name, answer in answers.items()
        for complaint in _complaints(answer)[: 1 if planted else None]
    ]
    missed = [
        (name, complaint)
        for name, complaint in complaints
        if not _has(_errors(findings[name]), complaint, documents[name])
    ]
    extra = Counter(
        found.code
        for name, answer in answers.items()
        if answer.accepts
        for found in _errors(findings[name])
    )
    sys.stdout.write(
        f"{len(documents)} documents: {len(complaints)} complaints, "
        f"{len(missed)} of them not ours; on those without any {extra.most_common()}\n"
    )
    assert not missed
    assert extra.keys() <= STRICTER.keys() | (UNSEEN if planted else set())
    return len(complaints)


def _complaints(answer: Answer) -> list[Complaint]:
    """Return complaints by line; one of nowhere where the engine threw."""
    if answer.thrown:
        return [Complaint(line=0, tag="", message=answer.thrown)]
    return sorted(answer.complaints, key=lambda one: one.line)


def _has(errors: list[Finding], complaint: Complaint, document: str) -> bool:
    """Whether one of the errors is where the complaint is."""
    if not complaint.line:
        return bool(errors)
    lines = _lines(document, complaint)
    return any(found.place.line in lines for found in errors)


def _errors(findings: tuple[Finding, ...]) -> list[Finding]:
    return [found for found in findings if found.severity is Severity.ERROR]


def _lines(document: str, complaint: Complaint) -> range:
    """Return the lines of the tag that is complained of."""
    line = complaint.line
    rest = "".join(document.splitlines(keepends=True)[line - 1 :])
    tag = re.search(rf"<{re.escape(complaint.tag)}\b[^>]*>", rest)
    assert tag, complaint
    return range(line, line + rest[: tag.end()].count("\n") + 1)
