"""The one answer to a mail: what was done, what was not and why, and what is possible now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day, shift_months
from engine.domain.course_information import information_of
from engine.domain.secrecy import masked
from engine.model import UNDO, WRONG_PERSON, Language, LetterDraft, Plan, Reason
from engine.plan.case import Case
from engine.plan.common_events.mending import WAITING
from engine.plan.common_events.waiting import WAIT, ends_anyhow, waits_until
from engine.plan.opening import OPEN
from engine.plan.variables import EMPTY
from engine.service.acts.acting import Step
from engine.service.site import Site
from engine.wording import phrases, sentence
from engine.wording.catalogue import say
from engine.wording.dates import day, short_day
from engine.wording.names import CORRECTION, one_of

ANSWER = "answer"
SEVERAL = "several"
"""In the `extra` of a letter that tells of several requests: their numbers."""
SAID_MOST = 200
"""So many characters of what people wrote are read back to them."""
TEXTS = frozenset({"opinion", "text", "link", "parts", "party"})
"""The kinds of what an event keeps that its command's text says."""
WITHDRAW = "withdraw"
"""The event by which whoever opened a request gives it up, as letters know it."""
WHOLE = ("form_faults", "receipt", "sent_receipt", "order_received", "order_waits")
"""Letters that say themselves what was done."""


class Told(Struct, frozen=True, kw_only=True):
    """What one command or form came to, with the word that asked for it."""

    word: str
    """Empty for a form, and for what another command of the mail brought along."""
    step: Step
    fields: tuple[str, ...] = ()
    """The fields that were read, for a form, as they are read back to the sender."""
    done_before: str = ""
    """Where it is done already: by whom and when."""


def without_letters_to(
    happened: Sequence[Plan], receiver: str
) -> tuple[tuple[Plan, ...], tuple[LetterDraft, ...]]:
    """(plans without letters to `receiver`, those letters), so that the answer can hold them."""
    plans: list[Plan] = []
    folded: list[LetterDraft] = []
    for plan in happened:
        theirs = [letter for letter in plan.letters if letter.receiver == receiver]
        others = tuple(letter for letter in plan.letters if letter.receiver != receiver)
        plans.append(replace(plan, letters=others) if theirs else plan)
        folded += theirs
    return tuple(plans), tuple(folded)


class Answer(Struct, frozen=True, kw_only=True):
    """Everything that the answer to a mail is made of, before the request has its number."""

    told: Sequence[Told]
    folded: Sequence[LetterDraft]
    """Letters to the sender that their own mail caused."""
    receiver: str
    role: str
    party: str | None
    language: Language
    texts: Mapping[str, Any]
    """The letter variables; none where a folded letter brings its own."""
    beside: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Sentences on what the mail asked for beside the request: what was done, what was not."""
    undo: bool = False
    """Whether the sender may take back what was done."""


def undo_offered(site: Site, plans: Sequence[Plan]) -> bool:
    """Whether letters to others will wait, so that what caused them can still be taken back."""
    waiting = [
        site.undo_minutes > 0 or (letter.told and site.digest is not None)
        for plan in plans
        for letter in plan.letters
        if letter.receiver
        and not letter.at_once
        and site.letter_state(plan.after.workflow, letter.party or "") in WAITING
    ]
    return bool(waiting) and all(waiting)


def answer_letter(answer: Answer, *numbers: str) -> LetterDraft:
    """The one letter to the sender: what their mail caused, under a transcript where needed.

    `numbers` are the requests' that it tells of, those that it opened in their order.
    """
    main = answer.folded[0] if answer.folded else None
    base = dict(main.variables if main else answer.texts)
    gone = any(each.step.act.event == WRONG_PERSON and each.step.events for each in answer.told)
    return LetterDraft(
        role=answer.role,
        party=answer.party,
        receiver=answer.receiver,
        template=main.template if main else ANSWER,
        language=answer.language,
        variables={
            **EMPTY,
            **base,
            "extra": base.get("extra", {}) | ({SEVERAL: [*numbers]} if len(numbers) > 1 else {}),
            **_transcript(answer, main, numbers),
            "possible": [] if main or gone else [*_next(base, answer.language)],
            "undo": say("transcript.undo_possible", answer.language) if answer.undo else "",
            "also": [
                {"template": letter.template, "variables": dict(letter.variables)}
                for letter in answer.folded[1:]
            ],
        },
        at_once=True,
    )


def _next(told: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Who is waited for until when, where that is not the receiver; and what they may answer."""
    extra, rows = told.get("extra", {}), told.get("answers", ())
    who = "" if extra.get("owed") else extra.get("waiting_on", "")
    if who:
        due = "" if extra.get("agreement") else told.get("due", "")
        until = day(date.fromisoformat(due), language) if due else ""
        yield say("transcript.waiting", language, who=who, due=until)
    words = tuple(dict.fromkeys(each["word"] for each in rows))
    stops_only = bool(words) and {each["event"] for each in rows} == {WITHDRAW}
    if not words or stops_only:
        yield say("transcript.nothing_possible", language)
    if words:
        key = "stop_possible" if stops_only else "possible"
        yield say(f"transcript.{key}", language, words=one_of(words, language))


