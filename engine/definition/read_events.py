"""The `events` of a workflow file: who may move a request from where to where, and what follows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from engine.definition import keys
from engine.definition.problems import Problems, shown
from engine.definition.read_keeps import keeps_of
from engine.definition.reader import NAME, Entry, Known, items_of, name_of, named
from engine.definition.source import Node
from engine.definition.types import TIME, Event, Follows, LetterOrder, Mark
from engine.model import Proof

SAME = "same"
"""What `to` says when the request stays in its state."""
BACK = "back"
"""What `to` says when the request goes back to the state that it came from."""
PROOFS: Mapping[str, Proof] = {"reply": Proof.REPLY, "aligned": Proof.ALIGNED}
FOLLOWS = re.compile(
    rf"(?P<workflow>{NAME.pattern}) (?P<state>{NAME.pattern})(?P<next> of the year after)?"
)
"""What `follows` says: the state that another routine's request has come to."""
MOST_GUARDS = 6
"""Every outcome of an event's guards is proved, and their number doubles with each guard."""


def events(node: Node, known: Known, problems: Problems) -> dict[str, Event]:
    """Every event by its name."""
    found = {
        key: _event(key, scalar.mark, value, known, problems)
        for key, (scalar, value) in named(node, "«events»", problems)
        if name_of(scalar, problems, what="name")
    }
    return {
        key: _going_back(event, found, problems) if event.to == BACK else event
        for key, event in found.items()
    }


def _going_back(event: Event, others: Mapping[str, Event], problems: Problems) -> Event:
    into = (each for each in others.values() if each.to in event.sources)
    back = tuple(dict.fromkeys(source for each in into for source in each.sources))
    if not back:
        mark = event.marks.get("to", event.mark)
        problems.add(mark, "back-nowhere", f"nothing leads to where «{event.name}» begins")
    return replace(event, to=back[0] if back else None, back=back)


def proof_of(entry: Entry) -> Proof:
    """The proof of sender that the block asks for; `reply` when it says nothing."""
    return PROOFS.get(entry.name("proof", PROOFS, "proof"), Proof.REPLY)


def _event(name: str, mark: Mark, node: Node, known: Known, problems: Problems) -> Event:
    entry = Entry(
        node,
        f"the event «{name}»",
        problems,
        keys.EVENT,
    )
    target = entry.name("to", known.states | {SAME, BACK}, "state")
    keeps = entry.node("keeps")
    letters = entry.node("letters")
    event = Event(
        name=name,
        sources=entry.names("from", known.states, "state"),
        to=None if target == SAME else target,
        by=entry.names("by", known.roles | {TIME}, "role"),
        when=entry.names("when", what="guard"),
        needs=entry.names("needs", ("reason",), "need"),
        asks=entry.titles("asks"),
        keeps=() if keeps is None else keeps_of(keeps, problems),
        says=entry.words("says"),
        phrases=entry.phrases("phrases"),
        letters=() if letters is None else letters_of(letters, known, problems),
        proof=proof_of(entry),
        follows=_follows(entry),
        mark=mark,
        marks=entry.marks(),
    )
    _check_shape(event, entry)
    return event


def _follows(entry: Entry) -> Follows | None:
    if "follows" not in entry:
        return None
    text, node = entry.text("follows"), entry.node("follows")
    found = FOLLOWS.fullmatch(text)
    if found is None:
        entry.problems.add(
            node.mark if node else entry.mark,
            "not-followed",
            f"{shown(text)} is nothing to follow: write «ROUTINE STATE», «ROUTINE STATE of the year"
            " after», or «network closed»",
        )
        return None
    years = 1 if found["next"] else 0
    return Follows(workflow=found["workflow"], state=found["state"], years=years)


def _check_shape(event: Event, entry: Entry) -> None:
    if len(event.when) > MOST_GUARDS:
        entry.problems.add(
            entry.key_mark("when"), "too-many-guards", f"at most {MOST_GUARDS} guards"
        )
    if TIME not in event.by:
        if "follows" in entry:
            entry.problems.add(entry.key_mark("follows"), "follows-time", "«follows» is by time")
        return
    if len(event.by) > 1:
        entry.problems.add(entry.key_mark("by"), "time-alone", "«time» acts alone")
    for key in ("says", "phrases", "asks", "needs", "proof", "keeps"):
        if key in entry:
            entry.problems.add(
                entry.key_mark(key), "time-is-silent", f"an event by time has no «{key}»"
            )


def letters_of(node: Node, known: Known, problems: Problems) -> tuple[LetterOrder, ...]:
    """The letters that a list orders."""
    orders: list[LetterOrder] = []
    for item in items_of(node, problems):
        entry = Entry(item, "a letter", problems, keys.LETTER)
        orders.append(
            LetterOrder(
                to=entry.name("to", known.roles, "role"),
                template=entry.name("send", what="letter"),
                condition=entry.name("if", what="guard") or None,
                mark=entry.mark,
            )
        )
    return tuple(orders)
