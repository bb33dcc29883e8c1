"""How often one address is answered: two programs that answer each other must come to an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Final

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.model import Reason
from engine.service.letters.posting import NOT_UNDERSTOOD
from engine.service.mail.verdict import Incoming, Judged
from engine.store.cases import queries
from engine.store.mail_in import answers
from engine.store.mail_in.answers import AnswerRow
from engine.store.mail_out.letters import LetterRow

SAME: Final = 2
"""Answers to mails that say the same; the next of them is left to a person."""
SAME_COMMAND: Final = 3
"""As many where it is a command that answers no answer of ours: people ask again too."""
COMMANDS: Final = frozenset({"answered", "already_done", "refused"})
TRIES: Final = 3
"""Mails that are not understood, each an answer to what was asked of the one before: a person reads
them all, and has been told so.
"""
VARIED: Final = 10
"""Answers in a row to mails that say this and that, and are no commands."""
BACK_AND_FORTH: Final = timedelta(days=1)
"""How long answers count where each mail answers the answer before."""
OUT_OF_THE_BLUE: Final = timedelta(hours=1)
"""How long they count where the mails answer no letter of ours."""
MOVES: Final = 20
"""How often one address may move one request in a day: a program that answers each of our letters
would move it to and fro without end, and its answers are not all that would go out.
"""
USED_UP: Final = "answers_used_up"
IN_CIRCLES: Final = "answers_in_circles"
TO_AND_FRO: Final = "moved_to_and_fro"


def bounded(incoming: Incoming, judged: Judged) -> Judged:
    """`judged` as it is, its answer counted; or without an answer, where there were enough.

    Mails of an address that move nothing are answered `Site.answers_per_day` times a day at most,
    and only some times in a row where they say the same. The verdict stays, with the reason why
    there is no answer. Whoever moves a request always hears of it, and so does the sender of a
    mail that a coordinator has judged anew; only what opens requests by answering our answers
    counts as if it had moved nothing. Who has moved one request `MOVES` times in a day waits for a
    coordinator.
    """
    sender = incoming.reading.sender
    if incoming.attempt:
        return judged
    if _to_and_fro(incoming, judged):
        reason = Reason(TO_AND_FRO, {"number": judged.number, "times": MOVES})
        return Judged(verdict="unclear", number=judged.number, reasons=(reason,))
    if not _answers(judged, sender) or (judged.plans and not _opens_in_answer(incoming, judged)):
        return judged
    day = oslo_day(incoming.at)
    counted_as = _counted_as(incoming)
    found = answers.lately(incoming.tx, counted_as, day, limit=VARIED)
    number = 1 + max((row.number for row in found if row.day == day), default=0)
    if number > incoming.site.answers_per_day:
        return _unanswered(judged, sender, USED_UP)
    row = AnswerRow(day=day, number=number, words=_words(incoming, judged), at=incoming.at)
    if _in_circles(incoming, judged, row, found):
        return _unanswered(judged, sender, IN_CIRCLES)
    answers.record(incoming.tx, counted_as, incoming.inbox, row)
    return judged


def _counted_as(incoming: Incoming) -> str:
    """Whose answers they are: what anybody may have written in somebody's name is counted apart,
    so that it does not use up theirs.
    """
    sender = incoming.reading.sender
    letter = None if incoming.reading.aligned else incoming.letter
    theirs = letter is not None and letter.receiver == sender
    return sender if incoming.reading.aligned or theirs else f"?{sender}"


def _answers(judged: Judged, sender: str) -> bool:
    return judged.answer is not None or any(each.receiver == sender for each in judged.letters)


def _to_and_fro(incoming: Incoming, judged: Judged) -> bool:
    """Whether the mail would move a request that its sender has moved all day long."""
    before = judged.plans[0].before if judged.plans else None
    if before is None or before.seq < MOVES:
        return False
    since, sender = incoming.at - BACK_AND_FORTH, incoming.reading.sender
    mails = {
        row.cause.ref
        for row in queries.history(incoming.tx, judged.number)
        if row.cause.kind == "mail" and row.actor == sender and row.at > since
    }
    return len(mails) >= MOVES


def _opens_in_answer(incoming: Incoming, judged: Judged) -> bool:
    """Whether the mail opens a request by answering an answer of ours, as people hardly do."""
    if judged.plans[0].before is not None:
        return False
    letter = incoming.letter
    return letter is not None and _is_answer(letter)


def _is_answer(letter: LetterRow) -> bool:
    return letter.at_once and letter.inbox is not None


def _words(incoming: Incoming, judged: Judged) -> str:
    """What the mail says and about which request, without whatever changes from mail to mail."""
    said = incoming.reading.own_text.casefold().split()
    plain = " ".join(word for word in said if word.isalpha())
    return sha256(f"{judged.number}|{plain}".encode()).hexdigest()


def _in_circles(
    incoming: Incoming, judged: Judged, row: AnswerRow, found: Sequence[AnswerRow]
) -> bool:
    if _tried_in_vain(judged) > TRIES:
        return True
    if len(found) < SAME:
        return False
    letter = incoming.letter
    if letter is not None and not _is_answer(letter):
        return False
    since = incoming.at - (OUT_OF_THE_BLUE if letter is None else BACK_AND_FORTH)
    lately = [each for each in found if each.at > since]
    same = sum(1 for each in lately if each.words == row.words)
    command = judged.verdict in COMMANDS
    if same >= (SAME_COMMAND if command and letter is None else SAME):
        return True
    return len(lately) >= VARIED and not command


def _tried_in_vain(judged: Judged) -> int:
    """How many mails in a row, this one too, were not understood."""
    asked = (each.variables for each in judged.letters if each.template == NOT_UNDERSTOOD)
    return max((1 + len(each["extra"].get("before", ())) for each in asked), default=0)


def _unanswered(judged: Judged, sender: str, code: str) -> Judged:
    return replace(
        judged,
        answer=None,
        letters=tuple(each for each in judged.letters if each.receiver != sender),
        reasons=(*judged.reasons, Reason(code)),
    )
