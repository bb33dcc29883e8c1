"""«Er dette ei levering?»: FOUSAM is asked about what came without a form or a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from engine import intake
from engine.calendar import add, oslo_day
from engine.definition.types import Span
from engine.domain.networks.deliveries import CAME
from engine.domain.networks.leaders import leaves
from engine.domain.networks.network_form import read
from engine.domain.own_questions import asks_for_status
from engine.domain.own_words import says_yes
from engine.domain.words import all_general
from engine.domain.words import says_yes as begins_with_yes
from engine.intake.reading import Attachment
from engine.intake.reply import commands, remainder
from engine.model import Act, Actor, Cause, LetterDraft, Proof, Reason, Request, TimerDraft
from engine.plan.case import Case
from engine.plan.letters import with_extra
from engine.plan.reminding import letters_due
from engine.plan.timing import NETWORK_QUESTION
from engine.plan.yearly import DELIVER, OWING
from engine.plan.yearly_letters import FOUSAM, KINDS
from engine.service.acts.acting import act_on, case_of
from engine.service.answering.networks.network_acts import said
from engine.service.answering.networks.network_choice import name_of
from engine.service.answering.networks.passing_on import passed_on, told_of
from engine.service.mail.verdict import Incoming, Judged
from engine.store.cases import timers
from engine.store.cases.requests import load_request
from engine.store.contacts.register import contacts_of_address
from engine.store.database import Transaction
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow

QUESTION: Final = NETWORK_QUESTION
"""The letter that asks FOUSAM; its `extra` holds the mail that it is about."""
_LEADING_NO: Final = re.compile(r"^\W*[^\W\d_]+[\s,.:;!–-]*")
_PICTURES: Final = ("image/", "text/calendar", "text/vcard", "text/x-vcard", "application/pkcs7")
_NO: Final = frozenset({"nei", "no", "nope"})
_A_DELIVERY: Final = ("levering", "levert", "delivery", "delivered")
"""What a yes may repeat of the question."""


def documents_in(attachments: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Those that a plan or a report may be: no picture of a signature, and no visiting card."""
    return tuple(each for each in attachments if not each.type.startswith(_PICTURES))


def says_no(text: str) -> bool:
    """Whether a reply begins with the word no: «NEI», «Nei, det er ei unnskyldning»."""
    first = re.match(r"[^\W\d_]+", text.strip())
    return first is not None and first[0].casefold() in _NO


def beside_no(incoming: Incoming) -> str:
    """What stands behind the no that a reply begins with, without greetings."""
    own = _LEADING_NO.sub("", incoming.reading.own_text.strip(), count=1)
    return remainder(own, (), {})


def asked(
    incoming: Incoming, requests: Sequence[Request], code: str = "asked_fousam", **more: Any
) -> Judged:
    """The question to FOUSAM whether the mail delivers anything, or brings about what `more` says;
    and what its writer is told, by the `code` of the sentence.

    Nothing is recorded: no time that nobody has vouched for is ever told as in time.
    """
    about = requests[0]
    case = case_of(incoming.site, incoming.tx, about.number, incoming.at)
    words = told_of(incoming, incoming.reading.own_text)
    told = {
        "mail": str(incoming.inbox),
        **words,
        "files": [each.name or each.type for each in incoming.reading.attachments],
        "others": [name_of(incoming, each) for each in requests[1:]],
        "asked": [each.number for each in requests],
        "leaves": leaves(incoming.reading.own_text),
        **more,
    }
    drafts = letters_due(case, "send", QUESTION, (FOUSAM,), incoming.at)
    wait(incoming.tx, case, incoming.at)
    if words["private"] and not more:
        code = "asked_fousam_private"
    reason = Reason(code, {"fousam": case.facts.bodies.get("fousam", "FOUSAM")})
    return Judged(
        verdict="suggested",
        number=about.number,
        letters=(
            *(with_extra(draft, **told) for draft in drafts),
            said(incoming, case, noted=(reason,), **more),
        ),
        reasons=(reason,),
    )


def answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What FOUSAM's answer to the question comes to; None where it is neither yes nor no."""
    own = incoming.reading.own_text
    about = load_request(incoming.tx, letter.request)
    if about is None:
        return None
    names = [name_of(incoming, each) for each in _asked_about(incoming, letter)]
    plain = says_yes(own, (*_A_DELIVERY, *names))
    yes = plain or begins_with_yes(own)
    case = case_of(incoming.site, incoming.tx, about.number, incoming.at)
    if not (yes or says_no(own)):
        return _neither(incoming, case)
    if yes:
        against = _said_no(incoming, letter)
        if against is not None or not plain:
            reason = against or Reason("yes_alone")
            letters = (said(incoming, case, not_done=(reason,)),)
            return Judged(
                verdict="unclear", number=about.number, letters=letters, reasons=(reason,)
            )
    settle(incoming.tx, case)
    if says_no(own):
        code = "not_a_delivery_noted" if about.state in OWING else "delivered_since"
        code = "leader_stays" if letter.variables["extra"].get("successor") else code
        note = Reason(code, {"network": name_of(incoming, about)})
        writer = str(letter.variables["extra"].get("writer", ""))
        passed = passed_on(incoming, case, beside_no(incoming), back_to=writer)
        told = (Reason("words_passed_on", {"who": writer}),) if passed else ()
        return Judged(
            verdict="answered",
            number=about.number,
            letters=(
                *passed,
                said(incoming, case, done=(note, *told), settled=letter.variables["extra"]["mail"]),
            ),
        )
    found = _meant(incoming, letter, about)
    if found is None or found.state not in OWING:
        code = "which_network" if found is None else "delivered_since"
        reason = Reason(code, {"known": names, "network": name_of(incoming, about)})
        letters = (said(incoming, case, not_done=(reason,)),)
        return Judged(verdict="unclear", number=about.number, letters=letters, reasons=(reason,))
    return _counted(incoming, letter, found)


