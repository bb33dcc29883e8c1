"""A yes on a condition: taken or declined, and read by everybody who goes on from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import RefusedError
from engine.service.acts import commands
from engine.service.mail import by_coordinator
from engine.service.requests import mending
from engine.service.requests.listing import lines
from engine.service.requests.show import request_document
from engine.service.time.sweep import sweep
from engine.store.cases import queries
from engine.wording import sentence
from tests.integration.office import LENDER, LIAISON, OWNER, PLATFORM, Office, lending_office
from tests.integration.test_opinions_to_read import told, waited_for, write
from tests.unit.cases import EXCEPTION, FORM, LOAN

CONDITION = "Kapittel 3 er rettet før 1. mars"
SUBMITTED = {
    "hf_to_ks": ("submitted", "received"),
    "hf_shares_from_ks": ("submitted", "received"),
    "ks_orders_from_hf": ("sent_to_ks",),
}
"""From where KS Læring may accept."""
LAST = {
    "hf_to_ks": {PLATFORM: "now_shared", LIAISON: "now_shared"},
    "hf_shares_from_ks": {LENDER: "borrowed_from_you", PLATFORM: "now_shared"},
    "ks_orders_from_hf": {LENDER: "course_ready", PLATFORM: "now_shared"},
}
"""The letters that tell that it is shared."""
PLACES = [(routine, state) for routine, states in SUBMITTED.items() for state in states]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = lending_office(tmp_path / "site")
    yield made
    made.site.database.close()


def new_order(office: Office) -> str:
    """An order of the municipality's that the trust has not answered; its number."""
    return commands.open_by_command(
        office.site,
        "ks_orders_from_hf",
        email=LENDER,
        at=office.at,
        values={"full_name": FORM["full_name"], "owner": "si"},
    ).number


def ordered(office: Office, *, permission: str = "TILLATT") -> str:
    """An order of the municipality's that the trust has said yes to and sent; its number."""
    number = new_order(office)
    assert write(office, number, OWNER, permission) == "fired"
    assert office.fire(number, "fill_in", OWNER, **FORM) is None
    assert office.state(number) == "sent_to_ks"
    return number


def standing(office: Office, routine: str, state: str) -> str:
    """A request of the routine in a state from which KS Læring may accept; its number."""
    if routine == "ks_orders_from_hf":
        return ordered(office)
    values = {**FORM, **EXCEPTION} if routine == "hf_to_ks" else LOAN
    number = commands.open_by_command(
        office.site, routine, email=OWNER, at=office.at, values=values
    ).number
    if state == "received":
        assert write(office, number, PLATFORM, "MOTTATT") == "fired"
    assert office.state(number) == state
    return number


def kept(office: Office, number: str) -> dict[str, object]:
    with office.site.database.reading() as tx:
        return dict(queries.case(tx, number).request.kept)


@pytest.mark.parametrize(("routine", "state"), PLACES)
def test_it_is_taken_and_travels_to_the_last_letter(
    office: Office, routine: str, state: str
) -> None:
    number = standing(office, routine, state)
    assert write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}") == "fired"
    assert (office.state(number), waited_for(office, number)) == ("conditional", ["elearning"])
    assert f"> {CONDITION}" in told(office, OWNER, "condition_set")[-1]
    assert request_document(office.site, number, office.at)["condition"] == CONDITION

    assert office.reply(OWNER, "Godtar vilkåret").verdict == "fired"
    assert office.state(number) == "accepted"
    assert f"> {CONDITION}" in told(office, PLATFORM, "condition_taken")[-1]
    assert f"> {CONDITION}" in office.text(OWNER)
    if routine == "hf_shares_from_ks":
        assert write(office, number, OWNER, f"LENKE: {LOAN['link']}") == "fired"
    assert write(office, number, OWNER, "MERKET") == "fired"
    assert office.state(number) == "shared"
    with office.site.database.reading() as tx:
        assert [row.condition for row in queries.catalogue(tx)] == [CONDITION]
    (line,) = lines(office.look(), office.at)
    assert line.document()["condition"] == CONDITION
    for reader, template in LAST[routine].items():
        assert f"> {CONDITION}" in told(office, reader, template)[-1], reader


