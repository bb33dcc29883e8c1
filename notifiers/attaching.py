"""The files that go with a letter: what it is about, and the form that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.domain import word_file
from engine.ports import Envelope
from notifiers import marks
from notifiers.message import Attachment


def attachments(
    envelope: Envelope,
    marked: str,
    parts: Sequence[tuple[str, Mapping[str, Any]]],
) -> Iterator[Attachment]:
    """Yield the files for a letter of that marked text.

    `parts` are the letter's own appendix and context, then those of the letters folded into it:
    the form goes with it where an appendix marks it as one to fill in.
    """
    from notifiers import form_document, network_documents

    language = envelope.language
    for file in envelope.files:
        yield Attachment(name=file.name, type=file.type, content=file.content)
    asking = next((context for appendix, context in parts if marks.FORM in appendix), None)
    if asking is not None:
        yield Attachment(
            name=form_document.file_name(envelope.number, language),
            type=word_file.TYPE,
            content=form_document.course_form(
                asking["form"], asking["title"], language, envelope.date
            ),
        )
    yield from network_documents.network_forms(envelope, parts)
