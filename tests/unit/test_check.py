"""The shipped files hold every proof, and how long each can be silent is computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from msgspec.structs import replace

from engine.calendar import Calendar
from engine.check import Names, check
from engine.definition import read

SHIPPED = sorted((Path(__file__).parents[2] / "workflows").glob("*_*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_is_without_problems_and_quickly_checked(
    path: Path, known_names: Names, no_calendar: Calendar
) -> None:
    started = process_time()
    found = check(read.workflow(path.read_bytes(), path.name), known_names, no_calendar)
    assert found.problems == ()
    assert found.longest_silence_days > 0
    # All shipped files together take under a second; ten times that would be a mistake.
    assert process_time() - started < 10 / len(SHIPPED)


def silence_of(text: str, names: Names, calendar: Calendar) -> int:
    found = check(read.workflow(text, "x.yaml"), names, calendar)
    assert found.problems == ()
    return found.longest_silence_days


def test_the_longest_silence_is_a_share_that_ends_in_a_leap_year(
    hf_text: str, known_names: Names, no_calendar: Calendar
) -> None:
    # From 1 January 2012 to the end of 1 January 2013.
    assert silence_of(hf_text, known_names, no_calendar) == 366


def test_without_a_day_far_ahead_the_longest_silence_is_the_slowest_escalation(
    hf_text: str, known_names: Names, no_calendar: Calendar
) -> None:
    text = hf_text.replace("within: 1 year", "within: 2 days")
    assert silence_of(text, known_names, no_calendar) == 92


def test_silence_runs_on_through_a_state_that_a_timer_leads_to(
    hf_text: str, known_names: Names, no_calendar: Calendar
) -> None:
    text = hf_text.replace("within: 1 year", "within: 2 days").replace(
        "  give_up:\n    from: [draft, consulting, incomplete]\n    to: withdrawn",
        "  give_up:\n    from: [draft, consulting, incomplete]\n    to: submitted",
    )
    # 60 days in draft or incomplete, and then three months of which two have 31 days.
    assert silence_of(text, known_names, no_calendar) == 60 + 92


def test_working_days_are_counted_with_the_calendar(
    hf_text: str, known_names: Names, no_calendar: Calendar
) -> None:
    text = (
        hf_text.replace("within: 1 year", "within: 2 days")
        .replace("{after: 3 months, escalate", "{after: 5 working days, escalate")
        .replace("{after: 2 months, escalate", "{after: 5 working days, escalate")
        .replace("after: 60 days, fire", "after: 5 working days, fire")
        .replace("before: 10 days", "before: 1 day")
    )
    # From Friday 21 December 2012 over Christmas and New Year's Day to 2 January.
    few = silence_of(text, known_names, no_calendar)
    assert few == 12
    none = replace(no_calendar, holidays=frozenset(list(no_calendar.holidays)[:0]))
    with pytest.raises(ValueError, match="knows no year"):
        silence_of(text, known_names, none)


def test_the_earliest_of_two_ends_counts(
    spoil: Callable[[str, str], str], known_names: Names, no_calendar: Calendar
) -> None:
    text = spoil("at: end of ends_on, fire: end_date_reached}", "at: end of ends_on, fire:"
                 " end_date_reached}\n    - {after: 1 week, escalate: true}")  # fmt: skip
    assert silence_of(text, known_names, no_calendar) == 92


def test_the_same_word_for_people_who_are_never_the_same_is_no_clash(
    spoil: Callable[[str, str], str], known_names: Names, no_calendar: Calendar
) -> None:
    # In `shared`, the trust's owner and KS Læring's borrower may say the same and mean their own.
    text = spoil("nb: [IKKE I BRUK]", "nb: [AVSLUTT]")
    assert silence_of(text, known_names, no_calendar) == 366


def test_the_same_word_in_states_that_never_meet_is_no_clash(
    spoil: Callable[[str, str], str], known_names: Names, no_calendar: Calendar
) -> None:
    assert silence_of(spoil("nb: [MERKET]", "nb: [SEND]"), known_names, no_calendar) == 366


@pytest.mark.parametrize(
    ("party", "clashes"),
    [
        # The borrower is KS Læring itself, or may turn out to be, or is another one for certain.
        ("borrower: ks-laering", True),
        ("borrower: form", True),
        ("borrower: ks", False),
    ],
)
def test_roles_that_one_contact_can_hold_are_found_through_their_party(
    hf_text: str, known_names: Names, no_calendar: Calendar, party: str, clashes: bool
) -> None:
    text = (
        hf_text.replace("borrower: ks-laering}", f"{party}}}")
        .replace("by: [owner, borrower]\n    when: [not_who", "by: [platform]\n    when: [not_who")
        .replace("by: [owner, borrower]\n    when: [same", "by: [borrower]\n    when: [same")
        .replace("nb: [BEKREFT]", "nb: [ANGRE]")
        .replace("waits_for: [owner, borrower], owes: confirm_ending", "waits_for: borrower")
        .replace("remind: [owner, borrower]", "remind: borrower")
    )
    problems = check(read.workflow(text, "x.yaml"), known_names, no_calendar).problems
    assert [problem.rule for problem in problems] == (["word-clash"] if clashes else [])


def test_roles_of_two_relations_are_one_contact_s_unless_one_is_the_owner_s(
    hf_text: str, known_names: Names, no_calendar: Calendar
) -> None:
    text = (
        hf_text.replace("borrower: ks-laering}", "borrower: form, requester: form}")
        .replace("duty: ks_laering, party: ks-laering}", "duty: ks_laering, of: requester}")
        .replace("nb: [IKKE I BRUK]", "nb: [AVSLUTT]")
    )
    assert check(read.workflow(text, "x.yaml"), known_names, no_calendar).problems == ()
    both = text.replace("nb: [MERKET]", "nb: [GODTATT]").replace(
        "    from: accepted\n    to: shared\n    by: owner",
        "    from: submitted\n    to: shared\n    by: borrower",
    )
    rules = [
        p.rule for p in check(read.workflow(both, "x.yaml"), known_names, no_calendar).problems
    ]
    assert "word-clash" in rules


def test_a_routine_without_labels_is_not_asked_about_shares(
    hf_text: str, known_names: Names, no_calendar: Calendar
) -> None:
    text = hf_text.replace("label: delt til KS Læring, ", "").replace(
        "    to: shared\n    by: owner", "    to: shared\n    by: platform"
    )
    assert silence_of(text, known_names, no_calendar) == 366


def test_a_problem_is_told_once(
    spoil: Callable[[str, str], str], known_names: Names, no_calendar: Calendar
) -> None:
    text = spoil("    when: [not_who_ended]", "    when: [not_who_end]")
    problems = check(read.workflow(text, "x.yaml"), known_names, no_calendar).problems
    assert [problem.rule for problem in problems] == ["unknown-guard"]


def test_a_huge_file_full_of_clashes_costs_no_more_than_a_hundred_problems(
    hf_text: str, known_names: Names, no_calendar: Calendar
) -> None:
    names = [f"extra_{n}" for n in range(70)]
    title = "{waits_for: owner, title: {nb: a, nn: b, en: c}}"
    states = "".join(f"  {name}: {title}\n" for name in names)
    said = "says: {nb: A, nn: A, en: A}"
    events = "".join(
        f"  go_{name}: {{from: [draft, {', '.join(names)}], to: {name}, by: owner, {said}}}\n"
        for name in names
    )
    text = hf_text.replace("states:\n", f"states:\n{states}").replace(
        "events:\n", f"events:\n{events}"
    )
    started = process_time()
    found = check(read.workflow(text, "x.yaml"), known_names, no_calendar)
    assert len(found.problems) == 100
    assert process_time() - started < 30  # 2 s here; ten times that, and coverage