def test_another_condition_is_not_already_done(office: Office) -> None:
    number = standing(office, "hf_to_ks", "received")
    assert write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}") == "fired"
    assert f"Vi leste: «{CONDITION}»." in office.text(PLATFORM)
    assert write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}") == "already_done"
    assert write(office, number, PLATFORM, "GODTATT PÅ VILKÅR: Kapittel 4 også") == "refused"


@pytest.mark.parametrize(("routine", "state"), PLACES)
def test_declined_it_is_back_where_it_was_and_no_condition_stands(
    office: Office, routine: str, state: str
) -> None:
    number = standing(office, routine, state)
    write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}")
    assert write(office, number, OWNER, "AVVISER VILKÅRET") == "refused"
    assert write(office, number, OWNER, "AVVISER VILKÅRET: Kapittel 3 er riktig") == "fired"
    assert (office.state(number), waited_for(office, number)) == (state, ["ks_laering"])
    assert "> Kapittel 3 er riktig" in told(office, PLATFORM, "condition_declined")[-1]
    assert request_document(office.site, number, office.at)["condition"] is None
    assert office.reply(PLATFORM, "GODTATT").verdict == "fired"
    assert office.state(number) == "accepted"
    assert CONDITION not in told(office, OWNER, "label_wanted" if routine != "hf_shares_from_ks"
                                 else "link_wanted")[-1]  # fmt: skip


def test_what_a_coordinator_takes_out_of_it_and_is_then_accepted_has_no_condition(
    office: Office,
) -> None:
    number = standing(office, "hf_to_ks", "received")
    write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}")
    mending.correct(office.site, number, "received", reason="Feil", at=office.at)
    assert write(office, number, PLATFORM, "GODTATT") == "fired"
    assert "condition" not in kept(office, number)


def test_a_coordinator_cannot_put_it_on_a_condition_that_nobody_has_set(office: Office) -> None:
    number = standing(office, "hf_to_ks", "received")
    with pytest.raises(RefusedError) as refused:
        mending.correct(office.site, number, "conditional", reason="Feil", at=office.at)
    (reason,) = refused.value.reasons
    assert sentence(reason, "nb").endswith("uten dette: vilkåret.")


@pytest.mark.parametrize("word", ["GODTATT PÅ VILKÅR", "Godkjent på vilkår.", "GODTEKE PÅ VILKÅR:"])
def test_it_needs_its_text(office: Office, word: str) -> None:
    number = standing(office, "hf_to_ks", "received")
    assert write(office, number, PLATFORM, word) == "refused"
    assert office.state(number) == "received"


@pytest.mark.parametrize(("routine", "state"), PLACES)
@pytest.mark.parametrize(
    "body",
    [
        "GODTATT\n\nUnder forutsetning av at kapittel 3 rettes.",
        "GODTATT. Men bare hvis kapittel 3 rettes.",
        "GODTATT: dersom kapittel 3 blir retta",
        "Godkjent!\nVi tar forbehold om kapittel 3.",
        "Godkjent med forbehold om at kapittel 3 blir rettet.",
    ],
)
def test_a_condition_beside_a_yes_is_asked_about_as_one(
    office: Office, routine: str, state: str, body: str
) -> None:
    number = standing(office, routine, state)
    assert write(office, number, PLATFORM, body) == "suggested"
    assert office.state(number) == state
    assert "Skal det stå som GODTATT PÅ VILKÅR: «" in office.text(PLATFORM)
    assert "GODTATT ·" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert office.state(number) == "conditional"
    assert "apittel 3" in str(kept(office, number)["condition"])
    assert "apittel 3" in told(office, OWNER, "condition_set")[-1]


@pytest.mark.parametrize("body", ["GODTATT\n\nEr kapittel 3 rettet?", "GODTATT\nVet ikke helt."])
def test_a_question_or_a_doubt_is_no_condition(office: Office, body: str) -> None:
    number = standing(office, "hf_to_ks", "received")
    assert write(office, number, PLATFORM, body) == "suggested"
    assert "på vilkår" not in office.text(PLATFORM).partition("eller med")[0].casefold()


