"""A routine tried out: one request played by a script, through the services that real mail takes.

Nobody real takes part: every role is held by somebody invented, at a `.example` address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final

from engine.calendar import add, oslo_day
from engine.definition.types import Role, Workflow
from engine.errors import InputError
from engine.model import Language, Party, Reason
from engine.service import receive
from engine.service.acts.acting import case_of
from engine.service.deliver import deliver
from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import MailOutcome
from engine.service.site import Site
from engine.service.time.sweep import sweep
from engine.service.trials.script import Expect, Mail, Step, Wait
from engine.store.cases import queries, timers
from engine.store.contacts import register
from engine.store.encoding import instant
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from engine.wording import sentence

ADDRESS: Final = "deling@kursdeling.example"
"""What the trial's site reads."""
SERVER: Final = "mx.kursdeling.example"
"""Whose word the trial's site takes for who wrote."""
COORDINATOR: Final = ("ks", "coordinator")

_LONG: Final = timedelta(days=3660)
_PAUSE: Final = timedelta(minutes=1)
"""What passes between two mails."""

Document = Mapping[str, Any]


def people(site: Site, workflow: Workflow, steps: Sequence[Step], at: datetime) -> None:
    """Let somebody hold every role at every party that may come to stand in it, and let an
    agreement be in force.
    """
    with site.database.transaction() as tx:
        parties = register.parties(tx)
        named = {step.party for step in steps if isinstance(step, Mail) and step.party}
        wanted = {COORDINATOR} | {
            (party, role.duty)
            for role in workflow.roles.values()
            for party in parties_of(workflow, role, parties, named)
        }
        for party, duty in sorted(wanted):
            register.add_contact(
                tx,
                party_id=party,
                duty=duty,
                email=address(party, duty),
                valid_from=oslo_day(at - _LONG),
            )
        register.add_agreement(
            tx, oslo_day(at - _LONG), oslo_day(at + _LONG), recorded_at=site.clock.now()
        )


def address(party: str, duty: str) -> str:
    """The invented holder's address."""
    return f"{duty.replace('_', '-')}@{party}.example"


def parties_of(
    workflow: Workflow, role: Role, parties: Mapping[str, Party], named: set[str]
) -> set[str]:
    """The organisations at which the role may come to be held; of those that may open, the first,
    and those in `named`.
    """
    if role.party:
        return {role.party}
    source = workflow.opens_with.parties.get(role.of or "", "form")
    theirs = [party.id for party in parties.values() if party.side == role.side]
    if source == "sender":
        return {theirs[0], *(named & set(theirs))}
    return set(theirs) if source == "form" else {source} & parties.keys()


