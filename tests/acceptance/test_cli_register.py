"""The register by command: parties, holders, agreements."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.site import CONTACTS, OURS, OWNER, Program


def test_the_register_holds_every_party(program: Program) -> None:
    parties = {row["id"]: row for row in program.list("party", "list")}

    assert len(parties) == 12 + 357 + 2
    assert parties["0301"]["side"] == "municipal"
    assert {"ahus", "siv", "ks", "ks-laering", "sykehuspartner", "hso"} <= parties.keys()


def test_a_party_is_found_by_id_and_by_name(program: Program) -> None:
    by_id = program.one("party", "show", "ahus")
    by_name = program.one("party", "show", "Akershus universitetssykehus")

    assert by_id == by_name
    assert by_id["contacts"][0]["email"] == OWNER
    missing = program.run("party", "show", "Akershus sykehus for alle")
    assert (missing.code, "Akershus universitetssykehus" in missing.err) == (1, True)


def test_the_same_file_can_be_imported_twice(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(CONTACTS, encoding="utf-8")
    before = program.list("contact", "list")

    imported = program.list("contact", "import", str(file))

    assert [row["new"] for row in imported] == [False] * 5
    assert program.list("contact", "list") == before


def test_a_file_of_a_spreadsheet_is_read_with_all_its_columns(
    program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_bytes(
        "\ufeffParty;Duty;Email;Name;From;Until;Aliases\r\n"
        'Oslo;municipality;KURS@oslo.example;Kursansvarlig;2026-01-01;2026-12-31;"a@oslo.example; '
        'b@oslo.example"\r\n'.encode()
    )

    (row,) = program.list("contact", "import", str(file))

    assert (row["party"], row["email"], row["new"]) == ("0301", "kurs@oslo.example", True)
    assert (row["from"], row["until"]) == ("2026-01-01", "2026-12-31")
    assert row["aliases"] == ["a@oslo.example", "b@oslo.example"]


def test_every_fault_of_a_file_is_named_and_nothing_is_imported(
    program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(
        "party,duty,email\n"
        "nowhere,elearning,a@b.example\n"
        "ahus,elerning,a@b.example\n"
        "ahus,elearning,ikke en adresse\n"
        f"ahus,elearning,{OURS}\n"
        "ahus,elearning,grei@ahus.example\n",
        encoding="utf-8",
    )

    ran = program.run("contact", "import", str(file))

    assert ran.code == 1
    assert [line.split(":")[1] for line in ran.err.splitlines()] == ["2", "3", "4", "5"]
    assert "Mente du elearning eller ks_laering?" in ran.err
    assert len(program.list("contact", "list")) == 5


def test_a_file_without_its_columns_is_refused(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text("part,email\nahus,a@b.example\n", encoding="utf-8")

    ran = program.run("contact", "import", str(file))

    assert ran.code == 1
    assert "mangler party og duty" in ran.err
    assert "kjenner ikke part" in ran.err


def test_whoever_is_ended_can_begin_again(program: Program) -> None:
    ended = program.list("contact", "end", OWNER)
    refused = program.run("request", "open", "hf_to_ks", "--as", OWNER, "--set", "Kurs=Et kurs")
    again = program.one("contact", "add", "ahus", "elearning", OWNER)

    assert [row["email"] for row in ended] == [OWNER]
    assert refused.code == 1
    assert (again["new"], again["from"]) == (True, "2026-03-05")
    program.done("request", "open", "hf_to_ks", "--as", OWNER, "--set", "Kurs=Et kurs")


def test_a_side_has_one_contact_point_which_passes_on(program: Program) -> None:
    program.done("contact", "add", "ahus", "contact_point", "en@ahus.example")
    program.done("contact", "add", "sykehuspartner", "contact_point", "to@sp.example")

    held = program.list("contact", "list")
    points = [(each["email"], each["until"]) for each in held if each["duty"] == "contact_point"]
    assert [email for email, until in points if until is None] == ["to@sp.example"]
    assert len(points) == 2


def test_another_address_at_ks_is_asked_about(program: Program) -> None:
    ran = program.run("contact", "add", "ks-laering", "ks_laering", "ola@ks.no")
    assert ran.code == 1
    assert "kslaring@ks.no" in ran.err
    program.done("contact", "add", "ks-laering", "ks_laering", "kslaring@ks.no")
    program.done("contact", "add", "ks-laering", "ks_laering", "ola@ks.no", "--sure")


def test_an_agreement_covers_its_period_and_no_day_more(program: Program) -> None:
    assert program.list("agreement", "list") == [
        {"id": 1, "from": "2026-01-01", "to": "2027-01-01"}
    ]
    told = program.run("--lang", "nb", "agreement", "list").out.decode().splitlines()
    assert [line.split() for line in told[1:]] == [["1", "2026-01-01", "2026-12-31"]]
    assert told[0].endswith("Til og med")
    assert program.run("agreement", "add", "--from", "2027-01-01", "--to", "2027-01-01").code == 1
    assert program.run("agreement", "add", "--from", "1.1.2027", "--to", "2028-01-01").code == 2

    added = program.one("agreement", "add", "--from", "2027-01-01", "--to", "2028-01-01")

    assert added == {"id": 2, "from": "2027-01-01", "to": "2028-01-01"}
