"""Commands about routines."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from engine import app
from engine.app.trial import trial_site
from engine.cli.call import Call, command
from engine.cli.files import text_of
from engine.cli.given import one_line
from engine.cli.groups.mail_log import Note, noted
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.definition.types import Event, Workflow
from engine.errors import InputError
from engine.model import Language, Problem, Reason
from engine.plain import plain
from engine.plan.naming import state_title
from engine.report.drawing import drawing
from engine.report.explaining import coming
from engine.report.table import facts, oslo, table
from engine.service.requests.migrating import Line, Moved, migrate_back
from engine.service.requests.migrating import migrate as migrated
from engine.service.trials.proving import proved_texts
from engine.service.trials.script import read_script
from engine.service.trials.trying import Trial, people
from engine.store.encoding import instant
from engine.wording import sentence
from engine.wording.catalogue import say
from engine.wording.durations import span

LIST_COLUMNS = ("workflow", "version", "title", "states", "events")
STATE_COLUMNS = ("state", "title", "waits_for", "label", "final")
EVENT_COLUMNS = ("event", "from", "to", "by", "when", "words")
TIMER_COLUMNS = ("state", "what", "rule")


@command("workflow list")
def list_(call: Call) -> None:
    """Print every routine of the site in its present version."""
    routines = call.site().routines.current
    found = [
        {
            "workflow": each.workflow.name,
            "version": each.workflow.version,
            "title": each.workflow.titles[call.language],
            "states": len(each.workflow.states),
            "events": len(each.workflow.events),
            "file": each.workflow.file,
        }
        for each in routines.values()
    ]
    documents(call, found, LIST_COLUMNS)


@command("workflow show")
@click.argument("name", metavar="W")
@option(
    "--format",
    "form",
    type=click.Choice(["table", "mermaid", "svg", "json"]),
    default="table",
    help="format",
)
def show(call: Call, name: str, form: str) -> None:
    """Print a routine's states, events and deadlines, or a picture of them.

    W is a routine's name, or a workflow file. No site is needed.
    """
    workflow = app.routine(call.folder, name).workflow
    if form in {"mermaid", "svg"}:
        print(drawing(workflow, form, call.language), end="")
        return
    call.json = call.json or form == "json"
    found = workflow_document(workflow, call.language)
    document(call, found, _text(found, call.language))


@command("workflow check")
@click.argument("files", nargs=-1, metavar="[FILE…]", type=click.Path(exists=True, dir_okay=False))
def check(call: Call, files: tuple[str, ...]) -> int:
    """Prove every claim of the files, or of the site's routines when none is named."""
    own = app.workflow_files(call.folder)
    texts = {file: Path(file).read_bytes() for file in files} or own
    letters = app.templates_of(call.folder)
    proved = proved_texts(texts, lambda workflow: app.prove(workflow, letters))
    fine = [
        {
            "workflow": workflow.name,
            "version": workflow.version,
            "states": len(workflow.states),
            "events": len(workflow.events),
            "longest_silence_days": days,
        }
        for workflow, days in proved.workflows
    ]
    found = {
        "ok": not proved.problems,
        "workflows": fine,
        "problems": [_problem_document(problem) for problem in proved.problems],
    }
    for problem in proved.problems:
        print(problem, file=sys.stderr)
    lines = [say("cli.routine_fine", call.language, **each) for each in fine]
    if call.json or not proved.problems:
        document(call, found, "\n".join(lines))
    return 1 if proved.problems else 0


