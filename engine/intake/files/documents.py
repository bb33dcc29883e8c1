"""What an attached document says, by whichever reader knows its kind."""

from __future__ import annotations

from engine.intake.files import docx, spreadsheet
from engine.plain import plain


def text_of(name: str, kind: str, content: bytes) -> str | None:
    """The document's lines; None for a kind that nobody reads, empty for one that is damaged."""
    ending = name.casefold().rpartition(".")[2]
    if kind == docx.WORD or ending == "docx":
        return docx.text(content)
    if kind == spreadsheet.EXCEL or ending == "xlsx":
        return spreadsheet.xlsx(content)
    if kind == "text/csv" or ending == "csv":
        return spreadsheet.rows_of_csv(content)
    return plain(content.decode("utf-8-sig", "replace")) if kind == "text/plain" else None