class Trial:
    """One request on its way; `play` tells of everything that happens, as documents."""

    def __init__(self, site: Site, workflow: Workflow, at: datetime, language: Language) -> None:
        self.number = ""
        self._site = site
        self._workflow = workflow
        self._now = at
        self._language = language
        self._mails = 0
        self._told_letters = 0
        self._told_moves = 0

    def play(self, steps: Sequence[Step]) -> Iterator[Document]:
        """Every mail, move, letter and wait, as it happens.

        InputError names the line of a step that cannot be played, or that expected another
        state.
        """
        for step in steps:
            match step:
                case Mail():
                    yield from self._mail(step)
                case Wait():
                    yield from self._wait(step)
                case Expect():
                    self._expect(step)

    def _mail(self, step: Mail) -> Iterator[Document]:
        sender = self._sender(step)
        outcome = self._taken(sender, step.text)
        self.number = self.number or outcome.request
        yield {
            "kind": "mail",
            "at": instant(self._now),
            "role": step.role,
            "from": sender,
            "text": step.text,
            "verdict": outcome.verdict,
            "request": outcome.request or None,
            "reasons": [sentence(reason, self._language) for reason in outcome.reasons],
        }
        yield from self._after()
        self._now += _PAUSE

    def _sender(self, step: Mail) -> str:
        role = self._workflow.roles.get(step.role)
        if role is None:
            known = ", ".join(self._workflow.roles)
            raise InputError(
                f"line {step.line}: no role «{step.role}»; there are {known}",
                reason=_reason("try_role", step, text=step.role, known=list(self._workflow.roles)),
            )
        if step.party:
            return address(step.party, role.duty)
        if self.number:
            with self._site.database.reading() as tx:
                holders = case_of(self._site, tx, self.number, self._now).holders(step.role)
            if holders:
                return holders[0].email
            raise InputError(
                f"line {step.line}: nobody holds «{step.role}» yet",
                reason=_reason("try_nobody", step, text=step.role),
            )
        if self._workflow.opens_with.by_time:
            raise InputError(
                f"line {step.line}: time opens this routine, and no mail",
                reason=_reason("try_by_time", step),
            )
        if step.role != self._workflow.opens_with.by:
            raise InputError(
                f"line {step.line}: «{self._workflow.opens_with.by}» opens this routine",
                reason=_reason("try_opener", step, text=self._workflow.opens_with.by),
            )
        with self._site.database.reading() as tx:
            parties = register.parties(tx)
        party = role.party or next(each.id for each in parties.values() if each.side == role.side)
        return address(party, role.duty)

    def _taken(self, sender: str, text: str) -> MailOutcome:
        raw = self._written(sender, text)
        mail = receive.take(self._site, raw, "trial", self._now)
        return receive.handle(self._site, mail, self._now)

    def _written(self, sender: str, text: str) -> bytes:
        """The mail as it arrives: an answer to the sender's newest letter, if there is one."""
        self._mails += 1
        domain = sender.rpartition("@")[2]
        answered = next((row for row in reversed(self._letters()) if row.receiver == sender), None)
        message = EmailMessage(policy=SMTP)
        message["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={domain}"
        message["From"] = sender
        message["To"] = ADDRESS
        message["Subject"] = f"SV: {answered.subject}" if answered else self._subject()
        message["Date"] = format_datetime(self._now)
        message["Message-ID"] = f"<trial{self._mails}@{domain}>"
        if answered:
            message["In-Reply-To"] = answered.message_id
        message.set_content(text)
        return bytes(message)

    def _subject(self) -> str:
        return f"{self._workflow.opens_with.subject[self._language][0]} {self.number}".strip()

    def _wait(self, step: Wait) -> Iterator[Document]:
        until = add(self._site.rules.calendar, self._now, step.span)
        yield {"kind": "wait", "at": instant(until), "span": str(step.span)}
        swept: datetime | None = None
        while (due := self._due()) is not None and due <= until and due != swept:
            self._now = swept = due
            sweep(self._site, due)
            yield from self._after()
        self._now = until

    def _due(self) -> datetime | None:
        with self._site.database.reading() as tx:
            return timers.next_due(tx)

    def _after(self) -> Iterator[Document]:
        """Mail out, and what there is to tell since last time."""
        deliver(self._site, self._now)
        yield from self._moves()
        rows = self._letters()
        for row in rows[self._told_letters :]:
            yield self._letter(row)
        self._told_letters = len(rows)

    def _moves(self) -> Iterator[Document]:
        if not self.number:
            return
        with self._site.database.reading() as tx:
            rows = queries.history(tx, self.number)
        for row in rows[self._told_moves :]:
            yield {
                "kind": "move",
                "at": instant(row.at),
                "request": self.number,
                "event": row.event,
                "from": row.from_state,
                "to": row.to_state,
                "actor": row.actor,
            }
        self._told_moves = len(rows)

    def _letters(self) -> tuple[LetterRow, ...]:
        with self._site.database.reading() as tx:
            return letters.listed(tx)

    def _letter(self, row: LetterRow) -> Document:
        return {
            "kind": "letter",
            "at": instant(row.written_at),
            "to": row.receiver,
            "role": row.role,
            "language": row.language,
            "template": row.template,
            "subject": row.subject,
            "text": self._site.letters.text(envelope_of(row)),
        }

    def _expect(self, step: Expect) -> None:
        with self._site.database.reading() as tx:
            rows = queries.history(tx, self.number) if self.number else ()
        state = rows[-1].to_state if rows else "nothing"
        if state != step.state:
            raise InputError(
                f"line {step.line}: the request is {state}, not {step.state}",
                reason=_reason("try_expected", step, found=state, wanted=step.state),
            )


def _reason(code: str, step: Mail | Expect, **values: object) -> Reason:
    return Reason(code, {"line": step.line, **values})
