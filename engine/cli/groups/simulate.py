"""What would happen until a day, by a script of answers or without any."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import click

from engine.calendar import end_of_day
from engine.cli.call import Call, command
from engine.cli.files import text_of
from engine.cli.given import read_at
from engine.cli.groups.request_acts import kept_names, values_of
from engine.cli.printing import documents
from engine.cli.program import option
from engine.cli.speaking import spoken
from engine.cli.usage import DAY, request_number, wrong
from engine.definition.types import Workflow
from engine.domain.fields import FIELDS
from engine.model import Language
from engine.plan.naming import event_title, state_title
from engine.service.site import Site
from engine.service.time.simulate import Happening, Scripted, beginning, nobody
from engine.service.time.simulate import simulate as simulated
from engine.store.encoding import instant
from engine.wording import sentence
from engine.wording.catalogue import say
from engine.wording.names import ACTION_NAMES, called

COLUMNS = ("at", "request", "event", "from", "to", "letters", "reasons")


@command("simulate")
@option("--until", "day", type=DAY, required=True, metavar="DATE", help="last_day")
@option(
    "--script",
    "file",
    metavar="FILE",
    help="answers",
)
def simulate(call: Call, day: date, file: str | None) -> None:
    """Print every move, reminder and letter that would come; nothing is written or sent.

    It begins at --at (now if not given) or the site's last event, whichever is later. Without
    --script, nobody answers.
    """
    site = call.site()
    start, until = beginning(site, call.at), end_of_day(day)
    if until < start:
        raise wrong("until_over", text=day)
    known = frozenset(FIELDS) | kept_names(site)
    script = read_script(text_of(file, f"--script {file}"), known, start, until) if file else ()
    with _bar(start, until) as progress:
        found = list(simulated(site, start, until, script=script, progress=progress))
    shown = [] if call.json else _rows(site, found, call.language)
    documents(call, [_document(each, call.language) for each in found], COLUMNS, shown)


@contextmanager
def _bar(start: datetime, until: datetime) -> Iterator[Callable[[datetime], None]]:
    """Progress by days on stderr, where that is a terminal; what is printed waits until it ends."""
    if not sys.stderr.isatty():
        yield nobody
        return
    with click.progressbar(
        length=max((until - start) // timedelta(days=1), 1), file=sys.stderr
    ) as bar:
        yield lambda at: bar.update((at - start) // timedelta(days=1) - bar.pos)


def _document(each: Happening, language: Language) -> dict[str, Any]:
    """As INTERFACE §3 has `simulate`; `reasons` where an event would be refused."""
    found: dict[str, Any] = {
        "at": instant(each.at),
        "request": each.request or None,
        "workflow": each.workflow or None,
        "action": each.action,
        "event": each.event,
        "from": each.start,
        "to": each.to or None,
        "letters": [
            {"to": letter.to or None, "template": letter.template, "language": letter.language}
            for letter in each.letters
        ],
    }
    if each.reasons:
        found["reasons"] = [sentence(reason, language) for reason in each.reasons]
    return found


def _rows(site: Site, found: Sequence[Happening], language: Language) -> list[dict[str, Any]]:
    """What happens as people read it; the routine's words are those of its current version."""
    known = site.routines.current
    workflows = {name: known[name].workflow for name in known}
    return [_shown(each, workflows.get(each.workflow), language) for each in found]


def _shown(each: Happening, workflow: Workflow | None, language: Language) -> dict[str, Any]:
    event = (
        event_title(workflow, each.event, language)
        if each.action in {"fire", "open", "act"}
        else called(ACTION_NAMES, each.event, language)
    )
    return {
        **_document(each, language),
        "at": each.at,
        "event": event,
        "from": state_title(workflow, each.start, language),
        "to": state_title(workflow, each.to, language),
        "letters": [f"{letter.template} → {letter.to or '–'}" for letter in each.letters],
    }


EXAMPLE = "2026-12-01 KD-2026-0001 MANGLER as kslaring@ks.example: Tidsbruk"
LINE = re.compile(
    r"(?P<at>\S+)\s+(?P<request>[Kk][Dd]-\d{4}-\d+)\s+(?P<event>\S.*?)\s+as\s+"
    r"(?P<email>[^\s:]+@[^\s:]+)(?P<values>(?:\s+[^\s:=]+=\S+)*)\s*(?::\s*(?P<note>.*))?"
)


def read_script(
    text: str, known: frozenset[str], start: datetime, until: datetime
) -> tuple[Scripted, ...]:
    """The answers that the lines of `text` stand for; wrong usage names every faulty line.

    Blank lines and those that begin with `#` are passed over. An answer must lie from `start` to
    `until`, and `known` names the fields that may come with it.
    """
    answers: list[Scripted] = []
    faults: list[str] = []
    for place, line in _lines(text):
        try:
            answers.append(_answer(line, known, start, until))
        except click.UsageError as error:
            faults.append(f"--script, {say('cli.line', spoken())} {place}: {error.message}")
    if faults:
        raise click.UsageError("\n".join(faults))
    return tuple(answers)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for place, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield place, line.strip()


def _answer(line: str, known: frozenset[str], start: datetime, until: datetime) -> Scripted:
    found = LINE.fullmatch(line)
    if found is None:
        raise wrong("script_shape", example=EXAMPLE)
    try:
        at = read_at(found["at"])
    except (ValueError, OverflowError) as error:
        raise wrong("time_wanted", text=found["at"]) from error
    if not start <= at <= until:
        raise wrong("script_outside", text=found["at"])
    return Scripted(
        at=at,
        request=request_number(found["request"]),
        event=found["event"],
        email=found["email"].lower(),
        note=found["note"] or "",
        values=values_of(found["values"].split(), known),
    )
