"""Own words that may mean an event: «Vi forstår svaret som GODTATT. Svar JA.», and the JA to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from engine.definition.types import Event
from engine.domain import blocking
from engine.domain.answerer import who_answers
from engine.domain.own_words import is_courtesy, says_surely, says_yes, sentences, without_name
from engine.domain.private_words import of_somebodys_own, without_own
from engine.domain.secrecy import masked
from engine.domain.words import first_words, general_meaning
from engine.intake.reply import Command, remainder
from engine.model import (
    SYSTEM,
    WRONG_PERSON,
    Act,
    Cause,
    Language,
    LetterDraft,
    Proof,
    Reason,
)
from engine.plan import understanding
from engine.plan.case import Case, Happening
from engine.plan.common_events.waiting import WAIT
from engine.plan.decide import event_name
from engine.plan.letters import language_for, with_extra
from engine.plan.possible import owed_by, word_of
from engine.plan.timing import UNANSWERED
from engine.plan.variables import variables
from engine.service.answering.asking import EXACT_WORD, SUGGESTION, question_of, yes_row
from engine.service.answering.general_words import role_of
from engine.service.answering.reading_back import told_too
from engine.service.mail.transcript import shortened
from engine.service.mail.verdict import Incoming, Judged, Wish
from engine.store.cases import timers
from engine.store.cases.timers import TimerRow
from engine.store.database import Transaction
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say


def suggested(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """The question whether `text` means the one event that it seems to mean; None where it seems
    to mean none. It moves nothing, and chasers to the writer's roles rest until it is answered.
    """
    text, event, private = _without_own(incoming, case, text)
    if event is None:
        return None
    act = act_of_writer(incoming, text)
    letter = question_whether(incoming, case, event, role_of_writer(case, event, act), text)
    word = understanding.no_remarks_word(case, event, act, text, letter.language)
    if word is not None:
        wish = {"word": word, "event": event.name}
        letter = with_extra(letter, word=word, note="", wishes=[wish])
    return told_withheld(asked_whether(case, event, letter), private, letter.language)


def _without_own(incoming: Incoming, case: Case, text: str) -> tuple[str, Event | None, str]:
    """(what of `text` its writer is asked about, the event that it seems to mean, what tells of
    somebody's own illness, leave or absence and goes to nobody).
    """

    def meant(said: str) -> Event | None:
        act = act_of_writer(incoming, said)
        return understanding.understood(case, act, said, incoming.reading.subject, incoming.at)

    rest, private = without_own(text, (case.request.form.get("full_name", ""),))
    if not private:
        return text, meant(text), ""
    event = None if is_courtesy(rest) else meant(rest)
    whole = None if event else meant(text)
    if whole and not (understanding.is_opinion(whole) or "reason" in whole.needs):
        event = whole
    return rest, event, private


def told_withheld(judged: Judged, private: str, language: Language) -> Judged:
    """`judged`, its writer being told that their `private` words go to nobody."""
    if not private:
        return judged
    told = say("own_words.withheld", language, text=shortened(masked(private), 600))
    if judged.answer is not None:
        return told_too(judged, told)
    if not judged.letters:
        return judged
    *others, letter = judged.letters
    done = [*letter.variables.get("done", ()), told]
    letter = replace(letter, variables={**letter.variables, "done": done})
    return replace(judged, letters=(*others, letter))


def wrong_person_meant(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """The question whether the writer is the wrong person («jeg har sluttet»), or somebody else
    the right one («Det er Per Hansen som skal svare»); None where `text` does not say so.
    """
    act, who = act_of_writer(incoming, ""), who_answers(text)
    phrases = case.rules.phrases().get(WRONG_PERSON, ())
    said = [each for each in sentences(text) if not is_courtesy(each)]
    says_so = says_surely(text, phrases) or (who and len(said) == 1)
    if not case.roles_of(act.actor) or not says_so:
        return None
    letter = question_whether(incoming, case, None, role_of(incoming, case), text)
    word = letter.variables["extra"]["word"]
    wish = {"word": word, "event": WRONG_PERSON, "note": who}
    called = f"{word}: {who}" if who else word
    return asked_whether(case, None, with_extra(letter, word=called, wishes=[wish]))


def asked_whether(case: Case, event: Event | None, question: LetterDraft) -> Judged:
    """The verdict that goes with a question about `event`; None: about FEIL PERSON."""
    called = event_name(event) if event else first_words(WRONG_PERSON)
    meant = event.name if event else WRONG_PERSON
    reason = Reason("understood_as", {"event": called, "meant": meant})
    return Judged(
        verdict="suggested", number=case.request.number, letters=(question,), reasons=(reason,)
    )


def role_of_writer(case: Case, event: Event, act: Act) -> str:
    held = case.roles_of(act.actor)
    return next((role for role in (*owed_by(case), *event.by) if role in held), event.by[0])


def wait(incoming: Incoming, case: Case) -> None:
    """Chasers to the writer's roles rest until our question is answered."""
    held = case.roles_of(incoming.actor)
    roles = tuple(role for role in owed_by(case) if role in held)
    if roles:
        wait = understanding.wait_for(roles, case.rules.calendar, incoming.at)
        timers.arm(incoming.tx, case.request.id, case.request.state, wait)


def act_of_writer(incoming: Incoming, text: str) -> Act:
    return Act(
        event="",
        actor=incoming.actor,
        proof=incoming.proof,
        cause=incoming.cause,
        key=incoming.cause_key,
        note=text,
    )


def question_whether(
    incoming: Incoming, case: Case, event: Event | None, role: str, text: str
) -> LetterDraft:
    language = language_for_writer(incoming, case)
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
    contact, language = incoming.contacts[0], language_for_writer(incoming, case)
    happening = Happening(case=case, act=act_of_writer(incoming, ""), role=role, at=incoming.at)
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


def language_for_writer(incoming: Incoming, case: Case) -> Language:
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
    word = word_of(event, language_for_writer(incoming, case))
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
    actor = incoming.actor
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
    event, word, text = "", "", ""
    if written:
        extra = written[-1].variables["extra"]
        event, word = extra["event"], extra.get("word", "")
        remark, course = written[-1].variables["remark"], case.request.form.get("full_name", "")
        text = of_somebodys_own(remark, (course,))[0]
    return tuple(
        understanding.unanswered_letters(happening, timer.roles, event=event, word=word, text=text)
    )
