"""An opinion in own words, and how the question about it is answered."""

from __future__ import annotations

import pytest

from engine.service.requests.show import history_documents, one
from tests.integration.office import EXPERTS, LIAISON, Office
from tests.integration.test_opinions_to_read import consulted, office, write

__all__ = ["office"]

CONDITIONAL = "Godkjent med forbehold om at bildet i del 2 blir bytta, der ser ein pasient."


def kept_opinions(office: Office, number: str) -> list[str]:
    return list(one(office.site, number).request.kept.get("opinions", {}).values())


@pytest.mark.parametrize("yes", ["ja, det stemmer\n\nOla", "Ja\n\nKari N. Nordmann\nSykehuset SI"])
def test_a_yes_with_a_name_below_keeps_the_text_that_was_asked_about(
    office: Office, yes: str
) -> None:
    number = consulted(office, "hf_to_ks")
    assert office.reply(EXPERTS, CONDITIONAL).verdict == "suggested"
    assert office.reply(EXPERTS, yes).verdict == "fired"
    assert kept_opinions(office, number) == [CONDITIONAL]


@pytest.mark.parametrize("more", ["Ja, det stemmer, og kapittel 2 er fint.", "Ja, kapittel 3 òg"])
def test_a_yes_with_more_asks_again_about_the_first_text(office: Office, more: str) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, CONDITIONAL)
    for _ in range(2):
        assert office.reply(EXPERTS, more).verdict == "suggested"
        assert "Du skrev ja og mer" in office.text(EXPERTS)
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert kept_opinions(office, number) == [CONDITIONAL]


def test_a_yes_to_an_older_letter_asks_again_about_the_first_text(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, CONDITIONAL)
    assert write(office, number, EXPERTS, "Ja, det stemmer\n\nOla") == "suggested"
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert kept_opinions(office, number) == [CONDITIONAL]


NO_REMARKS = (
    "Ingen merknader herfra :)",
    "Vi har ingen merknader :)",
    "Ingen merknader fra oss",
    "Ikkje noko å merke",
    "Hei!\n\nIngen merknader til kurset fra vår side. Takk!\n\nOla Nordmann",
    "Fagmiljøet har ingen innvendinger.",
    "Takk for tilsendt kurs. Vi har ingen merknader.",
)


@pytest.mark.parametrize("body", NO_REMARKS)
def test_no_remarks_in_own_words_are_no_text(office: Office, body: str) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert office.reply(EXPERTS, body).verdict == "suggested"
    assert "Vi forstår svaret som INGEN MERKNADER." in office.text(EXPERTS)
    assert office.reply(EXPERTS, "Nei, ingen merknader").verdict == "fired"
    assert office.state(number) == "submitted"
    assert not any(kept_opinions(office, number))


@pytest.mark.parametrize(
    "body",
    [
        "Ingen store merknader fra oss",
        "Vi har ingen merknader, men kapittel 3 er utdatert",
        "Ingen merknader til del 2",
        "Vi har ikke ingen merknader",
        "Ingen merknader fra oss.\nBytt bildet i del 2.",
    ],
)
def test_no_remarks_with_more_are_an_opinion(office: Office, body: str) -> None:
    consulted(office, "hf_to_ks")
    assert office.reply(EXPERTS, body).verdict == "suggested"
    assert "Vi forstår svaret som UTTALELSE." in office.text(EXPERTS)


@pytest.mark.parametrize("answer", ["Ja, kapittel 3 er dårlig", "Ja, men bytt bildet"])
def test_a_yes_with_a_remark_is_not_that_there_are_none(office: Office, answer: str) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, "Ingen merknader herfra")
    assert office.reply(EXPERTS, answer).verdict == "suggested"
    assert kept_opinions(office, number) == []


@pytest.mark.parametrize("other", ["INGEN MERKNADER", "UTTALELSE: Fint kurs."])
def test_a_yes_counts_after_the_other_who_was_asked_has_answered(
    office: Office, other: str
) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, CONDITIONAL)
    assert write(office, number, LIAISON, other) == "fired"
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert CONDITIONAL in kept_opinions(office, number)


