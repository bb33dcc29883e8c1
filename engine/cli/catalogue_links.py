"""The links of shared courses, as they last answered, or asked anew."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Final

from engine.cli.call import Call, command
from engine.cli.db_progress import progress
from engine.cli.printing import documents
from engine.cli.program import option
from engine.model import Language
from engine.service.requests.shared_links import LinkView, asked, every_link, in_words, views
from engine.service.site import Site
from engine.wording.findings import link_state as state

COLUMNS: Final = ("request", "state", "why", "checked_at", "failing_since", "course", "link")
SECOND: Final = 1.0
"""How long to wait where every host that is left has just been asked."""


@command("catalogue links")
@option(
    "--check",
    is_flag=True,
    help="check",
)
def links(call: Call, check: bool) -> None:
    """Print the link of every course that is shared now, and what it last answered.

    Only public addresses of the web are asked. A link counts as dead when it has failed on two
    days; coordinators are told then, and nothing else comes of it.
    """
    site = call.site()
    if check:
        _ask_all(site, call.at)
    with site.database.reading() as tx:
        found = views(tx)
    shown = [_shown(each, call.language) for each in found]
    documents(call, [each.document() for each in found], COLUMNS, shown)


def _ask_all(site: Site, at: datetime) -> None:
    pending = dict(every_link(site))
    count = len(pending)
    with progress() as tell:
        while pending:
            for url in asked(site, pending, at):
                del pending[url]
            tell("links", count - len(pending))
            if pending:
                time.sleep(SECOND)


def _shown(view: LinkView, language: Language) -> dict[str, Any]:
    health = view.health
    return {
        **view.document(),
        "state": state(health.shown, language) if health else "",
        "why": in_words(health, language),
        "checked_at": health.checked_at if health else None,
        "failing_since": health.failing_since if health else None,
    }
