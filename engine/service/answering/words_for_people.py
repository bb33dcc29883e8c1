"""Own words on their way to people: passed on, asked about, kept, taken back (INTERFACE §5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct

from engine.calendar import oslo_day, oslo_time, start_of_day
from engine.domain.secrecy import masked
from engine.domain.words import general_meaning, is_undo
from engine.intake.reply import Command
from engine.model import Act, Actor, Contact, Language, LetterDraft, Reason
from engine.plan.case import Case, Happening
from engine.plan.letters import language_for, with_extra
from engine.plan.passing_on import (
    Way,
    asks_something,
    choices,
    chosen,
    named,
    people_of,
    way_of,
    writer_in,
)
from engine.plan.words_letters import WORDS, words_letters
from engine.service.acts.acting import case_of
from engine.service.answering.general_words import asker_texts, role_of
from engine.service.letters.posting import WHO_READS
from engine.service.mail.thread import is_receiver
from engine.service.mail.transcript import ANSWER, shortened
from engine.service.mail.verdict import Incoming, Judged
from engine.store.mail_in import inbox
from engine.store.mail_out import letters, outbox
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say
from engine.wording.dates import clock, day_and_time
from engine.wording.names import all_of

TOLD: Final = "words_told"
"""The reason of a mail whose words have gone to people …"""
ASKED: Final = "words_asked"
"""… that ask something, or about which the writer was asked: somebody owes an answer …"""
KEPT: Final = "words_kept"
"""… or whose words the case alone keeps."""
FOR_COORDINATOR: Final = "words_for_coordinator"
MOST_READ_BACK: Final = 600


class Passing(Struct, frozen=True, kw_only=True):
    """What becomes of a mail's own words."""

    letters: tuple[LetterDraft, ...] = ()
    """To those who read them, or the question to the writer."""
    done: tuple[str, ...] = ()
    """What the writer is told of them."""
    reasons: tuple[Reason, ...] = ()
    asked: bool = False
    """Whether the writer is asked, in a letter that says all by itself."""


def passed(incoming: Incoming, case: Case, letter: LetterRow | None, text: str) -> Passing:
    """What becomes of the own words `text`, in answer to `letter` if there is one."""
    earlier = ""
    if letter is not None and letter.template == WHO_READS and is_receiver(incoming, letter):
        earlier = str(letter.variables["extra"]["text"])
        text = f"{earlier}\n\n{text}"
    return on_its_way(incoming, case, way_for(incoming, case, letter, text), text)


def way_for(incoming: Incoming, case: Case, letter: LetterRow | None, text: str) -> Way:
    theirs = letter is not None and is_receiver(incoming, letter)
    return way_of(
        case,
        incoming.contacts,
        text,
        first_line=_first_line(incoming),
        reads=letter.variables.get("reads") if letter is not None and theirs else None,
    )


def _first_line(incoming: Incoming) -> str:
    lines = (line.strip() for line in incoming.reading.text.split("\n"))
    return next((line for line in lines if line and not line.startswith(">")), "")


def on_its_way(incoming: Incoming, case: Case, way: Way, text: str) -> Passing:
    language = writers_language(incoming, case)
    if way.why == "identity":
        done = (say("own_words.identity", language),)
        return Passing(done=done, reasons=(Reason("words_with_identity_number"),))
    if way.why in ("thanks", "private"):
        kept = (say("own_words.thanks", language),) if way.why == "thanks" else ()
        return Passing(done=(*kept, *withheld(way, language)), reasons=(Reason(KEPT),))
    if way.why == "coordinator":
        return _to_coordinator(way, language)
    if way.why == "ask":
        return asked(incoming, case, way)
    return sent(incoming, case, way, way.to)


