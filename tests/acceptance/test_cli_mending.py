"""Mistakes mended and old shares brought in, by the installed program."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.site import OWNER, PLATFORM, Program

LIST = """\
owner;borrower;short_name;course;since;licence;link
ahus;ks-laering;AHUS-GML1;Gammelt kurs;15.8.2022;CC BY 4.0;https://ks.example/1
Akershus universitetssykehus HF;KS Læring;AHUS-GML2;Et til;2021-03-01;;
"""


def written(folder: Path, text: str) -> str:
    file = folder / "delinger.csv"
    file.write_text(text, encoding="utf-8-sig")
    return str(file)


def test_an_act_is_taken_back_by_whoever_did_it(program: Program) -> None:
    number = program.opened()
    program.done("request", "fire", number, "accept", "--as", PLATFORM)

    refused = program.run("--json", "request", "undo", number, "--as", OWNER)
    tried = program.one("request", "undo", number, "--as", PLATFORM, "--dry-run")
    done = program.one("request", "undo", number, "--as", PLATFORM)

    assert refused.code == 1
    assert refused.lines[0]["error"] == "refused"
    assert "var det en annen som gjorde" in refused.err
    assert tried["events"] == done["events"]
    assert done["events"] == [{"event": "undo", "from": "accepted", "to": "submitted"}]
    history = program.list("request", "history", number)
    assert [each["event"] for each in history][-2:] == ["accept", "undo"]
    assert program.one("db", "verify")["ok"]


def test_a_coordinator_corrects_and_reopens_with_a_reason(program: Program) -> None:
    number = program.opened()
    program.done("request", "fire", number, "reject", "--as", PLATFORM, "--note", "Feil")

    no_reason = program.run("request", "reopen", number)
    reopened = program.one("request", "reopen", number, "--reason", "Avslått ved en feil")
    corrected = program.one("request", "correct", number, "--to", "shared", "--reason", "Delt før")

    assert no_reason.code == 2
    assert reopened["events"] == [{"event": "reopen", "from": "rejected", "to": "submitted"}]
    assert corrected["state"] == "shared"
    assert program.one("request", "show", number)["labels"] == ["delt til KS Læring"]
    back = program.one("request", "correct", number, "--to", "submitted", "--reason", "Galt")
    again = program.one("request", "correct", number, "--to", "delt", "--reason", "Delt likevel")
    assert [back["state"], again["state"]] == ["submitted", "shared"]
    unknown = program.run("request", "correct", number, "--to", "dlt", "--reason", "x")
    assert (unknown.code, "Mente du Delt?" in unknown.err) == (1, True)
    assert program.one("db", "verify")["ok"]


def test_old_shares_come_in_once_and_stand_in_the_catalogue(
    program: Program, tmp_path: Path
) -> None:
    file = written(tmp_path, LIST)

    tried = program.one("request", "import", file, "--dry-run")
    done = program.one("request", "import", file)
    again = program.one("request", "import", file)

    assert [each["request"] for each in tried["imported"]] == [None, None]
    assert [each["request"] for each in done["imported"]] == ["KD-2026-0001", "KD-2026-0002"]
    assert (tried["letters"], done["letters"], again["letters"]) == (1, 1, 0)
    assert (len(again["imported"]), len(again["before"])) == (0, 2)
    shared = program.list("catalogue")
    assert [(each["short_name"], each["since"]) for each in shared] == [
        ("AHUS-GML1", "2022-08-14T22:00:00Z"),
        ("AHUS-GML2", "2021-02-28T23:00:00Z"),
    ]
    assert program.one("db", "verify")["ok"]


def test_every_fault_of_a_list_is_told_with_its_line(program: Program, tmp_path: Path) -> None:
    faulty = LIST + "ahus;0301;X1;Kurs;2022-01-01;;\n;ks-laering;X2;Kurs;i fjor;;\n"

    told = program.run("request", "import", written(tmp_path, faulty))

    assert told.code == 1
    lines = [line.partition("delinger.csv:")[2] for line in told.err.splitlines()]
    assert [line.partition(":")[0] for line in lines] == ["4", "5", "5"]
    assert "Ingen rutine deler kurs fra Akershus universitetssykehus HF til Oslo" in lines[0]
    assert program.list("request", "list") == []
