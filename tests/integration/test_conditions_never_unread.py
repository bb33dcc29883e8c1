"""A condition never travels unread: not beside, behind or above any word of the three routines, and
not in any letter of a case that goes on under one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

import notifiers
from engine.definition.types import Event, Workflow
from engine.model import Plan
from engine.plan.decide import plan
from engine.store.cases import queries
from tests.integration.office import AT, CONTACTS, LENDER, Office, lending_office
from tests.integration.standing import stand
from tests.unit.cases import act, actor, case, routine

ROUTINES = ("hf_to_ks", "ks_orders_from_hf", "hf_shares_from_ks")
CONDITIONS = (
    "Hvis kapittel 3 rettes.",
    "Under forutsetning av at kapittel 3 rettes.",
    "Med forbehold om kapittel 3.",
    "Så lenge de ikkje endrar kapittel 3.",
    "Dersom de rettar kapittel 3.",
    "Bare om kapittel 3 blir rettet.",
    "Provided that chapter 3 is corrected.",
    "Men først må kapittel 3 rettes.",
)
PLACES = ("{word}\n\n{said}", "{said}\n\n{word}", "{word}. {said}", "{word}: {said}")
ADDRESSES = {duty: email for party, duty, email in reversed(CONTACTS)} | {"municipality": LENDER}
KEPT_AS = ("condition", "permission_condition")
TEMPLATES = Path(notifiers.__file__).parent / "templates"
GOING_ON = ("conditional", "accepted", "linked", "shared")


def said_by_whom(workflow: Workflow) -> Iterator[tuple[str, Event, str, str]]:
    """(state, event, a word of it, the duty that says it) of everything that people may say."""
    for state in workflow.states:
        for event in workflow.events.values():
            for role in event.by if state in event.sources else ():
                words = (
                    *event.says.get("nb", ()),
                    *(w for k in event.keeps for w in k.says.get("nb", ())),
                )
                for word in words if role in workflow.roles else ():
                    yield state, event, word, workflow.roles[role].duty


@pytest.mark.parametrize("name", ROUTINES)
def test_no_word_is_carried_out_with_a_condition_that_nobody_reads(
    tmp_path: Path, name: str
) -> None:
    office = lending_office(tmp_path / "site")
    workflow = office.site.routines.named(name).workflow
    conditions, played = cycle(CONDITIONS), {"fired": 0, "suggested": 0}
    for state, event, word, duty in said_by_whom(workflow):
        for place in PLACES:
            said = next(conditions)
            office.later(hours=25)  # So many questions a day are too many.
            number = stand(office.site, workflow, state, office.at)
            outcome = office.mail(
                ADDRESSES[duty], f"Om [{number}]", place.format(word=word, said=said)
            )
            played[outcome.verdict] = played.get(outcome.verdict, 0) + 1
            if outcome.verdict == "suggested":
                assert office.state(number) == state
                assert said.rstrip(".") in office.text(ADDRESSES[duty]), (state, word, place)
            if outcome.verdict == "fired":
                assert is_read(office, number, event, said), (state, word, place, said)
    office.site.database.close()
    assert played["suggested"] > played["fired"] > 0, played


def is_read(office: Office, number: str, event: Event, said: str) -> bool:
    """Whether the condition stands in a letter to somebody else, or in the case as one."""
    with office.site.database.reading() as tx:
        request = queries.case(tx, number).request
        actor_of = queries.history(tx, number)[-1].actor
    form, kept = request.form, request.kept
    others = (row for row in office.letters() if row.request == number and row.receiver != actor_of)
    told = any(said in str(row.variables) for row in others)
    return told or said in f"{form} {kept}"


READ_BEFORE = {"no_contact", "course_link_wanted", "link_label_wanted"}
"""To whoever has read the condition before, or to a coordinator about an address."""


@pytest.mark.parametrize("name", ROUTINES)
def test_every_letter_of_a_case_that_goes_on_under_a_condition_tells_it(name: str) -> None:
    workflow, _ = routine(name)
    told = 0
    owner, borrower = ("3401", "si") if name == "hf_shares_from_ks" else ("si", "ks-laering")
    known = {keep.name for event in workflow.events.values() for keep in event.keeps}
    kept = dict.fromkeys(known & {*KEPT_AS}, CONDITIONS[0])
    for state in workflow.states:
        stood = case(state, name=name, kept=kept, owner=owner, borrower=borrower)
        for event in workflow.events.values():
            if state not in event.sources or stood.table.target(state, event.name) not in GOING_ON:
                continue
            duty = workflow.roles[event.by[0]].duty
            found = plan(stood, act(event.name, actor(duty), note="https://kurs.example/x"), AT)
            for letter in found.letters if isinstance(found, Plan) else ():
                if letter.template in READ_BEFORE or not isinstance(found, Plan):
                    continue
                stands = {each: found.after.kept[each] for each in kept if each in found.after.kept}
                assert stands.items() <= letter.variables["kept"].items(), (state, event.name)
                text = (TEMPLATES / letter.language / f"{letter.template}.txt").read_text("utf-8")
                assert "condition" in text, letter.template
                told += 1
    assert told > 3
