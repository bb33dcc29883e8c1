"""The schema for editors: it takes every routine there is, and refuses what the reader refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.definition import keys

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "workflows" / "schema.json").read_text(encoding="utf-8"))
FILES = [
    *sorted((ROOT / "workflows").glob("*_*.yaml")),
    *sorted((ROOT / "tests").rglob("fourth_routine/workflows/*.yaml")),
]
MEND = "run `make diagrams`"
TYPES: Mapping[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}


def faults(value: Any, schema: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """Each place where the value is not as the schema says; for the keywords that ours uses."""
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], place)
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{place}: {value!r} is not {schema['const']!r}"
    if not _is(schema.get("type"), value):
        yield f"{place}: {value!r} is no {schema['type']}"
        return
    yield from _combined(value, schema, place)
    if isinstance(value, str):
        yield from _of_text(value, schema, place)
    if isinstance(value, list):
        yield from _of_list(value, schema, place)
    if isinstance(value, dict):
        yield from _of_block(value, schema, place)


def _is(kind: str | None, value: Any) -> bool:
    if kind is None:
        return True
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def _combined(value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    for part in schema.get("allOf", ()):
        yield from faults(value, part, place)
    for keyword, enough in (("anyOf", lambda n: n >= 1), ("oneOf", lambda n: n == 1)):
        if keyword in schema:
            fit = sum(not list(faults(value, part, place)) for part in schema[keyword])
            if not enough(fit):
                yield f"{place}: {fit} of {keyword} fit"


def _of_text(value: str, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if not re.search(schema.get("pattern", ""), value) or len(value) > schema.get("maxLength", 999):
        yield f"{place}: {value!r} does not fit"


def _of_list(value: list[Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 999):
        yield f"{place}: {len(value)} items"
    for n, item in enumerate(value):
        yield from faults(item, schema.get("items", {}), f"{place}[{n}]")


def _of_block(value: dict[str, Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
    yield from (f"{place}: no {key}" for key in schema.get("required", ()) if key not in value)
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for key, item in value.items():
        yield from faults(key, schema.get("propertyNames", {}), f"{place}.{key}")
        if key in known:
            yield from faults(item, known[key], f"{place}.{key}")
        elif others is False:
            yield f"{place}: {key} is not known"
        elif others is not True:
            yield from faults(item, others, f"{place}.{key}")


def parsed(file: Path) -> Any:
    """The file as an editor reads it."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_routine_fits_the_schema(file: Path) -> None:
    assert list(faults(parsed(file), SCHEMA)) == []


def test_every_block_of_the_language_is_in_the_schema() -> None:
    blocks = {"opening": keys.OPENING, "role": keys.ROLE, "state": keys.STATE}
    blocks |= {"event": keys.EVENT, "letter": keys.LETTER, "timer": keys.TIMER}
    blocks["opening_by_time"] = keys.OPENING_BY_TIME

    assert set(SCHEMA["properties"]) == set(keys.FILE.all), MEND
    for name, allowed in blocks.items():
        assert list(SCHEMA["$defs"][name]["properties"]) == list(allowed.all), MEND
        assert SCHEMA["$defs"][name]["required"] == list(allowed.required), MEND


def _unknown_key(file: Any) -> None:
    file["states"]["draft"]["colour"] = "blue"


def _no_events(file: Any) -> None:
    del file["events"]


def _role_in_two_places(file: Any) -> None:
    file["roles"]["owner"]["party"] = "ks"


def _unknown_guard(file: Any) -> None:
    file["events"]["submit"]["when"] = ["course_informaton_complete"]


def _unknown_duty(file: Any) -> None:
    file["roles"]["owner"]["duty"] = "boss"


def _state_without_end_or_wait(file: Any) -> None:
    del file["states"]["draft"]["waits_for"]


def _timer_with_two_actions(file: Any) -> None:
    file["timers"]["draft"][0]["escalate"] = True


def _timer_without_a_time(file: Any) -> None:
    del file["timers"]["draft"][0]["after"]


def _no_span(file: Any) -> None:
    file["timers"]["draft"][0]["after"] = "5 virkedager"


def _title_in_two_languages(file: Any) -> None:
    del file["title"]["nn"]


def _dotted_name(file: Any) -> None:
    file["events"]["os.system"] = file["events"].pop("submit")


@pytest.mark.parametrize(
    "break_it",
    [
        _unknown_key,
        _no_events,
        _role_in_two_places,
        _unknown_guard,
        _unknown_duty,
        _state_without_end_or_wait,
        _timer_with_two_actions,
        _timer_without_a_time,
        _no_span,
        _title_in_two_languages,
        _dotted_name,
    ],
    ids=lambda function: function.__name__.strip("_").replace("_", " "),
)
def test_an_editor_marks(break_it: Callable[[Any], None]) -> None:
    file = deepcopy(parsed(ROOT / "workflows" / "hf_to_ks.yaml"))
    break_it(file)

    assert list(faults(file, SCHEMA))
