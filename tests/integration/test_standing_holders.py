"""Several holders of a role, holders who are away, and those who stand in for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.domain.register.absence import Absence
from engine.errors import RefusedError
from engine.service.deliver import deliver
from engine.service.register import absence, domains
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from tests.integration.office import AT, OURS, OWNER, PLATFORM, Office, new_office

SECOND = "kollega@ks.example"
THIRD = "vakt@ks.example"
LATER = datetime(2026, 9, 15, 8, 0, tzinfo=UTC)
"""After the first chaser about a request that was opened on AT."""
FAR = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = new_office(tmp_path / "site")
    join(made, SECOND)
    return made


def join(office: Office, email: str, duty: str = "ks_laering") -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="ks-laering", duty=duty, email=email, valid_from=date(2016, 1, 1)
        )


def holders(office: Office, day: date) -> set[str]:
    with office.site.database.reading() as tx:
        found = register.contacts(tx, day)
    return {contact.email for contact in found if contact.duty == "ks_laering"}


def swept(office: Office, at: datetime) -> set[str]:
    """To whom a sweep at `at` sent a reminder."""
    before = {row.id for row in office.letters()}
    office.at = at
    sweep(office.site, at)
    deliver(office.site, at)
    new = [row for row in office.letters() if row.id not in before]
    return {row.receiver for row in new if row.template == "remind"}


def test_every_holder_gets_a_letter_of_their_own(office: Office) -> None:
    office.open()
    letters = {row.receiver: row for row in office.letters() if row.template == "request_submitted"}
    assert set(letters) == {PLATFORM, SECOND}
    assert letters[PLATFORM].token != letters[SECOND].token


def test_the_first_answer_counts_and_the_others_are_told(office: Office) -> None:
    number = office.open()
    assert office.reply(SECOND, "MOTTATT").verdict == "fired"
    assert office.last(PLATFORM).template == "answered_by_colleague"
    assert f"{SECOND} har svart MOTTATT for dere" in office.text(PLATFORM)
    late = office.reply(PLATFORM, "MOTTATT")
    assert (late.verdict, office.state(number)) == ("already_done", "received")


def test_who_is_told_is_not_told_twice(office: Office) -> None:
    office.open()
    office.reply(SECOND, "GODTATT")
    office.reply(OWNER, "MERKET")
    told = [row.template for row in office.letters(PLATFORM)]
    assert told == ["request_submitted", "answered_by_colleague", "now_shared"]


def test_one_holder_alone_gets_no_letter_about_themselves(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    assert {row.template for row in office.letters(OWNER)} >= {"label_wanted"}
    assert "answered_by_colleague" not in {row.template for row in office.letters(OWNER)}


def test_a_chaser_goes_to_whoever_is_there(office: Office) -> None:
    office.open()
    days = Absence(since=date(2026, 9, 10), until=date(2026, 9, 20))
    absence.away(office.site, PLATFORM, days, office.at)
    assert swept(office, LATER) == {SECOND}
    assert swept(office, FAR) == {PLATFORM, SECOND}


def test_a_chaser_goes_to_all_when_nobody_is_there(office: Office) -> None:
    office.open()
    days = Absence(since=date(2026, 9, 10), until=date(2026, 9, 20))
    for email in (PLATFORM, SECOND):
        absence.away(office.site, email, days, office.at)
    assert swept(office, LATER) == {PLATFORM, SECOND}


def automatic(office: Office, sender: str, more: str = "Auto-Submitted: auto-replied\r\n") -> str:
    letter = office.last(sender)
    headers = f"In-Reply-To: {letter.message_id}\r\n{more}"
    subject = f"Automatisk svar: {letter.subject}"
    return office.mail(sender, subject, "Jeg er på ferie.", headers=headers).verdict


def test_after_an_automatic_reply_the_next_chaser_goes_to_somebody_else(office: Office) -> None:
    office.open()
    assert automatic(office, PLATFORM) == "automatic"
    assert swept(office, LATER) == {SECOND}


def test_whoever_writes_again_is_there_again(office: Office) -> None:
    office.open()
    automatic(office, PLATFORM)
    office.later(days=1)
    office.mail(PLATFORM, "Status", "STATUS")
    assert swept(office, LATER) == {PLATFORM, SECOND}


def test_a_read_receipt_sends_no_chaser_elsewhere(office: Office) -> None:
    office.open()
    letter = office.last(PLATFORM)
    headers = f"In-Reply-To: {letter.message_id}\r\nAuto-Submitted: auto-replied\r\n"
    subject = f"Lest: {letter.subject}"
    body = "Meldingen ble lest mandag 7. september 2026."
    assert office.mail(PLATFORM, subject, body, headers=headers).verdict == "automatic"
    assert swept(office, LATER) == {PLATFORM, SECOND}


def test_an_automatic_reply_to_no_letter_of_ours_tells_nothing(office: Office) -> None:
    office.open()
    headers = "Auto-Submitted: auto-replied\r\n"
    office.mail(PLATFORM, "Automatisk svar: Møte", "Ferie.", headers=headers)
    assert swept(office, LATER) == {PLATFORM, SECOND}


def test_absence_said_by_mail_is_noted_and_answered(office: Office) -> None:
    said = office.mail(PLATFORM, "Ferie", "FRAVÆR 8.9.2026–15.9.2026 VIKAR: " + THIRD)
    assert (said.verdict, said.reasons) == ("answered", ())
    assert "tirsdag 8. september 2026 til og med tirsdag 15. september 2026" in office.text(
        PLATFORM
    )
    assert f"går brevene også til {THIRD}" in office.text(PLATFORM)
    assert office.last(THIRD).template == "substitute"
    assert "KS Læring – KS Læring" in office.text(THIRD)


def test_a_substitute_gets_the_letters_and_may_answer_in_those_days_alone(office: Office) -> None:
    office.mail(PLATFORM, "Ferie", "FRAVÆR 8.9.2026–15.9.2026 VIKAR: " + THIRD)
    assert THIRD not in holders(office, date(2026, 9, 7))
    assert THIRD in holders(office, date(2026, 9, 8)) & holders(office, date(2026, 9, 15))
    assert THIRD not in holders(office, date(2026, 9, 16))
    office.later(days=2)
    number = office.open()
    assert office.last(THIRD).template == "request_submitted"
    assert office.reply(THIRD, "MOTTATT").verdict == "fired"
    assert office.last(PLATFORM).template == "answered_by_colleague"
    office.later(days=10)
    late = office.mail(THIRD, f"Om {number}", "GODTATT")
    assert (late.verdict, office.state(number)) == ("newcomer", "received")


def test_the_chaser_goes_to_the_substitute(office: Office) -> None:
    office.open()
    office.mail(PLATFORM, "Ferie", f"FRAVÆR 8.9.2026–20.9.2026\nVIKAR: {THIRD}")
    office.mail(SECOND, "Ferie", "FRAVÆR: 8.9.2026–20.9.2026")
    assert swept(office, LATER) == {THIRD}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FRAVÆR neste uke", None),
        ("FRAVÆR: neste uke", "absence_unreadable"),
        ("FRAVÆR", "absence_unreadable"),
        ("FRAVÆR 15.9.2026–8.9.2026", "absence_backwards"),
        ("FRAVÆR 1.8.2026–15.8.2026", "day_past"),
        ("FRAVÆR 8.9.2026–15.9.2030", "day_too_far"),
        ("FRAVÆR 8.9.2026–15.9.2026 VIKAR: Kari", "substitute_unreadable"),
        ("FRAVÆR 8.9.2026–15.9.2026 VIKAR: hvem@annen.example", "substitute_elsewhere"),
        (f"FRAVÆR 8.9.2026–15.9.2026 VIKAR: {PLATFORM}", "substitute_self"),
        (f"FRAVÆR 8.9.2026–15.9.2026 VIKAR: {OURS}", "substitute_ours"),
    ],
)
def test_an_absence_that_cannot_be_followed_is_answered_with_the_reason(
    office: Office, text: str, code: str | None
) -> None:
    before = holders(office, date(2026, 9, 10))
    outcome = office.mail(PLATFORM, "Ferie", text)
    if code is None:
        assert outcome.verdict == "unclear"
    else:
        assert (outcome.verdict, [each.code for each in outcome.reasons]) == ("answered", [code])
        assert "Dette er ikke gjort" in office.text(PLATFORM)
    assert holders(office, date(2026, 9, 10)) == before


@pytest.mark.parametrize(
    "text",
    [
        f"FRÅVÆR 8. september 2026–15. september 2026 VIKAR: {THIRD}",
        f"AWAY 2026-09-08 – 2026-09-15 SUBSTITUTE: {THIRD}",
        f"Fravær: 8.–15. september 2026, vikar: {THIRD}",
    ],
)
def test_absence_may_be_said_in_every_language(office: Office, text: str) -> None:
    assert office.mail(PLATFORM, "Borte", text).verdict == "answered"
    assert THIRD in holders(office, date(2026, 9, 15))


def test_an_unproved_absence_changes_nothing(office: Office) -> None:
    office.mail(PLATFORM, "Ferie", f"FRAVÆR 8.9.2026–15.9.2026 VIKAR: {THIRD}", aligned=False)
    assert THIRD not in holders(office, date(2026, 9, 10))


def test_absence_may_be_said_in_a_reply_about_a_request(office: Office) -> None:
    number = office.open()
    outcome = office.reply(PLATFORM, f"FRAVÆR 8.9.2026–15.9.2026 VIKAR: {THIRD}")
    assert (outcome.verdict, outcome.request) == ("answered", number)
    assert office.state(number) == "submitted"
    assert THIRD in holders(office, date(2026, 9, 10))


def test_own_words_to_the_letter_about_standing_in_are_kept(office: Office) -> None:
    office.mail(PLATFORM, "Ferie", "FRAVÆR 7.9.2026–15.9.2026 VIKAR: " + THIRD)
    assert office.reply(THIRD, "Dette er ikke avtalt med meg.").verdict == "remark"
    assert "Koordinatoren leser det" in office.text(THIRD)


def test_a_coordinator_may_record_an_absence(office: Office) -> None:
    days = Absence(since=date(2026, 9, 8), until=date(2026, 9, 15), substitute=THIRD)
    absence.away(office.site, PLATFORM, days, AT)
    assert office.last(THIRD).template == "substitute"
    with pytest.raises(RefusedError) as refused:
        absence.away(office.site, "ukjent@ks.example", days, AT)
    assert [reason.code for reason in refused.value.reasons] == ["holds_nothing"]


def test_a_registered_domain_of_the_party_is_enough_for_a_substitute(office: Office) -> None:
    days = Absence(since=date(2026, 9, 8), until=date(2026, 9, 15), substitute="v@kslaring.example")
    with pytest.raises(RefusedError):
        absence.away(office.site, PLATFORM, days, AT)
    domains.changed(office.site, "ks-laering", ["kslaring.example"])
    recorded = absence.away(office.site, PLATFORM, days, AT)
    assert [(each.party, each.duty) for each in recorded.stands_in] == [
        ("ks-laering", "ks_laering")
    ]


def test_a_longer_absence_fills_in_only_the_days_that_were_lacking(office: Office) -> None:
    for until in (date(2026, 9, 15), date(2026, 9, 20), date(2026, 9, 18)):
        days = Absence(since=date(2026, 9, 8), until=until, substitute=THIRD)
        absence.away(office.site, PLATFORM, days, office.at)
        office.later(minutes=1)
    with office.site.database.reading() as tx:
        held = [each for each in register.contacts(tx) if each.email == THIRD]
    assert [(each.valid_from.day, each.valid_until and each.valid_until.day) for each in held] == [
        (8, 15),
        (16, 20),
    ]


def test_an_absence_under_a_command_is_noted_in_the_same_answer(office: Office) -> None:
    number = office.open()
    count = len(office.letters(PLATFORM))
    outcome = office.reply(PLATFORM, f"MOTTATT\nFRAVÆR 8.9.2026–15.9.2026 VIKAR: {THIRD}")
    assert (outcome.verdict, office.state(number)) == ("fired", "received")
    assert len(office.letters(PLATFORM)) == count + 1
    assert "MOTTATT" in office.text(PLATFORM)
    assert f"går brevene også til {THIRD}" in office.text(PLATFORM)
    assert office.last(THIRD).template == "substitute"


def test_an_absence_under_a_command_may_fail_by_itself(office: Office) -> None:
    number = office.open()
    outcome = office.reply(PLATFORM, "MOTTATT\nFRAVÆR 15.9.2026–8.9.2026")
    assert (outcome.verdict, office.state(number)) == ("fired", "received")
    assert "Fraværet kan ikke slutte" in office.text(PLATFORM)
