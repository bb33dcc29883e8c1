"""Demands for insight or one's own data, and faults in a course: told at once to whoever handles
them, from any sender, and first in the morning letter (INTERFACE §5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.demands import COURSE_FAULT, INSIGHT, demanded
from engine.domain.fields import FIELDS
from engine.domain.own_words import is_courtesy
from engine.domain.private_words import is_private
from engine.domain.register.duties import ARCHIVE, ELEARNING, KS_LAERING, MUNICIPALITY
from engine.domain.secrecy import has_identity_number
from engine.domain.words import GENERAL, general_meaning
from engine.intake.course_named import wants_course
from engine.intake.reply import commands, outside, remainder
from engine.model import Contact, Language, LetterDraft, Proof, Reason
from engine.plan.variables import EMPTY
from engine.service.answering.strangers import counted, receipt_limits
from engine.service.letters.posting import COURSE_FAULT_TOLD, MORNING, MORNING_ANSWER
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.service.morning.items import MUST_NOT_WAIT
from engine.service.register.entries import each_once, language_for, party_name
from engine.store.cases import queries
from engine.store.cases.queries import CatalogueRow
from engine.store.cases.requests import load_request
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say
from engine.wording.morning import duty_at
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES, all_of

INSIGHT_WANTED: Final = "insight_wanted"
FAULT_DECIDED: Final = "course_fault_decided"
PER_HOUR: Final = (("@demands", 30), ("@demands {}", 5))
"""How many are passed on from all who have not proved who they are, and from one such address."""
MOST_WORDS: Final = 1_500
"""How many characters of what was written a letter repeats."""
_OTHERWISE_READ: Final = frozenset({COURSE_FAULT_TOLD, MORNING, MORNING_ANSWER})
"""The letters whose answers are about such things anyhow."""
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BORROWERS: Final = (ELEARNING, KS_LAERING, MUNICIPALITY)


class _Demand(Struct, frozen=True, kw_only=True):
    kind: str
    words: str
    number: str
    """The request that it is about; empty where that is not certain."""
    course: CatalogueRow | None
    """The shared course that a fault is in."""
    rest: str | None
    """The writer's own text beside it; None where the mail asks for nothing else."""
    by_word: bool


def told_at_once(incoming: Incoming) -> Incoming | Judged:
    """What a mail that must not wait comes to, or the rest of it with that beside it; the mail as
    it is where it holds no demand. What a refuted sender demands is passed on to nobody.
    """
    demand = _demand(incoming)
    if demand is None:
        return incoming
    urgent = (Reason(MUST_NOT_WAIT, {"kind": demand.kind}),)
    if incoming.reading.refuted:
        return replace(incoming, beside=Judged(verdict="", reasons=urgent))
    told = _told(incoming, demand)
    if demand.rest is None:
        return replace(told, reasons=(*told.reasons, *urgent))
    reading = replace(incoming.reading, own_text=demand.rest)
    return replace(incoming, reading=reading, beside=replace(told, reasons=urgent))


def with_beside(incoming: Incoming, judged: Judged) -> Judged:
    """`judged`, with what did not wait for it."""
    told = incoming.beside
    if told is None:
        return judged
    return replace(
        judged,
        letters=(*judged.letters, *told.letters),
        parts=(*judged.parts, *told.parts),
        reasons=(*judged.reasons, *told.reasons),
    )


def _demand(incoming: Incoming) -> _Demand | None:
    reading, letter = incoming.reading, incoming.letter
    if letter is not None and letter.template in _OTHERWISE_READ:
        return None
    phrases, written = incoming.site.rules.phrases(), reading.own_text.casefold()
    subject = "" if letter else f"{reading.subject}\n\n"
    names_word = any(w.casefold() in written for s in GENERAL[COURSE_FAULT].values() for w in s)
    if not names_word and not demanded(f"{subject}{reading.own_text}", phrases):
        return None
    found = commands(reading.own_text, incoming.site.intake.words)
    fault = next((each for each in found if general_meaning(each.word) == COURSE_FAULT), None)
    words, rest = remainder(reading.own_text, found, reading.fields), reading.own_text
    if fault is not None:
        words = "\n".join(filter(None, (fault.text, fault.below))) or words
        rest = outside(rest, (fault,))
    kind = COURSE_FAULT if fault else demanded(f"{subject}{words}", phrases)
    course = _shared_course(incoming, words) if kind == COURSE_FAULT else None
    if not kind or (kind == COURSE_FAULT and not (fault or course) and _is_ordinary(incoming)):
        return None
    more = len(found) > (fault is not None) or bool(reading.fields.keys() & FIELDS.keys())
    return _Demand(
        kind=kind,
        words=words,
        number=course.request if course else incoming.number or _about(incoming, words),
        course=course,
        rest=rest if more else None,
        by_word=fault is not None,
    )


