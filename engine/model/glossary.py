"""What routines name and do not say themselves: forms with their fields, and duties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from engine.model.register import Language, Side

Kind = Literal[
    "line", "text", "long_text", "date", "number", "yes_no", "link", "party", "person", "licence",
    "opinion", "group", "routine",
]  # fmt: skip
Named = Mapping[Language, str]


class Field(Struct, frozen=True, kw_only=True):
    """One field of a form: its label in each language, what else people call it, and its kind."""

    name: str
    labels: Named
    synonyms: tuple[str, ...] = ()
    kind: Kind = "text"
    hint: Named = field(default_factory=dict)
    """What a letter adds where it asks for the field."""
    parts: tuple[str, ...] = ()
    """The fields that make up a group: one point for letters, which count points."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How people say what the field can say, by our own word for it."""


class Form(Struct, frozen=True, kw_only=True):
    """The fields that a form takes, in order, and those that it asks for."""

    name: str
    source: str
    fields: tuple[str, ...]
    required: tuple[str, ...]


class Duty(Struct, frozen=True, kw_only=True):
    """What a contact can be registered for: its title, and the same in the definite form."""

    name: str
    source: str
    titles: Named
    holder: Named
    synonyms: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    """Whose contacts may have it; empty for any side's."""
    several: bool = True
    """Whether a party may have several contacts with it at a time."""


class Glossary(Struct, frozen=True, kw_only=True):
    """Everything of it, by name."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    apart: Mapping[str, Mapping[str, Field]] = field(default_factory=dict)
    """The fields of forms that are read by a reader of their own, and that no routine opens with.
    """
    duties: Mapping[str, Duty] = field(default_factory=dict)
