"""Reading the shipped file, and the place and rule of every fault planted in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.definition import read
from engine.definition.types import Keep, Span
from engine.errors import DefinitionError
from engine.model import Problem, Proof
from engine.wording.durations import describe

# Each row: the piece of the shipped file, what it becomes, the rule that must be named, and a text
# that stands on the line where the problem must be placed.
PLANTED = (
    ("workflow: hf_to_ks", "workflow: Hf-To-Ks", "bad-name", "Hf-To-Ks"),
    ("workflow: hf_to_ks", "work_flow: hf_to_ks", "unknown-key", "work_flow:"),
    ("version: 2", "version: 1.0", "not-a-number", "version: 1.0"),
    ("version: 2", "version: 0", "not-a-number", "version: 0"),
    ("version: 2", "version: 01", "not-a-number", "version: 01"),
    ("version: 2", "version:", "empty-value", "version:"),
    ("  nn: Helseføretak", "  no: Helseføretak", "unknown-key", "  no: Helse"),
    ("  nn: Helseføretak", "  nb: Helseføretak", "duplicate-key", "nb: Helseføretak"),
    ("  by: owner", "  by: ouner", "unknown-role", "ouner"),
    ("  proof: aligned", "  proof: sworn", "unknown-proof", "sworn"),
    ("  state: draft", "  state: drafted", "unknown-state", "drafted"),
    ("owner: sender", "lender: sender", "unknown-relation", "lender"),
    ("borrower: ks-laering}", "borrower: KS/Læring}", "bad-party", "KS/Læring"),
    ("[submit, resubmit,", "[submit, resend,", "unknown-event", "resend"),
    ("[submit, resubmit,", "[submit, submit,", "repeated", "[submit, submit"),
    ("side: trust, duty: elearning", "side: truts, duty: elearning", "unknown-side", "truts"),
    ("duty: elearning, of: owner", "duty: elearning", "role-nowhere", "duty: elearning}"),
    ("of: borrower}", "of: borower}", "unknown-relation", "borower}"),
    ("waits_for: platform", "wait_for: platform", "unknown-key", "wait_for"),
    ("waits_for: nobody", "waits_for: [nobody, owner]", "nobody-alone", "[nobody, owner]"),
    ("{final: true,", "{final: yes,", "unknown-value", "final: yes"),
    ("{final: true,", "{final: true, waits_for: owner,", "final-or-waiting", "final: true, waits"),
    ("owes: give_opinion", "owes: give_opinon", "unknown-event", "give_opinon"),
    ("title: {nb: Utkast,", "title: {nb: [Utkast],", "not-text", "[Utkast]"),
    ("from: [draft, consulting, incomplete]", "from: []", "empty-value", "from: []"),
    ("    to: submitted", "    to: submited", "unknown-state", "submited"),
    ("    by: platform", "    by: [platform, time]", "time-alone", "[platform, time]"),
    ("    needs: reason", "    needs: money", "unknown-need", "money"),
    ("keeps: opinion ", "keeps: {opinion: text} ", "bad-keep", "{opinion: text}"),
    ("{within: 1 year}", "{within: 1 yaer}", "not-a-span", "1 yaer"),
    ("{within: 1 year}", "{until: 1 year}", "unknown-key", "{until"),
    ("nb: [SEND]", "nb: [SEND 1]", "bad-word", "SEND 1"),
    ("nb: [SEND]", "nb: [SEND, Send]", "repeated", "SEND, Send"),
    ("nb: [mottatt,", "nb: [mottatt?,", "bad-phrase", "mottatt?,"),
    ("nb: [mottatt,", "nb: [mottatt, Mottatt,", "repeated", "mottatt, Mottatt"),
    ("{to: owner, send: receipt}", "{too: owner, send: receipt}", "unknown-key", "too: owner"),
    ("if: was_submitted}", "if: os.getcwd}", "bad-name", "os.getcwd"),
    (
        "    by: time\n",
        "    by: time\n    says: {nb: A, nn: B, en: C}\n",
        "time-is-silent",
        "nb: A,",
    ),
    ("{after: 10 working days, remind: owner}", "{remind: owner}", "when-unclear", "{remind"),
    ("after: 60 days, fire", "after: 60 days, at: end of x, fire", "when-unclear", "at: end of x"),
    ("remind: owner}", "remind: owner, send: x}", "action-unclear", "owner, send: x"),
    ("every: 5 working days, ", "", "at-most-alone", "remind: [experts, liaison], at_most"),
    ("fire: give_up, warn", "fire: give_in, warn", "unknown-event", "give_in"),
    ("fire: give_up, warn", "remind: owner, warn", "warns-of-nothing", "owner, warn"),
    ("at: end of ends_on", "at: start of ends_on", "not-an-instant", "start of"),
    ("escalate: true}", "escalate: false}", "action-unclear", "escalate: false"),
    ("of: ends_on, remind", "remind", "missing-key", "before: 14 days, remind"),
    ("fire: give_up, warn", "fire: give_up, every: 1 day, warn", "fires-once", "every: 1 day"),
    ("at: end of ends_on", "at: end of ends_on, of: x", "of-alone", "of: x"),
    ("after: 1 year", "after: 1 year, of: ends_on", "of-alone", "1 year, of"),
    ("remind: owner}", "remind: owner, to: owner}", "to-alone", "owner, to: owner}"),
    ("send: go_on_without_opinions, to: owner", "send: x", "missing-key", "send: x}"),
    ("keeps: opinion ", "keeps: {day: dag} ", "bad-keep", "{day: dag}"),
    ("keeps: opinion ", "keeps: [opinion, opinion] ", "repeated", "[opinion, opinion]"),
    ("warn: [{before: 10 days, to: owner}]", "warn: owner", "not-a-list", "warn: owner"),
    ("  draft:      {waits_for", "  Draft:      {waits_for", "bad-name", "  Draft:"),
    ("  shared:     {", "  shared:     x  # {", "not-a-block", "shared:     x"),
    ("timers:\n  draft:", "timers:\n  drafts:", "unknown-state", "drafts:"),
)


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(DefinitionError) as raised:
        read.workflow(text, "spoiled.yaml")
    return raised.value.problems


@pytest.mark.parametrize(("old", "new", "rule", "needle"), PLANTED)
def test_a_planted_fault_is_found_where_it_stands(
    spoil: Callable[[str, str], str], old: str, new: str, rule: str, needle: str
) -> None:
    text = spoil(old, new)
    line = text[: text.index(needle)].count("\n") + 1
    assert (line, rule) in [(problem.line, problem.rule) for problem in problems_of(text)]


def test_a_misspelt_name_comes_with_a_suggestion_and_its_exact_place(
    spoil: Callable[[str, str], str],
) -> None:
    text = spoil("  state: draft", "  state: drafted")
    (problem,) = problems_of(text)
    row = text.splitlines()[problem.line - 1]
    assert row[problem.column - 1 :].startswith("drafted")
    assert "did you mean «draft»?" in str(problem)
    assert str(problem).startswith(f"spoiled.yaml:{problem.line}:{problem.column}: ")


def test_all_problems_come_at_once_in_the_order_of_the_file(hf_text: str) -> None:
    text = hf_text.replace("version: 2", "version: one").replace("needs: reason", "needs: luck")
    problems = problems_of(text)
    assert [problem.rule for problem in problems] == ["not-a-number", *["unknown-need"] * 4]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


@pytest.mark.parametrize("key", ["workflow", "version", "source", "opens_with", "roles", "events"])
def test_a_missing_block_is_named(hf_text: str, key: str) -> None:
    lines = hf_text.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = start + 1
    while lines[end].startswith((" ", "\n")):
        end += 1
    found = problems_of("".join(lines[:start] + lines[end:]))
    assert f"a workflow file needs «{key}»" in [problem.message for problem in found]


@pytest.mark.parametrize("text", ["", "# only a comment", "just a text", "[a, b]", "a: b"])
def test_what_is_no_workflow_at_all_is_refused(text: str) -> None:
    assert problems_of(text)


def test_an_event_says_all_that_its_block_says(hf_text: str) -> None:
    workflow = read.workflow(hf_text, "hf_to_ks.yaml")
    end = workflow.events["end_share"]
    assert end.sources == ("shared",)
    assert end.to == "ending"
    assert end.proof is Proof.ALIGNED
    assert end.keeps == (Keep(name="ends_on", kind="day", within=Span(1, "years")),)
    assert end.says["nn"] == ("AVSLUTT",)
    assert [order.template for order in end.letters] == ["share_ends", "share_ends"]
    assert workflow.events["fill_in"].to is None
    assert workflow.events["fill_in"].target("consulting") == "consulting"
    assert workflow.events["accept"].proof is Proof.REPLY
    assert workflow.events["request_changes"].needs == ("reason",)
    assert workflow.events["give_opinion"].keeps == (Keep(name="opinion", kind="opinion"),)
    assert workflow.events["end_date_reached"].by == ("time",)


def test_opening_roles_and_states_are_read_whole(hf_text: str) -> None:
    workflow = read.workflow(hf_text, "hf_to_ks.yaml")
    assert workflow.opens_with.parties == {"owner": "sender", "borrower": "ks-laering"}
    assert workflow.opens_with.proof is Proof.ALIGNED
    assert workflow.roles["platform"].party == "ks-laering"
    assert workflow.roles["borrower"].of == "borrower"
    assert workflow.states["shared"].waits_for == ()
    assert workflow.states["shared"].label == "delt til KS Læring"
    assert workflow.states["consulting"].owes == "give_opinion"
    assert [name for name, state in workflow.states.items() if state.final] == [
        *("ended", "rejected", "withdrawn")
    ]


def test_a_warning_stands_as_a_timer_after_the_one_it_warns_of(hf_text: str) -> None:
    draft = read.workflow(hf_text, "hf_to_ks.yaml").timers["draft"]
    remind, fire, warning, escalate = draft
    assert (remind.action, remind.roles, remind.at_most) == ("remind", ("owner",), 1)
    assert (fire.action, fire.target, fire.after) == ("fire", "give_up", Span(60, "days"))
    assert (warning.action, warning.target) == ("send", "lapse_warning")
    assert (warning.warns_of, warning.before) == (1, Span(10, "days"))
    assert (escalate.action, escalate.after) == ("escalate", Span(3, "months"))


def test_a_repeating_timer_without_a_limit_has_none(hf_text: str) -> None:
    workflow = read.workflow(hf_text, "hf_to_ks.yaml")
    (yearly,) = workflow.timers["shared"]
    assert (yearly.every, yearly.at_most) == (Span(1, "years"), 0)
    assert workflow.timers["submitted"][0].at_most == 3
    assert workflow.timers["ending"][0].of == "ends_on"


def test_every_rule_of_time_has_words_in_every_language(hf_text: str) -> None:
    for timers in read.workflow(hf_text, "hf_to_ks.yaml").timers.values():
        for timer in timers:
            assert describe(timer.rule, "nb")
            assert describe(timer.rule, "nn")
            assert describe(timer.rule, "en")


def test_the_text_and_its_digest_are_kept(hf_text: str) -> None:
    workflow = read.workflow(hf_text.encode(), "hf_to_ks.yaml")
    assert workflow.text == hf_text
    assert workflow.sha256 == read.workflow(hf_text, "elsewhere.yaml").sha256
    assert workflow.sha256 != read.workflow(hf_text + "\n", "hf_to_ks.yaml").sha256


@pytest.mark.parametrize(
    "extra",
    [
        "{link: link}",
        "{decision: text}",
        "[opinion, {link: link}]",
        "[course_information, confirmed]",
        "order",
    ],
)
def test_what_an_event_may_keep(spoil: Callable[[str, str], str], extra: str) -> None:
    workflow = read.workflow(spoil("keeps: course_information", f"keeps: {extra}"), "x.yaml")
    assert workflow.events["fill_in"].keeps
