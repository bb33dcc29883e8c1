"""Nobody who is registered waits in silence: at most one letter a day about mail in their name of
which nothing came (INTERFACE §5.1).
"""

from __future__ import annotations

from typing import Final

from engine.calendar import oslo_day, oslo_time, start_of_day
from engine.frozen import replace
from engine.model import LetterDraft, Reason
from engine.service.judged import Incoming, Judged, language_of, plain_letter
from engine.service.letters.questions import CONFIRM_ANSWER
from engine.store import letters
from engine.store.facts import contacts_of_address
from engine.wording import sentence
from engine.wording.dates import day_and_time

NOT_ACTED: Final = "not_acted"
NOTICED: Final = frozenset({"oversize", "unreadable", "unproved_sender"})
"""The verdicts on mail that its writer would otherwise never hear of."""
OPENINGS_USED_UP: Final = "openings_used_up"


def noticed(incoming: Incoming, judged: Judged) -> Judged:
    """`judged`, with a letter to the registered address that From names where nothing came of the
    mail; as it is where they had such a letter that day.
    """
    sender = incoming.reading.sender
    if incoming.attempt or judged.letters or judged.verdict not in NOTICED or not sender:
        return judged
    contacts = contacts_of_address(incoming.tx, sender, oslo_day(incoming.at))
    if not contacts:
        return judged
    reasons = judged.reasons or (Reason(f"mail_{judged.verdict}"),)
    letter = not_acted(replace(incoming, contacts=contacts), reasons[0])
    return replace(judged, letters=letter, reasons=reasons)


def not_acted(incoming: Incoming, why: Reason) -> tuple[LetterDraft, ...]:
    """The letter that says that nothing was done, and why; none where one has been written today.

    Nothing of the mail is repeated: somebody else may have written it.
    """
    today, sender = start_of_day(oslo_day(incoming.at)), incoming.reading.sender
    written = (NOT_ACTED, CONFIRM_ANSWER)
    if any(letters.written_since(incoming.tx, sender, each, today) for each in written):
        return ()
    language = language_of(incoming)
    extra = {
        "when": day_and_time(oslo_time(incoming.at), language),
        "why": sentence(why, language),
    }
    return (plain_letter(incoming, NOT_ACTED, language, {"extra": extra}),)
