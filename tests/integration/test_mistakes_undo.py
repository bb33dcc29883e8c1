"""One's own last act is taken back while the letters that it caused to others wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import RefusedError
from engine.service.acts.commands import fire
from engine.service.deliver import deliver
from engine.service.requests import mending
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store.cases import queries, timers
from engine.store.cases.requests import load_request
from tests.integration.office import (
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    form,
    new_office,
)

OFFER = "Var dette feil? Svar ANGRE."


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site", letters__undo_minutes="15")


def sent(office: Office, minutes: int = 20) -> None:
    """Let the window pass and the letters leave."""
    office.later(minutes=minutes)
    deliver(office.site, office.at)


def submitted(office: Office) -> str:
    number = office.open()
    sent(office)
    return number


def shares(office: Office) -> list[tuple[str, str]]:
    with office.site.database.reading() as tx:
        return [(row.request, row.direction) for row in queries.catalogue(tx)]


def whole(office: Office) -> bool:
    return verified(office.site).ok


def codes(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def test_the_receipt_offers_to_take_back_and_letters_to_others_wait(office: Office) -> None:
    submitted(office)
    office.reply(PLATFORM, "GODTATT")
    assert OFFER in office.text(PLATFORM)
    assert office.last(OWNER).template == "label_wanted"
    assert office.last(OWNER).state == "waiting"
    assert office.last(PLATFORM).state == "sent"


def test_undo_by_mail_puts_everything_back_and_the_letters_never_leave(office: Office) -> None:
    number = submitted(office)
    with office.site.database.reading() as tx:
        before, armed = load_request(tx, number), timers.armed(tx, number)
    office.reply(PLATFORM, "GODTATT")
    office.later(minutes=5)
    outcome = office.reply(PLATFORM, "Oi.\nANGRE")
    assert outcome.verdict == "fired"
    assert outcome.events == (("undo", "accepted", "submitted"),)
    assert "Svaret «ANGRE»: utført. Saken står nå som «Sendt». Ingen andre" in office.text(PLATFORM)
    assert OFFER not in office.text(PLATFORM)
    assert office.last(OWNER).state == "cancelled"
    with office.site.database.reading() as tx:
        after, rearmed = load_request(tx, number), timers.armed(tx, number)
    assert before is not None
    assert after is not None
    assert (after.state, after.since, after.due_at, after.form, after.kept, after.done) == (
        before.state, before.since, before.due_at, before.form, before.kept, before.done,
    )  # fmt: skip
    assert [(t.action, t.due_at, t.at_most) for t in rearmed] == [
        (t.action, t.due_at, t.at_most) for t in armed
    ]
    sent(office, 60)
    left = [row.template for row in office.letters(OWNER) if row.state == "sent"]
    assert left == ["receipt"]
    assert whole(office)


def test_the_request_goes_on_as_if_it_had_not_been(office: Office) -> None:
    number = submitted(office)
    office.reply(PLATFORM, "GODTATT")
    outcome = office.reply(PLATFORM, "ANGRE\nMANGLER: tidsbruk")
    assert [event for event, _, _ in outcome.events] == ["undo", "request_changes"]
    assert office.state(number) == "incomplete"
    assert office.last(OWNER).template == "changes_wanted"
    assert office.reply(PLATFORM, "ANGRE").events == (("undo", "incomplete", "submitted"),)
    assert office.reply(PLATFORM, "GODTATT").verdict == "fired"
    assert office.state(number) == "accepted"
    assert whole(office)


def test_all_that_one_mail_did_is_taken_back_together(office: Office) -> None:
    number = submitted(office)
    office.reply(PLATFORM, "MOTTATT\nGODTATT")
    assert office.reply(PLATFORM, "Angre!").events == (("undo", "accepted", "submitted"),)
    assert {row.state for row in office.letters(OWNER)} == {"sent", "cancelled"}
    assert office.state(number) == "submitted"


def test_only_the_last_of_two_mails_is_taken_back(office: Office) -> None:
    number = submitted(office)
    office.reply(PLATFORM, "MOTTATT")
    office.reply(PLATFORM, "GODTATT")
    assert office.reply(PLATFORM, "ANGRE").events == (("undo", "accepted", "received"),)
    refused = office.reply(PLATFORM, "ANGRE")
    assert refused.verdict == "refused"
    assert [reason.code for reason in refused.reasons] == ["nothing_to_undo"]
    assert office.state(number) == "received"


def test_a_follow_up_is_taken_back_with_the_opinion_that_caused_it(office: Office) -> None:
    number = office.open(Unntak=None)
    sent(office)
    office.reply(EXPERTS, "INGEN MERKNADER")
    sent(office)
    outcome = office.reply(LIAISON, "INGEN MERKNADER")
    assert [event for event, _, _ in outcome.events] == ["give_opinion", "submit"]
    assert office.reply(LIAISON, "ANGRE").events == (("undo", "submitted", "consulting"),)
    assert "request_submitted" not in {
        row.template for row in office.letters(PLATFORM) if row.state != "cancelled"
    }
    with office.site.database.reading() as tx:
        request = load_request(tx, number)
    assert request is not None
    assert set(request.kept["opinions"]) == {"experts"}
    assert office.reply(LIAISON, "UTTALELSE: Se på kapittel 2.").events[-1][2] == "consulting"


def test_a_share_and_its_label_go_with_the_undo(office: Office) -> None:
    number = submitted(office)
    office.reply(PLATFORM, "GODTATT")
    sent(office)
    office.reply(OWNER, "MERKET")
    assert shares(office) == [(number, "to_ks")]
    assert office.reply(OWNER, "ANGRE").events == (("undo", "shared", "accepted"),)
    assert shares(office) == []
    assert whole(office)
    office.reply(OWNER, "MERKET")
    assert shares(office) == [(number, "to_ks")]
    assert whole(office)


def test_a_short_name_that_was_let_go_is_held_again(office: Office) -> None:
    number = submitted(office)
    office.reply(OWNER, "TREKK")
    assert office.reply(OWNER, "ANGRE").events == (("undo", "withdrawn", "submitted"),)
    with office.site.database.reading() as tx:
        course = queries.case(tx, number).course
    assert course is not None
    assert course.claimed


def test_a_short_name_that_another_took_meanwhile_is_not_taken_back(office: Office) -> None:
    number = submitted(office)
    office.reply(OWNER, "TREKK")
    office.mail("elaering@ahus.example", "Deling til KS Læring: Fall", form())
    with pytest.raises(RefusedError) as refused:
        mending.undo(office.site, number, email=OWNER, at=office.at)
    assert codes(refused) == ["short_name_taken"]
    assert whole(office)


def test_an_opening_that_is_taken_back_is_withdrawn_and_nobody_hears_of_it(office: Office) -> None:
    number = office.open()
    assert OFFER in office.text(OWNER)
    assert office.reply(OWNER, "ANGRE").events == (("undo", "submitted", "withdrawn"),)
    sent(office)
    assert [row.state for row in office.letters(PLATFORM)] == ["cancelled"]
    assert office.state(number) == "withdrawn"
    assert office.open() == "KD-2026-0002"
    assert whole(office)


def test_after_the_window_it_is_too_late(office: Office) -> None:
    number = submitted(office)
    office.reply(PLATFORM, "GODTATT")
    sent(office)
    outcome = office.reply(PLATFORM, "ANGRE")
    assert outcome.verdict == "refused"
    assert [reason.code for reason in outcome.reasons] == ["too_late"]
    assert "for sent å angre" in office.text(PLATFORM)
    assert office.state(number) == "accepted"


def test_nobody_takes_back_what_another_did(office: Office) -> None:
    number = submitted(office)
    office.reply(PLATFORM, "GODTATT")
    outcome = office.reply(OWNER, "ANGRE")
    assert [reason.code for reason in outcome.reasons] == ["not_your_act"]
    assert office.state(number) == "accepted"


def test_what_a_deadline_did_is_nobodys_to_take_back(office: Office) -> None:
    number = office.open(Tidsbruk=None)
    office.later(days=100)
    sweep(office.site, office.at)
    assert office.state(number) == "withdrawn"
    with pytest.raises(RefusedError) as refused:
        mending.undo(office.site, number, email=OWNER, at=office.at)
    assert codes(refused) == ["nothing_to_undo"]


def test_a_command_undoes_a_command_and_its_key_acts_once(office: Office) -> None:
    number = submitted(office)
    fire(office.site, number, "accept", email=PLATFORM, at=office.at)
    tried = mending.undo(office.site, number, email=PLATFORM, at=office.at, dry_run=True)
    assert tried.events == (("undo", "accepted", "submitted"),)
    assert office.state(number) == "accepted"
    done = mending.undo(office.site, number, email=PLATFORM, at=office.at, key="k")
    again = mending.undo(office.site, number, email=PLATFORM, at=office.at, key="k")
    assert (done.events, done.repeated, again.events, again.repeated) == (
        tried.events, False, tried.events, True,
    )  # fmt: skip


def test_a_held_letter_keeps_the_window_open_until_it_is_released(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="hold")
    number = office.open()
    fire(office.site, number, "accept", email=PLATFORM, at=office.at)
    office.later(days=3)
    done = mending.undo(office.site, number, email=PLATFORM, at=office.at)
    assert done.events == (("undo", "accepted", "submitted"),)
    assert {row.state for row in office.letters() if row.template == "label_wanted"} == {
        "cancelled"
    }


def test_no_receipt_offers_what_cannot_be_had(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open()
    office.reply(PLATFORM, "GODTATT")
    assert OFFER not in office.text(PLATFORM)


def test_in_an_ending_the_word_is_the_routines_own(office: Office) -> None:
    number = submitted(office)
    for who, word in ((PLATFORM, "GODTATT"), (OWNER, "MERKET"), (OWNER, "AVSLUTT 1.12.2026")):
        office.reply(who, word)
        sent(office)
    assert office.reply(OWNER, "ANGRE").events == (("undo_ending", "ending", "shared"),)
    office.reply(OWNER, "AVSLUTT 1.12.2026")
    sent(office)
    office.reply(PLATFORM, "BEKREFT")
    assert office.reply(PLATFORM, "ANGRE").events == (("undo", "ending", "ending"),)
    refused = office.reply(PLATFORM, "ANGRE")
    assert [reason.code for reason in refused.reasons] == ["ended_by_other"]
    assert office.reply(OWNER, "UNDO").events == (("undo_ending", "ending", "shared"),)
    assert shares(office) == [(number, "to_ks")]
    assert whole(office)


def test_a_word_and_its_undo_in_one_mail_do_not_fight(office: Office) -> None:
    number = submitted(office)
    outcome = office.reply(PLATFORM, "GODTATT\nANGRE")
    assert [event for event, _, _ in outcome.events] == ["accept"]
    assert [reason.code for reason in outcome.reasons] == ["nothing_to_undo"]
    assert office.state(number) == "accepted"
    assert whole(office)
