"""The decision table, and that `transitions` gives the same answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from msgspec.structs import replace

from engine import machine
from engine.definition import read
from engine.definition.types import Workflow
from engine.machine import Table

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workflow(hf_text: str) -> Workflow:
    return read.workflow(hf_text, "hf_to_ks.yaml")


def test_the_table_agrees_with_transitions_for_every_state_event_and_outcome(
    workflow: Workflow,
) -> None:
    assert machine.proof_of_table(workflow) == ()


@pytest.mark.parametrize(
    ("state", "event", "target"),
    [
        ("received", "accept", "shared"),
        ("received", "confirm_label", "shared"),
        ("received", "accept", None),
        ("consulting", "fill_in", "draft"),
        ("ending", "confirm_ending", "ended"),
        ("ended", "undo_ending", "shared"),
    ],
)
def test_a_wrong_row_in_the_table_is_found(
    workflow: Workflow, state: str, event: str, target: str | None
) -> None:
    moves = {name: dict(row) for name, row in machine.compile(workflow).moves.items()}
    moves[state].pop(event, None)
    if target is not None:
        moves[state][event] = target
    found = machine.proof_of_table(workflow, Table(moves))
    assert found
    assert all(f"in «{state}», {event} " in disagreement for disagreement in found)


def test_a_disagreement_names_the_outcome_of_the_guards(workflow: Workflow) -> None:
    moves = {name: dict(row) for name, row in machine.compile(workflow).moves.items()}
    moves["draft"]["consult"] = "submitted"
    assert machine.proof_of_table(workflow, Table(moves)) == (
        "in «draft», consult with course_information_complete true, only_opinions_missing true"
        " leads to submitted by the table and to consulting by transitions",
    )


def test_an_unknown_state_or_event_leads_nowhere(workflow: Workflow) -> None:
    table = machine.compile(workflow)
    assert table.target("nowhere", "submit") is None
    assert table.target("draft", "to_shared") is None
    assert table.events("nowhere") == ()


def test_events_come_in_the_order_of_the_file(workflow: Workflow) -> None:
    table = machine.compile(workflow)
    assert table.events("ending") == ("undo_ending", "confirm_ending", "end_date_reached")
    assert table.events("ended") == ()


def test_names_that_transitions_would_import_or_bind_are_only_names_to_us(
    spoil: Callable[[str, str], str], workflow: Workflow
) -> None:
    text = spoil("same_as_who_ended", "os_getcwd").replace("give_up", "trigger")
    assert machine.proof_of_table(read.workflow(text, "x.yaml")) == ()
    ending = workflow.events["undo_ending"]
    dotted = replace(ending, when=("os.getcwd",))
    events = {**workflow.events, "undo_ending": dotted}
    assert machine.proof_of_table(replace(workflow, events=events)) == ()


def test_making_a_table_costs_next_to_nothing(workflow: Workflow) -> None:
    started = process_time()
    for _ in range(100):
        machine.compile(workflow)
    assert (process_time() - started) / 100 < 0.005


def test_the_daily_path_does_not_import_transitions() -> None:
    code = (
        "import sys; from engine import machine; from engine.definition import read\n"
        "from pathlib import Path\n"
        "machine.compile(read.workflow(Path(sys.argv[1]).read_bytes(), 'x'))\n"
        "assert 'transitions' not in sys.modules and 'sqlalchemy' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT / "workflows" / "hf_to_ks.yaml")],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
