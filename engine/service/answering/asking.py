"""The one question that a letter asks, as data, and replies that are read against it (INTERFACE
§5.3, §5.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from engine.domain.own_words import leads_with
from engine.domain.secrecy import masked
from engine.domain.words import GENERAL, general_meaning
from engine.model import Language, LetterDraft, Reason
from engine.plan.case import Case
from engine.plan.opening import ASK_TO_SEND
from engine.plan.possible import owed_by
from engine.plan.understanding import closing
from engine.service.answering.general_words import asker_texts, role_of
from engine.service.letters.posting import (
    IMPORT_CONFIRM,
    ORDER_TO_CONFIRM,
    SUBSTITUTE,
)
from engine.service.mail.verdict import Incoming, Judged, Wish, language_of
from engine.store.cases import queries
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say

SUGGESTION: Final = "suggestion"
"""The letter that asks for a JA; its `extra` holds the event and the note that go with one."""
EXACT_WORD: Final = "exact_word"
"""The letter that asks for a word itself; its `extra` says why: `no` or `close`."""
YES: Final = "yes"
_TOLD: Final = frozenset({IMPORT_CONFIRM, SUBSTITUTE})
"""Letters that only tell, and that people say yes to even so."""
OFFERS: Final = frozenset({ASK_TO_SEND, ORDER_TO_CONFIRM})
"""Letters that ask whether one thing shall be done, of which they name the word first."""
_READ_BACK: Final = 300


class Question(Struct, frozen=True):
    """What a letter asks: which events it may be answered with, and whether JA answers it."""

    events: tuple[str, ...]
    yes: bool


def question_of(template: str, variables: Mapping[str, Any]) -> Question:
    """The question of a letter of that template with those variables."""
    rows = variables.get("answers", ())
    yes = any(general_meaning(str(each["word"])) == YES for each in rows)
    events = dict.fromkeys(str(each["event"]) for each in rows if each["event"] not in ("", YES))
    return Question(events=tuple(events), yes=yes or template in _TOLD | OFFERS)


def yes_row(language: Language) -> dict[str, Any]:
    """JA, as one of a letter's answers."""
    return {"word": GENERAL["yes"][language][0], "event": YES, "reason": False, "day": False}


def is_stale(incoming: Incoming, case: Case, letter: LetterRow, wishes: Sequence[Wish]) -> bool:
    """Whether the request has moved since `letter` asked, or one of `wishes` has happened: JA
    answers a question once. What another role has done for itself leaves it to ask.
    """
    asked = letter.variables["extra"].get("seq") if wishes else None
    events = {wish.event for wish in wishes}
    owes = letter.role in owed_by(case)
    return asked is not None and any(
        row.from_state != row.to_state
        or (row.event in events and not (owes and row.role != letter.role))
        for row in queries.history(incoming.tx, letter.request)
        if row.seq > asked
    )


def asks_for_word(letter: LetterRow) -> bool:
    """Whether `letter` asks what was meant, and no JA answers it."""
    asks = letter.template == SUGGESTION
    return asks and not question_of(letter.template, letter.variables).yes


def no_said(incoming: Incoming, case: Case, letter: LetterRow | None, text: str) -> Judged | None:
    """«Hva mente du?» with the choices, in answer to a no; None where `letter` asks for no JA, or
    `text` does not begin with a no.
    """
    if letter is None or not question_of(letter.template, letter.variables).yes:
        return None
    if leads_with(text) != "no":
        return None
    return _asked_for_word(incoming, case, "no", text)


def yes_and_more(incoming: Incoming, letter: LetterRow | None, text: str) -> Judged | None:
    """The same question again, in answer to a yes with more beside it; None for anything else."""
    if letter is None or not question_of(letter.template, letter.variables).yes:
        return None
    if leads_with(text) != YES:
        return None
    return asked_again(incoming, letter, "answers.yes_and_more", text)


def asked_again(incoming: Incoming, letter: LetterRow, why: str, text: str = "") -> Judged:
    """The question of `letter` put once more, and `why` as the catalogue has it."""
    line = " ".join(masked(text).split())[:_READ_BACK]
    texts = {**letter.variables, "not_done": [say(why, letter.language, text=line)]}
    if "seq" in texts["extra"]:
        rows = queries.history(incoming.tx, letter.request)
        texts["extra"] = {**texts["extra"], "seq": rows[-1].seq}
    again = LetterDraft(
        role=letter.role,
        party=letter.party,
        receiver=incoming.reading.sender,
        template=letter.template,
        language=letter.language,
        variables=texts,
        at_once=True,
    )
    extra = letter.variables["extra"]
    event = extra.get("event", "")
    return Judged(
        verdict="suggested" if event else "unclear",
        number=letter.request,
        letters=(again,),
        reasons=(Reason("understood_as", {"event": extra["word"], "meant": event}),)
        if event
        else (),
    )


def word_needed(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """The letter with the exact word, where `text` seems to end, reject, refuse or withdraw: own
    words never do, and they are not passed on either. None where it seems to do nothing of this.
    """
    events = closing(case, incoming.contacts, text)
    return _asked_for_word(incoming, case, "close", text, events) if events else None


def _asked_for_word(
    incoming: Incoming, case: Case, why: str, text: str, events: Sequence[str] = ()
) -> Judged:
    language = language_of(incoming)
    texts: dict[str, Any] = asker_texts(incoming, case, language)
    rows = [each for each in texts["answers"] if not events or each["event"] in events]
    contact = incoming.contacts[0]
    texts |= {
        "answers": rows,
        "remark": text,
        "receiver_name": contact.name,
        "extra": {**texts["extra"], "why": why, "event": ""},
    }
    letter = LetterDraft(
        role=role_of(incoming, case),
        party=contact.party,
        receiver=incoming.reading.sender,
        template=EXACT_WORD,
        language=language,
        variables=texts,
        at_once=True,
    )
    return Judged(verdict="unclear", number=case.request.number, letters=(letter,))
