"""Own words that may mean an event: «Vi forstår svaret som GODTATT. Svar JA.», and the JA to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Event, Keep
from engine.domain import beside, blocking
from engine.domain.conditions import sets_condition
from engine.domain.days import looks_like_day, names_a_time, read_day
from engine.domain.own_words import says_surely, says_yes, without_name
from engine.domain.words import first_words, general_meaning
from engine.intake.reply import Command, remainder
from engine.model import (
    SYSTEM,
    WRONG_PERSON,
    Act,
    Actor,
    Cause,
    Language,
    LetterDraft,
    Plan,
    Proof,
    Reason,
)
from engine.plan import understanding
from engine.plan.case import Case, Happening
from engine.plan.common_events.waiting import WAIT
from engine.plan.decide import event_name, plan
from engine.plan.keeping import values_behind
from engine.plan.letters import language_for, with_extra
from engine.plan.possible import owed_by, word_of
from engine.plan.timing import UNANSWERED
from engine.plan.variables import variables
from engine.service.answering.asking import EXACT_WORD, question_of, yes_row
from engine.service.answering.general_words import role_of
from engine.service.mail.verdict import Incoming, Judged, Wish
from engine.store.cases import timers
from engine.store.cases.timers import TimerRow
from engine.store.database import Transaction
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from engine.wording.names import all_of

SUGGESTION = "suggestion"
"""The letter that asks for a JA; its `extra` holds the event and the note that go with one."""
_AHEAD = timedelta(days=180)
"""A day without a year that lies further ahead was meant as one that has been."""


def suggested(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """The question whether `text` means the one event that it seems to mean; None where it seems
    to mean none. It moves nothing, and chasers to the writer's roles rest until it is answered.
    """
    act = _asking(incoming, text)
    event = understanding.understood(case, act, text, incoming.reading.subject, incoming.at)
    if event is None:
        return _begun_on_condition(incoming, case, text)
    letter = _question(incoming, case, event, _role(case, event, act), text)
    word = understanding.no_remarks_word(case, event, act, text, letter.language)
    if word is not None:
        wish = {"word": word, "event": event.name}
        letter = with_extra(letter, word=word, note="", wishes=[wish])
    return _asked(case, event, letter)


def wrong_person_meant(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """The question whether the writer is the wrong person («jeg har sluttet»); None where `text`
    does not say so.
    """
    act = _asking(incoming, "")
    phrases = case.rules.phrases().get(WRONG_PERSON, ())
    if not case.roles_of(act.actor) or not says_surely(text, phrases):
        return None
    letter = _question(incoming, case, None, role_of(incoming, case), text)
    wish = {"word": letter.variables["extra"]["word"], "event": WRONG_PERSON}
    return _asked(case, None, with_extra(letter, wishes=[wish]))


def asked_first(incoming: Incoming, case: Case, wishes: Sequence[Wish], text: str) -> Judged | None:
    """The question whether commands stand that `text` was written beside; None where it takes
    nothing back, or where none of them could be carried out anyhow (INTERFACE §5.3).

    A JA to it does all that the mail asked for, and the text is kept with it. ANGRE is not asked
    about: it only takes back, and waits for nothing.
    """
    words = [wish for wish in wishes if wish.word and wish.event in case.workflow.events]
    today = oslo_day(incoming.at)
    undated = any(_is_undated(case.workflow.events[wish.event], wish, text) for wish in words)
    doubtful = (
        undated
        or beside.hinders(text, [wish.word for wish in words])
        or _of_nothing(case, words)
        or any(_is_for_later(case.workflow.events[wish.event], wish, today) for wish in words)
        or any(_says_otherwise(case.workflow.events[wish.event], wish) for wish in words)
    )
    if not words or not doubtful:
        return None
    instead = _on_condition(incoming, case, words, text)
    if instead is None and not any(_can_be(incoming, case, wish) for wish in words):
        return None
    asking = _asking(incoming, "")
    about, written = instead or words[0], words[0].word
    event = case.workflow.events[about.event]
    said = text if instead is None else instead.note
    question = _question(incoming, case, event, _role(case, event, asking), said)
    saying = tuple(dict.fromkeys(_said(wish) for wish in words))
    if instead is not None:
        wishes, saying = [*(wish for wish in wishes if not wish.word), instead], (instead.word,)
    told = {
        "word": all_of(saying, question.language),
        "instead_of": written if instead else "",
        "beside": True,
        "wishes": [
            {
                "word": wish.word,
                "event": wish.event,
                "note": wish.note,
                "values": dict(wish.values or {}) or None,
                "beside": text if wish is words[0] else "",
            }
            for wish in wishes
        ],
    }
    texts = {**question.variables, "extra": {**question.variables["extra"], **told}}
    if undated:
        # A JA would name no day either, and without one it counts from today.
        texts["answers"] = [each for each in texts["answers"] if each["event"] == event.name]
    wait(incoming, case)
    return _asked(case, event, replace(question, variables=texts))


def _asked(case: Case, event: Event | None, question: LetterDraft) -> Judged:
    """The verdict that goes with a question about `event`; None: about FEIL PERSON."""
    called = event_name(event) if event else first_words(WRONG_PERSON)
    meant = event.name if event else WRONG_PERSON
    reason = Reason("understood_as", {"event": called, "meant": meant})
    return Judged(
        verdict="suggested", number=case.request.number, letters=(question,), reasons=(reason,)
    )


def _on_condition(incoming: Incoming, case: Case, words: Sequence[Wish], text: str) -> Wish | None:
    """The command on a condition that one command means beside `text`, which sets one; None where
    it sets none, or no such command is open (INTERFACE §5.3).

    It begins with the word of the one without, and takes a text.
    """
    plain, said = words[0], text or words[0].note
    if len(words) > 1 or (text and plain.note) or not sets_condition(said):
        return None
    known = tuple(f"{word} " for word in case.workflow.events[plain.event].words)
    language = _language(incoming, case)
    for event in case.events_here():
        saying = (event.says, *(keep.says for keep in event.keeps))
        for word in (word for words_of in saying for word in words_of.get(language, ())):
            values = values_behind(event, word, said)
            wish = Wish(word, event.name, said, values)
            takes_text = values is not None or "reason" in event.needs
            if takes_text and word.startswith(known) and _can_be(incoming, case, wish):
                return wish
    return None


def _begun_on_condition(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """The question whether own words that begin with a command's word and set a condition are that
    command on a condition: «Godkjent med forbehold om at bildet byttes ut».
    """
    begun = text.lstrip().casefold()
    for event in case.events_here():
        for word in event.words:
            wish = Wish(word, event.name, "")
            says = begun.startswith(f"{word.casefold()} ")
            if says and _on_condition(incoming, case, [wish], text) is not None:
                return asked_first(incoming, case, [wish], text)
    return None


def _can_be(incoming: Incoming, case: Case, wish: Wish) -> bool:
    act = replace(_asking(incoming, wish.note), event=wish.event, values=wish.values or {})
    return isinstance(plan(case, act, incoming.at), Plan)


def _of_nothing(case: Case, words: Sequence[Wish]) -> bool:
    """Whether a command that says what is wrong says that nothing is."""
    return any(
        beside.says_nothing(wish.note)
        for wish in words
        if "reason" in case.workflow.events[wish.event].needs or not wish.note.strip("(:-–— ")
    )


def _says_otherwise(event: Event, wish: Wish) -> bool:
    """Whether the note of a command that takes no text takes it back («GODTATT: hvis …»)."""
    takes_text = event.needs or not all(_may_lack_text(keep) for keep in event.keeps)
    note = " ".join(word for word in wish.note.split() if "://" not in word)
    return not takes_text and beside.hinders(note, [wish.word])


def _is_undated(event: Event, wish: Wish, text: str) -> bool:
    """Whether a time stands beside a command that keeps a day and was given none that can be read:
    it would count from now.
    """
    if not any(keep.kind == "day" for keep in event.keeps):
        return False
    if looks_like_day(wish.note) or wish.values:
        return False
    return beside.hinders(wish.note, [wish.word]) or names_a_time(f"{wish.note}\n{text}")


def _is_for_later(event: Event, wish: Wish, today: date) -> bool:
    """Whether a day to come stands behind a command that keeps none: it would count at once."""
    if event.needs or any(keep.kind == "day" for keep in event.keeps):
        return False
    day = read_day(wish.note, today)
    return day is not None and today < day <= today + _AHEAD


def _may_lack_text(keep: Keep) -> bool:
    return keep.kind == "settled" or (keep.optional and keep.kind in ("text", "link"))


def contradicting(incoming: Incoming, case: Case, wishes: Sequence[Wish]) -> tuple[str, ...]:
    """The commands of one mail that do not go together: of which each could be carried out now and
    none after another, of which one would close the request, or which say that the writer is the
    wrong person, or is to be waited for, and decide all the same. Which is meant, is the writer's
    to say. Empty where they go together.
    """
    actor = _asking(incoming, "").actor
    theirs = [
        (wish, case.table.target(case.request.state, wish.event))
        for wish in wishes
        if wish.word
        and (event := case.workflow.events.get(wish.event)) is not None
        and case.role_for(event, actor) is not None
    ]
    general = [wish for wish in wishes if wish.event in (WAIT, WRONG_PERSON)]
    apart = any(
        wish.event == WRONG_PERSON or (target and not _waits_for(case, target, actor))
        for wish in general
        for _, target in theirs
    ) or any(
        _are_apart(case, first, second)
        for n, first in enumerate(theirs)
        for second in theirs[n + 1 :]
        if first[0].event != second[0].event
    )
    said = [_said(wish) for wish in (*general, *(wish for wish, _ in theirs))]
    return tuple(dict.fromkeys(said)) if apart else ()


def _are_apart(case: Case, first: tuple[Wish, str | None], second: tuple[Wish, str | None]) -> bool:
    """Whether the second command, with its target from the present state, does not follow the
    first: one of them closes the request, or the second is possible only instead.
    """
    (_, target), (other, now) = first, second
    if any(each is not None and case.workflow.states[each].final for each in (target, now)):
        return True
    return None not in (target, now) and case.table.target(str(target), other.event) is None


def _waits_for(case: Case, state: str, actor: Actor) -> bool:
    return bool(set(case.workflow.states[state].waits_for) & set(case.roles_of(actor)))


def _said(wish: Wish) -> str:
    return f"{wish.word}: {wish.note}" if wish.note else wish.word


def _role(case: Case, event: Event, act: Act) -> str:
    held = case.roles_of(act.actor)
    return next((role for role in (*owed_by(case), *event.by) if role in held), event.by[0])


def wait(incoming: Incoming, case: Case) -> None:
    """Chasers to the writer's roles rest until our question is answered."""
    held = case.roles_of(Actor(name=incoming.reading.sender, contacts=incoming.contacts))
    roles = tuple(role for role in owed_by(case) if role in held)
    if roles:
        wait = understanding.wait_for(roles, case.rules.calendar, incoming.at)
        timers.arm(incoming.tx, case.request.id, case.request.state, wait)


