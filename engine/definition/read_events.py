"""The `events` of a workflow file: who may move a request from where to where, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from engine.definition.problems import Problems, did_you_mean, shown
from engine.definition.reader import (
    Entry,
    Known,
    items_of,
    name_of,
    named,
    span_of,
    text_of,
)
from engine.definition.source import Block, Listing, Node, Scalar
from engine.definition.types import TIME, Event, Keep, LetterOrder, Mark, Span
from engine.model import Proof

SAME = "same"
"""What `to` says when the request stays in its state."""
PROOFS: Mapping[str, Proof] = {"reply": Proof.REPLY, "aligned": Proof.ALIGNED}
MOST_GUARDS = 6
"""Every outcome of an event's guards is proved, and their number doubles with each guard."""

_ALONE: Mapping[str, Literal["opinion", "confirmed"]] = {
    "opinion": "opinion",
    "confirmed": "confirmed",
}
_KINDS: Mapping[str, Literal["text", "link"]] = {"text": "text", "link": "link"}


def events(node: Node, known: Known, problems: Problems) -> dict[str, Event]:
    """Every event by its name."""
    return {
        key: _event(key, scalar.mark, value, known, problems)
        for key, (scalar, value) in named(node, "«events»", problems)
        if name_of(scalar, problems, what="name")
    }


def proof_of(entry: Entry) -> Proof:
    """The proof of sender that the block asks for; `reply` when it says nothing."""
    return PROOFS.get(entry.name("proof", PROOFS, "proof"), Proof.REPLY)


def _event(name: str, mark: Mark, node: Node, known: Known, problems: Problems) -> Event:
    entry = Entry(
        node,
        f"the event «{name}»",
        problems,
        required=("from", "to", "by"),
        optional=("when", "needs", "keeps", "says", "letters", "proof"),
    )
    target = entry.name("to", known.states | {SAME}, "state")
    keeps = entry.node("keeps")
    letters = entry.node("letters")
    event = Event(
        name=name,
        sources=entry.names("from", known.states, "state"),
        to=None if target == SAME else target,
        by=entry.names("by", known.roles | {TIME}, "role"),
        when=entry.names("when", what="guard"),
        needs=entry.names("needs", ("reason",), "need"),
        keeps=() if keeps is None else _keeps(keeps, problems),
        says=entry.words("says"),
        letters=() if letters is None else _letters(letters, known, problems),
        proof=proof_of(entry),
        mark=mark,
        marks=entry.marks(),
    )
    _check_shape(event, entry)
    return event


def _check_shape(event: Event, entry: Entry) -> None:
    if len(event.when) > MOST_GUARDS:
        entry.problems.add(
            entry.key_mark("when"), "too-many-guards", f"at most {MOST_GUARDS} guards"
        )
    if TIME not in event.by:
        return
    if len(event.by) > 1:
        entry.problems.add(entry.key_mark("by"), "time-alone", "«time» acts alone")
    for key in ("says", "needs", "proof", "keeps"):
        if key in entry:
            entry.problems.add(
                entry.key_mark(key), "time-is-silent", f"an event by time has no «{key}»"
            )


def _letters(node: Node, known: Known, problems: Problems) -> tuple[LetterOrder, ...]:
    orders: list[LetterOrder] = []
    for item in items_of(node, problems):
        entry = Entry(item, "a letter", problems, required=("to", "send"), optional=("if",))
        orders.append(
            LetterOrder(
                to=entry.name("to", known.roles, "role"),
                template=entry.name("send", what="letter"),
                condition=entry.name("if", what="guard") or None,
                mark=entry.mark,
            )
        )
    return tuple(orders)


def _keeps(node: Node, problems: Problems) -> tuple[Keep, ...]:
    nodes = node.items if isinstance(node, Listing) else (node,)
    found: list[Keep] = []
    for item in nodes:
        for keep in _keeps_of(item, problems):
            if keep.name in (earlier.name for earlier in found):
                problems.add(item.mark, "repeated", f"{shown(keep.name)} is kept twice")
            found.append(keep)
    return tuple(found)


def _keeps_of(node: Node, problems: Problems) -> tuple[Keep, ...]:
    if isinstance(node, Block):
        return tuple(_kept_as(key, value, problems) for key, value in node.entries)
    name = name_of(node, problems, what="form")
    return (Keep(name=name, kind=_ALONE.get(name, "form")),) if name else ()


def _kept_as(key: Scalar, value: Node, problems: Problems) -> Keep:
    name = name_of(key, problems, what="name")
    if name in _ALONE:
        problems.add(key.mark, "bad-keep", f"«{name}» stands alone: write «keeps: {name}»")
    if isinstance(value, Block):
        entry = Entry(value, f"the day {shown(name)}", problems, required=("within",))
        return Keep(name=name, kind="day", within=_within(entry))
    kind = text_of(value, problems)
    if kind not in _KINDS:
        problems.add(
            value.mark,
            "bad-keep",
            f"{shown(kind)} is no kind of value{did_you_mean(kind, _KINDS)}"
            "; a day is {within: 1 year}",
        )
    return Keep(name=name, kind=_KINDS.get(kind, "text"))


def _within(entry: Entry) -> Span | None:
    node = entry.node("within")
    return None if node is None else span_of(node, entry.problems)
