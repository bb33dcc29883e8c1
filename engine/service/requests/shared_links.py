"""The links of shared courses: asked now and then whether they still lead anywhere.

Nothing of a request changes by it. Coordinators are told of a link that has failed on two days.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from engine.model import Language
from engine.plan.link_health import LinkHealth, is_due, is_ours, judged
from engine.ports import LinkAnswer, LinkCheck
from engine.service.site import Site, always
from engine.store import links
from engine.store.database import Transaction
from engine.store.encoding import instant
from engine.store.links import SharedLink
from engine.wording.findings import link_words

ROUND: Final = timedelta(seconds=5)
"""After so long a round begins no other link: mail and letters wait meanwhile."""
PAUSE: Final = timedelta(seconds=5)
"""How long a host is left alone between two requests."""
LEASE: Final = timedelta(minutes=2)
"""How long a host is nobody else's where a worker died while it asked."""
REST: Final = timedelta(minutes=10)
"""How long a worker that found nothing to ask for does not look again."""
PATIENCE: Final = 20.0
"""Seconds after which a name that is still being looked up is given up."""
GLANCE: Final = 0.1
"""Seconds between two looks whether the worker is told to stop."""

Pending = Mapping[str, LinkHealth | None]
"""Links to ask for, with what is known of each."""


class LinkView(Struct, frozen=True, kw_only=True):
    """A link of a shared course, and how it stands; None where it has never been asked for."""

    link: SharedLink
    health: LinkHealth | None

    def document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "request": self.link.request,
            "course": self.link.course,
            **links.document(self.link.url, self.health),
        }


class LinkRounds(Struct, kw_only=True):
    """The job of a worker that sees to it."""

    site: Site
    _not_before: datetime | None = None

    def make(self, at: datetime, go_on: Callable[[], bool] = always) -> int:
        """Ask for some of the links that are due at `at`, one of each host; how many.

        Any number of workers may do so at once. Nothing where the settings don't want it.
        """
        every, now = self.site.links_every, self.site.clock.now()
        if every is None or (self._not_before is not None and now < self._not_before):
            return 0
        pending = due(self.site, at, every)
        self._not_before = None if pending else now + REST
        return len(asked(self.site, pending, at, go_on))


def due(site: Site, at: datetime, every: timedelta) -> Pending:
    """The links that should be asked for at `at`, those that have waited the longest first."""
    found = {url: health for url, health in every_link(site).items() if is_due(health, at, every)}
    return dict(sorted(found.items(), key=_last_asked))


def every_link(site: Site) -> Pending:
    """The link of every course that is shared now; what is known of any other is forgotten."""
    with site.database.reading() as tx:
        shared = {each.url for each in links.shared(tx)}
        known = links.known(tx)
    if gone := known.keys() - shared:
        with site.database.transaction() as tx:
            links.forget(tx, sorted(gone))
    return {url: known.get(url) for url in sorted(shared)}


def asked(
    site: Site, pending: Pending, at: datetime, go_on: Callable[[], bool] = always
) -> tuple[str, ...]:
    """Those of the links that have been asked for, now or by another worker since they were read:
    one of each host that nobody asks just now, for some seconds at the most.
    """
    begun, done, hosts = site.clock.now(), [], set()
    for url, before in pending.items():
        host = _host(url)
        if host in hosts:
            continue
        if not go_on() or site.clock.now() - begun > ROUND:
            break
        hosts.add(host)
        if _one(site, url, before, at, go_on):
            done.append(url)
    return tuple(done)


def _one(
    site: Site, url: str, before: LinkHealth | None, at: datetime, go_on: Callable[[], bool]
) -> bool:
    host, now = _host(url), site.clock.now()
    with site.database.transaction() as tx:
        if links.one(tx, url) != before:
            return True
        if not links.claim(tx, host, now=now, until=now + LEASE):
            return False
    answer = _patiently(site.link_check, url, go_on)
    with site.database.transaction() as tx:
        if answer is not None:
            links.keep(tx, url, judged(before, answer, at))
        links.release(tx, host, site.clock.now() + PAUSE)
    return answer is not None


def _patiently(ask: LinkCheck, url: str, go_on: Callable[[], bool]) -> LinkAnswer | None:
    """The answer; None when the worker is told to stop, which must not wait for other people."""
    told: SimpleQueue[LinkAnswer] = SimpleQueue()

    def work() -> None:
        try:
            told.put(ask(url))
        except Exception as error:  # noqa: BLE001 – one bad link never stops the others
            told.put(LinkAnswer(state="unknown", why="link_fault", detail=type(error).__name__))

    # Looking a name up cannot be broken off, only left behind.
    Thread(target=work, daemon=True).start()
    end = time.monotonic() + PATIENCE
    while go_on():
        if time.monotonic() > end:
            return LinkAnswer(state="unknown", why="link_no_answer_on_name", detail=_host(url))
        with suppress(Empty):
            return told.get(timeout=GLANCE)
    return None


def _last_asked(item: tuple[str, LinkHealth | None]) -> tuple[str, str]:
    url, health = item
    return ("" if health is None else instant(health.checked_at), url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def views(tx: Transaction) -> tuple[LinkView, ...]:
    """The link of every course that is shared now, the longest shared first."""
    known = links.known(tx)
    return tuple(LinkView(link=each, health=known.get(each.url)) for each in links.shared(tx))


def broken(tx: Transaction) -> Iterator[tuple[SharedLink, LinkHealth]]:
    """The links that people should know of; none where our own network may be to blame."""
    found = views(tx)
    if is_ours(each.health for each in found if each.health is not None):
        return
    for each in found:
        if each.health is not None and each.health.broken_since is not None:
            yield each.link, each.health


def in_words(health: LinkHealth | None, language: Language) -> str:
    """What the last look at a link came to, as a phrase."""
    if health is None:
        return link_words(links.NOT_YET, "", language)
    return link_words(health.why, health.detail, language)
