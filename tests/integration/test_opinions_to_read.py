"""An opinion with text belongs to the opener's organisation: only the opener's SEND takes it on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model import LANGUAGES, Language
from engine.service.acts import commands
from engine.service.deliver import deliver, envelope_of
from engine.service.register import agreements
from engine.service.requests.listing import lines
from engine.service.requests.show import one, request_document
from engine.service.requests.why import why
from engine.service.time.sweep import sweep
from engine.store.cases import queries
from engine.store.contacts import register
from tests.integration.office import (
    AGREEMENT_ENDS,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    lending_office,
    new_office,
)
from tests.unit.cases import EXCEPTION, FORM, LOAN

VETO = "Vi fraråder at kurset deles nå. Kapittel 3 er utdatert."
ROUTINES = ("hf_to_ks", "hf_shares_from_ks")
LETTER_TO_KS = {"hf_to_ks": "request_submitted", "hf_shares_from_ks": "borrowing_submitted"}
IDLE = "Dere trenger ikke gjøre noe nå"
DECIDE = (
    "Nå har alle svart. Kurset er ikke sendt videre: det avgjør dere. "
    "Svar SEND (KS Læring får da bare vite at begge er spurt), SEND MED UTTALELSER "
    "(da følger uttalelsene med), TREKK, eller rett skjemaet."
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


def consulted(office: Office, routine: str) -> str:
    """A request of the routine that nothing but the opinions is missing from; its number."""
    values = FORM
    if routine == "hf_shares_from_ks":
        values = {name: LOAN[name] for name in ("full_name", "owner", "link")}
    number = commands.open_by_command(
        office.site, routine, email=OWNER, at=office.at, values=values
    ).number
    assert office.state(number) == "consulting"
    return number


def write(office: Office, number: str, sender: str, text: str) -> str:
    return office.mail(sender, f"Om [{number}]", text).verdict


def answered(office: Office, number: str, experts: str = VETO, liaison: str = "") -> None:
    for person, text in ((EXPERTS, experts), (LIAISON, liaison)):
        assert office.fire(number, "give_opinion", person, note=text) is None


def told(office: Office, receiver: str, template: str) -> list[str]:
    """The letters of that template to the receiver as they are read, oldest first."""
    rows = [row for row in office.letters(receiver) if row.template == template]
    return [office.site.letters.text(envelope_of(row)) for row in rows]


def waited_for(office: Office, number: str) -> list[str]:
    return [owed.duty for owed in one(office.site, number).owed]


def version(office: Office, number: str) -> int:
    return one(office.site, number).request.version


@pytest.mark.parametrize("routine", ROUTINES)
@pytest.mark.parametrize("first", ["experts", "liaison"])
def test_a_veto_stops_with_the_opener_whoever_answers_last(
    office: Office, routine: str, first: str
) -> None:
    number = consulted(office, routine)
    order = ((EXPERTS, f"UTTALELSE: {VETO}"), (LIAISON, "INGEN MERKNADER"))
    for person, text in order if first == "experts" else reversed(order):
        assert write(office, number, person, text) == "fired"

    assert (office.state(number), version(office, number)) == ("consulting", 2)
    assert waited_for(office, number) == ["elearning"]
    assert office.letters(PLATFORM) == []
    said = told(office, OWNER, "opinion_given")
    assert IDLE not in said[-1]
    assert DECIDE in said[-1]

    assert office.reply(OWNER, "SEND").verdict == "fired"
    assert office.state(number) == "submitted"
    assert told(office, OWNER, "opinion_given") == said


@pytest.mark.parametrize("routine", ROUTINES)
def test_no_remarks_from_all_send_it_on_by_itself(office: Office, routine: str) -> None:
    number = consulted(office, routine)
    write(office, number, EXPERTS, "INGEN MERKNADER")
    assert office.state(number) == "consulting"
    write(office, number, LIAISON, "UTTALELSE: Ingen merknader.")
    assert office.state(number) == "submitted"
    first, last = told(office, OWNER, "opinion_given")
    assert "Når alle har svart og skjemaet er i orden, går saken videre av seg selv" in first
    assert "Nå har alle svart, så saken går videre av seg selv." in last
    assert "har ingen merknader til kurset" in last
    assert "avgjør dere" not in first + last


def test_a_veto_in_own_words_and_a_yes_stop_with_the_opener(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert office.reply(EXPERTS, f"Hei!\n\n{VETO}").verdict == "suggested"
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert office.state(number) == "consulting"
    assert VETO in office.text(OWNER).replace("\n> ", " ")
    assert DECIDE in office.text(OWNER)


@pytest.mark.parametrize(
    "body",
    [
        "INGEN MERKNADER\n\nKapittel 3 er utdatert.",
        "INGEN MERKNADER: men kapittel 3 er utdatert",
        "Kurset bør ikke deles før kapittel 3 er rettet.\n\nINGEN MERKNADER",
    ],
)
def test_text_beside_no_remarks_is_an_opinion(office: Office, body: str) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, LIAISON, "INGEN MERKNADER")
    if office.reply(EXPERTS, body).verdict == "suggested":
        assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert office.state(number) == "consulting"
    assert "apittel 3 er" in told(office, OWNER, "opinion_given")[-1]
    assert "har gitt uttalelse om" in told(office, OWNER, "opinion_given")[-1]


@pytest.mark.parametrize("beside", ["Takk for et flott kurs!", "Mvh\nKari Nordmann", "Kari"])
def test_thanks_and_a_name_beside_no_remarks_are_none(office: Office, beside: str) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, LIAISON, "INGEN MERKNADER")
    write(office, number, EXPERTS, f"INGEN MERKNADER\n\n{beside}")
    assert office.state(number) == "submitted"


@pytest.mark.parametrize("body", ["UTTALELSE", "FRÅSEGN:", "Opinion\n\nSe vedlegg."])
def test_the_word_for_an_opinion_alone_is_not_no_remarks(office: Office, body: str) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert write(office, number, EXPERTS, body) == "fired"
    assert (office.state(number), waited_for(office, number)) == ("consulting", ["elearning"])
    assert "har gitt uttalelse om" in told(office, OWNER, "opinion_given")[-1]


def test_a_colleagues_no_remarks_do_not_unsay_a_veto(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="si",
            duty="subject_experts",
            email="fag2@si.example",
            valid_from=date(2016, 1, 1),
        )
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    write(office, number, "fag2@si.example", "INGEN MERKNADER")
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert office.state(number) == "consulting"


def test_what_its_writer_takes_back_is_no_opinion(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="15")
    number = consulted(office, "hf_to_ks")
    write(office, number, LIAISON, "INGEN MERKNADER")
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    assert write(office, number, EXPERTS, "ANGRE") == "fired"
    assert waited_for(office, number) == ["subject_experts"]
    write(office, number, EXPERTS, "INGEN MERKNADER")
    assert office.state(number) == "submitted"


def test_one_text_and_one_silence_wait_for_the_silent_one(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    assert waited_for(office, number) == ["cooperation_unit"]
    text = office.text(OWNER)
    assert "Når alle har svart, avgjør dere om kurset skal sendes videre" in text
    assert "av seg selv" not in text
    assert write(office, number, OWNER, "SEND") == "refused"
    assert office.state(number) == "consulting"


@pytest.mark.parametrize("routine", ROUTINES)
def test_a_correction_does_not_send(office: Office, routine: str) -> None:
    number = consulted(office, routine)
    answered(office, number)
    assert write(office, number, OWNER, "Tidsbruk: 50 min") == "fired"
    assert office.state(number) == "consulting"
    assert office.last(OWNER).template in ("held_back", "answer")
    text = office.text(OWNER)
    assert "Kurset er ikke sendt videre: det avgjør dere. Svar SEND" in text
    assert write(office, number, OWNER, "Tidsbruk: 55 min\n\nSEND") == "fired"
    assert office.state(number) == "submitted"


def test_an_exception_beside_an_opinion_does_not_send_and_says_so(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    assert write(office, number, OWNER, "Unntak: Enheten er nedlagt") == "fired"
    assert office.state(number) == "consulting"
    text = office.text(OWNER)
    assert "Det er kommet uttalelse om kurset" in text
    assert "Kurset er ikke sendt videre: det avgjør dere. Svar SEND" in text
    assert "har svart" not in text
    assert office.reply(OWNER, "SEND").verdict == "fired"
    assert office.state(number) == "submitted"


@pytest.mark.parametrize("routine", ROUTINES)
def test_the_offer_to_go_on_without_the_silent_one_asks_for_both_lines(
    office: Office, routine: str
) -> None:
    number = consulted(office, routine)
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    for _ in range(16):
        office.later(days=1)
        sweep(office.site, office.at)
    (offer,) = told(office, OWNER, "go_on_without_opinions")
    assert "«Unntak:» og så grunnen, og under den SEND." in offer
    assert "av seg selv" not in offer
    assert write(office, number, OWNER, "Unntak: Ingen svar\nSEND") == "fired"
    assert office.state(number) == "submitted"


def test_the_openers_own_opinions_in_the_form_do_not_stop(office: Office) -> None:
    values = {**FORM, "experts": "Godt kurs.", "liaison": "Støttes."}
    number = commands.open_by_command(
        office.site, "hf_to_ks", email=OWNER, at=office.at, values=values
    ).number
    deliver(office.site, office.at)
    assert office.state(number) == "submitted"
    assert "> Godt kurs." in office.text(PLATFORM)
    assert "er spurt om uttalelse" not in office.text(PLATFORM)


@pytest.mark.parametrize("routine", ROUTINES)
def test_the_other_side_hears_only_that_both_were_asked(office: Office, routine: str) -> None:
    number = consulted(office, routine)
    answered(office, number)
    write(office, number, OWNER, "SEND")
    (row,) = office.letters(PLATFORM)
    text = office.text(PLATFORM)
    assert row.template == LETTER_TO_KS[routine]
    assert "Fagmiljø og samhandlingsenhet er spurt om uttalelse." in text
    assert "fraråder" not in text + str(row.variables)
    write(office, number, PLATFORM, "MANGLER: lisens")
    write(office, number, OWNER, "Lisens: CC BY 4.0")
    assert office.state(number) == "submitted"
    assert "fraråder" not in "".join(str(each.variables) for each in office.letters(PLATFORM))


def test_an_agreement_that_comes_into_force_does_not_send_it(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    office.later(days=(AGREEMENT_ENDS - office.at.date()).days)
    sweep(office.site, office.at)
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert "Når en avtale gjelder, svar SEND" in office.text(OWNER)
    day = office.at.date()
    agreements.add(office.site, day, day + timedelta(days=365), office.at)
    for _ in range(20):
        office.later(days=1)
        sweep(office.site, office.at)
    assert office.state(number) == "consulting"
    assert waited_for(office, number) == ["elearning"]
    assert office.reply(OWNER, "SEND").verdict == "fired"
    assert office.state(number) == "submitted"


@pytest.mark.parametrize("routine", ROUTINES)
def test_lists_and_answers_say_that_the_opener_is_waited_for(office: Office, routine: str) -> None:
    number = consulted(office, routine)
    answered(office, number)
    (line,) = lines(office.look(), office.at)
    assert line.owed == (("si", "elearning"),)
    shown = request_document(office.site, number, office.at)
    assert [each["duty"] for each in shown["waiting_on"]] == ["elearning"]
    assert {"event": "submit", "by": shown_opener(routine)} in shown["allowed"]
    explained = why(office.site, number, office.at, "nb")
    assert [each.duty for each in explained.waiting_on] == ["elearning"]
    assert "uttalelse fra fagmiljøet" in explained.because[-1]
    write(office, number, OWNER, "STATUS")
    assert "den e-læringsansvarlige" in office.text(OWNER)


def shown_opener(routine: str) -> str:
    return "owner" if routine == "hf_to_ks" else "borrower"


def test_the_opener_is_reminded_as_the_states_timers_allow(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    answered(office, number)
    for _ in range(9):
        office.later(days=1)
        sweep(office.site, office.at)
    assert office.state(number) == "consulting"
    assert office.last(OWNER).template == "held_back"
    text = office.text(OWNER)
    assert "Alle som ble spurt om kurset" in text
    assert "Kurset er ikke sendt videre: det avgjør dere. Svar SEND" in text
    assert told(office, EXPERTS, "remind") == told(office, LIAISON, "remind") == []


def test_a_coordinator_may_send_it_for_the_opener(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    answered(office, number)
    assert office.fire(number, "submit", OWNER) is None
    assert office.state(number) == "submitted"


ASKED = {
    "nb": (
        "ved Sykehuset Telemark",
        "Kurset kan ses her",
        "Svaret går til",
        "velger det",
        "innsyn",
    ),
    "nn": ("ved Sykehuset Telemark", "Kurset er å sjå her", "Svaret går til", "vel det", "innsyn"),
    "en": ("at Sykehuset Telemark", "See the course", "The answer goes to", "chooses", "disclosed"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", "Kari Nordmann", "E-læringsansvarlig SI"])
def test_who_is_asked_reads_who_asks_and_who_will_read(
    office: Office, language: Language, name: str
) -> None:
    opener, experts = "elaering@sthf.example", "fag@sthf.example"
    with office.site.database.transaction() as tx:
        for duty, email, called in (
            ("elearning", opener, name),
            ("subject_experts", experts, ""),
            ("cooperation_unit", "samhandling@sthf.example", ""),
        ):
            register.add_contact(
                tx,
                party_id="sthf",
                duty=duty,
                email=email,
                name=called,
                valid_from=date(2016, 1, 1),
            )
        register.set_language(tx, experts, language)
    values = {name: LOAN[name] for name in ("full_name", "owner", "link")}
    commands.open_by_command(
        office.site, "hf_shares_from_ks", email=opener, at=office.at, values=values
    )
    text = office.text(experts)
    assert [each for each in (*ASKED[language], LOAN["link"]) if each not in text] == []
    assert ("Kari Nordmann" in text) == (name == "Kari Nordmann")
    if language == "nb":
        who = "Kari Nordmann" if "Kari" in name else "den e-læringsansvarlige"
        whose = "Kari Nordmann" if "Kari" in name else "Sykehuset Telemark"
        assert (
            f"Svaret går til {who}. KS Læring ser det bare hvis {whose} velger det. "
            "Det kan bli gjenstand for innsyn."
        ) in text


ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from([EXPERTS, LIAISON]),
            st.just("give_opinion"),
            st.sampled_from(["", "Fint kurs.", VETO]),
        ),
        st.tuples(st.just(OWNER), st.just("fill_in"), st.sampled_from(["goal", "exception"])),
        st.tuples(st.just(OWNER), st.just("submit"), st.just("")),
        st.tuples(st.just(""), st.just("wait"), st.sampled_from([1, 7, 15])),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def shared_office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        office = lending_office(Path(folder) / "site")
        yield office
        office.site.database.close()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(routine=st.sampled_from(ROUTINES), acts=ACTS)
def test_with_text_in_any_opinion_only_the_openers_word_submits(
    shared_office: Office, routine: str, acts: list[tuple[str, str, object]]
) -> None:
    office = shared_office
    # Each request has a course of its own; the agreement outlasts them all.
    form = FORM if routine == "hf_to_ks" else {n: LOAN[n] for n in ("full_name", "owner", "link")}
    office.written += 1
    named = {"full_name": f"Kurs {office.written}"}
    if routine == "hf_to_ks":
        named["short_name"] = f"SI-KURS{office.written}"
    number = commands.open_by_command(
        office.site, routine, email=OWNER, at=office.at, values={**form, **named}
    ).number
    for person, event, what in acts:
        if event == "wait":
            office.at += timedelta(hours=float(str(what)))
            sweep(office.site, office.at)
        elif event == "fill_in":
            values = {"goal": "Nytt mål"} if what == "goal" else EXCEPTION
            office.fire(number, "fill_in", person, **values)
        else:
            office.fire(number, event, person, note=str(what))
    with office.site.database.reading() as tx:
        rows = queries.history(tx, number)
        kept = queries.case(tx, number).request.kept
    sent = [row for row in rows if row.event == "submit"]
    if any(text for text in kept.get("opinions", {}).values()):
        assert all(row.acted_for == OWNER for row in sent)
