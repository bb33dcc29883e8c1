"""Methods for classes of frozen values of which many are made: as quick as those of open ones.

A frozen value refuses `value.name = …`, and going round that for each slot costs twenty times the
assignment itself. So a value is filled as one of its class's twin, which has the same slots and
refuses nothing, and becomes one of its own class once it is whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Final

Method = Callable[..., Any]
Fields = Sequence[dataclasses.Field[Any]]
NOT_GIVEN: Final[Any] = object()


def init_of(cls: Any, fields: Fields) -> Method:
    """The `__init__` of the class."""
    known: dict[str, Any] = {"_twin": _twin(cls), "_set": object.__setattr__}
    placed = [_parameter(each, known) for each in fields if not each.kw_only]
    named = [_parameter(each, known) for each in fields if each.kw_only]
    lines = ['_set(self, "__class__", _twin)']
    for each in fields:
        if each.default_factory is not dataclasses.MISSING:
            known[f"_make_{each.name}"] = each.default_factory
            lines.append(f"if {each.name} is _NOT_GIVEN: {each.name} = _make_{each.name}()")
        lines.append(f"self.{each.name} = {each.name}")
    lines.append("self.__class__ = _cls")
    return _compiled(
        cls, "__init__", ["self", *placed, *(["*", *named] if named else [])], lines, known
    )


def replace_of(cls: Any, fields: Fields) -> Method:
    """The `__replace__` of the class: a copy with changes; what nobody may give begins anew."""
    known: dict[str, Any] = {"_twin": _twin(cls), "_new": object.__new__}
    parameters, lines = ["self", "/", "*"], ["copy = _new(_twin)"]
    for each in fields:
        name = each.name
        if each.init:
            parameters.append(f"{name}=_NOT_GIVEN")
            lines.append(f"copy.{name} = self.{name} if {name} is _NOT_GIVEN else {name}")
        elif each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = each.default_factory
            lines.append(f"copy.{name} = _make_{name}()")
        else:
            known[f"_default_{name}"] = each.default
            lines.append(f"copy.{name} = _default_{name}")
    lines += ["copy.__class__ = _cls", "return copy"]
    return _compiled(cls, "__replace__", parameters, lines, known)


def _twin(cls: Any) -> Any:
    return type(cls)(
        cls.__name__,
        cls.__bases__,
        {"__slots__": cls.__slots__, "__setattr__": object.__setattr__},
    )


def _parameter(field: dataclasses.Field[Any], known: dict[str, Any]) -> str:
    if field.default is not dataclasses.MISSING:
        known[f"_default_{field.name}"] = field.default
        return f"{field.name}=_default_{field.name}"
    given = field.default_factory is dataclasses.MISSING
    return field.name if given else f"{field.name}=_NOT_GIVEN"


def _compiled(
    cls: Any, name: str, parameters: Sequence[str], lines: Sequence[str], known: dict[str, Any]
) -> Method:
    body = "\n    ".join(lines)
    text = f"def {name}({', '.join(parameters)}):\n    {body}"
    known |= {"_cls": cls, "_NOT_GIVEN": NOT_GIVEN}
    exec(text, known)  # noqa: S102 – made of field names alone, as the standard library does it
    made: Method = known[name]
    made.__qualname__ = f"{cls.__qualname__}.{name}"
    return made
