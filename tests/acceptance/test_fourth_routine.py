"""A routine that the program has never heard of, made by a site out of data alone."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.acceptance.site import OWNER, Program, mail, run_here

DATA = Path(__file__).parent / "fourth_routine"
ENGINE = Path(__file__).parents[2] / "engine"
EXPERTS = "fag@ahus.example"
OSLO = "kurs@oslo.example"
NYNORSK = "kurs@sogndal.example"
CONTACTS = f"""\
party,duty,email
0301,municipality,{OSLO}
4640,municipality,{NYNORSK}
"""
PLAN = (DATA / "plan.txt").read_text(encoding="utf-8")
SUBJECT = "Lån av fagperson: Sårstell"
_serial = count(1)


@pytest.fixture
def lending(program: Program) -> Program:
    """A site with the fourth routine, its letters, and two municipalities."""
    for part in ("workflows", "templates"):
        shutil.copytree(DATA / part, program.folder / part)
    contacts = program.folder / "kommuner.csv"
    contacts.write_text(CONTACTS, encoding="utf-8")
    program.done("contact", "import", str(contacts))
    return program


def sent(program: Program, sender: str, body: str, *, subject: str = SUBJECT, **how: str) -> Any:
    """What a new mail came to."""
    raw = mail(
        body=body,
        subject=subject,
        sender=sender,
        name=f"mail{next(_serial)}",
        more=how.get("more", ""),
    )
    return program.take(raw, at=how.get("at", ""))


def replied(program: Program, sender: str, body: str, at: str = "") -> Any:
    """What an answer to the newest letter that `sender` has came to."""
    letter = letters(program, sender)[-1]
    more = f"In-Reply-To: {letter['message_id']}"
    return sent(program, sender, body, subject=f"SV: {letter['subject']}", more=more, at=at)


def letters(program: Program, receiver: str = "") -> list[Any]:
    """The letters to `receiver`, or all, oldest first."""
    found: list[Any] = program.list("letter", "list")
    return [letter for letter in found if receiver in ("", letter["to"])]


def newest(program: Program, receiver: str) -> str:
    """The newest letter to `receiver`, as they read it."""
    return program.done("letter", "show", str(letters(program, receiver)[-1]["id"])).text


def state(program: Program, number: str) -> str:
    """Where the request stands."""
    return str(program.one("request", "show", number)["state"])


def test_the_program_knows_nothing_of_the_routine() -> None:
    sources = [file.read_text(encoding="utf-8") for file in ENGINE.rglob("*.py")]

    assert not any("laan" in text or "loan_asked" in text for text in sources)
    assert not list(DATA.rglob("*.py"))


def test_the_routine_is_proved_like_the_program_s_own(lending: Program) -> None:
    checked = lending.one("workflow", "check")
    found = {each["workflow"]: each for each in checked["workflows"]}

    assert checked["ok"]
    assert found["laan"]["states"] == 7
    assert found["laan"]["longest_silence_days"] > 0
    assert "laan" in {each["workflow"] for each in lending.list("workflow", "list")}


def test_mails_carry_it_from_question_to_end(lending: Program) -> None:
    opened = sent(lending, OSLO, PLAN)
    number = opened["request"]
    assert opened["verdict"] == "opened"
    assert [each["event"] for each in opened["events"]] == ["open", "ask"]
    assert "«AVTALT: 15. mars 2027»" in newest(lending, OWNER)
    assert "https://kommune.example/plan" in newest(lending, EXPERTS)

    agreed = replied(lending, EXPERTS, "AVTALT: 15. april 2026")
    assert agreed["verdict"] == "fired"
    assert "onsdag 15. april 2026" in newest(lending, OSLO)

    lending.done("sweep", at="2026-04-17")
    assert state(lending, number) == "held"
    told = replied(lending, OSLO, "DET GIKK: Alle lærte noe.", at="2026-04-20")
    assert told["events"] == [{"event": "tell", "from": "held", "to": "done"}]
    assert "> Alle lærte noe." in newest(lending, OWNER)
    assert lending.one("db", "verify")["ok"]


def test_everybody_is_written_to_in_their_own_written_standard(lending: Program) -> None:
    sent(lending, NYNORSK, PLAN)
    replied(lending, OWNER, "KAN IKKE: Alle er opptatt.")

    refused = letters(lending, NYNORSK)[-1]
    assert (refused["template"], refused["language"]) == ("loan_refused", "nn")
    assert "kan ikkje låne ut nokon" in newest(lending, NYNORSK)


@pytest.mark.parametrize("word", ["AVTALT", "avtalt.", "Agreed"])
def test_its_words_are_understood_in_every_language(lending: Program, word: str) -> None:
    number = sent(lending, OSLO, PLAN)["request"]

    assert replied(lending, OWNER, word.removesuffix("."))["verdict"] == "fired"
    assert state(lending, number) == "agreed"


def test_what_is_missing_is_asked_for_and_can_be_filled_in(lending: Program) -> None:
    opened = sent(lending, OSLO, PLAN.replace("Kurseier: Akershus universitetssykehus\n", ""))
    number = opened["request"]
    assert state(lending, number) == "draft"
    assert "Kurseier" in newest(lending, OSLO)

    replied(lending, OSLO, "Kurseier: Akershus universitetssykehus")
    assert state(lending, number) == "asked"


def test_a_refusal_without_a_reason_is_refused(lending: Program) -> None:
    number = sent(lending, OSLO, PLAN)["request"]

    assert replied(lending, OWNER, "KAN IKKE")["verdict"] == "refused"
    assert state(lending, number) == "asked"
    assert "KAN IKKE" in newest(lending, OWNER)


def test_only_those_whom_the_file_names_may_act(lending: Program) -> None:
    number = sent(lending, OSLO, PLAN)["request"]

    assert replied(lending, OSLO, "AVTALT")["verdict"] == "refused"
    assert lending.run("request", "fire", number, "lend", "--as", OSLO).code == 1
    assert state(lending, number) == "asked"


def test_commands_carry_it_too(lending: Program) -> None:
    given = [f"--set={line.replace(': ', '=', 1)}" for line in PLAN.splitlines()]
    opened = lending.one("request", "open", "laan", "--as", OSLO, *given)
    number = str(opened["request"] if "request" in opened else opened["id"])
    day = ("--set", "held_on=2026-04-15")
    fired = lending.one("request", "fire", number, "lend", "--as", OWNER, *day)
    assert fired["events"] == [{"event": "lend", "from": "asked", "to": "agreed"}]

    why = lending.one("request", "why", number)
    assert any("kursdagen" in each["what"] for each in why["next"])
    assert any("2026-04-15" in each["at"] for each in why["next"])
    lending.done("request", "fire", number, "cancel", "--as", OSLO)
    assert state(lending, number) == "cancelled"
    assert "loan_cancelled" in {letter["template"] for letter in letters(lending)}


def test_it_is_drawn_like_the_program_s_own(lending: Program) -> None:
    picture = lending.done("workflow", "show", "laan", "--format", "svg").text
    text = lending.done("--lang", "nn", "workflow", "show", "laan", "--format", "mermaid").text

    assert ET.fromstring(picture).get("lang") == "nb"  # noqa: S314 - our own text
    assert "s_held --> s_done: DET GJEKK" in text
    assert "laan" in lending.done("workflow", "show", "laan").text


def test_a_trial_prints_every_letter_before_anybody_real_gets_one(lending: Program) -> None:
    script = str(DATA / "script.txt")
    before = len(letters(lending))
    told = lending.list("workflow", "try", "laan", "--script", script, at="2026-11-02")
    written = {each["template"] for each in told if each["kind"] == "letter"}

    wanted = {"loan_asked", "remind", "loan_agreed", "loan_soon", "loan_held", "loan_told"}
    assert wanted <= written
    assert [each["to"] for each in told if each["kind"] == "move"][-1] == "done"
    assert all(each["to"].endswith(".example") for each in told if each["kind"] == "letter")
    assert "DET GIKK: hvordan det gikk" in " ".join(each.get("text", "") for each in told)
    assert len(letters(lending)) == before


def test_a_trial_needs_no_site_and_takes_a_file(tmp_path: Path) -> None:
    shutil.copytree(DATA / "templates", tmp_path / "templates")
    file = str(DATA / "workflows" / "laan.yaml")
    ran = run_here(
        "--site",
        str(tmp_path),
        "--at",
        "2026-11-02",
        "workflow",
        "try",
        file,
        "--script",
        str(DATA / "script.txt"),
    )

    assert ran.code == 0, ran.err
    assert "mandag 15. mars 2027" in ran.text


def test_a_trial_says_which_line_expected_something_else(lending: Program, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"requester: FORM {DATA / 'plan.txt'}\nexpect done\n", encoding="utf-8")
    ran = lending.run("workflow", "try", "laan", "--script", str(script))

    assert ran.code == 1
    assert "Linje 2: saken er i tilstanden asked, ikke done." in ran.err


def test_a_misspelt_variable_in_a_site_s_letter_is_found_before_it_is_needed(
    lending: Program,
) -> None:
    letter = lending.folder / "templates" / "nn" / "loan_agreed.txt"
    letter.write_text(letter.read_text(encoding="utf-8").replace("kept.held_on", "kept.heldt_on"))
    ran = lending.run("workflow", "check")

    assert ran.code == 1
    assert "did you mean «kept.held_on»?" in ran.err
    assert "laan.yaml" in ran.err


def test_a_site_s_letter_that_cannot_be_read_is_found_too(lending: Program) -> None:
    letter = lending.folder / "templates" / "en" / "loan_told.txt"
    letter.write_text("Emne: Told\n\n{% if note %}\n", encoding="utf-8")
    ran = lending.run("workflow", "check")

    assert ran.code == 1
    assert "letter-unreadable" in ran.err
    assert "en/loan_told.txt" in ran.err


def test_a_letter_that_is_missing_in_one_language_is_found(lending: Program) -> None:
    (lending.folder / "templates" / "en" / "loan_soon.txt").unlink()
    ran = lending.run("workflow", "check")

    assert ran.code == 1
    assert "«loan_soon» does not exist in en" in ran.err
