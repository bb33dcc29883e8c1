"""Writing a letter on behalf of the site: signed, held and dated as the site does it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from engine.model import Cause, LetterDraft
from engine.service.site import Site
from engine.store.database import Transaction
from engine.store.letters import write_letter


def post(
    site: Site,
    tx: Transaction,
    draft: LetterDraft,
    *,
    seed: str,
    cause: Cause,
    at: datetime,
    request_id: int | None = None,
    inbox_id: int | None = None,
    workflow: str = "",
    in_reply_to: str = "",
) -> int:
    """Write the letter that `cause` brings about at `at`; its id.

    About no request unless `request_id` and `workflow` say which. ClaimTakenError when a letter
    with that seed stands already.
    """
    return write_letter(
        tx,
        draft,
        seed=seed,
        request_id=request_id,
        inbox_id=inbox_id,
        cause=cause,
        at=at,
        recorded_at=site.clock.now(),
        outbox=site.outbox(in_reply_to),
        workflow=workflow,
    )


CONFIRM_ANSWER: Final = "confirm_answer"
CONFIRM_OPENING: Final = "confirm_opening"
DELEGATE: Final = "delegate"
IMPORT_CONFIRM: Final = "import_confirm"
MORNING: Final = "morning"
"""The coordinators' morning letter, answered line by line …"""
MORNING_ANSWER: Final = "morning_answer"
"""… and what answers the lines."""
NOT_UNDERSTOOD: Final = "not_understood"
REGISTER_CONFIRM: Final = "register_confirm"
REMINDERS: Final = "reminders"
SUBSTITUTE: Final = "substitute"
