"""What the demo says while it plays, in plain bokmål."""

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
from engine.store import queries, register
from engine.store.database import Transaction
from engine.wording import dates, sentence
from engine.wording.names import DUTY_NAMES

_LANGUAGE: Final[Language] = "nb"
_VERDICTS: Final[Mapping[str, str]] = {
    "opened": "åpnet en sak",
    "fired": "utført",
    "answered": "besvart, ingenting endret",
    "refused": "besvart med grunnen, ingenting endret",
    "repeated": "samme e-post en gang til, ingenting endret",
    "newcomer": "ukjent avsender: nøytral kvittering, koordinatoren ser på den",
    "unknown_sender": "ukjent avsender uten bevis: ikke besvart, koordinatoren ser den",
    "unconfirmed": "avsenderen er ikke bevist: vi spør den registrerte adressen",
    "remark": "egne ord, lagt ved saken til koordinatoren",
    "automatic": "automatisk svar: endrer ingenting og besvares aldri",
}
_IN, _DID, _OUT = "  inn  ", "  ble  ", "  ut   "
_NEXT: Final = "       "


def opening(folder: Path, port: int) -> str:
    """What the reader is about to see."""
    return (
        f"Demoen lager et område i {folder}/ og spiller ekte e-poster gjennom det.\n"
        f"Brevene sendes med SMTP til en mottaker på denne maskinen (port {port})\n"
        f"og blir liggende i {folder}/received/. Alle adresser er oppdiktet (.example)."
    )


def heading(text: str) -> str:
    """The title of an act."""
    return f"\n{text}\n{'=' * len(text)}"


def mail_in(site: Site, at: datetime, sender: str, raw: bytes, *, again: bool) -> str:
    """A mail that has come, under the time at which it came."""
    subject = str(make_header(decode_header(message_from_bytes(raw)["Subject"])))
    note = " (kom en gang til)" if again else ""
    return (
        f"\n{_time(at)}\n{_IN}{who(site, at, sender)} <{sender}>{note}\n"
        f"{_NEXT}Emne: {' '.join(subject.split())}"
    )


def outcome(site: Site, found: MailOutcome) -> str:
    """What became of the mail: the verdict, each move, and each reason."""
    words = _VERDICTS.get(found.verdict, found.verdict)
    lines = [f"{_DID}{words}" + (f" · {found.request}" if found.request else "")]
    lines += _moves(site, found.request, found.events)
    if found.verdict == "opened":
        lines += [f"{_NEXT}  – {sentence(reason, _LANGUAGE)}" for reason in found.reasons]
    return "\n".join(lines)


def command(site: Site, at: datetime, step: Command) -> str:
    """A coordinator's command."""
    return (
        f"\n{_time(at)}\n{_IN}koordinatoren kjører «request fire» for "
        f"{who(site, at, step.by)}: {step.note}"
    )


def moves(site: Site, number: str, events: Iterable[tuple[str, str | None, str]]) -> str:
    """What a command moved."""
    return "\n".join([f"{_DID}utført · {number}", *_moves(site, number, events)])


def deadline(at: datetime, number: str, *, fired: bool) -> str:
    """A deadline that did something by itself."""
    what = "går videre av seg selv" if fired else "får en påminnelse"
    return f"\n{_time(at)}\n{_DID}en frist er ute: {number} {what}"


def letter_out(site: Site, at: datetime, letter: Letter) -> str:
    """A letter that has arrived."""
    language = "" if letter.language == _LANGUAGE else f" ({letter.language})"
    subject = letter.subject.rpartition(" [")[0] or letter.subject
    return f"{_OUT}{who(site, at, letter.to)}: {subject}{language}"


def who(site: Site, at: datetime, address: str) -> str:
    """Who has the address: duty and party; the address itself is nobody's that we know."""
    with site.database.reading() as tx:
        held = register.contacts_of_address(tx, address, oslo_day(at))
        if not held:
            return "en ukjent"
        party = register.party(tx, held[0].party).name
    duty = DUTY_NAMES[held[0].duty][_LANGUAGE]
    return duty if duty == party else f"{duty}, {party}"


def closing(site: Site, folder: Path, boxes: Iterable[Letter]) -> str:
    """Where everything stands in the end, and what to try next."""
    views = show.every(site)
    with site.database.reading() as tx:
        requests = [{**row, **_parties(tx, row)} for row in map(_row, views)]
        shared = [{**row, **_parties(tx, row)} for row in readable(queries.catalogue(tx))]
    languages = Counter(letter.language for letter in boxes)
    counted = " og ".join(f"{number} på {language}" for language, number in languages.items())
    return "\n".join(
        [
            "",
            "Sakene",
            table(requests, ("id", "course", "owner", "borrower", "state"), _LANGUAGE),
            "",
            "Katalogen: det som er delt nå",
            table(shared, ("course", "owner", "borrower", "label", "since"), _LANGUAGE),
            "",
            f"Brev sendt med SMTP: {languages.total()}, {counted}.",
            "",
            _what_next(folder, views),
        ]
    )


def _row(view: show.View) -> Mapping[str, Any]:
    return {
        "id": view.request.number,
        "course": view.course_document()["full_name"] or _about(view),
        "owner": view.request.owner,
        "borrower": view.request.borrower,
        "state": view.state_title(_LANGUAGE),
    }


def _about(view: show.View) -> str:
    """What a request without a course is about: its routine, and the year."""
    titles = view.routine.workflow.titles
    return f"{titles[_LANGUAGE]} {view.request.kept.get('year', '')}".strip()


def _parties(tx: Transaction, row: Mapping[str, Any]) -> Mapping[str, str]:
    """Owner and borrower of the row: a code that people know, or the name where it is a number."""
    return {
        side: register.party(tx, row[side]).name if (row[side] or "").isdigit() else row[side] or ""
        for side in ("owner", "borrower")
    }


def _what_next(folder: Path, views: Sequence[show.View]) -> str:
    program = f"kursdeling --site {folder}"
    waiting = [f"request why {view.request.number}" for view in views if view.owed]
    over = [f"request history {view.request.number}" for view in views if not view.owed]
    tries = [*waiting[:1], *over[-1:], "letter list", "catalogue", "db verify"]
    return "\n".join(
        [
            "Prøv videre (etter make demo ligger programmet i .venv/bin/):",
            *(f"  {program} {one}" for one in tries),
            "Mottakeren er borte nå, så nye brev blir filer i området.",
        ]
    )


def _moves(site: Site, number: str, events: Iterable[tuple[str, str | None, str]]) -> list[str]:
    events = list(events)
    if not events:
        return []
    states = show.one(site, number).routine.workflow.states
    return [
        f"{_NEXT}  {states[start].titles[_LANGUAGE] if start else 'ny'} → "
        f"{states[end].titles[_LANGUAGE]}"
        for _, start, end in events
        if start != end
    ]


def _time(at: datetime) -> str:
    text = dates.day_and_time(at.astimezone(OSLO), _LANGUAGE)
    return text[:1].upper() + text[1:]
