"""Where a site's mail comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from config.settings import Settings
from engine.service import receive
from engine.service.site import Site

if TYPE_CHECKING:
    from engine.mailbox.lmtp import Listener


def listener(site: Site, wake: Callable[[], None] = lambda: None) -> Listener | None:
    """What takes mail by LMTP for the site, not yet started; None where the site does not ask.

    Messages are stored only, and `wake` is told after each: judging them is for whoever is woken.
    """
    where = Settings.load(site.folder).mail.lmtp
    if not where:
        return None
    # Most sites never listen, and the library takes longer to import than most commands to run.
    from engine.mailbox.lmtp import Listener

    def take(raw: bytes, source: str, envelope: Mapping[str, Any]) -> None:
        receive.take(site, raw, source, site.clock.now(), envelope)

    return Listener(where, take, wake)
