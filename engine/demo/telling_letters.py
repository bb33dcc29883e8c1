"""What the demo says while it plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any, Final

from engine.calendar import OSLO, oslo_day
from engine.demo.receiver import Letter
from engine.demo.story import Command
from engine.model import Language
from engine.report.catalogue import readable
from engine.report.table import table
from engine.service.mail.verdict import MailOutcome
from engine.service.requests import show
from engine.service.site import Site
from engine.store.cases import queries
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.wording import dates, sentence
from engine.wording.catalogue import say, texts
from engine.wording.names import DUTY_NAMES, all_of

_WIDTH: Final = 5
_NEXT: Final = " " * 7

Moved = tuple[str, str | None, str]
"""An event, the state before it and the state after it."""


def opening(folder: Path, port: int, language: Language) -> str:
    """What the reader is about to see."""
    return say("demo.opening", language, folder=folder, port=port)


def heading(text: str) -> str:
    """The title of an act."""
    return f"\n{text}\n{'=' * len(text)}"


def mail_in(
    site: Site, at: datetime, sender: str, raw: bytes, language: Language, *, again: bool
) -> str:
    """A mail that has come, under the time at which it came."""
    subject = str(make_header(decode_header(message_from_bytes(raw)["Subject"])))
    writer = who(site, at, sender, language)
    written = say("demo.mail", language, who=writer, address=sender, again="x" if again else "")
    told = say("demo.subject", language, subject=" ".join(subject.split()))
    return f"\n{_time(at, language)}\n{_mark('in', language)}{written}\n{_NEXT}{told}"


def outcome(site: Site, found: MailOutcome, language: Language) -> str:
    """What became of the mail: the verdict, each move, and each reason."""
    words = texts("demo_verdicts", language).get(found.verdict, found.verdict)
    lines = [f"{_mark('did', language)}{words}" + (f" · {found.request}" if found.request else "")]
    lines += _moves(site, found.request, found.events, language)
    if found.verdict == "opened":
        lines += [f"{_NEXT}  – {sentence(reason, language)}" for reason in found.reasons]
    return "\n".join(lines)


def command(site: Site, at: datetime, step: Command, language: Language) -> str:
    """A coordinator's command."""
    acted = who(site, at, step.by, language)
    told = say("demo.command", language, who=acted, note=step.note)
    return f"\n{_time(at, language)}\n{_mark('in', language)}{told}"


def moves(
    site: Site, number: str, events: Iterable[tuple[str, str | None, str]], language: Language
) -> str:
    """What a command moved."""
    done = f"{_mark('did', language)}{say('demo.done', language, number=number)}"
    return "\n".join([done, *_moves(site, number, events, language)])


def deadline(at: datetime, number: str, language: Language, *, fired: bool) -> str:
    """A deadline that did something by itself."""
    key = "demo.deadline_fired" if fired else "demo.deadline_reminds"
    told = say(key, language, number=number)
    return f"\n{_time(at, language)}\n{_mark('did', language)}{told}"


def letter_out(site: Site, at: datetime, letter: Letter, language: Language) -> str:
    """A letter that has arrived."""
    other = "" if letter.language == language else f" ({letter.language})"
    subject = letter.subject.rpartition(" [")[0] or letter.subject
    receiver = who(site, at, letter.to, language)
    return f"{_mark('out', language)}{receiver}: {subject}{other}"


def who(site: Site, at: datetime, address: str, language: Language) -> str:
    """Who has the address: duty and party; the address itself is nobody's that we know."""
    with site.database.reading() as tx:
        held = register.contacts_of_address(tx, address, oslo_day(at))
        if not held:
            return say("demo.nobody", language)
        party = register.party(tx, held[0].party).name
    duty = DUTY_NAMES[held[0].duty][language]
    return duty if duty == party else f"{duty}, {party}"


def closing(site: Site, folder: Path, boxes: Iterable[Letter], language: Language) -> str:
    """Where everything stands in the end, and what to try next."""
    views = show.every(site)
    with site.database.reading() as tx:
        requests = [
            {**row, **_parties(tx, row)} for row in (_row(view, language) for view in views)
        ]
        shared = readable(queries.catalogue(tx), register.parties(tx))
    languages = Counter(letter.language for letter in boxes)
    counted = all_of(
        tuple(
            say("demo.letters_in", language, number=number, called=called)
            for called, number in languages.items()
        ),
        language,
    )
    return "\n".join(
        [
            "",
            say("demo.requests", language),
            table(requests, ("id", "course", "owner", "borrower", "state"), language),
            "",
            say("demo.catalogue", language),
            table(shared, ("course", "owner", "borrower", "label", "since"), language),
            "",
            say("demo.letters", language, total=languages.total(), counted=counted),
            "",
            _what_next(folder, views, language),
        ]
    )


def _row(view: show.View, language: Language) -> Mapping[str, Any]:
    return {
        "id": view.request.number,
        "course": view.course_document()["full_name"] or _about(view, language),
        "owner": view.request.owner,
        "borrower": view.request.borrower,
        "state": view.state_title(language),
    }


def _about(view: show.View, language: Language) -> str:
    """What a request without a course is about: its routine, and the year."""
    titles = view.routine.workflow.titles
    return f"{titles[language]} {view.request.kept.get('year', '')}".strip()


def _parties(tx: Transaction, row: Mapping[str, Any]) -> Mapping[str, str]:
    """Owner and borrower of the row: a code that people know, or the name where it is a number."""
    return {
        side: register.party(tx, row[side]).name if (row[side] or "").isdigit() else row[side] or ""
        for side in ("owner", "borrower")
    }


def _what_next(folder: Path, views: Sequence[show.View], language: Language) -> str:
    program = f"kursdeling --site {folder}"
    waiting = [f"request why {view.request.number}" for view in views if view.owed]
    over = [f"request history {view.request.number}" for view in views if not view.owed]
    tries = [*waiting[:1], *over[-1:], "letter list", "catalogue", "db verify"]
    return "\n".join(
        [
            say("demo.try", language),
            *(f"  {program} {one}" for one in tries),
            say("demo.then", language),
        ]
    )


def _moves(
    site: Site, number: str, events: Iterable[tuple[str, str | None, str]], language: Language
) -> list[str]:
    events = list(events)
    if not events:
        return []
    states = show.one(site, number).routine.workflow.states
    return [
        f"{_NEXT}  {states[start].titles[language] if start else say('demo.new', language)} → "
        f"{states[end].titles[language]}"
        for _, start, end in events
        if start != end
    ]


def _time(at: datetime, language: Language) -> str:
    text = dates.day_and_time(at.astimezone(OSLO), language)
    return text[:1].upper() + text[1:]


def _mark(what: str, language: Language) -> str:
    """Before what came in, what became of it, and what went out."""
    return f"  {say(f'demo.{what}', language):{_WIDTH}}"
