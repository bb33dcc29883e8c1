"""What the letter that is answered tells of a reply: whose words are whose (INTERFACE §5.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.store.cases.requests import load_request
from tests.integration.office import OURS, OWNER, PLATFORM, Office, new_office

NOTE = (
    "Vi trenger riktig tidsbruk.\n\nLisens: CC0 1.0\n"
    "Produsert av: Testperson Omega, konsulent, Avdeling X, Ahus\n"
    "Fullt navn på kurset: Et annet kurs"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def quoted(text: str, marks: str) -> str:
    """The letter as an e-mail program repeats it."""
    if not marks:
        return (
            f"Fra: Kursdeling <{OURS}>\nSendt: mandag 7. september 2026 10:00\nEmne: SV\n\n{text}"
        )
    lines = "\n".join(f"{marks}{line}".rstrip() for line in text.split("\n"))
    return f"Den 7. sep. 2026 kl. 10:00 skrev Kursdeling <{OURS}>:\n{lines}"


def incomplete(office: Office) -> tuple[str, str]:
    """A request that the platform wants more of, and the letter that says so."""
    number = office.open()
    office.reply(PLATFORM, "MOTTATT")
    office.reply(PLATFORM, f"MANGLER: {NOTE}")
    return number, office.text(OWNER)


def form_of(office: Office, number: str) -> dict[str, str]:
    """The form as the request holds it."""
    with office.site.database.reading() as tx:
        request = load_request(tx, number)
        assert request is not None
        return dict(request.form)


@pytest.mark.parametrize("marks", ["> ", ">", ""])
def test_another_persons_words_in_our_letter_are_nobodys_correction(
    office: Office, marks: str
) -> None:
    number, letter = incomplete(office)
    before = form_of(office, number)

    office.reply(OWNER, f"Tidsbruk: 60 minutter\n\n{quoted(letter, marks)}")

    after = form_of(office, number)
    assert {name for name in after if after[name] != before.get(name)} == {"time_needed"}


@pytest.mark.parametrize("marks", ["> ", ""])
def test_a_row_of_the_form_that_is_filled_in_inside_the_quote_counts(
    office: Office, marks: str
) -> None:
    number, letter = incomplete(office)
    before = form_of(office, number)

    filled = letter.replace("Tidsbruk: 45 min", "Tidsbruk: 60 minutter")
    assert filled != letter
    office.reply(OWNER, f"Hei, rettet i skjemaet.\n\n{quoted(filled, marks)}")

    after = form_of(office, number)
    assert {name for name in after if after[name] != before.get(name)} == {"time_needed"}
    assert "60" in after["time_needed"]


def test_our_letter_without_marks_below_a_strange_line_is_none_of_the_opinion(
    office: Office,
) -> None:
    number, letter = incomplete(office)

    outcome = office.reply(OWNER, f"SEND\n\nKursdeling 07.09.2026 10:00\n\n{letter}")

    assert [event for event, *_ in outcome.events][:1] == ["resubmit"]
    assert number == outcome.request


@pytest.mark.parametrize(
    "quote",
    [
        "\n".join(f"> {line}" for line in NOTE.split("\n")),
        "> Produsert av: Testperson Omega, konsulent, Avdeling X, Ahus\nDette er vi ikke enige i.",
        "On Monday Kursdeling wrote:\n> Produsert av: Testperson Omega,\n> konsulent, Avdeling X",
    ],
)
def test_a_note_that_is_quoted_by_itself_is_nobodys_correction_either(
    office: Office, quote: str
) -> None:
    number, _ = incomplete(office)
    before = form_of(office, number)

    office.reply(OWNER, f"Tidsbruk: 60 minutter\n\n{quote}")

    after = form_of(office, number)
    assert {name for name in after if after[name] != before.get(name)} == {"time_needed"}


def test_a_reply_that_costs_too_much_to_compare_is_unreadable_and_its_writer_is_told(
    office: Office,
) -> None:
    number = office.open()
    office.reply(PLATFORM, "MOTTATT")
    note = "\n".join(f"Punkt {n} om noe som må rettes i teksten" for n in range(6_000))
    office.reply(PLATFORM, f"MANGLER: {note}")
    assert len(office.text(OWNER)) > 200_000
    lines = "\n".join(f"Ikke {n} noe som står i teksten fra dere" for n in range(9_900))

    outcome = office.reply(OWNER, f"TREKK\n{lines}")

    assert outcome.verdict == "unreadable"
    assert office.state(number) == "incomplete"
    assert office.last(OWNER).template == "not_acted"
