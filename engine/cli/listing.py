"""The command that lists requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from engine.app.looking import look_at
from engine.cli.call import Call, command
from engine.cli.printing import documents, tell_unreadable
from engine.cli.program import option
from engine.model import Language
from engine.report.table import deadline, oslo
from engine.service.requests.course import AGREEMENT_OWNER
from engine.service.requests.listing import Line, lines
from engine.store.encoding import read_instant
from engine.wording import sentence
from engine.wording.names import AGREEMENT_OWNERS
from engine.wording.names import duty as duty_words


@command("request list")
@option("--workflow", default="", metavar="W", help="workflow")
@option("--state", default="", metavar="S", help="request_state")
@option("--waiting-on", default="", metavar="PARTY", help="waiting_on")
@option("--overdue", is_flag=True, help="overdue")
def list_(call: Call, workflow: str, state: str, waiting_on: str, overdue: bool) -> None:
    """Print every request that fits."""
    look = look_at(call.folder)
    call.closing.callback(look.close)
    found = lines(
        look,
        call.at,
        workflow=workflow,
        state=state,
        waiting_on=waiting_on,
        overdue=overdue,
        brief=not call.json,
    )
    columns = ["id", "workflow", "state", "course", "owner", "borrower", "waiting_on", "due"]
    columns += ["escalated_at"] if overdue else []
    shown = () if call.json else _as_rows(found, call.language)
    for line in found:
        if fault := line.standing.fault:
            tell_unreadable(call, line.row["number"], sentence(fault, call.language))
    documents(call, (line.document() for line in found), columns, shown)


def _as_rows(found: Sequence[Line], language: Language) -> Iterator[dict[str, Any]]:
    """What the table shows of each; what many have in common is put into words once."""
    at = cache(lambda text: oslo(read_instant(text)) if text else "")
    due = cache(lambda text: deadline(read_instant(text)) if text else "")
    waiting = cache(lambda owed: ", ".join(who(party, duty, language) for party, duty in owed))
    for line in found:
        row = line.row
        yield {
            "id": row["number"],
            "workflow": row["workflow"],
            "state": line.standing.titles[language],
            "course": line.course_name(),
            "owner": row["owner"],
            "borrower": row["borrower"],
            "waiting_on": waiting(line.owed),
            "due": due(row["due_at"]) if line.owed else "",
            "escalated_at": at(row["escalated_at"]),
        }


def who(party: str | None, duty: str, language: Language) -> str:
    """A duty in words, with the party whose it is."""
    words = AGREEMENT_OWNERS[language] if duty == AGREEMENT_OWNER else duty_words(duty, language)
    return f"{words} ({party})" if party else words