def test_a_yes_after_ones_own_other_answer_is_asked_again(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, CONDITIONAL)
    question = office.last(EXPERTS)
    assert write(office, number, EXPERTS, "UTTALELSE: Fint kurs.") == "fired"
    headers = f"In-Reply-To: {question.message_id}\r\n"
    assert office.mail(EXPERTS, f"SV: {question.subject}", "JA", headers=headers).verdict != "fired"
    assert kept_opinions(office, number) == ["Fint kurs."]


@pytest.mark.parametrize(
    "later", ["INGEN MERKNADER", "Ingen merknader.", "INGEN MERKNADER\n\nTakk!"]
)
def test_no_remarks_after_ones_own_opinion_are_asked_about(office: Office, later: str) -> None:
    number = consulted(office, "hf_to_ks")
    said = "Kapittel 2 er utdatert."
    office.reply(EXPERTS, f"UTTALELSE: {said}")
    write(office, number, LIAISON, "INGEN MERKNADER")

    assert office.reply(EXPERTS, later).verdict == "suggested"
    assert f"> {said}" in office.text(EXPERTS)
    assert kept_opinions(office, number) == [said, ""]
    assert office.state(number) == "consulting"
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert not any(kept_opinions(office, number))
    assert office.state(number) == "submitted"


def test_another_opinion_replaces_ones_own(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, "UTTALELSE: Kapittel 2 er utdatert.")
    assert office.reply(EXPERTS, "UTTALELSE: Kapittel 2 er rettet nå.").verdict == "fired"
    assert kept_opinions(office, number) == ["Kapittel 2 er rettet nå."]


@pytest.mark.parametrize(
    "body",
    [
        "Jeg er sykmeldt ut uken, men kurset er faglig godt og kan deles.",
        "Jeg er sykmeldt ut uken. Kurset er faglig godt og kan deles.",
        "UTTALELSE: Jeg er sykmeldt med kreft. Kurset er faglig godt og kan deles.",
        "UTTALELSE: Kurset er faglig godt og kan deles. Jeg er sykmeldt ut uken.",
    ],
)
def test_illness_goes_into_no_opinion(office: Office, body: str) -> None:
    number = consulted(office, "hf_to_ks")

    assert office.reply(EXPERTS, body).verdict == "suggested"
    assert "Dette har vi ikke sendt til noen" in office.text(EXPERTS)
    assert "Svar JA" in office.text(EXPERTS)
    assert office.reply(EXPERTS, "JA").verdict == "fired"

    assert kept_opinions(office, number) == ["Kurset er faglig godt og kan deles."]


@pytest.mark.parametrize("word", ["INGEN MERKNADER", "UTTALELSE: Kurset er faglig godt."])
def test_illness_beside_an_opinion_goes_to_nobody(office: Office, word: str) -> None:
    number = consulted(office, "hf_to_ks")

    assert office.reply(EXPERTS, f"Jeg er sykmeldt ut uken.\n\n{word}").verdict == "fired"

    assert "Dette har vi ikke sendt til noen" in office.text(EXPERTS)
    (kept,) = kept_opinions(office, number)
    assert "sykmeldt" not in kept
    history = str(history_documents(office.site, number))
    assert "sykmeldt" not in history


def test_an_opinion_of_nothing_but_illness_is_not_given(office: Office) -> None:
    number = consulted(office, "hf_to_ks")

    assert office.reply(EXPERTS, "UTTALELSE: Jeg er sykmeldt med kreft.").verdict == "remark"

    assert "Dette har vi ikke sendt til noen" in office.text(EXPERTS)
    assert kept_opinions(office, number) == []


def test_an_opinion_about_illness_as_a_matter_stands(office: Office) -> None:
    number = consulted(office, "hf_to_ks")

    said = "Kapittelet om sykmelding er foreldet."
    assert office.reply(EXPERTS, f"UTTALELSE: {said}").verdict == "fired"

    assert kept_opinions(office, number) == [said]
