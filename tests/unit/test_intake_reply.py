"""Commands, fields and remarks in the sender's own words."""

from __future__ import annotations

import pytest

from engine.intake.form import fields, quoted_fields
from engine.intake.reply import Command, commands, outside, remainder
from engine.intake.reply import fields as fields_outside

WORDS = frozenset(
    {"MOTTATT", "GODTATT", "MANGLER", "INGEN MERKNADER", "IKKE I BRUK", "Avslutt", "LENKE", "JA",
     "AVSLÅTT", "SEND", "FRAVÆR", "SPRÅK", "TREKK", "TREKK TILBAKE", "STATUS"}
)  # fmt: skip


def found(text: str) -> list[tuple[str, str]]:
    return [(c.word, c.text) for c in commands(text, WORDS)]


@pytest.mark.parametrize(
    "line",
    ["GODTATT", "godtatt", "Godtatt.", "GODTATT!", "**GODTATT**", "*Godtatt*.", "_godtatt_",
     "- GODTATT", "• Godtatt", "* GODTATT", "  godtatt  ", "«GODTATT»", "Godtatt!!", "\tGODTATT"],
)  # fmt: skip
def test_a_line_that_holds_only_the_word_is_a_command(line: str) -> None:
    assert found(line) == [("GODTATT", "")]


@pytest.mark.parametrize(
    "line",
    ["Godtatt av oss", "ikke godtatt", "Godtatt?", "Er det GODTATT", "GODTATTE", "GOD TATT", "",
     "GODTATT hvis dere retter kortnavnet", "Avslutt 1.12.2026 hvis dere vil", "Avslutt snart",
     "MANGLER noe", "Avslutt 31"],
)  # fmt: skip
def test_a_line_that_says_more_is_no_command(line: str) -> None:
    assert found(line) == []


def test_text_after_the_colon_goes_on_to_the_next_command() -> None:
    text = "Mangler: målgruppe\nog tid\n\nog mål\n**Mottatt**"
    assert found(text) == [("MANGLER", "målgruppe\nog tid\n\nog mål"), ("MOTTATT", "")]


def test_a_word_that_was_broken_over_two_lines_is_one() -> None:
    (command,) = commands("Hei\nTrekk\ntilbake\nTakk", WORDS)
    assert command == Command(word="TREKK TILBAKE", text="", line=2, end=3, below="Takk")
    assert outside("Hei\nTrekk\ntilbake\nTakk", (command,)) == "Hei\n\n\nTakk"
    assert found("Trekk\n\ntilbake") == [("TREKK", "")]


def test_text_may_begin_on_the_line_below_the_colon() -> None:
    assert found("*MANGLER:*\nmålgruppe") == [("MANGLER", "målgruppe")]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("AVSLUTT 1.12.2026", "1.12.2026"),
        ("Avslutt 1. desember 2026.", "1. desember 2026"),
        ("avslutt den 1. desember 2026", "1. desember 2026"),
        ("AVSLUTT 2026-12-01", "2026-12-01"),
        ("**AVSLUTT** 01.12.26", "01.12.26"),
        ("AVSLUTT: 1.12.2026", "1.12.2026"),
        ("IKKE I BRUK 1 December 2026", "1 December 2026"),
        ("Fravær 1.12.2026–15.12.2026 Vikar: vikar@hf.example",
         "1.12.2026–15.12.2026 Vikar: vikar@hf.example"),
    ],
)  # fmt: skip
def test_a_word_may_come_with_a_date(line: str, day: str) -> None:
    assert [text for _, text in found(line)] == [day]


def test_the_word_is_given_as_the_program_knows_it_and_the_longest_wins() -> None:
    assert found("AVSLUTT") == [("Avslutt", "")]
    assert found("trekk tilbake: feil kurs") == [("TREKK TILBAKE", "feil kurs")]
    assert found("ingen  merknader") == [("INGEN MERKNADER", "")]


