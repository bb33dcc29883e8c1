"""What fields, duties, roles, events and our own words are called, in the three languages."""

from __future__ import annotations

from typing import Final

from engine.model import Language
from engine.wording.catalogue import Names, names, say
from engine.wording.glossary import DUTY_NAMES, FIELD_NAMES, HOLDER_NAMES

__all__ = ["DUTY_NAMES", "FIELD_NAMES", "HOLDER_NAMES"]

ROLE_NAMES: Final = names("roles")
SECTION_NAMES: Final = names("sections")
EVENT_NAMES: Final = names("events")
"""What happened; a routine of the site's own says it by its mail word."""
ACTION_NAMES: Final = names("actions")
VERDICT_NAMES: Final = names("verdicts")
LETTER_STATE_NAMES: Final = names("letter_states")
FAULT_NAMES: Final = names("register_faults")
CHECK_NAMES: Final = names("checks")
WORDS: Final = names("words")
AGREEMENT_OWNERS: Final = names("names")["agreement_owners"]
"""Whom a request waits for that only a missing agreement holds up."""
CORRECTION: Final = names("names")["correction"]
"""What a correction by fields is called, since no mail word makes it happen."""


def all_of(items: tuple[str, ...], language: Language) -> str:
    """Return the items as «a, b og c»; empty for no items."""
    return _listed(items, say("names.and", language))


def one_of(items: tuple[str, ...], language: Language) -> str:
    """Return the items as «a, b eller c»; empty for no items."""
    return _listed(items, say("names.or", language))


def called(known: Names, word: str | None, language: Language) -> str:
    """What `word` is called in the language; the word itself where `known` does not have it."""
    found = known.get(word or "")
    return found[language] if found else word or ""


def duty(name: str, language: Language) -> str:
    """What a duty is called; its name where that is none of ours."""
    return called(DUTY_NAMES, name, language)


def role(name: str, language: Language) -> str:
    """What a role is called; its name where a routine of the site's own has made it."""
    return called(ROLE_NAMES, name, language)


def cause(kind: str, ref: str, language: Language) -> str:
    """What brought something about, in words; without its number where that says nothing."""
    return called(names("causes"), kind, language).format(ref=ref).strip()


def _listed(items: tuple[str, ...], last_word: str) -> str:
    *head, tail = items or ("",)
    return f"{', '.join(head)} {last_word} {tail}" if head else tail
