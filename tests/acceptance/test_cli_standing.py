"""Mail domains, absences and the contact check by command."""

from __future__ import annotations

from tests.acceptance.site import OURS, OWNER, PLATFORM, Program


def test_a_partys_mail_domains_are_set_listed_and_removed(program: Program) -> None:
    assert program.list("party", "domain") == []
    program.list("party", "domain", "4626", "oygarden.example")
    both = program.list("party", "domain", "Oslo", "oslo.example", "bydel.oslo.example")
    assert both == [
        {"party": "0301", "domain": "bydel.oslo.example"},
        {"party": "0301", "domain": "oslo.example"},
    ]
    assert len(program.list("party", "domain")) == 3
    left = program.list("party", "domain", "0301", "oslo.example", "--remove")
    assert left == both[:1]
    refused = program.run("party", "domain", "0301", "gmail.com")
    assert (refused.code, "gmail.com" in refused.err) == (1, True)


def test_an_absence_gives_the_substitute_the_same_duties(program: Program) -> None:
    days = ("--from", "2026-03-10", "--until", "2026-03-20")
    found = program.one("contact", "away", OWNER, *days, "--substitute", "Vikar@ahus.example")
    assert found == {
        "email": OWNER,
        "from": "2026-03-10",
        "until": "2026-03-20",
        "substitute": "vikar@ahus.example",
        "stands_in": [{"party": "ahus", "duty": "elearning"}],
    }
    held = [row for row in program.list("contact", "list") if row["email"] == "vikar@ahus.example"]
    assert [(row["duty"], row["from"], row["until"]) for row in held] == [
        ("elearning", "2026-03-10", "2026-03-20")
    ]
    assert [row["template"] for row in program.list("letter", "list")] == ["substitute"]


def test_an_absence_that_cannot_be_is_refused_with_every_reason(program: Program) -> None:
    days = ("--from", "2026-03-10", "--until", "2026-03-20")
    strange = program.run("contact", "away", OWNER, *days, "--substitute", "x@annen.example")
    assert (strange.code, "x@annen.example" in strange.err) == (1, True)
    assert program.run("contact", "away", OWNER, "--from", "2026-03-10").code == 2
    assert program.run("contact", "away", "ingen@ahus.example", *days).code == 1


def test_the_contact_check_is_silent_or_says_what_to_mend(program: Program) -> None:
    assert program.list("contact", "check") == []
    program.list("contact", "end", PLATFORM)
    program.list("contact", "add", "si", "elearning", "a@si.example", "--alias", OWNER)
    checked = program.run("--json", "contact", "check")
    assert checked.code == 1
    kinds = {line.split('"')[3] for line in checked.text.splitlines()}
    assert kinds == {"no_holder", "alias_clash"}


def test_the_sites_own_address_cannot_be_a_contact(program: Program) -> None:
    refused = program.run("contact", "add", "si", "elearning", OURS)
    assert (refused.code, OURS in refused.err) == (1, True)
