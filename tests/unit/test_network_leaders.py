"""Who takes over a network, as leaders and secretaries write it in both written standards."""

from __future__ import annotations

import pytest

from engine.domain.networks.leaders import leaves, successor_in

WRITER, NEW = "bodil@fonna.example", "kari@stord.example"


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Ny leiar er Kari Nordmann.", "Kari Nordmann", ""),
        (f"Ny leder for nettverket er Kari Nordmann ({NEW}).", "Kari Nordmann", NEW),
        ("Eg er ikkje lenger leiar, Kari tek over.", "Kari", ""),
        ("Jeg er ikke lenger leder. Kari Nordmann overtar.", "Kari Nordmann", ""),
        (f"Hei! Kari Nordmann tek over etter meg.\n{NEW}", "Kari Nordmann", NEW),
        ("Kari Nordmann blir ny leiar frå nyttår.", "Kari Nordmann", ""),
        ("Eg har slutta som leiar, og Kari Nordmann har teke over.", "Kari Nordmann", ""),
        (f"Ny leiar frå 1. januar: Kari Nordmann, {NEW}", "Kari Nordmann", NEW),
        (f"Vi har fått ny leder: {NEW}", "", NEW),
        ("Bodil har slutta. Eg tek over som leiar.", "", WRITER),
        ("Jeg er ny leder for nettverket.", "", WRITER),
        ("I am no longer leader, Kari Nordmann takes over.", "Kari Nordmann", ""),
    ],
)
def test_who_takes_over_is_read(text: str, name: str, address: str) -> None:
    found = successor_in(text, WRITER, ())
    assert found is not None
    assert (found.name, found.address) == (name, address)


@pytest.mark.parametrize(
    "text",
    [
        "Kven blir ny leiar?",
        "Vi har ikkje fått ny leiar enno.",
        "Kanskje Kari tek over som leiar.",
        "Kommunen tek over ansvaret for kurset.",
        "Rapporten kjem neste veke.",
        "Leiaren er på ferie.",
        "Dersom Kari blir ny leiar, melder vi frå.",
        "Eg er ikkje lenger leiar for nettverket. Ta kontakt med kommunen om kven som tek over.",
        "Skal Kari ta over som leiar?",
    ],
)
def test_nobody_takes_over_by_a_doubt_or_a_question(text: str) -> None:
    assert successor_in(text, WRITER, ()) is None


@pytest.mark.parametrize(
    "text",
    [
        "Eg er ikkje lenger leiar.",
        "Jeg har sluttet som leder.",
        "Eg går av som leiar ved nyttår.",
        "I am no longer the leader.",
    ],
)
def test_that_somebody_leaves_is_read(text: str) -> None:
    assert leaves(text)
    assert successor_in(text, WRITER, ()) is None


@pytest.mark.parametrize("text", ["Eg er sjukmeld.", "Leiaren er ikkje her i dag."])
def test_absence_is_no_leaving(text: str) -> None:
    assert not leaves(text)
