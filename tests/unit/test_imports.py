"""No module needs one that needs it: the program can be read from its foundations upwards."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "workflows", "notifiers", "config")


def modules() -> dict[str, Path]:
    found = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    """Every name that is imported anywhere in the module, in its functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # The package itself only where something of its own is named, and no part of it.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def graph(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """Which of the modules each one imports."""
    needs: dict[str, set[str]] = {}
    for name, source in sources.items():
        wanted = (each for each in imported(ast.parse(source)))
        found = {each if each in sources else each.rpartition(".")[0] for each in wanted}
        needs[name] = {each for each in found if each in sources and each != name}
    return needs


def test_no_module_needs_one_that_needs_it_imports_inside_functions_counted_too() -> None:
    sources = {name: path.read_text(encoding="utf-8") for name, path in modules().items()}

    TopologicalSorter(graph(sources)).prepare()


def test_a_circle_is_found_wherever_its_imports_stand() -> None:
    sources = {"a": "import b", "b": "def late():\n    from c import name", "c": "from a import x"}

    with pytest.raises(CycleError):
        TopologicalSorter(graph(sources)).prepare()
