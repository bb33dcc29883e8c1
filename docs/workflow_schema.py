"""What a workflow file may look like, as a JSON Schema for editors.

It says the shape alone, from the same allowlists as the reader: that names resolve and that the
routine hangs together is for `kursdeling workflow check`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from msgspec import Struct

from engine.definition import keys
from engine.definition.keys import Keys
from engine.definition.read import LONGEST_PARTY, PARTY, SIDES
from engine.definition.read_events import BACK, FOLLOWS, MOST_GUARDS, PROOFS, SAME
from engine.definition.read_keeps import ALONE, IF_ANY, KINDS
from engine.definition.read_timers import ANSWERED, END_OF, MORNING
from engine.definition.read_yearly import DATE, EACH, GIVEN, WORKING_DAY
from engine.definition.reader import (
    LONGEST_NAME,
    LONGEST_PHRASE,
    LONGEST_WORD,
    NAME,
    UNITS,
)
from engine.definition.types import NOBODY, RELATIONS, TIME
from engine.model import LANGUAGES

Schema = Mapping[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
MOST: Final = 9999

_TEXT: Final[Schema] = {"type": "string", "pattern": r"\S"}
_NAME: Final[Schema] = {"type": "string", "pattern": f"^{NAME.pattern}$", "maxLength": LONGEST_NAME}
_NAMES: Final[Schema] = {"$ref": "#/$defs/names"}
_SPAN: Final[Schema] = {"$ref": "#/$defs/span"}
_LETTERS: Final[Schema] = {"type": "array", "items": {"$ref": "#/$defs/letter"}}


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The names that the program gives to workflow files."""

    guards: Collection[str]
    forms: Collection[str]
    duties: Collection[str]
    labels: Collection[str]


def schema(names: Vocabulary) -> Schema:
    """The schema of a workflow file, in which names of the program are offered as choices."""
    return {
        "$schema": DIALECT,
        "title": "A routine of Kursdeling",
        "description": "The shape; `kursdeling workflow check FILE` proves the rest.",
        **_block(
            keys.FILE,
            {
                "workflow": _said(_NAME, "The routine's name, for commands and the database."),
                "version": _said(_number(), "Goes up with every change of a file in use."),
                "title": _ref("titles"),
                "source": _said(_TEXT, "Where the routine is agreed; letters may quote it."),
                "opens_with": {"anyOf": [_ref("opening"), _ref("opening_by_time")]},
                "on_open": _said(
                    _NAMES, "The first of these that is possible happens at once after opening."
                ),
                "roles": _by_name(_ref("role")),
                "states": _by_name(_ref("state")),
                "events": _by_name(_ref("event")),
                "timers": _by_name({"type": "array", "items": _ref("timer")}),
            },
        ),
        "$defs": {
            "names": _one_or_more(_NAME),
            "span": {
                "type": "string",
                "pattern": f"^[1-9][0-9]{{0,3}} ({'|'.join(f'{unit}?' for unit in UNITS)})$",
                "examples": ["5 working days", "2 months"],
            },
            "guards": _one_or_more(_choice(names.guards), at_most=MOST_GUARDS),
            "titles": _block(Keys(required=LANGUAGES), dict.fromkeys(LANGUAGES, _TEXT)),
            "words": _in_languages(LONGEST_WORD),
            "phrases": _in_languages(LONGEST_PHRASE),
            "party": {
                "type": "string",
                "pattern": f"^{PARTY.pattern}$",
                "maxLength": LONGEST_PARTY,
            },
            "opening": _opening(names),
            "opening_by_time": _opening_by_time(),
            "role": _role(names),
            "state": _state(names),
            "event": _event(),
            "letter": _letter(names),
            "keep": _keep(names),
            "timer": _timer(),
        },
    }


def _opening_by_time() -> Schema:
    day = {"type": "string", "pattern": f"^({_plain(DATE)}|{_plain(WORKING_DAY)})$"}
    return _block(
        keys.OPENING_BY_TIME,
        {
            "by": {"const": TIME},
            "each": _said(_choice(EACH), "For what a request is opened each year."),
            "day": _said(day, "The day on which they are opened."),
            "days": _said(_by_name(day), "The days that timers count from."),
            "state": _said(_NAME, "The first state."),
            "parties": {
                "type": "object",
                "properties": dict.fromkeys(RELATIONS, _choice(GIVEN)),
                "additionalProperties": False,
            },
            "letters": _LETTERS,
        },
    )


def _opening(names: Vocabulary) -> Schema:
    return _block(
        keys.OPENING,
        {
            "by": _said(_NAME, "The role that opens."),
            "subject": _said(_ref("words"), "How the subject of such a mail begins."),
            "form": _choice(names.forms),
            "state": _said(_NAME, "The first state."),
            "parties": {
                "type": "object",
                "description": "Who each party is: `sender`, `form`, or a party's id.",
                "properties": dict.fromkeys(RELATIONS, _ref("party")),
                "additionalProperties": False,
            },
            "proof": _choice(PROOFS),
            "when": _ref("guards"),
            "letters": _LETTERS,
            "forwarded": {
                "type": "object",
                "description": "By when what others forward must be confirmed.",
                "maxProperties": 1,
                "additionalProperties": _block(
                    keys.DAY, {"within": _SPAN, "title": _ref("titles")}
                ),
            },
        },
    )


