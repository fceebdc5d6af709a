"""What stands beside the text of an article: who wrote it, what was corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from press.intake.furniture.words import folded
from press.model.story import Piece, PieceKind

_LONGEST_BIOGRAPHY: Final = 90
_IS: Final = (
    "is|are|was|writes|works|reports|covers|teaches|lives|ist|sind|schreibt|arbeitet"
    "|est|sont|écrit|travaille|es|son|escribe|trabaja|è|sono|scrive|lavora"
    "|é|são|escreve|trabalha|schrijft|werkt|är|er|jest"
)
_ARTICLE: Final = "an?|the|ein|eine|der|die|das|une?|le|la|les|una?|el|il|lo|um|uma|o|a|een|de|het|en|ett|et"
_NAME: Final = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:\s+(?:(?:van|von|de|da|di|der|den|bin|al|el|la|le)\s+)*[A-ZÀ-ÖØ-Þ][\w.'’-]*){1,4}"
_PRESENTS: Final = re.compile(
    rf"(?:[A-Z]+\s+)?{_NAME},?\s+(?:{_IS})\s+(?:{_ARTICLE}|l['’])\b"
)
_EMPHASISED: Final = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?!\s).+?(?P=mark)")
_DAY: Final = r"(?:on|at|to|in|since|after|shortly|following|\d)"
_AMENDED: Final = re.compile(
    r"(?:\W*correction\W+)?(?:"
    r"this (?:article|story|report|piece|post|page|interview|column)(?: and \w+)? (?:was|has been)"
    rf" (?:amended|corrected|updated and corrected|updated|edited|changed|revised)\b.*?\b{_DAY}\b"
    r"|an (?:earlier|previous) version of this (?:article|story|report|piece|post)\b"
    r"|in einer früheren (?:version|fassung) (?:dieses|des) (?:artikels|textes|beitrags)"
    r"|dieser (?:artikel|text|beitrag) wurde (?:am|nachträglich) .*(?:korrigiert|geändert|berichtigt)"
    r"|une (?:première )?version (?:antérieure|précédente) de cet article"
    r"|cet article a été (?:corrigé|modifié|rectifié)"
    r"|una versi[óo]n anterior de este (?:artículo|texto)"
    r"|este (?:artículo|texto) (?:fue|ha sido) (?:corregido|modificado|actualizado)"
    r"|una versione precedente di questo articolo|questo articolo è stato (?:corretto|modificato)"
    r"|uma versão anterior (?:deste|desta)|est[ae] (?:artigo|reportagem|matéria|texto) foi (?:corrigid|alterad)"
    r"|een eerdere versie van dit artikel|dit artikel is (?:op .*)?(?:aangepast|gecorrigeerd)"
    r")"
)
_HEADED: Final = re.compile(
    r"\W*(?:corrections?|clarification|editor's note|berichtigung|korrektur|correctif|rectificatif|erratum"
    r"|corrección|fe de errores|rettifica|correzione|errata|correção|rectificatie|correctie)"
    r"(?:\s*[,(][^:.]{0,30})?\s*[:–—]"
)


def is_correction(piece: Piece, *, at_edge: bool) -> bool:
    """Whether a paragraph says what was wrong on the web.

    Args:
        piece: The paragraph.
        at_edge: Whether it stands above the text or below it, where a word such as
            "Correction:" is enough.
    """
    if piece.kind is not PieceKind.PARAGRAPH:
        return False
    text = folded(piece.text)
    first, _, rest = text.partition(" ")
    if _AMENDED.match(text) or (first.isalpha() and _AMENDED.match(rest)):
        return True
    return at_edge and _HEADED.match(text) is not None


def is_biography(piece: Piece, byline: Sequence[str]) -> bool:
    """Whether the last paragraph of a story says who its writer is.

    It begins with a name of the byline, or is set in italics as a whole: a story may end
    with what somebody else is.
    """
    if piece.kind is not PieceKind.PARAGRAPH or piece.words > _LONGEST_BIOGRAPHY:
        return False
    text = piece.text.strip()
    if _EMPHASISED.fullmatch(piece.markdown.strip()) and _PRESENTS.match(text):
        return True
    for name in byline:
        if name and text.casefold().startswith(name.casefold()):
            rest = text[len(name) :].lstrip(" ,")
            return re.match(rf"(?:{_IS})\b", rest) is not None
    return False
