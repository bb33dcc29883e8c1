"""Shares that existed already come in from a list: whole, once, and confirmed by their owners."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.service.acts.commands import fire
from engine.service.deliver import deliver
from engine.service.requests.importing import Import, Listed, import_shares
from engine.service.requests.show import one, request_document
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store.cases import queries, timers
from tests.integration.office import OWNER, PLATFORM, Office, new_office

AHUS = "elaering@ahus.example"
GOOD = (
    ("si", "ks-laering", "SI-LEGE1", "Legemidler", "2022-08-15", "CC BY 4.0", "https://ks.example/1"),
    ("Sykehuset Innlandet HF", "KS Læring", "SI-SAR1", "Sårstell", "1.3.2021", "", ""),
    ("ahus", "ks-laering", "AHUS-HMS", "HMS", "2026-09-07", "", ""),
    ("Bergen kommune", "si", "BER-PASIENT", "Pasienten først", "2024-01-01", "", ""),
)  # fmt: skip
COLUMNS = ("owner", "borrower", "short_name", "course", "since", "licence", "link")


def rows(*values: tuple[str, ...]) -> list[Listed]:
    return [
        Listed(line=line, values=dict(zip(COLUMNS, row, strict=True)))
        for line, row in enumerate(values, start=2)
    ]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def brought_in(office: Office, *values: tuple[str, ...], dry_run: bool = False) -> Import:
    return import_shares(office.site, rows(*values), at=office.at, dry_run=dry_run)


def faults(found: Import) -> list[tuple[int, str]]:
    return [(line, reason.code) for line, reason in found.faults]


def catalogue(office: Office) -> list[queries.CatalogueRow]:
    with office.site.database.reading() as tx:
        return list(queries.catalogue(tx))


def test_each_row_stands_shared_since_its_day_by_the_routine_of_its_sides(office: Office) -> None:
    found = brought_in(office, *GOOD)
    assert [each.number for each in found.came] == [f"KD-2026-000{n}" for n in range(1, 5)]
    shown = [one(office.site, each.number).document() for each in found.came]
    assert [(d["workflow"], d["state"], d["labels"]) for d in shown] == [
        ("hf_to_ks", "shared", ["delt til KS Læring"]),
        ("hf_to_ks", "shared", ["delt til KS Læring"]),
        ("hf_to_ks", "shared", ["delt til KS Læring"]),
        ("hf_shares_from_ks", "shared", ["delt fra KS"]),
    ]
    assert [(row.short_name, row.owner, row.borrower) for row in catalogue(office)] == [
        ("SI-LEGE1", "si", "ks-laering"),
        ("SI-SAR1", "si", "ks-laering"),
        ("AHUS-HMS", "ahus", "ks-laering"),
        ("BER-PASIENT", "4601", "si"),
    ]
    assert catalogue(office)[1].since == datetime(2021, 2, 28, 23, tzinfo=UTC)
    assert office.events("KD-2026-0001") == ["imported"]
    assert verified(office.site).ok


def test_what_nobody_told_is_not_registered_and_no_fact(office: Office) -> None:
    number = brought_in(office, GOOD[0]).came[0].number
    course = request_document(office.site, number, office.at)["course"]
    assert (course["full_name"], course["licence"]) == ("Legemidler", "CC BY 4.0")
    assert course["goal"] == course["time_needed"] == "ikke registrert"
    with office.site.database.reading() as tx:
        stored = queries.case(tx, number).course
    assert stored is not None
    assert stored.claimed
    assert set(stored.information) == {"full_name", "short_name", "licence", "link"}


def test_each_owner_gets_one_letter_that_lists_their_courses(office: Office) -> None:
    found = brought_in(office, *GOOD[:3])
    assert found.letters == 2
    deliver(office.site, office.at)
    assert [(row.receiver, row.template) for row in office.letters()] == [
        (OWNER, "import_confirm"),
        (AHUS, "import_confirm"),
    ]
    text = office.text(OWNER)
    assert "1. «Legemidler» (SI-LEGE1), sak KD-2026-0001\n" in text
    assert "2. «Sårstell» (SI-SAR1), sak KD-2026-0002\n" in text
    assert "Lisensen er ikke registrert. Lenken er ikke registrert\n" in text
    assert "mandag 1. mars 2021" in text
    assert "HMS" not in text


def test_a_yes_is_thanked_for_and_own_words_are_kept(office: Office) -> None:
    brought_in(office, *GOOD[:3])
    deliver(office.site, office.at)
    assert office.reply(AHUS, "Ja").verdict == "answered"
    assert "opplysningene om de delte kursene stemmer" in office.text(AHUS)
    assert office.reply(OWNER, "Sårstell har vi sluttet å dele.").verdict == "remark"
    assert "> Sårstell har vi sluttet å dele." in office.text(OWNER)


@pytest.mark.parametrize("body", ["AVSLUTT", "Lisens: CC BY 4.0", "AVSLUTT 1.12.2026\n\nHilsen"])
def test_no_word_and_no_field_in_reply_to_a_list_acts_on_a_request(
    office: Office, body: str
) -> None:
    found = brought_in(office, *GOOD[:2])
    deliver(office.site, office.at)
    outcome = office.reply(OWNER, body)
    assert (outcome.verdict, outcome.events) == ("remark", ())
    assert [office.state(each.number) for each in found.came] == ["shared", "shared"]


def test_an_owner_without_a_contact_is_a_coordinators_to_ask(office: Office) -> None:
    assert brought_in(office, GOOD[3]).letters == 1
    assert [row.template for row in office.letters()] == ["no_contact"]


def test_letters_wait_as_the_site_says(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="hold")
    brought_in(office, *GOOD[:3])
    assert {row.state for row in office.letters()} == {"held"}


def test_importing_twice_changes_nothing(office: Office) -> None:
    brought_in(office, *GOOD[:2])
    fire(office.site, "KD-2026-0001", "end_share", email=OWNER, at=office.at)
    before = (office.events("KD-2026-0001"), len(office.letters()), catalogue(office))
    again = brought_in(office, *GOOD[:2], GOOD[2])
    assert [(each.number, each.before) for each in again.came] == [
        ("KD-2026-0001", True),
        ("KD-2026-0002", True),
        ("KD-2026-0003", False),
    ]
    assert again.letters == 1
    assert office.events("KD-2026-0001") == before[0]
    assert catalogue(office)[:2] == before[2]
    assert verified(office.site).ok


def test_all_faults_of_a_list_are_told_at_once_and_nothing_is_half_done(office: Office) -> None:
    found = brought_in(
        office,
        GOOD[0],
        ("si", "ks-laering", "", "", "2022-01-01", "", ""),
        ("sii", "ks-laering", "SI-A", "A", "i fjor", "", ""),
        ("si", "0301", "SI-B", "B", "2022-01-01", "", ""),
        ("si", "ahus", "SI-C", "C", "2022-01-01", "", ""),
        ("si", "ks-laering", "SI D", "D", "2027-01-01", "", ""),
        ("si", "ks-laering", "SI-E", "E", "2022-01-01", "gratis", "http://x.example"),
        ("si", "ks-laering", "si-lege1", "F", "2022-01-01", "", ""),
        ("ahus", "ks-laering", "SI-LEGE1", "G", "2022-01-01", "", ""),
    )
    assert faults(found) == [
        (3, "column_empty"),
        (3, "column_empty"),
        (4, "day_unreadable"),
        (4, "unknown_party"),
        (5, "no_routine_between"),
        (6, "no_routine_between"),
        (7, "day_ahead"),
        (8, "licence_unclear"),
        (8, "link_not_https"),
        (9, "listed_twice"),
        (10, "name_listed_twice"),
    ]
    assert found.came == ()
    assert catalogue(office) == []
    assert office.letters() == []


def test_a_short_name_that_a_living_request_holds_is_a_fault(office: Office) -> None:
    office.open()
    taken = ("si", "ks-laering", "SI-FALL1", "Fall", "2022-01-01", "", "")
    assert faults(brought_in(office, taken)) == [(2, "short_name_taken")]


def test_a_trial_says_what_would_happen_and_writes_nothing(office: Office) -> None:
    tried = brought_in(office, *GOOD[:3], dry_run=True)
    assert (len(tried.came), tried.letters) == (3, 2)
    assert {each.number for each in tried.came} == {""}
    assert catalogue(office) == []
    assert brought_in(office, *GOOD[:3]).letters == 2


def test_the_yearly_question_comes_in_its_rhythm_and_not_at_once(office: Office) -> None:
    number = brought_in(office, GOOD[0]).came[0].number
    assert sweep(office.site, office.at).due == 0
    with office.site.database.reading() as tx:
        (yearly,) = timers.armed(tx, number)
    assert yearly.due_at.date() in {date(2027, 8, 14), date(2027, 8, 15)}


def test_an_imported_share_lives_on_like_any_other(office: Office) -> None:
    number = brought_in(office, GOOD[0]).came[0].number
    fire(office.site, number, "end_share", email=OWNER, at=office.at)
    fire(office.site, number, "confirm_ending", email=PLATFORM, at=office.at)
    office.later(days=1)
    sweep(office.site, office.at)
    assert office.state(number) == "ended"
    assert catalogue(office) == []
    assert verified(office.site).ok
