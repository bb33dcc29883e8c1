"""A mail that nobody survives is set aside; one during which somebody was killed is not
(INTERFACE §5.7).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.acceptance.site import FORM, Program, mail

KILLED = -9
DEADLY = """
import os, signal, sys
from engine.intake import mail
from engine.service import deliver, receive
from engine.store.mail_in import inbox

def dying(module, name):
    whole = getattr(module, name)
    def last(*given, **named):
        found = whole(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        return found
    setattr(module, name, last)

read = mail._read
def deadly(raw, rules):
    if b"deadly" in raw:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(raw, rules)
mail._read = deadly

# Whoever kills a worker does not know of the process in which it tries a mail.
steps = {"store": (inbox, "take"), "decide": (receive, "judge"), "write": (receive, "write"),
         "send": (deliver, "deliver")}
if os.environ.get("KILLED_IN") in steps and "engine.app.apart_process" not in sys.orig_argv:
    dying(*steps[os.environ["KILLED_IN"]])
"""


@pytest.fixture
def deadly(program: Program, tmp_path: Path) -> Program:
    folder = tmp_path / "hook"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return replace(program, environment={**program.environment, "PYTHONPATH": path})


def verdicts(program: Program) -> Mapping[str, str | None]:
    return {
        each["message_id"] or "deadly": each["verdict"] for each in program.list("mail", "list")
    }


def test_a_mail_that_nobody_survives_is_unreadable_and_the_next_is_judged(
    deadly: Program,
) -> None:
    whole = mail(body="deadly", subject="Hei", name="dodelig")
    assert deadly.run("mail", "take", "-", stdin=whole).code == KILLED
    for _ in range(2):
        assert deadly.run("tick").code == KILLED

    deadly.done("tick")

    found = deadly.list("mail", "list")
    assert [each["verdict"] for each in found] == ["unreadable"]
    assert (
        deadly.take(mail(body=FORM, subject="Deling til KS Læring: Trygg"))["verdict"] == "opened"
    )
    assert deadly.run("mail", "retry", "1").code == KILLED, "it begins anew"


@pytest.mark.parametrize("step", ["store", "decide", "write", "send"])
def test_an_innocent_mail_survives_whoever_is_killed_over_it(deadly: Program, step: str) -> None:
    killed = replace(deadly, environment={**deadly.environment, "KILLED_IN": step})
    whole = mail(body=FORM, subject="Deling til KS Læring: Trygg")
    codes = [killed.run("mail", "take", "-", stdin=whole).code for _ in range(2)]
    codes += [killed.run("tick").code for _ in range(4)]
    assert KILLED in codes

    if step == "store":
        deadly.take(whole)
    deadly.done("tick")

    found = [each["verdict"] for each in deadly.list("mail", "list")]
    assert "opened" in found
    assert set(found) <= {"opened", "repeated"}
