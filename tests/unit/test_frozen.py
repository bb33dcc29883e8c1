"""Our `dataclass` and the standard library's make values that behave alike."""

from __future__ import annotations

import copy
import dataclasses
import gc
import importlib
import pickle
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest

import engine.service
from engine import frozen
from engine.definition.types import Mark
from engine.model import Cause

_OWN = "__frozen__"
Decorator = Callable[..., Callable[[type], Any]]
BOTH = pytest.mark.parametrize(
    "decorator", [dataclasses.dataclass, frozen.dataclass], ids=["the library's", "ours"]
)


def value_class(decorator: Decorator) -> Any:
    """A class with every kind of field that the program uses."""

    class Value:
        """A value."""

        first: int
        second: str = "two"
        third: list[int] = dataclasses.field(default_factory=list)
        quiet: bytes = dataclasses.field(default=b"", repr=False, compare=False)
        named: str = dataclasses.field(default="n", kw_only=True)

        def doubled(self) -> int:
            """A method of its own."""
            return self.first * 2

    return decorator(frozen=True, slots=True)(Value)


@BOTH
def test_a_value_is_made_by_place_by_name_and_by_default(decorator: Decorator) -> None:
    made = value_class(decorator)

    assert dataclasses.astuple(made(1)) == (1, "two", [], b"", "n")
    assert dataclasses.astuple(made(1, "b", third=[3], named="x")) == (1, "b", [3], b"", "x")
    assert made(1).third is not made(1).third
    assert made(4).doubled() == 8


@BOTH
@pytest.mark.parametrize("given", [(), (1, "b", [], b"", "by place")])
def test_a_value_is_not_made_of_too_little_or_too_much(
    decorator: Decorator, given: tuple[Any, ...]
) -> None:
    made = value_class(decorator)
    for _ in range(2):  # the first of them is the one that compiles
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            made(*given)
    with pytest.raises(TypeError, match="first"):
        made(1, first=2)
    with pytest.raises(TypeError, match="first"):
        made("b", first=1)
    with pytest.raises(TypeError, match="unknown"):
        made(1, unknown=2)


@BOTH
def test_values_are_alike_where_their_fields_are(decorator: Decorator) -> None:
    made, other = value_class(decorator), value_class(decorator)

    for _ in range(2):
        assert made(1) == made(1, quiet=b"not compared")
        assert made(1) != made(2)
        assert made(1) != other(1)
        assert made(1) != (1, "two", [], "n")


@BOTH
def test_values_that_are_alike_have_the_same_hash(decorator: Decorator) -> None:
    made = value_class(decorator)

    for _ in range(2):
        assert hash(made(1, third=())) == hash(made(1, third=(), quiet=b"q"))
    assert {made(1, third=()): "found"}[made(1, third=())] == "found"
    with pytest.raises(TypeError, match="unhashable"):
        hash(made(1))


@BOTH
def test_a_value_cannot_be_changed(decorator: Decorator) -> None:
    value = value_class(decorator)(1)

    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'first'"):
        value.first = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'first'"):
        del value.first
    assert not hasattr(value, "__dict__")


@BOTH
def test_a_value_tells_its_fields(decorator: Decorator) -> None:
    value = value_class(decorator)(1)
    name = "value_class.<locals>.Value"

    assert repr(value) == f"{name}(first=1, second='two', third=[], named='n')"
    assert dataclasses.asdict(value)["named"] == "n"
    assert dataclasses.replace(value, first=3).first == 3
    assert type(value).__match_args__ == ("first", "second", "third", "quiet")


@BOTH
def test_a_field_can_come_from_another_class(decorator: Decorator) -> None:
    base = value_class(decorator)
    inheriting = type("Inheriting", (base,), {"__annotations__": {"own": "int"}, "__doc__": "x"})
    made = decorator(frozen=True, slots=True, kw_only=True)(inheriting)

    value = made(1, own=5)
    assert (value.first, value.second, value.own) == (1, "two", 5)
    assert value == made(1, own=5)
    assert value != made(1, own=6)


def test_values_can_be_copied_and_sent_to_another_process() -> None:
    for value in (Mark(3, 4), Cause("mail", "7")):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 – what we have just made
        assert copy.deepcopy(value) == value


@BOTH
def test_the_thousandth_value_is_made_as_the_first(decorator: Decorator) -> None:
    made = value_class(decorator)
    several = [made(1, third=[3], named="x") for _ in range(1000)]

    assert all(each == several[0] for each in several)
    assert dataclasses.astuple(several[0]) == (1, "two", [3], b"", "x")
    assert made(1).third is not made(1).third


def test_the_library_finds_nothing_wrong_with_any_of_the_values() -> None:
    for module in pkgutil.walk_packages(engine.service.__path__, "engine.service."):
        importlib.import_module(module.name)  # and with these all that they stand on
    ours = [each for each in gc.get_objects() if isinstance(each, type) and _OWN in vars(each)]

    assert len(ours) > 200
    for each in ours:
        slots = [name for c in reversed(each.__mro__) for name in getattr(c, "__slots__", ())]
        assert [field.name for field in dataclasses.fields(each)] == slots, each


def test_what_is_not_frozen_is_the_librarys_own() -> None:
    changing: Any = frozen.dataclass(slots=True)(
        type("Changing", (), {"__annotations__": {"a": "int"}})
    )

    value: Any = changing(1)
    value.a = 2
    assert value == changing(2)


@frozen.dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    text: str
    number: int = 1
    seen: list[str] = dataclasses.field(default_factory=list, init=False, compare=False)
    mark: str = dataclasses.field(default="new", init=False)


def test_a_changed_copy_is_the_same_before_and_after_its_class_is_compiled() -> None:
    for turn in range(120):
        first = _Noted(text="a", number=turn)
        first.seen.append("x")
        copy = frozen.replace(first, text="b")
        assert copy == dataclasses.replace(first, text="b")
        assert (copy.text, copy.number, copy.seen, copy.mark) == ("b", turn, [], "new")
        assert first == _Noted(text="a", number=turn)
        assert type(copy) is type(first) is _Noted
        with pytest.raises(dataclasses.FrozenInstanceError):
            copy.text = "c"  # type: ignore[misc]  # what is tested
        with pytest.raises(TypeError):
            frozen.replace(first, nothing=1)


def test_what_others_have_made_is_copied_by_the_standard_library() -> None:
    assert frozen.replace(_Open(text="a"), text="b") == _Open(text="b")


@dataclasses.dataclass
class _Open:
    text: str
