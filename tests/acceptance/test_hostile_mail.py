"""Mails made to cost much, from a proved sender, each taken and judged by the installed program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.acceptance.hostile_mails import MAILS
from tests.acceptance.site import FORM, MARCH, OURS, OWNER, PROGRAM, Program, mail

MOST_SECONDS = 20.0
"""Tenfold the two seconds of processor time that one mail may take."""
MOST_KILOBYTES = 200_000
MEASURED = """
import json, os, sys
silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[silent])
_, status, used = os.wait4(child, 0)
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Starts the command from a small process: what the process that starts one has used counts too."""


def hostile(name: str, number: str) -> bytes:
    head, body = MAILS[name]
    own = "" if head.startswith("From:") else f"From: {OWNER}\n"
    own += "" if head.startswith("Subject:") else f"Subject: Re: [{number}]\n"
    first = "Authentication-Results: mx.kursdeling.example; dmarc=pass header.from=ahus.example\n"
    named = f"Message-ID: <{name.replace(' ', '-')}@ahus.example>\n"
    return f"{first}{own}To: {OURS}\n{named}{head}\n{body}".encode()


def cost(folder: Path, raw: bytes) -> tuple[int, float, int]:
    """The exit code, processor seconds and kilobytes of one `mail take`."""
    words = [PROGRAM, "--site", str(folder), "--at", MARCH, "mail", "take", "-"]
    command = [sys.executable, "-c", MEASURED, *words]
    done = subprocess.run(
        command, input=raw, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    code, seconds, kilobytes = json.loads(done.stdout)
    return code, seconds, kilobytes


def test_hostile_mails_are_each_judged_soon_and_in_little_memory(program: Program) -> None:
    number = program.opened()
    costs = {name: cost(program.folder, hostile(name, number)) for name in MAILS}

    assert {name: each for name, each in costs.items() if each[0] != 0} == {}
    assert {name: each for name, each in costs.items() if each[1] > MOST_SECONDS} == {}
    assert {name: each for name, each in costs.items() if each[2] > MOST_KILOBYTES} == {}
    judged = program.list("mail", "list")
    assert all(row["verdict"] for row in judged)
    good = mail(body=FORM, subject="Deling til KS Læring: Nytt kurs", name="god")
    assert program.take(good)["verdict"] == "opened"


def test_a_command_that_stands_many_times_is_answered_once(program: Program) -> None:
    number = program.opened()
    taken = program.take(hostile("commands alone", number))
    assert len(taken["reasons"]) == 1
