"""Why a request stands where it stands, what comes next, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.calendar import OSLO
from engine.definition.types import Workflow
from engine.model import Language, Reason
from engine.plan.possible import blocked
from engine.report import explaining
from engine.report.diagram import day_names
from engine.service.acting import case_of
from engine.service.show import Owed, one
from engine.service.site import Site
from engine.store import queries, timers
from engine.store.encoding import instant
from engine.store.queries import HistoryRow
from engine.store.timers import TimerRow
from engine.wording import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything that explains one request, in words."""

    state: str
    state_title: str
    because: tuple[str, ...]
    waiting_on: tuple[Owed, ...]
    next: tuple[tuple[datetime, str], ...]
    blocked: tuple[tuple[str, tuple[str, ...]], ...]

    def document(self) -> dict[str, Any]:
        """As INTERFACE §3 has `request why`."""
        return {
            "state": self.state,
            "because": list(self.because),
            "waiting_on": [owed.document() for owed in self.waiting_on],
            "next": [{"at": instant(at), "what": what} for at, what in self.next],
            "blocked": [
                {"event": event, "reasons": list(reasons)} for event, reasons in self.blocked
            ],
        }


def why(site: Site, number: str, at: datetime, language: Language) -> Why:
    """The explanation of request `number` at `at`; NotFoundError when there is none."""
    view = one(site, number)
    workflow = view.routine.workflow
    with site.database.reading() as tx:
        rows = queries.history(tx, number)
        armed = timers.armed(tx, number)
        held_back = blocked(case_of(site, tx, number, at), at)
    return Why(
        state=view.request.state,
        state_title=view.state_title(language),
        because=(
            *_because(workflow, rows, language),
            *_escalated(view.request.escalated_at, language),
        ),
        waiting_on=view.owed,
        next=tuple((timer.due_at, _what(workflow, timer, language)) for timer in armed),
        blocked=tuple((event.name, _sentences(found, language)) for event, found in held_back),
    )


def _because(workflow: Workflow, rows: Sequence[HistoryRow], language: Language) -> Iterator[str]:
    """What brought the request into its state, and all that happened since, each a sentence."""
    moves = [row for row in rows if row.from_state != row.to_state]
    # One mail may open a request and move it on: its first event is where the answer begins.
    first = next(place for place, row in enumerate(rows) if row.cause == moves[-1].cause)
    for row in rows[first:]:
        yield explaining.happened(
            at=row.at.astimezone(OSLO),
            event=row.event,
            state=workflow.states[row.to_state].titles[language],
            role=row.role,
            party=row.party or "",
            cause=(row.cause.kind, row.cause.ref),
            note=row.note or "",
            language=language,
        )


def _escalated(at: datetime | None, language: Language) -> Iterator[str]:
    if at is not None:
        yield explaining.escalated(at.astimezone(OSLO), language)


def _what(workflow: Workflow, timer: TimerRow, language: Language) -> str:
    return explaining.comes(
        timer.action,
        timer.target,
        timer.roles,
        timer.rule,
        language,
        days=day_names(workflow, language),
    )


def _sentences(reasons: tuple[Reason, ...], language: Language) -> tuple[str, ...]:
    return tuple(sentence(reason, language) for reason in reasons)
