"""A workflow file as an attack: refused at a place, at once, and nothing is made or run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time

import pytest

from engine.definition import read
from engine.errors import DefinitionError
from engine.model import Problem

DOTTED = (
    *("os.getcwd", "__class__", "a__class__", "engine.cli.main", "was submitted", "Guard", "1a"),
    *("../guard", "guard()", "{{x}}", "a;b", "«a»", "æ", "a" * 61),
)


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    started = process_time()
    with pytest.raises(DefinitionError) as raised:
        read.workflow(text, "attack.yaml")
    assert process_time() - started < 2
    return raised.value.problems


def rules_of(text: str | bytes) -> set[str]:
    return {problem.rule for problem in problems_of(text)}


@pytest.mark.parametrize("name", DOTTED)
@pytest.mark.parametrize(
    "where",
    [
        "when: [course_information_complete, only_opinions_missing]",
        "keeps: course_information",
        "form: course_information",
    ],
)
def test_a_name_that_could_be_code_is_no_name(
    spoil: Callable[[str, str], str], name: str, where: str
) -> None:
    text = spoil(where, f'{where.split(":", maxsplit=1)[0]}: "{name}"')
    assert "bad-name" in rules_of(text)


@pytest.mark.parametrize("name", ["__class__", "os.system", "__init__"])
@pytest.mark.parametrize("where", ["  shared:  ", "  submit:", "  liaison:"])
def test_a_state_event_or_role_is_not_named_like_code(
    spoil: Callable[[str, str], str], name: str, where: str
) -> None:
    assert "bad-name" in rules_of(spoil(where, f"  {name}:"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("workflow: !!python/object/apply:os.system ['touch owned']", "tag"),
        ("workflow: !!python/name:os.system ''", "tag"),
        ("workflow: !!python/module:antigravity ''", "tag"),
        ("workflow: !!str hf_to_ks", "tag"),
        ("workflow: ! hf_to_ks", "tag"),
        ("!!map {workflow: x}", "tag"),
        ("%TAG ! tag:example,2026:\n---\nworkflow: x", "directive"),
        ("%YAML 1.1\n---\nworkflow: x", "directive"),
        ("workflow: &a x", "anchor"),
        ("workflow: &a x\nversion: *a", "alias"),
        ("a: &a {x: 1}\n<<: {y: 2}", "merge-key"),
        ("workflow: x\n---\nworkflow: y", "several-documents"),
        ("workflow: x\nworkflow: y", "duplicate-key"),
        ("? [a, b]\n: c", "key-not-text"),
        ("? {a: b}\n: c", "key-not-text"),
        ("workflow: [a", "not-yaml"),
        ("workflow: a\n  b: c\n d", "not-yaml"),
        ("\tworkflow: a", "not-yaml"),
        ("workflow: *nowhere", "alias"),
        ("workflow: a\x00b", "control-character"),
        ("workflow: a\x1b[2Jb", "control-character"),
        ("workflow: a\u202eb", "control-character"),
        ("workflow: a\ufeffb", "control-character"),
        ("workflow: a\x85b", "control-character"),
        ("workflow: a\udc80", "control-character"),
    ],
)
def test_yaml_that_hides_something_is_refused(text: str, rule: str) -> None:
    assert rule in rules_of(text)


def test_an_anchor_bomb_goes_off_in_nobodys_hands() -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        rows.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    assert {"anchor", "alias"} <= rules_of("\n".join(rows))


def test_ten_megabytes_are_refused_unread() -> None:
    (problem,) = problems_of(b"# " + b"x" * 10_000_000)
    assert problem.rule == "too-big"
    assert problems_of("å" * 200_000)[0].rule == "too-big"


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_ten_thousand_levels_are_refused_at_the_thirteenth(bracket: str) -> None:
    assert "too-deep" in rules_of(bracket * 10_000)


def test_a_list_with_thousands_of_entries_is_refused() -> None:
    assert "too-long" in rules_of("a: [" + "x, " * 50_000 + "]")
    assert "too-long" in rules_of("\n".join(f"k{n}: x" for n in range(20_000)))


def test_a_file_full_of_faults_is_given_up_after_a_hundred() -> None:
    assert len(problems_of("a: [" + "*x, " * 60_000 + "]")) <= 100


def test_an_event_cannot_have_more_guards_than_can_be_proved(
    spoil: Callable[[str, str], str],
) -> None:
    guards = ", ".join(f"guard_{letter}" for letter in "abcdefghi")
    text = spoil("when: [course_information_complete]", f"when: [{guards}]")
    assert "too-many-guards" in rules_of(text)


def test_what_is_not_utf_8_is_refused_at_its_place(hf_text: str) -> None:
    (problem,) = problems_of(hf_text.encode("cp1252"))
    assert problem.rule == "not-utf-8"
    assert (problem.line, problem.column) == (1, hf_text.index("æ") + 1)
    assert rules_of(hf_text.encode("utf-16")) == {"not-utf-8"}


def test_a_byte_order_mark_in_front_is_harmless(hf_text: str) -> None:
    plain = read.workflow(hf_text, "x.yaml")
    assert read.workflow(b"\xef\xbb\xbf" + hf_text.encode(), "x.yaml") == plain
    assert read.workflow("\ufeff" + hf_text, "x.yaml") == plain


def test_nothing_named_in_a_file_is_imported(spoil: Callable[[str, str], str]) -> None:
    sys.modules.pop("antigravity", None)
    problems_of(spoil("if: was_submitted", "if: antigravity.geohash"))
    problems_of("workflow: !!python/module:antigravity ''")
    assert "antigravity" not in sys.modules


@pytest.mark.parametrize("cut", range(0, 9000, 450))
def test_half_a_file_is_refused_and_never_a_crash(hf_text: str, cut: int) -> None:
    text = hf_text[:cut] + ("" if cut == 0 else "\n]")
    assert problems_of(text)
