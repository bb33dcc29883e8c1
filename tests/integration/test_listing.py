"""A list says of each request just what a look at that request alone says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.service.acts import commands
from engine.service.requests.listing import Line, lines
from engine.service.requests.show import every
from engine.store.database import Transaction
from tests.integration.office import EXPERTS, OWNER, PLATFORM, Office, new_office
from tests.unit.cases import FORM


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Requests in four states: one whose waits the row tells, and some where guards are asked."""
    office = new_office(tmp_path / "site")
    for name in ("DRAFT", "ASKED", "HALF", "TAKEN"):
        short = {"short_name": f"SI-{name}"}
        if name == "DRAFT":
            short["category"] = ""
        if name == "TAKEN":
            short["exception"] = "Fagmiljøet er nedlagt"
        commands.open_by_command(
            office.site, "hf_to_ks", email=OWNER, at=office.at, values={**FORM, **short}
        )
    commands.fire(office.site, "KD-2026-0003", "give_opinion", email=EXPERTS, at=office.at)
    commands.fire(office.site, "KD-2026-0004", "acknowledge", email=PLATFORM, at=office.at)
    return office


def found(office: Office, **wanted: Any) -> tuple[Line, ...]:
    return lines(office.look(), office.at, **wanted)


def test_a_line_says_what_the_request_itself_says(office: Office) -> None:
    views = every(office.site)

    assert [view.request.state for view in views] == [
        "draft",
        "consulting",
        "consulting",
        "received",
    ]
    assert [line.document() for line in found(office)] == [view.document() for view in views]
    assert [[*line.document()] for line in found(office)] == [
        [*view.document()] for view in views
    ], "and in the same order"


def test_a_line_is_found_by_who_is_waited_for_and_by_state(office: Office) -> None:
    def numbers(**wanted: Any) -> list[str]:
        return [line.row["number"][-1] for line in found(office, **wanted)]

    assert numbers(state="consulting") == ["2", "3"]
    assert numbers(workflow="hf_shares_from_ks") == []
    assert numbers(waiting_on="si", state="consulting") == ["2", "3"]
    assert numbers(waiting_on="ks-laering") == ["4"]


def test_a_brief_line_shows_in_a_table_what_the_whole_one_does(office: Office) -> None:
    nameless = {**FORM, "full_name": "", "short_name": "SI-NAMELESS"}
    commands.open_by_command(office.site, "hf_to_ks", email=OWNER, at=office.at, values=nameless)
    with office.site.database.transaction() as tx:
        # As on a site of old, where a form said the name before its course did.
        tx.run("course_update", {**_no_name(tx), "of_course": 1})

    whole, brief = found(office), found(office, brief=True)

    assert len(whole) == 5
    assert [line.course_name() for line in brief] == [line.course_name() for line in whole]
    assert brief[0].course_name()
    assert [line.row["form"] is None for line in brief] == [False, True, True, True, False]
    for name in ("owed", "labels"):
        assert [getattr(line, name) for line in brief] == [getattr(line, name) for line in whole]


def _no_name(tx: Transaction) -> dict[str, Any]:
    row = tx.one("course_by_id", {"of_course": 1})
    assert row is not None
    return {**row, "full_name": ""}
