"""Words that British typography treats in a way of their own.

Each table is a list of words; what is done with them stands in `english.py`.
"""

from __future__ import annotations

from typing import Final

#: Words clipped at the front, which take an apostrophe wherever they stand.
CLIPPED: Final = (
    "tis twas twere twill twould twixt em bout neath gainst cept fraid scuse "
    "ello allo appen arf arry enry eard ighness orse e im ome ouse ow ospital"
)

#: Words that are clipped if the mark before them never finds its partner.
PERHAPS_CLIPPED: Final = (
    "round cause cos coz til till bus phone plane flu hood course kay"
)

#: Units that stay with their number.
UNITS: Final = (
    "km m cm mm nm kg g mg µg μg ml cl dl ha ft mph kph km/h kmh mpg W kW MW GW TW Wh kWh "
    "MWh GWh TWh kV Hz kHz MHz GHz dB °C °F ° % px pt ppi dpi kB KB MB GB TB kbps Mbps Gbps "
    "lb lbs oz km² m² m³ GMT BST UTC CET CE BC AD BCE ppm bpm rpm kcal kJ MJ per\\ cent "
    "percent pence acres? hectares? miles? tonnes? litres? metres? kilometres? kilograms? "
    "grams? degrees"
)

#: Scale words that stay with their number.
SCALES: Final = "million billion trillion thousand hundred dozen mn bn tn"

MONTHS: Final = (
    "January February March April May June July August September October November "
    "December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
)

WEEKDAYS: Final = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"
)

#: Titles that stay with the name.
TITLES: Final = (
    "Mr Mrs Ms Mx Miss Dr Prof Professor Sir Dame Lord Lady Rev St Capt Cpt Col Gen Sgt "
    "Lt Maj Brig Cdr Cllr Insp Supt PC DC DI Mme Mlle"
)

#: Abbreviations with a full stop that stay with the number after them.
NUMBERED: Final = (
    "No Nos no nos p pp Fig Figs fig figs Art Arts art Vol Vols vol vols Ch ch chap Sec "
    "sec para paras c ca cf ed l ll n nn v vv"
)

#: Words that stay with the number after them.
COUNTED: Final = (
    "Article Articles Section Sections Chapter Chapters Figure Figures Table Part page "
    "pages Page Pages Act Scene Volume Clause Schedule Appendix Rule Unit Flat Room Year "
    "Day Level Phase Platform Annex Protocol Resolution"
)

STREETS: Final = (
    "Street St Road Rd Lane Avenue Ave Square Yard Place Court Terrace Gardens Drive Way "
    "Row Hill Close Crescent Mews Gate Wharf Park Parade Quay Broadway Embankment"
)

#: Chemical formulae whose figures stand below the line.
FORMULAE: Final = "CO2 CO2e SO2 NO2 N2O H2O CH4 NH3 H2SO4 SF6"

#: Simple fractions with a sign of their own.
FRACTIONS: Final = {
    "1/2": "½",
    "1/3": "⅓",
    "2/3": "⅔",
    "1/4": "¼",
    "3/4": "¾",
    "1/8": "⅛",
    "3/8": "⅜",
    "5/8": "⅝",
    "7/8": "⅞",
}

#: What may follow a range of numbers without a space.
AFTER_RANGE: Final = (
    "% s st nd rd th am pm a.m p.m k m bn tn km cm mm kg g mg ft in mph kW MW GW GB MB C F "
    "px pt x p"
)


def any_of(words: str) -> str:
    """Return a regular expression for any of these words, longest first."""
    parts = words.replace("\\ ", "\0").split()
    ordered = sorted(set(parts), key=lambda word: (-len(word), word))
    escaped = (word.replace(".", r"\.").replace("\0", "[ \u00a0]") for word in ordered)
    return f"(?:{'|'.join(escaped)})"
