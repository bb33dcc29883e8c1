"""What events may keep, roles with several duties, and openings with guards and letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.calendar import Calendar
from engine.check import Names, check
from engine.definition import read
from engine.definition.types import Workflow
from engine.errors import DefinitionError

ENDS_ON = "keeps: {ends_on: {within: 1 year}}   # a date in the mail, else today"
Spoil = Callable[[str, str], str]


def with_keeps(spoil: Spoil, keeps: str) -> Workflow:
    return read.workflow(spoil(ENDS_ON, f"keeps: {keeps}"), "x.yaml")


def problems_of(spoil: Spoil, keeps: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        with_keeps(spoil, keeps)
    return [problem.rule for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("keeps", "name", "kind", "optional"),
    [
        ("{link: link}", "link", "link", False),
        ("{link: link if any}", "link", "link", True),
        ("{owner: party}", "owner", "party", False),
        ("{owner: party if any}", "owner", "party", True),
        ("{consent: text if any}", "consent", "text", True),
    ],
)
def test_a_text_a_link_or_a_party_may_be_left_out_if_the_file_says_so(
    spoil: Spoil, keeps: str, name: str, kind: str, optional: bool
) -> None:
    (keep,) = with_keeps(spoil, keeps).events["end_share"].keeps
    assert (keep.name, keep.kind, keep.optional) == (name, kind, optional)


def test_parts_have_words_in_every_language(spoil: Spoil) -> None:
    parts = "{yes: {parts: {author: {nb: [forfatter], nn: [forfattar], en: [author]}}}}"
    (keep,) = with_keeps(spoil, parts).events["end_share"].keeps
    assert keep.kind == "parts"
    assert keep.parts["author"]["nn"] == ("forfattar",)


@pytest.mark.parametrize(
    ("keeps", "rule"),
    [
        ("{stranger: party}", "unknown-relation"),
        ("{link: links}", "bad-keep"),
        ("{link: if any}", "bad-keep"),
        ("{yes: {parts: {author: {nb: [x]}}}}", "missing-key"),
        ("{yes: {parts: [author]}}", "not-a-block"),
        ("{yes: {parts: {__class__: {nb: [x], nn: [x], en: [x]}}}}", "bad-name"),
        ("{opinion: text}", "bad-keep"),
    ],
)
def test_what_cannot_be_kept_is_named(spoil: Spoil, keeps: str, rule: str) -> None:
    assert rule in problems_of(spoil, keeps)


def test_a_role_may_have_several_duties_the_usual_one_first(spoil: Spoil) -> None:
    text = spoil("duty: subject_experts,", "duty: [subject_experts, cooperation_unit],")
    role = read.workflow(text, "x.yaml").roles["experts"]
    assert role.duty == "subject_experts"
    assert role.duties == ("subject_experts", "cooperation_unit")


def test_every_duty_of_a_role_must_exist(
    spoil: Spoil, known_names: Names, no_calendar: Calendar
) -> None:
    text = spoil("duty: subject_experts,", "duty: [subject_experts, cook],")
    found = check(read.workflow(text, "x.yaml"), known_names, no_calendar)
    assert [problem.rule for problem in found.problems] == ["unknown-duty"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("when: [no_such_guard]", "unknown-guard"),
        ("letters: [{to: owner, send: no_such_letter}]", "no-letter"),
        ("letters: [{to: owner, send: receipt, if: no_such_guard}]", "unknown-guard"),
    ],
)
def test_what_an_opening_names_must_exist(
    spoil: Spoil, known_names: Names, no_calendar: Calendar, line: str, rule: str
) -> None:
    old = "  when: [not_for_resale] " if line.startswith("when") else "  state: draft\n"
    text = spoil(old, f"  {line} " if line.startswith("when") else f"{old}  {line}\n")
    found = check(read.workflow(text, "x.yaml"), known_names, no_calendar)
    assert [problem.rule for problem in found.problems] == [rule]


def test_a_word_clashes_when_any_duty_of_two_roles_is_the_same(
    spoil: Spoil, known_names: Names, no_calendar: Calendar
) -> None:
    text = spoil(
        "owner:    {side: trust, duty: elearning, of: owner}",
        "owner:    {side: trust, duty: [elearning, subject_experts], of: owner}",
    ).replace("nb: [UTTALELSE, INGEN", "nb: [SEND, INGEN")
    found = check(read.workflow(text, "x.yaml"), known_names, no_calendar)
    assert "word-clash" in [problem.rule for problem in found.problems]
