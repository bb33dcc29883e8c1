"""Where a site's mail comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from config.settings import Settings
from engine.app.logging_in import tokens_for
from engine.intake.reading import IntakeRules
from engine.ports import Mailbox

if TYPE_CHECKING:
    from engine.mailbox.imap import ImapMailbox


def mailboxes(settings: Settings) -> Sequence[Mailbox]:
    """The mailboxes that are read in every pass, not yet opened."""
    return (imap_mailbox(settings),) if settings.imap.host else ()


def imap_mailbox(settings: Settings) -> ImapMailbox:
    """The IMAP mailbox that the settings name, not yet opened."""
    from engine.mailbox.imap import ImapAccess, ImapMailbox

    imap = settings.imap
    return ImapMailbox(
        ImapAccess(
            host=imap.host,
            port=imap.port,
            security=imap.security,
            user=imap.user,
            password=imap.password,
            token=tokens_for(imap),
            ca=imap.ca,
            folder=imap.folder,
            handled=imap.handled,
            rejected=imap.rejected,
            largest=IntakeRules().max_bytes,
            beside=settings.mail.mode == "beside",
        )
    )
