"""A price or a resale in a request is refused, and the owner told; who may sell a course on."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import NotFoundError
from engine.service.requests.resale import resale_of
from tests.integration.office import LENDER, LIAISON, OWNER, SUBJECT, Office, form, lending_office
from tests.rows import each_holds

ORDER = "Bestilling av kurs: Fallforebygging i sykehjem"
LOAN = "Deling fra KS Læring"
NAMES = ("Demens", "Sårstell", "Hygiene", "Ernæring", "Førstehjelp", "Palliasjon", "Diabetes")


def loan(name: str, licence: str) -> str:
    return f"""Kurs: {name}
Kurseier: Kongsvinger kommune
Lenke: https://kslaring.example/{len(name)}
Lisens: {licence}
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


def reasons(office: Office, sender: str, subject: str, body: str) -> tuple[str, list[str]]:
    outcome = office.mail(sender, subject, body)
    return outcome.verdict, [each.code for each in outcome.reasons]


@pytest.mark.parametrize(
    "line",
    [
        "Pris: 500 kr per deltaker",
        "Vi vil selge kurset videre til private firma.",
        "Vi skal ta betalt for kurset, 200 kroner per deltakar.",
        "Vi ønskjer å selje kurset vidare.",
    ],
)
def test_an_order_with_a_price_or_a_resale_is_refused_and_the_owner_told(
    office: Office, line: str
) -> None:
    body = f"Kurs: Fallforebygging i sykehjem\nKurseier: Sykehuset Innlandet\n\n{line}"
    assert reasons(office, LENDER, ORDER, body) == ("refused", ["resale_trust_course"])
    copy = office.last(OWNER)
    assert copy.template == "resale_refused"
    text = " ".join(office.text(OWNER).split())
    assert "Kongsvinger kommune ville sette en pris" in text
    assert "«Kurs en part har lånt av en annen part kan ikke selges videre av låneren" in text


def test_what_is_asked_beside_a_refused_resale_is_still_read(office: Office) -> None:
    line = "Vi vil selge kurset videre. Når er det neste møtet om språk i kursene?"
    body = f"Kurs: Fallforebygging i sykehjem\nKurseier: Sykehuset Innlandet\n\n{line}"
    refused = ["resale_trust_course", "words_beside_opening"]
    assert reasons(office, LENDER, ORDER, body) == ("refused", refused)


@pytest.mark.parametrize(
    "line",
    ["Pris: gratis", "Pris: 0 kr", "Pris: ingen", "Vi skal ikke selge kurset videre.", "Mvh"],
)
def test_what_sets_no_price_and_sells_nothing_is_opened(office: Office, line: str) -> None:
    body = f"Kurs: Fallforebygging i sykehjem\nKurseier: Sykehuset Innlandet\n\n{line}"
    assert office.mail(LENDER, ORDER, body).verdict == "opened"


def test_a_loan_may_be_sold_on_under_one_licence_alone(office: Office) -> None:
    def holds(licence: str, verdict: str) -> None:
        body = f"{loan(NAMES[len(office.seen)], licence)}\nVi vil selge kurset videre."
        assert office.mail(OWNER, LOAN, body).verdict == verdict

    others = ("CC BY", "CC0", "CC BY-NC-SA 4.0", "CC BY-ND", "CC", "ingen")
    each_holds([("CC BY-SA 4.0", "opened"), *((each, "refused") for each in others)], holds)
    assert office.last(LENDER).template == "resale_refused"


def test_the_owner_who_sets_a_price_is_refused_and_told_once(office: Office) -> None:
    body = form(Forutsetninger="Ingen\nPris: 300 kr")
    assert reasons(office, OWNER, SUBJECT, body) == ("refused", ["resale_trust_course"])
    assert [each.template for each in office.letters(OWNER)] == ["answer"]


def test_a_form_that_only_speaks_of_selling_is_opened(office: Office) -> None:
    assert office.open(Innhold="Hvordan vi skal selge inn et kurs til ledelsen.")
    assert not office.letters(LIAISON)


def test_only_what_is_under_cc_by_sa_may_be_sold_on(office: Office) -> None:
    def may_sell(licence: str) -> bool:
        number = office.mail(OWNER, LOAN, loan(NAMES[len(office.seen)], licence)).request
        with office.site.database.reading() as tx:
            return resale_of(tx, number.lower()).refused is None

    assert may_sell("CC BY-SA 4.0")
    for other in ("CC BY 4.0", "CC0", "CC BY-NC-SA", "CC BY-ND", "CC", ""):
        assert not may_sell(other), other
    number = office.open()
    with office.site.database.reading() as tx:
        refused = resale_of(tx, number).refused
        assert refused is not None
        assert refused.code == "resale_trust_course"
        with pytest.raises(NotFoundError):
            resale_of(tx, "KD-2026-9999")
        with pytest.raises(NotFoundError):
            resale_of(tx, "Et kurs som ingen har")
