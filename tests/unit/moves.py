"""What the tables of moves share: who acts, every combination, and how an outcome is held to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

from engine.model import TIME, Actor, Plan, Refusal
from engine.plan.case import Case
from engine.plan.decide import plan
from tests.rows import each_holds
from tests.unit.cases import AT, act, actor, routine

ELEARNING, EXPERTS, LIAISON = "elearning", "subject_experts", "cooperation_unit"
MUNICIPALITY, PLATFORM = "municipality", "ks_laering"
CLOCK = "time"
"""Who may act: a duty of `cases.CONTACTS`, or time itself."""

Move = tuple[str, str, str]
"""A state, an event, and who tries it."""
Row = tuple[str, str, str, str]
"""A line of a table: from, event, to, who."""


def ending(owner: str, borrower: str) -> list[Row]:
    """DOMAIN §2 (d), the same in every routine; here the owner is the one who ends.

    `avtale_utlopt` moves nothing there: running shares stay, and new requests meet the guard
    agreement_in_force; the flag belongs to the agreement, not to the request. `laaner_bekrefter`
    ends a share at once in DOMAIN; INTERFACE §4 lets it end on its day, so a confirmation only
    stops the reminders.
    """
    return [
        ("shared", "end_share", "ending", owner),  # delt · eier_avslutter · avsluttes
        ("shared", "stop_borrowing", "ending", borrower),  # delt · laaner_slutter · avsluttes
        ("ending", "undo_ending", "shared", owner),  # avsluttes · angre · delt (who ended it)
        ("ending", "confirm_ending", "ending", borrower),  # avsluttes · laaner_bekrefter
        ("ending", "end_date_reached", "ended", CLOCK),  # avsluttes · dato_naadd · avsluttet
    ]


def ended_by(party: str) -> Mapping[str, object]:
    """What a request keeps while its share ends because `party` said so."""
    return {"ends_on": "2026-12-01", "ended_by": [party]}


def table_of(*parts: Iterable[Row]) -> dict[Move, str]:
    """The state that each move leads to."""
    return {(state, event, who): to for rows in parts for state, event, to, who in rows}


def every_move(name: str, roles: Sequence[str]) -> list[Move]:
    """Every event in every state of the routine, by each who may act."""
    workflow, _ = routine(name)
    return list(product(workflow.states, workflow.events, roles))


def who_acts(who: str) -> Actor:
    """The holder of the duty `who`, or time."""
    return TIME if who == CLOCK else actor(who)


def assert_as_in(
    table: Mapping[Move, str],
    moves: Iterable[Move],
    attempt: Callable[[str, str, str], Plan | Refusal],
) -> None:
    """Every move leads where the table says; one that it lacks is refused with a reason."""

    def leads_as_in_the_table(state: str, event: str, who: str) -> None:
        outcome = attempt(state, event, who)
        found = outcome.after.state if isinstance(outcome, Plan) else f"refused {outcome.reasons}"
        wanted = table.get((state, event, who))
        if wanted is None:
            refused = isinstance(outcome, Refusal) and outcome.reasons
            assert refused, f"{found}, and should be refused with a reason"
        else:
            assert found == wanted, f"{found}, and should be {wanted}"

    each_holds(moves, leads_as_in_the_table)


def assert_names_every_event(table: Mapping[Move, str], name: str) -> None:
    """The table has each event of the routine's file, and no other."""
    workflow, _ = routine(name)
    assert {event for _, event, _ in table} == set(workflow.events)


def assert_only_who_ended_undoes(ended: Case, *, by: str, other: str) -> None:
    """`ended`, whose share `by` is ending, is taken back by `by` alone and confirmed by `other`."""
    undone = plan(ended, act("undo_ending", actor(by)), AT)
    assert isinstance(undone, Plan)
    assert undone.after.state == "shared"
    assert isinstance(plan(ended, act("undo_ending", actor(other)), AT), Refusal)
    assert isinstance(plan(ended, act("confirm_ending", actor(other)), AT), Plan)
