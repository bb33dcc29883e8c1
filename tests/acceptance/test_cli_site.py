"""Sites by command: made, looked over, checked, upgraded and verified."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from engine.store.schema import SCHEMA
from tests.acceptance.site import Program, run, run_here


def test_a_site_is_made_in_an_existing_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "området"
    folder.mkdir()

    made = run("--json", "init", str(folder), "--set", "mail.addresses=a@b.example,c@d.example")

    assert made.code == 0
    settings = (folder / "kursdeling.toml").read_text("utf-8")
    assert 'addresses = ["a@b.example", "c@d.example"]' in settings
    assert 'mode = "hold"' in settings
    assert run("--site", str(folder), "--json", "request", "list").out == b""


def test_a_site_is_not_made_twice(program: Program) -> None:
    before = (program.folder / "kursdeling.toml").read_bytes()

    ran = program.run("--json", "init", str(program.folder))

    assert (ran.code, ran.lines[0]["error"]) == (1, "settings")
    assert (program.folder / "kursdeling.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("setting", "code"), [("leters.mode=live", 1), ("letters.mode=lve", 1), ("letters.mode", 2)]
)
def test_a_setting_that_is_wrong_makes_no_site(tmp_path: Path, setting: str, code: int) -> None:
    ran = run_here("init", str(tmp_path / "site"), "--set", setting)

    assert ran.code == code
    assert not (tmp_path / "site" / "kursdeling.toml").exists()


def test_a_folder_that_is_no_site_says_so(tmp_path: Path) -> None:
    ran = run_here("--site", str(tmp_path), "request", "list")

    assert ran.code == 1
    assert "kursdeling init" in ran.err
    assert "Traceback" not in ran.err


def test_the_site_can_stand_in_the_environment(program: Program) -> None:
    ran = run("--json", "party", "list", environment={"KURSDELING_SITE": str(program.folder)})

    assert ran.code == 0
    assert ran.lines


def test_a_site_in_order_is_well(program: Program) -> None:
    findings = program.list("doctor")

    assert {row["state"] for row in findings} == {"ok"}
    assert {row["check"] for row in findings} >= {
        "workflows", "settings", "tables", "mail.addresses", "agreement", "contacts", "letters",
        "history",
    }  # fmt: skip


def test_the_doctor_warns_of_what_a_new_site_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    run("init", str(folder))

    ran = run_here("--site", str(folder), "--json", "doctor")

    warned = {row["check"] for row in ran.lines if row["state"] == "warning"}
    assert ran.code == 0
    assert warned == {"mail.addresses", "agreement", "contacts"}


def test_the_doctor_looks_at_a_site_that_cannot_be_opened(program: Program) -> None:
    with (program.folder / "kursdeling.toml").open("a") as settings:
        settings.write("[odd]\nkey = 1\n")

    ran = program.run("--json", "doctor")

    assert ran.code == 1
    assert "broken" in {row["state"] for row in ran.lines}


def test_the_shipped_routines_are_proved(program: Program) -> None:
    checked = program.one("workflow", "check")

    assert checked["ok"] is True
    assert checked["problems"] == []
    (hf_to_ks,) = (row for row in checked["workflows"] if row["workflow"] == "hf_to_ks")
    assert hf_to_ks.keys() == {"workflow", "version", "states", "events", "longest_silence_days"}
    assert hf_to_ks["states"] == 12


def test_a_faulty_routine_is_named_by_its_place(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "gal.yaml"
    file.write_text("workflow: gal\nversjon: 1\n", encoding="utf-8")

    ran = program.run("--json", "workflow", "check", str(file))

    (answer,) = ran.lines
    assert (ran.code, answer["ok"], answer["workflows"]) == (1, False, [])
    assert answer["problems"][0].keys() == {"file", "line", "column", "rule", "message"}
    assert f"{file}:2:1" in ran.err


def test_a_routine_is_listed_and_shown(program: Program) -> None:
    listed = {row["workflow"]: row for row in program.list("workflow", "list")}["hf_to_ks"]
    shown = program.done("workflow", "show", "hf_to_ks", "--format", "json").lines[0]

    assert listed["states"] == len(shown["states"]) == 12
    assert shown == program.one("workflow", "show", "hf_to_ks")
    assert shown["states"][0]["state"] == "draft"
    assert "MOTTATT" in program.done("workflow", "show", "hf_to_ks").text
    assert "RECEIVED" in program.done("--lang", "en", "workflow", "show", "hf_to_ks").text
    assert program.run("workflow", "show", "hf_to_sk").code == 1


def test_the_history_is_whole_and_its_heads_can_be_kept(program: Program) -> None:
    number = program.shared()
    (*_, last) = program.list("request", "history", number)

    verified = program.one("db", "verify")
    heads = program.list("db", "verify", "--heads")

    assert verified == {"ok": True, "requests": 1, "events": 4, "broken": []}
    assert heads == [{"request": number, "seq": 4, "hash": last["hash"]}]


def test_a_changed_history_is_found(program: Program) -> None:
    number = program.opened()
    database = sqlite3.connect(program.folder / "kursdeling.db")
    with database:
        database.execute("UPDATE history SET event = 'accept' WHERE seq = 2")
    database.close()

    ran = program.run("--json", "db", "verify")

    assert (ran.code, ran.lines[0]["ok"]) == (1, False)
    assert ran.lines[0]["broken"][0]["request"] == number
    assert number in ran.err


def test_an_upgrade_makes_missing_tables_and_leaves_present_ones(program: Program) -> None:
    assert program.one("db", "upgrade") == {"before": SCHEMA, "after": SCHEMA}
    for file in program.folder.glob("kursdeling.db*"):
        file.unlink()
    assert program.run("request", "list").code == 1

    assert program.one("db", "upgrade") == {"before": None, "after": SCHEMA}
    assert program.list("request", "list") == []
