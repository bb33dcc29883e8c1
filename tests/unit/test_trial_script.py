"""The script of a trial: what may stand on its lines, and what is said about the rest."""

from __future__ import annotations

import pytest

from engine.definition.types import Span
from engine.errors import InputError
from engine.service.trials.script import Expect, Mail, Step, Wait, read_script


def steps(text: str) -> tuple[Step, ...]:
    """The steps of a script that lies beside one form."""
    files = {"skjema.txt": "Kurs: Fall\nKurseier: ahus\n"}

    def read_file(name: str) -> str:
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return read_script(text, read_file)


def written(text: str) -> str:
    """The text of the only mail of a script."""
    (step,) = steps(text)
    assert isinstance(step, Mail)
    return step.text


def test_a_mail_a_wait_and_an_expectation() -> None:
    script = "owner: MERKET\nwait 5 working days\nexpect shared\n"

    assert steps(script) == (
        Mail(line=1, role="owner", party="", text="MERKET"),
        Wait(line=2, span=Span(5, "working days")),
        Expect(line=3, state="shared"),
    )


def test_remarks_and_empty_lines_are_nothing() -> None:
    assert [step.line for step in steps("# en prøve\n\nowner: SEND\n\n# mer\nexpect x\n")] == [3, 6]


def test_a_party_may_be_named() -> None:
    (step,) = steps("owner@si: SEND")

    assert isinstance(step, Mail)
    assert (step.role, step.party, step.text) == ("owner", "si", "SEND")


@pytest.mark.parametrize(
    ("script", "text"),
    [
        (r"platform: MANGLER: mål\nog innhold", "MANGLER: mål\nog innhold"),
        ("platform: MANGLER: mål\n  og innhold", "MANGLER: mål\nog innhold"),
        ("owner: FORM\n  Kurs: Fall\n\n  Kurseier: ahus\n", "Kurs: Fall\n\nKurseier: ahus"),
        ("owner: FORM skjema.txt", "Kurs: Fall\nKurseier: ahus\n"),
        ("owner:\n  Hei!\n  Takk.", "Hei!\nTakk."),
        ("owner: FORMELT: ja", "FORMELT: ja"),
    ],
)
def test_a_mail_may_have_several_lines(script: str, text: str) -> None:
    assert written(script) == text


@pytest.mark.parametrize("span", ["1 month", "1 months", "2 years", "36 hours"])
def test_waits_are_written_as_in_workflow_files(span: str) -> None:
    (step,) = steps(f"wait {span}")

    assert isinstance(step, Wait)
    assert step.span.amount == int(span.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("owner: SEND\nOwner: SEND", "line 2: write «role: TEXT»"),
        ("wait five days", "line 1: write «role: TEXT»"),
        ("wait 5 moons", "line 1: «moons» is none of hours, working days"),
        ("\n\nowner: FORM nix.txt", "line 3: nix.txt cannot be read"),
        ("expect «shared»", "line 1: write"),
    ],
)
def test_anything_else_is_refused_with_its_line(script: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        steps(script)
