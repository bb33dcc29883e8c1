"""Conditions about an order: what it asks for, who owns the course, and what the owner permits."""

from __future__ import annotations

from engine.domain.course_information import information_of
from engine.domain.register.parties import find_party, nearest
from engine.model import LANGUAGES, Reason, Situation
from engine.wording.names import all_of

Reasons = tuple[Reason, ...]
CONFIRM_BY = "confirm_by"
"""Under this name an order that others forwarded keeps the day by which it must be confirmed."""
PERMISSIONS = "permissions"
"""Under this name an event keeps which parts of the permission are there (R28)."""


def owner_named(situation: Situation) -> Reasons:
    """A trust stands as the owner of the course (R27)."""
    request, parties = situation.request, situation.facts.parties
    if request.owner is not None:
        return ()
    text = request.form.get("owner", "").strip()
    if text and find_party(text, parties) is None:
        values = {"text": text, "nearest": nearest(text, parties), "field": "owner"}
        return (Reason("unknown_party", values),)
    return (Reason("owner_not_known"),)


def owner_unknown(situation: Situation) -> Reasons:
    """Nobody stands as the owner yet, so that somebody has to name one."""
    return () if situation.request.owner is None else (Reason("owner_known"),)


def order_confirmed(situation: Situation) -> Reasons:
    """Nobody else has forwarded the order, or whoever is to have ordered stands by it."""
    forwarded = CONFIRM_BY in situation.request.kept
    return (Reason("order_not_confirmed"),) if forwarded else ()


def order_to_confirm(situation: Situation) -> Reasons:
    """Somebody else has forwarded the order, and it is not confirmed yet."""
    return () if order_confirmed(situation) else (Reason("order_is_confirmed"),)


def owner_to_be_named(situation: Situation) -> Reasons:
    """The same for a letter that asks for the owner: it lists courses of like names as a help.
    What is not confirmed yet is nobody's to look for.
    """
    return order_confirmed(situation) + owner_unknown(situation)


def owner_not_asked_for(situation: Situation) -> Reasons:
    """Whoever ordered left it open who owns the course, and need not do anything about it."""
    named = situation.request.form.get("owner", "").strip()
    return (Reason("owner_known"),) if named else owner_to_be_named(situation)


def owner_unchanged(situation: Situation) -> Reasons:
    """The request has never been with another owner."""
    return (Reason("owner_changed"),) if situation.request.kept.get("earlier_owner") else ()


def ordered_by_others(situation: Situation) -> Reasons:
    """Whoever ordered the course is not the one who borrows it, and needs a letter of their own."""
    request = situation.request
    return (Reason("ordered_by_platform"),) if request.requester == request.borrower else ()


def permissions_given(situation: Situation) -> Reasons:
    """Department, author and third parties have all said yes (R28)."""
    kept = situation.request.kept.get(PERMISSIONS)
    if kept is not None and not kept["missing"]:
        return ()
    missing = kept["missing"] if kept is not None else ()
    words = {
        language: all_of(tuple(part[language] for part in missing), language)
        for language in LANGUAGES
    }
    return (Reason("permissions_missing", {"missing": words}),)


def permissions_open(situation: Situation) -> Reasons:
    """Some part of the permission is still missing."""
    return () if permissions_given(situation) else (Reason("permissions_complete"),)


def information_wanted(situation: Situation) -> Reasons:
    """The eleven points (R34–R44) are not in order yet."""
    information = information_of(
        situation.request, situation.facts, situation.today, "course_information"
    )
    return () if information.faults else (Reason("information_there"),)


def link_missing(situation: Situation) -> Reasons:
    """Nobody has said where in KS Læring the course is."""
    request = situation.request
    there = request.kept.get("link") or request.form.get("link", "").strip()
    return (Reason("link_there"),) if there else ()
