"""Replies in people's own words: what is asked about as which event, and what is not."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain import blocking, own_words
from engine.intake.reply import commands, remainder
from engine.model import LANGUAGES, Language, Proof
from engine.plan.case import Case
from engine.plan.understanding import note_of, understood
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES
from tests.rows import each_of
from tests.unit.cases import AT, act, actor, case

REPLIES = json.loads((Path(__file__).parent / "own_words.json").read_text(encoding="utf-8"))
MEANT, NOT_MEANT = REPLIES["meant"], REPLIES["not_meant"]
ALL_MEANT = MEANT + REPLIES["also_meant"]
ALL_NOT_MEANT = NOT_MEANT + REPLIES["also_not_meant"]
ASKED_ABOUT = REPLIES["asked_about"]
"""What only people can tell from a clear answer: a question about them moves nothing."""
ENDED_BY_OWNER = {"ends_on": "2026-12-31", "ended_by": ["si"]}


def in_state(state: str) -> Case:
    if state == "ending":
        return case(state, kept=ENDED_BY_OWNER)
    return case(state, form=case(state).request.form)


CASES = {
    state: in_state(state)
    for state in {each["state"] for each in ALL_MEANT + ALL_NOT_MEANT + ASKED_ABOUT}
}


def suggestion(reply: dict[str, Any]) -> str | None:
    """The event that would be suggested, as the service would ask."""
    wanted = act("", actor(reply["duty"]), Proof.REPLY)
    text = remainder(reply["text"], (), {})
    subject = reply.get("subject", "SV: Kurset [KD-2026-0001.7K2Q9M4D]")
    event = understood(CASES[reply["state"]], wanted, text, subject, AT)
    return event.name if event else None


def test_there_are_replies_of_each_kind_in_both_written_standards() -> None:
    for replies in (ALL_MEANT, ALL_NOT_MEANT):
        assert len({reply["text"] for reply in replies}) > 100
        assert min(sum(r["language"] == one for r in replies) for one in ("nb", "nn")) >= 10


@each_of(ALL_MEANT)
def test_a_reply_that_means_something_is_asked_about_as_that(reply: dict[str, Any]) -> None:
    assert suggestion(reply) == reply["event"]


@each_of(ALL_NOT_MEANT)
def test_a_reply_that_must_not_fire_suggests_nothing(reply: dict[str, Any]) -> None:
    assert suggestion(reply) is None


def test_few_replies_that_mean_nothing_are_asked_about() -> None:
    assert len(ASKED_ABOUT) <= 0.1 * len(ALL_NOT_MEANT)
    assert all(suggestion(reply) != "give_opinion" for reply in ASKED_ABOUT)


WAITING = {
    "give_opinion": ("consulting", "subject_experts"),
    "acknowledge": ("submitted", "ks_laering"),
    "accept": ("received", "ks_laering"),
    "confirm_label": ("accepted", "elearning"),
    "resubmit": ("incomplete", "elearning"),
    "confirm_ending": ("ending", "ks_laering"),
}
EVENTS = CASES["received"].workflow.events
PHRASES = [
    (event, language, phrase)
    for event in WAITING
    for language in LANGUAGES
    for phrase in EVENTS[event].phrases[language]
]
BLOCKING = sorted(blocking.BLOCKING - own_words.BEFORE)


def writers_own(event: str) -> set[str]:
    """What the duty that says the event is called: from them, such a word means «we»."""
    duty = WAITING[event][1]
    names = (*DUTY_NAMES[duty].values(), *HOLDER_NAMES[duty].values())
    return {name.casefold() for name in names}


def suggested_by(event: str, text: str) -> str | None:
    state, duty = WAITING[event]
    return suggestion({"state": state, "duty": duty, "text": text})


def test_every_event_with_phrases_has_somebody_who_may_say_them() -> None:
    assert {name for name, event in EVENTS.items() if event.phrases} == set(WAITING)


@each_of(PHRASES)
def test_a_phrase_alone_means_its_event(event: str, language: Language, phrase: str) -> None:
    assert suggested_by(event, f"{phrase.capitalize()}, takk.") == event, language


@given(
    said=st.sampled_from([p for p in PHRASES if p[0] != "give_opinion"]),
    word=st.sampled_from(BLOCKING),
)
def test_any_blocking_word_before_a_phrase_blocks_it(
    said: tuple[str, Language, str], word: str
) -> None:
    event, _, phrase = said
    text = f"{word} {phrase}"
    if word not in writers_own(event) and word in blocking.without_harmless(
        blocking.words_of(text)
    ):
        assert suggested_by(event, text) is None


def test_a_unit_may_name_itself_and_others_who_name_it_tell_of_somebody_else() -> None:
    phrase = EVENTS["give_opinion"].phrases["nb"][0]
    assert suggested_by("give_opinion", f"Fagmiljøet: {phrase}") == "give_opinion"
    for event in WAITING.keys() - {"give_opinion"}:
        for phrase in EVENTS[event].phrases["nb"]:
            assert suggested_by(event, f"Fagmiljøet: {phrase}") is None, phrase


@given(
    said=st.sampled_from([phrase for phrase in PHRASES if phrase[0] != "give_opinion"]),
    mark=st.sampled_from(["?", "…", "...", " 🙄", " ;)", ' "']),
)
def test_a_question_and_marks_of_irony_block_a_phrase(
    said: tuple[str, Language, str], mark: str
) -> None:
    assert suggested_by(said[0], said[2] + mark) is None


@pytest.mark.parametrize("duty", ["elearning", "subject_experts", "coordinator"])
def test_only_somebody_who_is_waited_for_is_understood(duty: str) -> None:
    assert suggestion({"state": "received", "duty": duty, "text": "Kurset er godkjent."}) is None


def test_of_two_meanings_the_one_that_can_follow_the_other_is_meant() -> None:
    text = "Vi har fått skjemaet. Vi godkjenner det."
    assert suggestion({"state": "submitted", "duty": "ks_laering", "text": text}) == "accept"
    assert suggestion({"state": "received", "duty": "ks_laering", "text": text}) == "accept"


def test_a_long_text_is_for_people() -> None:
    text = "Vi godkjenner kurset. " + "Takk for et fint kurs. " * 25
    assert suggestion({"state": "received", "duty": "ks_laering", "text": text}) is None


def test_a_guard_that_refuses_takes_the_suggestion_with_it() -> None:
    incomplete = case("incomplete", form={})
    wanted = act("", actor("elearning"), Proof.REPLY)
    assert understood(incomplete, wanted, "Nå er det rettet.", "SV: x", AT) is None


def test_the_own_words_go_with_the_event_only_where_it_keeps_them() -> None:
    assert note_of(EVENTS["give_opinion"], " Ingen merknader. ") == "Ingen merknader."
    assert note_of(EVENTS["accept"], "Vi godkjenner.") == ""


def test_a_reply_holds_no_command() -> None:
    words = frozenset(w for e in EVENTS.values() for said in e.says.values() for w in said)
    assert not any(commands(reply["text"], words) for reply in MEANT)


NEGATIVE = ("ingen merknader", "støtter")
YES = """ja|Ja, det stemmer :)|Ja, helt riktig|JA, det skal det :-)|ja takk|Jepp|👍|ok|Det stemmer
Helt riktig!|Hei! Ja, det er riktig. Takk!|Nei, ingen merknader|Ja, vi støtter det|Greit. God helg!
Ja. Tusen takk for hjelpen!|Ja, det er rett|Heilt riktig|Yes please
Ok, send den""".replace("\n", "|")
NO_YES = """Ja, når kapittel 3 er rettet|Ok, skal sjekke med sjefen|Ja, vi ser på det|Ja?|Nei
Nei takk|Ja, men vent|Ja, kanskje|Jo, men ikke ennå|ok, når?|Ja, hvis dere vil|Ja, det tror jeg|Takk
Nei, støtter|Stemmer ikke|Det er ikke riktig|Ja, støtter det hvis tittelen endres|God helg
Stemmer det?|Ja, dere kan sende det til Kari|Ja, send den til dere|ja …|Nei, det er feil
Ok, send til oss""".replace("\n", "|")


@each_of([(text,) for text in YES.split("|")])
def test_a_plain_yes_in_ones_own_words_is_one(text: str) -> None:
    assert own_words.says_yes(text, NEGATIVE)


@each_of([(text,) for text in NO_YES.split("|")])
def test_a_yes_with_anything_else_is_none(text: str) -> None:
    assert not own_words.says_yes(text, NEGATIVE)


def test_most_replies_that_were_written_before_the_rules_are_understood() -> None:
    text = (Path(__file__).parent / "own_words.csv").read_text(encoding="utf-8")
    replies = [row for row in csv.DictReader(text.splitlines(keepends=True)) if row["state"]]
    meant = [row for row in replies if row["means"] in {*WAITING, "request_changes"}]
    right = [row for row in meant if suggestion(row) == row["means"]]
    nothing = [row for row in replies if not row["means"]]
    asked = [row for row in nothing if suggestion(row)]
    assert (len(meant), len(nothing)) == (120, 60)
    assert len(right) >= 0.7 * len(meant), [row for row in meant if row not in right]
    assert len(asked) <= 0.06 * len(nothing), asked


@pytest.mark.parametrize("name", ["own_words_kept_back", "own_words_second"])
def test_so_are_those_that_were_kept_back(name: str) -> None:
    """By the pure part alone; docs/decisions/0008 has what they were on first sight, as mail."""
    text = (Path(__file__).parent / f"{name}.csv").read_text(encoding="utf-8")
    replies = list(csv.DictReader(text.splitlines(keepends=True)))
    meant = [row for row in replies if row["means"] in WAITING]
    wrong = [row for row in meant if suggestion(row) not in (row["means"], None)]
    right = [row for row in meant if suggestion(row) == row["means"]]
    asked = [row for row in replies if not row["means"] and suggestion(row)]
    assert len(right) >= 0.9 * len(meant), [row for row in meant if row not in right]
    assert not wrong
    assert not asked


@each_of([("Ola",), ("Kari N. Nordmann\nSykehuset Innlandet",), ("– Åse",)])
def test_a_name_below_is_no_part_of_a_yes(name: str) -> None:
    assert own_words.without_name(f"Ja, det stemmer\n\n{name}", ["Godtatt"]) == "Ja, det stemmer"


@each_of([("Vent",), ("Nei",), ("TREKK",), ("Godtatt",), ("Foreløpig",), ("kapittel 3",)])
def test_what_is_no_name_stays_below_a_yes(line: str) -> None:
    assert own_words.without_name(f"Ja\n\n{line}", ["GODTATT"]) == f"Ja\n\n{line}"