def _asking(incoming: Incoming, text: str) -> Act:
    return Act(
        event="",
        actor=Actor(name=incoming.reading.sender, contacts=incoming.contacts),
        proof=incoming.proof,
        cause=incoming.cause,
        key=incoming.cause_key,
        note=text,
    )


def _question(
    incoming: Incoming, case: Case, event: Event | None, role: str, text: str
) -> LetterDraft:
    language = _language(incoming, case)
    note = understanding.note_of(event, text, case) if event else ""
    word = (word_of(event, language) if event else first_words(WRONG_PERSON)[language]) or ""
    meant = {
        "event": event.name if event else WRONG_PERSON,
        "note": note,
        # A party is read back beside the word; longer notes stand below as they were written.
        "word": f"{word}: {note}" if note not in ("", text.strip()) else word,
    }
    return question_about(incoming, case, role, text, meant=meant, answers=[yes_row(language)])


def question_about(
    incoming: Incoming,
    case: Case,
    role: str,
    text: str,
    *,
    meant: Mapping[str, object],
    answers: Sequence[Mapping[str, object]],
) -> LetterDraft:
    """The letter that asks whether `text` means what stands in `meant`, with `answers` before the
    words that are open to the writer anyhow.
    """
    contact, language = incoming.contacts[0], _language(incoming, case)
    happening = Happening(case=case, act=_asking(incoming, ""), role=role, at=incoming.at)
    texts = variables(happening, role, language)
    return LetterDraft(
        role=role,
        party=contact.party,
        receiver=incoming.reading.sender,
        template=SUGGESTION,
        language=language,
        variables={
            **texts,
            "receiver_name": contact.name,
            "remark": text,
            "answers": [*answers, *texts["answers"]],
            "extra": {**texts["extra"], **meant, "seq": case.request.seq},
        },
        at_once=True,
    )


