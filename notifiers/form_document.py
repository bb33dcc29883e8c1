"""A form as a Word document: a table to fill in, and to send back as an attachment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from engine.domain.word_file import LANGUAGE_TAGS, mark_heading_row, repacked
from engine.model import Language
from engine.wording.catalogue import say

if TYPE_CHECKING:
    from docx.table import Table

_STYLES: Final = (
    "Normal", "Heading1", "Heading1Char", "DefaultParagraphFont", "TableNormal", "TableGrid",
    "NoList",
)  # fmt: skip
_UNWANTED: Final = ("/thumbnail", "/stylesWithEffects", "/customXml", "/numbering")
"""Parts of python-docx's blank document that a form does without."""
_LABEL_WIDTH: Final = 5.5
_VALUE_WIDTH: Final = 11.0


def file_name(number: str, language: Language) -> str:
    """Return what the attached form is called: «skjema-KD-2026-0001.docx»."""
    return (
        "-".join(part for part in (say("form_document.names", language), number) if part) + ".docx"
    )


def course_form(
    rows: Sequence[Mapping[str, str]], about: str, language: Language, at: datetime, note: str = ""
) -> bytes:
    """Return the form as a .docx; `rows` are `label` and `value`, a value of several lines too.

    The same arguments give the same bytes: the document is dated `at`, an aware instant, and its
    parts as old as a zip archive can be.
    """
    title = say("form_document.titles", language, about=about)
    document = docx.Document(BytesIO(_blank(language)))
    known = document.core_properties
    known.title = title
    known.created = known.modified = at.astimezone(UTC).replace(tzinfo=None)
    document.add_heading(title, level=1)
    document.add_paragraph(f"{say('form_document.how', language)} {note}".strip())
    _fill(document.add_table(rows=len(rows) + 1, cols=2, style="Table Grid"), rows, language)
    content = BytesIO()
    document.save(content)
    return repacked(content.getvalue())


@cache
def _blank(language: Language) -> bytes:
    """An empty document in `language`, with the few styles that a form needs."""
    document = docx.Document()
    known = document.core_properties
    known.author, known.language, known.revision = "Kursdeling", LANGUAGE_TAGS[language], 1
    known.comments = known.last_modified_by = ""
    styles = document.styles.element
    for tag in styles.iter(qn("w:lang")):
        tag.set(qn("w:val"), LANGUAGE_TAGS[language])
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _STYLES:
            styles.remove(style)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(11)
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, each in relations.items() if each.reltype.endswith(_UNWANTED)]:
            del relations[name]
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _fill(table: Table, rows: Sequence[Mapping[str, str]], language: Language) -> None:
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Cm(_LABEL_WIDTH), Cm(_VALUE_WIDTH)
    mark_heading_row(table)
    for cell, name in zip(table.rows[0].cells, ("point", "answer"), strict=True):
        cell.paragraphs[0].add_run(say(f"form_document.{name}", language)).bold = True
    for row, line in zip(rows, list(table.rows)[1:], strict=True):
        label, value = line.cells
        label.paragraphs[0].add_run(row["label"]).bold = True
        first, *others = row["value"].split("\n")
        value.paragraphs[0].add_run(first)
        for other in others:
            value.add_paragraph(other)
