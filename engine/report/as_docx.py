"""A document as a Word file, with real headings, tables with a heading row, and its language."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

import docx as word_files
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from engine.domain.word_file import LANGUAGE_TAGS, mark_heading_row, repacked
from engine.report.document import (
    Bars,
    Block,
    Document,
    Heading,
    Paragraph,
    Points,
    Quotes,
    Table,
)

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table as WordTable

_WIDTH, _NUMBER_WIDTH = 15.2, 2.2
"""Of a page between its margins, and of a column of numbers, in centimetres."""
_DARK: Final = (0x1F, 0x23, 0x28)


def docx(document: Document, at: datetime) -> bytes:
    """The file; the same document and the same aware instant give the same bytes.

    Pictures are left out, since a table gives their numbers.
    """
    word = _blank(document, at)
    word.add_heading(document.title, level=1)
    for block in document.blocks:
        _add(word, block)
    content = BytesIO()
    word.save(content)
    return repacked(content.getvalue())


def _blank(document: Document, at: datetime) -> Word:
    word = word_files.Document()
    known = word.core_properties
    known.title, known.author, known.comments = document.title, "Kursdeling", ""
    known.language, known.revision = LANGUAGE_TAGS[document.language], 1
    known.created = known.modified = at.astimezone(UTC).replace(tzinfo=None)
    for tag in word.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), LANGUAGE_TAGS[document.language])
    for name, size in (("Normal", 11), ("Heading 1", 18), ("Heading 2", 14)):
        font = word.styles[name].font
        font.name, font.size, font.color.rgb = "Arial", Pt(size), RGBColor(*_DARK)
    for name in ("Heading 1", "Heading 2"):
        # The template's headings are set in the theme's own face, which goes before a name.
        for fonts in word.styles[name].element.iter(qn("w:rFonts")):
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
    return word


def _add(word: Word, block: Block) -> None:
    match block:
        case Heading(text=text):
            word.add_heading(text, level=2)
        case Paragraph(text=text):
            word.add_paragraph(text)
        case Points(items=items):
            for item in items:
                word.add_paragraph(item, style="List Bullet")
        case Quotes(items=items):
            _add_quotes(word, items)
        case Table():
            _add_table(word, block)
        case Bars():
            return


def _add_quotes(word: Word, items: tuple[tuple[str, str], ...]) -> None:
    for who, text in items:
        if who:
            word.add_paragraph(f"{who}:").paragraph_format.keep_with_next = True
        word.add_paragraph(text, style="Quote")


def _add_table(word: Word, block: Table) -> None:
    caption = word.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(block.caption).bold = True
    table = word.add_table(rows=1, cols=len(block.header), style="Table Grid")
    mark_heading_row(table)
    table.autofit = False
    for column, width in zip(table.columns, _widths(block), strict=True):
        column.width = Cm(width)
    _fill(table, 0, block.header, block, bold=True)
    for row in block.rows:
        table.add_row()
        _fill(table, len(table.rows) - 1, row, block, bold=False)
    word.add_paragraph()


def _fill(table: WordTable, row: int, texts: tuple[str, ...], block: Table, *, bold: bool) -> None:
    widths = _widths(block)
    for place, (cell, text) in enumerate(zip(table.rows[row].cells, texts, strict=True)):
        cell.width = Cm(widths[place])
        paragraph = cell.paragraphs[0]
        paragraph.add_run(text).bold = bold
        if place >= block.numbers_from:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _widths(block: Table) -> list[float]:
    """How wide each column is, in centimetres: words share what the numbers leave."""
    numbers = len(block.header) - block.numbers_from
    words = (_WIDTH - numbers * _NUMBER_WIDTH) / block.numbers_from
    return [words] * block.numbers_from + [_NUMBER_WIDTH] * numbers
