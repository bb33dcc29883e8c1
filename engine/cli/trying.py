"""Trying a routine out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from engine.app.trial import trial_site
from engine.cli.call import Call, command
from engine.cli.files import text_of
from engine.cli.given import one_line
from engine.cli.program import option
from engine.model import Language
from engine.plain import plain
from engine.report.table import oslo
from engine.service.trials.script import read_script
from engine.service.trials.trying import Trial, people
from engine.wording.catalogue import say
from engine.wording.durations import span

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