def sent(incoming: Incoming, case: Case, way: Way, to: Sequence[Contact]) -> Passing:
    language = writers_language(incoming, case)
    new = [each for each in to if not _has_got_it(incoming, each)]
    if not new:
        done = say("own_words.had", language, who=all_named(case, to, language))
        return Passing(done=(done, *withheld(way, language)), reasons=(Reason(KEPT),))
    if _today(incoming) + len(new) > incoming.site.passed_on_per_day:
        told = say("own_words.enough", language, text=read_again(way.words))
        return Passing(done=(told,), reasons=(Reason("words_too_many"),))
    drafts = tuple(words_letters(_happening(incoming, case), new, way.words, about=incoming.inbox))
    code = ASKED if asks_something(way.words) else TOLD
    who = all_named(case, new, language)
    return Passing(
        letters=drafts,
        done=(_when(incoming, case, drafts, who, way.words), *withheld(way, language)),
        reasons=(Reason(code, {"count": len(new), "who": who}),),
    )


def _to_coordinator(way: Way, language: Language) -> Passing:
    told = say("own_words.coordinator", language, text=read_again(way.words))
    return Passing(done=(told, *withheld(way, language)), reasons=(Reason(FOR_COORDINATOR),))


def asked(incoming: Incoming, case: Case, way: Way) -> Passing:
    """The question to the writer: who is to have it?"""
    language = writers_language(incoming, case)
    texts = asker_texts(incoming, case, language)
    offered = choices(case, incoming.contacts, language)
    extra = {"text": way.words, "choices": offered, "withheld": way.withheld}
    question = _letter(incoming, case, WHO_READS, texts)
    question = with_extra(question, **extra)
    reason = Reason(ASKED, {"count": 0, "who": ""})
    told = say("own_words.asked", language, text=read_again(way.words))
    return Passing(letters=(question,), done=(told,), reasons=(reason,), asked=True)


def remark(incoming: Incoming, case: Case, passing: Passing) -> Judged:
    """The verdict on a mail of own words alone, whose receipt tells what becomes of them."""
    texts = asker_texts(incoming, case, writers_language(incoming, case))
    texts["done"] = list(passing.done)
    texts["undo"] = undo_of(incoming, passing, writers_language(incoming, case))
    receipt = () if passing.asked else (_letter(incoming, case, ANSWER, texts),)
    return Judged(
        verdict="remark",
        number=case.request.number,
        letters=(*passing.letters, *receipt),
        reasons=passing.reasons,
    )


def undo_of(incoming: Incoming, passing: Passing, language: Language) -> str:
    """That ANGRE takes the words back, where they go to anybody."""
    sender = incoming.reading.sender
    others = (each for each in passing.letters if each.receiver != sender)
    can_be = any("taken_back" not in each.variables["extra"] for each in others)
    return say("own_words.undo", language) if can_be else ""


