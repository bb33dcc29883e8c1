"""The files that go with letters: a form to fill in, and days for the receiver's calendar."""

from __future__ import annotations

import email
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from typing import Any

import docx
import pytest
from icalendar import Calendar, Event

from engine.domain.all_day import AllDay, calendar_file
from engine.domain.fields import FIELDS
from engine.domain.word_file import TYPE
from engine.intake.files import docx as intake_docx
from engine.intake.form import fields
from engine.model import LANGUAGES, Language
from engine.ports import Entry
from engine.wording.catalogue import texts
from notifiers.form_document import course_form, file_name
from tests.unit.cases import FORM
from tests.unit.letter_cases import TEMPLATES, envelope, letters

LETTERS = letters()
AT = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
ASKS_FOR_FORM = {"ask_to_send", "form_sent", "form_faults", "changes_wanted", "information_wanted"}


def form(language: Language, values: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"label": FIELDS[name].labels[language], "value": values.get(name, "")} for name in FORM
    ]


def sent(template: str, language: Language = "nb", **changes: Any) -> EmailMessage:
    raw = LETTERS.render(envelope(template, language, changes))
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def files(message: EmailMessage) -> dict[str, bytes]:
    found = {}
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[str(part.get_filename())] = content
    return found


def calendar_of(message: EmailMessage) -> Calendar | None:
    found = [content for name, content in files(message).items() if name.endswith(".ics")]
    return Calendar.from_ical(found[0]) if found else None


@pytest.mark.parametrize("template", sorted(TEMPLATES - {"remind", "lapse_warning", "held_back"}))
def test_the_form_goes_with_the_letters_that_ask_for_it(template: str) -> None:
    names = [name for name in files(sent(template)) if name.startswith("skjema-KD-")]
    expected = ["skjema-KD-2026-0001.docx"] if template in ASKS_FOR_FORM else []
    assert names == expected


def test_who_is_asked_for_lines_so_that_a_case_goes_on_gets_the_form() -> None:
    back = {"reasons": ["Tidsbruk mangler."], "labels": ["Tidsbruk"], "word": ""}
    asked = sent("held_back", extra={"held_back": back})
    assert "skjema-KD-2026-0001.docx" in files(asked)
    word = sent("held_back", extra={"held_back": {**back, "labels": [], "word": "SEND"}})
    assert "skjema-KD-2026-0001.docx" not in files(word)


@pytest.mark.parametrize("template", ["remind", "lapse_warning"])
def test_a_reminder_brings_the_form_only_where_it_is_what_we_wait_for(template: str) -> None:
    assert "skjema-KD-2026-0001.docx" in files(sent(template, fault_labels=["Tidsbruk"]))
    assert "skjema-KD-2026-0001.docx" not in files(sent(template, fault_labels=[]))


def test_the_attached_form_is_a_word_file_of_its_own_type() -> None:
    (part,) = sent("information_wanted", due="").iter_attachments()
    assert part.get_content_type() == TYPE
    assert part["Content-Disposition"] == 'attachment; filename="skjema-KD-2026-0001.docx"'


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_goes_out_and_comes_back_filled_in_is_read_as_it_was_meant(
    language: Language,
) -> None:
    known = {**FORM, "goal": "1. Kjenne risiko.\n2. Handle.", "tidsbruk": ""}
    known["time_needed"] = ""
    raw = files(sent("information_wanted", language, form=form(language, known)))
    document = docx.Document(BytesIO(raw[file_name("KD-2026-0001", language)]))
    label = FIELDS["time_needed"].labels[language]
    (row,) = [row for row in document.tables[0].rows if row.cells[0].text == label]
    row.cells[1].text = "45 min"
    filled = BytesIO()
    document.save(filled)

    read = fields(intake_docx.text(filled.getvalue()))
    assert set(read) == set(FORM)
    assert read["time_needed"] == "45 min"
    assert read["goal"].split() == known["goal"].split()
    others = set(FORM) - {"time_needed", "goal"}
    assert {name: read[name] for name in others} == {name: FORM[name] for name in others}


def test_an_empty_form_says_nothing_when_it_comes_back() -> None:
    raw = course_form(form("nn", {}), "«Fall: Lisens» – Mål: X", "nn", AT)
    assert fields(intake_docx.text(raw)) == {}


def test_a_form_is_the_same_bytes_whenever_it_is_written_and_can_be_read_aloud() -> None:
    rows = form("nn", FORM)
    first = course_form(rows, "«Fall»", "nn", AT)
    assert first == course_form(rows, "«Fall»", "nn", AT)
    packed = zipfile.ZipFile(BytesIO(first))
    assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(first) < 20_000
    document = docx.Document(BytesIO(first))
    known = document.core_properties
    assert (known.title, known.author, known.language) == (
        "Skjema for «Fall»",
        "Kursdeling",
        "nn-NO",
    )
    assert known.created == known.modified == AT.replace(tzinfo=None) or known.created == AT
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml  # noqa: SLF001 - its only trace


