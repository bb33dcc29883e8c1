"""`dataclass` for frozen values with slots: the standard library's, but quick to define.

The standard library writes and compiles six methods for each class while its module is imported;
that was half of what a command needed to start. Here each method is compiled when it is first
called, which for most classes of a command is never. Type checkers see the standard library's own
decorator, and what is not frozen is made by it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

Method = Callable[..., Any]
_NOT_GIVEN: Any = object()


def _quick(*, slots: bool, frozen: bool = False, kw_only: bool = False) -> Callable[[Any], Any]:
    if not (frozen and slots):
        return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only)

    def made(cls: Any) -> Any:
        # Neither compiled by the library nor frozen by it: both follow here.
        bare: Any = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=True, kw_only=kw_only
        )(cls)
        _compile_late(bare)
        bare.__repr__, bare.__setattr__, bare.__delattr__ = _repr, _set, _delete
        bare.__getstate__, bare.__setstate__ = _state, _restore
        return bare

    return made


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _quick


def _compile_late(cls: Any) -> None:
    """Give `cls` methods that take the compiled ones' place when they are first called."""

    def init(self: Any, /, *values: Any, **named: Any) -> None:
        cls.__init__ = _init(cls)
        cls.__init__(self, *values, **named)

    def alike(self: Any, other: object) -> Any:
        cls.__eq__ = _eq(cls)
        return cls.__eq__(self, other)

    def hashed(self: Any) -> Any:
        cls.__hash__ = _hash(cls)
        return cls.__hash__(self)

    cls.__init__, cls.__eq__, cls.__hash__ = init, alike, hashed


def _init(cls: Any) -> Method:
    fields = dataclasses.fields(cls)
    known: dict[str, Any] = {"_NOT_GIVEN": _NOT_GIVEN}
    placed = [_parameter(each, known) for each in fields if not each.kw_only]
    named = [_parameter(each, known) for each in fields if each.kw_only]
    parameters = ["self", *placed, *(["*", *named] if named else [])]
    lines: list[str] = []
    for each in fields:
        if each.default_factory is not dataclasses.MISSING:
            known[f"_make_{each.name}"] = each.default_factory
            lines.append(f"if {each.name} is _NOT_GIVEN: {each.name} = _make_{each.name}()")
        # The slot itself is filled: quicker than by way of `object.__setattr__`.
        known[f"_set_{each.name}"] = getattr(cls, each.name).__set__
        lines.append(f"_set_{each.name}(self, {each.name})")
    return _compiled(cls, "__init__", parameters, lines or ["pass"], known)


def _parameter(field: dataclasses.Field[Any], known: dict[str, Any]) -> str:
    if field.default is not dataclasses.MISSING:
        known[f"_default_{field.name}"] = field.default
        return f"{field.name}=_default_{field.name}"
    given = field.default_factory is dataclasses.MISSING
    return field.name if given else f"{field.name}=_NOT_GIVEN"


def _eq(cls: Any) -> Method:
    lines = [
        "if other.__class__ is not self.__class__: return NotImplemented",
        f"return {_all_of('self', cls)} == {_all_of('other', cls)}",
    ]
    return _compiled(cls, "__eq__", ["self", "other"], lines, {})


def _hash(cls: Any) -> Method:
    return _compiled(cls, "__hash__", ["self"], [f"return hash({_all_of('self', cls)})"], {})


def _all_of(name: str, cls: Any) -> str:
    compared = [f"{name}.{each.name}, " for each in dataclasses.fields(cls) if each.compare]
    return f"({''.join(compared)})"


def _compiled(
    cls: Any, name: str, parameters: Sequence[str], lines: Sequence[str], known: dict[str, Any]
) -> Method:
    body = "\n    ".join(lines)
    text = f"def {name}({', '.join(parameters)}):\n    {body}"
    exec(text, known)  # noqa: S102 – made of field names alone, as the standard library does it
    made: Method = known[name]
    made.__qualname__ = f"{cls.__qualname__}.{name}"
    return made


def _repr(self: Any) -> str:
    shown = [
        f"{each.name}={getattr(self, each.name)!r}"
        for each in dataclasses.fields(self)
        if each.repr
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _set(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _restore(self: Any, state: Sequence[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
