"""Text beside a command: it never disappears, and it may make the command a question (§5.3)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.domain.conditions import sets_condition
from engine.service.requests.show import history_documents
from engine.service.requests.why import why
from tests.integration.office import EXPERTS, OWNER, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def received(office: Office) -> str:
    """A request that the platform has acknowledged."""
    number = office.open()
    office.reply(PLATFORM, "MOTTATT")
    return number


def notes(office: Office, number: str) -> list[str]:
    """What was kept with each event, oldest first."""
    return [str(each["note"] or "") for each in history_documents(office.site, number)]


@pytest.mark.parametrize(
    "text",
    [
        "Under forutsetning av at videoene tekstes før publisering.",
        "Hvis dere fikser punkt 3.",
        "Så lenge kilden blir oppdatert, ja.",
        "Bildene på side 3 må byttes først.",
        "Vi er ikkje samde i kapittel 2.",
        "Jeg er usikker på kapittel 2.",
        "Kan dere rette kapittel 2?",
        "Once the pictures have been replaced.",
        "De lyt bytte lenka.",
        "Given that the films are captioned.",
        "As soon as the films are captioned.",
        "You have to caption the films.",
        "Gjeld berre for versjon 2.",
        "Kun modul 1 og 2.",
        "For en prøveperiode på tre måneder.",
        "Logoen byttes av dere.",
        "På betingelse av ny logo.",
        "Mot tekstede filmer.",
        "Fra og med at lenkene er på plass.",
        "Rett opp skrivefeilen i modul 2.",
        "Vennligst fjern bilde 3.",
        "Det trengst ein ny logo.",
        "Dette var ein test, sjå bort frå meldinga.",
        "Vi sender endelig svar i uke 50.",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_command_with_a_condition_negation_doubt_or_question_is_asked_about(
    office: Office, text: str, *, above: bool
) -> None:
    number = received(office)
    body = f"{text}\n\nGODTATT" if above else f"GODTATT\n\n{text}"

    outcome = office.reply(PLATFORM, f"Hei!\n\n{body}\n\nMvh\nKari")

    assert (outcome.verdict, outcome.events) == ("suggested", ())
    assert office.state(number) == "received"
    asked = office.text(PLATFORM)
    assert "Du skrev GODTATT og dette:" in asked
    assert text in asked
    on_condition = sets_condition(text)
    assert ("Skal det stå som GODTATT PÅ VILKÅR: «" in asked) is on_condition
    assert ("Skal det stå som GODTATT?" in asked) is not on_condition

    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert office.state(number) == ("conditional" if on_condition else "accepted")
    assert notes(office, number)[-1] == text


@pytest.mark.parametrize(
    ("body", "condition"),
    [
        ("GODTATT, men dere må fjerne logoen", "men dere må fjerne logoen"),
        ("Godtatt, men da må logoen bort.", "men da må logoen bort"),
        ("GODTATT, så lenge dere fjerner logoen", "så lenge dere fjerner logoen"),
        ("GODTATT, bare dere fjerner logoen", "bare dere fjerner logoen"),
        ("GODTATT\n\nHvis logoen fjernes.", "Hvis logoen fjernes"),
        ("GODTEKE, men de lyt fjerne logoen", "men de lyt fjerne logoen"),
        ("Godkjent men logoen må bort", "men logoen må bort"),
        ("GODTATT, berre de fjernar logoen", "berre de fjernar logoen"),
        ("GODTATT, men de må fjerne logoen", "men de må fjerne logoen"),
        ("GODTATT\n\nDere må fjerne logoen først.", "Dere må fjerne logoen først"),
        ("GODTATT\n\nLogoen må fjernes.", "Logoen må fjernes"),
    ],
)
def test_a_condition_never_becomes_a_plain_yes(office: Office, body: str, condition: str) -> None:
    number = received(office)

    outcome = office.reply(PLATFORM, f"{body}\n\nMvh\nKari")

    assert (outcome.verdict, outcome.events) == ("suggested", ())
    asked = office.text(PLATFORM)
    assert "Skal det stå som GODTATT PÅ VILKÅR: «" in asked
    assert condition in asked
    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert office.state(number) == "conditional"
    assert condition in notes(office, number)[-1]


def test_the_bare_word_in_answer_to_the_question_is_the_command(office: Office) -> None:
    number = received(office)
    office.reply(PLATFORM, "GODTATT\n\nHvis dere fikser punkt 3.")

    assert office.reply(PLATFORM, "MANGLER: punkt 3").verdict == "fired"
    assert office.state(number) == "incomplete"


@pytest.mark.parametrize(
    "text",
    [
        "Takk for et flott kurs!",
        "Fint kurs, vi legger det ut i uke 2.",
        "Vi legg det ut på måndag. God helg!",
        "Great course, see you next week.",
        "Dette trenger vi!",
        "Bare å glede seg!",
        "Rett og slett et godt kurs.",
        "I have to say this is great.",
        "De har gjort ein god jobb.",
    ],
)
def test_harmless_text_hinders_nothing_and_is_kept_and_read_back(office: Office, text: str) -> None:
    number = received(office)

    outcome = office.reply(PLATFORM, f"Hei!\n\nGODTATT\n\n{text}\n\nMvh\nKari")

    assert outcome.verdict == "fired"
    assert notes(office, number)[-1] == text
    assert f"Du skrev også: «{text}»" in office.text(PLATFORM)
    explained = why(office.site, number, office.at, "nb")
    assert any(text in sentence for sentence in explained.because)


def test_no_remarks_are_explained_by_their_own_word(office: Office) -> None:
    number = office.open(Unntak=None)

    office.reply(EXPERTS, "INGEN MERKNADER")

    explained = " ".join(why(office.site, number, office.at, "nb").because)
    assert "svarte INGEN MERKNADER" in explained
    assert "svarte UTTALELSE" not in explained


def test_no_remarks_under_a_condition_are_asked_about(office: Office) -> None:
    number = office.open(Unntak=None)

    outcome = office.reply(EXPERTS, "Hvis dere fikser punkt 3:\n\nINGEN MERKNADER")

    assert outcome.verdict == "suggested"
    assert office.state(number) == "consulting"
    assert "Hvis dere fikser punkt 3:" in office.text(EXPERTS)


def test_an_opinion_is_not_judged_by_its_own_words(office: Office) -> None:
    number = office.open(Unntak=None)

    outcome = office.reply(EXPERTS, "UTTALELSE: Vi kan ikke støtte dette, hvis ikke kilden rettes.")

    assert [event for event, *_ in outcome.events][:1] == ["give_opinion"]
    assert "hvis ikke" in notes(office, number)[-1]


def test_all_that_the_mail_asked_for_is_done_by_the_yes(office: Office) -> None:
    number = received(office)
    office.reply(PLATFORM, "MANGLER: tidsbruk")

    asked = office.reply(OWNER, "Tidsbruk: 60 minutter\n\nSEND\n\nEr det noe mer som mangler?")
    assert asked.verdict == "suggested"
    assert office.state(number) == "incomplete"

    done = office.reply(OWNER, "JA")
    assert [event for event, *_ in done.events][:2] == ["fill_in", "resubmit"]


def test_text_beside_a_refused_command_is_read_back(office: Office) -> None:
    received(office)

    outcome = office.reply(PLATFORM, "MERKET\n\nVi gleder oss.")

    assert outcome.verdict == "refused"
    assert "Du skrev også: «Vi gleder oss.»" in office.text(PLATFORM)


def test_words_beside_status_stand_for_the_coordinators(office: Office) -> None:
    received(office)

    assert office.reply(PLATFORM, "STATUS\n\nTakk!").verdict == "answered"
    outcome = office.reply(PLATFORM, "STATUS\n\nVi har fått ny leder på avdelingen.")

    assert outcome.verdict == "remark"
    assert "ny leder på avdelingen" in office.text(PLATFORM)


def test_a_day_to_come_behind_a_command_that_keeps_none_is_asked_about(office: Office) -> None:
    number = received(office)
    later = office.at.date() + timedelta(days=40)

    assert office.reply(PLATFORM, f"GODTATT {later:%d.%m.%Y}").verdict == "suggested"
    assert office.state(number) == "received"
    assert office.reply(PLATFORM, f"GODTATT {office.at.date():%d.%m.%Y}").verdict == "fired"


def test_undoing_is_not_asked_about(office: Office) -> None:
    number = received(office)

    outcome = office.reply(PLATFORM, "ANGRE\n\nDet var feil, vi er ikke ferdige.")

    assert outcome.verdict in {"fired", "refused"}
    assert office.state(number)


@pytest.mark.parametrize(
    "body",
    [
        "GODTATT\nMANGLER: logo",
        "GODTATT\nAVSLÅTT: for dårlig",
        "MANGLER: logo\nGODTATT",
        "Her er ordene vi kan bruke\nGODTATT\nMANGLER\nAVSLÅTT",
        "- GODTATT\n- AVSLÅTT",
        "FEIL PERSON: per@ks.example\nGODTATT",
        "VENT til 15. november 2026\nGODTATT",
    ],
)
def test_of_commands_that_contradict_each_other_none_is_done(office: Office, body: str) -> None:
    number = received(office)

    outcome = office.reply(PLATFORM, body)

    assert (outcome.verdict, outcome.events) == ("unclear", ())
    assert [reason.code for reason in outcome.reasons] == ["contradicting"]
    assert office.state(number) == "received"
    assert "bare ett av dem kan gjelde" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "GODTATT").verdict == "fired"


def test_a_word_that_closes_the_case_is_asked_about_where_another_follows_it(
    office: Office,
) -> None:
    number = office.open()

    outcome = office.reply(OWNER, "TREKK\nSEND")

    assert (outcome.verdict, outcome.events) == ("unclear", ())
    assert [reason.code for reason in outcome.reasons] == ["contradicting"]
    assert office.state(number) == "submitted"
    assert office.reply(OWNER, "TREKK").verdict == "fired"


def test_commands_that_follow_each_other_are_all_done(office: Office) -> None:
    number = office.open()

    assert office.reply(PLATFORM, "MOTTATT\nMANGLER: logo").verdict == "fired"
    assert office.state(number) == "incomplete"


@pytest.mark.parametrize("body", ["MANGLER: ingenting, alt er fint", "MANGLAR: -", "GODTATT :("])
def test_a_command_of_nothing_is_asked_about(office: Office, body: str) -> None:
    number = received(office)

    outcome = office.reply(PLATFORM, body)

    assert (outcome.verdict, outcome.events) == ("suggested", ())
    assert office.state(number) == "received"


def test_a_refused_command_is_told_once_what_is_possible(office: Office) -> None:
    received(office)

    office.reply(PLATFORM, "MERKET")

    text = office.text(PLATFORM)
    assert "MERKET er ikke mulig nå. Saken står som «Mottatt»." in text
    assert "Mulige svar" not in text
    assert text.count("AVSLÅTT") == 1


@pytest.mark.parametrize(
    "body",
    [
        "GODTATT, eller MANGLER: bilde",
        "GODTATT, men vi vil heller vente til kapittel 3 er klart",
        "GODTATT\n\nEllers tar vi gjerne det andre kurset i stedet.",
        "Godtatt. Vi foretrekker likevel versjon 2.",
        "GODTATT\n\nWe would rather have the short version.",
    ],
)
def test_a_command_with_an_alternative_is_asked_which_and_no_yes_carries_it_out(
    office: Office, body: str
) -> None:
    number = received(office)

    assert office.reply(PLATFORM, body).verdict == "suggested"
    assert "Hva skal gjelde?" in office.text(PLATFORM)
    assert "Svar JA" not in office.text(PLATFORM)
    for yes in ("JA", "Ja, det stemmer"):
        assert office.reply(PLATFORM, yes).verdict == "suggested"
        assert office.state(number) == "received"
    assert "JA sier ikke hva som skal gjelde" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "GODTATT").verdict == "fired"


def test_a_confirmation_of_another_day_confirms_nothing(office: Office) -> None:
    number = received(office)
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    office.reply(OWNER, "AVSLUTT 1. oktober 2026")

    office.reply(PLATFORM, "BEKREFT, men gjerne 1. november i stedet")
    office.reply(PLATFORM, "JA")

    assert "confirm_ending" not in office.events(number)


@pytest.mark.parametrize("body", ["GODTATT. Vi har ikke noe å innvende heller."])
def test_a_neither_is_no_alternative(office: Office, body: str) -> None:
    received(office)
    office.reply(PLATFORM, body)
    assert "Hva skal gjelde?" not in office.text(PLATFORM)


@pytest.mark.parametrize(
    ("body", "event", "reason"),
    [
        ("MANGLER. Bilde til forsiden", "request_changes", "Bilde til forsiden"),
        ("Avslått. Det er laget for sykehus.", "reject", "Det er laget for sykehus."),
        (
            "AVSLAG – kurset er på engelsk\nog uten teksting",
            "reject",
            "kurset er på engelsk\nog uten teksting",
        ),
    ],
)
def test_the_reason_may_stand_behind_a_mark(
    office: Office, body: str, event: str, reason: str
) -> None:
    number = received(office)
    assert office.reply(PLATFORM, body).verdict == "fired"
    assert office.events(number)[-1] == event
    assert notes(office, number)[-1] == reason


@pytest.mark.parametrize(
    "body", ["MANGLER\n\nbilde til forsiden", "Bilde til forsiden:\n\nMANGLER"]
)
def test_a_reason_elsewhere_is_asked_about(office: Office, body: str) -> None:
    number = received(office)
    assert office.reply(PLATFORM, body).verdict == "suggested"
    assert "Skal det stå som MANGLER: «" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert "ilde til forsiden" in notes(office, number)[-1]


@pytest.mark.parametrize(
    "body", ["AVSLÅTT. Men vi kan ombestemme oss?", "AVSLÅTT\n\nTakk for at dere spurte!"]
)
def test_what_is_no_reason_rejects_nothing(office: Office, body: str) -> None:
    number = received(office)
    assert office.reply(PLATFORM, body).verdict != "fired"
    assert office.state(number) == "received"


def test_a_lacking_text_is_told_once(office: Office) -> None:
    received(office)
    outcome = office.reply(PLATFORM, "GODTATT PÅ VILKÅR")
    assert [reason.code for reason in outcome.reasons] == ["reason_missing"]


def test_nothing_is_quoted_where_nothing_stands(office: Office) -> None:
    received(office)
    office.reply(PLATFORM, "GODTATT PÅ VILKÅR: ingen")
    assert "Du skrev GODTATT PÅ VILKÅR: ingen." in office.text(PLATFORM)
    assert "\n>\n" not in office.text(PLATFORM)


@pytest.mark.parametrize("when", ["etter nyttår", "til sommeren", "over jul", "etter ferien"])
def test_an_ending_at_some_time_is_asked_about_with_the_day(office: Office, when: str) -> None:
    number = received(office)
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")

    assert office.reply(OWNER, f"AVSLUTT {when}").verdict == "suggested"
    assert "Vi fant ingen dag som vi kan lese" in office.text(OWNER)
    office.reply(OWNER, "JA")
    assert office.state(number) == "shared"
