"""Files of forms and duties: what they say is read, and every fault of theirs is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from engine.definition.read_glossary import glossary
from engine.domain.course_information import Context, read
from engine.domain.fields import FIELDS, FORMS, field_by_label
from engine.errors import DefinitionError
from engine.intake import form as intake
from engine.model import Glossary
from engine.wording.glossary import DUTY_NAMES, HOLDER_NAMES, SHIPPED, use

FORM = """\
form: meeting
source: Nettstedets egen rutine
required: [day, seats, link]
fields:
  day: {label: {nb: Møtedag, nn: Møtedag, en: Day of the meeting}, kind: date}
  seats: {label: {nb: Plasser, nn: Plassar, en: Seats}, kind: number, also: [Antall]}
  digital: {label: {nb: Digitalt, nn: Digitalt, en: Digital}, kind: yes_no}
  host: {label: {nb: Vert, nn: Vert, en: Host}, kind: party}
  agenda: {label: {nb: Saker, nn: Saker, en: Items}, kind: group, parts: [first, rest]}
  first: {label: {nb: Først, nn: Først, en: First}, kind: long_text}
  rest: {label: {nb: Resten, nn: Resten, en: Rest}, kind: text, hint: {nb: noe, nn: noko, en: some}}
"""
LATER = """\
form: meeting_held
source: Nettstedets egen rutine
like: meeting
required: [day, seats, first, rest]
"""
DUTIES = """\
duties:
  host:
    title: {nb: vert, nn: vert, en: host}
    holder: {nb: verten, nn: verten, en: the host}
    source: Nettstedets egen rutine
"""
WRONG_FORM = """\
form: order
source: x
like: nowhere
required: [day, nothing]
fields:
  day: {label: {nb: Dato, nn: Dato}, kind: dat, also: ["a: b"]}
  Seats: {label: {nb: Kurs, nn: Kurs, en: Kurs}, kind: line}
  kurs: {label: {nb: Kurs, nn: Kurs, en: Kurs}, kind: line, parts: [gone]}
"""
WRONG_DUTIES = """\
duties:
  coordinator:
    title: {nb: Leder, nn: x, en: y}
    holder: {nb: x, nn: y, en: z}
    side: left
"""


def read_files(**texts: str) -> Glossary:
    """What the files say beside the program's own."""
    files = {f"{name}.yaml": text.encode() for name, text in texts.items()}
    return glossary(files, SHIPPED)


@pytest.fixture
def own() -> Iterator[None]:
    """The process knows a form and a duty of a site's own."""
    use(read_files(later=LATER, meeting=FORM, duties=DUTIES))
    yield
    use(SHIPPED)


@pytest.mark.usefixtures("own")
def test_a_form_takes_its_own_fields_and_those_that_it_names() -> None:
    assert FORMS["meeting"].required == ("day", "seats", "link")
    assert FORMS["meeting"].fields == ("day", "seats", "digital", "host", "first", "rest", "link")
    assert FORMS["meeting_held"].fields == FORMS["meeting"].fields
    assert field_by_label("ANTALL:") == "seats"
    assert HOLDER_NAMES["host"]["nn"] == "verten"


def test_what_no_file_says_any_longer_is_called_by_its_name() -> None:
    assert "seats" not in FIELDS
    assert FIELDS["seats"].kind == "text"
    assert DUTY_NAMES["host"]["nb"] == "host"
    assert FORMS["meeting"].required == ()


@pytest.mark.usefixtures("own")
def test_each_kind_of_field_is_read_and_judged() -> None:
    found = intake.fields(
        "Møtedag: 7. september 2026\nAntall: 1 200\nDigitalt: Ja.\nSaker: Først: a\nResten: b"
    )
    assert found["first"] == "a"
    assert found["rest"] == "b"
    judged = read(found, context("meeting_held"))

    assert not judged.faults
    assert judged.values["day"] == "2026-09-07"
    assert (judged.values["seats"], judged.values["digital"]) == ("1200", "JA")


@pytest.mark.usefixtures("own")
def test_what_is_missing_or_wrong_in_a_field_is_a_fault() -> None:
    wrong = {"day": "snart", "seats": "noen", "digital": "kanskje", "host": "Ingen"}
    judged = read(wrong, context("meeting_held"))

    assert [(fault.code, fault.values["field"]) for fault in judged.faults] == [
        ("date_unreadable", "day"),
        ("number_unreadable", "seats"),
        ("yes_or_no", "digital"),
        ("unknown_party", "host"),
        ("field_missing", "first"),
        ("field_missing", "rest"),
    ]
    assert read({}, context("meeting")).faults[-1].code == "link_missing"


def context(form: str) -> Context:
    """Nobody's context for a form."""
    return Context(
        owner=None,
        parties={},
        elearning=(),
        today=date(2026, 8, 1),
        short_name_taken_by=None,
        required=FORMS[form].required,
        fields=FORMS[form].fields,
    )


def test_every_fault_of_every_file_is_told_with_its_place() -> None:
    with pytest.raises(DefinitionError) as refused:
        read_files(order=WRONG_FORM, duties=WRONG_DUTIES, broken="form: [")
    told = {str(problem).partition(": ")[2] for problem in refused.value.problems}
    places = {problem.file for problem in refused.value.problems}

    assert places == {"order.yaml", "duties.yaml", "broken.yaml"}
    for said in (
        "there is a form «order» already",
        "there is no form «nowhere»",
        "there is no field «nothing»",
        "there is no field «gone»",
        "there is no kind «dat»; did you mean «date»?",
        "«a: b» cannot stand before a colon",
        "«kurs» is what «full_name» is called already",
        "«label» needs «en»",
        "«Seats» is no name",
        "«leder» is what «network_leader» is called already",
        "«coordinator» is what «coordinator» is called already",
        "the duty «coordinator» needs «source»",
        "there is no side «left»",
    ):
        assert any(each.startswith(said) for each in told), (said, told)
