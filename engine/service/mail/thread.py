"""Which of our letters a mail answers, and whether it comes from that letter's receiver."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from engine import intake
from engine.calendar import oslo_day, start_of_day
from engine.domain.own_words import is_courtesy
from engine.domain.register.mail_domains import known_form
from engine.domain.words import all_general, general_meaning
from engine.errors import KursdelingError
from engine.intake.reply import commands, remainder
from engine.model import Proof, Reason
from engine.service.acts.acting import case_of
from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import Incoming
from engine.store.contacts.register import contacts_of_address
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow

LOOKED_UP: Final = 3
"""How many tokens of a mail are looked up."""
WRONG_A_DAY: Final = 10
"""After so many wrong tokens of one sender nothing more of theirs is looked up that day."""
GUESSED_WRONG: Final = "wrong_token"
_TOKEN_ALONE: Final = re.compile(r"\[([0-9A-HJKMNP-TV-Z]{8})\]")
"""As in `Morgenbrev … [7K2Q9M4D]`."""


def answered_letter(incoming: Incoming) -> LetterRow | None:
    """Our letter that the mail answers, by Message-ID first, else by the subject's token.

    What was signed with a key that has been retired since counts for nothing. Tokens are short:
    a few of a mail are looked up, and none once the sender has guessed wrong too often that day.
    """
    genuine = incoming.site.genuine
    named = tuple(each for each in incoming.reading.references if genuine(each))
    found = letters.by_message_ids(incoming.tx, named)
    if found:
        return found[0]
    tokens = _tokens(incoming)
    if not tokens or _has_guessed(incoming) >= WRONG_A_DAY:
        return None
    return next(filter(None, (_by_token(incoming, *each) for each in tokens)), None)


def recognised(incoming: Incoming) -> Incoming:
    """`incoming` with what sender and references tell: the duties that the address holds today,
    whether a server vouches for it, and our letter that it answers.
    """
    reading = incoming.reading
    contacts = contacts_of_address(incoming.tx, reading.sender, oslo_day(incoming.at))
    return replace(
        incoming,
        contacts=contacts,
        proof=Proof.ALIGNED if reading.aligned else Proof.NONE,
        letter=answered_letter(incoming),
    )


def wrong_tokens(incoming: Incoming) -> int:
    """How many tokens of the mail were looked up and are no letter's; they are counted."""
    tokens = _tokens(incoming)
    if not tokens or incoming.letter or _has_guessed(incoming) >= WRONG_A_DAY:
        return 0
    return len(tokens)


def _tokens(incoming: Incoming) -> tuple[tuple[str, str], ...]:
    subject = incoming.reading.subject.upper()
    alone = (("", found[1]) for found in _TOKEN_ALONE.finditer(subject))
    return tuple(dict.fromkeys((*incoming.reading.tokens, *alone)))[:LOOKED_UP]


def _by_token(incoming: Incoming, number: str, token: str) -> LetterRow | None:
    letter = letters.by_token(incoming.tx, number, token)
    return letter if letter is not None and incoming.site.genuine(letter.message_id) else None


def _has_guessed(incoming: Incoming) -> int:
    """How many wrong tokens the sender's other mails of the day held."""
    since = start_of_day(oslo_day(incoming.at))
    found = inbox.reasons_since(incoming.tx, incoming.reading.sender, since, GUESSED_WRONG)
    return sum(count for mail, count in found if mail != incoming.inbox)


def read_against(incoming: Incoming, letter: LetterRow) -> Incoming:
    """`incoming`, the sender's own words told from the quote by the letter that they answer."""
    envelope, known = envelope_of(letter), incoming.site.letters
    try:
        text, title = known.text(envelope), known.subject(envelope)
    except KursdelingError:
        return incoming  # A template of the site's own may be gone; the mail is read even so.
    asked = numbered_faults(letter)
    reading = intake.against(incoming.reading, text, title, incoming.site.intake, len(asked))
    if asked:
        reading = intake.by_number(reading, asked, incoming.site.intake)
    return replace(incoming, reading=reading)


def numbered_faults(letter: LetterRow) -> tuple[str, ...]:
    """The field of each fault that the letter numbers, in order; empty for a fault of no field."""
    return tuple(letter.variables.get("fault_fields", ()))


def is_receiver(incoming: Incoming, letter: LetterRow) -> bool:
    """Whether the sender is the one whom the letter went to, by whichever of their addresses."""
    sender = incoming.reading.sender
    if sender == known_form(letter.receiver):
        return True
    return any(
        contact.has_address(sender) and contact.has_address(letter.receiver)
        for contact in incoming.contacts
    )


def proves(incoming: Incoming, letter: LetterRow) -> bool:
    """Whether answering `letter` proves the sender: it went to them, and no server of ours says
    that somebody else writes in their name.
    """
    return not incoming.reading.refuted and is_receiver(incoming, letter)


def plain_yes(incoming: Incoming) -> bool:
    """Whether the mail says JA and nothing else: «Ja, men …» is no yes to what would change
    things.
    """
    found = commands(incoming.reading.own_text, all_general())
    rest = remainder(incoming.reading.own_text, found, incoming.reading.fields)
    return any(general_meaning(each.word) == "yes" for each in found) and is_courtesy(rest)


def only_asks(incoming: Incoming) -> bool:
    """Whether the mail holds nothing but words that are answered and change nothing."""
    found = commands(incoming.reading.own_text, all_general())
    asks = [general_meaning(each.word) in {"status", "help"} for each in found]
    return bool(asks) and all(asks) and nothing_more(incoming)


def nothing_more(incoming: Incoming) -> bool:
    """Whether the mail holds nothing but general words and a greeting."""
    found = commands(incoming.reading.own_text, all_general())
    return not remainder(incoming.reading.own_text, found, incoming.reading.fields)


_EVERYWHERE: Final = frozenset({"coordinator"})
"""Duties that have to do with every request."""


def concerned(incoming: Incoming, number: str) -> bool:
    """Whether the sender is a party to request `number`, holds a role in it, or coordinates.

    A number is no secret, so that of somebody else's request must neither count nor be confirmed.
    """
    if any(contact.duty in _EVERYWHERE for contact in incoming.contacts):
        return True
    case = case_of(incoming.site, incoming.tx, number, incoming.at)
    request = case.request
    parties = {request.owner, request.borrower, request.requester}
    if any(contact.party in parties for contact in incoming.contacts):
        return True
    return bool(case.roles_of(incoming.actor))


NEEDS_ALIGNED: Final = Reason("needs_aligned")


def may_give_rights(incoming: Incoming) -> bool:
    """Whether the sender may let in somebody else or answer for others: a server vouches for them,
    wherever the site has one that could (INTERFACE §5.1).
    """
    rules = incoming.site.intake
    asked = bool(rules.trusted_servers) or rules.microsoft365
    return incoming.proof >= Proof.ALIGNED or not asked
