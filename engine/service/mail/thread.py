"""Which of our letters a mail answers, and whether it comes from that letter's receiver."""

from __future__ import annotations

from typing import Final

from engine.domain.words import all_general, general_meaning
from engine.intake.reply import commands, remainder
from engine.pattern import pattern
from engine.service.judged import Incoming
from engine.store import letters
from engine.store.letters import LetterRow

_TOKEN_ALONE: Final = pattern(r"\[([0-9A-HJKMNP-TV-Z]{8})\]")
"""As in `Morgenbrev … [7K2Q9M4D]`."""


def answered_letter(incoming: Incoming) -> LetterRow | None:
    """Our letter that the mail answers, by Message-ID first, else by the subject's token.

    What was signed with a key that has been retired since counts for nothing.
    """
    genuine = incoming.site.genuine
    named = tuple(each for each in incoming.reading.references if genuine(each))
    found = letters.by_message_ids(incoming.tx, named)
    if found:
        return found[0]
    alone = (("", found[1]) for found in _TOKEN_ALONE.finditer(incoming.reading.subject.upper()))
    for number, token in (*incoming.reading.tokens, *alone):
        letter = letters.by_token(incoming.tx, number, token)
        if letter is not None and genuine(letter.message_id):
            return letter
    return None


def is_receiver(incoming: Incoming, letter: LetterRow) -> bool:
    """Whether the sender is the one whom the letter went to, by whichever of their addresses."""
    sender = incoming.reading.sender
    if sender == letter.receiver:
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
    """Whether JA stands on a line of its own: «Ja, men …» is no yes to what would change things."""
    found = commands(incoming.reading.own_text, all_general())
    return any(general_meaning(each.word) == "yes" for each in found)


def nothing_more(incoming: Incoming) -> bool:
    """Whether the mail holds nothing but general words and a greeting."""
    found = commands(incoming.reading.own_text, all_general())
    return not remainder(incoming.reading.own_text, found, incoming.reading.fields)
