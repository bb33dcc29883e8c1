"""Commands that stop all letters of a site, and let them go on."""

from __future__ import annotations

from engine.cli.call import Call, command
from engine.cli.mail_log import Note, noted
from engine.cli.printing import document
from engine.cli.program import option
from engine.report.table import oslo
from engine.store.encoding import instant
from engine.store.mail_out import departures
from engine.wording.catalogue import say


@command("letter pause")
@option("--reason", default="", metavar="TEXT", help="reason_pause")
def pause(call: Call, reason: str) -> None:
    """Let no letter leave the site; they are written as before, and wait."""
    site = call.site()
    with site.database.transaction() as tx:
        changed = departures.pause(tx, reason.strip(), call.at)
        standing = departures.paused(tx)
    if changed:
        noted(site, [Note(what="letters.paused", ids={})])
    since = call.at if standing is None else standing.since
    why = "" if standing is None else standing.reason
    found = {"paused": True, "since": instant(since), "reason": why, "changed": changed}
    text = say("cli.paused", call.language, since=oslo(since)) + (f": {why}" if why else "")
    document(call, found, text)


@command("letter resume")
def resume(call: Call) -> None:
    """Let letters leave again, at the next `letter send`, `tick`, or turn of the worker."""
    site = call.site()
    with site.database.transaction() as tx:
        changed = departures.resume(tx, call.at)
    if changed:
        noted(site, [Note(what="letters.resumed", ids={})])
    found = {"paused": False, "since": None, "reason": "", "changed": changed}
    document(call, found, say("cli.resumed" if changed else "cli.not_paused", call.language))
