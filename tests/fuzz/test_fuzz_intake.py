"""Whatever bytes come in, intake answers, soon and in little room; `make fuzz` looks for long."""

from __future__ import annotations

import resource
import sys
from time import process_time

from hypothesis import HealthCheck, given, settings

from engine.intake import IntakeRules, Reading, read
from engine.intake.reply import commands, remainder
from tests.fuzz.mutants import SEEDS, mutants
from tests.soak import rounds

RULES = IntakeRules(
    trusted_servers=("mx.kursdeling.example",),
    own_addresses=("deling@kursdeling.example",),
    loop_mark="site-1",
)
WORDS = frozenset({"GODTATT", "MANGLER", "AVSLUTT", "INGEN MERKNADER", "TREKK", "JA"})
SECONDS = 2.0 if sys.gettrace() is None else 10.0
"""Of CPU; measuring coverage makes everything some times slower."""
ROOM = 200_000
"""Kilobytes beyond what the program takes before the first message."""


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def checked(raw: bytes) -> Reading:
    start, before = process_time(), peak()
    reading = read(raw, RULES)
    assert process_time() - start < SECONDS
    assert peak() - before < ROOM
    assert not [note for note in reading.notes if note.startswith("unreadable:")]
    return reading


@settings(
    max_examples=rounds(250, 20_000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(mutants())
def test_no_mutation_of_a_mail_breaks_intake_or_holds_it_up(raw: bytes) -> None:
    reading = checked(raw)
    if reading.kind != "unreadable":
        assert bool(reading.sender) != bool(reading.sender_doubt)
    assert (reading.bounce is not None) == (reading.kind == "bounce")
    taken = commands(reading.own_text, WORDS)
    assert all(command.word in WORDS for command in taken)
    remainder(reading.own_text, taken, reading.fields)


@settings(max_examples=rounds(60, 3_000), deadline=None)
@given(mutants())
def test_the_same_bytes_are_read_the_same_way_twice(raw: bytes) -> None:
    assert read(raw, RULES) == read(raw, RULES)


def test_every_seed_is_read_as_it_stands() -> None:
    for raw in SEEDS:
        assert checked(raw).kind != "unreadable"
