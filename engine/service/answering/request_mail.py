"""A mail about a request: corrections and command words, each an act of its own, all in one
answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Event
from engine.domain import beside
from engine.domain.fields import field_by_label
from engine.domain.own_words import is_courtesy, says_yes, without_name
from engine.domain.private_words import of_somebodys_own
from engine.domain.words import all_general, all_undo, general_meaning, is_undo
from engine.intake.reply import Command, commands, remainder, with_name, with_reasons
from engine.model import UNDO, Act, Actor, Contact, Language, LetterDraft, Reason
from engine.plan.case import Case
from engine.plan.effects import without_overtaken
from engine.plan.keeping import NO_REMARKS, values_behind
from engine.plan.letters import language_for
from engine.plan.naming import party_name
from engine.plan.understanding import is_opinion
from engine.plan.words_letters import WORDS
from engine.report.explaining import who_acted
from engine.service.acts.acting import Step, act_on, case_of
from engine.service.answering.another_day import moved
from engine.service.answering.asking import (
    YES,
    asked_again,
    asks_for_word,
    is_stale,
    no_said,
    word_needed,
    yes_and_more,
)
from engine.service.answering.commands_asked import asked_first, contradicting, own_in_opinion
from engine.service.answering.corrections import corrections, field_meant
from engine.service.answering.general_words import (
    asked_in_words,
    asker_texts,
    role_of,
    texts_for,
    told_about,
    with_beside,
)
from engine.service.answering.networks.passing_on import of_a_network
from engine.service.answering.openings.instead_of_opening import let_in, named_elsewhere
from engine.service.answering.openings.opening_mail import read_as
from engine.service.answering.reading_back import fields_read, said_beside
from engine.service.answering.rule_mail import answered_by_rule
from engine.service.answering.suggestions import (
    agreed,
    settle,
    still_asked,
    taken_back,
    told_withheld,
    wait,
    wrong_person_meant,
)
from engine.service.answering.waiting import suggested_or_later
from engine.service.answering.words_beside import asked_beside, with_words
from engine.service.answering.words_for_people import in_a_talk, passed, remark, words_back
from engine.service.mail.transcript import Answer, Told, undo_offered, without_letters_to
from engine.service.mail.verdict import Incoming, Judged, Wish, language_of
from engine.service.requests import mending
from engine.store.cases import queries
from engine.store.mail_out.letters import LetterRow
from engine.wording import sentence
from engine.wording.dates import day
from engine.wording.names import all_of


def answered(incoming: Incoming, number: str, letter: LetterRow | None) -> Judged:
    """The verdict on a mail from a registered and proved sender about request `number`."""
    values = incoming.reading.fields
    case = case_of(incoming.site, incoming.tx, number, incoming.at, values=values)
    text = incoming.reading.own_text
    found = commands(text, _words(case, _actor(incoming)))
    found = with_reasons(text, found, tuple(_wanting_reason(incoming, case, found)))
    names = [each for each in found if _names(case, each, incoming)]
    found = tuple(with_name(text, each) if each in names else each for each in found)
    if taken_back(incoming, found) or in_a_talk(letter, found):
        found = ()
    if (back := words_back(incoming, case, letter, found)) is not None:
        return back
    wishes = [
        *corrections(incoming, case, letter, found),
        *_wishes(incoming, case, letter, _each_once(found)),
    ]
    text = remainder(text, tuple(found), incoming.reading.fields)
    said, private = of_somebodys_own(text, (case.request.form.get("full_name", ""),))
    question = (
        _once_more(incoming, case, letter, found)
        or _as_own_words(incoming, case, letter, found)
        or _which(incoming, case, contradicting(incoming, case, wishes))
        or own_in_opinion(incoming, case, wishes, said)
        or asked_first(incoming, case, wishes, said)
    )
    if question is not None:
        return question
    asked = [each for each in found if _general(case, each, incoming) is not None]
    told, case_after = _carry_out(incoming, case, wishes, said)
    if told:
        judged = _told(incoming, number, case_after, told)
        read = [each.step.act.values for each in told if each.step.events]
        elsewhere = (a for values in read for a in named_elsewhere(incoming, case_after, values))
        judged = read_as(judged, {}, tuple(elsewhere))
        judged = with_beside(judged, incoming, asked, case_after)
        judged = with_words(incoming, case_after, letter, judged, said_beside(said, wishes))
        return told_withheld(judged, private, _language(incoming, case_after))
    if asked:
        return asked_beside(incoming, case, letter, asked[0], text)
    return _own_words(incoming, case, letter, found)


def _once_more(
    incoming: Incoming, case: Case, letter: LetterRow | None, found: Sequence[Command]
) -> Judged | None:
    """The question again that JA would answer a second time, or after the request has moved, or
    that asks for a word, which JA is not.
    """
    text = without_name(incoming.reading.own_text)
    yes = all(general_meaning(each.word) == YES for each in found) if found else says_yes(text)
    if letter and yes and asks_for_word(letter):
        wait(incoming, case)
        return asked_again(incoming, letter, "answers.which_one")
    agreed_to = [wish for each in found for wish in agreed(incoming, case, letter, each)]
    if letter is None or not is_stale(incoming, case, letter, agreed_to):
        return None
    if all(case.table.target(case.request.state, each.event) is None for each in agreed_to):
        return None
    wait(incoming, case)
    return asked_again(incoming, letter, "answers.moved_on")


def _as_own_words(
    incoming: Incoming, case: Case, letter: LetterRow | None, found: Sequence[Command]
) -> Judged | None:
    """What the mail comes to where all that was found are words that begin a sentence and mean
    nothing here, as in «Mottatt, vi tar det ned» where an ending is to be confirmed.

    What somebody did last is known by its word: «Godkjend, fint arbeid!» after a colleague.
    """
    actor = _actor(incoming)
    here = {event.name for event in case.events_here() if case.role_for(event, actor) is not None}
    if not any(beside.hinders(each.beside) for each in found):
        here |= {name for name, _, _ in case.facts.history[-1:]}
    for each in found:
        event = _event_of(case, each.word, actor)
        if not each.beside or event is None or event.name in here or is_undo(each.word):
            return None
    said = _own_words(incoming, case, letter, ()) if found else None
    if said is None or said.verdict == "suggested":
        return said
    return None if all(is_courtesy(each.beside) for each in found) else said


def _wanting_reason(incoming: Incoming, case: Case, found: Sequence[Command]) -> Iterator[Command]:
    """The commands that lack the reason which stands behind their mark: «MANGLER. Bilde»."""
    for each in found:
        event = _event_of(case, each.word, _actor(incoming))
        lacks = event is not None and "reason" in event.needs and not each.text
        is_reason = len(each.beside.split()) > 1 and not is_courtesy(each.beside)
        if lacks and is_reason and not beside.hinders(each.beside, [each.word]):
            yield each


def _each_once(found: Sequence[Command]) -> Sequence[Command]:
    """The commands without those that say the same as one above them."""
    said: dict[tuple[str, str, str], Command] = {}
    for command in found:
        said.setdefault((command.word, command.text, command.below), command)
    return list(said.values())


def _words(case: Case, actor: Actor) -> frozenset[str]:
    """Every mail word; one that is a field's label too, only where its event is open to the writer
    (INTERFACE §5).
    """
    here = {event.name for event in case.events_here() if case.role_for(event, actor) is not None}
    said = (
        word
        for event in case.workflow.events.values()
        for word in event.words
        if event.name in here or field_by_label(word) is None
    )
    return frozenset(said) | all_general() | all_undo()


def _actor(incoming: Incoming) -> Actor:
    return incoming.actor


def _wishes(
    incoming: Incoming, case: Case, letter: LetterRow | None, found: Sequence[Command]
) -> Iterator[Wish]:
    for command in found:
        event = _event_of(case, command.word, _actor(incoming))
        meant = agreed(incoming, case, letter, command) if event is None else ()
        if is_undo(command.word) and _takes_back(incoming, case, event):
            yield Wish(word=command.word, event=UNDO, note=command.text)
        elif meant:
            yield from meant
        elif event is not None:
            values = values_behind(event, command.word, command.text)
            wish = Wish(command.word, event.name, _note(event, command), values)
            act = _act(incoming, wish, 0)
            language = _language(incoming, case)
            anew = moved(incoming, case, event, act, word=command.word, language=language)
            yield from tuple(anew) or (wish,)


def _note(event: Event, command: Command) -> str:
    """The text with the word. UTTALELSE alone, as above an attachment, is not INGEN MERKNADER: the
    word itself stands for what was not written, so that the opener asks.
    """
    silent = command.text or command.word.casefold() in NO_REMARKS
    return command.text if silent or not is_opinion(event) else command.word


def _takes_back(incoming: Incoming, case: Case, event: Event | None) -> bool:
    act = _act(incoming, Wish(word="", event=UNDO if event is None else event.name), 0)
    return mending.means_undo(case, event, act, incoming.at)


def _act(incoming: Incoming, wish: Wish, n: int) -> Act:
    return Act(
        event=wish.event,
        actor=_actor(incoming),
        proof=incoming.proof,
        cause=incoming.cause,
        key=f"{incoming.cause_key}:{n}",
        note=wish.note,
        values=wish.values or {},
    )


def _event_of(case: Case, word: str, actor: Actor) -> Event | None:
    """The event that `word` means from this writer: one open to them first, else one of their
    role, else any.
    """
    folded = word.casefold()
    said = [
        event
        for event in case.workflow.events.values()
        if any(folded == known.casefold() for known in event.words)
    ]
    theirs = [event for event in said if case.role_for(event, actor) is not None]
    here = [
        event for event in theirs if case.table.target(case.request.state, event.name) is not None
    ]
    chosen = here or theirs or said
    if not chosen or (not here and general_meaning(word) is not None):
        return None
    return chosen[0]


def _names(case: Case, command: Command, incoming: Incoming) -> bool:
    """Whether what stands behind the word is a name or a link, which ends with its line (§5.3)."""
    event = _event_of(case, command.word, _actor(incoming))
    return event is not None and any(keep.kind in ("party", "link") for keep in event.keeps)


def _general(case: Case, command: Command, incoming: Incoming) -> str | None:
    if _event_of(case, command.word, _actor(incoming)) is not None:
        return None
    return general_meaning(command.word)


def _carry_out(
    incoming: Incoming, case: Case, wishes: Sequence[Wish], text: str
) -> tuple[list[Told], Case]:
    """Each wish decided on the request as the one before it left it; `text` goes with the first
    that happens.
    """
    told: list[Told] = []
    for n, wish in enumerate(wishes, start=1):
        beside = "" if any(each.step.events for each in told) else text
        act = replace(
            _act(incoming, wish, n), beside="\n\n".join(filter(None, (wish.beside, beside)))
        )
        step = _decided(incoming, case, act)
        if step.events and let_in(incoming, case, act.values):
            case = _with_register(incoming, case)
            step = _decided(incoming, case, act)
        case = step.case or case
        fields = fields_read(wish.values or {}, _language(incoming, case))
        by = _done_by(incoming, case, act.event) if step.already_done else ""
        step = replace(step, case=case)
        done = {plan.act.event for each in told for plan in each.step.events}
        if not (step.already_done and act.event in done):
            word = "" if wish.implied and step.events else wish.word
            told.append(Told(word=word, step=step, fields=fields, done_before=by))
    return _without_overtaken_reasons(told), case


def _without_overtaken_reasons(told: Sequence[Told]) -> list[Told]:
    """`told` without what kept the request from moving on until a later command moved it."""
    return [
        replace(each, step=replace(each.step, missing=()))
        if any(_moves(later.step) for later in told[n:])
        else each
        for n, each in enumerate(told, 1)
    ]


def _moves(step: Step) -> bool:
    return any(plan.before and plan.before.state != plan.after.state for plan in step.events)


def _with_register(incoming: Incoming, case: Case) -> Case:
    number, values = case.request.number, incoming.reading.fields
    anew = case_of(incoming.site, incoming.tx, number, incoming.at, values=values)
    return case.with_facts(replace(anew.facts, history=case.facts.history))


def _done_by(incoming: Incoming, case: Case, event: str) -> str:
    """Who brought `event` about last, and when."""
    language = _language(incoming, case)
    rows = queries.history(incoming.tx, case.request.number)
    row = next((each for each in reversed(rows) if each.event == event), None)
    if row is None:
        return ""
    party = party_name(case, row.party) if row.party else ""
    who = who_acted(row.role, party, language)
    return f"{who}, {day(oslo_day(row.at), language)}"


def _decided(incoming: Incoming, case: Case, act: Act) -> Step:
    if act.event == UNDO:
        return mending.undone(incoming.site, incoming.tx, case, act, incoming.at)
    return act_on(case, act, incoming.at)


def _writer(incoming: Incoming, case: Case) -> Contact:
    """The sender as whoever takes part in the case, where they hold duties elsewhere too."""
    theirs = set(case.facts.parties)
    return next((c for c in incoming.contacts if c.party in theirs), incoming.contacts[0])


def _language(incoming: Incoming, case: Case) -> Language:
    contact = _writer(incoming, case)
    if contact.party not in case.facts.parties:
        return language_of(incoming)
    return language_for(case, contact, contact.party)


def _told(incoming: Incoming, number: str, case: Case, told: Sequence[Told]) -> Judged:
    settle(incoming, case)
    steps = [each.step for each in told]
    happened = [plan for step in steps for plan in step.events]
    standing = without_overtaken(happened, case, incoming.at)
    writer, language = _writer(incoming, case), _language(incoming, case)
    plans, folded = without_letters_to(standing, writer.email)
    texts = {} if folded else texts_for(incoming, case, steps[-1].act, language)
    answer = Answer(
        told=told,
        folded=folded,
        undo=undo_offered(incoming.site, plans),
        receiver=incoming.reading.sender,
        role=role_of(incoming, case),
        party=writer.party,
        language=language,
        texts={**texts, "receiver_name": writer.name},
    )
    return Judged(
        verdict=_verdict(steps),
        number=number,
        plans=plans,
        answer=answer,
        reasons=tuple(reason for step in steps for reason in (*step.reasons, *step.missing)),
    )


def _verdict(steps: Sequence[Step]) -> str:
    if any(step.events for step in steps):
        return "fired"
    return "already_done" if all(step.already_done for step in steps) else "refused"


def _which(incoming: Incoming, case: Case, words: Sequence[str]) -> Judged | None:
    """Nothing done, and the question which of the commands is meant; None where there are none."""
    if not words:
        return None
    language = _language(incoming, case)
    reason = Reason("contradicting", {"words": all_of(tuple(words), language)})
    texts = {**asker_texts(incoming, case, language), "not_done": [sentence(reason, language)]}
    return Judged(
        verdict="unclear",
        number=case.request.number,
        letters=(_letter(incoming, case, "answer", texts),),
        reasons=(reason,),
    )


def _own_words(
    incoming: Incoming, case: Case, letter: LetterRow | None, found: Sequence[Command]
) -> Judged:
    number = case.request.number
    texts = asker_texts(incoming, case, _language(incoming, case))
    text = remainder(incoming.reading.own_text, tuple(found), incoming.reading.fields)
    if not text.strip():
        return Judged(
            verdict="unclear", number=number, letters=(_letter(incoming, case, "help", texts),)
        )
    asked = asked_in_words(text)
    if asked is not None:
        return told_about(incoming, asked, case=case)
    in_talk = letter is not None and letter.template == WORDS
    by_rule = None if in_talk else answered_by_rule(incoming, case.request, text)
    if by_rule is not None:
        return by_rule
    open_one = None if in_talk else still_asked(incoming, case, letter, text)
    settle(incoming, case)
    question = (
        no_said(incoming, case, letter, text)
        or wrong_person_meant(incoming, case, text)
        or word_needed(incoming, case, text)
        or yes_and_more(incoming, open_one, text)
        or field_meant(incoming, case, letter, text)
        or suggested_or_later(incoming, case, text)
        or yes_and_more(incoming, letter, text)
    )
    if question is not None:
        wait(incoming, case)
        return question
    if case.workflow.opens_with.by_time:
        return of_a_network(incoming, case, text, _letter(incoming, case, "remark_kept", texts))
    return remark(incoming, case, passed(incoming, case, letter, text))


def _letter(
    incoming: Incoming, case: Case, template: str, texts: Mapping[str, object]
) -> LetterDraft:
    return LetterDraft(
        role=role_of(incoming, case),
        party=_writer(incoming, case).party,
        receiver=incoming.reading.sender,
        template=template,
        language=_language(incoming, case),
        variables={**texts, "receiver_name": _writer(incoming, case).name},
        at_once=True,
    )
