"""Statements about the links of shared courses."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.description.sources import course, param, request, share, upserted
from engine.store.description.tables_links import metadata

link_check = metadata.tables["link_check"]
link_host = metadata.tables["link_host"]

STATEMENTS: Mapping[str, ClauseElement] = {
    "links_shared": select(request.c.number, request.c.kept, course.c.full_name, course.c.link)
    .select_from(
        share.join(request, request.c.id == share.c.request).join(
            course, course.c.id == share.c.course
        )
    )
    .where(share.c.ended_at.is_(None))
    .order_by(share.c.id),
    "links_checked": select(link_check).order_by(link_check.c.url),
    "link_checked": select(link_check).where(link_check.c.url == param("of_url")),
    "link_keep": upserted(link_check, "url"),
    "link_forget": delete(link_check).where(link_check.c.url == param("of_url")),
    "link_host_add": insert(link_host)
    .values(host=param("host"), free_at=param("free_at"))
    .on_conflict_do_nothing(),
    "link_host_claim": update(link_host)
    .values(free_at=param("free_at"))
    .where(link_host.c.host == param("of_host"), link_host.c.free_at <= param("now")),
    "link_host_free": update(link_host)
    .values(free_at=param("free_at"))
    .where(link_host.c.host == param("of_host")),
}