def _is_ordinary(incoming: Incoming) -> bool:
    """Whether words about a fault in no shared course are an answer like any other, or stand in a
    mail that offers or orders a course.
    """
    reading = incoming.reading
    offers = bool(reading.fields.keys() & FIELDS.keys()) or wants_course(reading.own_text)
    return bool(incoming.number) or offers


def _shared_course(incoming: Incoming, words: str) -> CatalogueRow | None:
    """The one shared course that the mail is about, by its request or its name."""
    rows = queries.catalogue(incoming.tx)
    text = _named_in(incoming, words)
    found = [each for each in rows if each.request == incoming.number] or [
        each for each in rows if each.course.casefold() in text
    ]
    return found[0] if len({(each.owner, each.course) for each in found}) == 1 else None


def _about(incoming: Incoming, words: str) -> str:
    """The number of the last request about the one course that the mail names."""
    known, text = queries.known_courses(incoming.tx), _named_in(incoming, words)
    named = {e.request for e in known if e.full_name and e.full_name.casefold() in text}
    return named.pop() if len(named) == 1 else ""


def _named_in(incoming: Incoming, words: str) -> str:
    return " ".join(f"{incoming.reading.subject}\n{words}".casefold().split())


def _told(incoming: Incoming, demand: _Demand) -> Judged:
    """The letters to those who handle it, and the answer that says who they are."""
    holders = _handlers(incoming, demand) if _may_pass_on(incoming) else ()
    template = INSIGHT_WANTED if demand.kind == INSIGHT else COURSE_FAULT_TOLD
    letters = tuple(_letter_to(incoming, each, template, demand) for each in holders)
    part = Judged(verdict="", number=demand.number, letters=letters)
    return Judged(
        verdict=_verdict(incoming, by_word=demand.by_word),
        number=demand.number if incoming.contacts else "",
        letters=_answer(incoming, demand, holders),
        reasons=_unproved(incoming),
        parts=((demand.number, part),) if letters else (),
    )


def _verdict(incoming: Incoming, *, by_word: bool) -> str:
    if not incoming.contacts:
        return "newcomer" if incoming.proof >= Proof.ALIGNED else "unknown_sender"
    if incoming.proof < Proof.REPLY:
        return "unproved_sender"
    return "answered" if by_word else "remark"


def _unproved(incoming: Incoming) -> tuple[Reason, ...]:
    if not incoming.contacts:
        return (Reason("unknown_sender"),)
    return () if incoming.proof >= Proof.REPLY else (Reason("unproved"),)


def _may_pass_on(incoming: Incoming) -> bool:
    if not _unproved(incoming):
        return True
    sender = incoming.reading.sender
    return all(counted(incoming, name.format(sender), most) for name, most in PER_HOUR)


def _handlers(incoming: Incoming, demand: _Demand) -> tuple[Contact, ...]:
    """The archives of the bodies concerned, or the course's owner and experts; none where a
    coordinator has to find out who it is.
    """
    if demand.course is not None:
        return _holders(incoming, (demand.course.owner,), (ELEARNING, "subject_experts"))
    request = load_request(incoming.tx, demand.number) if demand.kind == INSIGHT else None
    if request is None:
        return ()
    bodies = (request.owner, request.borrower, request.requester)
    return _holders(incoming, bodies, (ARCHIVE,))


def _holders(
    incoming: Incoming, parties: Iterable[str | None], duties: Iterable[str]
) -> tuple[Contact, ...]:
    theirs, held = frozenset(parties), frozenset(duties)
    sender = incoming.reading.sender
    return each_once(
        incoming.tx,
        oslo_day(incoming.at),
        lambda each: each.party in theirs and each.duty in held and not each.has_address(sender),
    )


def _letter_to(incoming: Incoming, contact: Contact, template: str, demand: _Demand) -> LetterDraft:
    language = language_for(incoming.site, incoming.tx, contact)
    course = demand.course
    private = has_identity_number(demand.words)
    extra = {
        "writer": _writer(incoming, language),
        "reporter": incoming.reading.sender if not _unproved(incoming) else "",
        "private": private,
        "decides": contact.duty == ELEARNING,
        "owner": party_name(incoming.tx, course.owner) if course else "",
        "borrowers": _borrowers_told(incoming, course, language) if course else "",
    }
    return LetterDraft(
        role=contact.duty,
        party=contact.party,
        receiver=contact.email,
        template=template,
        language=language,
        variables={
            **EMPTY,
            "receiver_duty": DUTY_NAMES[contact.duty][language],
            "receiver_name": contact.name,
            "course_name": course.course if course else "",
            "short_name": course.short_name if course else "",
            "remark": "" if private else _words_of(incoming, demand.words),
            "extra": extra,
        },
        at_once=True,
    )


