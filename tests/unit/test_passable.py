"""Only what is what its name says, and runs nothing, may go along with a letter."""

from __future__ import annotations

import io
import zipfile

from engine.intake.files.passable import MOST, passable, plain_name
from tests.rows import each_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
DOCUMENT = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}


def archive(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in entries.items():
            found.writestr(name, content)
    return made.getvalue()


def relation(kind: str) -> bytes:
    return (
        f'<Relationship Type="x/{kind}" Target="https://a.example" TargetMode="External"/>'.encode()
    )


@each_of(
    (
        ("forside.png", PNG),
        ("Bilde.JPG", b"\xff\xd8\xff\xe0" + b"\x00" * 40),
        ("plan.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj"),
        ("tekst.txt", "Blåbær".encode()),
        ("kurs.docx", archive(DOCUMENT)),
        (
            "lenket.docx",
            archive({**DOCUMENT, "word/_rels/document.xml.rels": relation("hyperlink")}),
        ),
        ("fritt.odt", archive(ODT)),
    )
)
def test_documents_and_pictures_pass(name: str, content: bytes) -> None:
    assert passable(name, content)


@each_of(
    (
        ("html i et bilde", "forside.png", b"<html><script>alert(1)</script>"),
        ("bilde med skript bak", "forside.png", PNG + b"<script>alert(1)</script>"),
        ("program", "faktura.pdf.exe", b"MZ\x90"),
        ("program med annet navn", "faktura.pdf", b"MZ\x90"),
        ("uten ending", "forside", PNG),
        ("tom", "forside.png", b""),
        ("for stor", "forside.png", PNG + b"\x00" * MOST),
        ("html", "side.html", b"<p>Hei</p>"),
        ("html som tekst", "side.txt", b"<!DOCTYPE html><p>"),
        ("styretegn", "fil.txt", b"a\x00b"),
        ("makroer", "kurs.docx", archive({**DOCUMENT, "word/vbaProject.bin": b"x"})),
        ("innebygd", "kurs.docx", archive({**DOCUMENT, "word/embeddings/a.bin": b"x"})),
        ("henter mal", "kurs.docx",
         archive({**DOCUMENT, "word/_rels/settings.xml.rels": relation("attachedTemplate")})),
        ("stier", "kurs.docx", archive({**DOCUMENT, "../../etc/passwd": b"x"})),
        ("bombe", "kurs.docx", archive({**DOCUMENT, "word/media/a.png": b"\x00" * 70_000_000})),
        ("mange", "kurs.docx", archive(DOCUMENT | {f"word/{n}.xml": b"" for n in range(2_001)})),
        ("bare et arkiv", "kurs.docx", archive({"a.txt": b"x"})),
        ("ødelagt", "kurs.docx", archive(DOCUMENT)[:-30]),
        ("arkiv", "alt.zip", archive(DOCUMENT)),
        ("odt med makro", "fritt.odt", archive({**ODT, "Basic/script-lc.xml": b"x"})),
        ("odt som er noe annet", "fritt.odt", archive(DOCUMENT)),
        ("pdf med skript", "plan.pdf", b"%PDF-1.7 <</S /JavaScript /JS (app.alert(1))>>"),
        ("pdf med skjult skript", "plan.pdf", b"%PDF-1.7 <</S /J#61vaScript>>"),
        ("pdf som starter noe", "plan.pdf", b"%PDF-1.7 <</S /Launch /F (cmd.exe)>>"),
    )
)  # fmt: skip
def test_what_is_something_else_or_runs_does_not(what: str, name: str, content: bytes) -> None:
    assert passable(name, content) == "", what


@each_of(
    (
        ("forside.png", "forside.png"),
        ("../../etc/forside.png", "forside.png"),
        ("faktura.pdf.exe", "faktura-pdf.exe"),
        ("Skjema for \u202egnp.kurs.docx", "Skjema for gnp-kurs.docx"),
        ('a"; filename="b.exe\r\nX: y.pdf', "a- filename-b-exe-X- y.pdf"),
        ("Blåbærsyltetøy.pdf", "Blåbærsyltetøy.pdf"),
        ("x" * 500 + ".txt", "x" * 60 + ".txt"),
        (".png", "vedlegg.png"),
    )
)
def test_names_are_made_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain
