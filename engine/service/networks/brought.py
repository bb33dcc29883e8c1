"""The documents that a network's delivery came as, for FOUSAM's letter about it."""

from __future__ import annotations

from typing import Final

from engine.domain.word_file import TYPE
from engine.intake.files.passable import plain_name
from engine.plan.timing import NETWORK_QUESTION as QUESTION
from engine.ports import File
from engine.store.cases.yearly import NETWORKS
from engine.store.database import Transaction
from engine.store.mail_in import attachments
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow

DELIVERED: Final = "network_delivered"
MOST: Final = 5_000_000
"""How many bytes go along in one letter."""
_TYPES: Final = frozenset(
    {
        TYPE,
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/csv",
        "text/plain",
        "image/png",
        "image/jpeg",
    }
)
"""What may go along: documents that hold no program."""


def files_of(tx: Transaction, row: LetterRow) -> tuple[File, ...]:
    """What goes along with the letter: the files that it names, or what came along with the
    delivery that it tells of.
    """
    along = row.variables.get("extra", {}).get("files", ())
    if along:
        return tuple(
            File(
                name=each["name"],
                type=each["type"],
                content=attachments.content_of(tx, each["sha256"]),
            )
            for each in along
        )
    entries = row.variables.get("extra", {}).get(NETWORKS, ()) if row.template == DELIVERED else ()
    mail = str(entries[0].get("mail", "")) if entries and entries[0].get("unread") else ""
    if not mail.isdecimal():
        return ()
    found: list[File] = []
    size = 0
    for each in attachments.of_mail(tx, int(mail)):
        size += each.size
        if each.type in _TYPES and size <= MOST:
            content = attachments.content_of(tx, each.sha256)
            found.append(
                File(name=plain_name(each.name or "dokument"), type=each.type, content=content)
            )
    return tuple(found) or _words(tx, row, mail)


def _words(tx: Transaction, row: LetterRow, mail: str) -> tuple[File, ...]:
    """What stood in a mail without documents that FOUSAM has said is a delivery."""
    asked = (each for each in letters.of_request(tx, row.request) if each.template == QUESTION)
    about = (each.variables["extra"] for each in asked)
    words = next((each.get("words", "") for each in about if each.get("mail") == mail), "")
    return (File(name="tekst.txt", type="text/plain", content=words.encode()),) if words else ()
