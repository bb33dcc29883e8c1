"""What letters say: every template in every language, by the rules that letters keep."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.domain.fields import field_by_label
from engine.intake import reply
from engine.intake.form import quoted_fields
from engine.model import LANGUAGES, Language
from tests.rows import each_of
from tests.unit.letter_cases import (
    ABOUT_NO_REQUEST,
    TEMPLATES,
    WORDS,
    answers,
    envelope,
    letters,
    variables,
)

LETTERS = letters()
EVERY = [(template, language) for template in sorted(TEMPLATES) for language in LANGUAGES]
FORM_HEADING: dict[Language, str] = {
    "nb": "Skjemaet slik det står nå",
    "nn": "Skjemaet slik det står no",
    "en": "The form as it stands now",
}
LONGEST = 130
BOKMAAL_ONLY = frozenset(
    """ikke jeg hva hvem hvilken hvis noe noen bare fra uten innen være blir lukkes nå mer saken
    sakens skjemaet deling delingen delingens kurseier eier eieren opplysninger opplysningene
    linjene linjen også fortsatt mottatt godtatt merket rettet gjøre trenger dere deres egne leser
    koordinatorens måned igjen ennå deg dem derfor""".split()
) - {"blir", "skjemaet", "deling", "deg", "merket"}
NYNORSK_ONLY = frozenset(
    """ikkje eg kva kven kvar dersom noko nokon berre frå utan innan vere saka delinga kurseigar
    eig opplysningar opplysningane linja òg framleis motteke godteke merkt retta gjere treng dykk
    dykkar eigne eigen les månad enno dei difor no meir""".split()
)
QUOTED = re.compile(r"^- [«“]([^»”]*)[»”]$", re.MULTILINE)
"""The agreement's own words, which stand as they were signed in a letter in any language."""
LABEL_AND_DATA = re.compile(
    rf"delt til KS Læring|^>.*$|«Rutine: [^»]*»|{QUOTED.pattern}", re.MULTILINE
)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-zæøåéò]+", LABEL_AND_DATA.sub("", text).casefold()))


def before_the_form(text: str, language: Language) -> str:
    return text.partition(FORM_HEADING[language])[0].partition("\nUttalelser\n")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_letters_exist_in_every_language(language: Language) -> None:
    assert LETTERS.templates(language) == TEMPLATES, "name it in letter_cases.TEMPLATES"


@each_of(EVERY)
def test_every_letter_is_whole_in_every_language(template: str, language: Language) -> None:
    text = LETTERS.text(envelope(template, language))
    greeting, *_ = text.splitlines()
    assert greeting == ("Hello!" if language == "en" else "Hei!")
    assert "\n\n\n" not in text
    assert "Undefined" not in text
    assert "None" not in text
    assert not re.search(r"  | [.,]|{|}|: *\.", text), text


@each_of(EVERY)
def test_every_letter_also_reads_well_when_there_is_nothing_to_say(
    template: str, language: Language
) -> None:
    kept = {
        *("owner_name", "borrower_name", "acted_for", "acted_as", "receiver_duty"),
        *("intended_duty", "state_title", "label"),
    }
    full = variables(language, template)
    emptied = {name: type(value)() for name, value in full.items() if name not in kept}
    text = LETTERS.text(envelope(template, language, emptied | {"total": 11}))
    assert "\n\n\n" not in text
    assert not re.search(r"\(\)|«»| {2}| [.,]", text), text


@each_of(EVERY)
def test_no_letter_is_longer_than_130_words_before_the_form(
    template: str, language: Language
) -> None:
    text = before_the_form(LETTERS.text(envelope(template, language)), language)
    # One that holds several is as long as these, and each is looked at by itself.
    assert template == "told" or len(text.split()) <= LONGEST, text


