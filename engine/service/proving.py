"""Whether routines may run, and whether what the site holds hangs together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.definition import read
from engine.definition.types import Workflow
from engine.domain.labels import direction_of
from engine.errors import DefinitionError
from engine.model import Problem
from engine.service.site import Site
from engine.store.verify import Verification, verify

Prove = Callable[[Workflow], tuple[tuple[Problem, ...], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """Each workflow that could be read, with its longest silence in days, and every problem."""

    workflows: tuple[tuple[Workflow, int], ...]
    problems: tuple[Problem, ...]


def proved_texts(texts: Mapping[str, bytes], prove: Prove) -> Proved:
    """The workflow files, by the names to show for them, read and proved one by one."""
    workflows: dict[tuple[str, int], tuple[Workflow, int]] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        try:
            workflow = read.workflow(text, name)
        except DefinitionError as error:
            problems += error.problems
            continue
        found, days = prove(workflow)
        # A site's own file stands in place of the program's.
        workflows[workflow.name, workflow.version] = (workflow, days)
        problems += found
    return Proved(workflows=tuple(workflows.values()), problems=tuple(problems))


def verified(site: Site) -> Verification:
    """Everything that is broken in history, requests, shares and numbers; nothing is changed."""
    with site.database.reading() as tx:

        def label_of(workflow: str, version: int, state: str) -> str | None:
            label = site.routines.version(tx, workflow, version).workflow.states[state].label
            return None if label is None else direction_of(label)

        return verify(tx, label_of)
