"""One letter to each person about all of their networks, whatever deadlines it comes from."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from engine.model import Cause, LetterDraft
from engine.service.letters import posting
from engine.service.site import Site
from engine.store.cases.yearly import NETWORKS, taken_up
from engine.store.database import Transaction

GATHERED: Final = frozenset(
    {
        "network_wanted",
        "network_reminder",
        "network_overdue",
        "network_batch",
        "network_waits",
        "network_escalated",
        "network_missing",
    }
)
"""Letters that tell of several networks at once."""


def post(
    site: Site,
    tx: Transaction,
    draft: LetterDraft,
    *,
    seed: str,
    request_id: int,
    number: str,
    cause: Cause,
    at: datetime,
    workflow: str,
) -> bool:
    """Write the letter, unless one from the same moment can tell of its network too; whether it
    became a letter of its own.
    """
    if draft.template in GATHERED and draft.receiver:
        draft = _numbered(draft, number)
        if taken_up(tx, draft, at):
            return False
    posting.post(
        site,
        tx,
        draft,
        seed=f"{seed}|{draft.receiver}",
        request_id=request_id,
        cause=cause,
        at=at,
        workflow=workflow,
    )
    return True


def _numbered(draft: LetterDraft, number: str) -> LetterDraft:
    """The letter with the number of a request that had none yet when the letter was planned."""
    extra = draft.variables["extra"]
    entries = [{**each, "number": number} for each in extra[NETWORKS]]
    return replace(draft, variables={**draft.variables, "extra": {**extra, NETWORKS: entries}})
