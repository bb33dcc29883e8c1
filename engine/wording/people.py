"""Sentences about people: who is away, and what the register says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from engine.model import Language
from engine.wording.dates import day
from engine.wording.names import all_of

_PHRASES: Final[Mapping[str, Mapping[Language, str]]] = {
    "absence_kept": {
        "nb": "Vi har notert at du er borte fra {since} til og med {until}.",
        "nn": "Vi har notert at du er borte frå {since} til og med {until}.",
        "en": "We have noted that you are away from {since} up to and including {until}.",
    },
    "absent_that_day": {
        "nb": "Vi har notert at du er borte {since}.",
        "nn": "Vi har notert at du er borte {since}.",
        "en": "We have noted that you are away on {since}.",
    },
    "substitute_kept": {
        "nb": "I den tiden går brevene også til {substitute}, som kan svare for deg.",
        "nn": "I den tida går breva òg til {substitute}, som kan svare for deg.",
        "en": "Meanwhile letters go to {substitute} too, who can answer for you.",
    },
    "no_substitute": {
        "nb": "Brevene går fortsatt til deg. Har du en vikar, skriv «VIKAR:» og adressen.",
        "nn": "Breva går framleis til deg. Har du ein vikar, skriv «VIKAR:» og adressa.",
        "en": "Letters still go to you. If you have a substitute, write “SUBSTITUTE:” and the "
        "address.",
    },
    "absence_withdrawn": {
        "nb": "Vi har strøket fraværet ditt {periods}. Brevene går til deg som før.",
        "nn": "Vi har stroke fråværet ditt {periods}. Breva går til deg som før.",
        "en": "We have deleted your absence {periods}. Letters go to you as before.",
    },
    "here_again": {
        "nb": "Vi har notert at du er her. Brevene går til deg som før.",
        "nn": "Vi har notert at du er her. Breva går til deg som før.",
        "en": "We have noted that you are here. Letters go to you as before.",
    },
    "register_confirmed": {
        "nb": "Takk! Vi har notert at opplysningene om deg stemmer.",
        "nn": "Takk! Vi har notert at opplysningane om deg stemmer.",
        "en": "Thank you! We have noted that what we have about you is right.",
    },
    "register_remark": {
        "nb": "Takk for svaret. Koordinatoren leser det. Ingenting er endret ennå.",
        "nn": "Takk for svaret. Koordinatoren les det. Ingenting er endra enno.",
        "en": "Thank you for your answer. The coordinator will read it. Nothing is changed yet.",
    },
}


def absence_kept(since: date, until: date, substitute: str, language: Language) -> str:
    """Return what was noted about an absence, and where letters go meanwhile."""
    key = "absent_that_day" if since == until else "absence_kept"
    noted = _PHRASES[key][language].format(since=day(since, language), until=day(until, language))
    where = _PHRASES["substitute_kept" if substitute else "no_substitute"][language]
    return f"{noted} {where.format(substitute=substitute)}"


def absence_withdrawn(periods: Sequence[tuple[date, date]], language: Language) -> str:
    """Return that absences were withdrawn; without any, that the receiver counts as being there."""
    if not periods:
        return _PHRASES["here_again"][language]
    told = tuple(
        " – ".join(day(each, language) for each in dict.fromkeys(period)) for period in periods
    )
    return _PHRASES["absence_withdrawn"][language].format(periods=all_of(told, language))


def register_confirmed(language: Language) -> str:
    """Return that the register's entry is confirmed."""
    return _PHRASES["register_confirmed"][language]


def register_remark(language: Language) -> str:
    """Return that a coordinator reads what was answered to a letter about the register."""
    return _PHRASES["register_remark"][language]
