"""What a coordinator writes to people by a line: to the writer of a mail, and to the others."""

from __future__ import annotations

from typing import Any, Final

from engine.calendar import oslo_day
from engine.domain.secrecy import has_identity_number
from engine.domain.words import all_general
from engine.errors import RefusedError
from engine.intake.quoting.numbered import Line
from engine.intake.reply import commands
from engine.intake.subject import without_tokens
from engine.model import Contact, Language, LetterDraft, Reason
from engine.plan.variables import EMPTY
from engine.service.answering.coordinators.morning_mail_lines import Told, discarded
from engine.service.letters.posting import MORNING_REPLY
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.service.morning.letter import shared_out
from engine.service.morning.numbers import told
from engine.service.register.entries import called, language_for
from engine.store.cases.requests import load_request
from engine.store.contacts.register import contacts_of_address
from engine.store.mail_in import inbox
from engine.store.mail_out import mornings
from engine.store.mail_out.letters import LetterRow
from engine.store.mail_out.mornings import ItemRow
from engine.wording.names import DUTY_NAMES

TAKEN: Final = "morning_taken"
"""The letter that tells the others who takes a line."""
KEPT: Final = "remark_kept"


def answered(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`3 SVAR: tekst`: the writer of the mail gets the text, and the mail is settled."""
    row = inbox.get(incoming.tx, int(item.subject))
    if not line.text.strip() or not row.sender:
        raise RefusedError((Reason("morning_which_text", {"n": item.number}),))
    if has_identity_number(line.text):
        raise RefusedError((Reason("morning_identity_number"),))
    discarded(incoming, item, line)
    holds = contacts_of_address(incoming.tx, row.sender, oslo_day(incoming.at))[:1]
    language = incoming.site.neutral_language
    for contact in holds:
        language = language_for(incoming.site, incoming.tx, contact)
    extra = {
        "words": without_tokens(line.text),
        "who": _who(incoming),
        "about": row.request,
        "subject": without_tokens(row.subject).strip(),
    }
    letter = _letter(MORNING_REPLY, row.sender, holds[0] if holds else None, language, extra)
    return Told("replied", {"email": lambda _: row.sender}, letters=(letter,))


def written_back(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """The answer to what a coordinator wrote, for a coordinator to read; None for a command."""
    about = str(letter.variables["extra"].get("about", ""))
    request = load_request(incoming.tx, about) if about else None
    words = all_general() | incoming.site.routines.words(*incoming.site.routines.current)
    if not incoming.reading.own_text.strip() or commands(incoming.reading.own_text, words):
        return None
    texts = {"remark": incoming.reading.own_text}
    receipt = plain_letter(incoming, KEPT, language_of(incoming), texts)
    return Judged(verdict="remark", number=request.number if request else "", letters=(receipt,))


def taken(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`3 MIN`: the others who have the line are told whose it is."""
    mornings.spoken_of(incoming.tx, item, incoming.reading.sender, line.said, None)
    day = oslo_day(incoming.at)
    letters = []
    for contact, lines in shared_out(incoming.site, incoming.tx, day, incoming.at):
        language = language_for(incoming.site, incoming.tx, contact)
        theirs = [told(each, language) for each in lines if each.number == item.number]
        if theirs and not contact.has_address(incoming.reading.sender):
            extra = {"who": _who(incoming), "number": item.number, "line": theirs[0]}
            letters.append(_letter(TAKEN, contact.email, contact, language, extra))
    others = ", ".join(each.receiver for each in letters)
    return Told("taken", {"others": lambda _: others}, letters=tuple(letters))


def _who(incoming: Incoming) -> str:
    return called(incoming.contacts[0])


def _letter(
    template: str, to: str, contact: Contact | None, language: Language, extra: dict[str, Any]
) -> LetterDraft:
    return LetterDraft(
        role=contact.duty if contact else "",
        party=contact.party if contact else None,
        receiver=to,
        template=template,
        language=language,
        variables={
            **EMPTY,
            "receiver_name": contact.name if contact else "",
            "receiver_duty": DUTY_NAMES[contact.duty][language] if contact else "",
            "extra": extra,
        },
        at_once=True,
    )
