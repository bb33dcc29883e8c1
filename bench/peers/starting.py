"""Starting a peer: a process that does one round of its work whenever it is told to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from bench.rows import left_out

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv-peers"
"""Where `bench/requirements-peers.txt` is installed, if not beside the program."""


class Peer:
    """A peer that has been started and is ready."""

    def __init__(self, answers: IO[str], orders: IO[str]) -> None:
        self._answers = answers
        self._orders = orders

    def round(self, order: str = "go") -> Any:
        """What the peer says after one round: seconds, or transitions a second."""
        self._orders.write(f"{order}\n")
        self._orders.flush()
        line = self._answers.readline()
        if not line:
            raise RuntimeError("the peer has stopped; its error stands above")
        return json.loads(line)


def interpreter() -> str:
    """The Python that has the peers' packages."""
    own = VENV / "bin" / "python"
    return str(own) if own.exists() else sys.executable


@lru_cache
def has(package: str) -> bool:
    """Whether that Python has the package."""
    asked = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({package!r}) is None)"
    return subprocess.run([interpreter(), "-c", asked], check=False).returncode == 0


def missing(case: str, package: str) -> bool:
    """Whether the case must be left out because its package is missing, which is said."""
    if not has(package):
        left_out(case, f"{package} is not installed (bench/requirements-peers.txt)")
    return not has(package)


@contextmanager
def started(module: str, arguments: Sequence[str] = ()) -> Iterator[Peer]:
    """The peer in `bench.peers.MODULE`, ended afterwards."""
    command = [interpreter(), "-m", f"bench.peers.{module}", *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Peer(process.stdout, process.stdin)
        process.stdin.close()
