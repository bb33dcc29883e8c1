"""What the clock will bring, asked of the installed program."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.site import OWNER, PLATFORM, Program
from tests.soak import SOAK


def test_the_future_is_told_as_json_lines_and_nothing_happens(program: Program) -> None:
    number = program.opened()
    before = program.list("letter", "list")
    told = program.list("simulate", "--until", "2026-07-01")
    assert [each["event"] for each in told] == ["remind", "remind", "remind", "send", "escalate"]
    assert told[0] == {
        "at": "2026-03-12T07:00:00Z",
        "request": number,
        "workflow": "hf_to_ks",
        "action": "remind",
        "event": "remind",
        "from": "submitted",
        "to": "submitted",
        "letters": [{"to": PLATFORM, "template": "remind", "language": "nb"}],
    }
    assert program.list("letter", "list") == before
    assert program.one("request", "show", number)["state"] == "submitted"


def test_a_script_of_answers_is_played(program: Program, tmp_path: Path) -> None:
    number = program.opened()
    script = tmp_path / "svar.txt"
    script.write_text(
        "# hva om KS Læring svarer sent?\n\n"
        f"2026-04-01 {number} MANGLER as {PLATFORM}: Tidsbruk er ikke oppgitt\n"
        f"2026-04-02T14:30 {number} TREKK as {OWNER}\n",
        encoding="utf-8",
    )
    told = program.list("simulate", "--until", "2026-12-31", "--script", str(script))
    acts = [each for each in told if each["action"] == "act"]
    assert [(each["at"], each["event"], each["to"]) for each in acts] == [
        ("2026-04-01T06:00:00Z", "request_changes", "incomplete"),
        ("2026-04-02T12:30:00Z", "withdraw", "withdrawn"),
    ]
    assert {letter["template"] for letter in acts[0]["letters"]} == {"changes_wanted"}


def test_a_refused_answer_says_why_and_the_rest_goes_on(program: Program, tmp_path: Path) -> None:
    number = program.opened()
    script = tmp_path / "svar.txt"
    script.write_text(f"2026-03-06 {number} MERKET as {OWNER}\n", encoding="utf-8")
    told = program.list("simulate", "--until", "2026-03-20", "--script", str(script))
    assert [each["event"] for each in told] == ["confirm_label", "remind", "remind"]
    assert told[0]["reasons"]


def test_every_faulty_line_of_a_script_is_named(program: Program, tmp_path: Path) -> None:
    number = program.opened()
    script = tmp_path / "svar.txt"
    script.write_text(
        f"i morgen {number} MOTTATT as {PLATFORM}\n"
        f"2026-04-01 {number} MOTTATT\n"
        f"2027-04-01 {number} MOTTATT as {PLATFORM}\n"
        f"2026-04-01 {number} AVSLUTT as {OWNER} farge=rød\n",
        encoding="utf-8",
    )
    ran = program.run("simulate", "--until", "2026-12-31", "--script", str(script))
    assert ran.code == 2
    assert all(f"linje {place}:" in ran.err for place in (1, 2, 3, 4))


def test_a_simulation_that_would_end_before_it_begins_is_wrong_usage(program: Program) -> None:
    ran = program.run("simulate", "--until", "2026-03-01")
    assert ran.code == 2
    assert "2026-03-01" in ran.err


def test_deadlines_are_listed_with_their_rule_and_calendar(program: Program) -> None:
    number = program.opened()
    rows = program.list("deadline", "list")
    assert [row["action"] for row in rows] == ["remind", "send", "escalate"]
    first = rows[0]
    assert first["request"] == number
    assert first["at"] == "2026-03-12T07:00:00Z"
    assert first["rule"] == "after 5 working days"
    assert first["calendar"].startswith("no ")
    assert first["what"] == "påminnelse til KS Læring (etter 5 arbeidsdager)"
    assert len(program.list("deadline", "list", "--until", "2026-03-12")) == 1
    assert "etter 5 arbeidsdager" in program.done("deadline", "list").text


def test_a_sweep_tried_dry_tells_the_same_numbers(program: Program) -> None:
    program.opened()
    later = "2026-03-20"
    tried = program.list("sweep", "--dry-run", at=later)
    assert tried == program.list("sweep", at=later)
    assert tried[0]["reminded"] == 1


def test_a_day_of_real_ticks_does_what_was_simulated(program: Program) -> None:
    program.opened()
    told = program.list("simulate", "--until", "2026-03-12")
    foreseen = sorted(
        (letter["to"], letter["template"]) for each in told for letter in each["letters"]
    )
    known = {row["id"] for row in program.list("letter", "list")}
    hours = range(24) if SOAK else (0, 6, 7, 8, 23)
    reminded = [
        program.one("tick", at=f"2026-03-12T{hour:02}:30:00+01:00")["sweep"]["reminded"]
        for hour in hours
    ]
    assert reminded == [int(hour == 8) for hour in hours]
    written = [
        row
        for row in program.list("letter", "list")
        if row["id"] not in known and row["template"] != "morning"
    ]
    assert sorted((row["to"], row["template"]) for row in written) == foreseen
