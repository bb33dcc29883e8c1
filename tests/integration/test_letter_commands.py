"""What the commands about letters show: the very bytes that leave, previews, and a calendar."""

from __future__ import annotations

import email
import json
import shutil
from contextlib import closing
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar

from engine.app import open_site
from engine.app.routine_files import described
from engine.cli.program import run
from engine.service.trials.preview import named, written
from engine.store.mail_out import letters
from tests.integration.office import OWNER, PLATFORM, Office, new_office
from tests.unit.html_pages import taken_apart


def ran(office: Office, *arguments: str) -> int:
    at = office.at.isoformat().replace("+00:00", "Z")
    return run(["--site", str(office.site.folder), "--at", at, *arguments])


@pytest.fixture
def held(tmp_path: Path) -> Office:
    office = new_office(tmp_path / "site", letters__mode="hold")
    office.open()
    return office


def test_what_is_shown_beforehand_is_what_leaves_whatever_happens_between(
    held: Office, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    letter = held.last(PLATFORM).id
    assert ran(held, "letter", "show", "--raw", str(letter)) == 0
    shown = capfdbinary.readouterr().out
    own = tmp_path / "site" / "templates" / "nb"
    own.mkdir(parents=True)
    own.joinpath("request_submitted.txt").write_text("Emne: Noe annet\n\nNoe annet.\n")
    assert ran(held, "letter", "release", str(letter)) == 0
    assert ran(held, "letter", "send") == 0
    capfdbinary.readouterr()
    (sent,) = (tmp_path / "site" / "outbox").glob(f"*{letter}.eml")
    assert sent.read_bytes() == shown
    assert ran(held, "letter", "show", "--raw", str(letter)) == 0
    assert capfdbinary.readouterr().out == shown


def test_a_letter_that_is_only_read_is_not_fixed(held: Office) -> None:
    letter = held.last(PLATFORM).id
    assert ran(held, "letter", "show", str(letter)) == 0
    with held.site.database.reading() as tx:
        assert letters.stored_bytes(tx, letter) is None


def test_a_letter_has_its_text_its_page_and_its_calendar(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open()
    letter = office.last(PLATFORM).id
    with office.site.database.reading() as tx:
        raw = letters.stored_bytes(tx, letter)
    assert raw is not None
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    types = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert types == ["text/plain", "text/html", "text/calendar"]
    html = message.get_body(("html",))
    assert html is not None
    links = taken_apart(html.get_content()).all("a")
    assert [text for _, text in links] == [
        "Svar MOTTATT", "Svar MANGLER: hva som mangler", "Svar GODTATT",
        "Svar GODTATT PÅ VILKÅR: hva", "Svar AVSLÅTT: grunn",
    ]  # fmt: skip


def test_an_answer_by_a_link_in_a_letter_moves_the_request(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    number = office.open()
    # A link opens a new mail: nothing but the subject says what it answers.
    subject = f"SV: {office.last(PLATFORM).subject}"
    assert office.mail(PLATFORM, subject, "GODTATT\r\n").verdict == "fired"
    assert office.state(number) == "accepted"


def test_a_preview_needs_no_request_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = new_office(tmp_path / "site")
    page, message = tmp_path / "page.html", tmp_path / "letter.eml"
    files = ["--html", str(page), "--eml", str(message)]
    assert ran(office, "--json", "letter", "preview", "form_faults", "--lang", "nn", *files) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["subject"].startswith("Tre felt må rettast: «Fallførebygging i sjukeheim»")
    assert "Kortnamnet på kurset:" in found["text"]
    assert taken_apart(page.read_text(encoding="utf-8")).all("html")[0][0]["lang"] == "nn"
    assert b"skjema-KD-2026-0001.docx" in message.read_bytes()
    assert office.letters() == []


def test_every_letter_of_a_routine_that_a_site_has_made_itself_can_be_looked_at(
    tmp_path: Path,
) -> None:
    office = new_office(tmp_path / "site")
    own = Path(__file__).parents[1] / "acceptance" / "fourth_routine"
    for part in ("workflows", "templates"):
        shutil.copytree(own / part, tmp_path / "site" / part)
    site = open_site(tmp_path / "site")
    with closing(site.database):
        workflow = site.routines.current["laan"].workflow
        played = list(written(site, workflow, "en", office.at, described("helse-fonna")))
        texts = {each.template: site.letters.text(each) for each in played}
    assert named(workflow) <= texts.keys()
    assert "Kongsvinger kommune" in texts["loan_told"]
    assert office.letters() == []


def test_a_preview_of_a_letter_that_is_none_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = new_office(tmp_path / "site")
    assert ran(office, "letter", "preview", "form_fault") == 1
    assert "form_fault" in capsys.readouterr().err


def test_a_preview_shows_a_sites_own_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = new_office(tmp_path / "site")
    own = tmp_path / "site" / "templates" / "nb"
    own.mkdir(parents=True)
    own.joinpath("receipt.txt").write_text("Emne: Eget\n\nSvar innen {{ due|day('due') }}.\n")
    assert ran(office, "letter", "preview", "receipt") == 0
    assert "Emne" not in (out := capsys.readouterr().out)
    assert "Subject: Eget [KD-2026-0001.7K2Q9M4D]" in out


def test_deadlines_are_a_calendar_to_subscribe_to(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    number = office.open()
    file = tmp_path / "frister.ics"
    assert ran(office, "deadline", "list", "--ics", str(file)) == 0
    calendar = Calendar.from_ical(file.read_bytes())
    assert calendar["X-WR-CALNAME"] == "Kursdeling: frister"
    events = calendar.walk("VEVENT")
    assert events
    assert all(str(event["SUMMARY"]).startswith(f"{number}: ") for event in events)
    assert all(type(event.decoded("dtstart")) is date for event in events)
    first = {str(event["UID"]): event.decoded("dtstart") for event in events}
    assert ran(office, "deadline", "list", "--ics", str(file)) == 0
    again = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {str(event["UID"]): event.decoded("dtstart") for event in again} == first
    until = (office.at + timedelta(days=1)).date().isoformat()
    assert ran(office, "deadline", "list", "--until", until, "--ics", str(file)) == 0
    assert Calendar.from_ical(file.read_bytes()).walk("VEVENT") == []
    assert [path.name for path in tmp_path.glob("*ics*")] == ["frister.ics"]


def test_the_owner_s_deadline_is_the_same_day_in_letter_and_list(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open()
    due = datetime.fromisoformat(office.last(PLATFORM).variables["due"]).date()
    file = tmp_path / "frister.ics"
    assert ran(office, "deadline", "list", "--ics", str(file)) == 0
    days = [
        event.decoded("dtstart") for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    ]
    assert due in days
    assert office.last(OWNER).receiver == OWNER
