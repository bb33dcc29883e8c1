"""Own words about time: «Skal vi vente til mandag 11. januar? Svar JA», or until which day."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.later import day_meant, says_later
from engine.domain.words import first_words
from engine.model import LetterDraft, Reason
from engine.plan.case import Case
from engine.plan.common_events.waiting import WAIT, day_faults, may_wait
from engine.plan.letters import language_for
from engine.plan.possible import owed_by
from engine.plan.understanding import NO_OPINION, NOT_NOW
from engine.service.answering.asking import SUGGESTION, yes_row
from engine.service.answering.commands_asked import begun
from engine.service.answering.suggestions import question_about, suggested
from engine.service.mail.verdict import Incoming, Judged


def suggested_or_later(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """As `suggested`, or the question whether we shall wait. «Ser på det» is a receipt, and with a
    time beside it the answer comes then.
    """
    known = case.rules.phrases()
    later = known.get(NOT_NOW, ())
    if not says_later(text, later):
        return (
            suggested(incoming, case, text)
            or begun(incoming, case, text)
            or _wait_asked(incoming, case, text, later=False)
        )
    now = {name: tuple(p for p in said if p not in later) for name, said in known.items()}
    now[NO_OPINION] = known.get(NO_OPINION, ())
    plain = replace(case, rules=replace(case.rules, phrases=lambda: now))
    return (
        suggested(incoming, plain, text)
        or begun(incoming, case, text)
        or _wait_asked(incoming, case, text, later=True)
    )


def _wait_asked(incoming: Incoming, case: Case, text: str, *, later: bool) -> Judged | None:
    """The question whether the writer, who is waited for, shall be left in peace until the day that
    `text` speaks of, or until which day; None where it speaks of none (INTERFACE §5.4).
    """
    letter, today = incoming.letter, oslo_day(incoming.at)
    actor = incoming.actor
    owing = [role for role in owed_by(case) if role in case.roles_of(actor)]
    day = day_meant(text, today, case.rules.calendar)
    asked = letter.variables["extra"] if letter and letter.template == SUGGESTION else {}
    answers = asked.get("event") == WAIT and day is not None
    if not owing or not may_wait(case) or not (later or answers):
        return None
    if any(day_faults(day, today)):
        day = None
    return Judged(
        verdict="suggested",
        number=case.request.number,
        letters=(_until(incoming, case, owing[0], text, day),),
        reasons=(Reason("understood_as", {"event": first_words(WAIT), "meant": WAIT}),),
    )


def _until(incoming: Incoming, case: Case, role: str, text: str, day: date | None) -> LetterDraft:
    contact = incoming.contacts[0]
    language = language_for(case, contact, contact.party)
    word = first_words(WAIT)[language]
    row = {"word": word, "event": WAIT, "reason": False, "day": True}
    until = day.isoformat() if day else ""
    meant: dict[str, object] = {"event": WAIT, "word": word, "until": until}
    if day:
        meant["wishes"] = [{"word": word, "event": WAIT, "note": until}]
    answers = [yes_row(language), row] if day else [row]
    return question_about(incoming, case, role, text, meant=meant, answers=answers)