def _transcript(
    answer: Answer, main: LetterDraft | None, numbers: Sequence[str]
) -> dict[str, list[str]]:
    opened = iter(numbers)
    told = [each for each in answer.told if each.word or each.fields or not each.step.events]
    done = [line for each in told for line in _done(each, opened, answer.language)]
    not_done = [line for each in answer.told for line in _not_done(each, answer.language)]
    opened_only = len(answer.told) == 1 and answer.told[0].step.act.event == OPEN
    if main is not None and main.template in WHOLE and opened_only:
        done = []
    more, not_more = answer.beside
    return {
        "done": [*done, *_warnings(answer, main), *more],
        "not_done": [*not_done, *not_more],
    }


def _warnings(answer: Answer, main: LetterDraft | None) -> list[str]:
    """What is worth a word about the fields that came in, unless the letter itself says it."""
    if main is not None and main.variables["warnings"]:
        return []
    cases = [each.step.case for each in answer.told if each.fields and each.step.events]
    if not cases or cases[-1] is None:
        return []
    case = cases[-1]
    today = oslo_day(case.request.changed_at)
    form = case.workflow.opens_with.form
    warnings = information_of(case.request, case.facts, today, form).warnings
    return [sentence(warning, answer.language) for warning in warnings]


def _done(told: Told, opened: Iterator[str], language: Language) -> list[str]:
    step, state = told.step, _state_title(told.step.case, language)
    if step.already_done:
        by = told.done_before
        return [say("transcript.already_done", language, word=told.word, state=state, by=by)]
    if not step.events:
        return _found(told, language)
    event = step.events[0].act.event
    if event in (UNDO, WAIT, WRONG_PERSON):
        return [_common_event(told, state, language)]
    if step.act.event == OPEN:
        said = {"number": next(opened, ""), "title": told.word, "state": state}
        return [say("transcript.opened", language, **said)]
    if told.fields:
        read = [phrases.fields_read(list(told.fields), language)]
        moved = [say("transcript.moved", language, state=state)] if len(step.events) > 1 else []
        return [*read, *moved]
    return [
        say("transcript.event_done", language, word=told.word, state=state),
        *_text_read(told, language),
        *_ends_on(told, language),
    ]


def _common_event(told: Told, state: str, language: Language) -> str:
    """What came of an event that every routine has."""
    first = told.step.events[0]
    if first.act.event == WAIT:
        return _waits(first, told.step.case, language)
    if first.act.event == UNDO:
        key = "undone_told" if first.letters else "undone"
        return say(f"transcript.{key}", language, word=told.word, state=state)
    asked = "asked" if first.letters else ""
    return say("transcript.wrong_person", language, word=told.word, asked=asked)


def _text_read(told: Told, language: Language) -> Iterator[str]:
    """The text that went along with a command: its writer sees what was taken for it."""
    case, act = told.step.case, told.step.act
    event = case.workflow.events.get(act.event) if case else None
    takes_text = event and (
        "reason" in event.needs or any(keep.kind in TEXTS for keep in event.keeps)
    )
    if takes_text and act.note.strip():
        yield say("transcript.text_read", language, text=shortened(act.note, SAID_MOST))


def shortened(text: str, most: int) -> str:
    """`text` on one line with personal numbers masked, cut after `most` characters."""
    line = " ".join(masked(text).split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"


def _ends_on(told: Told, language: Language) -> Iterator[str]:
    """Until when a share lasts, for a command that names its last day or names none."""
    case, act = told.step.case, told.step.act
    event = case.workflow.events.get(act.event) if case else None
    for keep in event.keeps if case and event else ():
        kept = case.request.kept.get(keep.name, "") if case and keep.kind == "day" else ""
        if case and kept:
            last, today = date.fromisoformat(kept), oslo_day(case.request.changed_at)
            later = short_day(shift_months(today, 1), language)
            key = "ends_tonight" if last == today else "ends_on"
            said = {"word": told.word, "day": day(last, language), "later": later}
            yield say(f"transcript.{key}", language, **said)


def _waits(plan: Plan, case: Case | None, language: Language) -> str:
    """Until when the writer is left in peace, and when time closes the request even so."""
    until, ends = waits_until(plan.after, plan.role), case and ends_anyhow(case)
    said = {
        "day": day(until, language) if until else "",
        "ends": day(ends, language) if ends else "",
    }
    return say("transcript.waits", language, **said)


def _found(told: Told, language: Language) -> list[str]:
    """Where the course is that was asked for and is there already, which is no refusal."""
    reasons = told.step.reasons
    if told.step.act.event != OPEN or [each.code for each in reasons] != ["already_shared"]:
        return []
    values = {name: value or "" for name, value in reasons[0].values.items()}
    return [say("transcript.found_shared", language, **values)]


def _not_done(told: Told, language: Language) -> list[str]:
    if told.step.already_done or not told.step.reasons or _found(told, language):
        return []
    why = [sentence(_without_answers(reason), language) for reason in told.step.reasons]
    if told.step.act.event == OPEN:
        return [say("transcript.not_opened", language, why=" ".join(why)).rstrip()]
    word = told.word or CORRECTION[language]
    return [say("transcript.event_refused", language, word=word, why=" ".join(why)).rstrip()]


def _without_answers(reason: Reason) -> Reason:
    """What stands open is told once, by the letter itself, with the guards asked."""
    if reason.code != "not_possible_in_state":
        return reason
    return Reason(reason.code, {**reason.values, "possible": ""})


def _state_title(case: Case | None, language: Language) -> str:
    return "" if case is None else case.workflow.states[case.request.state].titles[language]
