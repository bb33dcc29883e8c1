"""A workflow that was read, as JSON: what comes with the program need not be read at every start.

Reading a file takes five times as long as making the same values from this, and PyYAML as long
again. What is kept belongs to one text, byte by byte; it holds neither that text nor a file's name.
A value of ours is a list: the name of its class, then its fields in order; a tuple has no name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from engine.definition import types
from engine.definition.types import Workflow
from engine.model import Proof

_CLASSES: Final = (
    types.DayRule, types.Event, types.Follows, types.Keep, types.LetterOrder, types.Mark,
    types.Opening, types.Role, types.Span, types.State, types.Timer, types.Workflow,
)  # fmt: skip
_TUPLE: Final = ""


def kept(workflow: Workflow) -> Any:
    """The workflow as values that JSON knows."""
    return _written(replace(workflow, text="", file=""))


def workflow(found: Any, text: str, file: str) -> Workflow:
    """The workflow that was `kept`, of its own text and under the name to show for its file."""
    made: Workflow = _made([*found[:-3], file, text, found[-1]])
    return made


def _written(value: Any) -> Any:
    match value:
        case Proof():
            return [Proof.__name__, value.value]
        case tuple():
            return [_TUPLE, *map(_written, value)]
        case Mapping():
            return {key: _written(each) for key, each in value.items()}
        case str() | int() | None:
            return value
        case _:
            named = (_written(getattr(value, name)) for name in value.__struct_fields__)
            return [type(value).__name__, *named]


def _made(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int:
        return value
    if kind is list:
        maker, *parts = value
        return _MAKERS[maker](*map(_made, parts))
    return {key: _made(each) for key, each in value.items()} if kind is dict else value


def _maker(cls: Any) -> Callable[..., Any]:
    names = cls.__struct_fields__

    def maker(*values: Any) -> Any:
        return cls(**dict(zip(names, values, strict=True)))

    return maker


_MAKERS: Final[Mapping[str, Callable[..., Any]]] = {
    _TUPLE: lambda *values: values,
    Proof.__name__: Proof,
    **{cls.__name__: _maker(cls) for cls in _CLASSES},
}
