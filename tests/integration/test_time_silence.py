"""What the proof says of a silent world is what a simulation of it shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.check.silence import end_of_silence, silence, starts_of
from engine.definition.types import Workflow
from engine.service.site import Site
from engine.service.time.simulate import Happening, simulate
from engine.store.contacts.register import add_contact, parties, upsert_parties
from engine.store.opening import memory
from tests.integration.office import CONTACTS, new_office
from tests.integration.standing import stand
from tests.soak import SOAK

A_MOMENT = timedelta(microseconds=1)
EVERY, EVERY_OF_TIME = (1, 15) if SOAK else (61, 61)
"""Of the year's days, each so-many-th is tried besides the one with the longest silence; for what
time opens, each costs a simulation of its own.
"""


def days_of(start: datetime, end: datetime) -> int:
    return (oslo_day(end - A_MOMENT) - oslo_day(start)).days


def chosen(workflow: Workflow, state: str, site: Site) -> list[datetime]:
    """The days on which a silence begins: some, and always the one that makes it longest."""
    starts = starts_of(workflow, site.rules.calendar)

    def length(start: datetime) -> int:
        end, _ = end_of_silence(workflow, site.rules.calendar, state, start)
        assert end is not None
        return days_of(start, end)

    step = EVERY_OF_TIME if workflow.opens_with.by_time else EVERY
    return sorted({*starts[::step], max(starts, key=length)})


def ends_silence(workflow: Workflow, happening: Happening) -> bool:
    if happening.action == "escalate":
        return True
    return happening.action == "fire" and not workflow.states[happening.to].waits_for


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return new_office(tmp_path_factory.mktemp("silence") / "site").site


@pytest.mark.parametrize(
    "name",
    [
        "hf_to_ks",
        "hf_shares_from_ks",
        "ks_orders_from_hf",
        "network_plan",
        "network_report",
        "su_rollup",
    ],
)
def test_the_longest_silence_is_what_a_simulation_shows(name: str, site: Site) -> None:
    workflow = site.routines.named(name).workflow
    calendar = site.rules.calendar
    wanted = [
        (state.name, start)
        for state in workflow.states.values()
        if state.waits_for
        for start in chosen(workflow, state.name, site)
    ]
    together = [[each for each in wanted if each[1] == start] for start in {at for _, at in wanted}]
    # What time opens may be late when it comes into its state, and then must not be played before.
    groups = together if workflow.opens_with.by_time else [wanted]
    shown = {each: end for group in groups for each, end in simulated(workflow, site, group)}
    assert shown.keys() == set(wanted)
    for (state, start), end in shown.items():
        proved, _ = end_of_silence(workflow, calendar, state, start)
        assert end == proved, (state, start)
    problems, longest = silence(workflow, calendar)
    assert not problems
    assert max(days_of(start, end) for (_, start), end in shown.items()) == longest


def simulated(
    workflow: Workflow, site: Site, wanted: list[tuple[str, datetime]]
) -> Iterator[tuple[tuple[str, datetime], datetime]]:
    """When the silence that begins in each state then ends, if nobody ever answers."""
    with memory() as database:
        silent = replace(site, database=database)
        _people(silent, site)
        left = {stand(silent, workflow, *each): each for each in wanted}
        first = min(start for _, start in wanted)
        for told in simulate(silent, first, first + timedelta(days=4 * 366)):
            if told.request in left and ends_silence(workflow, told):
                yield left.pop(told.request), told.at
            if not left:
                return


def _people(silent: Site, site: Site) -> None:
    with site.database.reading() as here:
        known = parties(here)
    with silent.database.transaction() as tx:
        upsert_parties(tx, known.values())
        for party, duty, email in CONTACTS:
            add_contact(tx, party_id=party, duty=duty, email=email, valid_from=date(2000, 1, 1))