def workflow_document(workflow: Workflow, language: Language) -> dict[str, Any]:
    """A routine as its file says it, with titles and words in one language."""
    return {
        "workflow": workflow.name,
        "version": workflow.version,
        "title": workflow.titles[language],
        "source": workflow.source,
        "opens": {"by": workflow.opens_with.by, "state": workflow.opens_with.state},
        "roles": [
            {
                "role": role.name,
                "side": role.side,
                "duty": role.duty,
                "of": role.of,
                "party": role.party,
            }
            for role in workflow.roles.values()
        ],
        "states": [
            {
                "state": state.name,
                "title": state.titles[language],
                "waits_for": list(state.waits_for),
                "label": state.label,
                "final": state.final,
            }
            for state in workflow.states.values()
        ],
        "events": [_event_document(event, language) for event in workflow.events.values()],
        "timers": [
            {
                "state": state,
                "action": timer.action,
                "target": timer.target or None,
                "roles": list(timer.roles),
                "rule": timer.rule,
            }
            for state, timers in workflow.timers.items()
            for timer in timers
        ],
    }


def _event_document(event: Event, language: Language) -> dict[str, Any]:
    return {
        "event": event.name,
        "from": list(event.sources),
        "to": event.to,
        "by": list(event.by),
        "when": list(event.when),
        "needs": list(event.needs),
        "proof": event.proof.name.lower(),
        "words": list(event.says.get(language, ())),
        "letters": [{"to": each.to, "template": each.template} for each in event.letters],
    }


def _problem_document(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "message": problem.message,
    }


def _text(found: Mapping[str, Any], language: Language) -> str:
    events = [{**each, "to": each["to"] or "="} for each in found["events"]]
    timers = [
        {**each, "what": " ".join([each["action"], each["target"] or "", *each["roles"]])}
        for each in found["timers"]
    ]
    parts = [
        facts(found, ("workflow", "version", "title", "source"), language),
        table(found["states"], STATE_COLUMNS, language),
        table(events, EVENT_COLUMNS, language),
        table(timers, TIMER_COLUMNS, language),
    ]
    return "\n\n".join(parts)


MOVED_COLUMNS = ("request", "from_version", "version", "state", "to", "due", "what")
_MAP_LINE = re.compile(r"""\s*["']?(.+?)["']?\s*(?:=|:|→|->)\s*["']?(.+?)["']?\s*""")


@command("workflow migrate")
@click.argument("name", metavar="W")
@option("--map", "file", default="", metavar="FILE", help="map")
@option("--undo", "key", default="", metavar="K", help="migrate_undo")
@option("--dry-run", is_flag=True, help="dry_run")
def migrate(call: Call, *, name: str, file: str, key: str, dry_run: bool) -> int:
    """Move the open requests of older versions of a routine to its present one, or back.

    A request stays where its state has no counterpart there, or where time would close it with
    nobody warned. What it has reminded of is not reminded of again, and nobody is written to.
    """
    site = call.site()
    if key:
        found = migrate_back(site, key, at=call.at, dry_run=dry_run)
    else:
        lines = _map_lines(file) if file else []
        found = migrated(site, name, lines, at=call.at, dry_run=dry_run)
    stay = sum(1 for each in found.moved if each.reasons)
    moved = 0 if key and stay else len(found.moved) - stay
    undo = f"kursdeling workflow migrate {name} --undo {found.key}" if found.key else ""
    told = {
        "workflow": site.routines.named(name).workflow.name,
        "migration": found.key or None,
        "moved": moved,
        "stay": len(found.moved) - moved,
        "requests": [_moved_document(each, call.language) for each in found.moved],
        "undo": None if key else undo or None,
        "dry_run": dry_run,
    }
    if found.key:
        ids = {"migration": found.key, "moved": moved}
        noted(site, [Note(what="workflow.migrated", ids=ids)])
    document(call, told, "\n".join(_moved_text(told, found.moved, call.language)))
    return 1 if stay else 0


def _map_lines(file: str) -> list[Line]:
    lines = []
    for number, text in enumerate(text_of(file, f"--map {file}").splitlines(), 1):
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        place, pair = f"{file}:{number}", _MAP_LINE.fullmatch(text)
        if pair is None:
            raise InputError(faults=[(place, Reason("map_line"))])
        lines.append(Line(place=place, state=pair[1], to=pair[2]))
    return lines