def test_a_condition_where_none_can_be_set_is_asked_about_as_the_bare_word(office: Office) -> None:
    number = standing(office, "hf_to_ks", "submitted")
    assert write(office, number, PLATFORM, "MOTTATT\n\nHvis dere mener det nye kurset.")
    assert office.state(number) == "submitted"
    assert "PÅ VILKÅR: «" not in office.text(PLATFORM)


def test_a_permission_on_a_condition_is_read_by_ks_laering_and_whoever_ordered(
    office: Office,
) -> None:
    number = ordered(office, permission="TILLATT PÅ VILKÅR: Bare for ansatte i kommunen")
    assert "> Bare for ansatte i kommunen" in told(office, PLATFORM, "ordered_course_sent")[-1]
    shown = request_document(office.site, number, office.at)
    assert shown["condition"] == "Bare for ansatte i kommunen"
    write(office, number, PLATFORM, "GODTATT")
    write(office, number, OWNER, "MERKET")
    assert office.state(number) == "shared"
    assert "> Bare for ansatte i kommunen" in office.text(LENDER)


def test_a_condition_beside_a_permission_is_asked_about_as_one(office: Office) -> None:
    number = new_order(office)
    assert write(office, number, OWNER, "TILLATT PÅ VILKÅR") == "refused"
    assert (
        write(office, number, OWNER, "TILLATT\n\nHvis bare ansatte får bruke det.") == "suggested"
    )
    assert "Skal det stå som TILLATT PÅ VILKÅR: «" in office.text(OWNER)
    assert office.reply(OWNER, "JA").verdict == "fired"
    assert office.state(number) == "permitted"
    assert kept(office, number)["permission_condition"] == "Hvis bare ansatte får bruke det."


def test_what_a_coordinator_lets_a_mail_do_keeps_its_condition(office: Office) -> None:
    number = new_order(office)
    body = "TILLATT PÅ VILKÅR: forfatter nevnes"
    mail = office.mail(OWNER, f"Om [{number}]", body, aligned=False)
    assert mail.verdict == "unproved_sender"
    by_coordinator.attach(office.site, mail.mail, number, office.at, event="grant")
    assert office.state(number) == "permitted"
    assert kept(office, number)["permission_condition"] == "forfatter nevnes"


@pytest.mark.parametrize(
    "body", ["Ja, vi godtar vilkåret.", "Det er greit for oss.", "Vi er samde i det, takk!"]
)
def test_own_words_that_take_it_are_asked_about(office: Office, body: str) -> None:
    number = standing(office, "hf_to_ks", "received")
    write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}")
    asked = office.reply(OWNER, body)
    assert (asked.verdict, office.state(number)) == ("suggested", "conditional")
    assert "GODTAR VILKÅRET" in office.text(OWNER)
    assert office.reply(OWNER, "JA").verdict == "fired"
    assert office.state(number) == "accepted"


@pytest.mark.parametrize(
    "body",
    [
        "Vi kan ikke godta vilkåret.",
        "Godtar vilkåret hvis dere tar kapittel 4 også",
        "GODTAR VILKÅRET\n\nMen ikke for kapittel 2.",
        "Hva betyr vilkåret?",
    ],
)
def test_what_does_not_take_it_moves_nothing(office: Office, body: str) -> None:
    number = standing(office, "hf_to_ks", "received")
    write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}")
    assert office.reply(OWNER, body).verdict != "fired"
    assert office.state(number) == "conditional"


@pytest.mark.parametrize("routine", SUBMITTED)
def test_it_cannot_stand_still(office: Office, routine: str) -> None:
    number = standing(office, routine, SUBMITTED[routine][0])
    write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}")
    for _ in range(65):
        office.later(days=1)
        sweep(office.site, office.at)
    assert [CONDITION in text for text in told(office, OWNER, "remind")] == [True] * 4
    assert request_document(office.site, number, office.at)["escalated_at"]


