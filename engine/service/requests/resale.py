"""Whether whoever has borrowed a course may sell it on (R9–R11)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from engine.domain.licence import resale_refusal
from engine.model import Reason
from engine.service.requests.named import one_of
from engine.store.cases import queries
from engine.store.contacts.register import all_parties
from engine.store.database import Transaction


class Resale(Struct, frozen=True, kw_only=True):
    """The course of a request, and why it may not be sold on; None where it may."""

    request: str
    course: str
    owner: str | None
    licence: str
    refused: Reason | None

    def document(self) -> dict[str, Any]:
        """What a program reads of it."""
        return {
            "request": self.request,
            "course": self.course,
            "owner": self.owner,
            "licence": self.licence,
            "may_sell": self.refused is None,
        }


def resale_of(tx: Transaction, named: str) -> Resale:
    """Whether the course of request `named` may be sold on, or that of a shared course by its name
    or short name; NotFoundError for one that nobody knows.
    """
    shared = {row.request: (row.course, row.short_name) for row in queries.catalogue(tx)}
    number = named.strip().upper()
    if not number.startswith("KD-"):
        number = one_of(named, shared, "course_missing")
    found = queries.case(tx, number)
    request = found.request
    licence = request.form.get("licence", "")
    owner = all_parties(tx).get(request.owner or "")
    return Resale(
        request=number,
        course=request.form.get("full_name", ""),
        owner=request.owner,
        licence=licence,
        refused=resale_refusal(licence, owner.side if owner else None),
    )
