"""A routine as a page in bokmål, for the project's documentation: the picture, and all of it in
tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from engine.definition.types import TIME, Event, State, Timer, Workflow
from engine.model import LANGUAGES, Language
from engine.report.diagram import day_names, day_words, followed, rule_words, waits
from engine.wording.catalogue import say
from engine.wording.names import DUTY_NAMES

PAGE: Final[Language] = "nb"


def page(workflow: Workflow) -> str:
    """The page about the routine in Markdown; the picture stands beside it as NAME.svg."""
    name, title = workflow.name, workflow.titles[PAGE]
    source = say(
        "routine.source",
        PAGE,
        name=name,
        version=workflow.version,
        source=_cell(workflow.source),
    )
    parts = [
        f"# {title}",
        f"{source} {say('routine.notice', PAGE)}",
        f"![{title}]({name}.svg)",
        f"## {_heading('opening')}",
        _opening(workflow),
        f"## {_heading('roles')}",
        _table(("role", "duty", "at"), _roles(workflow)),
        f"## {_heading('states')}",
        _table(("state", "title", "waits_for", "label"), _states(workflow)),
        f"## {_heading('events')}",
        _table(
            ("event", "from", "to", "by", *LANGUAGES, "when", "letters"),
            _events(workflow),
        ),
    ]
    if workflow.timers:
        table = _table(("state", "time", "what", "to"), _timers(workflow))
        parts += [f"## {_heading('deadlines')}", table]
    return "\n\n".join(parts) + "\n"


def _heading(name: str) -> str:
    return say(f"routine_headings.{name}", PAGE)


def _opening(workflow: Workflow) -> str:
    opening = workflow.opens_with
    if opening.day is not None:
        key = f"routine.by_day_{opening.each or 'area'}"
        return say(key, PAGE, day=day_words(opening.day, PAGE).capitalize(), state=opening.state)
    subjects = dict.fromkeys(
        subject for language in LANGUAGES for subject in opening.subject[language]
    )
    return say(
        "routine.by_mail",
        PAGE,
        by=opening.by,
        subjects=", ".join(f"«{subject}: …»" for subject in subjects),
        name=workflow.name,
        state=opening.state,
        form=opening.form,
        then=", ".join(f"`{event}`" for event in workflow.on_open),
    )


def _roles(workflow: Workflow) -> Iterator[Sequence[str]]:
    for role in workflow.roles.values():
        duties = ", ".join(DUTY_NAMES[duty][PAGE] for duty in role.duties)
        yield f"`{role.name}`", duties, f"`{role.party or role.of}`"


def _states(workflow: Workflow) -> Iterator[Sequence[str]]:
    for state in workflow.states.values():
        yield f"`{state.name}`", state.titles[PAGE], _waited(workflow, state), state.label or ""


def _waited(workflow: Workflow, state: State) -> str:
    if state.final:
        return f"*{say('routine.end', PAGE)}*"
    who = ", ".join(f"`{role}`" for role in state.waits_for)
    owed = f" (`{state.owes}`)" if state.owes else ""
    then = f" → `{state.then}`" if state.then else ""
    return f"{who}{owed}{then}" if who else waits(workflow, state, PAGE).lower()


def _events(workflow: Workflow) -> Iterator[Sequence[str]]:
    for event in workflow.events.values():
        yield (
            f"`{event.name}`",
            _names(event.sources),
            _to(event),
            _by(event),
            *(", ".join(event.says.get(language, ())) for language in LANGUAGES),
            _names(event.when),
            _letters(event),
        )


def _to(event: Event) -> str:
    if event.back:
        return f"{say('routine.back', PAGE)}: {_names(event.back)}"
    return f"`{event.to}`" if event.to else say("routine.same", PAGE)


def _by(event: Event) -> str:
    if event.follows is not None:
        return followed(event.follows, PAGE)
    return say("routine.time", PAGE) if event.by == (TIME,) else _names(event.by)


def _letters(event: Event) -> str:
    return ", ".join(
        say(
            "routine.letter",
            PAGE,
            template=order.template,
            to=order.to,
            condition=order.condition or "",
        )
        for order in event.letters
    )


def _timers(workflow: Workflow) -> Iterator[Sequence[str]]:
    for state, timers in workflow.timers.items():
        for timer in timers:
            yield f"`{state}`", _when(workflow, timer, timers), _does(timer), _names(timer.roles)


def _when(workflow: Workflow, timer: Timer, timers: Sequence[Timer]) -> str:
    if timer.warns_of is not None:
        length = rule_words(f"before {timer.before}", PAGE)
        return f"{length} `{timers[timer.warns_of].target}`"
    rule = rule_words(timer.rule, PAGE, day_names(workflow, PAGE))
    return say(
        "routine.timer",
        PAGE,
        rule=say("drawing.once", PAGE, answered=timer.answered or "", text=rule),
        again=rule_words(f"every {timer.every}", PAGE) if timer.every else "",
        most=timer.at_most if timer.at_most > 1 else "",
    )


def _does(timer: Timer) -> str:
    return say(f"routine_does.{timer.action}", PAGE, target=timer.target)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [[_heading(each) for each in headings], ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
