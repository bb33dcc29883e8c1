"""Where a site's mail comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from config.settings import Settings
from engine.app.logging_in import tokens_for
from engine.intake.reading import IntakeRules
from engine.ports import Mailbox
from engine.service.site import Site

if TYPE_CHECKING:
    from engine.mailbox.imap import ImapMailbox


class Listening(Protocol):
    """Something that waits for mail in a thread of its own."""

    def start(self) -> None:
        """Begin; AddressTakenError where another process has begun, SettingsError when that is
        impossible.
        """

    def stop(self) -> None:
        """End, and return when it has ended."""


def mailboxes(settings: Settings) -> Sequence[Mailbox]:
    """The mailboxes that are read in every pass, not yet opened."""
    return (_imap(settings),) if settings.imap.host else ()


def listening(site: Site, wake: Callable[[], None] = lambda: None) -> tuple[Listening, ...]:
    """Everything of the site that waits for mail, not yet started.

    `wake` is told when mail has been stored by LMTP, or something has come to a mailbox; what is
    done about it is for whoever is woken.
    """
    settings = Settings.load(site.folder)
    found: list[Listening] = []
    # Most sites never listen, and the libraries take longer to import than most commands to run.
    if settings.mail.lmtp:
        from engine.mailbox.lmtp import Listener

        found.append(Listener(settings.mail.lmtp, _stored_by(site), wake))
    if settings.imap.host:
        from engine.mailbox.watch import Watch

        found.append(Watch(lambda: _imap(settings), wake))
    return tuple(found)


def _stored_by(site: Site) -> Callable[[bytes, str, Mapping[str, Any]], None]:
    from engine.service import receive

    def take(raw: bytes, source: str, envelope: Mapping[str, Any]) -> None:
        receive.take(site, raw, source, site.clock.now(), envelope)

    return take


def _imap(settings: Settings) -> ImapMailbox:
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
