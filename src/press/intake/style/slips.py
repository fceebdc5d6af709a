"""Slips that everybody makes in English, and what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.intake.style.passage import Passage, PassageKind
from press.model.finding import Finding, warning

#: What is written, and what is meant. Written in small letters, it is found with a
#: capital too; with capitals, only so.
SLIPS: tuple[tuple[str, str], ...] = (
    ("prison-of-war", "prisoner-of-war"),
    ("prison of war", "prisoner of war"),
    ("prisons of war", "prisoners of war"),
    ("prisoner of wars", "prisoners of war"),
    ("Pyong Yang", "Pyongyang"),
    ("Untied States", "United States"),
    ("Untied Kingdom", "United Kingdom"),
    ("Untied Nations", "United Nations"),
    ("Ghandi", "Gandhi"),
    ("Britian", "Britain"),
    ("Brtain", "Britain"),
    ("Phillipines", "Philippines"),
    ("Phillippines", "Philippines"),
    ("Carribean", "Caribbean"),
    ("Febuary", "February"),
    ("Wensday", "Wednesday"),
    ("accomodation", "accommodation"),
    ("accomodate", "accommodate"),
    ("acheive", "achieve"),
    ("adress", "address"),
    ("agressive", "aggressive"),
    ("agression", "aggression"),
    ("alot", "a lot"),
    ("calender year", "calendar year"),
    ("commited", "committed"),
    ("commitee", "committee"),
    ("concensus", "consensus"),
    ("definately", "definitely"),
    ("denasification", "denazification"),
    ("embarass", "embarrass"),
    ("embarassing", "embarrassing"),
    ("enviroment", "environment"),
    ("existance", "existence"),
    ("goverment", "government"),
    ("goverments", "governments"),
    ("harrass", "harass"),
    ("harrassment", "harassment"),
    ("independant", "independent"),
    ("liason", "liaison"),
    ("miniscule", "minuscule"),
    ("mischievious", "mischievous"),
    ("neccessary", "necessary"),
    ("occured", "occurred"),
    ("occurence", "occurrence"),
    ("parliment", "parliament"),
    ("parlimentary", "parliamentary"),
    ("persue", "pursue"),
    ("posession", "possession"),
    ("privelege", "privilege"),
    ("publically", "publicly"),
    ("recieve", "receive"),
    ("recieved", "received"),
    ("refered", "referred"),
    ("seperate", "separate"),
    ("seperately", "separately"),
    ("seige", "siege"),
    ("succesful", "successful"),
    ("supercede", "supersede"),
    ("supercedes", "supersedes"),
    ("suprise", "surprise"),
    ("threshhold", "threshold"),
    ("tommorow", "tomorrow"),
    ("unforseen", "unforeseen"),
    ("untill", "until"),
    ("wierd", "weird"),
    ("withold", "withhold"),
    ("asses the", "assess the"),
    ("casual link", "causal link"),
    ("for all intensive purposes", "for all intents and purposes"),
    ("free reign", "free rein"),
    ("hone in on", "home in on"),
    ("pubic sector", "public sector"),
    ("pubic service", "public service"),
    ("pubic inquiry", "public inquiry"),
    ("tow the line", "toe the line"),
    ("tender hooks", "tenterhooks"),
    ("wet your appetite", "whet your appetite"),
)
#: “should of” for “should have”; “should of course” and the like are right.
_OF = re.compile(
    r"(?<!\w)((?:c|sh|w)ould|might|must) of(?!\w)(?! (?:course|necessity|late|old)\b)",
    re.IGNORECASE,
)
#: “anyone who to dares”: a verb in the third person has no “to”.
_WHO_TO = re.compile(
    r"(?<!\w)(?:any|every|some|no)(?:one|body) who (to [a-z]{2,}(?<![isu])s)(?!\w)"
)
_MEANT = dict(SLIPS)
_ALL = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(slip) for slip in sorted(_MEANT, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


def find_slips(passage: Passage) -> Iterator[Finding]:
    """Yield the slips of a passage."""
    if passage.kind is PassageKind.QUOTED:
        return  # others keep their spelling
    for found in _ALL.finditer(passage.text):
        written = found[0]
        meant = _MEANT.get(written) or _MEANT.get(written.lower())
        if meant is None:
            continue
        right = meant[0].upper() + meant[1:] if written[0].isupper() else meant
        yield _slip(passage, found.span(), right)
    for found in _OF.finditer(passage.text):
        yield _slip(passage, found.span(), f"{found[1]} have")
    for found in _WHO_TO.finditer(passage.text):
        yield _slip(passage, found.span(1), found[1].removeprefix("to "))


def _slip(passage: Passage, span: tuple[int, int], right: str) -> Finding:
    written = passage.text[slice(*span)]
    return warning(
        "style.slip",
        f"“{written}” is probably a slip for “{right}”",
        passage.point(*span),
        f"write “{right}”",
    )
