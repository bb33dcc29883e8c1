"""The corpus of Norwegian mail: what each message is, and what its sender says."""

from __future__ import annotations

import pytest

from engine.intake import IntakeRules, Reading, read
from engine.intake.reply import commands
from tests.corpus.reader import Sample, samples

RULES = IntakeRules(own_addresses=("deling@kursdeling.example",), loop_mark="site-1")
WORDS = frozenset(
    {"MOTTATT", "MOTTEKE", "GODTATT", "GODKJENT", "GODTEKE", "MANGLER", "AVSLÅTT", "AVSLEGE",
     "AVSLAG", "UTTALELSE", "INGEN MERKNADER", "SEND", "MERKET", "LENKE", "TREKK", "AVSLUTT",
     "BEKREFT", "STADFEST", "JA", "FRAVÆR"}
)  # fmt: skip
SAMPLES = samples()


def said(reading: Reading) -> list[str]:
    found = commands(reading.own_text, WORDS)
    return [f"{c.word}: {c.text}" if c.text and c.word != "FRAVÆR" else c.word for c in found]


def outcome(sample: Sample) -> dict[str, object]:
    reading = read(sample.raw, RULES)
    found: dict[str, object] = {
        "kind": reading.kind,
        "said": said(reading),
        "own": reading.own_text,
        "fields": dict(reading.fields),
        "automatic_reply": reading.automatic_reply,
        "attachments": [each.name for each in reading.attachments],
        "notes": list(reading.notes),
        "subject": reading.subject,
        "sender": reading.sender,
    }
    if reading.bounce is not None:
        back = reading.bounce
        token = ".".join(back.token) if back.token else None
        found["bounce"] = [
            list(back.addresses), back.permanent, back.status, back.original_message_id, token
        ]  # fmt: skip
    return {name: found.get(name) for name in sample.expect}


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_message_is_read_as_expected(sample: Sample) -> None:
    assert outcome(sample) == sample.expect


def test_the_corpus_is_large_and_every_name_is_used_once() -> None:
    assert len(SAMPLES) >= 80
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)
