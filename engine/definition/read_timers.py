"""The `timers` of a workflow file: what happens in a state when nobody acts."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from engine.definition import keys
from engine.definition.problems import Problems, shown
from engine.definition.reader import NAME, Entry, Known, items_of, name_of, named, span_of
from engine.definition.source import Node, Scalar
from engine.definition.types import Mark, Span, Timer

LAPSE_WARNING = "lapse_warning"
"""The letter that warns of a timer that fires."""

END_OF = "end of "
ANSWERED = "answered"
"""What `once` says of a timer for the one who is waited for when all have answered."""
MORNING = re.compile(
    rf"(?:(?P<span>[1-9][0-9]{{0,3}} [a-z ]+?) (?P<way>before|after) )?(?P<of>{NAME.pattern})"
)
"""What `day` says: a kept day, or so long before or after one; it means that day's morning."""
Action = Literal["remind", "send", "escalate", "fire"]


def timers(node: Node, known: Known, problems: Problems) -> dict[str, tuple[Timer, ...]]:
    """The timers of every state, by its name; each warning stands after what it warns of."""
    found: dict[str, tuple[Timer, ...]] = {}
    for key, (scalar, value) in named(node, "«timers»", problems):
        state = name_of(scalar, problems, known.states, "state")
        rows: list[Timer] = []
        for item in items_of(value, problems):
            rows.extend(_with_warnings(item, len(rows), known, problems))
        found[state or key] = tuple(rows)
    return found


def _with_warnings(
    node: Node, position: int, known: Known, problems: Problems
) -> tuple[Timer, ...]:
    entry = Entry(
        node,
        "a timer",
        problems,
        keys.TIMER,
    )
    timer = _timer(entry, known)
    if "warn" not in entry:
        return (timer,)
    if timer.action != "fire":
        problems.add(entry.key_mark("warn"), "warns-of-nothing", "only «fire» can be warned of")
    warn = entry.node("warn")
    items = items_of(warn, problems) if warn is not None else ()
    return (timer, *(_warning(item, position, timer, known, problems) for item in items))


def _timer(entry: Entry, known: Known) -> Timer:
    when = _instant(entry)
    action = _action(entry)
    every = entry.span("every")
    at_most = entry.number("at_most") if "at_most" in entry else int(every is None)
    if "at_most" in entry and every is None:
        entry.problems.add(entry.key_mark("at_most"), "at-most-alone", "«at_most» needs «every»")
    if every is not None and action == "fire":
        entry.problems.add(entry.key_mark("every"), "fires-once", "«fire» happens only once")
    return Timer(
        action=action,
        target=_target(entry, action, known),
        roles=_roles(entry, action, known),
        after=when.after,
        before=when.before,
        of=when.of,
        every=every,
        at_most=at_most,
        warns_of=None,
        answered=bool(entry.name("once", (ANSWERED,), "stage")),
        morning=when.morning,
        rule=when.rule,
        mark=entry.mark,
    )


def _warning(node: Node, position: int, fires: Timer, known: Known, problems: Problems) -> Timer:
    entry = Entry(node, "a warning", problems, keys.WARNING)
    return Timer(
        action="send",
        target=LAPSE_WARNING,
        roles=entry.names("to", known.roles, "role"),
        after=None,
        before=entry.span("before"),
        of=None,
        every=None,
        at_most=1,
        warns_of=position,
        answered=fires.answered,
        rule=f"{entry.text('before')} before {fires.target}",
        mark=entry.mark,
    )


class _When(Struct, frozen=True, kw_only=True):
    after: Span | None = None
    before: Span | None = None
    of: str | None = None
    morning: bool = False
    rule: str = ""


def _instant(entry: Entry) -> _When:
    if not _one_of(entry, keys.WHEN, "when-unclear"):
        return _When()
    if "of" in entry and "before" not in entry:
        entry.problems.add(entry.key_mark("of"), "of-alone", "«of» goes with «before»")
    if "day" in entry:
        return _morning(entry)
    if "at" in entry:
        return _When(of=_day_named(entry), rule=f"at {entry.text('at')}")
    if "after" in entry:
        return _When(after=entry.span("after"), rule=f"after {entry.text('after')}")
    if "of" not in entry:
        entry.problems.add(entry.key_mark("before"), "missing-key", "«before» needs «of»")
    of = entry.name("of", what="day") or None
    before = entry.span("before")
    return _When(before=before, of=of, rule=f"{entry.text('before')} before {of}")


def _morning(entry: Entry) -> _When:
    text, node = entry.text("day"), entry.node("day")
    found = MORNING.fullmatch(text)
    if found is None or node is None:
        entry.problems.add(
            node.mark if node else entry.mark,
            "not-an-instant",
            f"{shown(text)} is no day: write «DAY», or «7 days before DAY», a day that is kept",
        )
        return _When()
    # «last working day before DAY» is «1 working day before DAY».
    span = span_of(Scalar(found["span"], node.mark), entry.problems) if found["span"] else None
    return _When(
        after=span if found["way"] == "after" else None,
        before=span if found["way"] == "before" else None,
        of=found["of"],
        morning=True,
        rule=f"morning of {text}",
    )


def _day_named(entry: Entry) -> str | None:
    text = entry.text("at")
    node = entry.node("at")
    if not text.startswith(END_OF):
        entry.problems.add(
            node.mark if node else entry.mark,
            "not-an-instant",
            f"{shown(text)} is no instant: write «end of DAY», a day that an event keeps",
        )
        return None
    return text.removeprefix(END_OF)


def _action(entry: Entry) -> Action:
    if not _one_of(entry, keys.ACTIONS, "action-unclear"):
        return "remind"
    if "send" in entry:
        return "send"
    if "fire" in entry:
        return "fire"
    return "escalate" if "escalate" in entry else "remind"


def _target(entry: Entry, action: Action, known: Known) -> str:
    if action == "fire":
        return entry.name("fire", known.events, "event")
    if action == "send":
        return entry.name("send", what="letter")
    if action == "escalate" and not entry.flag("escalate"):
        entry.problems.add(entry.key_mark("escalate"), "action-unclear", "write «escalate: true»")
    return ""


def _roles(entry: Entry, action: Action, known: Known) -> tuple[str, ...]:
    if action == "send" and "to" not in entry:
        entry.problems.add(entry.key_mark("send"), "missing-key", "«send» needs «to»")
    if action != "send" and "to" in entry:
        entry.problems.add(entry.key_mark("to"), "to-alone", "«to» goes with «send»")
    if action == "remind":
        return entry.names("remind", known.roles, "role")
    return entry.names("to", known.roles, "role") if action == "send" else ()


def _one_of(entry: Entry, keys: tuple[str, ...], rule: str) -> bool:
    present = [key for key in keys if key in entry]
    if len(present) == 1:
        return True
    mark: Mark = entry.key_mark(present[1]) if present else entry.mark
    choice = ", ".join(f"«{key}»" for key in keys)
    entry.problems.add(mark, rule, f"a timer has exactly one of {choice}")
    return False
