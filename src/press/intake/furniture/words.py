"""The words of calls, in the languages that papers here are written in.

A phrase is written as it is read, in small letters with straight apostrophes. A word that
ends in "~" may go on; " … " stands for up to three words. Phrases of one line of the table
mean one thing and count once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CALLS: Final = """
subscribe: subscribe / abonnier~ / abonnez-vous / s'abonner / je m'abonne / suscríbe~
subscribe: suscribirse / suscribirte / abbonati a / abbonati ora / assine o / assine a / assine já
subscribe: abonneer / word abonnee / prenumerera / zaprenumeruj / subskrybuj / bliv abonnent
sign up: sign up / jetzt anmelden / melden sie sich an / inscrivez-vous / inscríbete / regístrate
sign up: iscriviti / inscreva-se / meld je aan / schrijf je in / zapisz się / registrera dig
donate: donate / make a donation / your donation / jetzt spenden / ihre spende / deine spende
donate: faites un don / faire un don / haz una donación / haz un donativo / dona ahora
donate: fai una donazione / faça uma doação / doe agora / doneer / wpłać / skänk / giv et bidrag
support: support us / support our / support its work / support this work / support … independent
support: supporting our / unterstützen sie uns / unterstütze uns / unterstützen sie … unabhängig~
support: soutenez-nous / soutenez notre / soutenez … indépendant~ / apóyanos / apoya … independiente
support: sostienici / sostieni … indipendente / apoie-nos / apoie o nosso / apoie … independente
support: steun ons / steun … onafhankelijke / wesprzyj nas / stöd oss / støt os
help us: help us / helfen sie uns / hilf uns / aidez-nous / ayúdanos / aiutaci / ajude-nos
help us: help ons / pomóż nam / hjälp oss / hjælp os
join us: join us / machen sie mit / rejoignez-nous / únete a / unisciti a / junte-se a nós
join us: sluit je aan / dołącz do nas
member: become a member / become a supporter / become a subscriber / become a patron
member: werden sie mitglied / werde mitglied / jetzt mitglied werden / devenez membre / devenez abonné~
member: hazte socio / hazte socia / hazte miembro / diventa socio / diventa membro / torne-se membro
member: word lid / zostań członkiem / bli medlem / bliv medlem
like: if you like what we do / if you enjoyed / enjoying this article / enjoyed this article
like: enjoying this story / if you value our / hat ihnen dieser artikel / wenn ihnen gefällt
like: cet article vous a plu / si vous aimez ce que / si te gusta lo que / te ha gustado este
like: se ti piace quello che / ti è piaciuto questo / se gosta do que fazemos / vind je dit artikel
readers: reader-funded / reader funded / reader-supported / rely on our readers / readers like you
readers: rely on readers / funded by our readers / funded by readers / supported by our readers
readers: leserfinanziert~ / von … lesern finanziert / von unseren leser~ / financé~ par … lecteurs
readers: grâce à nos lecteurs / gracias a nuestros lectores / financiad~ por … lectores
readers: grazie ai nostri lettori / dai nostri lettori / financiad~ pelos … leitores
readers: dankzij onze lezers / dzięki czytelnikom
newsletter: newsletter / newsletters / infolettre / lettre d'information / boletín / boletim
newsletter: nieuwsbrief / nyhetsbrev / nyhedsbrev / biuletyn
print edition: print edition / printed edition / monthly newspaper / monthly magazine
print edition: gedruckte ausgabe / gedruckten ausgabe / printausgabe / édition papier
print edition: édition imprimée / edición impresa / edizione cartacea / edição impressa
print edition: papieren editie / papieren krant / wydanie papierowe
fear: fear or favour / fear or favor / power to account
funded by: funded by / fund our journalism / fund our work / fund our reporting
funded by: finanziert durch / finanzieren unsere
independent: independent journalism / independent reporting / unabhängige~ journalismus
independent: journalisme indépendant / periodismo independiente / giornalismo indipendente
independent: jornalismo independente / onafhankelijke journalistiek / niezależne dziennikarstwo
"""

#: Classes that say so themselves, as far as a part of their name does.
CALL_CLASS: Final = re.compile(
    r"[.#](?:[\w-]*[-_])?(?:cta|promo|subscribe|subscription|newsletter|motto)(?:[-_][\w-]*)?"
)

_OTHERS: Final = """
related: read more / read also / related / related articles / related stories / more on this
related: more on this story / more from / most read / don't miss a story / you may also like
related: recommended / mehr zum thema / lesen sie auch / das könnte sie auch interessieren
related: à lire aussi / lire aussi / sur le même sujet / leer más / lee también / te puede interesar
related: leggi anche / leia também / leia mais / lees ook / läs också / læs også / czytaj też
advertisement: advertisement / advertisements / sponsored / sponsored content / anzeige / werbung
advertisement: publicité / publicidad / pubblicità / publicidade / advertentie / annons / reklama
"""

_LETTER: Final = re.compile(r"[^\W\d_]")
_BETWEEN: Final = r"(?:\s+[\w'-]+,?){0,3}?\s+"


def folded(text: str) -> str:
    """Return a text in small letters, with straight apostrophes and plain hyphens."""
    return text.casefold().translate(_PLAIN)


_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "‑": "-", "‐": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase; `anchor` is its longest word, or the beginning of one."""

    meaning: str
    anchor: str
    pattern: re.Pattern[str]