def test_the_lines_of_a_command_are_told() -> None:
    first, second = commands("Takk!\n\nMOTTATT\nVi ser på det.\nMANGLER: mål\nmer", WORDS)
    assert first == Command(word="MOTTATT", text="", line=3, end=3, below="Vi ser på det.")
    assert (second.line, second.end) == (5, 6)
    (only,) = commands("MOTTATT\nFint.\nTidsbruk: 1 t", WORDS)
    assert only.below == "Fint."


def test_a_word_of_the_workflow_goes_before_a_field_of_the_same_name() -> None:
    text = "LENKE: https://kslaring.example/1"
    assert found(text) == [("LENKE", "https://kslaring.example/1")]
    assert fields_outside(text, commands(text, WORDS)) == {}
    assert fields_outside(text, ()) == {"link": "https://kslaring.example/1"}


def test_fields_before_a_command_are_fields_and_those_in_its_text_are_not() -> None:
    text = "Kursets kortnavn: SI-1\nSEND\nMANGLER: dette\nTidsbruk: for kort"
    assert fields_outside(text, commands(text, WORDS)) == {"short_name": "SI-1"}


def test_ja_below_opprett_hjemmeside_is_a_value_but_send_below_an_empty_field_is_a_command() -> (
    None
):
    assert found("Opprett hjemmeside:\nJA") == []
    assert fields("Opprett hjemmeside:\nJA", WORDS) == {"home_page": "JA"}
    assert found("Kursets kortnavn:\n\nSEND") == [("SEND", "")]
    assert fields("Kursets kortnavn:\n\nSEND", WORDS) == {}
    assert found("Tidsbruk: 1 t\nJA") == [("JA", "")]


def test_the_remark_is_what_is_neither_command_field_nor_greeting() -> None:
    text = "Hei!\nKurset er fint.\n\nKursets kortnavn: SI-1\n\nGODTATT\n\nVi ringer i morgen."
    taken = commands(text, WORDS)
    assert (
        remainder(text, taken, {"short_name": "SI-1"}) == "Kurset er fint.\n\nVi ringer i morgen."
    )
    assert remainder("GODTATT", commands("GODTATT", WORDS), {}) == ""
    assert "Kursets kortnavn" in remainder(text, taken, {})
    assert outside("a\nGODTATT\nb", commands("a\nGODTATT\nb", WORDS)) == "a\n\nb"


FORM = """FULLT NAVN PÅ KURSET : Barn som pårørende – plikter og samtaler
* Kursets kortnavn: SSHF-BSP
3. Studiekategori: Helse og velferd
Opprett hjemmeside – JA
Kursbeskrivelse: Mål: Kunne regelverket. Innhold: Lov, samtaler: to
eksempler; test. Målgrupper: Helsestasjon, fastleger
Kurssammendrag: Første avsnitt.

Andre avsnitt.
Forutsetninger:
Ingen
Produsert av (navn, stilling, avdeling, sykehus): Testperson Delta,
barneansvarlig, Klinikk, Sørlandet sykehus
Tidsbruk
40 min
Kurskoordinator: e-læringsansvarlig

Gi beskjed om noe er uklart: vi svarer gjerne."""


def test_a_form_is_read_in_any_dress() -> None:
    assert fields(FORM) == {
        "full_name": "Barn som pårørende – plikter og samtaler",
        "short_name": "SSHF-BSP",
        "category": "Helse og velferd",
        "home_page": "JA",
        "goal": "Kunne regelverket.",
        "content": "Lov, samtaler: to eksempler; test.",
        "audience": "Helsestasjon, fastleger",
        "summary": "Første avsnitt.\n\nAndre avsnitt.",
        "prerequisites": "Ingen",
        "produced_by": "Testperson Delta, barneansvarlig, Klinikk, Sørlandet sykehus",
        "time_needed": "40 min",
        "coordinator": "e-læringsansvarlig",
    }
    assert remainder(FORM, (), fields(FORM)) == "Gi beskjed om noe er uklart: vi svarer gjerne."


def test_an_order_needs_one_line_and_takes_nynorsk() -> None:
    assert fields("Kurs: Smittevern\nKurseigar: Sykehuset Telemark") == {
        "full_name": "Smittevern",
        "owner": "Sykehuset Telemark",
    }


