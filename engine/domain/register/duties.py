"""The eleven duties that a contact can hold for a party (INTERFACE §2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.model import Language
from engine.wording.names import DUTY_NAMES

ELEARNING: Final = "elearning"
COORDINATOR: Final = "coordinator"
KS_LAERING: Final = "ks_laering"
"""The duty whose holders are called what their party is."""
DUTIES: Final[tuple[str, ...]] = tuple(DUTY_NAMES)
"""Every duty by its name in register and workflow files."""

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "elearning": (
        "elæringsansvarlig",
        "elæringsansvarleg",
        "ansvarlig for e-læring",
        "ansvarleg for e-læring",
    ),
    "subject_experts": ("fagpersoner", "fagpersonar"),
    "cooperation_unit": ("samhandling", "samhandlingsansvarlig", "samhandlingsansvarleg"),
    "ks_laering": ("ks-læring", "kslæring"),
    "municipality": ("kommune", "kommunekontakt", "kursansvarlig", "kursansvarleg"),
    "network_leader": ("leder", "leiar"),
    "network_deputy": ("nestleder", "nestleiar"),
    "su": ("samhandlingsutvalget", "samhandlingsutvalet"),
}


def duty_words(duty: str, language: Language) -> str:
    """Return what the duty is called in a letter; an unknown duty raises KeyError."""
    return DUTY_NAMES[duty][language]


def duty_by_words(text: str) -> str | None:
    """Return the duty that a text names, in any of the languages, or None."""
    return _BY_KEY.get(_key(text))


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


_BY_KEY: Final[Mapping[str, str]] = {
    _key(text): duty
    for duty in DUTIES
    for text in (duty, *DUTY_NAMES[duty].values(), *_SYNONYMS.get(duty, ()))
}
