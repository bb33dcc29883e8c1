"""Several letters to one person, gathered into one: chasers, and what only tells. An answer names
the one that it is about.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from engine.errors import KursdelingError, StaleRequestError
from engine.model import Cause, LetterDraft
from engine.plan.possible import is_on_hold, owed_by
from engine.plan.variables import EMPTY
from engine.service.acts.acting import case_of, in_transaction
from engine.service.letters.posting import REMINDERS, TOLD
from engine.service.site import Site
from engine.store.cases import queries, timers
from engine.store.database import Transaction
from engine.store.mail_out import gathering, letters
from engine.store.mail_out.letters import LetterRow, write_letter

BESIDE: Final = timedelta(minutes=10)
"""How far apart sweeps may have begun that work beside each other."""


def gather(site: Site, at: datetime) -> int:
    """Let chasers to one person that nobody has tried to send leave as one letter, and so what only
    tells and is to leave at `at` (INTERFACE §5.6); how many such letters were written.

    Chasers were written in this sweep, or in one beside it, or still wait so that somebody can
    undo. Each letter stays a row with its own token, and its timer, key and history are untouched.
    Held ones are gathered apart from those that may leave.
    """
    since = at - BESIDE
    with site.database.reading() as tx:
        chased, told = gathering.untried(tx, since), gathering.told(tx, at)
    if chased:
        # Another worker may be writing to the same person: whoever comes last gathers both's.
        wait_for_others(site, at)
    return in_transaction(site, lambda tx: _gather(site, tx, at)) if chased or told else 0


def drop_needless(site: Site, tx: Transaction, at: datetime) -> int:
    """Cancel chasers that nobody has tried to send and that nobody needs any more, because what
    they ask for has been done; how many.
    """
    needless = [row for row in gathering.untried(tx) if _is_needless(site, tx, row, at)]
    for row in needless:
        letters.cancel(tx, row.id)
    return len(needless)


def _is_needless(site: Site, tx: Transaction, row: LetterRow, at: datetime) -> bool:
    try:
        case = case_of(site, tx, row.request, at)
    except KursdelingError:
        # A request that cannot be read is no reason to drop a letter about it.
        return False
    moved = case.request.since > row.written_at
    return moved or row.role not in owed_by(case) or is_on_hold(case, at)


def _several(rows: Sequence[LetterRow]) -> list[list[LetterRow]]:
    """The chasers that may leave together: the newest of each request in the order of the requests,
    then older ones, which it makes needless.
    """
    together: dict[tuple[str, str, str], list[LetterRow]] = {}
    for row in rows:
        together.setdefault((row.receiver, row.language, row.state), []).append(row)
    found = []
    for theirs in together.values():
        newest = {row.request: row for row in theirs}
        if len(newest) > 1:
            older = [row for row in theirs if newest[row.request] is not row]
            found.append([*newest.values(), *older])
    return found


def _by_person(rows: Sequence[LetterRow]) -> list[list[LetterRow]]:
    together: dict[tuple[str, str], list[LetterRow]] = {}
    for row in rows:
        together.setdefault((row.receiver, row.state), []).append(row)
    return list(together.values())


def _gather(site: Site, tx: Transaction, at: datetime) -> int:
    waiting = gathering.told(tx, at)
    overtaken = [
        row for row in waiting if _is_overtaken(tx, row) or _is_taken_back(site, tx, row, at)
    ]
    for row in overtaken:
        letters.cancel(tx, row.id)
    told = _by_person([row for row in waiting if row not in overtaken])
    gathering.alone(tx, [rows[0] for rows in told if len(rows) == 1])
    drafts = [(rows, _chasing(rows)) for rows in _several(gathering.untried(tx, at - BESIDE))]
    drafts += [(rows, _telling(rows)) for rows in told if len(rows) > 1]
    for rows, draft in drafts:
        key = f"gather:{','.join(str(row.id) for row in rows)}"
        carrier = write_letter(
            tx,
            draft,
            seed=key,
            request_id=None,
            inbox_id=None,
            cause=Cause("timer", key),
            at=at,
            recorded_at=site.clock.now(),
            # What is gathered leaves as it would have left: a held routine stays held.
            outbox=replace(
                site.outbox(), state_of=partial(_as_they_stood, rows[0].state), undo_minutes=0
            ),
        )
        if not gathering.gather(tx, carrier, rows):
            raise StaleRequestError("a letter has left since it was read")
    return len(drafts)


def _is_overtaken(tx: Transaction, row: LetterRow) -> bool:
    """Whether its receiver has been told since that the request has moved on; what somebody wrote
    is told all the same.
    """
    stood = row.variables.get("state_title")
    return not carries_words(row) and any(
        each.id > row.id
        and each.receiver == row.receiver
        and each.state == "sent"
        and each.variables.get("state_title", stood) not in ("", stood)
        for each in letters.of_request(tx, row.request)
    )


def _is_taken_back(site: Site, tx: Transaction, row: LetterRow, at: datetime) -> bool:
    """Whether what the letter tells is no longer so: the request has come to an end since, or
    stands again as it stood before. Whoever has heard nothing of it need not.
    """
    told = row.variables.get("state_title")
    if not row.request or not told or carries_words(row):
        return False
    try:
        case = case_of(site, tx, row.request, at)
    except KursdelingError:
        # A request that cannot be read is no reason to drop a letter about it.
        return False
    now = case.workflow.states[case.request.state]
    if now.titles[row.language] == told:
        return False
    return now.final or any(
        each.to_state == case.request.state and each.at < row.written_at
        for each in queries.history(tx, row.request)
    )


def carries_words(row: LetterRow) -> bool:
    """Whether the letter holds what somebody wrote or sent, which no other letter tells."""
    extra = row.variables.get("extra", {})
    sent = any(extra.get(name) for name in ("beside_said", "files", "files_named"))
    return sent or bool(row.variables.get("note"))


def _as_they_stood(state: str, _workflow: str, _party: str) -> str:
    return state


def _chasing(rows: Sequence[LetterRow]) -> LetterDraft:
    return _carrier(rows, REMINDERS, extra={"cases": [_case(row) for row in _shown(rows)]})


def _telling(rows: Sequence[LetterRow]) -> LetterDraft:
    also = [_told(place, row) for place, row in enumerate(rows, start=1)]
    return _carrier(rows, TOLD, also=also)


def _carrier(rows: Sequence[LetterRow], template: str, **variables: object) -> LetterDraft:
    last = rows[-1]
    return LetterDraft(
        role=last.role,
        party=last.party,
        receiver=last.receiver,
        template=template,
        language=last.language,
        variables={
            **EMPTY,
            "receiver_duty": last.variables.get("receiver_duty", ""),
            "receiver_name": last.variables.get("receiver_name", ""),
            **variables,
        },
    )


def _told(place: int, row: LetterRow) -> dict[str, Any]:
    """The letter as it is folded into the carrier, whose answers name its place."""
    answers = [
        {**each, "word": f"{place} {each['word']}"} for each in row.variables.get("answers", ())
    ]
    return {
        "heading": f"{place}. {row.request} – {_course(row)} [{row.request}.{row.token}]",
        "number": row.request,
        "role": row.role,
        "language": row.language,
        "template": row.template,
        "variables": {**row.variables, "answers": answers},
    }


def _course(row: LetterRow) -> str:
    told = row.variables
    name = f"«{told['course_name']}»" if told.get("course_name") else "–"
    return f"{name} ({told['short_name']})" if told.get("short_name") else name


def _shown(rows: Sequence[LetterRow]) -> list[LetterRow]:
    """The first row of each request: those that `_several` makes needless come last."""
    first: dict[str, LetterRow] = {}
    for row in rows:
        first.setdefault(row.request, row)
    return list(first.values())


def _case(row: LetterRow) -> dict[str, Any]:
    told = row.variables
    return {
        "number": row.request,
        "course": _course(row),
        "state": told.get("state_title", ""),
        "lines": list(told.get("fault_labels", ())),
        "answers": list(told.get("answers", ())),
        "lapses_on": told.get("lapses_on", ""),
        "ends_on": told.get("ends_on", ""),
    }


PATIENCE: Final = 10.0
"""Seconds after which a worker that hangs keeps nobody waiting any more."""
PAUSE: Final = 0.05
MOST_IN_HAND: Final = 1000
"""How many deadlines are looked at; more than so many workers have in hand."""


def wait_for_others(site: Site, at: datetime) -> bool:
    """Wait until no other worker has a deadline in hand that is due at `at`; whether that came
    about before `PATIENCE` was over.
    """
    end = time.monotonic() + PATIENCE
    while _in_others_hands(site, at):
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True


def _in_others_hands(site: Site, at: datetime) -> bool:
    with site.database.transaction() as tx:
        free = {timer.id for timer in timers.due(tx, at, MOST_IN_HAND)}
    with site.database.reading() as tx:
        return any(timer.id not in free for timer in timers.due(tx, at, MOST_IN_HAND))
