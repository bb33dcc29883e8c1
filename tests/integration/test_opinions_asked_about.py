"""An opinion in own words, and how the question about it is answered."""

from __future__ import annotations

import pytest

from engine.service.requests.show import one
from tests.integration.office import EXPERTS, Office
from tests.integration.test_opinions_to_read import consulted, office, write

__all__ = ["office"]

CONDITIONAL = "Godkjent med forbehold om at bildet i del 2 blir bytta, der ser ein pasient."


def kept_opinions(office: Office, number: str) -> list[str]:
    return list(one(office.site, number).request.kept.get("opinions", {}).values())


@pytest.mark.parametrize("yes", ["ja, det stemmer\n\nOla", "Ja\n\nKari N. Nordmann\nSykehuset SI"])
def test_a_yes_with_a_name_below_keeps_the_text_that_was_asked_about(
    office: Office, yes: str
) -> None:
    number = consulted(office, "hf_to_ks")
    assert office.reply(EXPERTS, CONDITIONAL).verdict == "suggested"
    assert office.reply(EXPERTS, yes).verdict == "fired"
    assert kept_opinions(office, number) == [CONDITIONAL]


@pytest.mark.parametrize("more", ["Ja, det stemmer, og kapittel 2 er fint.", "Ja, kapittel 3 òg"])
def test_a_yes_with_more_asks_again_about_the_first_text(office: Office, more: str) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, CONDITIONAL)
    for _ in range(2):
        assert office.reply(EXPERTS, more).verdict == "suggested"
        assert "Du skrev ja og mer" in office.text(EXPERTS)
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert kept_opinions(office, number) == [CONDITIONAL]


def test_a_yes_to_an_older_letter_asks_again_about_the_first_text(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    office.reply(EXPERTS, CONDITIONAL)
    assert write(office, number, EXPERTS, "Ja, det stemmer\n\nOla") == "suggested"
    assert office.reply(EXPERTS, "JA").verdict == "fired"
    assert kept_opinions(office, number) == [CONDITIONAL]
