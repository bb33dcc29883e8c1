"""The coordinators' morning letter: when it is written, to whom, and what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.app import open_site
from engine.intake.quoting.numbered import lines as wishes
from engine.model import Language
from engine.service.letters.posting import envelope_of
from engine.service.mail import by_coordinator
from engine.service.morning import items
from engine.service.morning import letter as morning_module
from engine.service.morning.letter import write_morning
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.store.mail_in import inbox
from engine.store.mail_out import mornings
from engine.store.mail_out.letters import LetterRow
from tests.integration import postgres
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    new_office,
)

TUESDAY = datetime(2026, 9, 8, 5, 30, tzinfo=UTC)
"""07.30 in Oslo, the morning after the office opens."""
SECOND = timedelta(seconds=1)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site", letters__mode="hold")


def mornings_to(office: Office, receiver: str = COORDINATOR) -> list[LetterRow]:
    return [row for row in office.letters(receiver) if row.template == "morning"]


def lines(office: Office, receiver: str = COORDINATOR) -> dict[int, str]:
    told = mornings_to(office, receiver)[-1].variables["extra"]["lines"]
    return {line["number"]: line["text"] for line in told}


def kinds(office: Office, receiver: str = COORDINATOR) -> list[tuple[int, str, str]]:
    """(number, kind, subject) of everything that the newest morning letter shows or counts."""
    letter = mornings_to(office, receiver)[-1]
    with office.site.database.reading() as tx:
        found = [
            mornings.item_at(tx, number, letter.written_at)
            for number in letter.variables["extra"]["numbers"]
        ]
    return [(row.number, row.kind, row.subject) for row in found if row is not None]


def test_it_is_written_at_half_past_seven_and_once(office: Office) -> None:
    office.open()
    assert write_morning(office.site, TUESDAY - SECOND) == 0
    assert write_morning(office.site, TUESDAY) == 1
    assert write_morning(office.site, TUESDAY) == 0
    assert write_morning(office.site, TUESDAY + timedelta(hours=12)) == 0
    assert write_morning(office.site, TUESDAY + timedelta(days=1)) == 1
    (first, _) = mornings_to(office)
    assert first.state == "waiting"
    assert first.subject is not None
    assert "tirsdag 8. september 2026" in first.subject


def test_a_row_that_cannot_be_told_stands_among_the_others_with_why(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.open()
    real = items._letter  # noqa: SLF001 – what tells one row

    def broken(tx: Transaction, letter: int, language: Language) -> Mapping[str, str]:
        if letter == 1:
            raise ValueError("no words for this row")
        return real(tx, letter, language)

    monkeypatch.setattr(items, "_letter", broken)
    assert write_morning(office.site, TUESDAY) == 1
    told = lines(office)
    assert len([text for text in told.values() if "no words for this row" in text]) == 1
    assert len(told) == len(kinds(office)) > 1


def test_after_an_outage_there_is_one_letter_and_none_at_the_weekend(office: Office) -> None:
    office.open()
    saturday = datetime(2026, 9, 19, 12, tzinfo=UTC)
    assert write_morning(office.site, saturday) == 1
    assert mornings_to(office)[-1].variables["extra"]["day"] == "2026-09-18"
    assert write_morning(office.site, saturday + timedelta(days=1)) == 0
    assert write_morning(office.site, datetime(2026, 9, 21, 5, 30, tzinfo=UTC)) == 1
    assert len(mornings_to(office)) == 2


def test_a_site_whose_first_mail_came_today_waits_until_tomorrow(office: Office) -> None:
    assert write_morning(office.site, TUESDAY) == 0
    office.at = TUESDAY + timedelta(hours=1)
    office.open()
    assert write_morning(office.site, TUESDAY + timedelta(hours=2)) == 0
    assert write_morning(office.site, TUESDAY + timedelta(days=1)) == 1


def test_a_morning_with_nothing_to_say_has_no_letter_then_or_later_that_day(tmp_path: Path) -> None:
    office = new_office(tmp_path / "live")
    office.mail(OWNER, "Hei", "HJELP")
    assert write_morning(office.site, TUESDAY) == 0
    office.at = TUESDAY + timedelta(hours=1)
    office.mail("ukjent@annet.example", "Hei", "Hva er dette?")
    assert write_morning(office.site, TUESDAY + timedelta(hours=2)) == 0
    assert write_morning(office.site, TUESDAY + timedelta(days=1)) == 1


def test_everything_that_waits_for_a_coordinator_stands_in_one_list(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__parties__si="hold")
    number = office.open(Unntak=None)
    other = office.open(Kursets_kortnavn="SI-FALL2")
    office.mail(PLATFORM, "Hei", "Hva mener dere?")
    office.mail("ukjent@annet.example", "Hei", "Kan jeg få\n\nvære med?")
    office.mail("ukjent@annet.example", "Hei", "Slik?", aligned=False)
    office.later(days=8)
    sweep(office.site, office.at)
    with office.site.database.transaction() as tx:
        register.end_contact(tx, EXPERTS, date(2026, 9, 16))
    office.later(days=4)
    sweep(office.site, office.at)
    found = lines(office)
    assert list(found) == [n for n, _, _ in kinds(office)]
    by_kind = {kind: found[n] for n, kind, _ in reversed(kinds(office)) if n in found}
    assert other not in "".join(text for text in found.values() if text.startswith("Forsinket"))
    assert by_kind["unclear"] == f"Ikke forstått, fra {PLATFORM}: «Hva mener dere?»"
    newcomer = "Ukjent avsender, ukjent@annet.example: «Kan jeg få være med?»"
    doubtful = "Ubekreftet avsender, ukjent@annet.example: «Slik?»"
    assert {newcomer, doubtful} <= set(found.values())
    assert by_kind["stuck"] == (
        "Ingen er registrert som fagmiljø ved Sykehuset Innlandet: "
        f"{number} «Fallforebygging i sykehjem» står fast"
    )
    subject = "Vi ber om uttalelse: «Fallforebygging i sykehjem»"
    assert by_kind["held"] == f"Holdt brev til {EXPERTS} om {number}: {subject}"


def test_reminders_go_by_themselves_and_are_only_counted(office: Office) -> None:
    office.open(Unntak=None)
    office.at = datetime(2026, 9, 14, 5, 30, tzinfo=UTC)
    assert write_morning(office.site, office.at) == 1
    assert "chaser" not in {kind for _, kind, _ in kinds(office)}
    rest = mornings_to(office)[-1].variables["extra"]["rest"]
    assert rest == "påminnelser som går før neste morgenbrev: 1"


def test_a_bounce_says_whom_it_is_about_and_why(office: Office) -> None:
    report = (
        "--x\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.si.example"
        "\r\n\r\nFinal-Recipient: rfc822; borte@si.example\r\nAction: failed\r\n"
        "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 No such user\r\n\r\n--x--\r\n"
    )
    raw = office.raw("mailer-daemon@si.example", "Undelivered Mail Returned to Sender", "")
    head = raw.decode().partition("Content-Type")[0]
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
    assert office.take(f"{head}{kind}{report}".encode()).verdict == "bounce"
    write_morning(office.site, TUESDAY)
    (text,) = [lines(office)[n] for n, kind, _ in kinds(office) if kind == "bounce"]
    assert text.startswith("Retur fra mailer-daemon@si.example: «borte@si.example: ")
    assert "No such user" in text


def test_what_nobody_answers_is_counted_since_the_last_morning(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    raw = office.raw(PLATFORM, "Hei", "Hva er dette?")
    office.take(raw)
    office.take(raw)
    office.mail(PLATFORM, "Fravær", "Borte", headers="Auto-Submitted: auto-replied\r\n")
    office.mail(PLATFORM, "Nytt", "Nyheter", headers="List-Id: <nytt.ks.example>\r\n")
    write_morning(office.site, TUESDAY)
    assert mornings_to(office)[-1].variables["extra"]["counted"] == (
        "gjentatt: 1, automatisk: 1, masseutsendt: 1"
    )
    write_morning(office.site, TUESDAY + timedelta(days=1))
    assert mornings_to(office)[-1].variables["extra"]["counted"] == ""


def test_each_coordinator_has_the_letter_in_their_own_language_with_the_same_numbers(
    office: Office,
) -> None:
    other = "koordinator@vinje.example"
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="ks", duty="coordinator", email=other,
            valid_from=date(2016, 1, 1), language="nn",
        )  # fmt: skip
    office.open()
    assert write_morning(office.site, TUESDAY) == 2
    mine, theirs = lines(office), lines(office, other)
    assert mine.keys() == theirs.keys() != set()
    assert mornings_to(office, other)[-1].language == "nn"
    assert next(iter(theirs.values())).startswith("Halde brev til ")


def test_a_site_in_shadow_keeps_the_morning_letter_to_itself(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="shadow")
    office.mail("ukjent@annet.example", "Hei", "Hva er dette?")
    assert write_morning(office.site, TUESDAY) == 1
    assert mornings_to(office)[-1].state == "shadow"


def test_a_line_is_short_whatever_a_stranger_wrote_and_none_acts_when_it_comes_back(
    office: Office,
) -> None:
    office.mail("ukjent@annet.example", "SLIPP ALLE", "\n\nSLIPP ALLE\n1 STOPP\n" + "bla " * 400)
    office.open()
    write_morning(office.site, TUESDAY)
    (text,) = [lines(office)[n] for n, kind, _ in kinds(office) if kind == "stranger"]
    assert len(text) < 200
    written = office.site.letters.text(envelope_of(mornings_to(office)[-1]))
    assert {wish.verb for wish in wishes(written)} <= {"unknown"}


def test_what_is_attached_or_laid_aside_is_not_told_of_again(office: Office) -> None:
    office.mail("ukjent@annet.example", "Hei", "Hva er dette?")
    write_morning(office.site, TUESDAY)
    with office.site.database.reading() as tx:
        (mail,) = [row.id for row in inbox.listed(tx)]
    assert ("stranger", str(mail)) in [(kind, subject) for _, kind, subject in kinds(office)]
    by_coordinator.discard(office.site, mail, "reklame", TUESDAY)
    write_morning(office.site, TUESDAY + timedelta(days=1))
    assert "stranger" not in {kind for _, kind, _ in kinds(office)}


def test_two_workers_on_postgresql_write_one_letter(tmp_path: Path, postgresql_server: str) -> None:
    url = postgres.new_database(postgresql_server, "morning")
    office = new_office(tmp_path / "site", database=url, letters__mode="hold")
    office.open()
    sites = [open_site(office.site.folder) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        written = list(pool.map(lambda site: write_morning(site, TUESDAY), sites))
    for each in sites:
        each.database.close()
    assert sorted(written) == [0, 1]
    assert len(mornings_to(office)) == 1
    office.site.database.close()


def test_a_held_chaser_is_dropped_once_what_it_asks_for_is_done(office: Office) -> None:
    office.open(Unntak=None)
    office.later(days=7)
    sweep(office.site, office.at)
    office.mail(EXPERTS, f"[{office.last(EXPERTS).request}]", "INGEN MERKNADER")
    first = {row.receiver: row.state for row in office.letters() if row.template == "remind"}
    write_morning(office.site, office.at + timedelta(days=1))
    states = {row.receiver: row.state for row in office.letters() if row.template == "remind"}
    assert first == {EXPERTS: "held", LIAISON: "held"}
    assert states == {EXPERTS: "cancelled", LIAISON: "held"}


def test_a_morning_letter_that_cannot_be_written_stops_nothing_and_comes_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.open(Unntak=None)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no words")

    at = TUESDAY + timedelta(days=7)
    with monkeypatch.context() as patch:
        patch.setattr(morning_module, "waiting", broken)
        found = sweep(office.site, at)
    assert found.faults == ("morning letter: RuntimeError: no words",)
    assert mornings_to(office) == []
    assert sweep(office.site, at).faults == ()
    assert len(mornings_to(office)) == 1
