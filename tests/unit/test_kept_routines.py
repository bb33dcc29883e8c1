"""What comes with the program as it was read is what reading it gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import machine
from engine.app import routine_files
from engine.app.routine_files import READ, hash_of, table_of, workflow_files, workflow_of
from engine.definition import kept, read
from engine.errors import DefinitionError

FILES = sorted((Path(__file__).parents[2] / "workflows").glob("*_*.yaml"))
KEPT = json.loads((FILES[0].parent / READ).read_text(encoding="utf-8"))
MEND = "run `make diagrams`"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_routine_of_the_program_is_made_as_it_is_read(file: Path) -> None:
    text = file.read_bytes()

    assert hash_of(text) in KEPT, MEND
    assert workflow_of(text, "shown.yaml") == read.workflow(text, "shown.yaml"), MEND
    assert workflow_of(text.decode(), "shown.yaml") == read.workflow(text, "shown.yaml")
    assert repr(workflow_of(text, file.name)) == repr(read.workflow(text, file.name))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_table_that_runs_is_what_transitions_compiles(file: Path) -> None:
    workflow = read.workflow(file.read_bytes(), file.name)
    compiled = machine.compile(workflow)

    assert table_of(workflow) == compiled, MEND
    assert [list(row) for row in table_of(workflow).moves.values()] == [
        list(row) for row in compiled.moves.values()
    ]


def test_a_routine_of_the_program_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(read, "workflow")

    found = [workflow_of(text, name) for name, text in workflow_files(tmp_path).items()]

    assert len(found) == len(KEPT), MEND


def test_a_text_that_is_another_by_one_letter_is_read() -> None:
    text = FILES[0].read_bytes()

    assert hash_of(text + b"\n") not in KEPT
    assert workflow_of(text + b"\n", "own.yaml") == read.workflow(text + b"\n", "own.yaml")
    with pytest.raises(DefinitionError, match=r"own\.yaml"):
        workflow_of(text + b"x", "own.yaml")


def test_windows_mark_in_front_is_no_part_of_a_text() -> None:
    text = FILES[0].read_bytes()
    marked = "\ufeff".encode() + text

    assert workflow_of(marked, "a.yaml") == workflow_of(text, "a.yaml")


def test_text_that_is_none_is_refused_as_the_reader_refuses_it() -> None:
    for text in ("\ud800", b"\xff"):
        with pytest.raises(DefinitionError):
            workflow_of(text, "own.yaml")


def test_what_is_kept_is_values_of_json_alone() -> None:
    workflow = read.workflow(FILES[0].read_bytes(), FILES[0].name)
    form = json.loads(json.dumps(kept.kept(workflow)))

    assert kept.workflow(form, workflow.text, workflow.file) == workflow
    assert routine_files.hash_of(workflow.text.encode()) == workflow.sha256
