"""Attachments of stored messages: their content by its hash, their names only for showing."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from engine.errors import NotFoundError
from engine.store.database import Row, Transaction
from engine.store.seals import sealed


class AttachmentRow(Struct, frozen=True, kw_only=True):
    """One attachment; `type` is what its first bytes say, `size` is in bytes."""

    sha256: str
    name: str
    type: str
    size: int


def keep(tx: Transaction, mail: int, found: Iterable[tuple[AttachmentRow, bytes]]) -> None:
    """Keep what came along with the message, in order; what is kept already stays as it is."""
    wanted = tuple(found)
    if not wanted or of_mail(tx, mail):
        return
    for place, (row, content) in enumerate(wanted, 1):
        tx.run(
            "attachment_insert",
            {"sha256": row.sha256, "type": row.type, "size": row.size, "content": content},
        )
        tx.run(
            "attached_insert",
            {"inbox": mail, "place": place, "sha256": row.sha256, "name": row.name},
        )
    places = [
        {"place": place, "sha256": row.sha256, "name": row.name}
        for place, (row, _) in enumerate(wanted, 1)
    ]
    tx.run("mail_seal_attached", {"of_mail": mail, "digest": digest_of(places)})


def digest_of(rows: Iterable[Row]) -> str:
    """The digest of what came along with one message, in order; empty where nothing did."""
    values = [row[name] for row in rows for name in ("place", "sha256", "name")]
    return sealed(values) if values else ""


def of_mail(tx: Transaction, mail: int) -> tuple[AttachmentRow, ...]:
    """What came along with the message, in order."""
    return tuple(
        AttachmentRow(sha256=row["sha256"], name=row["name"], type=row["type"], size=row["size"])
        for row in tx.all("attached_of_mail", {"of_mail": mail})
    )


def content_of(tx: Transaction, sha256: str) -> bytes:
    """The content with that hash; NotFoundError when none is kept."""
    row = tx.one("attachment_content", {"sha256": sha256})
    if row is None:
        raise NotFoundError(f"there is no attachment {sha256}")
    return bytes(row["content"])


def forget(tx: Transaction, mail: int) -> None:
    """Remove what came along with the message, and contents that came with no other one."""
    tx.run("attached_forget", {"of_mail": mail})
    tx.run("attachments_forget")
    tx.run("mail_seal_attached", {"of_mail": mail, "digest": ""})
