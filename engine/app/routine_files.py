"""The workflow files of a site: those that come with the program, and its own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


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
