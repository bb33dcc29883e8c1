"""The demo's mails are written as people's programs write them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import intake
from engine.demo.mails import SERVER, Moment, by_another_route, sender_of, written
from engine.demo.receiver import Letter
from engine.demo.story import ENDS, Mail, story
from engine.demo.year import STEPS
from engine.intake import IntakeRules

MAILS = Path(__file__).parents[2] / "config" / "demo" / "mails"
AT = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)
RULES = IntakeRules(trusted_servers=(SERVER,), words=frozenset({"MERKT", "AVSLUTT"}))
LETTER = Letter(
    to="elaering@sthf.example",
    subject="To punkt må rettast: «Trygg bruk» – no [KD-2026-0003.7K2Q9M4D]",
    message_id="<abc@kursdeling.example>",
    date=AT,
    language="nn",
    text="Hei!\n\nTidsbruk:\nKurskoordinator:\n\nTidsbruk:\n",
)


def moment(name: str, *, aligned: bool = True, answers: Letter | None = LETTER) -> Moment:
    return Moment(at=AT, serial=7, sender=sender_of(name), aligned=aligned, answers=answers)


def test_every_mail_has_its_place_in_the_story() -> None:
    told = {step.name for step in story() if isinstance(step, Mail)}
    assert {file.stem for file in MAILS.iterdir()} == told | {step.mail.name for step in STEPS}


def test_every_case_of_the_story_has_its_end() -> None:
    assert {step.case for step in story() if step.case} == set(ENDS)


def template(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", [step.name for step in story() if isinstance(step, Mail)])
def test_nothing_is_left_to_fill_in_and_the_sender_is_read(name: str) -> None:
    letter = LETTER if b"{{answered}}" in template(name) else None
    raw = written(name, moment(name, answers=letter))
    reading = intake.read(raw, RULES)

    assert b"{{" not in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert (reading.sender, reading.aligned, reading.date) == (sender_of(name), True, AT)


def test_a_form_is_filled_in_inside_the_quote_in_latin_1_and_once() -> None:
    raw = written("sthf-utfylt", moment("sthf-utfylt"))

    assert "> Kurskoordinator: e-læringsansvarleg\r\n".encode("iso-8859-1") in raw
    assert raw.count(b"> Tidsbruk: 35 min\r\n") == 1
    assert raw.count(b"> Tidsbruk:\r\n") == 1
    assert dict(intake.read(raw, RULES).quoted_fields)["time_needed"] == "35 min"


def test_a_reply_keeps_the_thread_and_the_token() -> None:
    reading = intake.read(written("sthf-merkt", moment("sthf-merkt")), RULES)

    assert reading.references == (LETTER.message_id,)
    assert reading.tokens == (("KD-2026-0003", "7K2Q9M4D"),)
    assert reading.own_text.strip() == "MERKT"


def test_a_reply_to_nothing_cannot_be_written() -> None:
    with pytest.raises(KeyError):
        written("sthf-merkt", moment("sthf-merkt", answers=None))


def test_only_the_sites_own_server_says_whether_a_sender_is_proved() -> None:
    raw = written("vv-skjema", moment("vv-skjema", aligned=False, answers=None))

    assert not intake.read(raw, RULES).aligned


def test_the_same_mail_by_another_route_has_the_same_digest() -> None:
    raw = written("ous-skjema", moment("ous-skjema", answers=None))
    again = by_another_route(raw)

    assert again != raw
    assert intake.read(again, RULES).digest == intake.read(raw, RULES).digest
