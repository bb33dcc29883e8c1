"""Every name that a file uses but does not define: guards, letters, forms, duties and labels."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.check.findings import Names, found, mark_of
from engine.definition.problems import did_you_mean
from engine.definition.types import Event, LetterOrder, Mark, Workflow
from engine.domain.labels import LABELS
from engine.domain.register.duties import DUTIES
from engine.model import LANGUAGES, Problem

OPENING_LETTERS = ("answer", "confirm_opening", "form_faults")
"""Letters that the engine writes about an opening, whatever the file says."""


def names_resolve(workflow: Workflow, names: Names) -> Iterator[Problem]:
    """Problems with names that nothing in the program answers to."""
    opening = workflow.opens_with
    for guard in opening.when:
        yield from _known(workflow, opening.mark, "guard", guard, names.guards)
    yield from _conditions(workflow, opening.letters, names)
    for event in workflow.events.values():
        yield from _guards(workflow, event, names)
    yield from terms_resolve(workflow, names.forms)
    yield from _letters(workflow, names)


def terms_resolve(workflow: Workflow, forms: Collection[str]) -> Iterator[Problem]:
    """Problems with forms, duties and labels that the site does not know, or no longer."""
    yield from _forms(workflow, forms)
    yield from _register_names(workflow)


def _guards(workflow: Workflow, event: Event, names: Names) -> Iterator[Problem]:
    for guard in event.when:
        yield from _known(
            workflow, mark_of(workflow, event.name, "when"), "guard", guard, names.guards
        )
    yield from _conditions(workflow, event.letters, names)


def _conditions(
    workflow: Workflow, letters: Collection[LetterOrder], names: Names
) -> Iterator[Problem]:
    for order in letters:
        if order.condition is not None:
            yield from _known(workflow, order.mark, "guard", order.condition, names.guards)


def _forms(workflow: Workflow, forms: Collection[str]) -> Iterator[Problem]:
    opening = workflow.opens_with
    if not opening.by_time:
        yield from _known(workflow, opening.mark, "form", opening.form, forms)
    for event in workflow.events.values():
        for keep in event.keeps:
            if keep.kind == "form":
                mark = mark_of(workflow, event.name, "keeps")
                yield from _known(workflow, mark, "form", keep.name, forms)


def _register_names(workflow: Workflow) -> Iterator[Problem]:
    for role in workflow.roles.values():
        for duty in role.duties:
            yield from _known(workflow, role.mark, "duty", duty, DUTIES)
            if (sides := DUTIES[duty].sides) and role.side not in sides:
                message = f"nobody on the side «{role.side}» has the duty «{duty}»"
                yield found(workflow, role.mark, "duty-of-other-side", message)
    for state in workflow.states.values():
        if state.label is not None:
            yield from _known(workflow, state.mark, "label", state.label, LABELS)


def _letters(workflow: Workflow, names: Names) -> Iterator[Problem]:
    for mark, letter in wanted_letters(workflow):
        missing = [lang for lang in LANGUAGES if letter not in names.letters.get(lang, ())]
        if missing:
            known = frozenset().union(*names.letters.values())
            hint = "" if letter in known else did_you_mean(letter, known)
            yield found(
                workflow,
                mark,
                "no-letter",
                f"the letter «{letter}» does not exist in {', '.join(missing)}{hint}",
            )


def wanted_letters(workflow: Workflow) -> Iterator[tuple[Mark, str]]:
    """Every letter that the routine can come to write, with the place that asks for it."""
    for letter in OPENING_LETTERS:
        yield workflow.opens_with.mark, letter
    ordered = [event.letters for event in workflow.events.values()]
    for letters in (workflow.opens_with.letters, *ordered):
        for order in letters:
            yield order.mark, order.template
    by_action = {"remind": "remind", "escalate": "escalation"}
    for timers in workflow.timers.values():
        for timer in timers:
            letter = timer.target if timer.action == "send" else by_action.get(timer.action, "")
            if letter:
                yield timer.mark, letter


def _known(
    workflow: Workflow, mark: Mark, what: str, name: str, known: Collection[str]
) -> Iterator[Problem]:
    if name not in known:
        hint = did_you_mean(name, known)
        yield found(workflow, mark, f"unknown-{what}", f"there is no {what} «{name}»{hint}")
