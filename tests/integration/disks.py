"""A small disk of its own, in memory, that a test can fill to the last byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

REQUIRED = "root" in os.environ.get("KURSDELING_REQUIRE", "").split(",")
_PIECE = 4096


@dataclass(frozen=True, slots=True)
class Disk:
    """A mounted disk."""

    folder: Path

    @property
    def ballast(self) -> Path:
        """What takes the room."""
        return self.folder / "ballast"

    def take_in(self, site: Path, folder: Path) -> None:
        """Put a site's folder on the disk."""
        shutil.copytree(site, folder)

    def fill(self, *, but: int = 0) -> None:
        """Leave room for `but` bytes."""
        with self.ballast.open("wb", buffering=0) as file:
            with suppress(OSError):
                while True:
                    file.write(bytes(_PIECE))
            file.truncate(max(file.tell() - but, 0))

    def make_room(self) -> None:
        """Take everything away that only takes room."""
        self.ballast.unlink()


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Disk]:
    """A disk of that size at `folder`; only root may mount one, for others the test is skipped."""
    folder.mkdir()
    size = f"size={megabytes}m"
    words = ["mount", "-t", "tmpfs", "-o", size, "kursdeling", folder]
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode != 0:
        reason = f"no disk can be mounted: {done.stderr.decode().strip()}"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    try:
        yield Disk(folder)
    finally:
        words = ["umount", "--lazy", folder]
        subprocess.run(words, check=True)
