"""A routine as a page in bokmål, for the project's documentation: the picture, and all of it in
tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from engine.definition.types import TIME, Event, State, Timer, Workflow
from engine.model import LANGUAGES, Language
from engine.report.diagram import day_names, rule_words, waits
from engine.report.yearly import day_words, followed
from engine.wording.names import DUTY_NAMES

PAGE: Final[Language] = "nb"
_NOTICE: Final = "Siden er laget av rutinens fil; `make diagrams` lager den på nytt."
_DOES: Final = {
    "remind": "påminnelse",
    "send": "brevet `{target}`",
    "escalate": "brev til koordinatoren",
    "fire": "`{target}` skjer av seg selv",
}


def page(workflow: Workflow) -> str:
    """The page about the routine in Markdown; the picture stands beside it as NAME.svg."""
    name, title = workflow.name, workflow.titles[PAGE]
    parts = [
        f"# {title}",
        f"`{name}`, versjon {workflow.version}. Kilde: {_cell(workflow.source)}. {_NOTICE}",
        f"![{title}]({name}.svg)",
        "## Åpning",
        _opening(workflow),
        "## Roller",
        _table(("Rolle", "Oppgave", "Hos"), _roles(workflow)),
        "## Tilstander",
        _table(("Tilstand", "Tittel", "Venter på", "Merke"), _states(workflow)),
        "## Hendelser",
        _table(
            ("Hendelse", "Fra", "Til", "Av", "bokmål", "nynorsk", "engelsk", "Vilkår", "Brev"),
            _events(workflow),
        ),
    ]
    if workflow.timers:
        parts += ["## Frister", _table(("Tilstand", "Når", "Hva", "Til"), _timers(workflow))]
    return "\n\n".join(parts) + "\n"


def _opening(workflow: Workflow) -> str:
    opening = workflow.opens_with
    if opening.day is not None:
        each = {"network": "hvert nettverk", "area": "hvert område"}[opening.each or "area"]
        return (
            f"{day_words(opening.day, PAGE).capitalize()} åpnes en sak i `{opening.state}` for"
            f" {each}. Ingen e-post åpner en."
        )
    subjects = dict.fromkeys(
        subject for language in LANGUAGES for subject in opening.subject[language]
    )
    said = ", ".join(f"«{subject}: …»" for subject in subjects)
    then = ", ".join(f"`{event}`" for event in workflow.on_open)
    follows = f" Av det som er mulig av {then}, skjer det første med en gang." if then else ""
    return (
        f"En e-post fra `{opening.by}` med emne {said}, eller med linjen `Rutine: {workflow.name}`,"
        f" åpner en sak i `{opening.state}` med skjemaet `{opening.form}`.{follows}"
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
        return "*slutt*"
    who = ", ".join(f"`{role}`" for role in state.waits_for)
    owed = f" (`{state.owes}`)" if state.owes else ""
    return f"{who}{owed}" if who else waits(workflow, state, PAGE).lower()


def _events(workflow: Workflow) -> Iterator[Sequence[str]]:
    for event in workflow.events.values():
        yield (
            f"`{event.name}`",
            _names(event.sources),
            f"`{event.to}`" if event.to else "samme",
            _by(event),
            *(", ".join(event.says.get(language, ())) for language in LANGUAGES),
            _names(event.when),
            _letters(event),
        )


def _by(event: Event) -> str:
    if event.follows is not None:
        return followed(event.follows, PAGE)
    return "tiden" if event.by == (TIME,) else _names(event.by)


def _letters(event: Event) -> str:
    return ", ".join(
        f"`{order.template}` til `{order.to}`"
        + (f" hvis `{order.condition}`" if order.condition else "")
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
    again = f", så {rule_words(f'every {timer.every}', PAGE)}" if timer.every else ""
    most = f", høyst {timer.at_most} ganger" if timer.at_most > 1 else ""
    return f"{rule_words(timer.rule, PAGE, day_names(workflow, PAGE))}{again}{most}"


def _does(timer: Timer) -> str:
    return _DOES[timer.action].format(target=timer.target)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
