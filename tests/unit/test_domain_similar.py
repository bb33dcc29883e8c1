"""Which known courses an order may mean: likely ones are proposed, others are left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.domain.similar import POSSIBLE, similar
from engine.model import KnownCourse

SHARED = datetime(2026, 3, 5, tzinfo=UTC)


def course(
    name: str, short: str = "", owner: str = "si", since: datetime | None = None
) -> KnownCourse:
    return KnownCourse(
        request="KD-2026-0001", full_name=name, short_name=short, owner=owner, since=since
    )


KNOWN = (
    course("Fallforebygging i sykehjem", "SI-FALL1"),
    course("Hygiene i hjemmetjenesten", "AHUS-HYG", "ahus"),
    course("Diabetes type 2", "ST-DIA2", "st"),
    course("Trygg legemiddelhåndtering", "AHUS-LEGUT", "ahus"),
    course("Vold i nære relasjoner", "OUS-VOLD", "ous"),
    course("Grunnkurs i smittevern", "SO-SMITTE", "so"),
)


def names(text: str, **options: float) -> list[str]:
    return [found.full_name for found in similar(text, KNOWN, **options)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fallforebygging i sykehjem", "Fallforebygging i sykehjem"),
        ("Fallførebygging i sjukeheim", "Fallforebygging i sykehjem"),
        ("Fallforebygging på sykehjemmet", "Fallforebygging i sykehjem"),
        ("Fall i sykehjem", "Fallforebygging i sykehjem"),
        ("Falforebygging", "Fallforebygging i sykehjem"),
        ("E-læringskurs om fallforebygging", "Fallforebygging i sykehjem"),
        ("kurset SI-FALL1", "Fallforebygging i sykehjem"),
        ("si-fall1", "Fallforebygging i sykehjem"),
        ("Hygiene i heimetenesta", "Hygiene i hjemmetjenesten"),
        ("Kurs i diabetes", "Diabetes type 2"),
        ("Diabetes type 2 hos barn", "Diabetes type 2"),
        ("Vald i nære relasjonar", "Vold i nære relasjoner"),
        ("TRYGG LEGEMIDDELHANDTERING", "Trygg legemiddelhåndtering"),
        ("«Smittevern»", "Grunnkurs i smittevern"),
    ],
)
def test_a_course_is_found_by_what_people_call_it(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kurs",
        "Kurs i",
        "Hygiene i sykehjem og fengsel for nytilsatte",
        "Etikk i sykehjem",
        "Trygg i trafikken",
        "Relasjonsledelse",
        "ikke kjent",
        "–",
    ],
)
def test_a_course_that_only_shares_a_common_word_is_not_proposed(text: str) -> None:
    assert names(text) == []


def test_who_searches_is_shown_more_than_who_is_proposed_to() -> None:
    assert names("Etikk i sykehjem", at_least=POSSIBLE) == ["Fallforebygging i sykehjem"]
    assert names("hygiene", at_least=POSSIBLE) == ["Hygiene i hjemmetjenesten"]
    assert names("matematikk", at_least=POSSIBLE) == []


def test_the_likest_stands_first_and_a_shared_one_before_its_equals() -> None:
    known = (
        course("Fallforebygging i hjemmet", owner="st"),
        course("Fallforebygging i sykehjem", owner="ahus"),
        course("Fallforebygging i sykehjem", owner="si", since=SHARED),
    )
    found = similar("Fallforebygging i sykehjem", known)
    assert [each.owner for each in found] == ["si", "ahus", "st"]


def test_one_owner_s_course_of_one_name_is_told_of_once() -> None:
    known = (course("Fall i sykehjem"), course("Fall i Sykehjem", since=SHARED))
    assert [each.since for each in similar("Fall i sykehjem", known)] == [SHARED]
