"""What a coordinator does with stored messages: judged anew, tied to a request, laid aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from engine.errors import NotFoundError, RefusedError
from engine.service import receive
from engine.service.mail import by_coordinator
from engine.store.contacts import register
from engine.store.mail_in import inbox
from engine.store.mail_in import sorting as rows
from engine.store.mail_in.inbox import MailRow
from tests.integration.office import OWNER, PLATFORM, SUBJECT, Office, form, new_office

STRANGER = "vikar@si.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def row(office: Office, mail: int) -> MailRow:
    with office.site.database.reading() as tx:
        return inbox.get(tx, mail)


def handled(office: Office, mail: int) -> list[tuple[str, str | None, str]]:
    with office.site.database.reading() as tx:
        return [(each.action, each.verdict, each.note) for each in rows.of_mail(tx, mail)]


def codes(work: Callable[[], object]) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        work()
    return [reason.code for reason in refused.value.reasons]


def test_a_message_from_a_stranger_opens_once_the_stranger_is_registered(office: Office) -> None:
    before = office.mail(STRANGER, SUBJECT, form(), aligned=False)
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="si", duty="elearning", email=STRANGER, valid_from=date(2026, 1, 1)
        )
    raw = office.raw(STRANGER, SUBJECT, form())
    known = receive.take(office.site, raw, "test", office.at)

    again = receive.retry(office.site, before.mail, office.at)
    now = receive.retry(office.site, known, office.at)

    assert (before.verdict, again.verdict) == ("unknown_sender", "unconfirmed")
    assert handled(office, before.mail) == [("retry", "unknown_sender", "")]
    assert (now.verdict, office.state(now.request)) == ("opened", "submitted")
    assert handled(office, known) == [("retry", None, "")]


def test_what_a_message_has_brought_about_is_never_done_again(office: Office) -> None:
    number = office.open()
    events, letters = office.events(number), len(office.letters())

    again = receive.retry(office.site, 1, office.at)

    assert (again.verdict, again.request) == ("opened", number)
    assert [event for event, _, _ in again.events] == ["open", "submit"]
    assert (office.events(number), len(office.letters())) == (events, letters)
    assert handled(office, 1) == []


def test_a_message_may_be_judged_anew_any_number_of_times(office: Office) -> None:
    first = office.mail(OWNER, "Hilsen", "Hei på deg")

    verdicts = [receive.retry(office.site, first.mail, office.at).verdict for _ in range(3)]

    assert verdicts == [first.verdict] * 3
    assert len(office.letters(OWNER)) == 4


def test_a_message_fires_an_event_on_behalf_of_a_holder(office: Office) -> None:
    number = office.open()
    mail = office.mail("vikar@ks.example", "Om kurset", "Dette er helt greit.").mail

    outcome = by_coordinator.attach(
        office.site, mail, number, office.at, event="accept", email=PLATFORM
    )

    assert (outcome.verdict, outcome.request) == ("fired", number)
    assert outcome.events == (("accept", "submitted", "accepted"),)
    with office.site.database.reading() as tx:
        (cause,) = tx.all("history_by_cause", {"cause_kind": "mail", "cause_ref": str(mail)})
    assert cause["event"] == "accept"
    assert row(office, mail).verdict == "fired"
    assert handled(office, mail) == [("attach", "newcomer", f"{number} accept")]


def test_the_same_message_fires_the_same_event_once(office: Office) -> None:
    number = office.open()
    mail = office.mail(PLATFORM, "Om kurset", "Helt greit.").mail
    for _ in range(2):
        by_coordinator.attach(office.site, mail, number, office.at, event="accept")

    assert office.events(number).count("accept") == 1
    assert len(handled(office, mail)) == 1
    assert receive.retry(office.site, mail, office.at).verdict == "fired"


def test_the_text_after_the_word_goes_along_and_else_the_whole_text(office: Office) -> None:
    number = office.open()
    word = office.mail(PLATFORM, "Om kurset", "Vi har sett på det.\n\nMANGLER: bedre mål").mail
    by_coordinator.attach(office.site, word, number, office.at, event="request_changes")

    assert "bedre mål" in office.text(OWNER)
    assert "sett på det" not in office.text(OWNER)


def test_rules_hold_for_attached_messages_too(office: Office) -> None:
    number = office.open()
    mail = office.mail(OWNER, "Om kurset", "Hei").mail

    def attach(event: str, email: str = "") -> list[str]:
        return codes(
            lambda: by_coordinator.attach(
                office.site, mail, number, office.at, event=event, email=email
            )
        )

    assert attach("accept") == ["not_your_role"]
    assert attach("no_such_event") == ["unknown_event"]
    assert attach("accept", "ukjent@ks.example") == ["unknown_address"]
    assert handled(office, mail) == []
    with pytest.raises(NotFoundError):
        by_coordinator.attach(office.site, mail, "KD-2026-0999", office.at)
    with pytest.raises(NotFoundError):
        by_coordinator.attach(office.site, 999, number, office.at, event="accept")


def test_a_message_may_be_kept_with_a_request_and_changes_nothing(office: Office) -> None:
    number = office.open()
    events = office.events(number)
    mail = office.mail("noen@fremmed.example", "Om kurset", "Hei", aligned=False).mail

    outcome = by_coordinator.attach(office.site, mail, number, office.at)

    assert (outcome.verdict, outcome.request, outcome.events) == ("remark", number, ())
    assert office.events(number) == events


def test_a_message_that_moved_one_request_is_not_attached_to_another(office: Office) -> None:
    office.open()
    other = office.open(Kursets_kortnavn="SI-FALL2", Fullt_navn_på_kurset="Et annet kurs")

    assert codes(lambda: by_coordinator.attach(office.site, 1, other, office.at)) == [
        "mail_is_about"
    ]


def test_a_discarded_message_stays_with_its_verdict(office: Office) -> None:
    mail = office.mail("noen@fremmed.example", "Tilbud", "Kjøp!", aligned=False).mail

    outcome = by_coordinator.discard(office.site, mail, "reklame", office.at)

    assert outcome.verdict == "unknown_sender"
    assert handled(office, mail) == [("discard", "unknown_sender", "reklame")]


def test_a_message_that_was_never_judged_is_not_judged_after_all(office: Office) -> None:
    mail = receive.take(office.site, office.raw(OWNER, SUBJECT, form()), "test", office.at)
    by_coordinator.discard(office.site, mail, "sendt ved en feil", office.at)

    with office.site.database.reading() as tx:
        assert inbox.undecided(tx) == ()
    assert row(office, mail).verdict == "unclear"


def test_a_reason_is_needed_and_what_is_forgotten_stays_so(office: Office) -> None:
    mail = office.mail(OWNER, "Hilsen", "Hei").mail
    with office.site.database.transaction() as tx:
        inbox.forget(tx, mail)

    assert codes(lambda: by_coordinator.discard(office.site, mail, " ", office.at)) == [
        "discard_reason_missing"
    ]
    assert codes(lambda: receive.retry(office.site, mail, office.at)) == ["mail_forgotten"]
