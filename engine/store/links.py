"""The links of shared courses: which there are, what each last answered, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from engine.plan.link_health import LinkHealth
from engine.store.database import Transaction
from engine.store.encoding import (
    instant,
    maybe_instant,
    read_as,
    structure,
)

LONGEST: Final = 2000
"""Bytes of a link: an entry of an index of PostgreSQL may have some 2,700."""
NOT_YET: Final = "link_not_yet"
"""Why nothing is known of a link: nobody has asked for it."""


class SharedLink(Struct, frozen=True, kw_only=True):
    """A course that is shared now, and where our letters say that it is."""

    request: str
    course: str
    url: str


def shared(tx: Transaction) -> tuple[SharedLink, ...]:
    """Every course that is shared now and has a link, the longest shared first.

    Links of an absurd length are left out.
    """
    found = (
        SharedLink(
            request=row["number"],
            course=row["full_name"],
            url=structure(row["kept"]).get("link") or row["link"],
        )
        for row in tx.all("links_shared")
    )
    return tuple(each for each in found if 0 < len(each.url.encode()) <= LONGEST)


def known(tx: Transaction) -> dict[str, LinkHealth]:
    """How every link stands that has been asked for, by its address."""
    return {row["url"]: read_as(LinkHealth, row) for row in tx.all("links_checked")}


def one(tx: Transaction, url: str) -> LinkHealth | None:
    """How one link stands; None where it has never been asked for."""
    row = tx.one("link_checked", {"of_url": url})
    return None if row is None else read_as(LinkHealth, row)


def keep(tx: Transaction, url: str, health: LinkHealth) -> None:
    """Keep how the link stands now."""
    tx.run(
        "link_keep",
        {
            "url": url,
            "state": health.state,
            "why": health.why,
            "detail": health.detail,
            "checked_at": instant(health.checked_at),
            "failing_since": maybe_instant(health.failing_since),
            "broken_since": maybe_instant(health.broken_since),
        },
    )


def forget(tx: Transaction, urls: Iterable[str]) -> None:
    """Know nothing of these links any more."""
    tx.run_many("link_forget", [{"of_url": url} for url in urls])


def claim(tx: Transaction, host: str, *, now: datetime, until: datetime) -> bool:
    """Whether the caller alone may ask the host, until `until` at the latest.

    By the wall clock: it is about real requests, whatever the business time is.
    """
    tx.run("link_host_add", {"host": host, "free_at": instant(now)})
    free = {"of_host": host, "now": instant(now), "free_at": instant(until)}
    return tx.run("link_host_claim", free) == 1


def release(tx: Transaction, host: str, at: datetime) -> None:
    """Let anybody ask the host from `at` on."""
    tx.run("link_host_free", {"of_host": host, "free_at": instant(at)})


def document(url: str, health: LinkHealth | None) -> dict[str, Any]:
    """A link and how it stands, for programs."""
    return {
        "link": url,
        "state": health.shown if health else None,
        "why": health.why if health else NOT_YET,
        "detail": health.detail if health else "",
        "checked_at": maybe_instant(health.checked_at if health else None),
        "failing_since": maybe_instant(health.failing_since if health else None),
    }
