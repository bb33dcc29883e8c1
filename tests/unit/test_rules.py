"""Questions that the agreement answers: which rule is meant, and what is no such question."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from engine.domain import rules
from engine.model import LANGUAGES
from engine.wording.catalogue import say
from tests.rows import each_of

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@each_of([(row["rule"], row["text"]) for row in rows("rule_questions.csv") if row["rule"] != "?"])
def test_a_question_is_about_the_rule_that_people_mean(rule: str, text: str) -> None:
    assert rules.asked_about(text, alone=True) == (rule,)
    assert rules.besides(text, alone=True) == ""


@each_of([(row["text"],) for row in rows("rule_questions.csv") if row["rule"] == "?"])
def test_what_is_not_certain_may_be_about_a_rule_and_is_asked_about(text: str) -> None:
    assert rules.asked_about(text, alone=True) == ()
    assert rules.perhaps_about(text)


def test_nothing_else_that_people_write_is_taken_for_a_rules_question() -> None:
    known = json.loads((HERE / "own_words.json").read_text(encoding="utf-8"))
    files = sorted(file.name for file in HERE.glob("own_words*.csv"))
    texts = [row["text"] for name in files for row in rows(name)]
    texts += [each["text"] for replies in known.values() for each in replies]
    taken = {text for text in texts if rules.asked_about(text)}
    assert len(texts) > 400
    # Whoever asks this in so many words is told the rule.
    assert taken == {"Kven er det som eig dette kurset, då?"}


def test_one_sentence_about_a_course_that_does_not_start_is_about_support_alone() -> None:
    assert rules.asked_about("Hvem kontakter vi når kurset ikke starter?", alone=True) == (
        "support",
    )
    assert rules.asked_about("Hvem eier kurset? Kan vi selge det videre?") == (
        "resale",
        "ownership",
    )


def test_support_is_told_by_the_askers_own_employer() -> None:
    told = {side: rules.quoted("support", {side}) for side in ("municipal", "trust")}
    assert [each.rule for each in told["municipal"]] == ["R14", "R16"]
    assert [each.rule for each in told["trust"]] == ["R15", "R16"]
    assert len(rules.quoted("support", {"trust", "municipal"})) == 3
    assert len(rules.quoted("support", {"joint"})) == 3


def test_every_rule_has_its_words_in_every_language() -> None:
    for name in rules.rules():
        for language in LANGUAGES:
            assert say(f"rules.{name}", language)
            assert say(f"rules_told.{name}", language)
