"""Whether routines may run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from engine.definition import read
from engine.definition.types import Workflow
from engine.errors import DefinitionError
from engine.model import Problem

Prove = Callable[[Workflow], tuple[tuple[Problem, ...], int]]


class Proved(Struct, frozen=True, kw_only=True):
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
