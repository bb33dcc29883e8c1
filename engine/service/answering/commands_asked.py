"""Commands that are asked about before they are carried out (INTERFACE §5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import to_builtins
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Event, Keep
from engine.domain import beside
from engine.domain.conditions import condition_said, sets_condition
from engine.domain.days import begins_with_time, looks_like_day, names_a_time, read_day
from engine.domain.own_words import is_courtesy
from engine.domain.private_words import names_somebody, without_own
from engine.model import WRONG_PERSON, Actor, Plan
from engine.plan.case import Case
from engine.plan.common_events.waiting import WAIT
from engine.plan.decide import plan
from engine.plan.keeping import opinion_of, parts_named, values_behind
from engine.plan.letters import with_extra
from engine.plan.possible import word_of
from engine.plan.understanding import is_opinion, phrases_of
from engine.service.answering.suggestions import (
    act_of_writer,
    asked_whether,
    language_for_writer,
    question_whether,
    role_of_writer,
    told_withheld,
    wait,
)
from engine.service.answering.words_for_people import passed, remark
from engine.service.mail.verdict import Incoming, Judged, Wish
from engine.store.cases import queries
from engine.wording.names import all_of

_AHEAD = timedelta(days=180)
"""A day without a year that lies further ahead was meant as one that has been."""


def asked_first(incoming: Incoming, case: Case, wishes: Sequence[Wish], text: str) -> Judged | None:
    """The question whether commands stand that `text` was written beside; None where it takes
    nothing back, or where none of them could be carried out anyhow (INTERFACE §5.3).

    A JA to it does all that the mail asked for, and the text is kept with it; no JA answers it
    where something else is wanted instead. ANGRE is not asked about: it only takes back, and waits
    for nothing.
    """
    words = [wish for wish in wishes if wish.word and wish.event in case.workflow.events]
    if not words:
        return None
    events, today = [case.workflow.events[wish.event] for wish in words], oslo_day(incoming.at)
    undated = any(map(_is_undated, events, words, [text] * len(words)))
    known = [word for event in case.events_here() for word in event.words]
    which = any(
        beside.says_instead(each, known) for each in (text, *map(_note_of_none, events, words))
    )
    doubtful = (
        undated
        or which
        or beside.hinders(text, [wish.word for wish in words])
        or _of_nothing(case, words)
        or any(_is_for_later(event, wish, today) for event, wish in zip(events, words, strict=True))
        or any(map(_says_otherwise, events, words))
    )
    instead = None
    if doubtful and not which:
        instead = _on_condition(incoming, case, words, text)
    instead = instead or _with_reason(incoming, case, words, text)
    earlier = _unsaid(incoming, case, words, text)
    if earlier:
        instead = replace(words[0], values={"opinion": ""})
    if instead is None and not (doubtful and any(_can_be(incoming, case, w) for w in words)):
        return None
    asking = act_of_writer(incoming, "")
    about, written = instead or words[0], words[0].word
    event = case.workflow.events[about.event]
    said = earlier or (text if instead is None else instead.note)
    question = question_whether(incoming, case, event, role_of_writer(case, event, asking), said)
    saying = tuple(dict.fromkeys(_said(wish) for wish in words if not wish.implied))
    if instead is not None:
        wishes, saying = [*(wish for wish in wishes if not wish.word), instead], (instead.word,)
    told = {
        "word": all_of(saying, question.language),
        "instead_of": written if instead and not earlier else "",
        "beside": True,
        "earlier": bool(earlier),
        "wishes": [
            {
                "word": wish.word,
                "event": wish.event,
                "note": wish.note,
                "values": dict(wish.values or {}) or None,
                "beside": text if wish is words[0] else "",
                "implied": wish.implied,
            }
            for wish in wishes
        ],
    }
    texts = {**question.variables, "extra": {**question.variables["extra"], **told}}
    if undated:
        # A JA would name no day either, and without one it counts from today.
        texts["answers"] = [each for each in texts["answers"] if each["event"] == event.name]
    elif which:
        texts["answers"] = texts["answers"][1:]
    texts["extra"]["undated"] = undated
    wait(incoming, case)
    return asked_whether(case, event, replace(question, variables=texts))


def own_in_opinion(
    incoming: Incoming, case: Case, wishes: Sequence[Wish], text: str
) -> Judged | None:
    """The question whether an opinion stands without its sentences of somebody's own illness, leave
    or absence; None where it has none. One that is about nothing else is not given.
    """
    names = (case.request.form.get("full_name", ""),)
    found: list[Wish] = []
    private: list[str] = []
    for wish in wishes:
        event = case.workflow.events.get(wish.event)
        rest, own = wish.note, ""
        if event is not None and wish.word and is_opinion(event):
            rest, own = without_own(wish.note, names)
        if own and is_courtesy(rest) and not names_somebody(own):
            rest, own = wish.note, ""
        private += [own] if own else []
        found.append(replace(wish, note=rest))
    said = next((each for each in found if each.word and each.note.strip()), None)
    if not private:
        return None
    if said is None or is_courtesy(said.note):
        return remark(incoming, case, passed(incoming, case, None, " ".join(private)))
    event = case.workflow.events[said.event]
    role = role_of_writer(case, event, act_of_writer(incoming, ""))
    first, *others = found
    kept = [replace(first, beside="\n\n".join(filter(None, (first.beside, text)))), *others]
    letter = question_whether(incoming, case, event, role, said.note)
    letter = with_extra(letter, word=said.word, wishes=[to_builtins(each) for each in kept])
    wait(incoming, case)
    return told_withheld(asked_whether(case, event, letter), " ".join(private), letter.language)


def begun(incoming: Incoming, case: Case, text: str) -> Judged | None:
    """The question that own words come to which say an event on a condition («Vi godtar kurset på
    vilkår av at …»), or begin with a word that takes a day («AVSLUTT etter nyttår»); None for
    others.
    """
    for event in case.events_here():
        lead = _word_before(event, text)
        wish = Wish(lead, event.name, text[len(lead) :].strip()) if lead else None
        if wish and any(keep.kind == "day" for keep in event.keeps) and begins_with_time(wish.note):
            return asked_first(incoming, case, [wish], "")
        said = bool(lead) or condition_said(text, phrases_of(case, event))
        plain = Wish(lead or word_of(event, language_for_writer(incoming, case)) or "", event.name)
        on_condition = _on_condition(incoming, case, [plain], text) if said else None
        if on_condition and lead and not _begins(text, on_condition.word):
            return asked_first(incoming, case, [plain], text)
        if on_condition is not None:
            return _condition_meant(incoming, case, on_condition, text)
    return None


def _word_before(event: Event, text: str) -> str:
    """The word of the event with which the text begins, as written; empty for none."""
    begun, lengths = text.casefold(), (len(word) for word in event.words)
    known = {f"{word.casefold()} " for word in event.words}
    return next((text[:n] for n in sorted(lengths) if begun[: n + 1] in known), "")


def _begins(text: str, word: str) -> bool:
    return text.casefold().startswith(word.casefold())


def _condition_meant(incoming: Incoming, case: Case, wish: Wish, text: str) -> Judged:
    event = case.workflow.events[wish.event]
    role = role_of_writer(case, event, act_of_writer(incoming, ""))
    said = text[len(wish.word) :].lstrip(" .,:–-") if _begins(text, wish.word) else text
    values = {name: said if each else "" for name, each in (wish.values or {}).items()} or None
    meant = {"word": wish.word, "event": wish.event, "note": said, "values": values}
    letter = question_whether(incoming, case, event, role, text)
    return asked_whether(case, event, with_extra(letter, word=wish.word, wishes=[meant]))


def _with_reason(incoming: Incoming, case: Case, words: Sequence[Wish], text: str) -> Wish | None:
    """The one command, with the text beside it as the reason that it lacks; None where it lacks
    none, or there is none.
    """
    (plain, *others), said = words, text.strip()
    lacks = "reason" in case.workflow.events[plain.event].needs and not plain.note.strip()
    if others or not lacks or is_courtesy(said) or beside.asks(said):
        return None
    wish = Wish(plain.word, plain.event, said)
    return wish if _can_be(incoming, case, wish) else None


def _unsaid(incoming: Incoming, case: Case, words: Sequence[Wish], text: str) -> str:
    """The writer's own opinion that «no remarks» would leave standing; empty where there is none,
    or the command says more.
    """
    (plain, *others) = words
    event, act = case.workflow.events[plain.event], act_of_writer(incoming, plain.note)
    if others or plain.values or not is_opinion(event) or opinion_of(replace(act, beside=text)):
        return ""
    given = case.request.kept.get("opinions", {})
    roles = {role for role in case.roles_of(act.actor) if given.get(role)}
    rows = queries.history(incoming.tx, case.request.number)
    said = (row for row in reversed(rows) if row.event == event.name and row.role in roles)
    last = next((row for row in said if row.note), None)
    theirs = last is not None and any(c.has_address(last.actor or "") for c in incoming.contacts)
    return str(given[last.role]) if last is not None and theirs else ""


def _on_condition(incoming: Incoming, case: Case, words: Sequence[Wish], text: str) -> Wish | None:
    """The command on a condition that one command means beside `text`, which sets one; None where
    it sets none, or no such command is open (INTERFACE §5.3).

    It begins with the word of the one without, and takes a text.
    """
    plain, said = words[0], text or words[0].note
    if len(words) > 1 or (text and plain.note) or not sets_condition(said):
        return None
    known = tuple(f"{word} " for word in case.workflow.events[plain.event].words)
    language = language_for_writer(incoming, case)
    for event in case.events_here():
        saying = (event.says, *(keep.says for keep in event.keeps))
        for word in (word for words_of in saying for word in words_of.get(language, ())):
            values = values_behind(event, word, said)
            wish = Wish(word, event.name, said, values)
            takes_text = values is not None or "reason" in event.needs
            if takes_text and word.startswith(known) and _can_be(incoming, case, wish):
                return wish
    return None


def _can_be(incoming: Incoming, case: Case, wish: Wish) -> bool:
    act = replace(act_of_writer(incoming, wish.note), event=wish.event, values=wish.values or {})
    return isinstance(plan(case, act, incoming.at), Plan)


def _of_nothing(case: Case, words: Sequence[Wish]) -> bool:
    """Whether a command that says what is wrong says that nothing is."""
    return any(
        beside.says_nothing(wish.note)
        for wish in words
        if "reason" in case.workflow.events[wish.event].needs or not wish.note.strip("(:-–— ")
    )


def _says_otherwise(event: Event, wish: Wish) -> bool:
    """Whether the note of a command that takes no text takes it back («GODTATT: hvis …»), or names
    no part of what it gives but a condition («TILLATT: hvis …»).
    """
    parts = next((keep for keep in event.keeps if keep.kind == "parts"), None)
    if parts is not None and not wish.values:
        return sets_condition(wish.note) and bool(parts_named(parts, wish.note)[1])
    return beside.hinders(_note_of_none(event, wish), [wish.word])


def _note_of_none(event: Event, wish: Wish) -> str:
    """The note of a command that takes no text, without its links; empty for any other."""
    takes_text = event.needs or not all(_may_lack_text(keep) for keep in event.keeps)
    return "" if takes_text else " ".join(w for w in wish.note.split() if "://" not in w)


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
    actor = act_of_writer(incoming, "").actor
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
