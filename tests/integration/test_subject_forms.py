"""The subject names the routine, in each form that the contract gives it in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.store.cases.requests import load_request
from tests.integration.office import OWNER, Office, form, new_office

LINKED = "Kurs: Håndhygiene {n}\nKurseier: KS\nLenke: https://kurs.example/course/{n}\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def workflow(office: Office, subject: str, text: str) -> str:
    outcome = office.mail(OWNER, f"{subject}: Håndhygiene", text)
    assert outcome.verdict == "opened", subject
    with office.site.database.reading() as tx:
        request = load_request(tx, outcome.request)
    assert request is not None
    return request.workflow


def test_one_who_may_open_two_routines_chooses_by_the_subject(office: Office) -> None:
    to_ks = ["Deling til KS Læring", "DELING TIL KS LÆRING", "Share to KS Læring"]
    from_ks = ["Deling fra KS Læring", "Deling frå KS Læring", "Share from KS Læring"]
    for n, subject in enumerate([*to_ks, "Sharing to KS Læring", "Fwd: Deling til KS Læring"]):
        assert workflow(office, subject, form(Kursets_kortnavn=f"SI-{n}")) == "hf_to_ks"
    for n, subject in enumerate([*from_ks, "Sharing from KS Læring", "SV: Deling fra KS Læring"]):
        assert workflow(office, subject, LINKED.format(n=n)) == "hf_shares_from_ks"
