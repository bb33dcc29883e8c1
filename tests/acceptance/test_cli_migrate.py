"""`workflow migrate`, as an operator uses it, on a copy of the site that the demo left."""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.site import DEMO_ENDS, Program

ROUTINES = ("hf_shares_from_ks", "hf_to_ks", "ks_orders_from_hf", "network_plan", "network_report")


@pytest.fixture
def program(played_demo: tuple[Path, str], tmp_path: Path) -> Program:
    """A copy of the played site, whose routines all have one version more."""
    folder = tmp_path / "site"
    shutil.copytree(played_demo[0], folder)
    own = folder / "workflows"
    own.mkdir(exist_ok=True)
    for name in ROUTINES:
        text = files("workflows").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        later = re.sub(r"(?m)^version: (\d+)", lambda found: f"version: {int(found[1]) + 1}", text)
        (own / f"{name}.yaml").write_text(later, encoding="utf-8")
    made = Program(folder=folder)
    made.run("--at", DEMO_ENDS, "sweep")
    return made


def document(program: Program, *words: str) -> dict[str, Any]:
    done = program.run("--json", "--at", DEMO_ENDS, "workflow", "migrate", *words)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def requests(program: Program) -> dict[str, dict[str, Any]]:
    lines = program.run("--json", "--at", DEMO_ENDS, "request", "list").out.splitlines()
    return {each["id"]: each for each in map(json.loads, lines)}


def simulated(program: Program) -> str:
    return program.run("--json", "--at", DEMO_ENDS, "simulate", "--until", "2027-12-31").out


def test_the_played_site_goes_over_to_the_new_versions_and_back(program: Program) -> None:
    before, coming = requests(program), simulated(program)
    open_ones = {number for number, each in before.items() if not each["final"]}
    keys = []
    for name in ROUTINES:
        found = document(program, name)
        moved = {each["request"] for each in found["requests"]}
        assert moved == {n for n in open_ones if before[n]["workflow"] == name}
        assert (found["moved"], found["stay"]) == (len(moved), 0)
        if moved:
            assert (
                found["undo"] == f"kursdeling workflow migrate {name} --undo {found['migration']}"
            )
            keys.append((name, found["migration"]))
    assert len(keys) >= 3
    after = requests(program)
    assert all(after[n]["version"] == before[n]["version"] + (n in open_ones) for n in before)
    assert [each["state"] for each in after.values()] == [each["state"] for each in before.values()]
    assert simulated(program) == coming
    assert program.run("db", "verify").code == 0
    for name, key in keys:
        assert document(program, name, "--undo", key)["stay"] == 0
    back = requests(program)
    assert [each | {"changed_at": ""} for each in back.values()] == [
        each | {"changed_at": ""} for each in before.values()
    ]
    assert simulated(program) == coming
    assert program.run("db", "verify").code == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [("nb", "er ikke det samme"), ("nn", "er ikkje det same"), ("en", "are not the same")],
)
def test_a_trial_says_why_a_request_stays(
    program: Program, tmp_path: Path, language: str, said: str
) -> None:
    name = next(
        each["workflow"] for each in requests(program).values() if each["state"] == "shared"
    )
    file = tmp_path / "map.txt"
    file.write_text("# what was shared\nshared = ended\n", encoding="utf-8")
    words = ("workflow", "migrate", name, "--map", str(file), "--dry-run")
    done = program.run("--at", DEMO_ENDS, "--lang", language, *words)
    assert done.code == 1
    assert said in done.out.decode()
    assert "migrate-" not in done.out.decode()
    file.write_text("what is this\n", encoding="utf-8")
    wrong = program.run("--lang", language, *words)
    assert wrong.code == 1
    assert f"{file}:1" in wrong.err
