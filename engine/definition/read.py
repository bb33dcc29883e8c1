"""A workflow file as a Workflow, or every problem that it has with its place and a suggestion."""

from __future__ import annotations

import hashlib
import re
from typing import cast

from engine.definition import keys
from engine.definition.problems import Problems, shown
from engine.definition.read_events import events, letters_of, proof_of
from engine.definition.read_keeps import keeps_of
from engine.definition.read_timers import timers
from engine.definition.read_yearly import opening_by_time
from engine.definition.reader import Entry, Known, name_of, named, text_of
from engine.definition.source import Block, Node, Scalar, decoded, tree
from engine.definition.types import NOBODY, RELATIONS, Keep, Mark, Opening, Role, State, Workflow
from engine.model import Proof, Side

SIDES = ("trust", "municipal", "joint")
PARTY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
LONGEST_PARTY = 40
_NO_OPENING = Opening(
    by="", proof=Proof.REPLY, subject={}, form="", state="", parties={}, mark=Mark(1, 1)
)
"""Stands in for a missing block, so that the rest of the file is still read."""


def workflow(text: str | bytes, file: str) -> Workflow:
    """The workflow that the file's text describes.

    Raises DefinitionError with every problem found; nothing in the text is executed or imported.
    """
    problems = Problems(file)
    written = decoded(text, problems)
    entry = Entry(
        tree(written, problems),
        "a workflow file",
        problems,
        keys.FILE,
    )
    known = _known(entry)
    found = Workflow(
        name=entry.name("workflow"),
        version=entry.number("version"),
        titles=entry.titles("title"),
        source=entry.text("source"),
        opens_with=_opening(entry.node("opens_with"), known, problems),
        on_open=entry.names("on_open", known.events, "event"),
        roles=_roles(_block(entry, "roles"), known, problems),
        states=_states(_block(entry, "states"), known, problems),
        events=events(_block(entry, "events"), known, problems),
        timers=timers(_block(entry, "timers"), known, problems),
        file=file,
        text=written,
        sha256=hashlib.sha256(written.encode()).hexdigest(),
    )
    problems.raise_any()
    return found


def _block(entry: Entry, key: str) -> Node:
    return entry.node(key) or Block((), entry.mark)


def _known(entry: Entry) -> Known:
    def names(node: Node | None) -> frozenset[str]:
        entries = node.entries if isinstance(node, Block) else ()
        return frozenset(key.text for key, _ in entries)

    opening = entry.node("opens_with")
    inside = opening.entries if isinstance(opening, Block) else ()
    parties = next((value for key, value in inside if key.text == "parties"), None)
    return Known(
        states=names(entry.node("states")),
        roles=names(entry.node("roles")),
        events=names(entry.node("events")),
        relations=names(parties),
    )


def _opening(node: Node | None, known: Known, problems: Problems) -> Opening:
    if node is None:
        return _NO_OPENING
    by_time = _opened_by(node) == keys.BY_TIME
    entry = Entry(
        node,
        "«opens_with»",
        problems,
        keys.OPENING_BY_TIME if by_time else keys.OPENING,
    )
    written, ordered = entry.node("parties"), entry.node("letters")
    parties = {} if written is None else _parties(written, problems)
    letters = () if ordered is None else letters_of(ordered, known, problems)
    if by_time:
        return opening_by_time(entry, parties, letters, known, problems)
    return Opening(
        by=entry.name("by", known.roles, "role"),
        proof=proof_of(entry),
        subject=entry.words("subject"),
        form=entry.name("form", what="form"),
        state=entry.name("state", known.states, "state"),
        parties=parties,
        when=entry.names("when", what="guard"),
        letters=letters,
        forwarded=_forwarded(entry),
        mark=node.mark,
    )


def _forwarded(entry: Entry) -> Keep | None:
    """The day by which what others forward must be confirmed."""
    node = entry.node("forwarded")
    return None if node is None else next(iter(keeps_of(node, entry.problems)), None)


def _opened_by(node: Node) -> str:
    """What `by` says, before it is known which keys the block may have."""
    entries = node.entries if isinstance(node, Block) else ()
    found = (value for key, value in entries if key.text == "by")
    return next((value.text for value in found if isinstance(value, Scalar)), "")


def _parties(node: Node, problems: Problems) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, (scalar, value) in named(node, "«parties»", problems):
        name_of(scalar, problems, RELATIONS, "relation")
        found[key] = _party(value, problems)
    return found


def _party(node: Node, problems: Problems) -> str:
    text = text_of(node, problems)
    if text.strip() and not (len(text) <= LONGEST_PARTY and PARTY.fullmatch(text)):
        problems.add(node.mark, "bad-party", f"{shown(text)} is no party's id")
    return text


def _roles(node: Node, known: Known, problems: Problems) -> dict[str, Role]:
    return {
        key: _role(key, scalar.mark, value, known, problems)
        for key, (scalar, value) in named(node, "«roles»", problems)
        if name_of(scalar, problems)
    }


def _role(name: str, mark: Mark, node: Node, known: Known, problems: Problems) -> Role:
    entry = Entry(
        node,
        f"the role «{name}»",
        problems,
        keys.ROLE,
    )
    if ("of" in entry) == ("party" in entry):
        problems.add(mark, "role-nowhere", f"the role «{name}» needs either «of» or «party»")
    party = entry.node("party")
    duties = entry.names("duty", what="duty") or ("",)
    side = entry.name("side", SIDES, "side") or SIDES[0]
    return Role(
        name=name,
        side=cast(Side, side),
        duty=duties[0],
        also=duties[1:],
        of=entry.name("of", known.relations, "relation") or None,
        party=None if party is None else _party(party, problems),
        instead=entry.names("instead", known.roles | {NOBODY}, "role"),
        mark=mark,
    )


def _states(node: Node, known: Known, problems: Problems) -> dict[str, State]:
    return {
        key: _state(key, scalar.mark, value, known, problems)
        for key, (scalar, value) in named(node, "«states»", problems)
        if name_of(scalar, problems, what="name")
    }


def _state(name: str, mark: Mark, node: Node, known: Known, problems: Problems) -> State:
    entry = Entry(
        node,
        f"the state «{name}»",
        problems,
        keys.STATE,
    )
    final = entry.flag("final")
    if final == ("waits_for" in entry):
        problems.add(
            mark,
            "final-or-waiting",
            f"the state «{name}» must say «waits_for» (perhaps nobody) unless it is final",
        )
    waits_for = entry.names("waits_for", known.roles | {NOBODY}, "role")
    if NOBODY in waits_for and len(waits_for) > 1:
        problems.add(entry.key_mark("waits_for"), "nobody-alone", "«nobody» stands alone")
    return State(
        name=name,
        titles=entry.titles("title"),
        waits_for=tuple(role for role in waits_for if role != NOBODY),
        owes=entry.name("owes", known.events, "event") or None,
        then=entry.name("then", known.roles, "role") or None,
        label=entry.text("label") or None,
        final=final,
        mark=mark,
    )
