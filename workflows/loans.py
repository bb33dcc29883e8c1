"""Conditions about a loan: that it is not there already, whose the course is, and by what right."""

from __future__ import annotations

import re

from msgspec.structs import replace

from engine.domain import rules
from engine.domain.licence import parse, resale_refusal
from engine.model import PLATFORM, Reason, Request, SharedCourse, Situation

Reasons = tuple[Reason, ...]

_CONSENT = re.compile(r"\b(samtykk\w*|consent\w*)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(ikke|ikkje|ingen|inga|uten|utan|mangl\w+|vent\w*|hvis|viss|dersom|not?|without|if|pending)\b",
    re.IGNORECASE,
)


def not_shared_already(situation: Situation) -> Reasons:
    """The borrower does not borrow this course already; else the reason says where it is."""
    for shared in situation.facts.same_course:
        if shared.borrower == situation.request.borrower and _is_same(shared, situation.request):
            values = {
                "request": shared.request,
                "short_name": shared.short_name,
                "address": shared.link,
            }
            return (Reason("already_shared", values),)
    return ()


def not_for_resale(situation: Situation) -> Reasons:
    """Nobody sets a price on a course that they borrow, or means to sell it on, unless its licence
    lets them (R9–R11).
    """
    request, parties = situation.request, situation.facts.parties
    said = situation.act.beside
    if not rules.sells((said, *request.form.values()), said):
        return ()
    owner = parties.get(request.owner or "")
    refused = resale_refusal(request.form.get("licence", ""), owner.side if owner else None)
    return (refused,) if refused else ()


def _is_same(shared: SharedCourse, request: Request) -> bool:
    """A short name is one course's at the platform; a full name is it for each owner."""
    short_name = request.form.get("short_name", "")
    if short_name.strip():
        return _folded(short_name) == _folded(shared.short_name)
    if request.owner is not None and request.owner != shared.owner:
        return False
    return _folded(request.form.get("full_name", "")) == _folded(shared.full_name)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def owner_is_municipal(situation: Situation) -> Reasons:
    """What is shared from KS Læring is owned on the municipal side (R7)."""
    owner = situation.facts.parties.get(situation.request.owner or "")
    if owner is None or owner.side == "municipal":
        return ()
    return (Reason("owner_not_municipal", {"field": "owner"}),)


def owner_is_elsewhere(situation: Situation) -> Reasons:
    """The owner is not KS Læring itself, which then needs a letter of its own."""
    return (Reason("owned_by_platform"),) if situation.request.owner == PLATFORM else ()


def licence_stated(situation: Situation) -> Reasons:
    """The licence itself says that the course may be shared (R7), whatever the act says."""
    act = replace(situation.act, note="")
    return licence_or_consent(replace(situation, act=act))


def licence_or_consent(situation: Situation) -> Reasons:
    """The licence is known, or the act says that the owner consents (R7)."""
    text = situation.request.form.get("licence", "")
    licence = parse(text)
    if licence is None:
        return (Reason("licence_unclear", {"text": text, "field": "licence"}),)
    note = situation.act.note
    if licence.code or (_CONSENT.search(note) and not _DENIED.search(note)):
        return ()
    return (Reason("licence_or_consent"),)
