"""Notes for the site's logs, written after a command has done its work."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from engine.errors import KursdelingError
from engine.log import configure
from engine.service.mail.verdict import MailOutcome
from engine.service.site import Site
from engine.store.mail_in import inbox


class Note(Struct, frozen=True, kw_only=True):
    """One thing that happened: its ids, and what is personal about it."""

    what: str
    ids: Mapping[str, Any]
    personal: Mapping[str, Any] = field(default_factory=dict)


def noted(site: Site, notes: Iterable[Note]) -> None:
    """Write the notes to the site's logs; a log that cannot be written stops nothing."""
    try:
        with configure(site.folder) as log:
            for note in notes:
                log.event(note.what, **note.ids)
                if note.personal:
                    log.personal(note.what, **note.ids, **note.personal)
    except (OSError, KursdelingError) as error:
        print(f"log: {error}", file=sys.stderr)


def mail_notes(site: Site, outcomes: Iterable[MailOutcome]) -> Iterator[Note]:
    """A note on each message that was judged; read only when it is written."""
    with site.database.reading() as tx:
        for each in outcomes:
            yield Note(
                what="mail.judged",
                ids={"mail": each.mail, "verdict": each.verdict, "request": each.request},
                personal={"sender": inbox.get(tx, each.mail).sender},
            )


def letters_note(counted: Mapping[str, int]) -> Note:
    """A note on letters that were handed over."""
    return Note(what="letters.delivered", ids={"letters": dict(counted)})
