"""The roll-up is a draft until it is locked, sent once as it was locked, and then supplemented."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.domain.networks.network_report import Contents
from engine.errors import RefusedError
from engine.intake.files.docx import text
from engine.report.rollup import record_of
from engine.service.letters.posting import envelope_of
from engine.service.networks.cycle_commands import Document, Errand, deliver, open_year, read_in
from engine.service.networks.rollup import send, view
from engine.service.time.sweep import sweep
from tests.integration.network_office import ANNA, BODIL, FOUSAM, SU, line, network_office
from tests.integration.office import COORDINATOR, Office

JANUARY = datetime(2027, 1, 20, 8, tzinfo=UTC)
FEBRUARY = datetime(2027, 2, 22, 8, tzinfo=UTC)
REPORT = "\n".join(
    [
        "Nettverk: {network}",
        "Rapport for år: 2026",
        "Tiltak: Kurs",
        "Satsingsområde: Tidleg innsats",
        "Status: Utført",
        "Avvik: 3",
        "Forbetringsforslag: Felles opplæring éin gong i året.",
    ]
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = network_office(tmp_path / "site")
    made.at = datetime(2027, 1, 2, 8, tzinfo=UTC)
    sweep(made.site, made.at)
    made.at = JANUARY
    return made


def laid_in(office: Office, network: str, who: str, content: bytes, name: str = "r.txt") -> None:
    errand = Errand(network=network, kind="report", year=2026, email=who, at=office.at)
    deliver(office.site, errand, Document(name=name, content=content))


def filled_in(network: str) -> bytes:
    return REPORT.format(network=network).encode()


def attached(office: Office, template: str) -> tuple[str, str]:
    """The name and the words of the Word file in the newest such letter to SU."""
    row = [each for each in office.letters(SU) if each.template == template][-1]
    raw = office.site.letters.render(envelope_of(row))
    message = email.message_from_bytes(raw, policy=email.policy.default)
    (part,) = [each for each in message.iter_attachments() if each.get_filename()]
    content = part.get_content()
    assert isinstance(content, bytes)
    return str(part.get_filename()), text(content)


def sent_in_february(office: Office) -> str:
    laid_in(office, "Kreft", BODIL, filled_in("Kreft"))
    office.at = FEBRUARY
    sweep(office.site, office.at)
    return send(office.site, 2026, office.at).number


def test_a_draft_follows_what_is_delivered(office: Office) -> None:
    before = record_of(view(office.site, 2026).rollup)
    assert (before["in_time"], before["late"], before["missing"]) == (0, 0, 3)
    laid_in(office, "Kreft", BODIL, filled_in("Kreft"))
    laid_in(office, "Demens", ANNA, b"%PDF-1.7 \x00", "rapport.pdf")
    after = record_of(view(office.site, 2026).rollup)
    assert (after["in_time"], after["missing"], after["unread"]) == (2, 1, ["Demens"])
    assert after["deviations"] == 3
    errand = Errand(network="Demens", kind="report", year=2026, email=FOUSAM, at=office.at)
    read_in(office.site, errand, Contents(kind="report", no_activity=True))
    read = record_of(view(office.site, 2026).rollup)
    assert read["unread"] == []
    assert read["priority_areas"][0] == {
        "name": "Tidleg innsats", "total": 1, "done": 1, "partly": 0, "not_done": 0, "unknown": 0,
    }  # fmt: skip


def test_it_is_not_sent_before_it_is_built(office: Office) -> None:
    with pytest.raises(RefusedError) as early:
        send(office.site, 2026, office.at)
    assert [reason.code for reason in early.value.reasons] == ["not_possible_in_state"]
    with pytest.raises(RefusedError) as unknown:
        send(office.site, 2024, office.at)
    assert [reason.code for reason in unknown.value.reasons] == ["rollup_not_open"]


def test_it_is_sent_as_it_was_locked_whatever_comes_later(office: Office) -> None:
    number = sent_in_february(office)
    assert office.state(number) == "sent"
    name, words = attached(office, "rollup_sent")
    assert name == "samlerapport-2026.docx"
    assert "3 nettverk var aktive 31. desember 2026: 1 leverte i tide, 0 leverte for seint" in words
    laid_in(office, "Demens", ANNA, filled_in("Demens"))
    assert attached(office, "rollup_sent") == (name, words)
    assert record_of(view(office.site, 2026).rollup)["missing"] == 2


def test_what_comes_later_is_a_supplement_with_a_number(office: Office) -> None:
    sent_in_february(office)
    with pytest.raises(RefusedError) as nothing:
        send(office.site, 2026, office.at)
    assert [reason.code for reason in nothing.value.reasons] == ["nothing_to_supplement"]
    for number, network in enumerate(("Demens", "Rehabilitering"), start=1):
        office.later(days=3)
        sweep(office.site, office.at)
        laid_in(office, network, ANNA, filled_in(network))
        sent = send(office.site, 2026, office.at)
        assert (sent.supplement, sent.networks, sent.events) == (number, (network,), ())
        name, words = attached(office, "rollup_supplement")
        assert name == f"samlerapport-2026-tillegg-{number}.docx"
        assert network in words
        assert "Kreft" not in words
    report = line(office, 2026, "report", "Demens").report
    assert report is not None
    assert report.state == "received"


def test_sums_that_do_not_add_up_keep_it_from_being_locked(office: Office) -> None:
    laid_in(office, "Kreft", BODIL, filled_in("Kreft") + b"\nTal p\xc3\xa5 tiltak: 9")
    office.at = FEBRUARY
    sweep(office.site, office.at)
    assert [reason.code for reason in view(office.site, 2026).faults] == ["rollup_totals_differ"]
    with pytest.raises(RefusedError) as refused:
        send(office.site, 2026, office.at)
    assert "rollup_totals_differ" in {reason.code for reason in refused.value.reasons}


def test_a_year_without_an_opened_rollup_can_be_looked_at(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    found = view(office.site, 2026)
    assert found.request is None
    assert not found.is_locked
    assert found.rollup.count("missing") == 3
    assert open_year(office.site, 2027, office.at)


def test_a_sign_that_no_word_file_can_hold_stops_no_rollup(office: Office) -> None:
    odd = REPORT.replace("Felles", "Felles\uffff \x1b[2Jog\u202e").format(network="Kreft").encode()
    laid_in(office, "Kreft", BODIL, odd)
    office.at = FEBRUARY
    sweep(office.site, office.at)
    send(office.site, 2026, office.at)
    assert "Felles [2Jog opplæring" in attached(office, "rollup_sent")[1]


def state(office: Office) -> str:
    request = view(office.site, 2026).request
    return "" if request is None else request.state


def test_a_rollup_whose_document_cannot_be_written_is_not_sent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("no file can hold this")

    laid_in(office, "Kreft", BODIL, filled_in("Kreft"))
    office.at = FEBRUARY
    sweep(office.site, office.at)
    with monkeypatch.context() as patched:
        patched.setattr("engine.report.as_docx.docx", broken)
        with pytest.raises(RefusedError) as refused:
            send(office.site, 2026, office.at)
    assert [each.code for each in refused.value.reasons] == ["document_unwritable"]
    assert state(office) != "sent"
    assert not [each for each in office.letters(SU) if each.template == "rollup_sent"]
    send(office.site, 2026, office.at)
    assert state(office) == "sent"


def test_a_draft_whose_document_cannot_be_written_is_built_the_day_after(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("no file can hold this")

    laid_in(office, "Kreft", BODIL, filled_in("Kreft"))
    office.at = FEBRUARY
    with monkeypatch.context() as patched:
        patched.setattr("engine.report.as_docx.docx", broken)
        assert sweep(office.site, office.at).refused
    assert state(office) == "open"
    assert not [each for each in office.letters(FOUSAM) if each.template == "rollup_draft"]
    (told,) = [each for each in office.letters(COORDINATOR) if each.template == "escalation"]
    assert "no file can hold this" in str(told.variables["extra"]["held_back"])
    office.later(days=1)
    sweep(office.site, office.at)
    assert state(office) == "draft"
    assert [each for each in office.letters(FOUSAM) if each.template == "rollup_draft"]


def test_a_letter_that_cannot_be_written_is_named_by_its_template(office: Office) -> None:
    row = office.letters(BODIL)[-1]
    nameless = replace(row, subject=None, template="no_such_letter")
    assert nameless.told_subject.startswith("no_such_letter [")
