"""Faults planted in the shipped file, some for each proof, and what the check says of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from engine.calendar import Calendar
from engine.check import Names, check
from engine.definition import read

OWNER_ENDS = "    by: owner\n    proof: aligned"
BORROWER_STOPS = "  stop_borrowing:\n    from: shared\n    to: ending\n    by: borrower"
RESUBMIT = "    from: incomplete\n    to: submitted"
RESUBMIT_SAYS = """says: {nb: [SEND], nn: [SEND], en: [SUBMIT]}
    phrases:
      nb: [rettet,"""
DRAFT_LAPSES = "    - {after: 60 days, fire: give_up, warn: [{before: 10 days, to: owner}]}\n"
ANSWERED_LAPSES = DRAFT_LAPSES.replace("{after", "{once: answered, after")
DRAFT_ENDS = f"{DRAFT_LAPSES}    - {{after: 3 months, escalate: true}}"
ANSWERED_ENDS = f"{ANSWERED_LAPSES}    - {{once: answered, after: 3 months, escalate: true}}"
GIVE_UP = "  give_up:\n    from: [draft, consulting, incomplete]\n    to: withdrawn"

# Each row: the piece of the shipped file, what it becomes, the rule that must be named, a text on
# the line where the problem must stand, and a piece of its message (a path, a name, a suggestion).
PLANTED = (
    ("agreement_in_force, ", "agreement_in_farce, ", "unknown-guard", "farce",
     "agreement_in_force»?"),
    ("if: was_submitted", "if: is_submitted", "unknown-guard", "is_submitted", "«was_submitted»?"),
    ("form: course_information", "form: course_info", "unknown-form", "by: owner",
     "course_information»?"),
    ("keeps: course_information", "keeps: orders", "unknown-form", "keeps: orders", "«order»?"),
    ("duty: subject_experts", "duty: subject_expert", "unknown-duty", "_expert,", "experts»?"),
    ("label: delt til KS Læring", "label: delt til KS", "unknown-label", "til KS,", "Læring»?"),
    ("send: opinion_given", "send: opinions_given", "no-letter", "opinions_given", "nb, nn, en"),
    ("send: still_correct", "send: stil_correct", "no-letter", "stil_correct", "still_correct»?"),
    (RESUBMIT, RESUBMIT.replace("incomplete", "draft"), "word-clash", RESUBMIT_SAYS,
     "submit and resubmit"),
    ("says: {nb: [TREKK, TRUKKET]", "phrases: {nb: vi gir opp, nn: vi gir opp, en: giving up}\n"
     "    says: {nb: [TREKK, TRUKKET]", "phrases-too-far", "phrases: {nb: vi gir", "«withdrawn»"),
    (OWNER_ENDS, OWNER_ENDS + "\n    phrases: {nb: ferdig med det, nn: ferdig, en: done with it}",
     "phrases-too-far", "phrases: {nb: ferdig", "out of «shared», so it"),
    ("    keeps: opinion ", "    keeps: {seen: link} ", "phrases-too-little", "phrases:   ",
     "«seen»"),
    ("nb: [mottatt,", "nb: [godkjent,", "phrase-clash", "    phrases:\n      nb: [godkjenner,",
     "both acknowledge and accept"),
    ("    to: received", "    to: submitted", "unreachable", "  received:", "«received»"),
    ("to: ended\n", "to: shared\n", "never-ends", "  shared:", "accept → confirm_label)"),
    ("to: ended\n", "to: shared\n", "unreachable", "  ended:", "to «ended»"),
    ("    from: ending\n    to: ended", "    from: [ending, ended]\n    to: ended", "final-goes-on",
     "[ending, ended]", "end_share → end_date_reached"),
    ("timers:\n", "timers:\n  ended: [{after: 1 day, escalate: true}]\n", "final-goes-on",
     "  ended: [", "no timers"),
    ("  state: draft", "  state: ended", "opens-final", "by: owner", "«ended»"),
    ("owner: sender", "owner: form", "opener-unknown", "by: owner", "owner: sender"),
    ("resubmit, consult]", "resubmit, consult, end_share]", "on-open-never", "from: shared",
     "«end_share»"),
    ("resubmit, consult]", "resubmit, consult, give_up]", "on-open-cannot", "give_up:", "time"),
    ("resubmit, consult]", "resubmit, consult, give_opinion]", "on-open-stays",
     "to: consulting\n    by: [e", "«consulting»"),
    ("nb: [GODTATT, GODKJENT]", "nb: [MOTTATT]", "word-clash", "nb: [MOTTATT], nn: [GOD",
     "opening → submit)"),
    ("en: [ACCEPTED, APPROVED]", "en: [Mottatt]", "word-clash", "en: [Mottatt]",
     "acknowledge and accept"),
    ("nb: [MERKET]", "nb: [STATUS]", "word-taken", "nb: [STATUS]", "the program's own"),
    ("{waits_for: owner, title: {nb: Godtatt,", "{waits_for: owner, label: delt til KS Læring,"
     " title: {nb: Godtatt,", "label-too-early", "  accepted:", "opening → submit → accept)"),
    ("label: delt til KS Læring, title: {nb: Avsluttes", "title: {nb: Avsluttes", "label-lost",
     "  ending:", "confirm_label → end_share)"),
    ("label: delt til KS Læring, title: {nb: Delt", "title: {nb: Delt", "label-missing",
     "  shared:", "opening → submit → accept → confirm_label)"),
    ("{final: true, title: {nb: Avsluttet", "{final: true, label: delt til KS Læring,"
     " title: {nb: Avsluttet", "label-stays", "  ended:", "end_date_reached)"),
    ("label: delt til KS Læring, title: {nb: Avsluttes", "label: delt fra KS,"
     " title: {nb: Avsluttes", "label-differs", "  ending:", "«shared»"),
    ("label: delt til KS Læring, title: {nb: Delt", "label: delt fra KS, title: {nb: Delt",
     "label-direction", "  shared:", "municipal side"),
    ("    to: shared\n    by: owner", "    to: shared\n    by: platform", "label-by-others",
     "by: platform\n    says: {nb: [MERKET]", "opening → submit → accept → confirm_label)"),
    (OWNER_ENDS, "    by: [owner, platform]", "ended-by-others", "[owner, platform]",
     "confirm_label → end_share)"),
    (BORROWER_STOPS, BORROWER_STOPS.replace("by: borrower", "by: platform"), "ended-by-others",
     "by: platform\n    keeps: {ends_on", "confirm_label → stop_borrowing)"),
    (DRAFT_ENDS, "    #", "waits-for-ever", "  draft: ", "opening)"),
    (DRAFT_LAPSES, "", "never-fires", "[draft, consulting, incomplete]\n    to: withdrawn",
     "in «draft»"),
    ("    - {after: 2 months, escalate: true}\n    - {once", "    - {once", "waits-for-ever",
     "  consulting: {", "opening → consult)"),
    (ANSWERED_ENDS, "    - {once: answered, after: 1 day, remind: owner}", "waits-for-ever",
     "  consulting: {", "waits once all have answered"),
    (", then: owner", "", "then-in-vain", "{once: answered, after: 5", "nobody is waited for once"),
    ("owes: give_opinion, ", "", "then-in-vain", "  consulting: {", "says not what is owed"),
    ("{once: answered, after: 5 working days, remind: owner",
     "{once: answered, after: 5 working days, remind: experts", "reminds-nobody",
     "{once: answered, after: 5", "«experts» is reminded in «consulting»"),
    ("received:   {waits_for: platform", "received:   {waits_for: [platform, experts]",
     "waits-in-vain", "  received:", "submit → acknowledge)"),
    ("owes: give_opinion", "owes: submit", "owes-impossible", "owes: submit", "experts, liaison"),
    ("- {after: 10 working days, remind: owner}", "- {after: 10 working days, remind: platform}",
     "reminds-nobody", "days, remind: platform}", "«draft»"),
    ("end of ends_on", "end of ended_on", "day-not-kept", "ended_on", "end_share)"),
    ("    keeps: {ends_on: {within: 1 year}}\n    says: {nb: [IKKE", "    says: {nb: [IKKE",
     "day-not-kept", "at: end of ends_on", "every path to «ending»"),
    ("fire: end_date_reached}", "fire: give_up}", "fires-in-vain", "fire: give_up}", "«ending»"),
    ("fire: end_date_reached}", "fire: confirm_ending}", "fires-no-time", "fire: confirm_ending}",
     "«by: time»"),
    ("    by: time\n", "    by: time\n    when: [end_date_ahead]\n", "fires-perhaps",
     "when: [end_date_ahead]\n", "«end_date_reached»"),
    ("    by: time\n", "    by: time\n    when: [end_date_ahead]\n", "waits-for-ever", "  ending: ",
     "end_share)"),
    (GIVE_UP, GIVE_UP.replace("to: withdrawn", "to: draft"), "silence-never-ends", "  incomplete:",
     "incomplete → draft → draft"),
    ("warn: [{before: 10 days", "warn: [{before: 61 days", "warns-too-late", "before: 61 days",
     "61 days before"),
)  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_where_it_stands_with_the_way_to_it(
    spoil: Callable[[str, str], str],
    known_names: Names,
    no_calendar: Calendar,
    fault: tuple[str, str, str, str, str],
) -> None:
    old, new, rule, needle, said = fault
    text = spoil(old, new)
    line = text[: text.index(needle)].count("\n") + 1
    problems = check(read.workflow(text, "spoiled.yaml"), known_names, no_calendar).problems
    messages = [p.message for p in problems if (p.line, p.rule) == (line, rule)]
    assert messages, [str(problem) for problem in problems]
    assert any(said in message for message in messages), messages
    assert all(problem.column > 0 and problem.file == "spoiled.yaml" for problem in problems)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("letter", ["label_wanted", "remind", "lapse_warning", "form_faults"])
def test_a_letter_that_lacks_in_one_language_is_named_with_it(
    hf_text: str, known_names: Names, no_calendar: Calendar, language: str, letter: str
) -> None:
    letters = {
        each: known - {letter} if each == language else known
        for each, known in known_names.letters.items()
    }
    names = replace(known_names, letters=letters)
    problems = check(read.workflow(hf_text, "x.yaml"), names, no_calendar).problems
    assert {problem.message for problem in problems} == {
        f"the letter «{letter}» does not exist in {language}"
    }


@pytest.mark.parametrize("state", ["draft", "consulting", "submitted", "conditional", "accepted"])
def test_a_waiting_state_without_any_timer_waits_for_ever(
    hf_text: str, known_names: Names, no_calendar: Calendar, state: str
) -> None:
    workflow = read.workflow(hf_text, "x.yaml")
    timers = {name: rows for name, rows in workflow.timers.items() if name != state}
    found = check(replace(workflow, timers=timers), known_names, no_calendar)
    assert ("waits-for-ever", workflow.states[state].mark.line) in [
        (problem.rule, problem.line) for problem in found.problems
    ]
    assert found.longest_silence_days == 0


@pytest.mark.parametrize(
    ("event", "lost"),
    [
        ("consult", {"consulting"}),
        ("acknowledge", {"received"}),
        ("request_changes", {"incomplete"}),
        ("accept_on_condition", {"conditional"}),
        ("accept accept_on_condition", {"conditional", "accepted", "shared", "ending", "ended"}),
        ("confirm_label", {"shared", "ending", "ended"}),
        ("reject", {"rejected"}),
    ],
)
def test_without_one_event_the_states_behind_it_are_lost(
    hf_text: str, known_names: Names, no_calendar: Calendar, event: str, lost: set[str]
) -> None:
    workflow = read.workflow(hf_text, "x.yaml")
    spoiled = replace(
        workflow,
        events={name: kept for name, kept in workflow.events.items() if name not in event.split()},
        on_open=tuple(name for name in workflow.on_open if name != event),
    )
    problems = check(spoiled, known_names, no_calendar).problems
    marks = {workflow.states[state].mark.line for state in lost}
    assert {p.line for p in problems if p.rule == "unreachable"} == marks