def test_a_description_without_parts_is_kept_and_text_before_them_too() -> None:
    assert fields("Kursbeskrivelse: Et fint kurs.") == {"description": "Et fint kurs."}
    assert fields("Kursbeskrivelse: Fint kurs. *Mål:* Lære.\nInnhald: Alt") == {
        "description": "Fint kurs.",
        "goal": "Lære.",
        "content": "Alt",
    }


def test_the_last_value_counts_in_own_words_and_an_empty_one_takes_nothing_away() -> None:
    assert fields("Tidsbruk: 1 t\nTidsbruk: 2 t\nTidsbruk:") == {"time_needed": "2 t"}


def test_a_command_ends_a_value_by_its_looks_or_by_its_word() -> None:
    assert fields("Kurs: Sår\nSEND") == {"full_name": "Sår"}
    assert fields("Kurs: Sår\nsend.") == {"full_name": "Sår"}
    assert fields("Kurs: Sår\nsend.", {"SEND"}) == {"full_name": "Sår"}


def test_a_table_pasted_with_tabs_is_read() -> None:
    assert fields("Tidsbruk\t45 min\nStudiekategori\tHelse") == {
        "time_needed": "45 min",
        "category": "Helse",
    }


def test_in_a_quoted_form_the_first_value_counts_and_our_own_sentences_are_none() -> None:
    text = (
        "2. Dato for studiestart: «31.02.2027» finnes ikke.\n- Tidsbruk: mangler.\n\n"
        "Kursets kortnavn:\nProdusert av:\n\n"
        "Du kan også rette nedenfor.\n\nKursets kortnavn: SI-2\nTidsbruk:\n1 t\n\n"
        "Hilsen Kursdeling\nKursets kortnavn: GAMMEL"
    )
    assert quoted_fields(text) == {"short_name": "SI-2", "time_needed": "1 t"}


MARKED = frozenset(
    {"GODTATT", "MERKET", "TREKK", "SEND", "AVSLUTT", "STATUS", "JA", "INGEN MERKNADER", "ANGRE"}
)


@pytest.mark.parametrize(
    ("line", "word", "text", "beside"),
    [
        (
            "GODTATT. Fint kurs, vi legger det ut i uke 2.",
            "GODTATT",
            "",
            "Fint kurs, vi legger det ut i uke 2.",
        ),
        ("godtatt, takk", "GODTATT", "", "takk"),
        ("Merket 👍", "MERKET", "", ""),
        ("Ingen merknader :)", "INGEN MERKNADER", "", ""),
        ("Status?", "STATUS", "", ""),
        ("Trekk bestillingen", "TREKK", "", ""),
        ("Send nå, takk", "SEND", "", ""),
        ("SEND – alt er klart", "SEND", "", "alt er klart"),
        ("Avslutt 31. desember", "AVSLUTT", "31. desember", ""),
        ("Avslutt 31.12", "AVSLUTT", "31.12", ""),
    ],
)
def test_a_command_may_have_a_mark_or_a_harmless_word_behind_it(
    line: str, word: str, text: str, beside: str
) -> None:
    found = commands(f"Hei!\n\n{line}\n\nMvh", MARKED)
    assert [(each.word, each.text, each.beside) for each in found] == [(word, text, beside)]
    assert (beside in remainder(f"Hei!\n\n{line}", found, {})) is True


@pytest.mark.parametrize(
    "text",
    [
        "Merket meg at lenken er gammel",
        "Send meg gjerne uttalelsene",
        "Trekk gjerne fram eksempler",
        "Avslutt gjerne med en quiz",
        "Ja, når kapittel 3 er rettet",
        "Godtatt?",
        "Merket? 👍",
        "Godtatt men bare kapittel 1",
        "Vi håper at dette kurset om fall endelig kan bli\nmerket, slik at vi kommer videre",
        "Avslutt 3 kurs",
        "TREKK / SEND",
    ],
)
def test_words_of_a_sentence_are_no_command(text: str) -> None:
    assert commands(text, MARKED) == ()
