"""The systemd unit in `docs/` starts what there is, and waits as long as a worker may take."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from engine.cli.commands import COMMANDS
from engine.daemon import GRACE

REQUIRED = "systemd" in os.environ.get("KURSDELING_REQUIRE", "").split(",")
ANALYZE = shutil.which("systemd-analyze")
UNIT = Path(__file__).parents[2] / "docs" / "kursdeling.service"


class Unit(ConfigParser):
    """A unit file: the keys have capitals."""

    def optionxform(self, optionstr: str) -> str:
        """The key as it stands."""
        return optionstr


def unit() -> Unit:
    read = Unit(interpolation=None, strict=True)
    read.read_string(UNIT.read_text("utf-8"))
    return read


def test_it_runs_the_worker_on_a_site_that_it_may_write_to() -> None:
    service = unit()["Service"]
    program, *words = service["ExecStart"].split()
    assert Path(program).name == "kursdeling"
    assert words == ["run"]
    assert words[0] in COMMANDS
    name, _, site = service["Environment"].partition("=")
    assert name == "KURSDELING_SITE"
    assert Path(site).is_relative_to(service["ReadWritePaths"])


def test_it_waits_for_the_work_in_hand_and_begins_again_after_a_kill() -> None:
    service = unit()["Service"]
    assert int(service["TimeoutStopSec"]) > GRACE.total_seconds() + 5
    assert service["Restart"] == "always"
    assert "KillSignal" not in service  # SIGTERM, which the worker knows
    assert unit()["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.skipif(ANALYZE is None and not REQUIRED, reason="systemd is not installed")
def test_systemd_itself_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    # A machine without the service's user and program has others to name; all else is the unit's.
    text = UNIT.read_text("utf-8").replace("User=kursdeling", "User=root")
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace(unit()["Service"]["ExecStart"].split()[0], sys.executable))
    assert ANALYZE is not None
    found = subprocess.run(
        [ANALYZE, "verify", "--man=no", str(copy)], check=False, capture_output=True, text=True
    )
    assert [line for line in found.stderr.splitlines() if UNIT.stem in line] == []
    assert found.returncode == 0
