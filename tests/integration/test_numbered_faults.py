"""A reply that answers the faults of our letter by their numbers corrects the fields that they are
about (INTERFACE §5.2).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.store.cases.requests import load_request
from tests.integration.office import OURS, OWNER, SUBJECT, Office, form, new_office

FAULTY = form(
    Tidsbruk=None, Kursets_kortnavn=None, Dato_for_studiestart="en gang til høsten"
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def asked(office: Office) -> tuple[str, list[str]]:
    """A request whose form has three faults, and the fields that our letter numbers."""
    outcome = office.mail(OWNER, SUBJECT, FAULTY)
    assert office.last(OWNER).template == "form_faults"
    fields = list(office.last(OWNER).variables["fault_fields"])
    assert sorted(fields) == ["short_name", "start_date", "time_needed"]
    return outcome.request, fields


VALUES = {"short_name": "SI-NR", "start_date": "1.10.2026", "time_needed": "60 minutter"}


def form_of(office: Office, number: str) -> dict[str, str]:
    with office.site.database.reading() as tx:
        request = load_request(tx, number)
        assert request is not None
        return dict(request.form)


@pytest.mark.parametrize(
    "row", ["{n}) {v}", "{n}: {v}", "{n}. {v}", "Punkt {n}: {v}", "*{n})* {v}"]
)
def test_answers_under_the_numbers_of_the_faults_complete_the_form(
    office: Office, row: str
) -> None:
    number, fields = asked(office)
    lines = [row.format(n=n, v=VALUES[field]) for n, field in enumerate(fields, 1)]
    outcome = office.reply(OWNER, "Hei!\n\n" + "\n".join(lines) + "\n\nMvh\nKari")
    assert outcome.verdict == "fired"
    assert office.state(number) == "submitted"
    assert form_of(office, number)["time_needed"] == "60 minutter"


def test_answers_under_the_quoted_faults_complete_the_form(office: Office) -> None:
    number, fields = asked(office)
    quoted = []
    for line in office.text(OWNER).split("\n"):
        quoted.append(f"> {line}")
        place = line[:1]
        if line[1:3] == ". " and place.isdigit():
            quoted.append(VALUES[fields[int(place) - 1]])
    text = f"Den 7. sep. 2026 kl. 10:00 skrev Kursdeling <{OURS}>:\n" + "\n".join(quoted)
    assert office.reply(OWNER, text).verdict == "fired"
    assert office.state(number) == "submitted"


def test_a_label_behind_the_number_goes_before_the_number(office: Office) -> None:
    number, fields = asked(office)
    place = 1 + fields.index("short_name")
    assert office.reply(OWNER, f"{place}) Tidsbruk: 75 minutter").verdict == "fired"
    assert form_of(office, number)["time_needed"] == "75 minutter"
    assert not form_of(office, number).get("short_name")


@pytest.mark.parametrize(
    "text",
    [
        "{t}) Hva mener dere her?",
        "{t}) ok",
        "9) 60 minutter",
        "{t}) 60 minutter\n{t}) 90 minutter",
        "1. 60 minutter\n2) SI-NR",
        "3) 60 minutter\n1) 60 minutter",
        "Vi trenger 2 timer på dette.",
    ],
)
def test_numbers_that_are_not_certain_correct_nothing(office: Office, text: str) -> None:
    number, fields = asked(office)
    before = form_of(office, number)
    office.reply(OWNER, text.format(t=1 + fields.index("time_needed")))
    assert form_of(office, number) == before


def test_a_list_in_the_text_of_a_field_stays_its_text(office: Office) -> None:
    number, _ = asked(office)
    office.reply(OWNER, "Mål: Deltakeren skal kunne\n1) vaske hender\n2) bruke hansker")
    form = form_of(office, number)
    assert "vaske hender" in form["goal"]
    assert not form.get("short_name")


@pytest.mark.parametrize(
    ("missing", "answer"),
    [
        ("Dato_for_studiestart", "12. januar"),
        ("Dato_for_studiestart", "Hei!\n\n12.1.2027.\n\nMvh\nKari"),
        ("Tidsbruk", "ca. 45 minutter"),
        ("Opprett_hjemmeside", "Ja"),
    ],
)
def test_the_answer_alone_to_the_only_fault_is_read(
    office: Office, missing: str, answer: str
) -> None:
    number = office.mail(OWNER, SUBJECT, form(**{missing: None})).request
    assert office.reply(OWNER, answer).verdict == "fired"
    assert office.state(number) == "submitted"


def test_a_text_alone_is_asked_about_as_the_only_field(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Kurssammendrag=None)).request
    assert office.reply(OWNER, "Et kort kurs om fall hos eldre.").verdict == "suggested"
    assert "Vi forstår svaret som Kurssammendrag." in office.text(OWNER)
    assert office.state(number) == "draft"
    assert office.reply(OWNER, "JA").verdict == "fired"
    assert form_of(office, number)["summary"] == "Et kort kurs om fall hos eldre."


@pytest.mark.parametrize(
    ("missing", "answer"),
    [
        ("Dato_for_studiestart", "Sender det mandag"),
        ("Dato_for_studiestart", "Til våren"),
        ("Tidsbruk", "Det kommer vi tilbake til"),
        ("Kurssammendrag", "Hva skal stå der?"),
        ("Kurssammendrag", "Det fikser vi, takk!"),
    ],
)
def test_what_is_no_answer_fills_nothing_in(office: Office, missing: str, answer: str) -> None:
    number = office.mail(OWNER, SUBJECT, form(**{missing: None})).request
    before = form_of(office, number)
    assert office.reply(OWNER, answer).verdict != "fired"
    office.reply(OWNER, "JA")
    assert form_of(office, number) == before


def test_of_several_faults_none_is_answered_alone(office: Office) -> None:
    number, _ = asked(office)
    assert office.reply(OWNER, "12. januar").verdict != "fired"
    assert office.state(number) == "draft"
