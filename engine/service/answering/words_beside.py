"""Words beside a command: kept with its event, and told in its letters to those who read them
(INTERFACE §5.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from engine.domain.beside import says_something
from engine.domain.words import general_meaning
from engine.intake.reply import Command
from engine.model import Actor, Contact, Plan
from engine.plan.case import Case
from engine.plan.letters import with_extra
from engine.plan.opening import ASK_TO_SEND
from engine.plan.passing_on import SIDES, asks_something, people_of, writer_in
from engine.plan.understanding import is_opinion
from engine.plan.words_letters import said_by
from engine.service.answering.general_words import told_about
from engine.service.answering.reading_back import read_back, told_too
from engine.service.answering.words_for_people import (
    Passing,
    all_named,
    asked,
    on_its_way,
    passed,
    read_again,
    sent,
    undo_of,
    way_for,
    withheld,
    writers_language,
)
from engine.service.mail.verdict import Incoming, Judged
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say

_TOLD: Final = frozenset({"status", "help"})


def with_words(
    incoming: Incoming, case: Case, letter: LetterRow | None, judged: Judged, said: str
) -> Judged:
    """`judged`, with what becomes of the words `said` beside what was done; an opinion holds them
    itself.
    """
    if letter is not None and letter.template == ASK_TO_SEND:
        # The words for which we asked whether to send.
        asked_about = letter.variables["extra"].get("said", "")
        said = "\n\n".join(filter(None, (asked_about, said)))
    events = (case.workflow.events.get(plan.act.event) for plan in judged.plans)
    if not said or not judged.plans or any(e is not None and is_opinion(e) for e in events):
        return read_back(judged, said)
    plans, passing = _beside(incoming, case, letter, judged.plans, said)
    told = replace(judged, plans=plans, letters=(*judged.letters, *passing.letters))
    told = replace(told, reasons=(*told.reasons, *passing.reasons))
    return told_too(told, *passing.done) if passing.done else read_back(told, said)


def asked_beside(
    incoming: Incoming, case: Case, letter: LetterRow | None, command: Command, text: str
) -> Judged:
    """The answer to a general word, telling too what becomes of the words beside it."""
    judged = told_about(incoming, command, case=case)
    if general_meaning(command.word) not in _TOLD or not says_something(text):
        return judged
    answer, *others = judged.letters
    words = passed(incoming, case, letter, text)
    undo = undo_of(incoming, words, answer.language)
    texts = {**answer.variables, "undo": undo}
    texts["done"] = [*texts["done"], *words.done]
    told = replace(answer, variables=texts)
    sent = (*others, *words.letters, told)
    return replace(judged, verdict="remark", letters=sent, reasons=words.reasons)


def _beside(
    incoming: Incoming, case: Case, letter: LetterRow | None, plans: Sequence[Plan], text: str
) -> tuple[tuple[Plan, ...], Passing]:
    """`plans`, their letters to those who read `text` telling it too, as it stood beside what was
    done; and what else becomes of it.
    """
    way, told = way_for(incoming, case, letter, text), tuple(plans)
    if way.why not in ("", "ask"):
        return told, on_its_way(incoming, case, way, text) if way.why != "thanks" else Passing()
    written = {each.receiver for plan in plans for each in plan.letters}
    spoken_to = way.to or tuple(each for each in _sides(incoming, case) if each.email in written)
    if not spoken_to:
        # What is only told stays with the event; a question must reach somebody.
        return told, asked(incoming, case, way) if asks_something(way.words) else Passing()
    inside = [each for each in spoken_to if each.email in written]
    told = tuple(_with_words(incoming, case, plan, way.words, inside) for plan in plans)
    rest = [each for each in spoken_to if each not in inside]
    passing = sent(incoming, case, way, rest) if rest else Passing(done=())
    if not inside:
        return told, passing
    language = writers_language(incoming, case)
    who = all_named(case, inside, language)
    said = say("own_words.with_letter", language, text=read_again(way.words), who=who)
    done = (said, *(passing.done or withheld(way, language)))
    return told, replace(passing, done=done)


def _sides(incoming: Incoming, case: Case) -> tuple[Contact, ...]:
    """Those whom somebody who acts for one side writes to by acting: whoever acts for any."""
    roles = case.workflow.roles.values()
    ours = set(case.roles_of(Actor(name=incoming.reading.sender, contacts=incoming.contacts)))
    if not any(role.name in ours and role.duty in SIDES for role in roles):
        return ()
    names = [role.name for role in roles if role.duty in SIDES]
    return tuple(each for each in people_of(case) if any(each in case.holders(n) for n in names))


def _with_words(
    incoming: Incoming, case: Case, plan: Plan, words: str, to: Sequence[Contact]
) -> Plan:
    emails, writer = {each.email for each in to}, writer_in(case, incoming.contacts)
    said = [
        # Passed-on words go at once, and not with what is gathered (INTERFACE §5.6).
        replace(
            with_extra(each, beside_said=said_by(case, writer, words, each.language)), told=False
        )
        if each.receiver in emails
        else each
        for each in plan.letters
    ]
    return replace(plan, letters=tuple(said))
