"""The script of a trial: who writes what, how long people wait, and which state they expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from engine.definition.reader import UNITS
from engine.definition.types import Span
from engine.errors import InputError
from engine.model import Reason

FORM: Final = "FORM"
"""What the opening mail begins with: a file's name follows, or the form itself, indented."""

_MAIL = re.compile(r"(?P<role>[a-z][a-z0-9_]*)(?:@(?P<party>[a-z0-9-]+))?:(?P<text>.*)")
_WAIT = re.compile(r"wait (?P<amount>[1-9][0-9]{0,3}) (?P<unit>[a-z ]+)")
_EXPECT = re.compile(r"expect (?P<state>[a-z][a-z0-9_]*)")

ReadFile = Callable[[str], str]


class Mail(Struct, frozen=True, kw_only=True):
    """A holder of `role` writes; `party` says for whom, where the routine leaves it open."""

    line: int
    role: str
    party: str
    text: str


class Wait(Struct, frozen=True, kw_only=True):
    """Nobody does anything for so long."""

    line: int
    span: Span


class Expect(Struct, frozen=True, kw_only=True):
    """The request stands in `state` now, or the trial has failed."""

    line: int
    state: str


Step = Mail | Wait | Expect


def read_script(text: str, read_file: ReadFile) -> tuple[Step, ...]:
    """The steps of a script; `read_file` gives the text of a file that an opening names.

    A line is `role: TEXT` (`role@party:` where it must be said; `\\n` is a line's end, and indented
    lines go on), `wait 5 working days` or `expect STATE`; `#` begins a remark. InputError
    names the line of anything else.
    """
    return tuple(_step(line, text, read_file) for line, text in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, text) of each step, the indented lines that follow it included."""
    begun: list[str] = []
    first = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            continue
        if begun and (not line.strip() or line[0].isspace()):
            begun.append(line.strip())
            continue
        if begun:
            yield first, "\n".join(begun).strip()
        begun, first = ([line], number) if line.strip() else ([], 0)
    if begun:
        yield first, "\n".join(begun).strip()


def _step(line: int, text: str, read_file: ReadFile) -> Step:
    if found := _WAIT.fullmatch(text):
        return Wait(line=line, span=_span(line, found))
    if found := _EXPECT.fullmatch(text):
        return Expect(line=line, state=found["state"])
    head, *rest = text.split("\n")
    mail = _MAIL.fullmatch(head)
    if mail is None:
        raise InputError(
            f"line {line}: write «role: TEXT», «wait 5 working days» or «expect STATE», "
            f"not «{head[:60]}»",
            reason=Reason("try_shape", {"line": line, "text": head[:60]}),
        )
    written = "\n".join([mail["text"].strip(), *rest]).replace("\\n", "\n").strip()
    return Mail(
        line=line,
        role=mail["role"],
        party=mail["party"] or "",
        text=_form(line, written, read_file),
    )


def _form(line: int, written: str, read_file: ReadFile) -> str:
    first, _, rest = written.partition("\n")
    word, _, file = first.partition(" ")
    if word != FORM:
        return written
    if not file:
        return rest
    try:
        return read_file(file.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"line {line}: {file} cannot be read: {error}",
            reason=Reason("try_file", {"line": line, "place": file}),
        ) from error


def _span(line: int, found: re.Match[str]) -> Span:
    for unit in UNITS:
        if found["unit"] in (unit, unit.removesuffix("s")):
            return Span(int(found["amount"]), unit)
    raise InputError(
        f"line {line}: «{found['unit']}» is none of {', '.join(UNITS)}",
        reason=Reason("try_unit", {"line": line, "text": found["unit"], "known": UNITS}),
    )
