"""«Kurskoordinator» and «Produsert av»: who made the course, and who answers for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from config.register import parties
from engine.domain import course_information
from engine.domain.course_information import information_of
from engine.domain.register import coordinator
from engine.model import Contact, Facts, Request

PARTIES = {party.id: party for party in parties()}
SI = PARTIES["si"]
HOLDER = Contact(
    id=1,
    party="si",
    duty="elearning",
    email="elaring@si.example",
    name="Prøve Mellomnavn Testesen",
    valid_from=date(2016, 1, 1),
    aliases=("e-laring@si.example",),
)
NORMAL = "Prøve Mellomnavn Testesen <elaring@si.example>"


@pytest.mark.parametrize(
    "text",
    [
        "e-læringsansvarlig",
        "Elæringsansvarleg",
        "Lokal elæringsansvarlig i HF-et",
        "lokal e-læringsansvarleg i helseføretaket",
        "(rolle) e-læringsansvarlig si",
        "E-læringsansvarlig ved Sykehuset Innlandet HF",
        "e-læringsansvarlig hos oss i sykehuset innlandet",
        "Local e-learning officer",
    ],
)
def test_the_duty_in_words_is_enough(text: str) -> None:
    judged = coordinator.judge(text, SI, PARTIES, (HOLDER,))
    assert (judged.value, judged.faults, judged.warnings) == (text, (), ())


def test_the_words_are_fine_also_while_nobody_holds_the_duty() -> None:
    judged = coordinator.judge("e-læringsansvarlig", SI, PARTIES, ())
    assert judged.faults == ()
    assert [warning.code for warning in judged.warnings] == ["coordinator_vacant"]


@pytest.mark.parametrize(
    "text",
    [
        "elaring@si.example",
        "E-LARING@si.example",
        "Prøve Mellomnavn Testesen",
        "prøve testesen",
        "Prøve Testesen, rådgiver",
        "Prøve Testesen (e-læringsansvarlig)",
        "Noen Andre <elaring@si.example>",
        NORMAL,
    ],
)
def test_the_holder_by_name_or_address_comes_out_with_both(text: str) -> None:
    judged = coordinator.judge(text, SI, PARTIES, (HOLDER,))
    assert (judged.value, judged.faults) == (NORMAL, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("annen@si.example", "coordinator_not_registered"),
        ("Prøve Testesen <annen@si.example>", "coordinator_not_registered"),
        ("Prøve", "coordinator_not_registered"),
        ("Testperson Upsilon, e-læringsansvarlig", "coordinator_not_registered"),
        ("e-læringsansvarlig ahus", "coordinator_other_party"),
        ("e-læringsansvarlig ved Sykehuset Østfold", "coordinator_other_party"),
    ],
)
def test_anybody_else_is_a_fault(text: str, code: str) -> None:
    judged = coordinator.judge(text, SI, PARTIES, (HOLDER,))
    assert [fault.code for fault in judged.faults] == [code]


def test_a_municipal_owner_decides_for_itself() -> None:
    judged = coordinator.judge("Testperson Phi", PARTIES["4020"], PARTIES, ())
    assert (judged.value, judged.faults) == ("Testperson Phi", ())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A B, lege, Fag, Sykehuset Innlandet", "A B, lege, Fag, Sykehuset Innlandet"),
        ("A B,lege ,Fag,si", "A B, lege, Fag, si"),
        ("A B, lege, Avdeling for hjerte, lunge og kar, Sjukehuset Innlandet HF.",
         "A B, lege, Avdeling for hjerte, lunge og kar, Sjukehuset Innlandet HF"),
        ("A B\nlege\nFag\nSykehuset Innlandet", "A B, lege, Fag, Sykehuset Innlandet"),
        ("A B; lege; Fag; Sykehuset Innlandet", "A B, lege, Fag, Sykehuset Innlandet"),
        ("A B, lege, Avdeling for\nhjerte, Sykehuset Innlandet",
         "A B, lege, Avdeling for hjerte, Sykehuset Innlandet"),
    ],
)  # fmt: skip
def test_the_four_parts_of_the_producer_are_read(text: str, value: str) -> None:
    judged = course_information.judge(text, SI, PARTIES)
    assert (judged.value, judged.faults) == (value, ())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A B, lege, Sykehuset Innlandet", ("department",)),
        ("A B, Medisinsk avdeling, Sykehuset Innlandet", ("position",)),
        ("A B, Sykehuset Innlandet", ("position", "department")),
        ("A B, lege, Medisinsk avdeling", ("hospital",)),
        ("A B", ("position", "department", "hospital")),
        ("Sykehuset Innlandet", ("name", "position", "department")),
        ("A B, , Fag, Sykehuset Innlandet", ("position",)),
    ],
)
def test_the_parts_that_seem_to_be_missing_are_named(text: str, parts: tuple[str, ...]) -> None:
    fault = course_information.judge(text, SI, PARTIES).faults[0]
    assert (fault.code, fault.values["parts"]) == ("produced_by_incomplete", parts)


def test_the_hospital_must_be_the_owner_where_the_owner_is_known() -> None:
    text = "A B, lege, Fag, Sykehuset Østfold"
    assert (
        course_information.judge(text, SI, PARTIES).faults[0].code == "produced_by_other_hospital"
    )
    assert course_information.judge(text, None, PARTIES).value == text


def request(owner: str | None = "si", requester: str | None = None) -> Request:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Request(
        id=1,
        number="KD-2026-0001",
        workflow="w",
        version=1,
        state="s",
        since=at,
        owner=owner,
        borrower="ks-laering",
        requester=requester,
        course=None,
        opened_at=at,
        changed_at=at,
        form={"full_name": "Fall", "owner": "Ahus"},
    )


def test_a_request_is_judged_by_its_form_owner_and_day() -> None:
    facts = Facts(parties=PARTIES, contacts=(HOLDER,))
    own = information_of(request(), facts, date(2026, 11, 20), "order")
    assert [fault.code for fault in own.faults] == ["owner_differs"]
    full = information_of(request(), facts, date(2026, 11, 20), "course_information")
    assert len(full.faults) == 13


def test_an_orders_own_words_about_the_owner_are_not_judged() -> None:
    facts = Facts(parties=PARTIES, contacts=(HOLDER,))
    ordered = information_of(request(requester="ks"), facts, date(2026, 11, 20), "order")
    assert ordered.faults == ()
    nobody = information_of(request(owner=None, requester="ks"), facts, date(2026, 11, 20), "order")
    assert nobody.values == {"full_name": "Fall"}