def reader_chosen(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What becomes of the words that `letter` asked about, now that their writer says who is to
    have them; None where the answer names none of those that it lists.
    """
    extra = letter.variables["extra"]
    # «til Gunhild» alone is cut as a greeting.
    one = chosen(extra["choices"], incoming.reading.own_text.strip() or _first_line(incoming))
    if one is None:
        return None
    case = case_of(incoming.site, incoming.tx, letter.request, incoming.at)
    way, language = Way(words=str(extra["text"])), writers_language(incoming, case)
    if one["to"]:
        to = [each for each in people_of(case) if each.id in one["to"]]
        passing = sent(incoming, case, way, to) if to else asked(incoming, case, way)
    elif one["for"] == "coordinator":
        passing = _to_coordinator(way, language)
    else:
        passing = Passing(done=(say("own_words.nobody", language),), reasons=(Reason(KEPT),))
    return remark(incoming, case, passing)


def words_back(
    incoming: Incoming, case: Case, letter: LetterRow | None, found: Sequence[Command]
) -> Judged | None:
    """What ANGRE comes to where it takes back the words that the writer sent last: those that wait
    never leave, and whoever has got them gets a correction. None where it means something else.
    """
    if len(found) != 1 or not is_undo(found[0].word):
        return None
    theirs = {each.id for each in incoming.contacts}
    rows = [
        row
        for row in letters.of_request(incoming.tx, case.request.number)
        if row.template == WORDS and row.variables["reads"]["to"][0] in theirs
    ]
    over = {row.variables["extra"].get("corrects") for row in rows}
    mails = [row.inbox for row in rows if row.state != "cancelled" and row.inbox not in over]
    meant = letter.inbox if letter is not None and letter.template == ANSWER else None
    if letter is None and mails and _is_newest(case, rows):
        meant = mails[-1]
    if meant is None or meant not in mails:
        return None
    return _take_back(incoming, case, [r for r in rows if r.inbox == meant])


def _is_newest(case: Case, rows: Sequence[LetterRow]) -> bool:
    """Whether nothing has happened in the case since the words were sent."""
    return rows[-1].written_at >= case.request.changed_at


def in_a_talk(letter: LetterRow | None, found: Sequence[Command]) -> bool:
    """Whether a yes or no answers what somebody wrote: they read it, and nothing else is meant."""
    if letter is None or letter.template != WORDS or not found:
        return False
    return all(general_meaning(each.word) in ("yes", "no") for each in found)


def _take_back(incoming: Incoming, case: Case, rows: Sequence[LetterRow]) -> Judged:
    language = writers_language(incoming, case)
    gone = [
        row for row in rows if row.state != "cancelled" and not outbox.stop(incoming.tx, row.id)
    ]
    people = [each for each in people_of(case) if each.email in {row.receiver for row in gone}]
    words = str(rows[0].variables["extra"]["text"])
    corrections = tuple(
        words_letters(
            _happening(incoming, case), people, words, corrects=rows[0].inbox, taken_back=True
        )
    )
    who = all_named(case, people, language)
    told = say("own_words.corrected" if people else "own_words.stopped", language, who=who)
    return remark(
        incoming,
        case,
        Passing(
            letters=corrections, done=(told,), reasons=(Reason(TOLD, {"count": 0, "who": who}),)
        ),
    )


def _happening(incoming: Incoming, case: Case) -> Happening:
    act = Act(
        event="",
        actor=Actor(name=incoming.reading.sender, contacts=incoming.contacts),
        proof=incoming.proof,
        cause=incoming.cause,
        key=incoming.cause_key,
    )
    return Happening(case=case, act=act, role=role_of(incoming, case), at=incoming.at)


def _has_got_it(incoming: Incoming, contact: Contact) -> bool:
    return any(contact.has_address(each) for each in incoming.reading.recipients)


def _today(incoming: Incoming) -> int:
    """How many letters have passed the sender's words on today."""
    since, sender = start_of_day(oslo_day(incoming.at)), incoming.reading.sender
    return sum(
        count
        for code in (TOLD, ASKED)
        for _, count in inbox.reasons_since(incoming.tx, sender, since, code)
    )


def _when(
    incoming: Incoming, case: Case, drafts: Sequence[LetterDraft], who: str, words: str
) -> str:
    """To whom the words go and when."""
    language, site = writers_language(incoming, case), incoming.site
    text = read_again(words)
    states = {site.letter_state(case.workflow.name, each.party or "") for each in drafts}
    if states != {"waiting"}:
        return say("own_words.sent_held", language, who=who, text=text)
    if not site.undo_minutes:
        return say("own_words.sent_now", language, who=who, text=text)
    local = oslo_time(incoming.at + timedelta(minutes=site.undo_minutes))
    same = local.date() == oslo_day(incoming.at)
    when = clock(local, language) if same else day_and_time(local, language)
    return say("own_words.sent_at", language, who=who, when=when, text=text)


def all_named(case: Case, people: Sequence[Contact], language: Language) -> str:
    """Each by name and organisation."""
    names = (named(case, [each], language, fully=True) for each in people)
    return all_of(tuple(dict.fromkeys(names)), language)


def withheld(way: Way, language: Language) -> tuple[str, ...]:
    if not way.withheld:
        return ()
    return (say("own_words.withheld", language, text=read_again(way.withheld)),)


def read_again(text: str) -> str:
    return shortened(masked(text), MOST_READ_BACK)


def writers_language(incoming: Incoming, case: Case) -> Language:
    contact = writer_in(case, incoming.contacts)
    return language_for(case, contact, contact.party)


def _letter(incoming: Incoming, case: Case, template: str, texts: dict[str, Any]) -> LetterDraft:
    contact = writer_in(case, incoming.contacts)
    return LetterDraft(
        role=role_of(incoming, case),
        party=contact.party,
        receiver=incoming.reading.sender,
        template=template,
        language=writers_language(incoming, case),
        variables={**texts, "receiver_name": contact.name},
        at_once=True,
    )
