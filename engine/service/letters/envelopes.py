"""Everything that rendering and sending a letter needs, as its row has it."""

from __future__ import annotations

from msgspec.structs import replace

from engine.ports import Entry, Envelope, File
from engine.report.letter_documents import documents_of, signed_by
from engine.store.letters import LetterRow


def envelope_of(
    row: LetterRow, entries: tuple[Entry, ...] = (), files: tuple[File, ...] = ()
) -> Envelope:
    """Everything that the letter needs; `entries` are what earlier ones left in calendars, `files`
    what came along with what it tells of.
    """
    written = documents_of(row.template, row.variables, row.language, row.written_at)
    return replace(_bare(row), files=(*written, *files), entries=entries)


def _bare(row: LetterRow) -> Envelope:
    return Envelope(
        letter=row.id,
        number=row.request,
        token=row.token,
        to=row.receiver,
        role=row.role,
        language=row.language,
        template=row.template,
        variables=row.variables,
        message_id=row.message_id,
        in_reply_to=row.in_reply_to,
        references=(row.in_reply_to,) if row.in_reply_to else (),
        date=row.written_at,
        sender_name=signed_by(row.template, row.variables),
    )
