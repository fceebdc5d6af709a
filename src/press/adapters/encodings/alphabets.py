"""Letters beyond ASCII of the languages that newspapers are written in.

How often each is met is known of charset-normalizer's tables; they hold the 26 most
frequent letters of each language, so that those that Latin alphabets add are said here.
"""

from __future__ import annotations

from typing import Final

from charset_normalizer.constant import FREQUENCIES

#: Letters that languages (ISO 639-1) add to the Latin alphabet, the most frequent first.
LATIN: Final = {
    "ca": "éàèóòíçúïü·",
    "hr": "šžčćđ",
    "cs": "íáěéřžýčšůúťóďň",
    "da": "øåæéü",
    "nl": "ëéïèöüóá",
    "en": "éèêçñüöáíóâïôäëúàãûåøœæ",
    "et": "äõüöšž",
    "fi": "äöåéšž",
    "fr": "éèàêçôîûâùïœëüæÿ",
    "de": "üäößéà",
    "hu": "áéöóőüíúű",
    "is": "áíéðóúþæöý",
    "it": "èàùòìéí",
    "lv": "āīēšņūģķļžč",
    "lt": "ėųšžįūčąę",
    "no": "øåæéòôê",
    "pl": "łąęóżśćńź",
    "pt": "ãçáéóíêõúâàôü",
    "ro": "ăîșțâşţ",
    "sk": "áíéýčžšúľóťôňäďĺŕ",
    "sl": "čšž",
    "es": "óíáéñúüºª",
    "sv": "äåöéáü",
    "tr": "ışğüöçİâî",
}
_OTHERS: Final = {
    "Russian": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "Bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "Serbian": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة",
    "Farsi": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءآئ",
    "Hebrew": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
}
#: Where a language has no table of its own, that of a language near it.
_NEAR: Final = {"Belarusian": "Ukrainian"}
_COMMON: Final = 12

#: Of every alphabet that is not Latin, its letters with how rare each is, in nats.
_RARE, _USUAL, _OFTEN = -4.8, -3.6, -2.6


def _weighed(language: str, letters: str) -> dict[str, float]:
    order = [
        one for one in FREQUENCIES[_NEAR.get(language, language)] if not one.isascii()
    ]
    often, usual = order[:_COMMON], order[_COMMON:]
    return {
        letter: _OFTEN if letter in often else _USUAL if letter in usual else _RARE
        for letter in letters
    }


#: Letters beyond ASCII by language: how likely each is, as a logarithm.
LATIN_LETTERS: Final = {
    language: {letter: _OFTEN - 0.15 * place for place, letter in enumerate(letters)}
    for language, letters in LATIN.items()
}
OTHER_LETTERS: Final = {
    language: _weighed(language, letters) for language, letters in _OTHERS.items()
}

#: Characters of East Asia that are met in every text of their language.
COMMON_EAST_ASIAN: Final = frozenset(
    letter
    for language, letters in FREQUENCIES.items()
    if language.startswith(("Chinese", "Japanese", "Korean"))
    for letter in letters
)
