"""Commands for the clock: deadlines, and one whole pass."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec.structs import asdict

from engine.cli.call import Call, command
from engine.cli.printing import document
from engine.cli.program import option
from engine.cli.worker_pass import LEAP, judge_mail, send_letters, sweep_deadlines
from engine.model import Language
from engine.service.time.sweep import Swept
from engine.service.time.sweep import sweep as swept
from engine.service.upkeep.leaping import begin_pass
from engine.store.encoding import instant
from engine.wording.names import LETTER_STATE_NAMES, VERDICT_NAMES, WORDS, called


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
