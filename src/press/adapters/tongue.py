"""Tells languages, with py3langid."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

#: Shorter texts are not told.
_LEAST: Final = 120
_LOOKED_AT: Final = 6_000
#: How many times as likely as the next language a language must be, as a logarithm.
_SURE: Final = 5.0
#: What the model calls text without words of any language.
_NONE: Final = "zxx"


class Tongue:
    """Tells the language of a text. Keeps the promise of `LanguageGuesser`."""

    def guess(self, text: str) -> str:
        """Return the language (BCP 47, its primary subtag); empty where unsure."""
        if len(text) < _LEAST:
            return ""
        ranked = _model().rank(text[:_LOOKED_AT])
        (best, score), (_, next_score) = ranked[0], ranked[1]
        sure = score - next_score >= _SURE and best != _NONE
        return str(best) if sure else ""


@cache
def _model() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
