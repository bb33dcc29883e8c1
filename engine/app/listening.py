"""What of a site waits for mail by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from config.settings import Settings
from engine.app.mailboxes import imap_mailbox
from engine.mailbox.lmtp import Listener
from engine.mailbox.watch import Watch
from engine.service import receive
from engine.service.site import Site


class Listening(Protocol):
    """Something that waits for mail in a thread of its own."""

    def start(self) -> None:
        """Begin; AddressTakenError where another process has begun, SettingsError when that is
        impossible.
        """

    def stop(self) -> None:
        """End, and return when it has ended."""


def listening(site: Site, wake: Callable[[], None] = lambda: None) -> tuple[Listening, ...]:
    """Everything of the site that waits for mail, not yet started.

    `wake` is told when mail has been stored by LMTP, or something has come to a mailbox; what is
    done about it is for whoever is woken.
    """
    settings = Settings.load(site.folder)
    found: list[Listening] = []
    if settings.mail.lmtp:
        found.append(Listener(settings.mail.lmtp, _stored_by(site), wake))
    if settings.imap.host:
        found.append(Watch(lambda: imap_mailbox(settings), wake))
    return tuple(found)


def _stored_by(site: Site) -> Callable[[bytes, str, Mapping[str, Any]], None]:
    def take(raw: bytes, source: str, envelope: Mapping[str, Any]) -> None:
        receive.take(site, raw, source, site.clock.now(), envelope)

    return take
