"""Commands about the site's database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine import app
from engine.cli.call import Call, command
from engine.cli.given import now
from engine.cli.printing import document, documents, progress
from engine.cli.program import option
from engine.service.upkeep.backups import moved
from engine.service.upkeep.verifying import verified
from engine.store.backup import backup_file, write_backup
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


@command("db backup")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--overwrite", is_flag=True, help="overwrite")
def backup(call: Call, file: Path, *, overwrite: bool) -> None:
    """Write the whole database into one SQLite file while everybody works on.

    In a folder it gets a name by the time. A file that exists is only overwritten after asking.
    """

    at = now()
    if file.is_dir():
        file = backup_file(file, at)
    if file.exists() and not overwrite and sys.stdin.isatty():
        overwrite = click.confirm(say("cli.overwrite_file", call.language, file=file), err=True)
    with progress() as tell, call.database() as database:
        size = write_backup(database, file, overwrite=overwrite, progress=tell)
    found = {"file": str(file), "bytes": size, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
    document(call, found, say("cli.db_kept", call.language, **found))


@command("db copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@option("--anyway", is_flag=True, help="anyway")
def copy(call: Call, source: str, target: str, *, anyway: bool) -> None:
    """Copy every row from one database into an empty one; each is a path or postgresql://….

    What was written is read back and compared before it is kept. Stop every worker first.
    """

    with progress() as tell:
        result = moved(source, target, now(), tell, anyway=anyway)
    found = {
        "requests": result.heads,
        "rows": sum(result.rows.values()),
        "tables": len(result.rows),
        "by_table": result.rows,
    }
    document(call, found, say("cli.db_copied", call.language, **found))
