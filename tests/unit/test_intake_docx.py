"""A course form in an attached Word document: read like one in the body, and never trusted."""

from __future__ import annotations

import base64
import sys
import time
import zipfile

import pytest

from engine.intake import IntakeRules, read
from engine.intake.files import docx
from tests.unit.docx_cases import document, packed, paragraph, table

LIMIT = 2.0 if sys.gettrace() is None else 6.0
"""Seconds of CPU; a tracer, as coverage's, makes everything slower."""
FORM = (
    ("Fullt navn på kurset", "Fallforebygging"),
    ("Kursets kortnavn", "SI-FALL1"),
    ("Kursbeskrivelse", "Mål: Kan forebygge. Innhold: Tre moduler. Målgrupper: Alle"),
)


def mail(*attached: bytes, body: str = "Se vedlegget.", more: str = "") -> bytes:
    parts = "".join(
        "--x\r\nContent-Type: application/octet-stream; name=skjema.docx\r\n"
        "Content-Disposition: attachment; filename=skjema.docx\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(each).decode()}\r\n"
        for each in attached
    )
    return (
        f"From: a@si.example\r\nSubject: Deling\r\nMessage-ID: <a@si.example>\r\n{more}"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n{parts}--x--\r\n"
    ).encode()


def fields(*attached: bytes, body: str = "Se vedlegget.", more: str = "") -> dict[str, str]:
    return dict(read(mail(*attached, body=body, more=more), IntakeRules()).fields)


def test_a_form_in_a_table_is_read_like_one_in_the_body() -> None:
    assert fields(document(table(FORM))) == {
        "full_name": "Fallforebygging",
        "short_name": "SI-FALL1",
        "goal": "Kan forebygge.",
        "content": "Tre moduler.",
        "audience": "Alle",
    }


def test_a_form_in_lines_is_read_too() -> None:
    lines = "".join(paragraph(f"{label}: {value}") for label, value in FORM)

    assert fields(document(lines))["short_name"] == "SI-FALL1"


def test_a_value_may_go_on_over_several_paragraphs() -> None:
    row = (
        f"<w:tbl><w:tr><w:tc>{paragraph('Kurssammendrag')}</w:tc>"
        f"<w:tc>{paragraph('Kort kurs.')}{paragraph('To kvelder.')}</w:tc></w:tr></w:tbl>"
    )

    assert fields(document(row)) == {"summary": "Kort kurs. To kvelder."}


def test_what_the_sender_writes_goes_before_what_is_attached() -> None:
    found = read(mail(document(table(FORM)), body="Kursets kortnavn: SI-NY"), IntakeRules())

    assert (found.fields["short_name"], found.fields["full_name"]) == ("SI-NY", "Fallforebygging")
    assert "short_name" not in found.attached_fields


def test_the_first_document_that_holds_a_form_counts() -> None:
    minutes = document(paragraph("Referat fra møtet"))
    other = document(table((("Kursets kortnavn", "SI-ANNET"),)))

    assert fields(minutes, document(table(FORM)), other)["short_name"] == "SI-FALL1"
    assert fields(minutes, minutes, other) == {}


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Kursets kortnavn: SKJULT", mark="<w:vanish/>"),
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{paragraph('Kursets kortnavn: X')}</w:sdt>",
        f"<mc:Fallback>{paragraph('Kursets kortnavn: X')}</mc:Fallback>",
        f"<w:del>{paragraph('Kursets kortnavn: X')}</w:del>",
        "<w:p><w:r><w:instrText>Kursets kortnavn: X</w:instrText></w:r></w:p>",
    ],
    ids=["hidden", "placeholder", "second version", "deleted", "instruction"],
)
def test_what_word_does_not_show_is_not_read(body: str) -> None:
    assert fields(document(body)) == {}


def test_text_that_is_no_longer_hidden_is_read() -> None:
    shown = paragraph("Kursets kortnavn: SI-1", mark='<w:vanish w:val="0"/>')
    mark = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
    ended = paragraph("Kursets kortnavn: SI-1").replace("<w:p>", f"<w:p>{mark}")

    assert fields(document(shown)) == fields(document(ended)) == {"short_name": "SI-1"}


def test_commands_in_a_document_are_nothing() -> None:
    found = read(mail(document(paragraph("GODTATT"))), IntakeRules(words=frozenset({"GODTATT"})))

    assert "GODTATT" not in found.own_text + found.text
    assert found.fields == {}


def test_machine_mail_has_no_form() -> None:
    assert fields(document(table(FORM)), more="Auto-Submitted: auto-replied\r\n") == {}


ENTITIES = '<!DOCTYPE w [<!ENTITY a "Kursets kortnavn: X"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 word/",
        packed({"word/annet.xml": b"<a/>"}),
        packed({"word/document.xml": b"<w:document"}),
        packed({"word/document.xml": b"\x00" * 100_000_000}),
        packed({"word/document.xml": b"<a/>"}, zipfile.ZIP_BZIP2),
        packed({"word/document.xml": b"<a/>"}, zipfile.ZIP_LZMA),
        document(paragraph("&b;").replace("&amp;", "&"), before=ENTITIES),
        document("<w:p>", before='<!DOCTYPE w SYSTEM "file:///etc/passwd">'),
        document(table(FORM))[:-40],
        document(table(FORM)).replace(b"PK\x01\x02", b"PK\x01\x03"),
        b"PK\x03\x04 word/" + b"a" * docx.MAX_FILE,
    ],
    ids=[
        "empty", "only the mark", "no document", "cut", "bomb", "bzip2", "lzma", "entities",
        "external", "no end", "no directory", "huge",
    ],
)  # fmt: skip
def test_what_is_damaged_or_dangerous_says_nothing_and_takes_no_time(content: bytes) -> None:
    started = time.process_time()

    assert docx.text(content) == ""
    assert time.process_time() - started < LIMIT


def test_every_byte_turned_is_survived() -> None:
    whole = document(table(FORM))
    for place in range(0, len(whole), 3):
        turned = bytearray(whole)
        turned[place] ^= 0xFF
        docx.text(bytes(turned))


def test_the_largest_document_takes_less_than_two_seconds() -> None:
    heavy = document("<w:p/>" * (docx.MAX_XML // 7))
    started = time.process_time()

    docx.text(heavy)

    assert time.process_time() - started < LIMIT
