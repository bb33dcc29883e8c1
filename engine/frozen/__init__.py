"""`dataclass` for frozen values with slots: the standard library's, but quick to define.

The standard library writes and compiles six methods for each class while its module is imported,
makes the class twice, and looks closely at each field; that was half of what a command needed to
start. Here a class is made once, with methods that all such classes share. What a class needs of
its own is worked out when the first value is made, and `compiled` has methods for classes of which
more than a few are. `fields` and `asdict` are the standard library's: it is asked for the fields
when somebody else wants to know them. Type checkers see its own decorator, and what is not frozen
is made by it.

`replace` is for changed copies, of which a transition makes a dozen: the standard library's looks
at each field and calls `__init__`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from engine.frozen import compiled
from engine.frozen.compiled import NOT_GIVEN

__all__ = ["dataclass", "replace"]

Method = Callable[..., Any]
_MISSING: Any = dataclasses.MISSING
_FEW: Final = 50
"""So many values of a class cost less without compiled methods than compiling them does."""
_OWN: Final = "__frozen__"


class _Own:
    """What one class says of its fields, and how many of its values were made."""

    __slots__ = ("defaults", "fields", "kw_only", "made")

    def __init__(self, defaults: Mapping[str, Any], *, kw_only: bool) -> None:
        self.defaults = defaults
        """By the name of each field that the class itself has: what stands behind its `=`."""
        self.kw_only = kw_only
        self.fields: tuple[dataclasses.Field[Any], ...] | None = None
        self.made = 0


def _quick(*, slots: bool, frozen: bool = False, kw_only: bool = False) -> Callable[[Any], Any]:
    if not (frozen and slots):
        return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only)

    def made(cls: Any) -> Any:
        body = {key: value for key, value in cls.__dict__.items() if key not in _NO_SLOTS}
        defaults = {name: body.pop(name, _MISSING) for name in body.get("__annotations__", ())}
        own = _Own(defaults, kw_only=kw_only)
        inherited = {name for base in cls.__mro__ for name in getattr(base, "__slots__", ())}
        body["__slots__"] = tuple(name for name in defaults if name not in inherited)
        body["__match_args__"] = (*getattr(cls, "__match_args__", ()), *_placed(own))
        body["__qualname__"] = cls.__qualname__
        return type(cls)(cls.__name__, cls.__bases__, {**body, **_SHARED, _OWN: own})

    return made


def _changed(value: Any, /, **changes: Any) -> Any:
    """As `dataclasses.replace`: a copy of the value in which `changes` stand."""
    copied = getattr(value, "__replace__", None)
    return dataclasses.replace(value, **changes) if copied is None else copied(**changes)


if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:
    dataclass, replace = _quick, _changed


def _placed(own: _Own) -> Sequence[str]:
    """The names of the fields that can be given by place."""
    return [name for name, default in own.defaults.items() if not _is_named(own, default)]


def _is_named(own: _Own, default: Any) -> bool:
    said = default.kw_only if isinstance(default, dataclasses.Field) else _MISSING
    return own.kw_only if said is _MISSING else bool(said)


def _fields(cls: Any) -> tuple[dataclasses.Field[Any], ...]:
    """Every field of the class, those of the classes that it comes from first."""
    own: _Own = getattr(cls, _OWN)
    if own.fields is None:
        found: dict[str, dataclasses.Field[Any]] = {}
        for each in reversed(cls.__mro__):
            said: _Own | None = each.__dict__.get(_OWN)
            found |= {} if said is None else _own_fields(said)
        own.fields = tuple(found.values())
    return own.fields


def _own_fields(own: _Own) -> dict[str, dataclasses.Field[Any]]:
    found: dict[str, dataclasses.Field[Any]] = {}
    for name, default in own.defaults.items():
        given = isinstance(default, dataclasses.Field)
        field = default if given else dataclasses.field(default=default)
        field.kw_only, field.name = _is_named(own, default), name
        found[name] = field
    return found


class _ForOthers:
    """An attribute of a class that the standard library works out when somebody looks for it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _: object, owner: Any) -> Any:
        cls = _that_has(self._name, self, owner)
        own: _Own = cls.__dict__[_OWN]
        said = {name: each for name, each in own.defaults.items() if each is not _MISSING}
        body = {"__module__": cls.__module__, "__doc__": cls.__doc__ or cls.__name__, **said}
        body["__annotations__"] = {name: cls.__annotations__[name] for name in own.defaults}
        decorated = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=own.kw_only)
        known: Any = decorated(type(cls)(cls.__name__, cls.__bases__, body))
        for name in _ASKED_FOR:
            setattr(cls, name, known.__dict__[name])
        return cls.__dict__[self._name]


