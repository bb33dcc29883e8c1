"""A routine as boxes and arrows in words: what every picture of it shows, however it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from engine.definition.types import TIME, DayRule, Event, Follows, State, Timer, Workflow
from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.dates import month as month_name
from engine.wording.durations import describe
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES, all_of

Kind = Literal["waits", "rests", "final"]


class Saying(Struct, frozen=True):
    """What makes an event happen: a mail word or a rule of time, and by whom."""

    words: str
    who: str
    is_word: bool
    """Whether `words` is what somebody writes, not what happens by itself."""


class Box(Struct, frozen=True, kw_only=True):
    """One state: its title, who is waited for, what may happen there without leaving, deadlines."""

    name: str
    title: str
    kind: Kind
    label: str
    waits: str
    stays: tuple[Saying, ...]
    deadlines: tuple[str, ...]


class Arrow(Struct, frozen=True, kw_only=True):
    """Every event that leads from one state to another."""

    source: str
    target: str
    sayings: tuple[Saying, ...]


class Diagram(Struct, frozen=True, kw_only=True):
    """One routine in one language."""

    title: str
    opens: Saying
    start: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def diagram_of(workflow: Workflow, language: Language) -> Diagram:
    """The routine's states and events in the words of `language`, in the order of its file."""
    opening = workflow.opens_with
    arrows: dict[tuple[str, str], list[Saying]] = {}
    for event in workflow.events.values():
        for source in event.sources:
            said = saying(workflow, event, source, language)
            for target in event.targets(source):
                if target != source:
                    arrows.setdefault((source, target), []).append(said)
    return Diagram(
        title=workflow.titles[language],
        opens=_opens(workflow, language),
        start=opening.state,
        boxes=tuple(_box(workflow, state, language) for state in workflow.states.values()),
        arrows=tuple(
            Arrow(source=source, target=target, sayings=tuple(sayings))
            for (source, target), sayings in arrows.items()
        ),
    )


def _opens(workflow: Workflow, language: Language) -> Saying:
    opening = workflow.opens_with
    if opening.day is not None:
        return Saying(words=day_words(opening.day, language), who="", is_word=False)
    who = _names(workflow, (opening.by,), language)
    return Saying(words=opening.subject[language][0], who=who, is_word=True)


def waits(workflow: Workflow, state: State, language: Language) -> str:
    """Whom the state waits for, as a phrase; empty for a final state."""
    if state.final:
        return ""
    duties = dict.fromkeys(workflow.roles[role].duty for role in state.waits_for)
    who = all_of(tuple(HOLDER_NAMES[duty][language] for duty in duties), language)
    then = HOLDER_NAMES[workflow.roles[state.then].duty][language] if state.then else ""
    if not duties:
        return say("drawing.rests", language)
    return say("drawing.waits", language, who=who, then=then)


def saying(workflow: Workflow, event: Event, source: str, language: Language) -> Saying:
    """What makes `event` happen in the state `source`."""
    who = _names(workflow, event.by, language)
    if event.says.get(language):
        return Saying(words=event.says[language][0], who=who, is_word=True)
    if event.follows is not None:
        return Saying(words=followed(event.follows, language), who="", is_word=False)
    if event.by == (TIME,):
        rules = [
            timer.rule
            for timer in workflow.timers.get(source, ())
            if timer.action == "fire" and timer.target == event.name
        ]
        return Saying(words=_rule(workflow, rules, language), who="", is_word=False)
    if event.name in workflow.on_open:
        return Saying(words=say("drawing.itself", language), who="", is_word=False)
    if any(keep.kind == "form" for keep in event.keeps):
        return Saying(words=say("drawing.form", language), who=who, is_word=False)
    return Saying(words=event.name.replace("_", " "), who=who, is_word=False)


def _rule(workflow: Workflow, rules: list[str], language: Language) -> str:
    return rule_words(rules[0], language, day_names(workflow, language)) if rules else ""


def day_names(workflow: Workflow, language: Language) -> Mapping[str, str]:
    """What the routine itself calls the days that its opening and its events keep."""
    given = workflow.opens_with.days.items()
    return {name: day_words(rule, language) for name, rule in given if not rule.working_from} | {
        keep.name: keep.titles[language]
        for event in workflow.events.values()
        for keep in event.keeps
        if language in keep.titles
    }


def deadline(workflow: Workflow, timer: Timer, language: Language) -> str:
    """What a timer does and when; empty for a warning, and for an event, which has an arrow."""
    if timer.action == "fire" or timer.warns_of is not None:
        return ""
    often = say("drawing.times", language, n=timer.at_most) if timer.at_most > 1 else ""
    does = say(f"drawing_does.{timer.action}", language)
    days = day_names(workflow, language)
    text = f"{does} {rule_words(timer.rule, language, days)}{often}"
    return say("drawing.once", language, answered=timer.answered or "", text=text)


def rule_words(rule: str, language: Language, days: Mapping[str, str] | None = None) -> str:
    """The rule of time in words; as its file has it where there are none."""
    try:
        return describe(rule, language, days)
    except ValueError:
        return rule


def _box(workflow: Workflow, state: State, language: Language) -> Box:
    kind: Kind = "final" if state.final else "waits" if state.waits_for else "rests"
    return Box(
        name=state.name,
        title=state.titles[language],
        kind=kind,
        label=state.label or "",
        waits=waits(workflow, state, language),
        stays=tuple(_stays(workflow, state.name, language)),
        deadlines=tuple(
            text
            for timer in workflow.timers.get(state.name, ())
            if (text := deadline(workflow, timer, language))
        ),
    )


def _stays(workflow: Workflow, state: str, language: Language) -> Iterator[Saying]:
    for event in workflow.events.values():
        if state in event.sources and event.target(state) == state:
            yield saying(workflow, event, state, language)


def _names(workflow: Workflow, roles: tuple[str, ...], language: Language) -> str:
    duties = dict.fromkeys(workflow.roles[role].duty for role in roles if role != TIME)
    return ", ".join(DUTY_NAMES[duty][language] for duty in duties)


def day_words(rule: DayRule, language: Language) -> str:
    """The date that `rule` names in words; empty for a rule that names none."""
    if rule.working_from:
        return ""
    dot = "" if language == "en" else "."
    return _of_year(f"{rule.day}{dot} {month_name(rule.month, language)}", rule.years, language)


def followed(follows: Follows, language: Language) -> str:
    """What an event follows, in words."""
    if follows.workflow == "network":
        return say("yearly.closed", language)
    what = _of_year(follows.workflow, follows.years, language)
    return say("yearly.followed", language, what=what, state=follows.state)


def _of_year(day: str, years: int, language: Language) -> str:
    """The day, of the year before or after where it is not of the year itself."""
    key = {-1: "yearly.before", 1: "yearly.after"}.get(years)
    return say(key, language, day=day) if key else day
