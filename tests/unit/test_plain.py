"""One function for text that enters: what XML 1.0 does not allow, and what nobody sees, is gone."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from time import process_time
from typing import Literal
from xml.parsers import expat

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cli.call import command
from engine.cli.given import Given
from engine.cli.usage import pairs
from engine.domain.all_day import AllDay, calendar_file
from engine.intake.files import docx
from engine.intake.headers import decode, tidy
from engine.plain import composed, plain, plain_in
from notifiers import cleaning
from tests.unit.docx_cases import document, paragraph

BAD = "\x00\x07\x1b\x7f\x9b\u202e\u2066\u200f\u061c\ufdd0\ufffe\uffff\U0001ffff\ud800"
"""Controls of terminals, marks of direction, noncharacters, half a pair."""


@given(st.text(st.one_of(st.sampled_from(BAD + "\x0b\x0c\u2028\x85 \r\n\t"), st.characters())))
@settings(max_examples=300, deadline=None)
def test_whatever_enters_is_xml_and_stays_as_it_is(text: str) -> None:
    came = plain(text)
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = found.append
    parser.Parse(f"<a>{escaped(came)}</a>".encode(), True)
    assert "".join(found) == came
    assert not set(BAD) & set(came)
    assert plain(came) == came


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("sign", BAD)
def test_a_sign_that_nobody_may_send_is_gone_and_the_words_stay(sign: str) -> None:
    assert plain(f"Kurs {sign}i barsel") == "Kurs i barsel"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_is_one(end: str) -> None:
    assert plain(f"Tiltak{end}Status") == "Tiltak\nStatus"


def test_every_entrance_is_the_same_one() -> None:
    assert tidy is plain
    text = f"Mål{BAD}: trygg"
    assert cleaning.lines(text) == "Mål: trygg"
    assert tidy(decode("Kurs \uffff".encode(), "utf-8")) == "Kurs "
    assert plain_in({"a": [text, {"b": (text, 3)}]}) == {
        "a": ["Mål: trygg", {"b": ("Mål: trygg", 3)}]
    }


def test_a_command_takes_text_as_everybody_else_does() -> None:
    told: list[object] = []

    @click.option("--note", multiple=True)
    @click.option("--form", metavar="FILE")
    @click.argument("name")
    def asked(_: object, **given: object) -> None:
        told.append(given)

    made = command("request fire")(asked)
    words = ["Fag\x1b[31mgruppe", "--note", "Ja\u202e takk\uffff", "--form", "e\u0301.txt"]
    made.main(words, standalone_mode=False, obj=Given())
    assert told == [{"name": "Fag[31mgruppe", "note": ("Ja takk",), "form": "e\u0301.txt"}]
    assert list(pairs(["a=b"])) == [("a", "b")]


def test_no_sign_of_a_note_reaches_a_calendar() -> None:
    entry = AllDay(
        uid="1@x.example", sequence=0, day=date(2026, 3, 5),
        title="Frist\u202e\x1b[2J", text="a\x0cb\uffff", language="nb",
    )  # fmt: skip
    written = calendar_file([entry], datetime(2026, 3, 5, tzinfo=UTC)).decode()
    assert not set(BAD) & set(written)
    assert ":Frist[2J" in written


def test_a_word_form_enters_so_too() -> None:
    assert docx.text(document(paragraph("Tiltak: Kurs\u202e i barsel\ufdd0"))) == (
        "Tiltak: Kurs i barsel\n"
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["bl\u00e5ba\u030ar", "a" + "\u0323\u0301" * 100 + " \u00e5"])
def test_letters_are_composed_as_the_standard_says(text: str, form: Literal["NFC", "NFD"]) -> None:
    assert composed(text, form) == unicodedata.normalize(form, text)


def test_many_marks_on_one_letter_take_no_square_of_their_number() -> None:
    begun = process_time()
    assert len(plain("a" + "\u0301\u0323" * 60_000)) > 100_000
    assert process_time() - begun < 10
