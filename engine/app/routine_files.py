"""The workflow files of a site: those that come with the program, and its own."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
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
from engine.wording.glossary import SHIPPED, use

READ: Final = "read.json"
"""The program's own workflows as they were read when it was made, and their decision tables, by the
SHA-256 of their text.
"""
OWN: Final = "workflows"
"""The folder of a site with what is its own …"""
FORMS: Final = "forms"
"""… and the folder in it with forms, as the program has one too; duties stand in a file beside it.
"""
DUTIES: Final = "duties.yaml"
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
    it; the forms and duties that they name are known then. DefinitionError as `know`.
    """
    know(folder)
    texts = {
        entry.name: entry.read_bytes()
        for entry in sorted(files("workflows").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    }
    texts |= {str(file): file.read_bytes() for file in sorted((folder / OWN).glob("*.yaml"))}
    return {name: text for name, text in texts.items() if Path(name).name != DUTIES}


def know(folder: Path) -> None:
    """Let the program know the site's own forms and duties, which routines may name, beside those
    that come with it; DefinitionError with every fault in their files.
    """
    found = [*sorted((folder / OWN / FORMS).glob("*.yaml")), *(folder / OWN).glob(DUTIES)]
    own = {str(file): text for file in found if (text := file.read_bytes()) not in _shipped()}
    if not own:
        use(SHIPPED)
        return
    from engine.definition import read_glossary

    use(read_glossary.glossary(own, SHIPPED))


def _shipped() -> Collection[bytes]:
    """The program's own files, copies of which add nothing."""
    place = files("workflows")
    forms = place.joinpath(FORMS).iterdir()
    return [each.read_bytes() for each in (*forms, place.joinpath(DUTIES))]


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