@pytest.mark.parametrize(("routine", "state"), PLACES)
@pytest.mark.parametrize(
    "body",
    [
        "Vi godtar kurset på vilkår av at kapittel 3 rettes.",
        "GODTATT PÅ VILKÅR av at kapittel 3 rettes",
        "Me godtek kurset dersom de byter ut kapittel 3.",
        "Kurset godtas under forutsetning av at kapittel 3 rettes.",
        "Under forutsetning av at kapittel 3 rettes, godkjenner vi kurset.",
    ],
)
def test_own_words_on_a_condition_are_asked_about_as_one(
    office: Office, routine: str, state: str, body: str
) -> None:
    number = standing(office, routine, state)
    assert write(office, number, PLATFORM, body) == "suggested"
    assert "Vi forstår svaret som GODTATT PÅ VILKÅR." in office.text(PLATFORM)
    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert office.state(number) == "conditional"
    assert "apittel 3" in str(kept(office, number)["condition"])


@pytest.mark.parametrize(
    "body",
    [
        "Vi kan ikke godta kurset på de vilkårene.",
        "Godtar dere kurset på vilkår av at kapittel 3 rettes?",
        "Vi godtar det så snart lisensen er avklart.",
        "Blir det godkjent hvis vi legger til et bilde?",
    ],
)
def test_what_sets_no_condition_is_asked_about_as_none(office: Office, body: str) -> None:
    number = standing(office, "hf_to_ks", "received")
    assert write(office, number, PLATFORM, body) != "suggested"
    assert office.state(number) == "received"


@pytest.mark.parametrize(
    "body",
    [
        "Vi kan ikke godta vilkåret.",
        "Vi går ikkje med på dette.",
        "Vi avviser vilkåret, det er for dyrt",
    ],
)
def test_whoever_seems_to_decline_it_gets_the_exact_word(office: Office, body: str) -> None:
    number = standing(office, "hf_to_ks", "received")
    write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}")
    assert office.reply(OWNER, body).verdict == "unclear"
    assert "AVVISER VILKÅRET: grunn" in office.text(OWNER)
    assert office.state(number) == "conditional"


def test_the_reason_for_declining_may_stand_behind_a_full_stop(office: Office) -> None:
    number = standing(office, "hf_to_ks", "received")
    write(office, number, PLATFORM, f"GODTATT PÅ VILKÅR: {CONDITION}")
    assert office.reply(OWNER, "Avviser vilkåret. Det er for dyrt.").verdict == "fired"
    assert office.state(number) == "received"
    assert "> Det er for dyrt." in told(office, PLATFORM, "condition_declined")[-1]


def test_a_condition_behind_a_permission_is_asked_about_as_one(office: Office) -> None:
    number = new_order(office)
    assert write(office, number, OWNER, "TILLATT: hvis forfatteren krediteres") == "suggested"
    assert "Skal det stå som TILLATT PÅ VILKÅR: «" in office.text(OWNER)
    assert office.reply(OWNER, "JA").verdict == "fired"
    assert kept(office, number)["permission_condition"] == "hvis forfatteren krediteres"


@pytest.mark.parametrize(
    "body",
    [
        "TILLATT: fagavdelingen og forfatter, ingen tredjeparter",
        "TILLATT: både fagavdelingen og forfatteren. Tredjeparter finnes ikke.",
        "TILLATE: ja frå forfattar, fagavdelinga, men ikkje tredjepartar",
    ],
)
def test_a_list_of_parts_is_read_and_what_is_denied_is_not_given(office: Office, body: str) -> None:
    number = new_order(office)
    assert write(office, number, OWNER, body) == "fired"
    given = kept(office, number)["permissions"]
    assert isinstance(given, dict)
    assert given["given"] == ["department", "author"]
    assert office.state(number) == "seeking_permission"
    assert "- tredjeparter" in office.text(OWNER)


@pytest.mark.parametrize("body", ["TILLATT: alle", "TILLATT: alt"])
def test_all_parts_may_be_named_at_once(office: Office, body: str) -> None:
    number = new_order(office)
    assert write(office, number, OWNER, body) == "fired"
    assert office.state(number) == "permitted"


@pytest.mark.parametrize("body", ["TILLATT: ingen tredjeparter", "TILLATT: bruk det gjerne"])
def test_what_names_no_part_gives_none(office: Office, body: str) -> None:
    number = new_order(office)
    assert write(office, number, OWNER, body) == "refused"
    assert "Skriv fagavdeling, forfatter eller tredjeparter" in office.text(OWNER)
