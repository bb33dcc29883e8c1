"""Sentences about letters that did not arrive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from engine.model import Language
from engine.wording.dates import day_and_time

MOST_SHOWN: Final = 200
_WHY: Final[tuple[tuple[tuple[str, ...], tuple[str, str, str]], ...]] = (
    (
        ("5.1.", "5.4.4", "550", "551", "553", "556"),
        ("adressen finnes ikke", "adressa finst ikkje", "the address does not exist"),
    ),
    (("5.2.1", "521"), ("postkassen er stengt", "postkassa er stengd", "the mailbox is closed")),
    (
        ("5.2.2", "4.2.2", "552"),
        ("postkassen er full", "postkassa er full", "the mailbox is full"),
    ),
    (
        ("5.7.", "4.7.", "554"),
        (
            "mottakerens server ville ikke ha brevet",
            "serveren til mottakaren ville ikkje ha brevet",
            "the receiver's server did not want the letter",
        ),
    ),
    (
        ("4.",),
        (
            "mottakerens server svarte ikke i tide",
            "serveren til mottakaren svarte ikkje i tide",
            "the receiver's server did not answer in time",
        ),
    ),
    (
        ("",),
        (
            "mottakerens server kunne ikke levere det",
            "serveren til mottakaren kunne ikkje levere det",
            "the receiver's server could not deliver it",
        ),
    ),
)
"""By how the status code begins, the first that fits (RFC 3463; SMTP's own codes too)."""
_PLACE: Final[Mapping[Language, int]] = {"nb": 0, "nn": 1, "en": 2}
_CAME_BACK: Final[Mapping[str, Mapping[Language, str]]] = {
    "lost": {
        "nb": "{when}: Brevet til {address} kom ikke fram: {why}",
        "nn": "{when}: Brevet til {address} kom ikkje fram: {why}",
        "en": "{when}: The letter to {address} did not arrive: {why}",
    },
    "delayed": {
        "nb": "{when}: Brevet til {address} er forsinket: {why}",
        "nn": "{when}: Brevet til {address} er forseinka: {why}",
        "en": "{when}: The letter to {address} is late: {why}",
    },
}
_GOES_TO_YOU: Final[Mapping[Language, str]] = {
    "nb": "Dette brevet kom ikke fram til {address}, og går derfor til deg.",
    "nn": "Dette brevet kom ikkje fram til {address}, og går difor til deg.",
    "en": "This letter did not reach {address}, and so it goes to you.",
}


def why_undelivered(status: str, reason: str, language: Language) -> str:
    """Why a letter did not arrive, without a capital, and the server's own words."""
    said = next(words for starts, words in _WHY if status.startswith(starts))[_PLACE[language]]
    own = " ".join(reason.split())[:MOST_SHOWN]
    left, right = ("“", "”") if language == "en" else ("«", "»")
    return f"{said}. {left}{own}{right}" if own else f"{said}."


def came_back(
    at: datetime, address: str, status: str, reason: str, language: Language, *, late: bool
) -> str:
    """That a letter did not arrive, or is `late`; `at` in the zone that it shall be told in."""
    pattern = _CAME_BACK["delayed" if late else "lost"][language]
    why = why_undelivered(status, reason, language)
    return pattern.format(when=day_and_time(at, language), address=address, why=why)


def goes_to_you(address: str, language: Language) -> str:
    """That somebody else gets a letter because it did not reach `address`."""
    return _GOES_TO_YOU[language].format(address=address)
