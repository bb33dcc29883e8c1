"""Absence as people write it, and days that nobody covers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.register.absence import Absence, names_substitute, read_absence, uncovered
from engine.domain.register.mail_domains import colleagues, domain_of
from engine.model import LANGUAGES
from engine.wording import sentence

TODAY = date(2026, 11, 1)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 15)
days = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    "text",
    [
        "1.12.2026–15.12.2026",
        "1.12.2026-15.12.2026",
        "01.12.2026 - 15.12.2026",
        "2026-12-01–2026-12-15",
        "2026-12-01 - 2026-12-15",
        "fra 1. desember 2026 til 15. desember 2026",
        "frå 1. desember 2026 til og med 15. desember 2026",
        "1. desember 2026 t.o.m. 15. desember 2026",
        "1.–15. desember 2026",
        "1.12.–15.12.2026",
        "1.12–15.12.2026",
        "1 December 2026 to 15 December 2026",
    ],
)
def test_both_days_are_read_however_they_are_written(text: str) -> None:
    assert read_absence(text, TODAY) == Absence(since=FIRST, until=LAST)


@pytest.mark.parametrize(
    "text",
    [
        "VIKAR: v@si.example",
        "vikar v@si.example",
        "Vikar: Kollega Alfa <V@SI.example>",
        "substitute: v@si.example.",
        "stadfortredar: v@si.example",
        ", vikar: v@si.example, tlf. 00 00",
    ],
)
def test_the_substitutes_address_is_read(text: str) -> None:
    found = read_absence(f"1.12.2026–15.12.2026 {text}", TODAY)
    assert found == Absence(since=FIRST, until=LAST, substitute="v@si.example")


def test_one_day_is_an_absence_of_that_day() -> None:
    assert read_absence("1.12.2026", TODAY) == Absence(since=FIRST, until=FIRST)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["absence_unreadable"]),
        ("neste uke", ["absence_unreadable"]),
        ("31.2.2026–1.3.2027", ["absence_unreadable"]),
        ("1.12.2026, 3.12.2026, 5.12.2026", ["absence_unreadable"]),
        ("12/1/2026 – 12/15/2026", ["absence_unreadable"]),
        ("15.12.2026–1.12.2026", ["absence_backwards"]),
        ("1.9.2026–15.9.2026", ["day_past"]),
        ("1.12.2026–2.11.2027", ["day_too_far"]),
        ("1.12.2026–15.12.2026 VIKAR:", ["substitute_unreadable"]),
        ("neste uke VIKAR: Kari", ["absence_unreadable", "substitute_unreadable"]),
        ("1.9.2026–2.9.2026 VIKAR: Kari", ["substitute_unreadable", "day_past"]),
    ],
)
def test_what_cannot_be_followed_has_every_reason(text: str, codes: list[str]) -> None:
    found = read_absence(text, TODAY)
    assert isinstance(found, tuple)
    assert sorted(reason.code for reason in found) == sorted(codes)
    for reason in found:
        assert all(sentence(reason, language) for language in LANGUAGES)


def test_an_absence_may_begin_before_today_and_last_for_a_year() -> None:
    found = read_absence("1.10.2026–1.11.2027", TODAY)
    assert found == Absence(since=date(2026, 10, 1), until=date(2027, 11, 1))


@given(st.text(max_size=200))
def test_no_text_is_too_much(text: str) -> None:
    assert isinstance(read_absence(text, TODAY), Absence | tuple)


def test_only_a_line_that_names_a_substitute_does() -> None:
    assert names_substitute("  Vikar: a@b.example")
    assert not names_substitute("Ring meg 3.12.2026")


@given(days, days, st.lists(st.tuples(days, st.none() | days), max_size=6))
def test_uncovered_days_are_those_that_no_period_holds(
    first: date, last: date, periods: list[tuple[date, date | None]]
) -> None:
    periods = [(since, until) for since, until in periods if until is None or since <= until]

    def covered(day: date) -> bool:
        return any(since <= day and (until is None or day <= until) for since, until in periods)

    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    stretches = uncovered(first, last, periods)
    listed = [
        since + timedelta(days=n)
        for since, until in stretches
        for n in range((until - since).days + 1)
    ]
    assert listed == [day for day in span if not covered(day)]


def test_colleagues_share_a_domain_that_is_nobodys_but_theirs() -> None:
    assert colleagues("a@si.example", "b@SI.example")
    assert not colleagues("a@si.example", "b@ous.example")
    assert not colleagues("a@sub.si.example", "b@si.example")
    assert not colleagues("a@gmail.com", "b@gmail.com")
    assert not colleagues("", "")
    assert domain_of("ingen adresse") == ""


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("7. desember – 31. mars VIKAR: turid@si.example", date(2026, 12, 7), date(2027, 3, 31)),
        ("1.–15. desember", date(2026, 12, 1), date(2026, 12, 15)),
        ("28.12–4.1", date(2026, 12, 28), date(2027, 1, 4)),
        ("7. desember", date(2026, 12, 7), date(2026, 12, 7)),
    ],
)
def test_an_absence_may_leave_out_the_year(text: str, since: date, until: date) -> None:
    found = read_absence(text, date(2026, 11, 29))
    assert isinstance(found, Absence)
    assert (found.since, found.until) == (since, until)
