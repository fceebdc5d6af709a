"""What MJML must be before the engine may see it.

The engine (mrml) checks nothing: it drops unknown tags and misplaced text in silence,
takes the last of two equal attributes, corrupts values and ends the process on deep
nesting. So all that is wrong is found here and told with the template's line, and what
is right is written in the one way that the engine reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.digest.mjml.judge import Judge
from press.digest.mjml.token import tokenize
from press.digest.mjml.write import Guarded, write
from press.model.finding import Checked, Finding, error, ready
from press.model.template import Filled

_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def guard(filled: Filled) -> Checked[Guarded]:
    """Make MJML safe for the engine; no value where an error was found."""
    tokens = tuple(tokenize(filled.text))
    faults = Judge(filled=filled).judge(tokens)
    findings = (
        *_refused_characters(filled),
        *(fault.finding(filled) for fault in faults),
    )
    if not ready(findings):
        return Checked(value=None, findings=findings)
    return Checked(value=write(filled, tokens), findings=findings)


def _refused_characters(filled: Filled) -> Iterator[Finding]:
    for found in _REFUSED.finditer(filled.text):
        yield error(
            "digest.control-character",
            f"the digest holds the character U+{ord(found[0]):04X}, "
            "which a mail cannot carry",
            filled.place_of(found.start()),
            f"delete it where {_around(filled.text, found.start())!r} is written",
        )


def _around(text: str, offset: int) -> str:
    return _REFUSED.sub("", text[max(0, offset - 12) : offset + 12]).strip()
