"""How long an answer to a letter of ours proves its sender, and what is asked after that."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from engine.calendar import oslo_day, start_of_day
from engine.definition.types import Role
from engine.domain.secrecy import masked
from engine.model import Cause, Proof, Reason, Request
from engine.service.answering.asking import yes_row
from engine.service.letters.posting import (
    CONFIRM_ANSWER,
    MORNING,
    MORNING_ANSWER,
    REMINDERS,
    TOLD,
)
from engine.service.mail.thread import plain_yes, recognised
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.service.mail.vouching import reading_of
from engine.service.requests.show import one_in
from engine.store.apply import recorded_of
from engine.store.cases.requests import load_request
from engine.store.contacts.register import contacts_of_address
from engine.store.mail_out import letters
from engine.store.mail_out.gathering import held_in
from engine.store.mail_out.letters import LetterRow

LASTS: Final = timedelta(days=60)
"""After the later of a letter's dispatch and its request's last move (INTERFACE §5.1)."""
MORNING_LASTS: Final = timedelta(days=7)
ENDED: Final = "letter_ended"
READ_BACK: Final = 300
"""How many characters of the answer the question repeats."""


def has_ended(incoming: Incoming, letter: LetterRow) -> bool:
    """Whether token and Message-ID of `letter` prove nothing any more; never while its receiver is
    waited for.
    """
    morning = letter.template in {MORNING, MORNING_ANSWER}
    lasts = MORNING_LASTS if morning else LASTS
    begins = letter.sent_at or letter.written_at
    if incoming.at <= begins + lasts:
        return False
    if letter.template in {REMINDERS, TOLD}:
        return all(has_ended(incoming, each) for _, each in held_in(incoming.tx, letter.id))
    request = load_request(incoming.tx, letter.request) if letter.request else None
    if request is None:
        return True
    return incoming.at > request.changed_at + lasts and not _is_waited_for(incoming, letter)


def _is_waited_for(incoming: Incoming, letter: LetterRow) -> bool:
    """Whether the receiver is waited for, or is written to where nobody else holds the duty."""
    view = one_in(incoming.site, incoming.tx, letter.request)
    roles = view.routine.workflow.roles
    duties = {each.duty for each in view.owed}
    owing = [
        each
        for role in roles.values()
        if role.duty in duties
        for each in (role, *(roles[name] for name in role.instead if name in roles))
    ]
    waited_for = {(_party(role, view.request), duty) for role in owing for duty in role.duties}
    held = contacts_of_address(incoming.tx, letter.receiver, oslo_day(incoming.at))
    return any((contact.party, contact.duty) in waited_for for contact in held)


def _party(role: Role, request: Request) -> str | None:
    return role.party if role.of is None else request.party_of(role.of)


def asked_whether_it_counts(incoming: Incoming, letter: LetterRow) -> Judged:
    """Nothing done, and one letter to the registered sender whose JA does what the mail asks for.

    Where no server vouches for the mail, one a day: anybody may have seen the token.
    """
    today = start_of_day(oslo_day(incoming.at))
    sender = incoming.reading.sender
    asked = letters.written_since(incoming.tx, sender, CONFIRM_ANSWER, today)
    language = language_of(incoming)
    said = " ".join(masked(incoming.reading.own_text).split())
    texts = {
        "answers": [yes_row(language)],
        "extra": {"inbox": incoming.inbox, "said": said[:READ_BACK]},
    }
    question = plain_letter(incoming, CONFIRM_ANSWER, language, texts)
    return Judged(
        verdict="unproved_sender",
        number=letter.request,
        reasons=(Reason(ENDED),),
        letters=() if asked and incoming.proof < Proof.ALIGNED else (question,),
    )


def counts_still(incoming: Incoming, letter: LetterRow) -> Incoming | Judged | None:
    """The mail that was asked about, taken up again now that its sender has said JA."""
    mail = int(letter.variables["extra"]["inbox"])
    done = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if done:
        return Judged(verdict="already_done", number=done[0].number)
    reading = reading_of(incoming.site, incoming.tx, mail)
    if reading is None or not plain_yes(incoming):
        return None
    original = recognised(replace(incoming, inbox=mail, reading=reading))
    return replace(original, proof=max(incoming.proof, original.proof))
