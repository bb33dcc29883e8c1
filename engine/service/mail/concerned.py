"""Who has to do with a request: from all others its number counts for nothing."""

from __future__ import annotations

from typing import Final

from engine.model import Actor
from engine.service.acting import case_of
from engine.service.judged import Incoming

_EVERYWHERE: Final = frozenset({"coordinator"})
"""Duties that have to do with every request."""


def concerned(incoming: Incoming, number: str) -> bool:
    """Whether the sender is a party to request `number`, holds a role in it, or coordinates.

    A number is no secret, so that of somebody else's request must neither count nor be confirmed.
    """
    if any(contact.duty in _EVERYWHERE for contact in incoming.contacts):
        return True
    case = case_of(incoming.site, incoming.tx, number, incoming.at)
    request = case.request
    parties = {request.owner, request.borrower, request.requester}
    if any(contact.party in parties for contact in incoming.contacts):
        return True
    return bool(case.roles_of(Actor(name=incoming.reading.sender, contacts=incoming.contacts)))
