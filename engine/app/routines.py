"""Which routines a site has, and whether they may run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from config.calendars import norwegian
from engine.app.routine_files import know, table_of, workflow_files, workflow_of
from engine.check import Names, check
from engine.check.resolving import terms_resolve
from engine.definition.types import Workflow
from engine.domain.fields import FORMS
from engine.domain.words import GENERAL
from engine.errors import DefinitionError, NotFoundError
from engine.model import LANGUAGES, Language, Problem, Reason
from engine.plan.variables import EMPTY
from engine.ports import Letters
from engine.service.site import Routine, Routines
from engine.store import workflows
from engine.store.database import Database
from engine.store.workflows import StoredVersion
from workflows.guards import guards_for


def read_routines(folder: Path) -> dict[str, Routine]:
    """Every routine of the site by name; a site's own file goes before the program's of the same
    name.

    DefinitionError holds the problems of all files.
    """
    found: dict[str, Routine] = {}
    problems: list[Problem] = []
    for name, text in workflow_files(folder).items():
        try:
            workflow = workflow_of(text, name)
        except DefinitionError as error:
            problems += error.problems
            continue
        found[workflow.name] = Routine(workflow, table_of(workflow))
    if problems:
        raise DefinitionError(problems)
    return found


def routine(folder: Path, name: str) -> Routine:
    """The routine of that name in `folder`, which need not be a site, or that of the file `name`.

    NotFoundError when there is none, DefinitionError when a file cannot be read.
    """
    if not name.endswith(".yaml"):
        return Routines(read_routines(folder), workflow_of, table_of).named(name)
    if not Path(name).is_file():
        raise NotFoundError(
            f"there is no file {name}", reason=Reason("file_missing", {"place": name})
        )
    know(folder)
    workflow = workflow_of(Path(name).read_bytes(), name)
    return Routine(workflow, table_of(workflow))


def names_for(letters: Letters) -> Names:
    """The names that workflow files may use."""

    by_language: dict[Language, frozenset[str]] = {
        language: letters.templates(language) for language in LANGUAGES
    }
    general = {
        language: frozenset(word for words in GENERAL.values() for word in words[language])
        for language in LANGUAGES
    }
    return Names(
        guards=frozenset(guards_for(FORMS)),
        letters=by_language,
        forms=frozenset(FORMS),
        general_words=general,
        variables=frozenset(EMPTY),
        uses=letters.uses,
    )


def prove(workflow: Workflow, letters: Letters) -> tuple[tuple[Problem, ...], int]:
    """(every problem of the workflow, its longest silence in days)."""
    findings = check(workflow, names_for(letters), norwegian())
    return findings.problems, findings.longest_silence_days


def prove_new(
    database: Database,
    routines: Mapping[str, Routine],
    letters: Letters,
    recorded_at: datetime,
) -> None:
    """Check what was never checked before; a text that changed under its version number is
    refused with DefinitionError.
    """
    with database.reading() as tx:
        known = {(each.name, each.version): each.sha256 for each in workflows.listed(tx)}
    new = [
        r.workflow for r in routines.values() if (r.workflow.name, r.workflow.version) not in known
    ]
    problems = [problem for workflow in new for problem in prove(workflow, letters)[0]]
    if not new:  # a file that they name may be gone
        problems += [p for each in routines.values() for p in terms_resolve(each.workflow, FORMS)]
    problems += [
        _changed(r.workflow)
        for r in routines.values()
        if known.get((r.workflow.name, r.workflow.version), r.workflow.sha256) != r.workflow.sha256
    ]
    if problems:
        raise DefinitionError(problems)
    if new:
        with database.transaction() as tx:
            for workflow in new:
                workflows.remember(tx, _stored(workflow), recorded_at=recorded_at)


def _stored(workflow: Workflow) -> StoredVersion:
    return StoredVersion(
        name=workflow.name,
        version=workflow.version,
        text=workflow.text,
        sha256=workflow.sha256,
    )


def _changed(workflow: Workflow) -> Problem:
    return Problem(
        file=workflow.file,
        line=1,
        column=1,
        rule="version",
        message=f"{workflow.name} was changed; give it version {workflow.version + 1}",
    )


def mail_words(routines: Iterable[Routine]) -> frozenset[str]:
    """Every word by which a mail can move a request of the routines."""
    return frozenset[str]().union(*(routine.workflow.words for routine in routines))
