"""A municipality's order that a trust or KS Læring forwards: it opens for the municipality, which
must confirm it; where nobody can say which municipality that is, the forwarder is asked (INTERFACE
§5.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from engine import intake
from engine.calendar import oslo_day
from engine.definition.types import Workflow
from engine.domain.own_words import is_courtesy
from engine.domain.register.duties import MUNICIPALITY
from engine.domain.register.parties import find_party
from engine.intake import form
from engine.intake.quoting.forwarded import Forwarded, inline, is_forward
from engine.intake.reply import remainder
from engine.model import Contact, Proof, Reason
from engine.service.answering.openings.opening_mail import open_by_mail, read_by_coordinator
from engine.service.letters.posting import FORWARDED_BY_WHOM
from engine.service.mail.routine_named import routine_of
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.contacts.register import all_parties, contacts, contacts_of_address
from engine.store.mail_in import inbox
from engine.store.mail_out.letters import LetterRow

ATTACHED: Final = "message/rfc822"
_FIRST_LINES: Final = 5


def forwarded(incoming: Incoming) -> Judged | None:
    """What comes of an order that the mail forwards; None where it forwards none, or its sender
    forwards in their own name.
    """
    if incoming.proof < Proof.ALIGNED:
        return None
    found = _order_in(incoming)
    if found is None:
        return None
    inner, workflow = found
    if MUNICIPALITY in {each.duty for each in incoming.contacts}:
        own = f"{incoming.reading.own_text}\n\n{inner.own_text}".strip()
        reading = _reading_of(incoming, replace(inner, own_text=own))
        return open_by_mail(replace(incoming, reading=reading), workflow)
    meant = _who_orders(incoming, inner.sender)
    if meant:
        return _opened_for(incoming, workflow, inner, meant)
    return _asked(incoming, inner.sender)


def municipality_named(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """The opening of what was forwarded, now that its forwarder has named the municipality or
    its contact; the question again where the answer names neither, unless it is about something
    else.
    """
    mail = int(letter.variables["extra"]["inbox"])
    first = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    original = replace(incoming, inbox=mail, reading=first)
    found = _order_in(original)
    if found is None:
        return None
    inner, workflow = found
    lines = incoming.reading.own_text.splitlines()[:_FIRST_LINES]
    for text in (word for line in lines for word in (line, *line.split())):
        meant = _who_orders(incoming, text.strip(" .,;<>").lower())
        if meant:
            return _opened_for(original, workflow, inner, meant)
    other = incoming.number or routine_of(incoming) or is_courtesy(incoming.reading.own_text)
    return None if other else _asked(original, inner.sender, again=True)


def _order_in(incoming: Incoming) -> tuple[Forwarded, Workflow] | None:
    """The innermost order that the mail forwards, and the routine that it opens."""
    for inner in reversed([*_mails_in(incoming)]):
        reading, writer = _reading_of(incoming, inner), _contacts(incoming, inner.sender)
        workflow = routine_of(replace(incoming, reading=reading, contacts=writer))
        if workflow is not None and workflow.opens_with.forwarded:
            return inner, workflow
    return None


def _mails_in(incoming: Incoming) -> Iterator[Forwarded]:
    reading = incoming.reading
    if is_forward(reading.subject, reading.text):
        yield from inline(reading.text)
    for each in reading.attachments:
        if each.type == ATTACHED:
            inner = intake.read(each.content, incoming.site.intake)
            yield Forwarded(sender=inner.sender, subject=inner.subject, own_text=inner.own_text)


def _reading_of(incoming: Incoming, inner: Forwarded) -> intake.Reading:
    """The mail as if it held nothing but what is forwarded in it."""
    none: dict[str, str] = {}
    return replace(
        incoming.reading,
        subject=inner.subject or incoming.reading.subject,
        text=inner.own_text,
        own_text=inner.own_text,
        fields=form.fields(inner.own_text, incoming.site.intake.words),
        attached_fields=none,
        quoted_fields=none,
    )


def _contacts(incoming: Incoming, address: str) -> tuple[Contact, ...]:
    return contacts_of_address(incoming.tx, address, oslo_day(incoming.at)) if address else ()


def _who_orders(incoming: Incoming, text: str) -> tuple[Contact, ...]:
    """The contacts of the one municipality that an address or a name means."""
    found = _contacts(incoming, text)
    party = None if "@" in text else find_party(text, all_parties(incoming.tx))
    if party is not None:
        everybody = contacts(incoming.tx, oslo_day(incoming.at))
        found = tuple(each for each in everybody if each.party == party.id)
    theirs = tuple(each for each in found if each.duty == MUNICIPALITY)
    return theirs if len({each.party for each in theirs}) == 1 else ()


def _opened_for(
    incoming: Incoming, workflow: Workflow, inner: Forwarded, meant: tuple[Contact, ...]
) -> Judged:
    reading = _reading_of(incoming, inner)
    judged = open_by_mail(
        replace(incoming, reading=reading, on_behalf=meant), workflow, proof=Proof.ALIGNED
    )
    # Only the municipality's own text is kept with the case.
    said = remainder(incoming.reading.own_text, (), {})
    return judged if judged.answer is None else read_by_coordinator(judged, said)


def _asked(incoming: Incoming, writer: str, *, again: bool = False) -> Judged:
    extra = {"inbox": incoming.inbox, "writer": writer, "again": again}
    letter = plain_letter(incoming, FORWARDED_BY_WHOM, language_of(incoming), {"extra": extra})
    return Judged(verdict="unclear", reasons=(Reason("forwarded_by_whom"),), letters=(letter,))
