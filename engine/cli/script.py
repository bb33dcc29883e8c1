"""Answers that people may give in a simulation, written as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import click

from engine.cli.acting import values_of
from engine.cli.given import read_at
from engine.cli.speaking import spoken
from engine.cli.usage import request_number, wrong
from engine.service.time.simulate import Scripted
from engine.wording.catalogue import say

EXAMPLE = "2026-12-01 KD-2026-0001 MANGLER as kslaring@ks.example: Tidsbruk"
LINE = re.compile(
    r"(?P<at>\S+)\s+(?P<request>[Kk][Dd]-\d{4}-\d+)\s+(?P<event>\S.*?)\s+as\s+"
    r"(?P<email>[^\s:]+@[^\s:]+)(?P<values>(?:\s+[^\s:=]+=\S+)*)\s*(?::\s*(?P<note>.*))?"
)


def read_script(
    text: str, known: frozenset[str], start: datetime, until: datetime
) -> tuple[Scripted, ...]:
    """The answers that the lines of `text` stand for; wrong usage names every faulty line.

    Blank lines and those that begin with `#` are passed over. An answer must lie from `start` to
    `until`, and `known` names the fields that may come with it.
    """
    answers: list[Scripted] = []
    faults: list[str] = []
    for place, line in _lines(text):
        try:
            answers.append(_answer(line, known, start, until))
        except click.UsageError as error:
            faults.append(f"--script, {say('cli.line', spoken())} {place}: {error.message}")
    if faults:
        raise click.UsageError("\n".join(faults))
    return tuple(answers)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for place, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield place, line.strip()


def _answer(line: str, known: frozenset[str], start: datetime, until: datetime) -> Scripted:
    found = LINE.fullmatch(line)
    if found is None:
        raise wrong("script_shape", example=EXAMPLE)
    try:
        at = read_at(found["at"])
    except (ValueError, OverflowError) as error:
        raise wrong("time_wanted", text=found["at"]) from error
    if not start <= at <= until:
        raise wrong("script_outside", text=found["at"])
    return Scripted(
        at=at,
        request=request_number(found["request"]),
        event=found["event"],
        email=found["email"].lower(),
        note=found["note"] or "",
        values=values_of(found["values"].split(), known),
    )
