"""Comments for Outlook, which never come before the engine.

The engine reads what stands in them as MJML: tags that are closed in another comment
end its reading, and some characters end the process. So a number goes through it
instead, and the comment is put back into the HTML as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BEGINNINGS = ("<!--[if", "<!--<![endif]")
_WHOLE = re.compile(
    r"""<!--\[if\s[^\]<>]*\]>
        (?:(?:(?!--).)*<!\[endif\]   # all that is for Outlook alone
          |<!(?:--\s*)?             # or what is for all others begins
        )-->
      | <!--<!\[endif\]-->          # and ends""",
    re.VERBOSE | re.DOTALL,
)
_HELD = re.compile(r"<!--\[if press\]>(\d+)<!\[endif\]-->")


def is_conditional(comment: str) -> bool:
    """Whether a comment is one that Outlook reads."""
    return comment.startswith(_BEGINNINGS)


def is_whole(comment: str) -> bool:
    """Whether a comment for Outlook is written so that all programs read it alike."""
    return bool(_WHOLE.fullmatch(comment))


def held(number: int) -> str:
    """Return what goes through the engine for a comment."""
    return f"<!--[if press]>{number}<![endif]-->"


def put_back(html: str, comments: Sequence[str]) -> str:
    """Put the comments back for which numbers went through the engine."""
    return _HELD.sub(lambda found: comments[int(found[1])], html)
