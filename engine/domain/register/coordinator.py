"""«Kurskoordinator»: the registered e-learning officer of the owning trust (R44)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.domain.fields import Judged, accepted, faulty
from engine.domain.register.parties import find_party
from engine.model import Contact, Party, Reason

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_DUTY = re.compile(
    r"\be-?\s?l(?:æ|ae)rings?-?ansvarl\w*|\bkursansvarl\w*|\bansvarl\w+ for e-?læring\w*"
    r"|\be-?learning (?:officer|contact|lead)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"roll[ea]|role|oss|eget|eige|lokale?t?|de[nt]|vår[te]?|i|på|ved|hos|for|til|av|hf|hf-e[tn]|hfet|dette"
    r"|(?:helse)?f(?:o|ø)retak(?:et)?|s(?:y|ju)kehuset|kommunen?|the|our|local|at|of|in",
    re.IGNORECASE,
)
_NAME_WORDS: Final = 2
"""A first name alone names nobody."""


def judge(
    text: str, owner: Party | None, parties: Mapping[str, Party], holders: tuple[Contact, ...]
) -> Judged:
    """Return the coordinator in normal form, or why it may not be them.

    A holder's address or name, or the duty in words. Where nobody holds the duty the words are
    fine, with a warning. A municipal owner decides for itself: R44 speaks of trusts.
    """
    tidy = " ".join(text.split())
    if owner is None or (owner.side == "municipal" and not holders):
        return accepted(tidy)
    duty = _DUTY.search(tidy)
    if duty is None or _ADDRESS.search(tidy):
        return _person(tidy, owner, holders)
    rest = f"{tidy[: duty.start()]} {tidy[duty.end() :]}"
    return _duty_words(tidy, _words(rest), owner, parties, holders)


def _duty_words(
    text: str,
    rest: list[str],
    owner: Party,
    parties: Mapping[str, Party],
    holders: tuple[Contact, ...],
) -> Judged:
    for start, word in enumerate(rest):
        party = find_party(" ".join(rest[start:]), parties)
        if party is not None and party != owner:
            return faulty("coordinator_other_party", owner=owner.name, other=party.name)
        if party is not None:
            break
        if _FILLER.fullmatch(word) is None:
            return _person(text, owner, holders)
    if holders:
        return accepted(text)
    return accepted(text, Reason("coordinator_vacant", {"owner": owner.name}))


def _person(text: str, owner: Party, holders: tuple[Contact, ...]) -> Judged:
    addresses = {address.casefold() for address in _ADDRESS.findall(text)}
    for holder in holders:
        if any(holder.has_address(address) for address in addresses):
            return accepted(_normal(holder))
        if not addresses and _is_named(text, holder):
            return accepted(_normal(holder))
    return faulty("coordinator_not_registered", text=text, owner=owner.name)


def _is_named(text: str, holder: Contact) -> bool:
    """Whether the text gives the holder's first and last name, whatever stands around them."""
    given = {word.casefold() for word in _words(text)}
    known = [word.casefold() for word in _words(holder.name)]
    return len(known) >= _NAME_WORDS and {known[0], known[-1]} <= given


def _normal(holder: Contact) -> str:
    return f"{holder.name} <{holder.email}>" if holder.name else holder.email


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text)