def _language(incoming: Incoming, case: Case) -> Language:
    contact = incoming.contacts[0]
    return language_for(case, contact, contact.party)


def agreed(
    incoming: Incoming, case: Case, letter: LetterRow | None, command: Command
) -> tuple[Wish, ...]:
    """What VENT, FEIL PERSON or a JA to a suggestion stands for; nothing for any other word or
    letter, where the letter went to somebody else, or where it asks for no JA.
    """
    meaning = general_meaning(command.word)
    if meaning in (WAIT, WRONG_PERSON):
        return (Wish(command.word, meaning, command.text),)
    if letter is None or letter.template != SUGGESTION or meaning != "yes":
        return ()
    theirs = any(contact.has_address(letter.receiver) for contact in incoming.contacts)
    if not theirs or not question_of(letter.template, letter.variables).yes:
        return ()
    extra = letter.variables["extra"]
    if "wishes" in extra:
        return tuple(Wish(**each) for each in extra["wishes"])
    event = case.workflow.events.get(extra["event"])
    if event is None:
        return ()
    word = word_of(event, _language(incoming, case))
    return (Wish(word or command.word, event.name, extra["note"]),)


def taken_back(incoming: Incoming, found: Sequence[Command]) -> bool:
    """Whether the mail says JA and nothing else that is a command, and takes it back: «men …»."""
    if not found or any(general_meaning(each.word) != "yes" for each in found):
        return False
    rest = remainder(incoming.reading.own_text, tuple(found), incoming.reading.fields)
    return blocking.takes_back("\n".join((*(each.text for each in found), rest)))


