"""Commands about the site's database."""

from __future__ import annotations

import sys

from engine import app
from engine.cli.call import Call, command
from engine.cli.db_progress import progress
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.service.upkeep.verifying import verified
from engine.store.verifying.verify import heads as all_heads
from engine.wording.catalogue import say


@command("db upgrade")
def upgrade(call: Call) -> None:
    """Make missing tables, and bring older ones to the program's schema: all or nothing."""
    before, after = app.upgrade_site(call.folder)
    found = {"before": before, "after": after}
    document(call, found, say("cli.db_upgraded", call.language, **found))


@command("db verify")
@option("--heads", is_flag=True, help="heads")
def verify(call: Call, heads: bool) -> int:
    """Check every chain of history, and that all that stands beside it agrees with it."""
    site = call.site(proving=False)  # which would refuse before it could be told what is wrong
    if heads:
        with site.database.reading() as tx:
            found = [{"request": n, "seq": seq, "hash": head} for n, seq, head in all_heads(tx)]
        documents(call, found, ("request", "seq", "hash"))
        return 0
    with progress() as tell:
        result = verified(site, tell)
    broken = [
        {"request": each.request or None, "seq": each.seq, "what": each.told(call.language)}
        for each in result.broken
    ]
    for each in broken:
        print(f"{each['request'] or '–'} {each['seq'] or ''}: {each['what']}", file=sys.stderr)
    numbers = {"ok": result.ok, "requests": result.requests, "events": result.events}
    if call.json or result.ok:
        document(call, {**numbers, "broken": broken}, say("cli.db_whole", call.language, **numbers))
    return 0 if result.ok else 1