def _rows(table: str) -> list[tuple[str, str]]:
    found = []
    for row in table.strip().splitlines():
        meaning, _, phrases = row.partition(": ")
        found += [(meaning, folded(phrase)) for phrase in phrases.split(" / ")]
    return found


def _phrase(meaning: str, text: str) -> _Phrase:
    written = _BETWEEN.join(
        re.escape(part.strip())
        .replace(r"\ ", r"\s+")
        .replace("\\~", "~")
        .replace("~", r"\w*")
        for part in text.split("…")
    )
    anchor = max(re.findall(r"\w+~?", text), key=len)
    return _Phrase(meaning, anchor, re.compile(rf"(?<!\w){written}(?!\w)"))


def _by_anchor(table: str) -> dict[str, tuple[_Phrase, ...]]:
    found: dict[str, tuple[_Phrase, ...]] = {}
    for meaning, text in _rows(table):
        one = _phrase(meaning, text)
        found[one.anchor] = (*found.get(one.anchor, ()), one)
    return found


_PHRASES: Final = _by_anchor(_CALLS)
_STEMS: Final = tuple(anchor for anchor in _PHRASES if anchor.endswith("~"))
_WORDS: Final = frozenset(_PHRASES) - frozenset(_STEMS)
_WORD: Final = re.compile(r"\w+")
_LABELS: Final = {text: meaning for meaning, text in _rows(_OTHERS)}


def calls_in(text: str) -> frozenset[str]:
    """Return what a folded text calls for: "subscribe", "newsletter"."""
    anchors = _WORDS.intersection(_WORD.findall(text))
    stems = [stem for stem in _STEMS if stem[:-1] in text]
    return frozenset(
        one.meaning
        for anchor in (*anchors, *stems)
        for one in _PHRASES[anchor]
        if one.pattern.search(text)
    )


def label_of(text: str) -> str:
    """Return whether a folded text is a label: "related", "advertisement" or nothing."""
    return _LABELS.get(text.strip(" :.…!?–—-→»>"), "")


def is_shouted(text: str, *, least: int = 12) -> bool:
    """Whether a text has more letters than some, all of them capitals."""
    return text.isupper() and len(_LETTER.findall(text)) > least


_SAYING: Final = (
    "said says told tells added adds argued argues asked wrote writes claimed"
    " announced according"
    " sagte sagt erklärte laut meinte schrieb fügte"
    " déclaré affirmé expliqué selon ajouté"
    " dijo dice según afirmó explicó aseguró añadió"
    " detto dice secondo afferma spiegato aggiunto"
    " disse segundo afirmou explicou"
    " zei zegt volgens vertelde"
    " powiedział powiedziała według"
)
_SAID: Final = re.compile(rf"\b(?:{'|'.join(dict.fromkeys(_SAYING.split()))})\b")
_DOUBLE: Final = re.compile(r"[“\"„«»]\s*[^“”\"„«»]{20,}?\s*[”\"“»«]")
_SINGLE: Final = re.compile(r"(?<!\w)[‘'‚][^‘‚\n]{20,}?[.,!?…][’'‘](?!\w)")


def reports_speech(text: str, folded_text: str) -> bool:
    """Whether somebody is quoted, or what somebody said is told.

    Single quotation marks count where a stop stands before the closing one: a motto
    may put a phrase into them.
    """
    if _SAID.search(folded_text):
        return True
    return bool(_DOUBLE.search(text) or _SINGLE.search(text))


#: What is said of others as readily as to readers: somebody signs up, donates, subscribes.
_SAID_OF_OTHERS: Final = frozenset(
    {
        "subscribe",
        "sign up",
        "donate",
        "newsletter",
        "member",
        "print edition",
        "funded by",
    }
)
_YOU_AND_WE: Final = re.compile(
    r"\b(?:you|yours?|we|our|us|please|wir|uns|unser\w*|ihnen|ihre?\w?|dein\w*|jetzt|nous|notre|nos"
    r"|vous|votre|vos|nosotros|nuestr\w+|noi|nostr\w+|nosso?s?|nossas?|ons|onze|je|jouw|nasz\w*|vår\w*"
    r"|vores?)\b"
)
_BIDDING: Final = re.compile(
    r"(?:^|[.!?:…]\W+)(?:to [^,.]{3,60}, )?(?:subscribe|sign up|donate|become an?|receive|get|join|give"
    r"|abonnier\w*|abonneer|abbonati|assine|suscríbe\w*|inscríbe\w*|iscriviti|doneer|word)\b"
)


def speaks_to_readers(text: str, calls: frozenset[str]) -> bool:
    """Whether a folded text calls for something itself, rather than telling who did.

    Args:
        text: The text.
        calls: What it calls for.
    """
    if calls - _SAID_OF_OTHERS:
        return True
    return bool(_YOU_AND_WE.search(text) or _BIDDING.search(text))
