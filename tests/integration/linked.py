"""Shared courses with links, and a web that answers as a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from msgspec.structs import replace

from engine.ports import LinkAnswer
from engine.service.requests.importing import Listed, import_shares
from engine.service.site import Site
from tests.integration.office import Office

WEEK = timedelta(days=7)
FINE = LinkAnswer(state="alive", why="link_answered", detail="200")
GONE = LinkAnswer(state="failing", why="link_status", detail="404")
SILENT = LinkAnswer(state="failing", why="link_silent", detail="kurs.example")
COLUMNS = ("owner", "borrower", "short_name", "course", "since", "licence", "link")


@dataclass(slots=True)
class Web:
    """Answers by address, `FINE` for all others, and remembers what it was asked."""

    answers: dict[str, LinkAnswer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    meanwhile: Callable[[str], None] = lambda _: None
    together: int = 0
    """How many requests to one host were under way at once, at the most."""
    _busy: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, url: str) -> LinkAnswer:
        host = urlsplit(url).hostname or ""
        with self._lock:
            self.asked.append(url)
            self._busy.append(host)
            self.together = max(self.together, self._busy.count(host))
        try:
            self.meanwhile(url)
            return self.answers.get(url, FINE)
        finally:
            with self._lock:
                self._busy.remove(host)


@dataclass(slots=True)
class Wall:
    """A wall clock that a test moves."""

    at: datetime = datetime(2026, 9, 7, 8, tzinfo=UTC)

    def now(self) -> datetime:
        """The instant that it shows."""
        return self.at

    def later(self, **span: int) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


def shared(office: Office, *urls: str, first: int = 1) -> list[str]:
    """The numbers of new requests by which courses with these links are shared; the courses are
    numbered from `first` on.
    """
    rows = [
        ("si", "ks-laering", f"SI-{n}", f"Kurs {n}", "2022-08-15", "CC BY 4.0", url)
        for n, url in enumerate(urls, start=first)
    ]
    listed = [
        Listed(line=line, values=dict(zip(COLUMNS, row, strict=True)))
        for line, row in enumerate(rows, start=2)
    ]
    found = import_shares(office.site, listed, at=office.at, dry_run=False)
    assert not found.faults
    return [each.number for each in found.came]


def with_web(site: Site, web: Web, wall: Wall, every: timedelta | None = WEEK) -> Site:
    """The site as it asks this web, by this clock."""
    return replace(site, link_check=web, links_every=every, clock=wall)
