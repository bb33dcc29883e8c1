"""A mail about several requests: one verdict on it, and each request answered by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.model import Cause, LetterDraft
from engine.service.judged import Incoming, Judged
from engine.service.mail.transcript import answer_letter
from engine.store.facts import load_request
from engine.store.letters import write_letter

_MOST_SAID: Final = (
    "fired", "suggested", "remark", "refused", "unclear", "already_done", "answered",
)  # fmt: skip
"""Which verdict a mail about several requests has: the first of these that one of them has."""


def together(incoming: Incoming, judged: Sequence[tuple[str, Judged]]) -> Judged:
    """One verdict on the mail; what it came to for each request is answered in a letter of its own.

    `judged` are requests' numbers, the first one the mail's own, each with its verdict.
    """
    for place, (number, each) in enumerate(judged):
        for n, draft in enumerate(_letters(each, number)):
            _write(incoming, draft, number, f"{number or place}:{n}")
    verdicts = {each.verdict for _, each in judged}
    return Judged(
        verdict=next(name for name in _MOST_SAID if name in verdicts),
        number=judged[0][0],
        plans=tuple(plan for _, each in judged for plan in each.plans),
        reasons=tuple(reason for _, each in judged for reason in each.reasons),
    )


def _letters(judged: Judged, number: str) -> Iterator[LetterDraft]:
    yield from judged.letters
    if judged.answer is not None:
        yield answer_letter(judged.answer, number)


def _write(incoming: Incoming, draft: LetterDraft, number: str, seed: str) -> None:
    request = load_request(incoming.tx, number) if number else None
    write_letter(
        incoming.tx,
        draft,
        seed=f"{incoming.answer_key}:{seed}|{draft.receiver}",
        request_id=request.id if request else None,
        inbox_id=incoming.inbox,
        cause=Cause("mail", str(incoming.inbox)),
        at=incoming.at,
        recorded_at=incoming.site.clock.now(),
        outbox=incoming.site.outbox(in_reply_to=incoming.reading.message_id),
        workflow=request.workflow if request else "",
    )
