"""The paper's own lists: spellings it forbids, words it does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.intake.style.passage import Passage, PassageKind
from press.model.finding import Finding, warning
from press.model.style import HouseStyle, StyleCheck

#: What a sentence may begin after.
_OPENING = "“‘\"'([ \u00a0"
_ENDS = ".!?:…\n"
#: Signs before a word that are looked at.
_FAR = 8


def begins_sentence(text: str, start: int) -> bool:
    """Whether what stands at a place of a text may have its capital from there."""
    near = text[max(0, start - _FAR) : start]
    before = near.rstrip(_OPENING)
    between = near[len(before) :]
    return not before or before[-1] in _ENDS or bool(set(between) & set('“‘"('))


class HouseLists:
    """The lists of style.yaml, made ready to look things up in."""

    def __init__(self, style: HouseStyle) -> None:
        forms: dict[str, tuple[str, str]] = {}
        if style.looks(StyleCheck.AVOID):
            forms |= {phrase: ("", why) for phrase, why in style.avoid}
        if style.looks(StyleCheck.SPELLINGS):
            forms |= {
                form: (right, "") for right, all_ in style.spellings for form in all_
            }
        self._forms = forms
        ordered = sorted(forms, key=len, reverse=True)
        words = (r"[\s\u00a0]+".join(map(re.escape, form.split())) for form in ordered)
        # A hyphen is a part of a word: a rule on “war” has no say in “prisoner-of-war”.
        self._any = re.compile(
            rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE
        )

    def find(self, passage: Passage) -> Iterator[Finding]:
        """Yield what of a passage the lists forbid."""
        if not self._forms or passage.kind is PassageKind.QUOTED:
            return  # others keep their spelling
        for found in self._any.finditer(passage.text):
            written = " ".join(found[0].split())
            form = self._form(written, passage, found.start())
            if form is None:
                continue
            right, why = self._forms[form]
            place = passage.point(*found.span())
            if right:
                wanted = _capital(right) if written[0].isupper() else right
                yield warning(
                    "style.spelling",
                    f"“{written}” is spelt “{wanted}” in this paper",
                    place,
                    f"write “{wanted}”",
                )
            else:
                yield warning(
                    "style.avoid",
                    f"this paper does not write “{written}”"
                    + (f": {why}" if why else ""),
                    place,
                    "write it in other words",
                )

    def _form(self, written: str, passage: Passage, start: int) -> str | None:
        """Return the form that is meant; None for a proper name that looks like one.

        “Organization” within a sentence is a part of a name, which keeps its spelling.
        """
        if written in self._forms:
            return written
        small = written.lower()
        if small not in self._forms:
            return None
        if passage.kind is PassageKind.HEADING or written.isupper():
            return small
        capital = written == _capital(small)
        return small if capital and begins_sentence(passage.text, start) else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
