"""How values stand in the database: instants, days and structures as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final, TypeVar

import msgspec

Value = TypeVar("Value")
_OFFSET = len("+00:00")


@lru_cache(maxsize=1024)
def instant(at: datetime) -> str:
    """`at` as `YYYY-MM-DDTHH:MM:SSZ`: UTC, whole seconds; ValueError for a naive instant."""
    if at.tzinfo is None:
        raise ValueError(f"the instant {at} has no time zone")
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return f"{utc.isoformat(timespec='seconds')[:-_OFFSET]}Z"


def read_instant(text: str) -> datetime:
    """The aware UTC instant that `text` stands for."""
    return datetime.fromisoformat(text)


def maybe_instant(at: datetime | None) -> str | None:
    """As `instant`, with None for None."""
    return None if at is None else instant(at)


def read_maybe_instant(text: str | None) -> datetime | None:
    """As `read_instant`, with None for None."""
    return None if text is None else read_instant(text)


def maybe_day(day: date | None) -> str | None:
    """`day` as `YYYY-MM-DD`, with None for None."""
    return None if day is None else day.isoformat()


class Kept(dict[str, Any]):
    """A structure read from the database, with its canonical text: most are written back as they
    were. Like every value it is never changed, only replaced.
    """

    __slots__ = ("text",)

    def __init__(self, structure: Mapping[str, Any], text: str) -> None:
        super().__init__(structure)
        self.text = text


def canonical(value: Any) -> str:
    """`value` as JSON in its one canonical form: sorted keys, no spaces, letters as they are.

    Mappings, sequences and sets become objects and arrays, instants and days their text. TypeError
    for what has no such form.
    """
    return value.text if type(value) is Kept else _ENCODE(_plain(value)).decode()


def json_text(value: Any) -> str:
    """As `canonical`, in a seventh of its time, for what holds no instants and days: these would be
    written in the library's own way.
    """
    return _ENCODE(value).decode()


def as_it_stands(value: Any) -> Any:
    """The structure as a part of another one: by its text, where that is known."""
    return msgspec.Raw(value.text.encode()) if type(value) is Kept else value


@lru_cache(maxsize=256)
def names_text(names: tuple[str, ...]) -> str:
    """As `canonical`, for a few names that come again and again."""
    return canonical(names)


def structure(text: str) -> Any:
    """The structure that JSON `text` stands for; ValueError when it stands for none."""
    return msgspec.json.decode(text)


def kept(text: str) -> Kept:
    """The object that canonical JSON `text` stands for."""
    return Kept(structure(text), text)


def read_as(kind: type[Value], row: Mapping[str, Any], **other: Any) -> Value:
    """The value that a row stands for: what `other` does not give is in the column of its name,
    instants and days as their text.
    """
    return msgspec.convert({**row, **other}, kind)


def _plain(value: Any) -> Any:
    """`value` as what JSON knows: the library would write instants and bytes in ways of its own."""
    make = _PLAIN.get(type(value))
    if make is None:
        make = next((each for kind, each in _OTHERS if isinstance(value, kind)), None)
    if make is None:
        raise TypeError(f"a {type(value).__name__} has no canonical form")
    return make(value)


def _object(value: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: each if type(each) is str else _plain(each) for key, each in value.items()}


def _array(value: Iterable[Any]) -> list[Any]:
    return [each if type(each) is str else _plain(each) for each in value]


def _itself(value: Any) -> Any:
    return value


_PLAIN: Final[Mapping[type, Callable[[Any], Any]]] = {
    **dict.fromkeys((str, int, bool, type(None), msgspec.Raw), _itself),
    **dict.fromkeys((list, tuple), _array),
    dict: _object,
    datetime: instant,
    date: date.isoformat,
}
_OTHERS: Final[Sequence[tuple[type, Callable[[Any], Any]]]] = (
    (Mapping, _object),
    (str, str.__str__),
    (int, int),
    (set, sorted),
    (frozenset, sorted),
    (datetime, instant),  # before `date`, of which it is one
    (date, date.isoformat),
    (list, _array),
    (tuple, _array),
)
_ENCODE: Final = msgspec.json.Encoder(order="sorted", enc_hook=_plain).encode
