"""Every reason, day, span and transcript line in bokmål, nynorsk and English."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from engine.calendar import OSLO, describe
from engine.model import LANGUAGES, Language, Reason
from engine.wording import phrases
from engine.wording.catalogue import asked_for, say
from engine.wording.dates import clock, day, day_and_time, short_day
from engine.wording.durations import span
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES, all_of, one_of
from engine.wording.reasons import codes, pattern_of, sentence
from tests.rows import each_of

BOKMAAL_ONLY = re.compile(
    r"\b(ikke|jeg|hvem|hva|hvilken|hvis|mangler|navn|sykehus|eksempel|ennå|noe|noen|saken|skrevet"
    r"|finnes|fra|gjøre|mulig|svarer|brevene|bare|velg|navnet|avdelingen|lisensen|uttalelse)\b"
)
NYNORSK_ONLY = re.compile(
    r"\b(ikkje|eg|kven|kva|dersom|manglar|namn|sjukehus|døme|enno|noko|nokon|saka|skrive|finst|frå"
    r"|gjere|mogleg|berre|vel|namnet|avdelinga|fråsegn)\b"
)


@each_of(sorted(codes()))
def test_every_reason_uses_the_same_values_in_all_languages(code: str) -> None:
    used = [asked_for(pattern_of(code, language).lower()) for language in LANGUAGES]
    assert used[0] == used[1] == used[2]


@each_of(sorted(codes()))
def test_every_reason_is_a_whole_sentence_in_all_languages(code: str) -> None:
    names = asked_for(pattern_of(code, "nb").lower())
    values = {name: "field_x" if name == "field" else "x" for name in names}
    for language in LANGUAGES:
        text = sentence(Reason(code, values), language)
        assert text.rstrip("…”»")[-1:] in ".?…" or text.endswith("https://…")
        assert "{" not in text
        assert "  " not in text


@each_of(sorted(codes()))
def test_bokmaal_and_nynorsk_do_not_mix(code: str) -> None:
    assert not NYNORSK_ONLY.search(pattern_of(code, "nb").lower())
    assert not BOKMAAL_ONLY.search(pattern_of(code, "nn").lower())


def test_an_unknown_code_has_no_sentence() -> None:
    with pytest.raises(KeyError):
        sentence(Reason("no_such_code"), "nb")


def test_a_value_that_the_sentence_needs_must_be_there() -> None:
    with pytest.raises(KeyError):
        sentence(Reason("day_past"), "nb")


def test_days_and_instants_are_written_out_also_from_iso_text() -> None:
    as_values = Reason("day_too_far", {"day": date(2026, 11, 30), "latest": "2027-11-30"})
    assert sentence(as_values, "nn") == (
        "Datoen måndag 30. november 2026 er for langt fram. "
        "Den siste moglege er tysdag 30. november 2027."
    )
    clocks = {"at": datetime(2026, 11, 30, 9, 15, tzinfo=UTC), "last": "2026-11-30T09:16:00Z"}
    assert sentence(Reason("clock_behind", clocks), "nb") == (
        "Tidspunktet mandag 30. november 2026 kl. 10.15 ligger før det siste som skjedde i saken, "
        "mandag 30. november 2026 kl. 10.16."
    )


def test_our_own_names_become_words_and_text_per_language_is_picked() -> None:
    values = {
        "event": {"nb": "MANGLER", "nn": "MANGLAR", "en": "CHANGES"},
        "roles": "elearning, cooperation_unit",
    }
    assert sentence(Reason("not_your_role", values), "nn") == (
        "MANGLAR: det er den e-læringsansvarlege eller samhandlingseininga som kan gjere dette."
    )
    missing = Reason("opinions_missing", {"roles": ("experts", "liaison")})
    assert "fra fagmiljøet og samhandlingsenheten" in sentence(missing, "nb")


def test_an_optional_part_goes_when_its_value_is_empty_or_missing() -> None:
    with_hint = Reason("unknown_party", {"text": "Ahuss", "nearest": "Ahus", "field": "owner"})
    assert sentence(with_hint, "nb") == (
        "Kurseier: «Ahuss» finner vi ikke i registeret. Mente du Ahus?"
    )
    bare = Reason("unknown_party", {"text": "Ahuss", "nearest": ""})
    assert sentence(bare, "nn") == "«Ahuss» finn vi ikkje i registeret."


def test_what_a_stranger_wrote_is_quoted_on_one_line_and_not_at_length() -> None:
    text = sentence(Reason("day_unreadable", {"text": "x\n{y} [z] " * 100}), "nb")
    assert "\n" not in text
    assert "x {y} [z] x" in text
    assert len(text) < 250


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "mandag 30. november 2026 kl. 10.05"),
        ("nn", "måndag 30. november 2026 kl. 10.05"),
        ("en", "Monday 30 November 2026 at 10:05"),
    ],
)
def test_a_day_and_its_clock_time_in_words(language: Language, words: str) -> None:
    moment = datetime(2026, 11, 30, 10, 5, tzinfo=OSLO)
    assert day_and_time(moment, language) == words
    assert f"{day(moment.date(), language)} {clock(moment, language)}" == words
    assert short_day(moment.date(), language) in words


def test_the_weekend_has_its_own_names_in_nynorsk() -> None:
    assert day(date(2026, 11, 28), "nn") == "laurdag 28. november 2026"
    assert day(date(2026, 11, 29), "nn") == "sundag 29. november 2026"


def test_a_clock_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        day_and_time(datetime(2026, 11, 30, 10), "nb")  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    ("rule", "nb", "nn", "en"),
    [
        ("after 5 working days", "etter 5 arbeidsdager", "etter 5 arbeidsdagar",
         "after 5 working days"),
        ("after 1 month", "etter én måned", "etter éin månad", "after one month"),
        ("after 1 year", "etter ett år", "etter eitt år", "after one year"),
        ("before 14 days of ends_on", "14 dager før sluttdatoen", "14 dagar før sluttdatoen",
         "14 days before the end date"),
        ("before 10 days", "10 dager før", "10 dagar før", "10 days before"),
        ("at end of ends_on", "ved utgangen av sluttdatoen", "ved utgangen av sluttdatoen",
         "at the end of the end date"),
    ],
)  # fmt: skip
def test_a_rule_of_time_in_words(rule: str, nb: str, nn: str, en: str) -> None:
    assert [describe(rule, language) for language in LANGUAGES] == [nb, nn, en]


@pytest.mark.parametrize("rule", ["", "sometimes", "after five days", "after 5 moons"])
def test_a_rule_of_another_shape_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        describe(rule, "nb")


def test_a_span_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="not a length"):
        span("days 5", "nb")


def test_lists_end_in_and_or_or() -> None:
    assert all_of(("a", "b", "c"), "nb") == "a, b og c"
    assert one_of(("a", "b"), "en") == "a or b"
    assert all_of((), "nn") == ""


def test_a_sequence_of_values_becomes_a_list() -> None:
    reason = Reason("not_possible_in_state", {"event": "X", "state": "Y", "possible": ["A", "B"]})
    assert sentence(reason, "nb").endswith("Mulige svar: A og B.")


def test_every_duty_has_a_definite_form() -> None:
    assert set(DUTY_NAMES) == set(HOLDER_NAMES)


def test_transcript_lines_read_well_in_each_language() -> None:
    assert say("transcript.event_done", "nb", word="GODTATT", state="Godtatt") == (
        "GODTATT: utført. Saken står nå som «Godtatt»."
    )
    assert (
        say("transcript.event_refused", "nn", word="SEND", why="A. B.")
        == "SEND: ikkje utført. A. B."
    )
    assert say("transcript.already_done", "nn", word="MERKT", state="Delt") == (
        "MERKT: dette er alt gjort. Saka står som «Delt»."
    )
    told = {"number": "KD-2026-0001", "title": "Deling", "state": "Utkast"}
    assert say("transcript.opened", "nn", **told) == (
        "Sak KD-2026-0001 er oppretta: Deling. Ho står som «Utkast»."
    )
    assert phrases.fields_read(["Mål", "Lisens"], "nb") == (
        "Vi leste disse feltene: «Mål» og «Lisens»."
    )
    assert phrases.fields_read(["Goal"], "en") == "We read the field “Goal”."
    assert phrases.fields_read([], "nb") == ""
    day = "7. september 2026"
    assert phrases.status(
        "KD-2026-0001", "Sendt", "nb", since=day, waiting="KS Læring", coming="14. sept.: purring"
    ) == (
        "Sak KD-2026-0001 står som «Sendt» siden 7. september 2026. Vi venter på KS Læring. "
        "Neste: 14. sept.: purring."
    )
    resting = phrases.status("KD-2026-0001", "Shared", "en", since=day, waiting="", coming="")
    assert resting.endswith("We are waiting for nobody.")
    assert "ANGRE" in say("transcript.undo_possible", "nb")
