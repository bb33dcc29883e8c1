"""What one sender, or a crowd of them, can make of us: little, and nothing of anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import defaults
from engine.service.mail.by_coordinator import discard
from engine.service.mail.verdict import MailOutcome
from engine.service.morning.letter import write_morning
from engine.service.time.sweep import sweep
from engine.service.upkeep.health import examined
from engine.store.contacts import register
from engine.store.mail_in import inbox
from engine.store.mail_out import departures
from tests.integration.office import (
    COORDINATOR,
    OWNER,
    PLATFORM,
    SERVER,
    SUBJECT,
    Office,
    form,
    new_office,
)

RECEIPTS = frozenset({"newcomer", "delegate_receipt"})


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def receipts(office: Office) -> int:
    return sum(row.template in RECEIPTS for row in office.letters())


def another(number: int) -> str:
    """A complete form for a course of its own."""
    return form(Fullt_navn_på_kurset=f"Kurs nummer {number}", Kursets_kortnavn=f"SI-{number}")


def test_strangers_of_a_domain_get_few_receipts_an_hour(office: Office) -> None:
    for n in range(12):
        office.mail(f"a{n}@evil.example", "Hei", f"Hei {n}")
        office.mail(f"a{n}@sub{n}.evil.example", "Hei", f"Hei {n}")
    assert receipts(office) == 5
    office.mail("en@annen.test", "Hei", "Hei")
    assert receipts(office) == 6
    office.later(minutes=61)
    office.mail("sist@evil.example", "Hei", "Hei igjen")
    assert receipts(office) == 7


def test_receipts_to_strangers_neither_pull_the_brake_nor_count_for_it(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__brake_per_hour="6")
    for n in range(20):
        office.mail(f"hei@d{n}.test", "Hei", f"Hei {n}")
    assert receipts(office) == 20
    number = office.open()
    with office.site.database.reading() as tx:
        assert departures.paused(tx) is None
    assert [row.state for row in office.letters(PLATFORM)] == ["sent"]
    assert office.state(number) == "submitted"


def test_an_address_opens_twenty_requests_a_day_and_is_told_of_the_rest(tmp_path: Path) -> None:
    most = str(defaults()["mail.openings_per_day"])
    office = new_office(tmp_path / "site", mail__openings_per_day=most)
    verdicts = [office.mail(OWNER, SUBJECT, another(n)).verdict for n in range(23)]
    assert verdicts == ["opened"] * 20 + ["unclear"] * 3
    assert [reason.code for reason in office.seen[-1].reasons] == ["openings_used_up"]
    told = [row for row in office.letters(OWNER) if row.template == "not_acted"]
    assert len(told) == 1
    assert "20 saker i dag" in office.text(OWNER)
    office.later(days=1)
    assert office.mail(OWNER, SUBJECT, another(30)).verdict == "opened"


def test_openings_that_wait_open_by_themselves_when_a_new_day_has_room(
    tmp_path: Path, url: str
) -> None:
    office = new_office(tmp_path / "site", database=url, mail__openings_per_day="2")
    try:
        mails = [office.mail(OWNER, SUBJECT, another(n)) for n in range(6)]
        assert [each.verdict for each in mails] == ["opened"] * 2 + ["unclear"] * 4
        discard(office.site, mails[5].mail, "Dobbelt", office.at)
        sweep(office.site, office.at)
        assert verdicts(office) == ["opened"] * 2 + ["unclear"] * 4

        office.later(days=1)
        for _ in range(2):
            sweep(office.site, office.at)
            assert verdicts(office) == ["opened"] * 4 + ["unclear"] * 2
        assert office.mail(OWNER, SUBJECT, another(7)).verdict == "unclear"

        office.later(days=1)
        sweep(office.site, office.at)
        assert verdicts(office) == ["opened"] * 5 + ["unclear", "opened"]
    finally:
        office.site.database.close()


def verdicts(office: Office) -> list[str]:
    with office.site.database.reading() as tx:
        return [row.verdict or "" for row in inbox.listed(tx)]


def test_an_address_that_nobody_has_confirmed_opens_three(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="si", duty="elearning", email="ny@si.example",
            valid_from=office.at.date(), proof="provisional",
        )  # fmt: skip
    verdicts = [office.mail("ny@si.example", SUBJECT, another(n)).verdict for n in range(4)]
    assert verdicts == ["opened"] * 3 + ["unclear"]


def wrong(office: Office, sender: str, number: str, tokens: list[str]) -> MailOutcome:
    subject = " ".join(f"[{number}.{token}]" for token in tokens)
    return office.mail(sender, subject, "MOTTATT", aligned=False)


def test_three_tokens_of_a_mail_are_looked_up(office: Office) -> None:
    number = office.open()
    right = office.last(PLATFORM).token
    guesses = [f"0000000{n}" for n in range(5)]
    assert wrong(office, PLATFORM, number, [*guesses[:3], right]).verdict == "unproved_sender"
    assert office.state(number) == "submitted"
    assert wrong(office, PLATFORM, number, [*guesses[:2], right]).verdict == "fired"


def test_after_ten_wrong_tokens_nothing_more_of_the_sender_is_looked_up_that_day(
    office: Office,
) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    for n in range(4):
        outcome = wrong(office, PLATFORM, number, [f"000000{n}{m}" for m in range(3)])
        assert "wrong_token" in [reason.code for reason in outcome.reasons]
    assert wrong(office, PLATFORM, number, [letter.token]).verdict == "unproved_sender"
    assert office.state(number) == "submitted"
    office.later(days=1)
    assert wrong(office, PLATFORM, number, [letter.token]).verdict == "fired"


@pytest.mark.parametrize(
    ("sender", "truth"),
    [
        ("evil@evil.example", "dmarc=pass header.from=evil.example"),
        ("evil@evil.example", ""),
        (PLATFORM, "dmarc=fail header.from=ks.example"),
        (PLATFORM, ""),
    ],
)
@pytest.mark.parametrize("aligned", [True, False])
def test_a_strangers_mail_under_the_same_message_id_hinders_no_answer(
    office: Office, sender: str, truth: str, aligned: bool
) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    true = office.raw(PLATFORM, "SV: Ny sak", "MOTTATT", headers=headers, aligned=aligned)
    message_id = f"<m{office.written}@ks.example>".encode()
    forged = office.raw(sender, "Hei", "Noe annet", aligned=False)
    forged = forged.replace(f"<m{office.written}@{sender.partition('@')[2]}>".encode(), message_id)
    assert message_id in forged
    said = f"Authentication-Results: {SERVER}; {truth}\r\n" if truth else ""
    assert office.take(said.encode() + forged).verdict not in {"fired", "opened"}
    assert office.take(true).verdict == "fired"
    assert office.take(b"X-Route: 2\r\n" + true).verdict == "repeated"
    assert office.events(number).count("acknowledge") == 1


def test_what_is_written_in_somebodys_name_uses_up_none_of_their_answers(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", mail__answers_per_day="5")
    for n in range(8):
        office.later(hours=1)
        office.mail(OWNER, "Hei", f"Noe annet nummer {'abcdefgh'[n]}", aligned=False)
    office.later(hours=1)
    before = len(office.letters(OWNER))
    assert office.mail(OWNER, "Hei", "STATUS").verdict == "answered"
    assert len(office.letters(OWNER)) == before + 1


def test_a_crowd_of_forged_openings_does_not_pull_the_brake(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__brake_per_hour="6")
    for n in range(8):
        email = f"elaering{n}@ahus.example"
        with office.site.database.transaction() as tx:
            register.add_contact(
                tx, party_id="ahus", duty="elearning", email=email, valid_from=office.at.date()
            )
        assert office.mail(email, SUBJECT, another(n), aligned=False).verdict == "unconfirmed"
    number = office.open()
    with office.site.database.reading() as tx:
        assert departures.paused(tx) is None
    assert office.state(number) == "submitted"


def unproved(office: Office, number: str) -> MailOutcome:
    return office.mail(PLATFORM, f"Om {number}", "MOTTATT", aligned=False)


def test_who_is_registered_gets_one_letter_a_day_about_mail_that_came_to_nothing(
    office: Office,
) -> None:
    number = office.open()
    before = office.last(PLATFORM).id
    for _ in range(3):
        assert unproved(office, number).verdict == "unproved_sender"
    told = [row for row in office.letters(PLATFORM) if row.id > before]
    assert [row.template for row in told] == ["not_acted"]
    assert "har ikke gjort noe" in office.text(PLATFORM)
    office.later(days=1)
    assert unproved(office, number).verdict == "unproved_sender"
    assert office.reply(PLATFORM, "MOTTATT", aligned=False).verdict == "fired"


def test_a_mail_that_is_too_large_is_told_of_and_a_strangers_is_not(office: Office) -> None:
    large = b"x" * 26_000_000
    outcome = office.take(office.raw(OWNER, "Video", "Hei") + large)
    assert outcome.verdict == "oversize"
    assert office.last(OWNER).template == "not_acted"
    assert "for stor" in office.text(OWNER)
    office.take(office.raw("evil@evil.example", "Video", "Hei") + large)
    assert not office.letters("evil@evil.example")


def test_a_mail_that_cannot_be_read_is_told_of(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("engine.intake.body.gather", breaks)
    assert office.mail(OWNER, "Hei", "Hei").verdict == "unreadable"
    assert office.last(OWNER).template == "not_acted"
    assert "ikke lese" in office.text(OWNER)


def test_what_is_counted_is_counted_on_both_databases(tmp_path: Path, url: str) -> None:
    office = new_office(tmp_path / "site", database=url, mail__openings_per_day="1")
    try:
        number = office.open()
        for n in range(4):
            wrong(office, PLATFORM, number, [f"000000{n}{m}" for m in range(3)])
        assert wrong(office, PLATFORM, number, [office.letters(PLATFORM)[0].token]).verdict == (
            "unproved_sender"
        )
        assert office.mail(OWNER, SUBJECT, another(1)).verdict == "unclear"
        for n in range(7):
            office.mail(f"a{n}@evil.example", "Hei", f"Hei {n}")
        assert receipts(office) == 5
        found = [each.code for each in examined(office.site, office.at.date())]
        assert "results_not_stripped" in found
        office.later(days=1)
        write_morning(office.site, office.at)
        assert office.last(COORDINATOR).template == "morning"
    finally:
        office.site.database.close()
