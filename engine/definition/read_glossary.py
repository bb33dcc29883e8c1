"""Files of forms and of duties as a Glossary, or every problem that they have with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import cast, get_args

from msgspec.structs import replace

from engine.definition import keys
from engine.definition.problems import Problems, shown
from engine.definition.read import SIDES
from engine.definition.reader import Entry, items_of, name_of, named, text_of
from engine.definition.source import Node, decoded, tree
from engine.definition.types import Mark
from engine.errors import DefinitionError
from engine.model import Duty, Field, Form, Glossary, Kind, Problem, Side
from engine.wording.glossary import duty_keys, field_keys, label_key

DUTIES = "duties.yaml"
"""What a file of duties is called; every other one describes a form."""
APART = ("group", "routine")
"""Kinds of fields that a form is written with, and that nothing is kept under."""
LONGEST_LABEL = 80


def glossary(texts: Mapping[str, bytes], known: Glossary) -> Glossary:
    """`known` and what the files add to it, by the name to show for each.

    DefinitionError with the problems of all files.
    """
    problems: list[Problem] = []
    # What another form is like is read after it.
    for file, text in sorted(texts.items(), key=lambda each: b"\nlike:" in each[1]):
        found = Problems(file)
        try:
            node = tree(decoded(text, found), found)
            read = _with_duties if PurePath(file).name == DUTIES else _with_form
            known = read(known, node, found)
            found.raise_any()
        except DefinitionError as error:
            problems += error.problems
    if problems:
        raise DefinitionError(problems)
    return known


def _with_form(known: Glossary, node: Node, problems: Problems) -> Glossary:
    entry = Entry(node, "a form", problems, keys.FORM)
    name, like = entry.name("form"), entry.name("like", known.forms, "form")
    if name in known.forms or name in known.apart:
        problems.add(entry.key_mark("form"), "form-taken", f"there is a form «{name}» already")
    apart = entry.flag("apart")
    shared = () if apart else known.fields.values()
    taken: dict[str, Field | Duty] = {key: each for each in shared for key in field_keys(each)}
    own: dict[str, Field] = {}
    for key, mark, value in _named(entry, "fields"):
        own[key] = _field(key, value, problems)
        _note_taken(own[key], field_keys(own[key]), taken, mark, problems)
    if apart:
        return replace(known, apart={**known.apart, name: own})
    fields = {**known.fields, **own}
    parts = [part for each in own.values() for part in each.parts if part not in own]
    for part in parts:
        problems.add(entry.key_mark("fields"), "unknown-field", f"there is no field {shown(part)}")
    asked = entry.names("required", fields, "field")
    base = known.forms[like].fields if like else ()
    mine = (each.name for each in own.values() if each.kind not in APART)
    form = Form(
        name=name,
        source=entry.text("source"),
        fields=tuple(dict.fromkeys((*base, *mine, *asked))),
        required=asked,
    )
    return replace(known, fields=fields, forms={**known.forms, name: form})


def _field(name: str, node: Node, problems: Problems) -> Field:
    entry = Entry(node, f"the field «{name}»", problems, keys.FIELD)
    return Field(
        name=name,
        labels=entry.titles("label"),
        synonyms=_also(entry),
        kind=cast(Kind, entry.name("kind", get_args(Kind), "kind") or "text"),
        hint=entry.titles("hint"),
        parts=entry.names("parts"),
        words={key: _texts(value, problems) for key, _, value in _named(entry, "words")},
    )


def _with_duties(known: Glossary, node: Node, problems: Problems) -> Glossary:
    entry = Entry(node, "a file of duties", problems, keys.DUTIES)
    taken: dict[str, Field | Duty] = {
        key: each for each in known.duties.values() for key in duty_keys(each)
    }
    duties = dict(known.duties)
    for key, mark, value in _named(entry, "duties"):
        duties[key] = _duty(key, value, problems)
        _note_taken(duties[key], duty_keys(duties[key]), taken, mark, problems)
    return replace(known, duties=duties)


def _duty(name: str, node: Node, problems: Problems) -> Duty:
    entry = Entry(node, f"the duty «{name}»", problems, keys.DUTY)
    return Duty(
        name=name,
        source=entry.text("source"),
        titles=entry.titles("title"),
        holder=entry.titles("holder"),
        synonyms=_also(entry),
        sides=cast("tuple[Side, ...]", entry.names("side", SIDES, "side")),
        several="several" not in entry or entry.flag("several"),
    )


def _named(entry: Entry, key: str) -> Iterator[tuple[str, Mark, Node]]:
    """What stands under `key`: each name, where it stands, and what it is said to be."""
    node = entry.node(key)
    for name, (scalar, value) in named(node, f"«{key}»", entry.problems) if node else ():
        if name_of(scalar, entry.problems):
            yield name, scalar.mark, value


def _also(entry: Entry) -> tuple[str, ...]:
    node = entry.node("also")
    found = () if node is None else _texts(node, entry.problems)
    for text in found:
        if len(text) > LONGEST_LABEL or ":" in text or not label_key(text):
            message = f"{shown(text)} cannot stand before a colon"
            entry.problems.add(entry.key_mark("also"), "bad-label", message)
    return found


def _texts(node: Node, problems: Problems) -> tuple[str, ...]:
    return tuple(text_of(each, problems) for each in items_of(node, problems))


def _note_taken(
    mine: Field | Duty,
    called: Sequence[str],
    taken: dict[str, Field | Duty],
    mark: Mark,
    problems: Problems,
) -> None:
    """Two fields that people call the same could not be told apart in a mail, nor two duties."""
    for key in dict.fromkeys(called):
        other = taken.setdefault(key, mine)
        if other is not mine:
            message = f"{shown(key)} is what «{other.name}» is called already"
            problems.add(mark, "label-taken", message)
