"""What every Word file of ours shares: its type, its language, its headings' row, its bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Final

from engine.model import Language

if TYPE_CHECKING:
    from docx.table import Table

TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE_TAGS: Final[Mapping[Language, str]] = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_ZIP_BEGINS: Final = (1980, 1, 1, 0, 0, 0)


def mark_heading_row(table: Table) -> None:
    """Let a screen reader name the column of each cell, and a long table repeat its first row."""
    from docx.oxml import OxmlElement

    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - no public way to this mark
    properties.append(OxmlElement("w:tblHeader"))


def repacked(content: bytes) -> bytes:
    """Return the same parts, each as old as a zip archive can be, so that the bytes are the same
    whenever the file is made.
    """
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_BEGINS)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
