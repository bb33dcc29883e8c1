"""The forms and duties that the site knows: those of the program, and its own beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, TypeVar

from msgspec import json

from engine.model import LANGUAGES, Duty, Field, Form, Glossary
from engine.model.glossary import Named
from engine.plain import composed

READ: Final = "glossary.json"
"""`workflows/forms/*.yaml` and `workflows/duties.yaml` as they were read when the program was made.
"""
SHIPPED: Final = json.decode(files("workflows").joinpath(READ).read_bytes(), type=Glossary)


Each = TypeVar("Each")


class _Known(dict[str, Each]):
    """What the site knows, by name; what its files say no longer is still called by its name."""

    def __init__(self, otherwise: Callable[[str], Each]) -> None:
        super().__init__()
        self.otherwise = otherwise

    def __missing__(self, name: str) -> Each:
        return self.otherwise(name)


def _itself(name: str) -> Named:
    return dict.fromkeys(LANGUAGES, name)


FIELDS: Final = _Known(lambda name: Field(name=name, labels=_itself(name)))
FORMS: Final = _Known(lambda name: Form(name=name, source="", fields=(), required=()))
"""By the name that a workflow file uses in `opens_with.form`."""
DUTIES: Final = _Known(
    lambda name: Duty(name=name, source="", titles=_itself(name), holder=_itself(name))
)
"""By the name in register and workflow files."""
FIELD_NAMES: Final = _Known(_itself)
DUTY_NAMES: Final = _Known(_itself)
HOLDER_NAMES: Final = _Known(_itself)
"""The duties in the definite form."""
FIELD_BY_KEY: Final[dict[str, str]] = {}
DUTY_BY_KEY: Final[dict[str, str]] = {}

_IN_BRACKETS = re.compile(r"\([^()]*\)\s*$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^\d+\s+")


@lru_cache(maxsize=2048)
def label_key(text: str) -> str:
    """By which a field is found, however its label is written."""
    bare = _IN_BRACKETS.sub("", composed(text).strip(" \t*_:"))
    return _NUMBERED.sub("", duty_key(bare))


def duty_key(text: str) -> str:
    """By which a duty is found, however it is written."""
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()


def field_keys(field: Field) -> tuple[str, ...]:
    """Every key of a field: of its name, its labels, and what else people call it."""
    return tuple(label_key(text) for text in (field.name, *field.labels.values(), *field.synonyms))


def duty_keys(duty: Duty) -> tuple[str, ...]:
    """Every key of a duty: of its name, its titles, and what else people call it."""
    return tuple(duty_key(text) for text in (duty.name, *duty.titles.values(), *duty.synonyms))


def use(known: Glossary) -> None:
    """Let the process know the forms and duties of its site, and no others, from now on."""
    fields, duties = known.fields.values(), known.duties.values()
    tables: Iterable[tuple[dict[str, Any], Mapping[str, Any]]] = (
        (FIELDS, known.fields),
        (FORMS, known.forms),
        (DUTIES, known.duties),
        (FIELD_NAMES, {each.name: each.labels for each in fields}),
        (DUTY_NAMES, {each.name: each.titles for each in duties}),
        (HOLDER_NAMES, {each.name: each.holder for each in duties}),
        (FIELD_BY_KEY, {key: each.name for each in fields for key in field_keys(each)}),
        (DUTY_BY_KEY, {key: each.name for each in duties for key in duty_keys(each)}),
    )
    for table, found in tables:
        table.clear()
        table.update(found)


use(SHIPPED)
