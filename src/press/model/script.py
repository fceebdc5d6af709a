"""Scripts whose letters join, stack or run from right to left."""

from __future__ import annotations

import re

#: Hebrew to Thaana and N'Ko; the scripts of India, Sri Lanka, South-East Asia and Tibet;
#: Khmer, Mongolian; their supplements; presentation forms of Hebrew and Arabic.
_SHAPED = re.compile(
    "[\u0590-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe]"
)


#: Hebrew to N'Ko and Samaritan, Mandaic, and their presentation forms.
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")


def runs_leftwards(text: str) -> bool:
    """Whether a text has letters of a script that runs from right to left."""
    return _LEFTWARDS.search(text) is not None


def is_shaped(text: str) -> bool:
    """Whether letters of a text take their form or their place from their neighbours.

    Such letters are never tracked, and a glyph of them says nothing about its text.
    """
    return _SHAPED.search(text) is not None
