"""Who else is told when one of several holders acts, and whom a chaser goes to."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.model import Actor, Contact, Facts, Plan
from engine.plan.decide import plan
from engine.plan.reminding import letters_due
from tests.unit.cases import AT, CONTACTS, FACTS, act, actor, case

SECOND = "nummerto@ks-laering.example"


def more(duty: str, email: str) -> Contact:
    """Another holder of `duty` at the party that holds it."""
    first = next(contact for contact in CONTACTS if contact.duty == duty)
    return replace(first, id=90, email=email)


def facts(*others: Contact, away: frozenset[str] = frozenset()) -> Facts:
    return replace(FACTS, contacts=(*CONTACTS, *others), away=away)


def told(result: object) -> list[tuple[str, str]]:
    assert isinstance(result, Plan)
    return [
        (letter.receiver, letter.template)
        for letter in result.letters
        if letter.template == "answered_by_colleague"
    ]


def test_the_other_holders_of_the_role_that_acted_are_told() -> None:
    given = case("submitted", facts=facts(more("ks_laering", SECOND)))
    assert told(plan(given, act("acknowledge", actor("ks_laering")), AT)) == [
        (SECOND, "answered_by_colleague")
    ]


def test_a_role_with_one_holder_tells_nobody() -> None:
    assert told(plan(case("submitted"), act("acknowledge", actor("ks_laering")), AT)) == []


def test_whoever_holds_the_duty_by_another_address_is_not_told_of_themselves() -> None:
    own = "ks_laering@ks-laering.example"
    given = case("submitted", facts=facts(more("ks_laering", SECOND)))
    first = next(contact for contact in CONTACTS if contact.duty == "ks_laering")
    acting = Actor(name=SECOND, contacts=(replace(first, aliases=(SECOND,)),))
    by_alias = replace(act("acknowledge", actor("ks_laering")), actor=acting)
    assert own not in [receiver for receiver, _ in told(plan(given, by_alias, AT))]


def test_fields_that_somebody_fills_in_are_told_to_nobody_else() -> None:
    given = case("draft", facts=facts(more("elearning", "to@si.example")))
    filled = replace(act("fill_in", actor("elearning")), values={"goal": "Et nytt mål."})
    assert told(plan(given, filled, AT)) == []


@pytest.mark.parametrize(("name", "called"), [("", ""), ("Testperson Beta", "Testperson Beta (")])
def test_the_letter_names_who_answered_and_what(name: str, called: str) -> None:
    contacts = tuple(replace(c, name=name) if c.duty == "ks_laering" else c for c in CONTACTS)
    known = replace(FACTS, contacts=(*contacts, more("ks_laering", SECOND)))
    result = plan(case("submitted", facts=known), act("acknowledge", actor("ks_laering")), AT)
    assert isinstance(result, Plan)
    extra = next(letter for letter in result.letters if letter.receiver == SECOND).variables[
        "extra"
    ]
    assert extra["said"] == "MOTTATT"
    assert extra["colleague"].startswith(called)
    assert "ks_laering@ks-laering.example" in extra["colleague"]


@pytest.mark.parametrize(
    ("away", "chased"),
    [
        ((), {"ks_laering@ks-laering.example", SECOND}),
        (("ks_laering@ks-laering.example",), {SECOND}),
        (("ks_laering@ks-laering.example", SECOND), {"ks_laering@ks-laering.example", SECOND}),
    ],
)
def test_a_chaser_goes_to_whoever_is_there_or_to_all(
    away: tuple[str, ...], chased: set[str]
) -> None:
    known = facts(more("ks_laering", SECOND), away=frozenset(away))
    letters = letters_due(case("submitted", facts=known), "remind", "", ("platform",), AT)
    assert {letter.receiver for letter in letters} == chased