def _role(names: Vocabulary) -> Schema:
    properties = {
        "side": _choice(SIDES),
        "duty": _one_or_more(_choice(names.duties)),
        "of": _choice(RELATIONS),
        "party": _ref("party"),
        "instead": _said(_NAMES, "Who is written to where nobody holds this one."),
    }
    either = [{"required": ["of"]}, {"required": ["party"]}]
    return {**_block(keys.ROLE, properties), "oneOf": either}


def _state(names: Vocabulary) -> Schema:
    properties = {
        "title": _ref("titles"),
        "waits_for": _said(_NAMES, f"Roles, or `{NOBODY}`."),
        "owes": _said(_NAME, "The event by which each of them has done its part."),
        "then": _said(_NAME, "The role that is waited for once all of them have."),
        "label": _choice(names.labels),
        "final": {"type": "boolean"},
    }
    ends = {"required": ["final"], "properties": {"final": {"const": True}}}
    return {**_block(keys.STATE, properties), "oneOf": [{"required": ["waits_for"]}, ends]}


def _event() -> Schema:
    return _block(
        keys.EVENT,
        {
            "from": _NAMES,
            "to": _said(_NAME, f"A state, `{SAME}`, or `{BACK}` to where it came from."),
            "by": _said(_NAMES, f"Roles, or `{TIME}`."),
            "when": _ref("guards"),
            "needs": _one_or_more({"const": "reason"}),
            "asks": _said(_ref("titles"), "What should stand after the mail word, for letters."),
            "keeps": {"anyOf": [_ref("keep"), {"type": "array", "items": _ref("keep")}]},
            "says": _said(_ref("words"), "The mail words that mean the event."),
            "phrases": _said(_ref("phrases"), "People's own words, which are only suggested."),
            "letters": _LETTERS,
            "proof": _choice(PROOFS),
            "follows": {"type": "string", "pattern": f"^{_plain(FOLLOWS)}$"},
        },
    )


def _letter(names: Vocabulary) -> Schema:
    said = "A template in `templates/{nb,nn,en}`."
    condition = _choice(names.guards)
    return _block(keys.LETTER, {"to": _NAME, "send": _said(_NAME, said), "if": condition})


def _keep(names: Vocabulary) -> Schema:
    parts = _block(keys.PARTS, {"parts": _by_name(_ref("words"))})
    kinds = _choice([*KINDS, *(f"{kind}{IF_ANY}" for kind in KINDS)])
    said = _block(keys.SAID, {"says": _ref("words")})
    day = _block(keys.DAY, {"within": _SPAN, "title": _ref("titles")})
    kept = {"anyOf": [kinds, day, parts, said]}
    return {"anyOf": [_choice([*ALONE, *names.forms]), _by_name(kept)]}


def _timer() -> Schema:
    properties = {
        "once": _said({"const": ANSWERED}, "For the one who is waited for `then`."),
        "after": _SPAN,
        "before": _SPAN,
        "at": {"type": "string", "pattern": f"^{END_OF}{NAME.pattern}$"},
        "day": {"type": "string", "pattern": f"^{_plain(MORNING)}$"},
        "remind": _NAMES,
        "send": _NAME,
        "fire": _NAME,
        "escalate": {"const": True},
        "of": _said(_NAME, "The day that an event keeps."),
        "to": _NAMES,
        "every": _SPAN,
        "at_most": _number(),
        "warn": {
            "type": "array",
            "items": _block(keys.WARNING, {"before": _SPAN, "to": _NAMES}),
        },
    }
    exactly = [
        {"oneOf": [{"required": [key]} for key in group]} for group in (keys.WHEN, keys.ACTIONS)
    ]
    return {**_block(keys.TIMER, properties), "allOf": exactly}


def _plain(pattern: re.Pattern[str]) -> str:
    """The pattern without the names of its groups, which editors do not know."""
    return re.sub(r"\?P<\w+>", "", pattern.pattern)


def _block(allowed: Keys, properties: Mapping[str, Schema]) -> Schema:
    """A block with just the keys that the reader allows; ValueError for one that it does not."""
    if set(properties) != set(allowed.all):
        raise ValueError(f"keys differ: {set(properties) ^ set(allowed.all)}")
    return {
        "type": "object",
        "properties": {key: properties[key] for key in allowed.all},
        "required": list(allowed.required),
        "additionalProperties": False,
    }


def _by_name(value: Schema) -> Schema:
    return {"type": "object", "propertyNames": _NAME, "additionalProperties": value}


def _in_languages(longest: int) -> Schema:
    words = _one_or_more({**_TEXT, "maxLength": longest})
    return _block(Keys(required=LANGUAGES), dict.fromkeys(LANGUAGES, words))


def _one_or_more(item: Schema, at_most: int | None = None) -> Schema:
    most = {} if at_most is None else {"maxItems": at_most}
    several = {"type": "array", "items": item, "minItems": 1, "uniqueItems": True, **most}
    return {"anyOf": [item, several]}


def _choice(names: Collection[str]) -> Schema:
    return {"enum": sorted(names)}


def _number() -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": MOST}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _said(what: Schema, description: str) -> Schema:
    return {**what, "description": description}
