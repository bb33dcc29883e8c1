"""Each command with what people write around it: it is carried out, or it is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.definition import read
from engine.domain.beside import hinders
from engine.domain.words import all_general, all_undo, general_meaning
from engine.intake.quoting.ownwords import split
from engine.intake.reply import commands, fields, remainder
from tests.rows import each_of

ROUTINES = [
    read.workflow(path.read_bytes(), path.name)
    for path in sorted((Path(__file__).parents[2] / "workflows").glob("*_*.yaml"))
]
EVENTS = frozenset(word for each in ROUTINES for e in each.events.values() for word in e.words)
KNOWN = EVENTS | all_general() | all_undo()
DONE = {
    "mark": "{word}.",
    "smile": "{word} :)",
    "thanks": "{word}. Takk!",
    "later line": "{word}\n\nHa en fin dag.",
    "earlier line": "Takk for sist!\n\n{word}",
    "quote": "{word}\n\n> ANGRE\n> Er det hvis, men ikke?",
    "signature": "{word}\n\nMvh\nMen Ikke, rådgiver",
}
ASKED = {
    "condition": "{word}. Hvis sjefen er enig.",
    "negation": "{word}. Nei, ikke ennå.",
    "question": "{word}?",
}


def carried_out(text: str) -> list[str]:
    """The commands of a reply that would be carried out as it stands."""
    own = split(text).own
    found = commands(own, KNOWN)
    said = [each.word for each in found if general_meaning(each.word) is None]
    rest = remainder(own, found, fields(own, found))
    return [] if hinders(rest, said) else said


@each_of([(word, ending) for word in sorted(EVENTS) for ending in DONE])
def test_what_only_tells_leaves_a_command_what_it_is(word: str, ending: str) -> None:
    assert carried_out(DONE[ending].format(word=word)) == [word]


@each_of([(word, ending) for word in sorted(EVENTS) for ending in ASKED])
def test_what_takes_a_command_back_keeps_it_from_being_carried_out(word: str, ending: str) -> None:
    assert carried_out(ASKED[ending].format(word=word)) == []


@pytest.mark.parametrize("word", sorted(EVENTS))
def test_no_word_is_a_command_inside_a_sentence(word: str) -> None:
    for text in (f"Hva betyr {word}", f"Vi kan ikke si {word} ennå", f"Kari skrev: {word}"):
        assert carried_out(text) == []