def _neither(incoming: Incoming, case: Case) -> Judged | None:
    """What words come to that are no answer to the question; None for a document, a form or a
    command.
    """
    own, reading = incoming.reading.own_text, incoming.reading
    known = all_general() | incoming.site.routines.words(*KINDS)
    other = documents_in(reading.attachments) or read(own, "report") or commands(own, known)
    if other or not own.strip() or asks_for_status(own):
        return None
    reason = Reason("neither_yes_nor_no")
    letters = (said(incoming, case, not_done=(reason,)),)
    return Judged(verdict="unclear", number=case.request.number, letters=letters, reasons=(reason,))


def _said_no(incoming: Incoming, letter: LetterRow) -> Reason | None:
    """That a colleague has answered the same question with no: then a yes counts for nothing."""
    mail = letter.variables["extra"]["mail"]
    for row in letters.of_request(incoming.tx, letter.request):
        settled = row.variables.get("extra", {}).get("settled") == mail
        if settled and row.receiver != incoming.reading.sender:
            return Reason("colleague_said_no", {"who": row.receiver})
    return None


def _asked_about(incoming: Incoming, letter: LetterRow) -> list[Request]:
    numbers = letter.variables["extra"].get("asked") or [letter.request]
    found = (load_request(incoming.tx, str(number)) for number in numbers)
    return [each for each in found if each is not None]


def _meant(incoming: Incoming, letter: LetterRow, about: Request) -> Request | None:
    """The one that the yes is about: the only one, or the one that it names."""
    known = _asked_about(incoming, letter)
    if len(known) <= 1:
        return about
    own = incoming.reading.own_text.casefold()
    named = [each for each in known if name_of(incoming, each).casefold() in own]
    return named[0] if len(named) == 1 else None


def _counted(incoming: Incoming, letter: LetterRow, request: Request) -> Judged:
    """The mail that was asked about as the delivery that it is, at the time when it came."""
    mail = int(letter.variables["extra"]["mail"])
    row = inbox.get(incoming.tx, mail)
    reading = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    day = oslo_day(row.received_at)
    writer = contacts_of_address(incoming.tx, reading.sender, day)
    case = case_of(incoming.site, incoming.tx, request.number, incoming.at, event=DELIVER)
    act = Act(
        event=DELIVER,
        actor=Actor(name=reading.sender, contacts=writer),
        proof=Proof.SITE,
        cause=Cause("mail", str(mail)),
        key=f"mail:{mail}:1",
        note=incoming.reading.sender,
        values={CAME: row.received_at.isoformat()},
    )
    step = act_on(case, act, incoming.at)
    if step.reasons:
        letters = (said(incoming, case, not_done=step.reasons),)
        return Judged(
            verdict="refused", number=request.number, letters=letters, reasons=step.reasons
        )
    return Judged(verdict="fired", number=request.number, plans=step.events)


def without_pictures(incoming: Incoming) -> Incoming:
    """The mail with none of the attachments that no plan or report can be."""
    kept = documents_in(incoming.reading.attachments)
    return replace(incoming, reading=replace(incoming.reading, attachments=kept))


_PATIENCE: Final = Span(2, "working days")
_AT_MOST: Final = 3
_COPIED: Final = tuple("mail writer private words files others asked leaves successor".split())
"""What the question says of the mail that it is about."""


def wait(tx: Transaction, case: Case, at: datetime) -> None:
    """Ask again after two working days, unless that is to happen already; like every timer of a
    request it is void after the next move.
    """
    if _armed(tx, case):
        return
    calendar = case.rules.calendar
    draft = TimerDraft(
        position=0,
        action="send",
        target=NETWORK_QUESTION,
        roles=(FOUSAM,),
        due_at=add(calendar, at, _PATIENCE),
        every=str(_PATIENCE),
        at_most=_AT_MOST,
        rule=f"after {_PATIENCE}",
        calendar=f"{calendar.name} {calendar.version}",
    )
    timers.arm(tx, case.request.id, case.request.state, draft)


def settle(tx: Transaction, case: Case) -> None:
    """FOUSAM has answered: nothing is asked again."""
    for timer in _armed(tx, case):
        timers.finish(tx, timer.id)


def asked_again(tx: Transaction, case: Case, at: datetime) -> tuple[LetterDraft, ...]:
    """The newest question about the request, once more."""
    written = [
        row
        for row in letters.of_request(tx, case.request.number)
        if row.template == NETWORK_QUESTION
    ]
    if not written:
        return ()
    asked = written[-1].variables["extra"]
    told = {name: asked[name] for name in _COPIED if name in asked}
    drafts = letters_due(case, "send", NETWORK_QUESTION, (FOUSAM,), at)
    return tuple(with_extra(draft, **told, again=True) for draft in drafts)


def _armed(tx: Transaction, case: Case) -> list[timers.TimerRow]:
    armed = timers.of_request(tx, case.request.id)
    return [timer for timer in armed if timer.target == NETWORK_QUESTION]
