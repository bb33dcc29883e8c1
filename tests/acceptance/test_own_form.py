"""A routine with a form and a duty that the program has never heard of, made out of data alone."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.site import PLATFORM, Program, mail

DATA = Path(__file__).parent / "own_form"
ENGINE = Path(__file__).parents[2] / "engine"
MANAGER = "drift@ahus.example"
NOTICE = "System: Kursportalen\nNede frå: 14. mars 2026\nÅrsak: Ny versjon.\n"
_serial = count(1)


@pytest.fixture
def site(program: Program) -> Program:
    """A site with the routine, its form, its duty and its letters."""
    for part in ("workflows", "templates"):
        shutil.copytree(DATA / part, program.folder / part)
    program.done("contact", "add", "ahus", "systemforvalter", MANAGER)
    return program


def sent(program: Program, body: str, *, subject: str = "Nedetid", more: str = "") -> Any:
    """What a new mail from whoever tells of downtime came to."""
    raw = mail(body=body, subject=subject, sender=MANAGER, name=f"own{next(_serial)}", more=more)
    return program.take(raw)


def newest(program: Program, receiver: str) -> Any:
    """The newest letter to `receiver`."""
    return [each for each in program.list("letter", "list") if each["to"] == receiver][-1]


def text_of(program: Program, letter: Any) -> str:
    """The letter as it is read."""
    return program.done("letter", "show", str(letter["id"])).text


def test_the_program_knows_nothing_of_the_form_or_of_the_duty() -> None:
    sources = [file.read_text(encoding="utf-8") for file in ENGINE.rglob("*.py")]

    assert not any("downtime" in text or "system_manager" in text for text in sources)
    assert not list(DATA.rglob("*.py"))


def test_the_routine_with_them_is_proved(site: Program) -> None:
    checked = site.one("workflow", "check")

    assert checked["ok"]
    assert "nedetid" in {each["workflow"] for each in checked["workflows"]}


def test_a_notice_opens_and_is_passed_on_at_once(site: Program) -> None:
    opened = sent(site, NOTICE)

    assert opened["verdict"] == "opened"
    assert [each["event"] for each in opened["events"]] == ["open", "announce"]
    announced = text_of(site, newest(site, PLATFORM))
    assert "Kursportalen" in announced
    assert "Nede fra: 14. mars 2026" in announced
    shown = site.one("request", "show", opened["request"])
    assert shown["course"]["full_name"] == "Kursportalen"
    assert shown["course"]["begins_on"] == "14. mars 2026"
    (listed,) = site.list("request", "list")
    assert listed["course"]["full_name"] == "Kursportalen"
    assert site.one("db", "verify")["ok"]


def test_what_is_missing_is_asked_for_in_the_form_s_own_words(site: Program) -> None:
    opened = sent(site, "Årsak: Ny versjon.\n", subject="Nedetid: Kursportalen")
    asked = newest(site, MANAGER)

    assert [each["event"] for each in opened["events"]] == ["open"]
    assert "Vi trenger skjemaet" in text_of(site, asked)
    assert "Nede fra mangler. Skriv dagen." in text_of(site, asked)
    (waiting,) = site.one("request", "show", opened["request"])["waiting_on"]
    assert (waiting["party"], waiting["duty"]) == ("ahus", "system_manager")

    reply = f"In-Reply-To: {asked['message_id']}"
    again = sent(site, "Nede fra: en dag\n", subject=f"SV: {asked['subject']}", more=reply)
    assert again["events"][0]["to"] == "draft"
    assert "er ingen dato vi kan lese" in text_of(site, newest(site, MANAGER))

    done = sent(site, "Nede fra: 14.3.2026\n", subject=f"SV: {asked['subject']}", more=reply)
    assert [each["to"] for each in done["events"]] == ["draft", "announced"]


def test_a_duty_is_registered_by_any_of_its_names_at_its_own_side_by_one(site: Program) -> None:
    assert "systemforvalter" in site.done("--lang", "nb", "contact", "list").text

    twice = site.run("contact", "add", "ahus", "systemansvarleg", "andre@ahus.example")
    assert twice.code == 1
    assert "systemforvalter alt" in twice.err
    beyond = site.run("contact", "add", "0301", "system_manager", "drift@oslo.example")
    assert beyond.code == 1
    assert "på den andre siden" in beyond.err
    unknown = site.run("contact", "add", "ahus", "vaktmester", "vakt@ahus.example")
    assert unknown.code == 2
    assert site.done("contact", "check").code == 0


FAULTS = {
    "kind: date": ("kind: dato", "there is no kind «dato»"),
    "required: [system, begins_on]": ("required: [system, begins]", "there is no field «begins»"),
    "also: [Tjeneste, Teneste, Service]": ("also: [Kurs]", "«kurs» is what «full_name» is called"),
    "form: downtime": ("form: order", "there is a form «order» already"),
    "source: Nettstedets egen rutine": ("sources: x", "a form has no «sources»"),
}


def test_every_fault_of_forms_and_duties_is_told_at_once(site: Program) -> None:
    form = site.folder / "workflows" / "forms" / "downtime.yaml"
    text = form.read_text(encoding="utf-8")
    for right, (wrong, _) in FAULTS.items():
        assert right in text
        text = text.replace(right, wrong)
    form.write_text(text, encoding="utf-8")
    duties = site.folder / "workflows" / "duties.yaml"
    right = duties.read_text(encoding="utf-8")
    duties.write_text(right.replace("side: trust", "side: left"), encoding="utf-8")

    for command in (("workflow", "check"), ("request", "list"), ("tick",)):
        refused = site.run(*command)
        assert refused.code == 1
        told = [said for _, said in FAULTS.values() if said not in refused.err]
        assert not told, refused.err
        assert "there is no side «left»" in refused.err


def test_a_routine_that_names_what_is_not_there_is_refused(site: Program) -> None:
    site.done("tick")
    shutil.rmtree(site.folder / "workflows" / "forms")
    (site.folder / "workflows" / "duties.yaml").unlink()

    checked = site.run("workflow", "check")
    assert checked.code == 1
    for said in (
        "there is no form «downtime»",
        "there is no guard «downtime_complete»",
        "there is no duty «system_manager»",
    ):
        assert said in checked.err
    gone = site.run("tick")
    assert gone.code == 1
    assert "there is no form «downtime»" in gone.err
