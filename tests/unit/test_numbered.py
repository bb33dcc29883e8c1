"""Numbered lines in a coordinator's answer to the morning letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.intake.quoting.numbered import WORDS, Line, lines, numbered


def one(text: str) -> Line:
    (found,) = lines(text)
    return found


@pytest.mark.parametrize(
    ("text", "numbers", "verb", "rest"),
    [
        ("3 TIL KD-2026-0004", (3,), "attach", "KD-2026-0004"),
        ("3 til kd-2026-0004.", (3,), "attach", "kd-2026-0004"),
        ("3. TIL: KD-2026-0004", (3,), "attach", "KD-2026-0004"),
        ("3 TO KD-2026-0004", (3,), "attach", "KD-2026-0004"),
        ("*3 ER GODTATT*", (3,), "fire", "GODTATT"),
        ("3 ER GODTEKE.", (3,), "fire", "GODTEKE."),
        ("3 is CHANGES: chapter 2", (3,), "fire", "CHANGES: chapter 2"),
        ("3 NY KONTAKT", (3,), "contact", ""),
        ("3 NY KONTAKT: si fagmiljø", (3,), "contact", "si fagmiljø"),
        ("3 new contact si elearning", (3,), "contact", "si elearning"),
        ("3 FORKAST: søppelpost", (3,), "discard", "søppelpost"),
        ("3 VRAK: søppelpost", (3,), "discard", "søppelpost"),
        ("3) DISCARD: spam", (3,), "discard", "spam"),
        ("5 STOPP", (5,), "stop", ""),
        ("5 Stop!", (5,), "stop", ""),
        ("- 5: STOPP", (5,), "stop", ""),
        ("SLIPP ALLE", (), "release", ""),
        ("Slipp alle!", (), "release", ""),
        ("SLEPP ALLE", (), "release", ""),
        ("RELEASE ALL", (), "release", ""),
        ("SLIPP 4", (4,), "release", ""),
        ("slepp 4, 6 og 8-10", (4, 6, 8, 9, 10), "release", ""),
        ("4 SLIPP", (4,), "release", ""),
        ("3, 4 og 7 FORKAST: reklame", (3, 4, 7), "discard", "reklame"),
        ("3 og 4 STOPP", (3, 4), "stop", ""),
        ("9 PRØV IGJEN", (9,), "retry", ""),
        ("9 prøv på nytt", (9,), "retry", ""),
        ("STOPP 5", (5,), "stop", ""),
        ("VIS 3", (3,), "show", ""),
        ("3 vis", (3,), "show", ""),
        ("Vis resten!", (), "rest", ""),
        ("SHOW THE REST", (), "rest", ""),
        ("SAKER", (), "cases", ""),
        ("3 MIN", (3,), "mine", ""),
        ("3 min.", (3,), "mine", ""),
        ("3 min er nok", (3,), "unknown", "min er nok"),
        ("3 SVAR: Ja, gjerne.", (3,), "answer", "Ja, gjerne."),
        ("3 hva er dette", (3,), "unknown", "hva er dette"),
        ("3", (3,), "unknown", ""),
    ],
)
def test_a_line_says_what_for_which_numbers(
    text: str, numbers: tuple[int, ...], verb: str, rest: str
) -> None:
    found = one(f"Hei\n\n{text}\n")
    assert (found.numbers, found.verb, found.text) == (numbers, verb, rest)


@pytest.mark.parametrize(
    "text",
    [
        "SLIPP",
        "Slipp alle sammen inn i varmen",
        "Vi slipp alle",
        "STOPP",
        "Takk for brevet, jeg ser på det.",
        "2026-11-30",
        "KD-2026-0004 er godtatt",
        "10.30 passer",
        "TIL KD-2026-0004",
        "9-3 STOPP",
    ],
)
def test_other_text_is_no_wish(text: str) -> None:
    assert lines(text) == ()


def test_several_lines_are_wishes_of_their_own_in_their_order() -> None:
    text = "Hei!\n1 TIL KD-2026-0004\nTakk\n1 ER GODTATT\n\n2 FORKAST: feil\nadresse\nSLIPP ALLE"
    found = [(line.numbers, line.verb, line.text) for line in lines(text)]
    assert found == [
        ((1,), "attach", "KD-2026-0004"),
        ((1,), "fire", "GODTATT"),
        ((2,), "discard", "feil\nadresse"),
        ((), "release", ""),
    ]


def test_text_goes_on_below_a_command_with_a_colon_until_an_empty_line() -> None:
    found = one("3 ER MANGLER: kapittel 2\nog kapittel 3\n\nDet var alt.")
    assert found.text == "MANGLER: kapittel 2\nog kapittel 3"
    assert one("3 ER GODTATT\nFint kurs.").text == "GODTATT"


@given(st.text(alphabet="0123 ,-–oOgTILERSLPAFKDN:.\n", max_size=60))
def test_whatever_stands_there_is_read_without_fault(text: str) -> None:
    for line in lines(text):
        assert line.verb in WORDS or line.verb == "unknown"
        assert line.numbers or line.verb == "release"
        assert len(line.numbers) <= 500


def test_what_is_written_to_each_request_stands_under_its_name_or_number() -> None:
    names = ("KD-2026-0001", "KD-2026-0012")
    text = "Hei\nkd-2026-0001: GODTATT\n2) MANGLER: lenken\nog målgruppene\n"
    above, parts = numbered(text, names)
    assert above == ("Hei",)
    assert parts == {1: "GODTATT", 2: "MANGLER: lenken\nog målgruppene"}


def test_a_number_beyond_the_list_begins_nothing() -> None:
    above, parts = numbered("3 GODTATT\nKD-2026-00012 GODTATT", ("KD-2026-0001",))
    assert len(above) == 2
    assert parts == {}


def test_an_answer_is_a_whole_letter_up_to_the_next_wish() -> None:
    first, second = lines(
        "3 SVAR: Hei!\n\nGjør dette:\n1. Logg inn\n2. min side\n\nHilsen oss\n4 FORKAST: nei"
    )
    assert first.text == "Hei!\n\nGjør dette:\n1. Logg inn\n2. min side\n\nHilsen oss"
    assert (second.numbers, second.verb, second.text) == ((4,), "discard", "nei")
