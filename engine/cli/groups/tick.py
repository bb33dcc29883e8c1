"""One pass of a worker, and its parts: mail in, deadlines, mail out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec.structs import asdict

from engine.cli.call import Call, command
from engine.cli.failing import reasons_of
from engine.cli.groups.mail import judged
from engine.cli.groups.mail_log import Note, letters_note, mail_notes, noted
from engine.cli.printing import document
from engine.cli.program import option
from engine.cli.speaking import spoken
from engine.cli.usage import said
from engine.errors import KursdelingError
from engine.model import Language
from engine.service.collect import collect, handle_free
from engine.service.deliver import deliver
from engine.service.mail.verdict import MailOutcome
from engine.service.requests.shared_links import LinkRounds
from engine.service.site import Site, always
from engine.service.time.sweep import Swept
from engine.service.time.sweep import sweep as swept
from engine.service.upkeep.furthest import remember
from engine.service.upkeep.leaping import begin_pass
from engine.store.encoding import instant
from engine.store.mail_in import inbox
from engine.store.mail_out import departures
from engine.wording.names import LETTER_STATE_NAMES, VERDICT_NAMES, WORDS, called

GoOn = Callable[[], bool]
LEAP = option("--leap", is_flag=True, help="leap")
"""The option by which a clock that is far ahead is meant."""


def judge_mail(site: Site, at: datetime, go_on: GoOn = always) -> list[MailOutcome]:
    """What stored messages that nobody has judged, and those in mailboxes, came to.

    Faults are told on stderr; the next pass tries again.
    """
    outcomes, faults = judged(site, _waiting(site, go_on), at, handle_free)
    _tell_faults(faults)
    if go_on():
        fetched = collect(site, at, go_on=go_on)
        outcomes += fetched.outcomes
        _tell_faults(fetched.faults)
    if outcomes:
        noted(site, mail_notes(site, outcomes))
    return outcomes


def take_mail(site: Site, at: datetime, go_on: GoOn = always) -> None:
    """Store what has come into mailboxes, and judge nothing; faults are told on stderr."""
    _tell_faults(collect(site, at, go_on=go_on, judging=False).faults)


def _tell_faults(faults: Iterable[KursdelingError | str]) -> None:
    for fault in faults:
        told = [fault] if isinstance(fault, str) else reasons_of(fault, spoken())
        print("\n".join(told), file=sys.stderr)


def _waiting(site: Site, go_on: GoOn) -> Iterator[int]:
    with site.database.reading() as tx:
        waiting = [row.id for row in inbox.undecided(tx)]
    for mail in waiting:
        if not go_on():
            return
        yield mail


def sweep_deadlines(site: Site, at: datetime, go_on: GoOn = always) -> Swept:
    """What the deadlines that are due came to; faults are told on stderr."""
    found = swept(site, at, go_on=go_on)
    for fault in found.faults:
        print(fault, file=sys.stderr)
    numbers = {name: n for name, n in asdict(found).items() if name not in ("at", "faults")}
    if any(numbers.values()):
        noted(site, [Note(what="deadlines.swept", ids=numbers)])
    return found


def send_letters(site: Site, at: datetime, go_on: GoOn = always) -> dict[str, int]:
    """How many letters ended in which state; told on stderr when the brake was pulled."""
    before = paused(site)
    counted = dict(deliver(site, at, go_on=go_on))
    if counted:
        noted(site, [letters_note(counted)])
    remember(site)
    now = "" if before else paused(site)
    if now:
        print(now, file=sys.stderr)
        noted(site, [Note(what="letters.paused", ids={})])
    return counted


def ask_links(site: Site, rounds: LinkRounds, at: datetime, go_on: GoOn = always) -> int:
    """How many links of shared courses were asked whether they still lead anywhere."""
    count = rounds.make(at, go_on)
    if count:
        noted(site, [Note(what="links.asked", ids={"links": count})])
    return count


def paused(site: Site) -> str:
    """Why no letter leaves the site, and what lets them go; empty when letters may leave."""
    with site.database.reading() as tx:
        standing = departures.paused(tx)
    if standing is None:
        return ""
    why = standing.reason
    return said("letters_paused", why=why)


@command("sweep")
@option("--dry-run", is_flag=True, help="dry_run_deadlines")
@LEAP
def sweep(call: Call, dry_run: bool, leap: bool) -> None:
    """Let every deadline that is due act."""
    site = call.site()
    begin_pass(site, call.at, leap=leap, dry_run=dry_run)
    deadlines = swept(site, call.at, dry_run=True) if dry_run else sweep_deadlines(site, call.at)
    found = _swept_document(deadlines)
    document(call, found, _numbers(found, call.language))


@command("tick")
@LEAP
def tick(call: Call, leap: bool) -> None:
    """Fetch and judge mail, let deadlines act, and send letters."""
    site = call.site()
    begin_pass(site, call.at, leap=leap)
    outcomes = judge_mail(site, call.at)
    found = {
        "mail": dict(Counter(outcome.verdict for outcome in outcomes)),
        "sweep": _swept_document(sweep_deadlines(site, call.at)),
        "letters": send_letters(site, call.at),
    }
    text = "\n".join(
        f"{called(WORDS, name, call.language)}: {_numbers(numbers, call.language)}"
        for name, numbers in found.items()
    )
    document(call, found, text)


def _swept_document(found: Swept) -> dict[str, Any]:
    numbers = {name: n for name, n in asdict(found).items() if name != "faults"}
    return {**numbers, "at": instant(found.at)}


def _numbers(found: dict[str, Any], language: Language) -> str:
    names = {**LETTER_STATE_NAMES, **VERDICT_NAMES, **WORDS}
    told = [f"{called(names, name, language)} {value}" for name, value in found.items()]
    return ", ".join(told) or "–"
