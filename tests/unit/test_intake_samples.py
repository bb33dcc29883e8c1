"""Mails as the common programs write them, and what intake makes of each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.intake import IntakeRules, Reading, read
from engine.intake.reply import commands

MAILS = Path(__file__).parents[1] / "mail" / "intake"
RULES = IntakeRules(
    trusted_servers=("MX.kursdeling.example",), own_addresses=("deling@kursdeling.example",)
)
WORDS = frozenset(
    {"GODTATT", "GODTEKE", "MANGLER", "AVSLÅTT", "UTTALELSE", "INGEN MERKNADER", "SEND", "MERKET",
     "LENKE", "TREKK", "AVSLUTT", "JA"}
)  # fmt: skip


def reading(name: str) -> Reading:
    return read((MAILS / f"{name}.eml").read_bytes(), RULES)


def said(name: str) -> list[tuple[str, str]]:
    return [(c.word, c.text) for c in commands(reading(name).own_text, WORDS)]


def test_a_form_from_outlook_in_iso_8859_1_is_read_whole() -> None:
    mail = reading("outlook_form_nb")
    assert mail.kind == "person"
    assert mail.sender == "elaering@si.example"
    assert mail.sender_name == "E-læringsansvarlig Sykehuset Innlandet"
    assert mail.aligned
    assert mail.subject == "Deling til KS Læring: Fallforebygging i sykehjem"
    assert mail.message_id == "<[b378d0f7]DB9PR10MB7654@DB9PR10MB7654.EURPRD10.PROD.OUTLOOK.COM>"
    assert mail.date == datetime(2026, 11, 16, 8, 12, 31, tzinfo=UTC)
    assert mail.recipients == ("deling@kursdeling.example",)
    assert mail.fields == {
        "full_name": "Fallforebygging i sykehjem",
        "short_name": "SI-FALL1",
        "category": "Helse og velferd",
        "start_date": "1. mars 2027",
        "home_page": "JA",
        "goal": "Deltakeren kan kartlegge fallrisiko.",
        "content": "Fire moduler, tre kasus og en avsluttende test.",
        "audience": "Sykepleiere og helsefagarbeidere i sykehjem",
        "summary": "Kurset viser hvordan fall i sykehjem kan forebygges.",
        "prerequisites": "Ingen",
        "produced_by": "Testperson Alfa, fagsykepleier, Avdeling for geriatri, Sykehuset Innlandet",
        "time_needed": "45 min",
        "coordinator": "e-læringsansvarlig ved Sykehuset Innlandet",
        "experts": "Ingen merknader",
        "liaison": "Ingen merknader",
    }


def test_a_nynorsk_form_with_bold_labels_is_read_and_the_prose_below_it_is_no_value() -> None:
    mail = reading("gmail_form_nn")
    assert mail.subject == "Deling til KS Læring: Fallførebygging"
    assert mail.sender == "elaering@sthf.example"
    assert mail.fields["short_name"] == "ST-FALL1"
    assert mail.fields["content"] == "- fire modular\n- tre kasus"
    assert mail.fields["exception"] == "Fagmiljøet er kurseigar sjølv"
    assert "rask behandling" in mail.own_text
    assert "rask behandling" not in str(mail.fields)
    assert not mail.aligned


def test_a_table_in_html_alone_is_a_form() -> None:
    mail = reading("outlook_table_html")
    assert mail.fields == {
        "full_name": "Trygg utskrivning",
        "short_name": "AHUS-UT1",
        "category": "Helse og velferd",
        "start_date": "2027-01-11",
        "home_page": "JA",
        "time_needed": "20 min",
    }
    assert mail.own_text.startswith("Fullt navn på kurset")
    assert said("outlook_table_html") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("outlook_godtatt", [("GODTATT", "")]),
        ("gmail_skreiv", [("GODTEKE", "")]),
        ("apple_avslag", [("AVSLÅTT", "Kurset finnes allerede i KS Læring.")]),
        ("apple_html_reply", [("UTTALELSE", "Kurset er nyttig for kommunene.")]),
        (
            "thunderbird_flowed",
            [
                ("MERKET", ""),
                ("LENKE", "https://www.kslaring.example/kurs/123 og dette er resten av linjen."),
            ],
        ),
        (
            "outlook_mangler",
            [
                (
                    "MANGLER",
                    "Målgruppene må være tydeligere.\nSkriv også hvor lang tid kurset tar.\n\n"
                    "Takk for et godt kurs ellers!",
                )
            ],
        ),
        ("outlook_mobile_correction", []),
    ],
)
def test_a_reply_says_what_stands_above_the_quote_and_nothing_else(
    name: str, expected: list[tuple[str, str]]
) -> None:
    assert said(name) == expected


def test_a_reply_answers_the_newest_letter_and_carries_its_token() -> None:
    mail = reading("outlook_godtatt")
    assert mail.tokens == (("KD-2026-0001", "7K2Q9M4D"),)
    assert mail.numbers == ("KD-2026-0001",)
    assert mail.references == ("<kd.1.sig@kursdeling.example>", "<kd.0.sig@kursdeling.example>")
    assert "AVSLÅTT: grunn" in mail.quoted
    assert "AVSLÅTT: grunn" in mail.text


def test_a_token_is_read_in_small_letters_and_across_a_fold() -> None:
    assert reading("apple_html_reply").tokens == (("KD-2026-0001", "7K2Q9M4D"),)


def test_hidden_html_and_words_below_a_quote_are_not_the_senders_own() -> None:
    mail = reading("apple_html_reply")
    assert "AVSLUTT" not in mail.text
    assert "TREKK" not in mail.own_text
    assert "TREKK" in mail.quoted


def test_corrections_above_the_quote_are_fields() -> None:
    assert reading("outlook_mobile_correction").fields == {
        "short_name": "SI-FALL2",
        "start_date": "01.03.2027",
        "produced_by": "Testperson Alfa, fagsykepleier, Avdeling for geriatri, Sykehuset Innlandet",
    }


def test_values_filled_into_our_quoted_form_are_quoted_fields_and_our_own_text_is_none() -> None:
    mail = reading("quoted_form_filled")
    assert mail.own_text == "Hei, jeg har rettet i skjemaet under."
    assert mail.fields == {}
    assert mail.quoted_fields == {"short_name": "SI-FALL3", "start_date": "08.03.2027"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("autosvar_exchange", "automatic"),
        ("autosvar_nn_plain", "automatic"),
        ("calendar_answer", "automatic"),
        ("read_receipt", "automatic"),
        ("recall_nb", "automatic"),
        ("newsletter", "bulk"),
        ("bounce_dsn", "bounce"),
        ("bounce_text_nb", "bounce"),
        ("with_attachments", "person"),
    ],
)
def test_the_kind_of_mail_is_seen(name: str, kind: str) -> None:
    assert reading(name).kind == kind


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("bounce_dsn", "<kd.7.sig@kursdeling.example>"),
        ("bounce_text_nb", "<kd.8.sig@kursdeling.example>"),
        ("autosvar_exchange", ""),
    ],
)
def test_a_bounce_names_the_letter_that_came_back(name: str, letter: str) -> None:
    assert reading(name).bounced_message_id == letter


def test_a_name_that_looks_like_an_address_leaves_the_sender_in_doubt() -> None:
    mail = reading("spoofed_name")
    assert mail.sender == ""
    assert mail.sender_doubt == "malformed"
    assert not mail.aligned


def test_results_below_the_top_most_ones_count_for_nothing() -> None:
    mail = reading("spoofed_results")
    assert mail.sender == "elaering@si.example"
    assert not mail.aligned


def test_attachments_are_named_harmlessly_and_known_by_their_content() -> None:
    mail = reading("with_attachments")
    assert [(a.name, a.type, a.size) for a in mail.attachments] == [
        ("Påmeldingfdp.pdf", "application/pdf", 17),
        ("notat.txt", "text/plain", 7),
        ("vedlegg", "message/rfc822", 47),
    ]
    assert mail.fields == {
        "full_name": "Smittevern",
        "link": "https://kslaring.example/kurs/9",
    }
    assert said("with_attachments") == [("LENKE", "https://kslaring.example/kurs/9")]