def still_asked(
    incoming: Incoming, case: Case, letter: LetterRow | None, text: str
) -> LetterRow | None:
    """The suggestion that `text`, which may begin with a yes, is read against: `letter`, or for a
    bare yes to any other letter the last one to the writer while it waits. None where there is
    none, or where it asks for a day.
    """
    if letter is not None and letter.template == SUGGESTION:
        return None if letter.variables["extra"].get("event") == WAIT else letter
    if not says_yes(without_name(text)) or not any(_waiting(incoming, case)):
        return None
    written = letters.of_request(incoming.tx, case.request.number)
    sender = incoming.reading.sender
    theirs = (each for each in written if each.receiver == sender and each.template == SUGGESTION)
    return max(theirs, key=lambda each: each.id, default=None)


def settle(incoming: Incoming, case: Case) -> None:
    """The writer has answered: no suggestion to their roles waits any longer."""
    for timer in list(_waiting(incoming, case)):
        timers.finish(incoming.tx, timer.id)


def _waiting(incoming: Incoming, case: Case) -> Iterator[TimerRow]:
    """The timers of the suggestions that the writer's roles have not answered."""
    actor = Actor(name=incoming.reading.sender, contacts=incoming.contacts)
    theirs = set(case.roles_of(actor))
    for timer in timers.of_request(incoming.tx, case.request.id):
        if timer.target == UNANSWERED and theirs & set(timer.roles):
            yield timer


def unanswered(
    tx: Transaction, case: Case, timer: TimerRow, at: datetime
) -> tuple[LetterDraft, ...]:
    """The letters to the coordinators about a suggestion that nobody has answered in time."""
    act = Act(event="", actor=SYSTEM, proof=Proof.SITE, cause=Cause("timer", ""), key="")
    happening = Happening(case=case, act=act, role=SYSTEM.name, at=at)
    written = [
        letter
        for letter in letters.of_request(tx, case.request.number)
        if letter.template in (SUGGESTION, EXACT_WORD) and letter.role in timer.roles
    ]
    event, text = "", ""
    if written:
        event = written[-1].variables["extra"]["event"]
        text = written[-1].variables["remark"]
    return tuple(understanding.unanswered_letters(happening, timer.roles, event=event, text=text))