def _words_of(incoming: Incoming, words: str) -> str:
    """The words as they may stand in somebody's letter: no stranger's link is passed on."""
    said = words if not _unproved(incoming) else _LINK.sub("[…]", words)
    return said.strip()[:MOST_WORDS]


def _writer(incoming: Incoming, language: Language) -> str:
    """Whoever wrote, in words, with how sure it is."""
    sender = incoming.reading.sender
    if not incoming.contacts:
        sure = "known" if incoming.proof >= Proof.ALIGNED else "unproved"
        return say(f"must_not_wait.writer_{sure}", language, address=sender)
    contact = incoming.contacts[0]
    duty = _duty_at(incoming, contact, language)
    if _unproved(incoming):
        return say("must_not_wait.writer_unproved", language, address=f"{sender} ({duty})")
    return f"{contact.name or sender} ({duty})"


def _duty_at(incoming: Incoming, contact: Contact, language: Language) -> str:
    party = party_name(incoming.tx, contact.party)
    return duty_at(HOLDER_NAMES[contact.duty][language], party, language)


def _places(incoming: Incoming, holders: Iterable[Contact], language: Language) -> str:
    told = dict.fromkeys(_duty_at(incoming, each, language) for each in holders)
    return all_of(tuple(told), language)


def _answer(
    incoming: Incoming, demand: _Demand, holders: tuple[Contact, ...]
) -> tuple[LetterDraft, ...]:
    """Who handles it, told to whoever is known to have written; strangers within their limits."""
    if incoming.proof < (Proof.REPLY if incoming.contacts else Proof.ALIGNED):
        return ()
    sender, language = incoming.reading.sender, language_of(incoming)
    if not incoming.contacts and not all(counted(incoming, *e) for e in receipt_limits(sender)):
        return ()
    key = demand.kind if holders or demand.kind not in (INSIGHT, COURSE_FAULT) else "coordinator"
    told = say(f"must_not_wait.{key}", language, who=_places(incoming, holders, language))
    return (plain_letter(incoming, "answer", language, {"done": [told]}),)


def fault_decided(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What the owner decides about a fault, told to the borrowers and to whoever found it; None
    where somebody else answers, or with a command or about themselves.
    """
    reading, owner = incoming.reading, letter.party
    found = commands(reading.own_text, incoming.site.intake.words)
    words = remainder(reading.own_text, found, reading.fields)
    decides = letter.role == ELEARNING and any(c.party == owner for c in incoming.contacts)
    if not decides or found or is_courtesy(words) or is_private(words):
        return None
    rows = [e for e in queries.catalogue(incoming.tx) if e.request == letter.request]
    if not rows:
        return None
    course, reporter = rows[0], letter.variables["extra"].get("reporter", "")
    demand = _Demand(
        kind=COURSE_FAULT, words=words, number=course.request, course=course, rest=None,
        by_word=False,
    )  # fmt: skip
    told = [*_borrowers(incoming, course)]
    everybody = each_once(incoming.tx, oslo_day(incoming.at), lambda c: c.has_address(reporter))
    told += [each for each in everybody if each.email not in {c.email for c in told}]
    part = tuple(_letter_to(incoming, each, FAULT_DECIDED, demand) for each in told)
    language = language_of(incoming)
    said = say("must_not_wait.decided", language, who=_places(incoming, told, language))
    answer = plain_letter(incoming, "answer", language, {"done": [said]})
    return Judged(verdict="answered", number=course.request, letters=(*part, answer))


def _borrowers(incoming: Incoming, course: CatalogueRow) -> tuple[Contact, ...]:
    same = [
        each
        for each in queries.catalogue(incoming.tx)
        if (each.owner, each.course) == (course.owner, course.course)
    ]
    ordered = (load_request(incoming.tx, each.request) for each in same)
    parties = {each.borrower for each in same} | {r.requester for r in ordered if r}
    return _holders(incoming, parties - {course.owner}, _BORROWERS)


def _borrowers_told(incoming: Incoming, course: CatalogueRow, language: Language) -> str:
    return _places(incoming, _borrowers(incoming, course), language)
