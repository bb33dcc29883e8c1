"""What the lines of a network's form are called, and the words that may stand on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.domain.networks.network_report import Outcome
from engine.model import Language
from engine.wording.catalogue import begun, names
from engine.wording.names import SECTION_NAMES


def _labels() -> Mapping[str, Mapping[Language, str]]:
    written = dict(names("network_labels"))
    last = written.pop("free_text")
    sections = {
        name: {language: begun(words) for language, words in called.items()}
        for name, called in SECTION_NAMES.items()
    }
    return {**written, **sections, "free_text": last}


LABELS: Final = _labels()
"""The label of each line as it stands before the colon."""

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "network": ("nettverket", "fagleg nettverk", "faglig nettverk", "name of the network"),
    "plan_year": ("planår", "plan for året", "handlingsplan for", "handlingsplan for år"),
    "report_year": ("rapportår", "rapport for året", "årsrapport for", "årsrapport for år"),
    "measure": ("tiltaket", "aktivitet", "activity"),
    "priority_area": ("satsingsområdet", "satsningsområde", "satsingsomrade", "område"),
    "responsible": ("ansvar", "hvem", "kven", "who"),
    "outcome": ("status", "utført", "gjennomført"),
    "total": ("tal på tiltak", "antall tiltak", "sum tiltak", "number of measures"),
    "deviations": ("avvik", "meldte avvik", "tal på avvik", "antall avvik", "deviations"),
    "bottlenecks": ("flaskehals",),
    "improvements": ("forbetringar", "forbedringer", "forslag", "proposals"),
    "transfer": ("overføring", "plan for gradvis overføring", "transfer"),
    "competence": ("plan for kompetanseutvikling", "kompetanse", "competence"),
    "training": (
        *("opplæring", "pasientopplæring", "pasient og pårørandeopplæring", "training"),
        *("pasient og pårørendeopplæring", "opplæring av pasient og pårørande"),
        "opplæring av pasient og pårørende",
    ),
    "user_involvement": ("brukermedvirkning", "brukarmedverknad"),
    "referral": ("tilvising", "henvisning", "rutinar for tilvising", "rutiner for henvisning"),
    "free_text": ("anna", "merknad", "merknader", "merknadar", "kommentar", "comments"),
}

MENTIONED: Final[Mapping[str, tuple[str, ...]]] = {
    "transfer": ("overføring", "overføre", "transfer"),
    "competence": ("kompetanse", "opplæring", "competence", "training"),
    "training": ("opplæring", "training", "pårørande", "pårørende", "relatives"),
    "user_involvement": (
        *("brukarmedverk", "brukermedvirk", "brukarorgan", "brukerorgan", "user involvement"),
    ),
    "referral": ("tilvis", "henvis", "referral"),
}
"""Words by which a text says something of a section, wherever it stands."""

OUTCOME_WORDS: Final[Mapping[Outcome, tuple[str, ...]]] = {
    "not_done": (
        *("ikke", "ikkje", "nei", "utsatt", "utsett", "avlyst", "not", "no", "cancelled"),
        *("utgår", "utgått", "går ut", "gjekk ut", "stroke", "strøket", "strykes", "strykast"),
        *("slettes", "slettast", "fjernes", "fjernast", "droppa", "droppet", "removed", "deleted"),
    ),
    "partly": (
        *("delvis", "påbegynt", "påbyrja", "i gang", "i gong", "godt i gang", "godt i gong"),
        *("under arbeid", "under veis", "underveis", "halvvegs", "halvveis", "starta", "startet"),
        *("nesten", "partly", "begun", "started", "under way"),
    ),
    "done": (
        *("utført", "gjennomført", "gjort", "ferdig", "fullført", "avslutta", "avsluttet"),
        *("halde", "heldt", "holdt", "avholdt", "ja", "ok", "done", "yes"),
    ),
}
"""How a status may begin; the negative ones are asked for first."""

NONE_WORDS: Final = frozenset(
    {
        "ingen",
        "none",
        "null",
        "0",
        "ingen avvik",
        "ingen meldte",
        "ingen meldte avvik",
        "no deviations",
    }
)
YES_WORDS: Final = frozenset({"ja", "x", "yes", "stemmer", "ja.", "ingen aktivitet"})
INACTIVE: Final = (
    *("ingen aktivitet", "ikke hatt aktivitet", "ikkje hatt aktivitet", "no activity"),
    *("ikke hatt noen aktivitet", "ikkje hatt nokon aktivitet", "ikke vært aktivitet"),
    "ikkje vore aktivitet",
)
"""Words that make a short mail a report of no activity."""


_NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,6}(?![\w%]|[.,]\d)")
_THOUSANDS: Final = re.compile(r"(?<!\d)(\d{1,3})[ .\u00a0\u202f](?=\d{3}(?!\d))")
_PART_OF: Final = re.compile(
    r"[,;(]?\s*\b(?:derav|hvorav|herav|der av|kor av|av (?:desse|disse|dei|de)|of which|of these"
    r"|inkludert|including)\b"
)
"""What comes after it is counted within the number before it."""
_ABOUT: Final = re.compile(
    r"\b(?:ca|cirka|omtrent|om lag|omlag|rundt|minst|meir enn|mer enn|fleire enn|flere enn|over"
    r"|under|opp mot|nesten|fleire|flere|nokre|noen|mange|about|at least|around|some|pluss|minus"
    r"|mot|versus|i fjor)\b"
)
"""Words with which a number is no count."""
_RANGE: Final = re.compile(r"\d\s*(?:-|–|/|til|to)\s*\d")
_WORDS: Final[Mapping[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            "null zero",
            "ein éin ei en én ett eitt eit et one",
            "to two",
            "tre three",
            "fire four",
            "fem five",
            "seks six",
            "sju syv seven",
            "åtte eight",
            "ni nine",
            "ti ten",
            "elleve eleven",
            "tolv twelve",
            "tretten thirteen",
            "fjorten fourteen",
            "femten fifteen",
            "seksten sixteen",
            "sytten seventeen",
            "atten eighteen",
            "nitten nineteen",
            "tjue twenty",
        )
    )
    for word in words.split()
}


_COUNTED: Final = frozenset({"", "avvik", "meldt", "deviation", "reported"})


def count_in(text: str) -> int | None:
    """The one number that the text gives as a count; None where it gives none, several, or one
    that is not certain.
    """
    said = " ".join(text.casefold().split()).strip(" .!:")
    said = _THOUSANDS.sub(r"\1", said)
    parted = _PART_OF.split(said, maxsplit=1)
    whole = parted[0]
    numbers = _NUMBER.findall(whole)
    if _ABOUT.search(whole) or _RANGE.search(whole) or len(numbers) > 1:
        return None
    if numbers:
        return int(numbers[0])
    return _in_words(whole)


def _in_words(said: str) -> int | None:
    first, *others = re.split(r"[\s(),;]+", said)
    # «To fall og ei feilmedisinering» is no number that anybody may add up, and «ein del» is none.
    if {"og", "and"} & set(others):
        return None
    number = _WORDS.get(first)
    return None if number == 1 and set(others) - _COUNTED else number


def is_bare(text: str) -> bool:
    """Whether the text is a number and nothing beside it."""
    said = text.casefold().strip(" .")
    return _THOUSANDS.sub(r"\1", said).isdecimal() or said in _WORDS
