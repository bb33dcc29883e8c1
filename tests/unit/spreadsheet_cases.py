"""Workbooks made by hand, as small as they can be, for the tests of attached forms."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.unit.docx_cases import packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: Sequence[Sequence[str]], *, shared: bool = True) -> bytes:
    """A workbook of one sheet; texts shared as Excel keeps them, or each in its cell."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row if cell))
    lines = ""
    for n, row in enumerate(rows, start=1):
        cells = [_cell(texts, c, n, cell, shared=shared) for c, cell in enumerate(row) if cell]
        lines += f'<row r="{n}">{"".join(cells)}</row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    files = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet.encode()}
    if shared:
        listed = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        files["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{listed}</sst>'.encode()
    return packed(files)


def _cell(texts: list[str], column: int, row: int, text: str, *, shared: bool) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if text.isdecimal():
        return f'<c r="{place}"><v>{text}.0</v></c>'
    if shared:
        return f'<c r="{place}" t="s"><v>{texts.index(text)}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
