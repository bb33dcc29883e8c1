"""A database that goes away while a mail is judged costs the mail nothing (INTERFACE §5.7)."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from engine.app import open_site
from engine.service import receive
from tests.acceptance.site import PROGRAM, Program
from tests.acceptance.test_worst_daemon import on_postgresql, opening
from tests.integration import postgres, restarted

PATIENCE = 60.0
TIMES = 3
"""As many as the deaths after which a mail is suspected, and tried in a process apart."""
HOLDING = """
import os, pathlib, time
from engine.service import receive

judge = receive.judge
def held(*given, **named):
    folder = pathlib.Path(os.environ["HELD_IN"])
    (folder / "begun").touch()
    while not (folder / "away").exists():
        time.sleep(0.02)
    return judge(*given, **named)
if "HELD_IN" in os.environ:
    receive.judge = held
"""


def judged_while_it_stops(program: Program, server: restarted.Server, folder: Path) -> str:
    """What a pass says whose database is stopped while it judges a mail."""
    folder.mkdir()
    pass_ = subprocess.Popen(
        [PROGRAM, "--site", program.folder, "--at", program.at, "tick"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **program.environment, "HELD_IN": str(folder)},
    )
    try:
        end = time.monotonic() + PATIENCE
        while not (folder / "begun").exists():
            assert pass_.poll() is None, pass_.communicate()[1]
            assert time.monotonic() < end
            time.sleep(0.02)
        server.stop(signal.SIGQUIT)
        (folder / "away").touch()
        told = pass_.communicate(timeout=PATIENCE)[1].decode()
        assert pass_.returncode != 0
    finally:
        pass_.kill()
        server.start()
    return told


def test_a_mail_whose_database_stops_while_it_is_judged_is_judged_by_the_next_pass(
    tmp_path: Path,
) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(HOLDING, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(hook), os.environ.get("PYTHONPATH"))))
    with restarted.server() as server:
        url = postgres.new_database(server.address, "kursdeling")
        program = on_postgresql(tmp_path / "site", url)
        program = replace(program, environment={"PYTHONPATH": path})
        site = open_site(program.folder, proving=False)
        with site.database:
            receive.take(site, opening(1), "test", site.clock.now())
        for n in range(TIMES):
            told = judged_while_it_stops(program, server, tmp_path / f"time-{n}")
            assert "PostgreSQL: " in told
            assert "Traceback" not in told
            assert [each["verdict"] for each in program.list("mail", "list")] == [None]

        program.done("tick")

        assert [each["verdict"] for each in program.list("mail", "list")] == ["opened"]
