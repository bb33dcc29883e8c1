"""The decision table that `transitions` compiles."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine import machine
from engine.definition import read
from engine.definition.types import Workflow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workflow(hf_text: str) -> Workflow:
    return read.workflow(hf_text, "hf_to_ks.yaml")


def test_the_table_is_what_the_file_says_for_every_state_and_event(workflow: Workflow) -> None:
    moves = machine.compile(workflow).moves
    assert {state: dict(row) for state, row in moves.items()} == {
        state: {
            event.name: event.target(state)
            for event in workflow.events.values()
            if state in event.sources
        }
        for state in workflow.states
    }


def test_a_state_that_the_workflow_does_not_have_leads_nowhere(workflow: Workflow) -> None:
    lost = replace(workflow.events["submit"], to="nowhere")
    moves = machine.compile(replace(workflow, events={**workflow.events, "submit": lost})).moves
    assert all("submit" not in row for row in moves.values())


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
    assert machine.compile(read.workflow(text, "x.yaml")).target("draft", "trigger") is not None
    ending = workflow.events["undo_ending"]
    dotted = replace(ending, when=("os.getcwd",))
    events = {**workflow.events, "undo_ending": dotted}
    assert machine.compile(replace(workflow, events=events)) == machine.compile(workflow)


def test_the_daily_path_does_not_import_transitions() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from engine.app.routine_files import table_of, workflow_of\n"
        "workflow = workflow_of(Path(sys.argv[1]).read_bytes(), 'x')\n"
        "assert table_of(workflow).events('draft')\n"
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
