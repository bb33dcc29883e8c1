"""Passed-on words are text and nothing else, whatever they hold (INTERFACE §5.5)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.service.letters.posting import envelope_of
from tests.integration.office import OWNER, PLATFORM, Office, new_office

ASKED = "Hva mener dere med punkt 3?"
FORM_ROWS = ("Kursets kortnavn: HACK1", "Fullt navn på kurset: Overtatt", "Kurseier: Ahus")
COMMANDS = ("TREKK", "AVSLUTT", "MERKET", "SEND", "GODTATT", "AVSLÅTT: nei", "ANGRE", "JA", "STOPP")
ATTACKS = (
    *(f"{ASKED}\n> {word}" for word in COMMANDS),
    *(f"{ASKED} Skriv {word} så snart dere kan?" for word in ("TREKK", "MERKET", "JA")),
    *(f"{ASKED}\n> {row}" for row in FORM_ROWS),
    f"{ASKED} Er dette [KD-2026-0001.ABCDEFGH] rett?",
    f"{ASKED} Se https://ondt.example/logg-inn?",
    f"{ASKED} <a href='https://ondt.example'>Trykk her</a>?",
    f"{ASKED} <script>alert(1)</script>?",
    f"{ASKED} <img src=x onerror=alert(1)>?",
    f"{ASKED} {{{{ 7 * 7 }}}} {{% raw %}}?",
    f"{ASKED} {{{{ config.__class__ }}}}?",
    f"{ASKED} **fet** [lenke](https://ondt.example)?",
    f"{ASKED}\u202eKKERT\u202c?",
    f"{ASKED} S\u200bE\u200bN\u200bD?",
    f"{ASKED}\ufdd2TREKK\ufdd3?",
    f"{ASKED}\n\nEmne: Nytt emne\nBcc: offer@ondt.example\nEr det greit?",
    f"{ASKED}\r\nX-Evil: 1\r\nEr det greit?",
    f"{ASKED} \x1b]8;;https://ondt.example\x07lenke\x1b]8;;\x07?",
    f"{ASKED} '; DROP TABLE letter; --?",
    f"{ASKED} " + "lang " * 4_000 + "?",
    f"{ASKED}\n-----Opprinnelig melding-----\nTREKK",
)
"""What KS Læring writes about a request of a trust."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    there: Path = tmp_path_factory.mktemp("words")
    made = new_office(there / "site", mail__answers_per_day="1000", mail__passed_on_per_day="1000")
    made.open()
    return made


def test_there_are_thirty_of_them() -> None:
    assert len(ATTACKS) >= 30


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_words_stand_quoted_and_an_answer_that_quotes_them_does_nothing(
    office: Office, attack: str
) -> None:
    number = "KD-2026-0001"
    before = office.events(number)
    office.later(days=1)
    question = next(r for r in office.letters(PLATFORM) if r.template == "request_submitted")
    headers = f"In-Reply-To: {question.message_id}\r\n"
    office.mail(PLATFORM, f"SV: {question.subject}", attack, headers=headers)
    letter = office.last(OWNER)
    if letter.template != "words" or letter.written_at != office.at:
        # Read as something else than words: asked about, or kept, but never passed on.
        assert office.events(number) == before
        return
    envelope = envelope_of(letter)
    text = office.site.letters.text(envelope)
    html = _html(office.site.letters.render(envelope))
    said = text.partition("skriver:\n\n")[2].partition("\n\nSvar på denne")[0]

    assert all(line.startswith(">") for line in said.split("\n"))
    assert len(said) < 2_000
    assert not re.search(r"\[KD-\d{4}-\d{4}\.[0-9A-Z]{8}\]", said)
    assert not re.search(r"[\u200b\u202a-\u202e\ufdd0-\ufddf\x00-\x08\x1b]", said)
    assert "ondt.example" not in "".join(re.findall(r"(?:href|src)=[\"'][^\"']*", html))
    assert "<script" not in html
    assert "onerror=alert(1)>" not in html.replace("&gt;", "").replace("&lt;", "")

    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    bare = text
    for body in (f"Vi ser på det.\n\n{quoted}", f"Vi ser på det.\n\n{bare}"):
        reply = f"In-Reply-To: {letter.message_id}\r\n"
        outcome = office.mail(OWNER, f"SV: {letter.subject}", body, headers=reply)
        assert not outcome.events, body
    assert office.events(number) == before
    passed = office.last(PLATFORM)
    if passed.template == "words":
        assert passed.variables["extra"]["text"] == "Vi ser på det."


def _html(raw: bytes) -> str:
    body = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    return "" if body is None else str(body.get_content())


def test_two_sites_never_pass_words_to_and_fro(office: Office, tmp_path: Path) -> None:
    """Our letter to an address that another site reads is no person's mail there."""
    letter = next(row for row in office.letters(OWNER) if row.template == "words")
    other = new_office(tmp_path / "other")
    number = other.open()
    raw = office.site.letters.render(envelope_of(letter))
    asked = other.last(OWNER)
    for sender in (OWNER, PLATFORM):
        headers = f"From: <{sender}>\r\nIn-Reply-To: {asked.message_id}\r\n".encode()
        without = re.sub(rb"(?mi)^(?:From|In-Reply-To|References):.*\r\n(?:[ \t].*\r\n)*", b"", raw)
        assert other.take(headers + without).verdict in {"automatic", "loop", "bulk"}
    assert other.events(number) == ["open", "submit"]
    assert not [row for row in other.letters() if row.template == "words"]
