"""A trust puts a course into KS Læring by mail, from the first mail to the end of the share."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.time.sweep import sweep
from engine.store.cases import queries
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    new_office,
)

GMAIL = "\n\nDen man. 7. sep. 2026 kl. 10:15 skrev Kursdeling <x@y.example>:\n> AVSLÅTT: nei\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def shared(office: Office) -> str:
    number = office.open()
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    return number


def test_one_complete_mail_is_enough_to_be_submitted(office: Office) -> None:
    outcome = office.mail(OWNER, SUBJECT, form())
    assert outcome.verdict == "opened"
    assert outcome.request == "KD-2026-0001"
    assert outcome.events == (("open", None, "draft"), ("submit", "draft", "submitted"))
    assert office.last(OWNER).template == "receipt"
    assert office.last(PLATFORM).template == "request_submitted"


def test_the_answers_move_the_request_to_its_label(office: Office) -> None:
    number = office.open()
    assert office.reply(PLATFORM, "Mottatt!" + GMAIL).verdict == "fired"
    assert office.reply(PLATFORM, "*GODTATT.*\n\nMvh\nKS Læring").verdict == "fired"
    assert "delt til KS Læring" in office.text(OWNER)
    assert office.reply(OWNER, "Hei,\nmerket").verdict == "fired"
    assert office.state(number) == "shared"
    with office.site.database.reading() as tx:
        (row,) = queries.catalogue(tx)
    assert (row.request, row.direction, row.owner) == (number, "to_ks", "si")


def test_two_commands_in_one_mail_are_two_events_and_one_answer(office: Office) -> None:
    number = office.open()
    before = len(office.letters(PLATFORM))
    outcome = office.reply(PLATFORM, "MOTTATT\nGODTATT\n")
    assert [event for event, _, _ in outcome.events] == ["acknowledge", "accept"]
    assert len(office.letters(PLATFORM)) == before + 1
    text = office.text(PLATFORM)
    assert "MOTTATT" in text
    assert "GODTATT" in text
    assert office.state(number) == "accepted"


def test_the_same_mail_twice_changes_nothing(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    raw = office.raw(
        PLATFORM, "SV", "MOTTATT", headers=f"References: <a@b.example> {letter.message_id}\r\n"
    )
    assert office.take(raw).verdict == "fired"
    count, events = len(office.letters()), office.events(number)
    assert office.take(b"Received: by another route\r\n" + raw).verdict == "repeated"
    assert (len(office.letters()), office.events(number)) == (count, events)


def test_a_second_acknowledgement_is_answered_and_leaves_no_history(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, "MOTTATT")
    events = office.events(number)
    outcome = office.reply(PLATFORM, "MOTTATT")
    assert outcome.verdict == "already_done"
    assert [reason.code for reason in outcome.reasons] == ["already_done"]
    assert office.events(number) == events
    assert "alt gjort" in office.text(PLATFORM)


def test_what_is_missing_goes_back_and_a_corrected_line_is_enough(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, "MANGLER: tidsbruk\nHvor lang tid tar testen?")
    assert "Hvor lang tid tar testen?" in office.text(OWNER)
    outcome = office.reply(OWNER, "Tidsbruk: 60 min")
    assert [event for event, _, _ in outcome.events] == ["fill_in", "resubmit"]
    assert office.state(number) == "submitted"
    assert "60 min" in office.text(PLATFORM)


def test_a_form_can_be_corrected_inside_our_quoted_form(office: Office) -> None:
    number = office.open(Tidsbruk="0 min")
    quoted = office.text(OWNER).replace("Tidsbruk: 0 min", "Tidsbruk: 30 min")
    body = "Rettet nedenfor.\n\nDen 7. sep. 2026 kl. 10:15 skrev Kursdeling:\n" + "\n".join(
        f"> {line}" for line in quoted.splitlines()
    )
    assert office.reply(OWNER, body).verdict == "fired"
    assert office.state(number) == "submitted"
    assert "Tidsbruk: 30 min" in office.text(OWNER)


def test_opinions_are_asked_for_and_without_remarks_the_last_one_submits(office: Office) -> None:
    number = office.open(Unntak=None)
    assert office.state(number) == "consulting"
    assert office.reply(EXPERTS, "Ingen merknader").verdict == "fired"
    outcome = office.reply(LIAISON, "Ingen merknader")
    assert [event for event, _, _ in outcome.events] == ["give_opinion", "submit"]


def test_an_opinion_with_text_is_read_by_the_owner_who_submits(office: Office) -> None:
    number = office.open(Unntak=None)
    assert office.reply(EXPERTS, "UTTALELSE: Kurset er godt.\nVi støtter det.").verdict == "fired"
    outcome = office.reply(LIAISON, "Ingen merknader")
    assert [event for event, _, _ in outcome.events] == ["give_opinion"]
    outcome = office.reply(OWNER, "SEND")
    assert [event for event, _, _ in outcome.events] == ["submit"]
    assert office.state(number) == "submitted"
    assert "Vi støtter det." not in office.text(PLATFORM)


def test_ending_needs_an_aligned_mail_and_takes_the_label_on_its_day(office: Office) -> None:
    number = shared(office)
    refused = office.reply(OWNER, "AVSLUTT 1.10.2026", aligned=False)
    assert [reason.code for reason in refused.reasons] == ["proof_too_low"]
    assert office.reply(OWNER, "AVSLUTT 1.10.2026").verdict == "fired"
    assert office.reply(PLATFORM, "BEKREFT").verdict == "fired"
    assert office.reply(OWNER, "BEKREFT").verdict == "refused"
    office.later(days=24)
    sweep(office.site, office.at)
    assert office.state(number) == "ending"  # 1 October, before 24.00 in Oslo
    office.later(hours=15)
    sweep(office.site, office.at)
    assert office.state(number) == "ended"
    with office.site.database.reading() as tx:
        assert not queries.catalogue(tx)


def test_undoing_an_ending_keeps_the_share(office: Office) -> None:
    number = shared(office)
    office.reply(OWNER, "AVSLUTT 1. desember 2026")
    assert office.reply(PLATFORM, "ANGRE").verdict == "refused"
    assert office.reply(OWNER, "ANGRE").verdict == "fired"
    assert office.state(number) == "shared"


def test_a_silent_draft_is_warned_and_closed_after_sixty_days(office: Office) -> None:
    number = office.open(Tidsbruk="0 min")
    for _ in range(61):
        office.later(days=1)
        sweep(office.site, office.at)
    assert office.events(number)[-1] == "give_up"
    templates = [letter.template for letter in office.letters(OWNER)]
    assert templates == ["form_faults", "remind", "lapse_warning", "request_lapsed"]


def test_own_words_are_kept_and_status_is_told(office: Office) -> None:
    office.open()
    assert office.reply(PLATFORM, "Vi har fått ny leder på avdelingen.").verdict == "remark"
    assert office.reply(PLATFORM, "status").verdict == "answered"
    assert "Sendt" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "HJELP").verdict == "answered"


def test_somebody_may_choose_nynorsk(office: Office) -> None:
    office.open()
    assert office.reply(OWNER, "SPRÅK: nynorsk").verdict == "answered"
    office.reply(PLATFORM, "GODTATT")
    assert office.last(OWNER).language == "nn"
    assert "Sjukehus" in office.text(OWNER) or "dykk" in office.text(OWNER)


def test_a_duty_without_a_holder_is_told_to_the_coordinator(office: Office) -> None:
    number = office.mail(
        "elaering@ahus.example",
        SUBJECT,
        form(Unntak=None, Produsert_av="A, B, C, Akershus universitetssykehus"),
    ).request
    assert office.state(number) == "consulting"
    assert {letter.template for letter in office.letters(COORDINATOR)} == {"no_contact"}
