"""Replies with a command word that must move nothing: own words, or a command to be asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.definition import read
from engine.domain.beside import hinders
from engine.domain.own_words import says_yes
from engine.domain.words import all_general, all_undo, general_meaning
from engine.intake.reply import commands, fields, remainder

HERE = Path(__file__).parent
ROWS = (HERE / "replies_that_must_not_fire.txt").read_text(encoding="utf-8").splitlines()[1:]
ROUTINES = [
    read.workflow(path.read_bytes(), path.name)
    for path in sorted((HERE.parents[1] / "workflows").glob("*_*.yaml"))
]
WORDS = frozenset(word for each in ROUTINES for e in each.events.values() for word in e.words)
KNOWN = WORDS | all_general() | all_undo()


@pytest.mark.parametrize("row", ROWS)
def test_what_takes_a_command_back_keeps_it_from_being_carried_out(row: str) -> None:
    text = row.replace("\\n", "\n")
    found = commands(text, KNOWN)
    acts = [each.word for each in found if general_meaning(each.word) is None]

    assert not acts or hinders(remainder(text, found, fields(text, found)), acts)


@pytest.mark.parametrize(
    "text",
    [
        "GODTATT. Fint kurs, vi legger det ut i uke 2.",
        "GODTATT – fra oss alle, takk!",
        "GODTATT. Kapittel 3 var spesielt bra!",
        "MOTTATT. Vi vurderer saken og kommer tilbake.",
        "Merket 👍",
        "Trekk bestillingen",
        "TREKK. Kurset er utdatert.",
        "MERKET i dag",
    ],
)
def test_what_only_tells_hinders_no_command(text: str) -> None:
    found = commands(text, KNOWN)

    assert len(found) == 1
    assert not hinders(remainder(text, found, fields(text, found)), [found[0].word])


@pytest.mark.parametrize("mark", [".", ",", " –", " -", "!"])
def test_a_date_behind_a_mark_is_the_commands_own(mark: str) -> None:
    assert commands(f"AVSLUTT{mark} 31. desember", KNOWN)[0].text == "31. desember"


@pytest.mark.parametrize(
    "text",
    ["Er det riktig", "Er du enig", "Is it ok", "Er det greit", "Ja 🙄", "👍😂", "Ja 😉", "Ja 🤷"],
)
def test_a_question_without_its_mark_and_a_wry_face_are_no_yes(text: str) -> None:
    assert not says_yes(text)
    assert says_yes("Ja, det er riktig :)")
