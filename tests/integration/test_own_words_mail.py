"""Replies in people's own words: a question comes back at once, and only a JA to it moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.letters.posting import envelope_of
from engine.service.requests import mending
from engine.service.time.sweep import sweep
from engine.store.cases import queries, timers
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    new_office,
)

GOOD = "Dette er et veldig bra kurs, og vi godkjenner det."


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def days(office: Office, count: int) -> None:
    """Let days pass, each with a sweep."""
    for _ in range(count):
        office.later(days=1)
        sweep(office.site, office.at)


def templates(office: Office, receiver: str) -> list[str]:
    """What was written to `receiver`, but for the morning letters."""
    found = (letter.template for letter in office.letters(receiver))
    return [template for template in found if template != "morning"]


def reply_to(office: Office, letter: LetterRow, sender: str, body: str) -> str:
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(sender, f"SV: {letter.subject}", body, headers=headers).verdict


def test_own_words_are_answered_at_once_and_change_nothing(office: Office) -> None:
    number = office.open()
    events = office.events(number)
    outcome = office.reply(PLATFORM, f"Hei!\n{GOOD}\n\nMvh\nKS Læring")
    assert (outcome.verdict, outcome.request, outcome.events) == ("suggested", number, ())
    assert office.events(number) == events
    text = office.text(PLATFORM)
    assert "Vi forstår svaret som GODTATT. Svar JA på denne e-posten" in text
    assert f"> {GOOD}" in text
    assert office.last(PLATFORM).state == "sent"


def test_a_yes_to_the_question_is_the_act_with_the_yes_as_its_cause(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, GOOD)
    outcome = office.reply(PLATFORM, "Ja!")
    assert outcome.verdict == "fired"
    assert outcome.events == (("accept", "submitted", "accepted"),)
    with office.site.database.reading() as tx:
        row = queries.history(tx, number)[-1]
    assert (row.cause.kind, row.cause.ref, row.actor) == ("mail", str(outcome.mail), PLATFORM)
    assert "«GODTATT»: utført." in office.text(PLATFORM)
    assert office.last(OWNER).template == "label_wanted"


def test_an_opinion_is_kept_in_the_words_that_it_was_given_in(office: Office) -> None:
    number = office.open(Unntak=None)
    said = "Fagmiljøet har lest gjennom kurset og har ingen merknader."
    assert office.reply(EXPERTS, said).verdict == "suggested"
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert office.reply(LIAISON, "Vi støtter at kurset deles.").verdict == "suggested"
    outcome = office.reply(LIAISON, "JA")
    assert [event for event, _, _ in outcome.events] == ["give_opinion"]
    given = [row.variables["note"] for row in office.letters(OWNER)]
    assert given[-2:] == [said, "Vi støtter at kurset deles."]
    assert office.state(number) == "consulting"


def test_nynorsk_is_answered_in_nynorsk(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "MÅLFORM: nynorsk")
    assert office.reply(PLATFORM, "Kurset er fint, og vi godtek det.").verdict == "suggested"
    assert "Vi forstår svaret som GODTEKE. Svar JA på denne e-posten dersom" in office.text(
        PLATFORM
    )
    assert office.reply(PLATFORM, "ja").verdict == "fired"


def test_a_yes_to_any_other_letter_moves_nothing_and_is_helped(office: Office) -> None:
    number = office.open()
    request_letter = office.last(PLATFORM)
    office.reply(PLATFORM, GOOD)
    assert reply_to(office, request_letter, PLATFORM, "JA") == "answered"
    assert office.last(PLATFORM).template == "help"
    assert office.state(number) == "submitted"


def test_a_yes_from_somebody_else_than_the_one_asked_moves_nothing(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, GOOD)
    question = office.last(PLATFORM)
    assert reply_to(office, question, OWNER, "JA") == "answered"
    assert office.state(number) == "submitted"


@pytest.mark.parametrize(
    "body",
    [
        "JA\n\nMen vent til bildene er byttet.",
        "Ja, når bildene er byttet.",
        "Ok, skal sjekke med sjefen.",
        "Ja, det kan hende.",
    ],
)
def test_a_yes_with_more_is_asked_again(office: Office, body: str) -> None:
    number = office.open()
    office.reply(PLATFORM, GOOD)
    first = office.last(PLATFORM)
    outcome = office.reply(PLATFORM, body)
    assert (outcome.verdict, outcome.events) == ("suggested", ())
    assert office.state(number) == "submitted"
    assert office.last(PLATFORM).template == first.template
    assert "Du skrev ja og mer: «" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "Ja").verdict == "fired"


@pytest.mark.parametrize("body", ["Nei.", "Nei, det stemmer ikke.", "Nei takk", "Stemmer ikke."])
def test_any_other_no_is_asked_what_it_means_with_the_choices(office: Office, body: str) -> None:
    number = office.open()
    office.reply(PLATFORM, GOOD)
    assert office.reply(PLATFORM, body).verdict == "unclear"
    text = office.text(PLATFORM)
    assert "Hva mente du?" in text
    assert "AVSLÅTT: grunn" in text
    assert "MANGLER: hva som mangler" in text
    assert office.reply(PLATFORM, "JA").verdict == "answered"
    assert office.state(number) == "submitted"


def test_a_yes_answers_its_question_once(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, GOOD)
    question = office.last(PLATFORM)
    assert reply_to(office, question, PLATFORM, "JA") == "fired"
    assert office.fire(number, "withdraw", OWNER) is None
    with_reason = {"reason": "Feil ord.", "at": office.at}
    mending.correct(office.site, number, "received", **with_reason)
    assert reply_to(office, question, PLATFORM, "JA") == "suggested"
    assert office.state(number) == "received"
    assert "Saken har gått videre siden vi spurte." in office.text(PLATFORM)
    assert office.reply(PLATFORM, "JA").verdict == "fired"


@pytest.mark.parametrize(
    ("who", "body", "words"),
    [
        (PLATFORM, "Kurset er ikke godkjent.", ["AVSLÅTT: grunn"]),
        (PLATFORM, "Vi avslår dette.", ["AVSLÅTT: grunn", "MANGLER: hva som mangler"]),
        (PLATFORM, "Kurset er avslått av oss.", ["AVSLÅTT: grunn", "MANGLER: hva som mangler"]),
        (PLATFORM, "Vi kan dessverre ikke godta kurset.", ["AVSLÅTT: grunn"]),
        (OWNER, "Vi trekker nok saken.", ["TREKK"]),
        (OWNER, "Hei, vi vil gjerne trekke bestillingen.", ["TREKK"]),
    ],
)
def test_what_seems_to_reject_or_withdraw_gets_the_exact_word(
    office: Office, who: str, body: str, words: list[str]
) -> None:
    number = office.open()
    outcome = office.reply(who, body)
    assert (outcome.verdict, outcome.events) == ("unclear", ())
    text = office.text(who)
    assert all(word in text for word in words)
    assert ("TREKK" in text) is (who == OWNER)
    assert office.state(number) == "submitted"
    days(office, 1)
    assert "remind" not in templates(office, PLATFORM)


def test_what_seems_to_end_a_share_gets_the_exact_word(office: Office) -> None:
    number = office.open()
    for who, word in ((PLATFORM, "GODTATT"), (OWNER, "MERKET")):
        assert office.reply(who, word).verdict == "fired"
    for who, body, word in (
        (OWNER, "Vi ønsker å avslutte delingen.", "AVSLUTT"),
        (PLATFORM, "Kurset brukes ikke lenger hos oss.", "IKKE I BRUK"),
    ):
        assert office.reply(who, body).verdict == "unclear"
        assert word in office.text(who)
        assert office.state(number) == "shared"


def test_a_yes_too_late_is_told_that_it_is_done_already(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, GOOD)
    question = office.last(PLATFORM)
    assert reply_to(office, question, PLATFORM, "GODTATT") == "fired"
    events = office.events(number)
    assert reply_to(office, question, PLATFORM, "JA") == "already_done"
    assert "dette er alt gjort (KS Læring, mandag 7. september 2026)" in office.text(PLATFORM)
    office.reply(OWNER, "TREKK")
    assert reply_to(office, question, PLATFORM, "JA") in ("already_done", "refused")
    assert office.events(number)[: len(events)] == events


@pytest.mark.parametrize(
    "body",
    [
        "Vi godtar det så snart bildene er nye.",
        "Mangler vi noe?",
        "Ja, men vi må se på det først.",
        "Vi trekker kurset.",
        "Her er det Kari skrev: godkjent",
    ],
)
def test_what_is_not_clearly_meant_stays_a_remark(office: Office, body: str) -> None:
    number = office.open()
    assert office.reply(PLATFORM, body).verdict == "remark"
    assert office.last(PLATFORM).template == "answer"
    assert office.last(OWNER).template == "words"
    assert office.state(number) == "submitted"


def test_a_forwarded_approval_is_nobodys_answer(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    headers = f"References: {letter.message_id}\r\n"
    outcome = office.mail(PLATFORM, f"VS: {letter.subject}", GOOD, headers=headers)
    assert outcome.verdict == "remark"
    assert office.state(number) == "submitted"


def test_somebody_who_is_not_waited_for_is_never_understood(office: Office) -> None:
    office.open()
    assert office.reply(OWNER, "Kurset er merket.").verdict == "remark"


def test_no_chaser_goes_while_a_suggestion_waits_and_then_the_coordinator_hears(
    office: Office,
) -> None:
    office.open()  # a Monday; the chaser would go on the Monday after
    days(office, 4)
    assert office.reply(PLATFORM, GOOD).verdict == "suggested"
    days(office, 3)  # Monday: one working day after Friday
    assert templates(office, COORDINATOR) == []
    days(office, 2)
    assert templates(office, COORDINATOR) == ["suggestion_unanswered"]
    (told,) = [each for each in office.letters(COORDINATOR) if each.template != "morning"]
    text = office.site.letters.text(envelope_of(told))
    assert "Vi forsto svaret som GODTATT" in text
    assert f"> {GOOD}" in text
    assert "remind" not in templates(office, PLATFORM)


def test_without_a_suggestion_the_chaser_goes(office: Office) -> None:
    office.open()
    days(office, 9)
    assert "remind" in templates(office, PLATFORM)


def test_a_chaser_to_the_other_role_is_not_held_back(office: Office) -> None:
    office.open(Unntak=None)
    days(office, 4)
    office.reply(EXPERTS, "Fagmiljøet har ingen merknader.")
    days(office, 5)
    assert "remind" not in templates(office, EXPERTS)
    assert "remind" in templates(office, LIAISON)


def test_a_yes_ends_the_wait_also_where_the_state_stays(office: Office) -> None:
    office.open(Unntak=None)
    office.reply(EXPERTS, "Fagmiljøet har ingen merknader.")
    office.reply(EXPERTS, "JA")
    days(office, 4)
    assert templates(office, COORDINATOR) == []


def test_another_answer_ends_the_wait(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, GOOD)
    office.reply(PLATFORM, "Vi må likevel se på det en gang til.")
    days(office, 4)
    assert templates(office, COORDINATOR) == []
    with office.site.database.reading() as tx:
        assert "suggestion_unanswered" not in {t.target for t in timers.armed(tx, number)}


def test_a_second_suggestion_takes_the_place_of_the_first(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "Takk, skjemaet er mottatt.")
    office.reply(PLATFORM, GOOD)
    days(office, 4)
    assert templates(office, COORDINATOR) == ["suggestion_unanswered"]
    assert "GODTATT" in office.text(COORDINATOR)


def test_the_next_move_ends_the_wait(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, GOOD)
    office.reply(OWNER, "TREKK")
    days(office, 4)
    assert "suggestion_unanswered" not in templates(office, COORDINATOR)


def test_a_coordinator_hears_of_it_again_at_most_three_times(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, GOOD)
    days(office, 80)
    assert templates(office, COORDINATOR).count("suggestion_unanswered") == 3


@pytest.mark.parametrize(
    "yes", ["Ja, det stemmer :)", "Jepp", "👍", "Hei!\n\nHelt riktig.\n\nTakk!"]
)
def test_a_yes_in_ones_own_words_answers_the_question(office: Office, yes: str) -> None:
    office.open()
    assert office.reply(PLATFORM, "Da er kurset godkjent herfra.").verdict == "suggested"

    outcome = office.reply(PLATFORM, yes)

    assert outcome.events == (("accept", "submitted", "accepted"),)


@pytest.mark.parametrize(
    "answer", ["Ja, når kapittel 3 er rettet", "Ok, skal sjekke med sjefen", "Ja?"]
)
def test_a_yes_with_anything_else_moves_nothing(office: Office, answer: str) -> None:
    number = office.open()
    office.reply(PLATFORM, "Da er kurset godkjent herfra.")
    events = office.events(number)

    assert office.reply(PLATFORM, answer).verdict != "fired"
    assert office.events(number) == events


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("Mottatt, vi tar kurset ut av bruk.", "suggested"),
        ("Mottatt, takk for beskjed!", "suggested"),
        ("Godkjent. Vi fjerner kurset fra katalogen.", "suggested"),
        ("Mottatt. Kan vi få beholde det ut året?", "remark"),
        ("MOTTATT", "already_done"),
    ],
)
def test_a_word_that_begins_a_sentence_and_means_nothing_here_is_peoples_own(
    office: Office, body: str, verdict: str
) -> None:
    number = office.open()
    for who, word in ((PLATFORM, "MOTTATT"), (PLATFORM, "GODTATT"), (OWNER, "MERKET")):
        assert office.reply(who, word).verdict == "fired"
    assert office.reply(OWNER, "AVSLUTT 1. desember").verdict == "fired"

    assert office.reply(PLATFORM, body).verdict == verdict
    assert office.state(number) == "ending"


def test_what_nobody_answered_is_told_by_the_word_that_was_asked_about(office: Office) -> None:
    office.open(Unntak=None)
    assert office.reply(EXPERTS, "Ingen merknader herfra").verdict == "suggested"
    days(office, 5)
    assert "svaret som INGEN MERKNADER og ba om et JA" in office.text(COORDINATOR)
