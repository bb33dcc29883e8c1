"""Parties by code, number and name; labels; licences; identity numbers."""

from __future__ import annotations

import pytest

from config.register import parties
from engine.domain import licence
from engine.domain.labels import LABELS, direction_of, label_of
from engine.domain.register.parties import find_party, nearest
from engine.domain.secrecy import MASK, has_identity_number, masked

PARTIES = {party.id: party for party in parties()}


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("ahus", "ahus"),
        ("Ahus HF", "ahus"),
        ("AKERSHUS UNIVERSITETSSYKEHUS", "ahus"),
        ("Akershus universitetssykehus HF (Ahus)", "ahus"),
        ("Sjukehuset Telemark", "sthf"),
        ("STHF", "sthf"),
        ("VVHF", "vv"),
        ("Vestre  Viken helseforetak", None),
        ("983 971 636", "ahus"),
        ("KS", "ks"),
        ("KS Læring", "ks-laering"),
        ("ks-laering", "ks-laering"),
        ("Oslo", "0301"),
        ("oslo kommune", "0301"),
        ("0301", "0301"),
        ("0301 Oslo", "0301"),
        ("4020 Midt-Telemark", "4020"),
        ("4020 Midt-Telemark kommune", "4020"),
        ("0301 Bergen", None),
        ("9999 Oslo", None),
        ("Våler", None),  # there are two
        ("3114 Våler", "3114"),
        ("Vaga", None),  # Vågå keeps its letters
        ("Vågå", "3435"),
        ("", None),
        ("HF", None),
        ("()", None),
    ],
)
def test_a_party_is_found_by_code_number_or_name(text: str, party: str | None) -> None:
    found = find_party(text, PARTIES)
    assert (found and found.id) == party


def test_the_nearest_party_helps_who_misspells() -> None:
    assert nearest("Ahuss", PARTIES) == "Akershus universitetssykehus HF"
    assert nearest("Sykehuset Innlander", PARTIES) == "Sykehuset Innlandet HF"
    assert nearest("Ahus", {}) == ""


def test_there_are_two_labels_and_each_has_its_direction() -> None:
    assert direction_of("delt til KS Læring") == "to_ks"
    assert direction_of("delt fra KS") == "from_ks"
    assert {label_of("to_ks"), label_of("from_ks")} == LABELS
    with pytest.raises(ValueError, match="no such label"):
        direction_of("delt fra KS Læring")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CC BY-SA 4.0", "CC BY-SA 4.0"),
        ("CC-by-sa", "CC BY-SA"),
        ("cc by sa 3.0 internasjonal", "CC BY-SA 3.0"),
        ("Creative Commons BY-SA", "CC BY-SA"),
        ("Creative Commons Navngivelse-DelPåSammeVilkår 4.0", "CC BY-SA 4.0"),
        ("Creative Commons Namngiving-Del på same vilkår 4.0", "CC BY-SA 4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC BY-NC-SA 4.0"),
        ("CC BY-SA-NC 4.0", "CC BY-NC-SA 4.0"),
        ("CC BY", "CC BY"),
        ("CC0", "CC0"),
        ("CC BY-ND 4.0", "CC BY-ND 4.0"),
        ("NLOD 2.0", "NLOD"),
        ("Alle rettigheter forbeholdt", "Alle rettigheter forbeholdt"),
        ("ingen", ""),
        ("Ingen lisens", ""),
        ("", ""),
        ("CC", None),
        ("Creative Commons", None),
        ("CC BY-SA eller CC BY", None),
        ("CC BY-SA-ND", None),
        ("CC BY-fri", None),
        ("ikke CC BY-SA", None),
        ("fri bruk", None),
    ],
)
def test_a_licence_is_read_only_when_it_is_clear_which_one(text: str, code: str | None) -> None:
    found = licence.parse(text)
    assert (None if found is None else str(found)) == code


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("CC BY-SA 4.0, vedtatt", True),
        ("CC BY-SA 4.0, vedteke", True),
        ("CC BY-SA 4.0 (vedtak 12.3.2026)", True),
        ("CC BY-SA 4.0", False),
        ("CC BY-SA 4.0, ikke vedtatt", False),
    ],
)
def test_the_owners_decision_must_be_said(text: str, decided: bool) -> None:
    found = licence.parse(text)
    assert found is not None
    assert found.decided == decided


def test_creative_commons_is_told_from_other_licences() -> None:
    assert licence.is_creative_commons("CC0 1.0")
    assert not licence.is_creative_commons("NLOD")
    assert not licence.is_creative_commons("CC")


@pytest.mark.parametrize(
    "number",
    ["01019012345", "010190 12345", "010190-12345", "41019012345", "01419012345", "01819012345"],
)
def test_what_looks_like_an_identity_number_is_taken_out(number: str) -> None:
    assert masked(f"Pasient {number}, ring") == f"Pasient {MASK}, ring"
    assert has_identity_number(number)


@pytest.mark.parametrize(
    "text", ["983971636", "99999999999", "004722334455", "123456789012", "12345.67", "kl. 10.15"]
)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text
