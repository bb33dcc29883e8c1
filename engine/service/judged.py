"""What one mail came to, before it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.intake.reading import Reading
from engine.model import Contact, Language, LetterDraft, Plan, Proof, Reason
from engine.plan.variables import EMPTY
from engine.service.site import Site
from engine.store.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One stored mail on its way to a verdict."""

    site: Site
    tx: Transaction
    inbox: int
    reading: Reading
    at: datetime
    contacts: tuple[Contact, ...] = ()
    """The duties that the sender's address holds today."""
    proof: Proof = Proof.NONE

    @property
    def cause_key(self) -> str:
        """The stem of the idempotency keys of everything that this mail brings about."""
        return f"mail:{self.inbox}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict with everything to be written beside it."""

    verdict: str
    number: str = ""
    """The request that the mail is about; empty where it is about none, or opens one."""
    plans: tuple[Plan, ...] = ()
    letters: tuple[LetterDraft, ...] = ()
    """Letters that no plan causes: answers, questions, receipts."""
    reasons: tuple[Reason, ...] = ()


def plain_letter(
    incoming: Incoming, template: str, language: Language, texts: Mapping[str, Any] | None = None
) -> LetterDraft:
    """A letter to the sender that belongs to no event."""
    contact = incoming.contacts[0] if incoming.contacts else None
    return LetterDraft(
        role=contact.duty if contact else "",
        party=contact.party if contact else None,
        receiver=incoming.reading.sender,
        template=template,
        language=language,
        variables={**EMPTY, **(texts or {})},
        at_once=True,
    )