def test_whatever_people_have_written_fits_into_the_form() -> None:
    hostile = "Æ\x00\x0b & <w:p/> \ufdd0 «x»\r\nlinje to"
    raw = files(sent("changes_wanted", form=[{"label": "Mål", "value": hostile}]))
    text = intake_docx.text(raw["skjema-KD-2026-0001.docx"])
    assert "Æ\n& <w:p/>" in text or "& <w:p/>" in text
    assert "linje to" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("template", "kind", "day"),
    [
        ("label_wanted", "due", date(2026, 11, 30)),
        ("form_faults", "lapse", date(2027, 1, 22)),
        ("share_ends", "end", date(2026, 12, 31)),
    ],
)
def test_a_day_that_the_receiver_should_remember_goes_into_the_calendar(
    template: str, kind: str, day: date, language: Language
) -> None:
    message = sent(template, language)
    calendar = calendar_of(message)
    assert calendar is not None
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == f"kd-2026-0001-owner-{kind}@site.example"
    assert event.decoded("dtstart") == day
    assert event.decoded("dtend") == day + timedelta(days=1)
    assert event.decoded("dtstamp") == AT
    assert event.decoded("sequence") == 7
    assert event["TRANSP"] == "TRANSPARENT"
    assert str(event["SUMMARY"]).startswith(
        texts("invitation_titles", language)[kind].partition("{")[0]
    )
    assert "KD-2026-0001" in str(event["DESCRIPTION"])
    (part,) = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "PUBLISH"


@pytest.mark.parametrize("template", ["receipt", "request_received", "now_shared", "answer"])
def test_a_day_that_is_another_ones_is_not_put_into_the_calendar(template: str) -> None:
    assert calendar_of(sent(template)) is None


def test_a_later_letter_about_the_same_day_moves_the_entry() -> None:
    first = LETTERS.render(envelope("label_wanted", "nb"))
    later = LETTERS.render(envelope("remind", "nb", {"lapses_on": "2026-12-24"}, letter=9))
    again = LETTERS.render(envelope("label_wanted", "nb", {"due": "2026-12-07"}, letter=8))
    events = []
    for raw in (first, again, later):
        message = email.message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        calendar = calendar_of(message)
        assert calendar is not None
        events += calendar.walk("VEVENT")
    assert events[0]["UID"] == events[1]["UID"] != events[2]["UID"]
    assert events[1].decoded("sequence") > events[0].decoded("sequence")


@pytest.mark.parametrize(
    ("language", "file", "title"),
    [
        ("nb", "gjelder-ikke-lenger.ics", "Gjelder ikke lenger: Svar ønskes: «"),
        ("nn", "gjeld-ikkje-lenger.ics", "Gjeld ikkje lenger: Svar ønskt: «"),
        ("en", "no-longer-holds.ics", "No longer holds: Answer wanted: “"),
    ],
)
def test_a_day_that_holds_no_more_is_taken_out_of_the_calendar(
    language: Language, file: str, title: str
) -> None:
    earlier = (Entry(kind="due", day=date(2026, 11, 30)), Entry(kind="end", day=date(2026, 12, 31)))
    told = {"due": "", "ends_on": "2026-12-31", "extra": {"owed": False}}
    later = envelope("now_shared", language, told, letter=9, entries=earlier)
    found = files(email.message_from_bytes(LETTERS.render(later), policy=default))
    assert list(found) == [file]
    calendar = Calendar.from_ical(found[file])
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == "kd-2026-0001-owner-due@site.example"
    assert event.decoded("sequence") == 9
    assert str(event["SUMMARY"]).startswith(title)
    assert event["ORGANIZER"] == "mailto:deling@site.example"
    taken_out = Entry(kind="due", day=date(2026, 11, 30), stands=False)
    assert LETTERS.draft(later).entries == (taken_out,)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ({"due": "2026-11-30", "extra": {"owed": True}}, date(2026, 11, 30)),
        ({"due": "", "extra": {"owed": True}}, date(2026, 11, 22)),
        ({"due": "", "extra": {}}, date(2026, 11, 30)),
    ],
    ids=["still owed", "past already", "nothing known"],
)
def test_a_day_stays_in_the_calendar_unless_we_know_that_it_holds_no_more(
    told: dict[str, Any], day: date
) -> None:
    entries = (Entry(kind="due", day=day), Entry(kind="meeting", day=date(2026, 12, 1)))
    draft = LETTERS.draft(envelope("now_shared", "nb", told, entries=entries))
    assert draft.entries == ()
    assert b"text/calendar" not in draft.raw


def by_the_library(entries: list[AllDay], name: str) -> Calendar:
    """The same calendar as icalendar itself would write it."""
    calendar = Calendar()
    for key, value in (
        ("prodid", "-//Kursdeling//NONSGML//NO"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", name),
        ("x-wr-calname", name),
        ("x-wr-timezone", "Europe/Oslo"),
        ("x-published-ttl", "PT6H"),
    ):
        calendar.add(key, value)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", AT)
        event.add("sequence", entry.sequence)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title, parameters={"LANGUAGE": entry.language})
        event.add("description", entry.text, parameters={"LANGUAGE": entry.language})
        event.add("transp", "TRANSPARENT")
        event.add("x-microsoft-cdo-busystatus", "FREE")
        calendar.add_component(event)
    return Calendar.from_ical(calendar.to_ical())


def test_a_calendar_file_keeps_to_its_format_whatever_it_holds() -> None:
    entry = AllDay(
        uid="x@site.example",
        sequence=0,
        day=date(2026, 3, 29),
        title="Blåbærsyltetøy; på, tur\\ " * 9,
        text="Linje én\nBEGIN:VEVENT\r\nEND:VCALENDAR",
        language="nb",
    )
    content = calendar_file([entry, entry], AT, "Frister – æøå")
    assert content == calendar_file([entry, entry], AT, "Frister – æøå")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    read = Calendar.from_ical(content)
    assert read["X-WR-CALNAME"] == "Frister – æøå"
    assert read == by_the_library([entry, entry], "Frister – æøå")
    first, second = read.walk("VEVENT")
    assert str(first["SUMMARY"]) == entry.title == str(second["SUMMARY"])
    assert "VTIMEZONE" not in content.decode()
    assert "DTSTART;VALUE=DATE:20260329\r\n" in content.decode()
