"""Commands that act on requests, on behalf of somebody."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from engine.cli.call import Call, command
from engine.cli.files import text_of
from engine.cli.given import one_line
from engine.cli.mail_log import Note, noted
from engine.cli.moves import moves_told, routine_of
from engine.cli.pairs import pairs
from engine.cli.printing import document
from engine.cli.program import option
from engine.cli.usage import ACTOR, not_among, request_number
from engine.definition.types import Workflow
from engine.domain.fields import FIELDS, field_by_label
from engine.intake import form as forms
from engine.model import Language
from engine.service.acts.commands import Done, open_by_command
from engine.service.acts.commands import fire as fired
from engine.service.acts.many import Refused, fire_all
from engine.service.site import Site
from engine.wording import sentence
from engine.wording.catalogue import say
from engine.wording.names import FIELD_NAMES


@command("request open")
@click.argument("workflow", metavar="WORKFLOW")
@option("--as", "email", type=ACTOR, required=True, metavar="EMAIL", help="as")
@option("--form", "file", metavar="FILE", help="form")
@option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="set")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def open_(
    call: Call,
    *,
    workflow: str,
    email: str,
    file: str | None,
    settings: tuple[str, ...],
    key: str,
    dry_run: bool,
) -> None:
    """Open a request as if the form had come by mail."""
    values = forms.fields(text_of(file, f"--form {file}")) if file else {}
    values |= values_of(settings, frozenset(FIELDS))
    site = call.site()
    done = open_by_command(
        site, workflow, email=email, at=call.at, values=values, key=key, dry_run=dry_run
    )
    if not dry_run:
        noted(site, [note_of("request.opened", done, email)])
    tell(call, site, done, dry_run=dry_run, routine=workflow)


@command("request fire")
@click.argument("number", metavar="ID[,ID…]")
@click.argument("event", metavar="EVENT")
@option("--as", "email", type=ACTOR, required=True, metavar="EMAIL", help="as")
@option("--note", default="", metavar="TEXT", help="note")
@option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="set")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def fire(
    call: Call,
    *,
    number: str,
    event: str,
    email: str,
    note: str,
    settings: tuple[str, ...],
    key: str,
    dry_run: bool,
) -> int:
    """Let an event happen, by the same rules as if it had come by mail.

    Several IDs with commas between them are done together; what is refused of them keeps none of
    the others from happening.
    """
    site = call.site()
    values = values_of(settings, frozenset(FIELDS) | kept_names(site))
    numbers = [request_number(each) for each in number.split(",") if each.strip()]
    if len(numbers) > 1:
        told: Sequence[Done | Refused] = fire_all(
            site, numbers, event,
            email=email, at=call.at, note=note, values=values, key=key, dry_run=dry_run,
        )  # fmt: skip
        done = [each for each in told if isinstance(each, Done)]
    else:
        told = done = [
            fired(
                site, request_number(number), event,
                email=email, at=call.at, note=note, values=values, key=key, dry_run=dry_run,
            )
        ]  # fmt: skip
    if not dry_run:
        noted(site, [note_of("request.fired", each, email) for each in done])
    for each in told:
        if isinstance(each, Done):
            tell(call, site, each, dry_run=dry_run)
        else:
            tell_refused(call, each)
    return 0 if len(done) == len(told) else 1


def tell_refused(call: Call, refused: Refused) -> None:
    """Print why one of several was refused."""
    reasons = [sentence(reason, call.language) for reason in refused.reasons]
    for reason in reasons:
        print(f"{refused.number}: {reason}", file=sys.stderr)
    if call.json:
        print(one_line({"request": refused.number, "error": "refused", "reasons": reasons}))


def note_of(what: str, done: Done, email: str) -> Note:
    """The note in the logs about what a command did on behalf of `email`."""
    moves = [event for event, _, _ in done.events]
    ids = {"request": done.number, "moves": moves, "repeated": done.repeated}
    return Note(what=what, ids=ids, personal={"actor": email})


def kept_names(site: Site) -> frozenset[str]:
    """The names under which events keep what comes with them, `ends_on` for one."""
    return frozenset(
        keep.name
        for routine in site.routines.current.values()
        for event in routine.workflow.events.values()
        for keep in event.keeps
    )


def values_of(settings: Iterable[str], known: frozenset[str]) -> dict[str, str]:
    """The values by field name; wrong usage for a text without `=` or a name not in `known`."""
    found = {}
    for key, value in pairs(settings):
        name = key if key in known else field_by_label(key)
        if name is None:
            titles = {each: tuple(FIELD_NAMES.get(each, {}).values()) for each in known}
            raise click.UsageError(f"--set: {not_among(key, titles)}")
        found[name] = value
    return found


def tell(call: Call, site: Site, done: Done, *, dry_run: bool, routine: str = "") -> None:
    """Print what a command came to, or would come to; `routine` names that of a request that has
    no number yet.
    """
    workflow = None
    if not call.json:
        known = site.routines.current.get(routine)
        workflow = known.workflow if known else routine_of(site, done.number)
    found = {
        "request": done.number or None,
        "state": done.events[-1][2] if done.events else None,
        "events": [{"event": event, "from": start, "to": to} for event, start, to in done.events],
        "missing": [sentence(reason, call.language) for reason in done.missing],
        "letters": done.letters,
        "repeated": done.repeated,
        "dry_run": dry_run,
    }
    document(call, found, _done_text(found, workflow, call.language))


def _done_text(found: Mapping[str, Any], workflow: Workflow | None, language: Language) -> str:
    lines = [say("cli.repeated", language)] if found["repeated"] else []
    lines += [say("cli.dry_run", language)] if found["dry_run"] else []
    number = f"{found['request']} " if found["request"] else ""
    lines += [f"{number}{each}" for each in moves_told(found["events"], workflow, language)]
    lines += [f"  {reason}" for reason in found["missing"]]
    lines.append(say("cli.letters", language, n=found["letters"]))
    return "\n".join(lines)
