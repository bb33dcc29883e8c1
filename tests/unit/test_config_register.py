"""The register that comes with the program: who there is, on which side, written to how."""

from __future__ import annotations

from collections import Counter

import pytest

from config.register import parties
from engine.model import PLATFORM, Party

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


@pytest.fixture(scope="module")
def register() -> dict[str, Party]:
    return {party.id: party for party in parties()}


def test_every_party_has_an_id_of_its_own(register: dict[str, Party]) -> None:
    assert len(register) == len(parties()) == 371


def test_the_register_holds_each_kind_whole(register: dict[str, Party]) -> None:
    assert Counter(party.kind for party in register.values()) == {
        "municipality": 357,
        "trust": 10,
        "region": 1,
        "supplier": 1,
        "association": 1,
        "platform": 1,
    }


def test_trusts_stand_on_one_side_and_municipalities_with_ks_on_the_other(
    register: dict[str, Party],
) -> None:
    trusts = {party.id for party in register.values() if party.side == "trust"}

    assert trusts == {
        "hso", "ahus", "ous", "sunnaas", "si", "siv", "sthf", "so", "sshf", "vv", "sa",
        "sykehuspartner",
    }  # fmt: skip
    assert all(party.side == "municipal" for id_, party in register.items() if id_ not in trusts)


def test_the_platform_is_ks_laering(register: dict[str, Party]) -> None:
    assert register[PLATFORM].kind == "platform"
    assert register[PLATFORM].name == "KS Læring"
    assert register["ks"].kind == "association"


@pytest.mark.parametrize(
    ("party", "name", "standard"),
    [
        ("0301", "Oslo kommune", "neutral"),
        ("1101", "Eigersund kommune", "nb"),
        ("4020", "Midt-Telemark kommune", "nn"),
        ("ahus", "Akershus universitetssykehus HF", "nb"),
        ("ous", "Oslo universitetssykehus HF", "neutral"),
        ("sunnaas", "Sunnaas sykehus HF", "neutral"),
        ("ks-laering", "KS Læring", "neutral"),
    ],
)
def test_a_party_has_its_full_name_and_its_written_standard(
    register: dict[str, Party], party: str, name: str, standard: str
) -> None:
    assert (register[party].name, register[party].written_standard) == (name, standard)


def test_the_written_standards_of_municipalities_are_those_of_the_regulation(
    register: dict[str, Party],
) -> None:
    municipal = [p for p in register.values() if p.kind == "municipality"]

    assert Counter(p.written_standard for p in municipal) == {"nb": 118, "nn": 88, "neutral": 151}


def test_every_organisation_number_has_its_control_digit(register: dict[str, Party]) -> None:
    for party in register.values():
        if party.organisation_number:
            *digits, control = map(int, party.organisation_number)
            total = sum(d * w for d, w in zip(digits, WEIGHTS, strict=True))
            assert (11 - total % 11) % 11 == control, party


def test_only_three_parties_stand_without_an_organisation_number(
    register: dict[str, Party],
) -> None:
    without = {party.id for party in register.values() if not party.organisation_number}

    assert without == {"ks", "ks-laering", "1580"}
