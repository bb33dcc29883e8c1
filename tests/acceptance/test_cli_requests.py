"""Requests by command: their documents, acting on them, and why they stand where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.site import FORM, OWNER, PLATFORM, Program

SHOWN = {
    "id", "workflow", "version", "state", "final", "labels", "owner", "borrower", "requester",
    "condition", "course", "licence", "waiting_on", "opened_at", "changed_at",
    "escalated_at",
}  # fmt: skip


def test_a_request_is_listed_and_shown_in_the_agreed_shape(program: Program) -> None:
    number = program.opened()

    (listed,) = program.list("request", "list")
    shown = program.one("request", "show", number)

    assert listed.keys() == SHOWN
    assert shown.pop("allowed")[0] == {"event": "acknowledge", "by": "platform"}
    assert shown == listed
    assert (listed["id"], listed["state"], listed["final"]) == (number, "submitted", False)
    assert (listed["owner"], listed["borrower"], listed["requester"]) == (
        "ahus",
        "ks-laering",
        None,
    )
    assert (listed["labels"], listed["licence"]) == ([], None)
    assert listed["course"]["short_name"] == "AHUS-LEGUT"
    assert listed["course"]["full_name"] == "Trygg legemiddelhåndtering"
    assert listed["opened_at"] == "2026-03-05T07:00:00Z"
    assert listed["waiting_on"] == [
        {
            "party": "ks-laering",
            "duty": "ks_laering",
            "since": "2026-03-05T07:00:00Z",
            "due": "2026-03-12T07:00:00Z",
        }
    ]


def test_history_tells_every_event_and_what_caused_it(program: Program) -> None:
    number = program.opened()
    program.done("request", "fire", number, "reject", "--as", PLATFORM, "--note", "Finnes fra før")

    opened, submitted, rejected = program.list("request", "history", number)

    assert opened.keys() == {
        "seq", "at", "recorded_at", "event", "from", "to", "actor", "for", "cause", "note", "hash",
    }  # fmt: skip
    assert (opened["from"], opened["to"], opened["actor"]) == (None, "draft", OWNER)
    assert opened["cause"] == submitted["cause"] == {"kind": "mail", "ref": "1"}
    assert submitted["actor"] == "system"
    assert (rejected["event"], rejected["note"]) == ("reject", "Finnes fra før")
    assert rejected["cause"]["kind"] == "command"
    assert [opened["seq"], submitted["seq"], rejected["seq"]] == [1, 2, 3]


def test_why_tells_what_brought_it_here_what_comes_and_what_is_in_the_way(
    program: Program,
) -> None:
    form = FORM.replace("Fagmiljø: Ingen merknader", "").replace("Tidsbruk: 30 minutter", "")
    opened = program.one(
        "request", "open", "hf_to_ks", "--as", OWNER, "--form", "-", stdin=form.encode()
    )

    why = program.one("request", "why", opened["request"])

    assert why.keys() == {"state", "because", "waiting_on", "next", "blocked"}
    assert why["state"] == "draft"
    assert OWNER.partition("@")[0] not in why["because"][0]
    assert "torsdag 5. mars 2026 kl. 08.00" in why["because"][0]
    assert why["waiting_on"][0]["duty"] == "elearning"
    assert [each["at"] for each in why["next"]] == sorted(each["at"] for each in why["next"])
    submit = next(each for each in why["blocked"] if each["event"] == "submit")
    assert any("Tidsbruk" in reason for reason in submit["reasons"])
    text = program.done("request", "why", opened["request"]).text
    assert "Ikke mulig nå:" in text
    assert (
        "Ikkje mogleg no:" in program.done("--lang", "nn", "request", "why", opened["request"]).text
    )


def test_a_request_is_opened_by_a_form_and_single_fields(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "skjema.txt"
    file.write_text(FORM, encoding="utf-8")
    arguments = ("request", "open", "hf_to_ks", "--as", OWNER, "--form", str(file))

    rehearsed = program.one(*arguments, "--dry-run")
    nothing = program.list("request", "list")
    done = program.one(*arguments, "--set", "Kursets kortnavn=AHUS-ANNET")

    assert nothing == []
    assert rehearsed["dry_run"] is True
    assert done["request"] == "KD-2026-0001"
    assert rehearsed["events"] == done["events"]
    assert done["state"] == "submitted"
    shown = program.one("request", "show", "KD-2026-0001")
    assert shown["course"]["short_name"] == "AHUS-ANNET"


def test_what_was_written_with_an_event_is_shown_with_the_request(program: Program) -> None:
    number = program.opened()
    reason = ("--note", "Kurset passer ikke")
    program.done("request", "fire", number, "reject", "--as", PLATFORM, *reason)

    text = program.done("--lang", "nn", "request", "show", number).text

    assert "Skrive i saka:" in text
    assert "avslått: «Kurset passer ikke»" in text
    assert "Akershus universitetssykehus HF (ahus)" in text


def test_a_dry_run_of_an_event_changes_nothing(program: Program) -> None:
    number = program.opened()
    fire = ("request", "fire", number, "accept", "--as", PLATFORM)
    before = program.list("request", "list"), program.list("letter", "list")

    rehearsed = program.one(*fire, "--dry-run")

    assert rehearsed["events"] == [{"event": "accept", "from": "submitted", "to": "accepted"}]
    assert (program.list("request", "list"), program.list("letter", "list")) == before


def test_a_key_never_acts_twice(program: Program) -> None:
    number = program.opened()
    fire = ("request", "fire", number, "accept", "--as", PLATFORM, "--key", "én-gang")

    first, second = program.one(*fire), program.one(*fire)

    assert second == {**first, "repeated": True, "letters": 0}
    assert len(program.list("request", "history", number)) == 3


def test_a_refusal_names_every_reason_in_the_language_asked_for(program: Program) -> None:
    number = program.opened()
    fire = ("request", "fire", number, "confirm_label", "--as", PLATFORM)

    nb = program.run("--json", *fire)
    nn = program.run("--lang", "nn", *fire)

    assert (nb.code, nn.code) == (1, 1)
    (answer,) = nb.lines
    assert answer["error"] == "refused"
    assert answer["reasons"] == nb.err.splitlines()
    assert "ikke mulig nå" in nb.err
    assert "ikkje mogleg no" in nn.err
    assert nn.out == b""


def test_somebody_who_holds_no_duty_is_refused(program: Program) -> None:
    number = program.opened()

    ran = program.run("request", "fire", number, "accept", "--as", "noen@fremmed.example")

    assert ran.code == 1
    assert "har ingen oppgave i registeret" in ran.err


@pytest.mark.parametrize("command", ["show", "history", "why"])
def test_a_request_that_is_not_there_is_not_found(program: Program, command: str) -> None:
    ran = program.run("--json", "request", command, "KD-2026-0099")

    assert (ran.code, ran.lines[0]["error"]) == (1, "not_found")
    assert "KD-2026-0099" in ran.err


def test_the_list_can_be_narrowed(program: Program) -> None:
    number = program.opened()

    def found(*arguments: str, at: str = "") -> list[str]:
        return [row["id"] for row in program.list("request", "list", *arguments, at=at)]

    assert found("--workflow", "hf_to_ks", "--state", "submitted") == [number]
    assert found("--state", "draft") == []
    assert found("--waiting-on", "ks-laering") == [number]
    assert found("--waiting-on", "ahus") == []
    assert found("--overdue") == []
    assert found("--overdue", at="2026-03-13") == [number]


def test_only_the_other_party_is_waited_for_when_a_share_ends(program: Program) -> None:
    number = program.shared()
    end = ("request", "fire", number, "end_share", "--as", OWNER, "--set", "ends_on=2026-05-01")
    program.done(*end)

    (listed,) = program.list("request", "list")

    assert (listed["state"], listed["labels"]) == ("ending", ["delt til KS Læring"])
    assert [owed["party"] for owed in listed["waiting_on"]] == ["ks-laering"]


def test_what_is_shared_stands_in_the_catalogue_until_it_ends(program: Program) -> None:
    number = program.shared()

    (row,) = program.list("catalogue")
    assert row == {
        "request": number,
        "course": "Trygg legemiddelhåndtering",
        "short_name": "AHUS-LEGUT",
        "owner": "ahus",
        "borrower": "ks-laering",
        "label": "delt til KS Læring",
        "licence": None,
        "condition": None,
        "since": "2026-03-05T07:00:00Z",
    }
    assert program.done("catalogue", "--format", "csv").text.splitlines()[1].startswith(number)
    assert program.done("catalogue", "--format", "json").lines == [row]

    program.done("request", "fire", number, "end_share", "--as", OWNER)
    swept = program.one("sweep", at="2026-03-06")

    assert swept == {
        "at": "2026-03-06T07:00:00Z",
        "due": 1,
        "fired": 1,
        "reminded": 0,
        "escalated": 0,
        "refused": 0,
        "asked": 0,
        "opened": 0,
    }
    assert program.list("catalogue") == []
    assert program.one("request", "show", number)["state"] == "ended"


def test_a_known_course_is_found_by_words_of_its_name(program: Program) -> None:
    number = program.opened()

    (row,) = program.list("catalogue", "search", "trygge", "legemidler")
    assert row == {
        "short_name": "AHUS-LEGUT",
        "course": "Trygg legemiddelhåndtering",
        "owner": "ahus",
        "since": None,
        "request": number,
    }
    assert program.done("catalogue", "search", "ahus-legut").text.splitlines()[1].endswith(number)
    assert program.list("catalogue", "search", "matematikk") == []
    assert program.list("catalogue") == []


def test_tables_call_routines_and_parties_by_name_and_read_what_they_print(
    program: Program,
) -> None:
    """Row 28 of a working week: «--state Sendt», «--waiting-on KS Læring», «kd-2026-0001»."""
    number = program.opened()
    routine, owner = "Helseforetak legger kurs ut i KS Læring", "Akershus universitetssykehus"
    printed = program.done("request", "list").text

    assert {"hf_to_ks", "ahus", "ks-laering"}.isdisjoint(printed.split())
    for asked in (
        ("--state", "Sendt"),
        ("--state", "sendt"),
        ("--state", "submitted"),
        ("--waiting-on", "KS Læring"),
        ("--workflow", routine),
    ):
        narrowed = program.done("request", "list", *asked).text
        assert all(each in narrowed for each in (number, routine, owner, "Sendt"))
    assert routine in program.done("deadline", "list").text
    assert routine in program.done("request", "show", number.lower()).text
    nynorsk = program.done("--lang", "nn", "request", "list", "--state", "Sendt").text
    assert "Helseføretak" in nynorsk

    program.done("request", "fire", number, "accept", "--as", PLATFORM)
    program.done("request", "fire", number, "confirm_label", "--as", OWNER)
    assert owner in program.done("catalogue").text


@pytest.mark.parametrize(
    ("option", "wrong", "near"),
    [
        ("--state", "Sendtt", "Sendt"),
        ("--state", "tull", "Mottatt"),
        ("--waiting-on", "Sykehuset Telemrk", "Sykehuset Telemark HF"),
        ("--workflow", "hf_til_ks", "hf_to_ks"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_the_near_ones(
    program: Program, option: str, wrong: str, near: str
) -> None:
    program.opened()
    ran = program.run("request", "list", option, wrong)
    assert (ran.code, ran.out) == (1, b"")
    assert near in ran.err


def test_a_party_that_none_is_like_is_compared_with_none(program: Program) -> None:
    ran = program.run("request", "list", "--waiting-on", "xyzzy")
    assert (ran.code, ran.err.strip()) == (1, "Det finnes ingen part «xyzzy».")


def test_history_is_told_in_the_readers_language_with_the_names_in_json(program: Program) -> None:
    number = program.opened()
    program.done("request", "fire", number, "reject", "--as", PLATFORM, "--note", "Finnes alt")
    nynorsk = program.done("--lang", "nn", "request", "history", number).text
    for word in ("opna", "Utkast", "Sendt", "Avslått"):
        assert word in nynorsk
    assert {"open", "submit", "reject", "draft", "submitted"}.isdisjoint(nynorsk.split())
    events = [row["event"] for row in program.list("request", "history", number)]
    assert events == ["open", "submit", "reject"]
