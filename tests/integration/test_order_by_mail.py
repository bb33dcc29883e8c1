"""A municipality orders a course by mail: to the label, by detours, and to a no."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.time.sweep import sweep
from engine.store.cases import queries
from engine.store.contacts import register
from tests.integration.office import (
    EXPERTS,
    OWNER,
    PLATFORM,
    Office,
    form,
    new_office,
)

MUNICIPALITY = "kurs@kongsvinger.example"
ANOTHER = "kurs@alver.example"
AHUS = "elaering@ahus.example"
SUBJECT = "Bestilling av kurs: Fallforebygging"
ORDER = "Kurs: Fallforebygging i sykehjem\nKurseier: Sykehuset Innlandet\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    there = new_office(tmp_path / "site")
    with there.site.database.transaction() as tx:
        for party, email in (("3401", MUNICIPALITY), ("4631", ANOTHER)):
            register.add_contact(
                tx, party_id=party, duty="municipality", email=email, valid_from=there.at.date()
            )
    return there


def ordered(office: Office, body: str = ORDER, sender: str = MUNICIPALITY) -> str:
    outcome = office.mail(sender, SUBJECT, body)
    assert outcome.verdict == "opened", outcome
    return outcome.request


def shared(office: Office) -> str:
    number = ordered(office)
    office.reply(OWNER, "TILLATT")
    office.reply(OWNER, form(Unntak=None))
    office.reply(PLATFORM, "GODTATT\nLENKE: https://kslaring.example/fall")
    office.reply(OWNER, "MERKET")
    assert office.state(number) == "shared"
    return number


def test_an_order_goes_to_its_owner_at_once_and_everybody_is_told(office: Office) -> None:
    outcome = office.mail(MUNICIPALITY, SUBJECT, ORDER)
    assert outcome.events == (("open", None, "ordered"), ("register", "ordered", "received"))
    assert office.last(MUNICIPALITY).template == "order_received"
    assert office.last(OWNER).template == "order_wanted"
    assert office.last(PLATFORM).template == "order_copy"
    assert "TILLATT" in office.text(OWNER)


def test_the_order_reaches_its_label_and_the_last_letter_says_where_the_course_is(
    office: Office,
) -> None:
    number = ordered(office)
    assert office.reply(OWNER, "MOTTATT").verdict == "fired"
    assert office.state(number) == "seeking_permission"
    assert office.last(EXPERTS).template == "permission_wanted"
    office.reply(OWNER, "TILLATT: forfatter")
    assert office.state(number) == "seeking_permission"
    assert "- fagavdeling\n- tredjeparter" in office.text(OWNER)
    office.reply(OWNER, "TILLATT: fagavdelingen og tredjeparter")
    assert office.state(number) == "permitted"
    assert office.last(OWNER).template == "information_wanted"
    office.reply(OWNER, form(Unntak=None))
    assert office.state(number) == "sent_to_ks"
    assert office.last(OWNER).template == "sent_receipt"
    office.reply(PLATFORM, "GODTATT\nLENKE: https://kslaring.example/fall")
    assert office.state(number) == "accepted"
    office.reply(OWNER, "MERKET")
    assert office.state(number) == "shared"
    assert office.last(MUNICIPALITY).template == "course_ready"
    assert "https://kslaring.example/fall" in office.text(MUNICIPALITY)
    with office.site.database.reading() as tx:
        (row,) = queries.catalogue(tx)
    assert (row.request, row.direction, row.owner) == (number, "to_ks", "si")


def test_what_is_still_missing_of_the_eleven_points_is_asked_for_by_name(office: Office) -> None:
    number = ordered(office)
    office.reply(OWNER, "TILLATT")
    office.reply(OWNER, form(Unntak=None, Tidsbruk=None))
    assert office.state(number) == "permitted"
    letter = office.text(OWNER)
    assert office.last(OWNER).template == "form_faults"
    assert "Tolv av tretten felt er i orden" in letter
    office.reply(OWNER, "Tidsbruk: 45 min")
    assert office.state(number) == "sent_to_ks"


def test_permission_and_form_in_one_mail_go_all_the_way(office: Office) -> None:
    number = ordered(office)
    outcome = office.reply(OWNER, "TILLATT\n\n" + form(Unntak=None))
    assert outcome.verdict == "fired"
    assert office.state(number) == "sent_to_ks"


def test_ks_laering_names_the_owner_that_nobody_knew(office: Office) -> None:
    number = ordered(office, "Kurs: Fallforebygging i sykehjem")
    assert office.state(number) == "ordered"
    assert office.last(MUNICIPALITY).template == "order_waits"
    assert office.last(PLATFORM).template == "owner_wanted"
    assert "EIER:" in office.text(PLATFORM)
    refused = office.reply(PLATFORM, "EIER: Sykehuset Innland")
    assert refused.verdict == "refused"
    assert "Sykehuset Innlandet" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "EIER: Sykehuset Innlandet").verdict == "fired"
    assert office.state(number) == "received"
    assert office.last(OWNER).template == "order_wanted"
    assert office.last(MUNICIPALITY).template == "order_received"


def test_whoever_ordered_may_correct_an_owner_that_is_no_trust_of_ours(office: Office) -> None:
    number = ordered(office, "Kurs: Fallforebygging\nKurseier: Sykehuset Innlannet")
    assert office.state(number) == "ordered"
    assert office.last(MUNICIPALITY).template == "form_faults"
    assert office.reply(MUNICIPALITY, "Kurseier: Sykehuset Innlandet").verdict == "fired"
    assert office.state(number) == "received"
    assert office.last(OWNER).template == "order_wanted"


def test_a_wrong_trust_sends_the_order_on_under_the_same_number(office: Office) -> None:
    number = ordered(office)
    outcome = office.reply(OWNER, "FEIL FORETAK: Akershus universitetssykehus")
    assert [to for _, _, to in outcome.events] == ["ordered", "received"]
    assert outcome.request == number
    assert office.last(AHUS).template == "order_wanted"
    assert office.last(MUNICIPALITY).template == "order_moved"
    assert "Akershus universitetssykehus" in office.text(MUNICIPALITY)
    assert office.reply(AHUS, "AVSLÅTT: Kurset er utdatert.").verdict == "fired"
    assert office.state(number) == "refused"
    assert "> Kurset er utdatert." in office.text(MUNICIPALITY)


def test_a_wrong_trust_that_knows_no_better_leaves_it_to_ks_laering(office: Office) -> None:
    number = ordered(office)
    office.reply(OWNER, "FEIL FORETAK")
    assert office.state(number) == "ordered"
    assert "Sykehuset Innlandet har svart at kurset ikke er deres" in office.text(PLATFORM)
    office.reply(PLATFORM, "EIER: ahus")
    assert office.state(number) == "received"


def test_a_course_that_is_shared_already_is_answered_with_its_link(office: Office) -> None:
    first = shared(office)
    outcome = office.mail(ANOTHER, SUBJECT, "Kurs: Fallforebygging i sykehjem")
    assert outcome.verdict == "refused"
    assert outcome.request == ""
    assert [reason.code for reason in outcome.reasons] == ["already_shared"]
    found = f"Kurset finst alt: https://kslaring.example/fall (sak {first})."
    assert found in office.text(ANOTHER)
    assert "ikkje gjort" not in office.text(ANOTHER)
    with office.site.database.reading() as tx:
        assert [row.request for row in queries.catalogue(tx)] == [first]


def test_the_same_name_at_another_trust_is_another_course(office: Office) -> None:
    shared(office)
    body = "Kurs: Fallforebygging i sykehjem\nKurseier: Ahus"
    assert office.mail(ANOTHER, SUBJECT, body).verdict == "opened"


def test_corrections_go_back_and_forth_until_ks_laering_accepts(office: Office) -> None:
    number = ordered(office)
    office.reply(OWNER, "TILLATT\n\n" + form(Unntak=None))
    office.reply(PLATFORM, "MANGLER: et bedre sammendrag")
    assert office.state(number) == "incomplete"
    office.reply(OWNER, "Kurssammendrag: Slik forebygger dere fall.")
    assert office.state(number) == "sent_to_ks"
    assert office.last(PLATFORM).template == "ordered_course_sent"
    office.reply(PLATFORM, "GODTATT: https://kslaring.example/fall")
    office.reply(OWNER, "MERKET")
    assert "https://kslaring.example/fall" in office.text(MUNICIPALITY)


def test_a_link_that_comes_late_is_sent_on(office: Office) -> None:
    number = ordered(office)
    office.reply(OWNER, "TILLATT\n\n" + form(Unntak=None))
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    assert "SI-FALL1" in office.text(MUNICIPALITY)
    assert office.last(PLATFORM).template == "course_link_wanted"
    office.reply(PLATFORM, "LENKE: https://kslaring.example/fall")
    assert office.state(number) == "shared"
    assert "https://kslaring.example/fall" in office.text(MUNICIPALITY)


def test_only_whoever_ordered_withdraws_and_only_owner_or_borrower_ends(office: Office) -> None:
    number = ordered(office)
    assert office.reply(OWNER, "TREKK").verdict == "refused"
    assert office.reply(MUNICIPALITY, "TREKK").verdict == "fired"
    assert office.state(number) == "withdrawn"
    assert office.last(OWNER).template == "request_withdrawn"
    again = shared(office)
    assert office.reply(MUNICIPALITY, "AVSLUTT").verdict == "refused"
    assert office.reply(OWNER, "AVSLUTT").verdict == "fired"
    assert office.last(MUNICIPALITY).template == "ordered_share_ends"
    office.later(days=1)
    sweep(office.site, office.at)
    assert office.state(again) == "ended"
    assert office.last(MUNICIPALITY).template == "share_ended"
    with office.site.database.reading() as tx:
        assert queries.catalogue(tx) == ()


def test_a_nynorsk_municipality_orders_and_is_written_to_in_nynorsk(office: Office) -> None:
    outcome = office.mail(
        ANOTHER, "Tinging av kurs: Fall", "Kurs: Fall i sjukeheim\nKurseigar: Sjukehuset Innlandet"
    )
    assert outcome.verdict == "opened"
    assert "Tinginga av kurset" in office.text(ANOTHER)


def test_ks_laering_orders_for_itself_and_gets_each_letter_once(office: Office) -> None:
    number = ordered(office, sender=PLATFORM)
    assert office.state(number) == "received"
    assert [row.template for row in office.letters(PLATFORM)] == ["order_received"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("Dette er ikke vårt kurs, det er Sykehuset i Vestfold som har det.", "FEIL FORETAK: "),
        ("Me eig ikkje dette, det er sjukehuset i Vestfold sitt kurs.", "FEIL FORETAK: "),
        ("Hei! Kurset er ikke vårt. Det er Sykehuset i Vestfold som eier det.", "FEIL FORETAK: "),
        ("Dette kurset eier vi ikke.", "FEIL FORETAK"),
    ],
)
def test_whose_the_course_is_is_asked_about_with_the_trust(
    office: Office, body: str, word: str
) -> None:
    number = ordered(office)
    outcome = office.reply(OWNER, body)
    assert (outcome.verdict, outcome.understood) == ("suggested", "wrong_owner")
    named = "Sykehuset i Vestfold" if word.endswith(" ") else ""
    assert f"Vi forstår svaret som {word}{named}" in office.text(OWNER)
    assert office.state(number) == "received"
    done = office.reply(OWNER, "JA")
    assert done.events[0][0] == "wrong_owner"


def test_the_owner_that_ks_laering_names_in_a_sentence_is_asked_about(office: Office) -> None:
    number = ordered(office, "Kurs: Fallforebygging")
    for unsure in ("Hvem eier dette?", "Vi vet ikke hvem som eier det.", "En av dem eier det."):
        assert office.reply(PLATFORM, unsure).understood is None
    outcome = office.reply(PLATFORM, "Det er Sykehuset Innlandet som eier dette kurset.")
    assert (outcome.verdict, outcome.understood) == ("suggested", "name_owner")
    assert "Vi forstår svaret som EIER: Sykehuset Innlandet" in office.text(PLATFORM)
    assert office.state(number) == "ordered"
    assert office.reply(PLATFORM, "Ja, det stemmer").verdict == "fired"
    assert office.state(number) == "received"
