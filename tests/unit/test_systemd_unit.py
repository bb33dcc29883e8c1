"""The systemd unit in `docs/` starts what there is, and waits as long as a worker may take."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

from engine.cli.commands import COMMANDS
from engine.daemon import GRACE

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
