"""When a link is asked again, when people are told of it, and in which words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.model import LANGUAGES
from engine.plan.link_health import LinkHealth, is_due, is_ours, judged
from engine.ports import LinkAnswer
from engine.wording.catalogue import texts
from engine.wording.findings import link_state, link_words
from tests.unit.test_wording import BOKMAAL_ONLY, NYNORSK_ONLY

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
FINE = LinkAnswer(state="alive", why="link_answered", detail="200")
GONE = LinkAnswer(state="failing", why="link_status", detail="404")
SILENT = LinkAnswer(state="failing", why="link_silent", detail="kurs.example")
BUSY = LinkAnswer(state="unknown", why="link_busy", detail="429")


def after(*answers: tuple[timedelta, LinkAnswer]) -> LinkHealth:
    health: LinkHealth | None = None
    for later, answer in answers:
        health = judged(health, answer, AT + later)
    assert health is not None
    return health


def test_a_link_that_fails_on_two_days_is_broken_and_one_bad_day_is_none() -> None:
    once = after((0 * DAY, FINE), (WEEK, GONE))
    assert (once.failing_since, once.broken_since) == (AT + WEEK, None)
    assert once.shown == "failing"
    same_day = after((0 * DAY, GONE), (5 * HOUR, GONE))
    assert same_day.broken_since is None
    twice = after((0 * DAY, GONE), (DAY, GONE), (2 * DAY, SILENT))
    assert (twice.failing_since, twice.broken_since) == (AT, AT + DAY)
    assert twice.shown == "broken"


def test_the_days_are_those_in_oslo() -> None:
    # 23.30 and 0.30 there, both on 23 November by UTC.
    assert after((13.5 * HOUR, GONE), (14.5 * HOUR, GONE)).broken_since is not None


def test_a_link_that_answers_again_is_fine_at_once() -> None:
    again = after((0 * DAY, GONE), (DAY, GONE), (2 * DAY, FINE))
    assert (again.shown, again.failing_since, again.broken_since) == ("alive", None, None)
    assert after((0 * DAY, GONE), (DAY, FINE), (2 * DAY, GONE)).broken_since is None


def test_an_answer_that_tells_nothing_changes_nothing() -> None:
    assert after((0 * DAY, GONE), (DAY, BUSY)).broken_since is None
    assert after((0 * DAY, GONE), (DAY, BUSY), (2 * DAY, GONE)).broken_since == AT + 2 * DAY
    assert after((0 * DAY, GONE), (DAY, GONE), (2 * DAY, BUSY)).shown == "broken"


def test_a_fine_link_is_asked_each_week_and_any_other_the_next_day() -> None:
    assert is_due(None, AT, WEEK)
    fine, gone, busy = after((0 * DAY, FINE)), after((0 * DAY, GONE)), after((0 * DAY, BUSY))
    assert not is_due(fine, AT + WEEK - HOUR, WEEK)
    assert is_due(fine, AT + WEEK, WEEK)
    for other in (gone, busy):
        assert not is_due(other, AT + DAY - HOUR, WEEK)
        assert is_due(other, AT + DAY, WEEK)
    assert not is_due(fine, AT - DAY, WEEK)


def test_where_nothing_answers_at_all_our_own_network_may_be_to_blame() -> None:
    silent, gone, fine = after((0 * DAY, SILENT)), after((0 * DAY, GONE)), after((0 * DAY, FINE))
    assert is_ours([silent, silent])
    assert not is_ours([silent, fine])
    assert not is_ours([silent, gone])
    assert not is_ours([])
    assert not is_ours([after((0 * DAY, BUSY))])


def test_there_are_words_for_every_answer_in_every_language() -> None:
    folder = Path(__file__).parents[2] / "engine" / "linkcheck"
    used = {code for file in folder.glob("*.py") for code in _codes(file)}
    assert len(used) > 10
    assert used | {"link_fault", "link_not_yet"} == set(texts("links", "nb"))
    for language in LANGUAGES:
        assert all(link_words(code, "404", language) for code in texts("links", "nb"))
        assert all(link_state(name, language) for name in ("alive", "failing", "broken", "unknown"))


def _codes(file: Path) -> list[str]:
    return re.findall(r'"(link_[a-z_]+)"', file.read_text("utf-8"))


@pytest.mark.parametrize("code", sorted(texts("links", "nb")))
def test_no_words_mix_the_written_standards(code: str) -> None:
    assert not NYNORSK_ONLY.search(texts("links", "nb")[code].lower())
    assert not BOKMAAL_ONLY.search(texts("links", "nn")[code].lower())
