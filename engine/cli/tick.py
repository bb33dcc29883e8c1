"""Commands for the clock: deadlines, and one whole pass."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from typing import Any

import click

from engine.cli.call import Call
from engine.cli.judging import judged
from engine.cli.noting import Note, letters_note, mail_notes, noted
from engine.cli.printing import document
from engine.cli.program import command
from engine.service.collect import collect
from engine.service.deliver import deliver
from engine.service.sweep import Swept
from engine.service.sweep import sweep as swept
from engine.store import inbox
from engine.store.encoding import instant


@command("sweep")
@click.option("--dry-run", is_flag=True, help="Say how many deadlines are due, and change nothing.")
def sweep(call: Call, dry_run: bool) -> None:
    """Let every deadline that is due act."""
    site = call.site()
    deadlines = swept(site, call.at, dry_run=dry_run)
    if not dry_run:
        noted(site, [_sweep_note(deadlines)])
    found = _swept_document(deadlines)
    _tell_faults(deadlines)
    document(call, found, _numbers(found))


@command("tick")
def tick(call: Call) -> None:
    """Fetch and judge mail, let deadlines act, and send letters."""
    site = call.site()
    with site.database.reading() as tx:
        waiting = [row.id for row in inbox.undecided(tx)]
    outcomes, faults = judged(site, waiting, call.at)
    fetched = collect(site, call.at)
    outcomes += fetched.outcomes
    for fault in (*faults, *fetched.faults):
        print(fault, file=sys.stderr)
    deadlines = swept(site, call.at)
    letters = dict(deliver(site, call.at))
    noted(site, [*mail_notes(site, outcomes), _sweep_note(deadlines), letters_note(letters)])
    found = {
        "mail": dict(Counter(outcome.verdict for outcome in outcomes)),
        "sweep": _swept_document(deadlines),
        "letters": letters,
    }
    _tell_faults(deadlines)
    text = "\n".join(f"{name}: {_numbers(numbers)}" for name, numbers in found.items())
    document(call, found, text)


def _sweep_note(found: Swept) -> Note:
    ids = {name: n for name, n in asdict(found).items() if name not in ("at", "faults")}
    return Note(what="deadlines.swept", ids=ids)


def _swept_document(found: Swept) -> dict[str, Any]:
    numbers = {name: n for name, n in asdict(found).items() if name != "faults"}
    return {**numbers, "at": instant(found.at)}


def _tell_faults(found: Swept) -> None:
    for fault in found.faults:
        print(fault, file=sys.stderr)


def _numbers(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in found.items()) or "–"
