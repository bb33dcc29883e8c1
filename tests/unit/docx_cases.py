"""Word documents made by hand, as small as they can be, for the tests of attached forms."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MIXED = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def document(body: str, *, before: str = "") -> bytes:
    """A document with `body` as the XML inside its body."""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{before}'
        f'<w:document xmlns:w="{WORD}" xmlns:mc="{MIXED}"><w:body>{body}</w:body></w:document>'
    )
    return packed({"word/document.xml": xml.encode()})


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The files in a zip archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, mark: str = "") -> str:
    """One paragraph; `mark` is XML for the properties of its run."""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f'<w:p><w:r>{marked}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: Iterable[tuple[str, str]]) -> str:
    """A table with a label and a value in each row."""
    return "<w:tbl>{}</w:tbl>".format(
        "".join(
            f"<w:tr><w:tc>{paragraph(label)}</w:tc><w:tc>{paragraph(value)}</w:tc></w:tr>"
            for label, value in rows
        )
    )
