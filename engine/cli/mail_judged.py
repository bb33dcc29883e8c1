"""Stored messages judged one after the other, so that one bad message never stops the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.cli.call import Call
from engine.cli.moves import moves_told, routine_of
from engine.errors import UnwritableError
from engine.model import Language, Reason
from engine.service import receive
from engine.service.mail.verdict import MailOutcome
from engine.service.site import Site
from engine.wording import sentence
from engine.wording.names import VERDICT_NAMES, called


def judged(
    site: Site,
    stored: Iterable[int],
    at: datetime,
    handle: Callable[[Site, int, datetime], MailOutcome | None] = receive.handle,
) -> tuple[list[MailOutcome], list[str]]:
    """(what each stored message came to, why some could not be judged).

    What could not be judged stays stored, and the next `tick` tries it again. UnwritableError when
    no verdict could be kept.
    """
    outcomes: list[MailOutcome] = []
    faults: list[str] = []
    for mail in stored:
        try:
            outcome = handle(site, mail, at)
        except UnwritableError:
            raise
        except Exception as error:  # noqa: BLE001 – one bad message never stops the next
            faults.append(f"mail {mail}: {type(error).__name__}: {error}")
        else:
            outcomes += [] if outcome is None else [outcome]
    return outcomes, faults


def outcome_document(outcome: MailOutcome, language: Language) -> dict[str, Any]:
    """As INTERFACE §3 has `mail take`."""
    return {
        "mail": outcome.mail,
        "message_id": outcome.message_id,
        "verdict": outcome.verdict,
        "request": outcome.request or None,
        "events": [
            {"event": event, "from": start, "to": to} for event, start, to in outcome.events
        ],
        "reasons": [sentence(reason, language) for reason in outcome.reasons],
    }


def words_of(reason: Mapping[str, Any], language: Language) -> str:
    """A stored reason as a sentence; its bare code where the program no longer words it."""
    try:
        return sentence(Reason(reason["code"], reason["values"]), language)
    except KeyError:
        return str(reason["code"])


def mail_shown(call: Call, site: Site, found: Mapping[str, Any]) -> dict[str, Any]:
    """What a mail came to, as people read it."""
    number = found["request"]
    workflow = routine_of(site, number) if number and found["events"] else None
    return {
        **found,
        "verdict": called(VERDICT_NAMES, found["verdict"], call.language),
        "events": moves_told(found["events"], workflow, call.language),
    }