def _that_has(name: str, value: object, owner: Any) -> Any:
    """The class from which `owner` has the attribute."""
    return next(each for each in owner.__mro__ if each.__dict__.get(name) is value)


def _first_init(self: Any, /, *values: Any, **named: Any) -> None:
    cls = _that_has("__init__", _first_init, type(self))
    own: _Own = cls.__dict__[_OWN]
    own.made += 1
    if own.made > _FEW or not _filled(self, _fields(cls), values, dict(named)):
        cls.__init__ = compiled.init_of(cls, _fields(cls))
        cls.__init__(self, *values, **named)


def _filled(
    self: Any,
    fields: Sequence[dataclasses.Field[Any]],
    values: Sequence[Any],
    given: dict[str, Any],
) -> bool:
    """Whether the values were just those that are wanted; the compiled method says what is wrong
    with others.
    """
    left = iter(values)
    for each in fields:
        value = NOT_GIVEN if each.kw_only else next(left, NOT_GIVEN)
        if value is NOT_GIVEN:
            value = given.pop(each.name, NOT_GIVEN)
        if value is NOT_GIVEN:
            value = _default(each)
        if value is _MISSING:
            return False
        object.__setattr__(self, each.name, value)
    return not given and next(left, NOT_GIVEN) is NOT_GIVEN


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is dataclasses.MISSING:
        return field.default
    return field.default_factory()


def _compared(cls: Any) -> Method:
    """What of a value is compared, all at once."""
    names = [each.name for each in _fields(cls) if each.compare]
    return attrgetter(*names) if names else lambda _: ()


def _first_alike(self: Any, other: object) -> Any:
    cls = _that_has("__eq__", _first_alike, type(self))
    compared = _compared(cls)

    def alike(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compared(self) == compared(other)

    cls.__eq__ = alike
    return alike(self, other)


def _first_hashed(self: Any) -> Any:
    cls = _that_has("__hash__", _first_hashed, type(self))
    compared = _compared(cls)

    def hashed(self: Any) -> int:
        return hash(compared(self))

    cls.__hash__ = hashed
    return hashed(self)


def _first_replaced(self: Any, /, **changes: Any) -> Any:
    """What Python 3.13 calls `__replace__`; a field that nobody may give begins anew."""
    cls = _that_has("__replace__", _first_replaced, type(self))
    own: _Own = cls.__dict__[_OWN]
    own.made += 1
    if own.made > _FEW:
        cls.__replace__ = compiled.replace_of(cls, _fields(cls))
        return cls.__replace__(self, **changes)
    kept = {each.name: getattr(self, each.name) for each in _fields(cls) if each.init}
    copy = object.__new__(cls)
    given = {**kept, **changes}
    for each in _fields(cls):
        object.__setattr__(copy, each.name, given.pop(each.name) if each.init else _default(each))
    if given:
        raise TypeError(f"{cls.__qualname__} takes no {', '.join(given)}")
    return copy


def _repr(self: Any) -> str:
    shown = [
        f"{each.name}={getattr(self, each.name)!r}" for each in _fields(type(self)) if each.repr
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _set(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in _fields(type(self))]


def _restore(self: Any, state: Sequence[Any]) -> None:
    for each, value in zip(_fields(type(self)), state, strict=True):
        object.__setattr__(self, each.name, value)


_ASKED_FOR: Final = ("__dataclass_fields__", "__dataclass_params__")
_NO_SLOTS: Final = frozenset({"__dict__", "__weakref__"})
_SHARED: Final[Mapping[str, Any]] = {
    "__init__": _first_init,
    "__eq__": _first_alike,
    "__hash__": _first_hashed,
    "__replace__": _first_replaced,
    "__repr__": _repr,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _state,
    "__setstate__": _restore,
    **{name: _ForOthers(name) for name in _ASKED_FOR},
}
