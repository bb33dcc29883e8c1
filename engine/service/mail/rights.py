"""What gives rights away, and who may: more than an answer to a letter is asked for."""

from __future__ import annotations

from typing import Final

from engine.model import Proof, Reason
from engine.service.judged import Incoming

NEEDS_ALIGNED: Final = Reason("needs_aligned")


def may_give_rights(incoming: Incoming) -> bool:
    """Whether the sender may let in somebody else or answer for others: a server vouches for them,
    wherever the site has one that could (INTERFACE §5.1).
    """
    rules = incoming.site.intake
    asked = bool(rules.trusted_servers) or rules.microsoft365
    return incoming.proof >= Proof.ALIGNED or not asked
