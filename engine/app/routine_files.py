"""The workflow files of a site: those that come with the program, and its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from config import areas
from engine import machine
from engine.definition import kept
from engine.definition.types import Workflow
from engine.domain.area_file import AreaFile
from engine.errors import RefusedError
from engine.machine import Table
from engine.model import Reason

READ: Final = "read.json"
"""The program's own workflows as they were read when it was made, and their decision tables, by the
SHA-256 of their text.
"""
WORKFLOW: Final = "workflow"
TABLE: Final = "table"
_MARK: Final = "\ufeff".encode()
"""What Windows' own editors put in front of a text; it is no part of it."""


def hash_of(text: bytes) -> str:
    """By which a workflow's text is known."""
    return sha256(text.removeprefix(_MARK)).hexdigest()


def workflow_of(text: str | bytes, file: str) -> Workflow:
    """As `engine.definition.read.workflow`, and quicker where the text came with the program."""
    written = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    found = _read_before().get(hash_of(written))
    if found is not None:
        return kept.workflow(found[WORKFLOW], written.removeprefix(_MARK).decode(), file)
    from engine.definition import read

    return read.workflow(text, file)


def table_of(workflow: Workflow) -> Table:
    """The decision table as it is kept, or compiled for a text that is not the program's."""
    found = _read_before().get(workflow.sha256)
    return machine.compile(workflow) if found is None else Table(found[TABLE])


@cache
def _read_before() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(files("workflows").joinpath(READ).read_bytes())
    return found


def workflow_files(folder: Path) -> dict[str, bytes]:
    """The text of each workflow file, the program's own and the site's, by the name to show for
    it.
    """
    texts = {
        entry.name: entry.read_bytes()
        for entry in sorted(files("workflows").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    }
    own = folder / "workflows"
    if own.is_dir():
        texts |= {str(file): file.read_bytes() for file in sorted(own.glob("*.yaml"))}
    return texts


def described(name: str) -> AreaFile:
    """The area of that id, or that the file `name` describes.

    RefusedError when there is none, SettingsError for a file that describes none.
    """
    if name.endswith(".toml"):
        return areas.from_file(Path(name))
    known = areas.shipped()
    if name not in known:
        values = {"area": name, "known": ", ".join(sorted(known))}
        raise RefusedError((Reason("area_unknown", values),))
    return known[name]