def _coming(moved: Moved, language: Language) -> list[tuple[datetime, str]]:
    """What time would bring to the request, the next first."""
    armed = (each for each in (moved.plan and moved.plan.timers) or () if each.status == "armed")
    return [
        (each.due_at, coming(each.action, each.target, each.roles, language))
        for each in sorted(armed, key=lambda each: each.due_at)
    ]


def _moved_document(moved: Moved, language: Language) -> dict[str, Any]:
    return {
        "request": moved.number,
        "from_version": moved.was.version,
        "version": moved.now.version,
        "state": moved.state,
        "to": moved.to,
        "next": [{"at": instant(at), "what": what} for at, what in _coming(moved, language)],
        "reasons": [sentence(reason, language) for reason in moved.reasons],
    }


def _moved_text(
    told: Mapping[str, Any], moved: Iterable[Moved], language: Language
) -> Iterator[str]:
    if told["dry_run"]:
        yield say("cli.dry_run", language)
    rows = []
    for row, each in zip(told["requests"], moved, strict=True):
        at, what = next(iter(_coming(each, language)), (None, ""))
        titles = {
            "state": state_title(each.was, each.state, language),
            "to": state_title(each.now, each.to, language),
        }
        rows.append({**row, **titles, "due": at, "what": " ".join(row["reasons"]) or what})
    yield table(rows, MOVED_COLUMNS, language)
    yield say("cli.migrated", language, moved=told["moved"], stay=told["stay"])
    if told["undo"]:
        yield say("cli.migrate_undo", language, command=told["undo"])


RULE = "─" * 78


@command("workflow try")
@click.argument("file", metavar="FILE")
@option(
    "--script",
    required=True,
    metavar="SCRIPT",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="script",
)
def try_(call: Call, file: str, script: Path) -> None:
    """Play one request of FILE in memory, and print every mail, move and letter.

    FILE is a workflow file or the name of a routine. Every role is held by somebody invented. The
    script's first line opens the request: `role: FORM form.txt`, or `role: FORM` with the form's
    lines below it, indented.
    """

    def read_file(name: str) -> str:
        return plain((script.parent / name).read_text(encoding="utf-8"))

    steps = read_script(text_of(str(script)), read_file)
    site = trial_site(call.folder, file)
    call.closing.callback(site.database.close)
    workflow = next(iter(site.routines.current.values())).workflow
    people(site, workflow, steps, call.at)
    told = Trial(site, workflow, call.at, call.language).play(steps)
    for line in map(one_line, told) if call.json else _lines(told, call.language):
        print(line)


def _lines(told: Iterable[Mapping[str, Any]], language: Language) -> Iterator[str]:
    for each in told:
        match each["kind"]:
            case "mail":
                yield from _mail(each, language)
            case "move":
                start = f"{each['from']} → " if each["from"] else ""
                yield f"    {each['event']}: {start}{each['to']} ({each['actor']})"
            case "letter":
                yield from _letter(each, language)
            case _:
                yield from (RULE, _wait(each, language))


def _mail(told: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield RULE
    yield f"{_heading(told, language)} <{told['from']}>"
    yield from (f"    > {line}".rstrip() for line in told["text"].splitlines())
    yield f"    {told['verdict']} {told['request'] or ''}".rstrip()
    yield from (f"    – {reason}" for reason in told["reasons"])


def _letter(told: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield ""
    yield f"{_heading(told, language)} ({told['role']}, {told['language']}, {told['template']})"
    yield f"    {told['subject']}"
    yield ""
    yield from (f"    {line}".rstrip() for line in told["text"].splitlines())


def _wait(told: Mapping[str, Any], language: Language) -> str:
    when = oslo(datetime.fromisoformat(told["at"]))
    return say("trial.wait", language, span=span(told["span"], language), when=when)


def _heading(told: Mapping[str, Any], language: Language) -> str:
    when = oslo(datetime.fromisoformat(told["at"]))
    heading = say(f"trial.{told['kind']}", language, **told)
    return f"{when}  {heading}"
