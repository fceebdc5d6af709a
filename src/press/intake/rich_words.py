"""What the control words of Rich Text mean, of those that press reads itself."""

from __future__ import annotations

from typing import Final

SIGN_WORDS: Final = {
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
SIGNS: Final = {"~": "\u00a0", "-": "\u00ad", "_": "‑", "{": "{", "}": "}", "\\": "\\"}
#: Words that end a paragraph or a line, and what an engine is told instead.
ENDS: Final = {
    "par": "par",
    "page": "par",
    "sect": "par",
    "column": "par",
    "line": "line",
    "softline": "line",
    "lbr": "line",
    "nestcell": "line",
    "nestrow": "line",
    "tab": "tab",
}
CELLS: Final = frozenset({"cell", "row"})
_OTHERS_WORDS: Final = "header or footer of its pages"
_COMMENT: Final = "comment of an editor"
DELETED: Final = "deleted, by a tracked change"
#: Groups that are no copy, and why.
NO_COPY: Final = {
    "header": _OTHERS_WORDS,
    "headerl": _OTHERS_WORDS,
    "headerr": _OTHERS_WORDS,
    "headerf": _OTHERS_WORDS,
    "footer": _OTHERS_WORDS,
    "footerl": _OTHERS_WORDS,
    "footerr": _OTHERS_WORDS,
    "footerf": _OTHERS_WORDS,
    "annotation": _COMMENT,
}
#: Groups that nobody sees, or that say again for older programs what was said before.
UNSEEN: Final = frozenset(
    {
        "atnid",
        "atnauthor",
        "atndate",
        "atnref",
        "atrfstart",
        "atrfend",
        "tc",
        "xe",
        "rxe",
        "nonesttables",
        "nonshppict",
        "shprslt",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
    }
)
#: Groups that engines need, and whose words are none of the text's.
TABLES: Final = frozenset(
    {"colortbl", "fldinst", "fonttbl", "info", "listtext", "pict", "sp", "stylesheet"}
)
#: Groups of the text that some programs write as if they could be passed over.
SHOWN: Final = frozenset({"do", "footnote", "shpinst", "shptxt"})
#: Words that set letters off as deleted or hidden, and why those stay out of copy.
OUT: Final = {"v": "hidden", "deleted": DELETED, "mvf": DELETED}
TAKEN: Final = frozenset({"revised", "mvt"})