@each_of(EVERY)
def test_a_letter_says_to_whom_it_went_and_that_it_is_automatic(
    template: str, language: Language
) -> None:
    text = LETTERS.text(envelope(template, language))
    duty = variables(language, template)["receiver_duty"]
    closing = {
        "nb": "Hilsen Kursdeling · automatisk brev · sendt til: ",
        "nn": "Helsing Kursdeling · automatisk brev · sendt til: ",
        "en": "Regards, Kursdeling · automatic letter · sent to: ",
    }[language]
    assert f"\n{closing}{duty}\n" in text


@each_of(EVERY)
def test_the_subject_is_one_line_that_ends_with_number_and_token(
    template: str, language: Language
) -> None:
    subject = LETTERS.subject(envelope(template, language))
    mark = "[7K2Q9M4D]" if template in ABOUT_NO_REQUEST else "[KD-2026-0001.7K2Q9M4D]"
    assert subject.endswith(f" {mark}")
    assert "\n" not in subject
    assert len(subject) > len(mark) + 10


@each_of(EVERY)
def test_no_line_of_our_own_would_act_if_it_came_back_unquoted(
    template: str, language: Language
) -> None:
    done = [f"{word}: utført. Saken står nå som «Delt»." for word in WORDS[language].values()]
    text = LETTERS.text(envelope(template, language, {"done": done, "not_done": done[:1]}))
    # A word that is a field's label too is a field wherever it is not open to the writer.
    said = (word for words in WORDS.values() for word in words.values())
    known = frozenset(word for word in said if field_by_label(word) is None)
    lines = [f"{line}\nSTATUS" for line in text.splitlines()]
    heard = {found.word for line in lines for found in reply.commands(line, known | {"STATUS"})}
    assert heard == {"STATUS"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_quoted_form_reads_back_as_it_was_written(language: Language) -> None:
    written = {"full_name": "Fallforebygging", "content": "1. Én.\n2. To.", "summary": ""}
    form = [
        {"label": "Fullt navn på kurset", "value": written["full_name"]},
        {"label": "Innhold", "value": "1. Én.\n\n2. To."},
        {"label": "Kurssammendrag", "value": ""},
    ]
    faults = ["Dato for studiestart: «31.02.2027» finnes ikke."]
    changes: dict[str, Any] = {"form": form, "faults": faults, "fault_labels": ["Produsert av"]}
    read = quoted_fields(LETTERS.text(envelope("form_faults", language, changes)))
    assert set(read) == {"full_name", "content"}
    assert read["full_name"] == written["full_name"]
    assert read["content"].split() == written["content"].split()


@each_of(sorted(TEMPLATES))
def test_nynorsk_letters_hold_no_bokmaal_and_the_other_way_round(template: str) -> None:
    foreign_to: dict[Language, frozenset[str]] = {"nn": BOKMAAL_ONLY, "nb": NYNORSK_ONLY}
    for language, foreign in foreign_to.items():
        changes: dict[str, Any] = {
            "course_name": "Fall",
            "owner_name": "SI",
            "state_title": "Sendt",
            "form": [],
            "faults": ["1."],
            "fault_labels": ["Mål"],
            "remark": "",
            "note": "Ja.",
        }
        sent = envelope(template, language, changes)
        text = f"{LETTERS.subject(sent)}\n{LETTERS.text(sent)}"
        assert words_of(text) & foreign == set(), text


def test_what_is_quoted_of_the_agreement_stands_word_for_word_in_every_language() -> None:
    for template in sorted(TEMPLATES):
        quoted = [QUOTED.findall(LETTERS.text(envelope(template, each))) for each in LANGUAGES]
        assert quoted[0] == quoted[1] == quoted[2], template
    assert QUOTED.findall(LETTERS.text(envelope("contact_point", "nn")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_are_never_translated(language: Language) -> None:
    for label in ("delt til KS Læring", "delt fra KS"):
        text = LETTERS.text(envelope("label_wanted", language, {"label": label}))
        assert f": {label}\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["label_wanted", "request_submitted", "opinion_wanted"])
def test_the_ask_stands_in_the_first_three_lines_after_the_greeting(
    template: str, language: Language
) -> None:
    first = LETTERS.text(envelope(template, language)).splitlines()[1:4]
    for answer in answers(language, template)[:1]:
        assert answer["word"] in "\n".join(first)


def test_the_accepted_letter_reads_as_agreed() -> None:
    sent = envelope("label_wanted", "nb", {"owner_name": "Sykehuset Innlandet"})
    assert LETTERS.subject(sent) == (
        "Godtatt av KS Læring: «Fallforebygging i sykehjem» – merket gjenstår "
        "[KD-2026-0001.7K2Q9M4D]"
    )
    assert (
        LETTERS.text(sent)
        == """Hei!
KS Læring har godtatt kurset «Fallforebygging i sykehjem» (SI-FALL1). To små ting gjenstår hos dere:
1. Merk kurset i Læringsportalen med: delt til KS Læring
2. Svar på denne e-posten med ett ord: MERKET

Når dere har svart MERKET, står kurset som delt. Sykehuset Innlandet eier det fortsatt og kan \
avslutte delingen.

Gjør det gjerne innen mandag 30. november 2026. Datoen er vår egen, ikke et krav i avtalen. \
Hører vi ikke fra dere, spør vi igjen.

Blir det ikke noe av? Svar TREKK. Ellers: skriv med egne ord, så spør vi hvem det er til.

Hilsen Kursdeling · automatisk brev · sendt til: e-læringsansvarlig
"""
    )


def test_the_accepted_letter_reads_as_agreed_in_nynorsk() -> None:
    sent = envelope("label_wanted", "nn", {"owner_name": "Sykehuset Telemark"})
    assert LETTERS.text(sent).splitlines()[1:] == [
        "KS Læring har godteke kurset «Fallførebygging i sjukeheim» (SI-FALL1). "
        "To små ting står att hos dykk:",
        "1. Merk kurset i Læringsportalen med: delt til KS Læring",
        "2. Svar på denne e-posten med eitt ord: MERKT",
        "",
        "Når de har svart MERKT, står kurset som delt. "
        "Sykehuset Telemark eig det framleis og kan avslutte delinga.",
        "",
        "Gjer det gjerne innan måndag 30. november 2026. Datoen er vår eigen, ikkje eit krav i "
        "avtalen. Høyrer vi ikkje frå dykk, spør vi på nytt.",
        "",
        "Blir det ikkje noko av? Svar TREKK. "
        "Elles: skriv med eigne ord, så spør vi kven det er til.",
        "",
        "Helsing Kursdeling · automatisk brev · sendt til: e-læringsansvarleg",
    ]


@pytest.mark.parametrize(
    ("language", "count", "beginning"),
    [
        ("nb", 1, "Ett felt må rettes: "),
        ("nb", 3, "Tre felt må rettes: "),
        ("nn", 1, "Eitt felt må rettast: "),
        ("nn", 7, "Sju felt må rettast: "),
        ("en", 1, "One field needs correcting: "),
        ("nb", 14, "14 felt må rettes: "),
    ],
)
def test_faults_are_counted_in_words(language: Language, count: int, beginning: str) -> None:
    wrong = {"faults": ["Feil."] * count, "fine": 0, "total": count}
    sent = envelope("form_faults", language, wrong)
    assert LETTERS.subject(sent).startswith(beginning)


@pytest.mark.parametrize(
    ("language", "beginning"),
    [
        ("nb", "Skjemaet må rettes: "),
        ("nn", "Skjemaet må rettast: "),
        ("en", "The form needs correcting: "),
    ],
)
def test_faults_that_are_no_points_are_not_counted_as_points(
    language: Language, beginning: str
) -> None:
    wrong = {"faults": ["Feil."] * 12, "fine": 0, "total": 11}
    sent = envelope("form_faults", language, wrong)
    assert LETTERS.subject(sent).startswith(beginning)
