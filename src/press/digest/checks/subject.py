"""Checks of the subject line and the preheader: what a reader sees in the inbox."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.digest.view import DigestView
from press.model.finding import Finding, Place, error, warning

SUBJECT_MOST = 200
SUBJECT_LONG = 60
PREHEADER_SHORT = 40
PREHEADER_LONG = 130
#: So many letters in capitals are no abbreviation.
SHOUT_LETTERS = 8

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SYNTAX = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|%%\w*(?:%%)?|\$\{.*?\}|\*\|.*?\|\*|\{\{|\}\}"
    r"|(?<![\w-])-\w+-(?![\w-])|%[a-z_.]+%"
)
#: Marks in a row at the end: "!!", "?!", "$$$"; an ellipsis of dots is none.
_SHOUTED = re.compile(r"(?:[!?¡¿‼⁉❗❓]\ufe0f?\s*){2,}$|[$€£]{2,}\s*$")
#: The first octet of a character in UTF-8 and those after it, read as Windows-1252.
_MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]{1,3}")


def check_subject(view: DigestView, place: Place) -> Iterator[Finding]:
    """Find what is wrong with the subject line."""
    subject = view.subject
    if not any(character.isalnum() for character in subject):
        message = "the subject holds no words" if subject.strip() else "no subject"
        hint = "say what this edition is about"
        yield error("digest.subject", message, place, hint)
        return
    if len(subject) > SUBJECT_LONG:
        make = error if len(subject) > SUBJECT_MOST else warning
        message = f"the subject has {len(subject)} characters"
        hint = f"inboxes show about {SUBJECT_LONG}; put the news first"
        yield make("digest.subject", message, place, hint)
    yield from _check_line("digest.subject", subject, place)
    yield from _check_manners("digest.subject", subject, place)
    if _same(subject, view.stories[0].headline):
        message = "the subject is the headline of the lead, which follows at once"
        hint = "say something else that makes readers open it"
        yield warning("digest.subject", message, place, hint)


def check_preheader(view: DigestView, place: Place) -> Iterator[Finding]:
    """Find what is wrong with the line that inboxes show after the subject."""
    preheader = view.preheader
    length = len(preheader.strip())
    if not PREHEADER_SHORT <= length <= PREHEADER_LONG:
        message = f"the preheader has {length} characters"
        hint = f"{PREHEADER_SHORT} to {PREHEADER_LONG} show well in all inboxes"
        yield warning("digest.preheader", message, place, hint)
    yield from _check_line("digest.preheader", preheader, place)
    yield from _check_manners("digest.preheader", preheader, place)
    for other, name in (
        (view.subject, "the subject"),
        (view.stories[0].headline, "the headline of the lead"),
    ):
        if preheader.strip() and _same(preheader, other):
            message = f"the preheader repeats {name}"
            hint = "use it for a second story"
            yield warning("digest.preheader", message, place, hint)


def _check_line(code: str, line: str, place: Place) -> Iterator[Finding]:
    name = code.removeprefix("digest.")
    if found := _CONTROL.search(line):
        kind = "a line break" if found[0] in "\r\n\x85\u2028\u2029" else "a character"
        message = f"the {name} holds {kind} (U+{ord(found[0]):04X})"
        yield error(code, message, place, "write it in one line")
    if found := _SYNTAX.search(line):
        message = f'the {name} still holds "{found[0]}"'
        hint = "it would be sent as it stands; write what is meant"
        yield error(code, message, place, hint)
    if (misread := _misread(line)) is not None:
        wrong, right = misread
        message = f'"{wrong}" in the {name} looks like a wrongly decoded "{right}"'
        hint = "open the file as UTF-8 and write the character again"
        yield warning(code, message, place, hint)


def _check_manners(code: str, line: str, place: Place) -> Iterator[Finding]:
    """Find what readers, and filters, take for advertising."""
    name = code.removeprefix("digest.")
    letters = [character for character in line if character.isalpha()]
    words = [word for word in line.split() if any(c.isalpha() for c in word)]
    if (
        len(letters) >= SHOUT_LETTERS
        and len(words) > 1
        and line.upper() == line != line.lower()
    ):
        message = f"the {name} is all in capitals"
        hint = "filters take that for spam; write it as a sentence"
        yield warning(code, message, place, hint)
    if found := _SHOUTED.search(line):
        message = f'the {name} ends with "{found[0]}"'
        hint = "filters take that for spam; one mark is enough"
        yield warning(code, message, place, hint)


def _misread(line: str) -> tuple[str, str] | None:
    """Return the first characters that are UTF-8 read as Windows-1252."""
    if "\ufffd" in line:
        return "\ufffd", "?"
    for found in _MISREAD.finditer(line):
        for length in range(len(found[0]), 1, -1):
            try:
                right = found[0][:length].encode("cp1252").decode()
            except UnicodeError:
                continue
            return found[0][:length], right
    return None


def _same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
