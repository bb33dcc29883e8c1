"""Letters by command: what stands in the list, what is held, sent, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.site import OWNER, PLATFORM, Program


@pytest.fixture
def held(program: Program) -> Program:
    """The program on a site that holds every letter back, with two letters written."""
    settings = program.folder / "kursdeling.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('mode = "live"', 'mode = "hold"'), "utf-8")
    program.opened()
    return program


def states(program: Program) -> list[str]:
    """The state of each letter, oldest first."""
    return [row["state"] for row in program.list("letter", "list")]


def test_a_letter_stands_in_the_list_from_the_commit_that_caused_it(program: Program) -> None:
    number = program.opened()

    letters = program.list("letter", "list")

    assert all(
        row.keys()
        == {
            "id", "request", "to", "language", "template", "subject", "state", "tries",
            "message_id", "cause", "bounced",
        }
        for row in letters
    )  # fmt: skip
    platform = next(row for row in letters if row["to"] == PLATFORM)
    assert (platform["request"], platform["state"], platform["tries"]) == (number, "waiting", 0)
    assert platform["template"] == "request_submitted"
    assert platform["cause"] == {"kind": "mail", "ref": "1"}
    assert platform["message_id"].startswith("<")
    assert f"[{number}." in platform["subject"]
    assert {row["to"] for row in letters} == {PLATFORM, OWNER}


def test_sending_hands_over_what_is_due(program: Program) -> None:
    program.opened()
    written = program.list("letter", "list")

    counted = program.one("letter", "send")
    again = program.one("letter", "send")

    assert (counted, again) == ({"sent": len(written)}, {})
    assert set(states(program)) == {"sent"}
    kept = [(row["subject"], row["message_id"]) for row in program.list("letter", "list")]
    assert kept == [(row["subject"], row["message_id"]) for row in written]


def test_what_is_shown_is_what_was_sent(program: Program) -> None:
    program.opened()
    before = program.done("letter", "show", "1", "--raw").out
    program.done("letter", "send")

    raw = program.done("letter", "show", "1", "--raw").out
    text = program.done("letter", "show", "1").text
    document = program.one("letter", "show", "1")

    assert raw == before
    assert raw in [file.read_bytes() for file in (program.folder / "outbox").glob("*.eml")]
    assert "legemiddelhåndtering" in text
    assert document["headers"]["Message-ID"] == document["message_id"]
    assert document["text"] in text


def test_held_letters_leave_only_when_they_are_released(held: Program) -> None:
    assert set(states(held)) == {"held"}
    assert held.one("letter", "send") == {}

    released = held.list("letter", "release", "1")
    assert [row["state"] for row in released] == ["waiting"]
    held.done("letter", "release", "--all")

    assert held.one("letter", "send") == {"sent": 2}


def test_a_letter_can_be_held_and_cancelled(program: Program) -> None:
    program.opened()

    program.done("letter", "hold", "1")
    program.done("letter", "cancel", "1")

    assert states(program)[0] == "cancelled"
    assert [row["id"] for row in program.list("letter", "list", "--state", "cancelled")] == [1]
    assert program.one("letter", "send") == {"sent": 1}


@pytest.mark.parametrize("command", ["release", "hold", "retry", "cancel"])
def test_a_letter_that_has_left_is_past_changing(program: Program, command: str) -> None:
    program.opened()
    program.done("letter", "send")

    ran = program.run("--json", "letter", command, "1")

    assert (ran.code, ran.lines[0]["error"]) == (1, "store")
    assert states(program)[0] == "sent"


def test_either_all_letters_of_a_command_change_or_none(held: Program) -> None:
    assert held.run("letter", "release", "1", "99").code == 1
    assert set(states(held)) == {"held"}


def test_releasing_wants_ids_or_all(held: Program) -> None:
    assert held.run("letter", "release").code == 2
    assert held.run("letter", "release", "--all", "1").code == 2


def test_a_tick_judges_mail_lets_deadlines_act_and_sends(program: Program) -> None:
    program.opened()

    ticked = program.one("tick")

    assert ticked == {
        "mail": {},
        "sweep": {
            "at": "2026-03-05T07:00:00Z",
            "due": 0,
            "fired": 0,
            "reminded": 0,
            "escalated": 0,
            "refused": 0,
            "opened": 0,
            "asked": 0,
        },
        "letters": {"sent": 2},
    }


def test_the_ordinary_log_holds_ids_only_and_the_personal_one_is_closed_to_others(
    program: Program,
) -> None:
    program.opened()
    program.done("letter", "send")
    log: Path = program.folder / "log"

    ordinary = (log / "kursdeling.log").read_text("utf-8")
    personal = (log / "personal.log").read_text("utf-8")

    assert '"verdict": "opened"' in ordinary
    assert "@" not in ordinary
    assert OWNER in personal
    assert (log / "personal.log").stat().st_mode & 0o777 == 0o600


def test_a_letter_to_nobody_is_held_and_can_be_read(program: Program) -> None:
    program.list("contact", "end", PLATFORM)
    program.list("contact", "end", "koordinator@kursdeling.example")
    program.opened()
    nobody = next(row for row in program.list("letter", "list") if not row["to"])

    shown = program.one("letter", "show", str(nobody["id"]))

    assert nobody["state"] == "held"
    assert shown["headers"]["Message-ID"] == nobody["message_id"]
    assert shown["text"]
    assert program.list("letter", "release", "--all") == []
    assert "har ingen å gå til" in program.done("doctor").text
