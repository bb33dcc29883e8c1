"""Forms in attached Word documents move requests, and attachments are kept by their content."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.errors import NotFoundError
from engine.store.mail_in import attachments
from tests.integration.office import FORM, OURS, OWNER, SERVER, SUBJECT, Office, new_office
from tests.unit.docx_cases import document, table


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def mail(
    office: Office, attached: Mapping[str, bytes], *, body: str = "Se vedlegg.", more: str = ""
) -> bytes:
    office.written += 1
    parts = "".join(
        f"--x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; "
        f'filename="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{base64.encodebytes(content).decode()}\r\n"
        for name, content in attached.items()
    )
    return (
        f"Authentication-Results: {SERVER}; dmarc=pass header.from=si.example\r\n"
        f"From: <{OWNER}>\r\nTo: <{OURS}>\r\nSubject: {SUBJECT}\r\n"
        f"Message-ID: <d{office.written}@si.example>\r\n{more}"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n{parts}--x--\r\n"
    ).encode()


def form(**changes: str) -> bytes:
    wanted = FORM | {key.replace("_", " "): value for key, value in changes.items()}
    return document(table(wanted.items()))


def kept(office: Office, number: int) -> list[tuple[str, str]]:
    with office.site.database.reading() as tx:
        return [(row.name, row.type) for row in attachments.of_mail(tx, number)]


def test_a_complete_form_in_a_document_is_enough_to_be_submitted(office: Office) -> None:
    outcome = office.take(mail(office, {"skjema.docx": form()}))

    assert (outcome.verdict, office.state(outcome.request)) == ("opened", "submitted")


def test_a_corrected_document_corrects_and_an_unchanged_one_does_nothing(office: Office) -> None:
    opened = office.take(mail(office, {"skjema.docx": form(Tidsbruk="")}))
    assert office.state(opened.request) == "draft"
    reply = f"In-Reply-To: {office.last(OWNER).message_id}\r\n"

    corrected = office.take(mail(office, {"skjema.docx": form()}, more=reply))
    reply = f"In-Reply-To: {office.last(OWNER).message_id}\r\n"
    again = office.take(mail(office, {"skjema.docx": form()}, body="STATUS", more=reply))

    assert corrected.verdict == "fired"
    assert office.state(opened.request) == "submitted"
    assert (again.verdict, again.events) == ("answered", ())


def test_attachments_are_kept_once_by_their_content(office: Office) -> None:
    script = b"MZ\x00not to be run"
    first = office.take(mail(office, {"../../etc/passwd": script, "a.docx": form()}))
    second = office.take(mail(office, {"bilde.png": script}))

    assert kept(office, first.mail) == [
        ("passwd", "application/x-msdownload"),
        (
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ]
    assert kept(office, second.mail) == [("bilde.png", "application/x-msdownload")]
    with office.site.database.transaction() as tx:
        rows = attachments.of_mail(tx, second.mail)
        assert attachments.content_of(tx, rows[0].sha256) == script
        attachments.forget(tx, second.mail)
        assert attachments.content_of(tx, rows[0].sha256) == script
        attachments.forget(tx, first.mail)
        with pytest.raises(NotFoundError):
            attachments.content_of(tx, rows[0].sha256)
