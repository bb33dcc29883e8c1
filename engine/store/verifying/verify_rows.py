"""What is wrong with the rows that stand beside a request: its shares, its timers, its letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, Protocol

from msgspec import Struct

from engine.model import Reason, Request, TimerDraft
from engine.store.cases.requests import read_request
from engine.store.database import Row
from engine.store.encoding import canonical, instant
from engine.store.mail_out.outbox import seal_of
from engine.store.seals import seal_of_row
from engine.store.verifying.verify_chain import Fault


class Rules(Protocol):
    """What the routines say; LookupError where there is no such workflow, version or state."""

    def label(self, workflow: str, version: int, state: str) -> str | None:
        """The direction in which a course is shared in the state, or None."""

    def is_event(self, workflow: str, version: int, event: str) -> bool:
        """Whether it is an event of the routine, and no mending or import."""

    def sha256(self, workflow: str, version: int) -> str | None:
        """The digest of the site's own file of that version; None when it has gone on."""

    def timers(self, request: Request) -> Sequence[TimerDraft]:
        """The timers that the request's state arms."""

    def beside(self, timer: Row) -> bool:
        """Whether the timer waits for the answer to a question, beside those of the state."""

    def in_rhythm(self, timer: Row, draft: TimerDraft) -> bool:
        """Whether a timer that began as `draft` may be due when the row says."""


def share_faults(
    request: Row,
    chain: Sequence[Row],
    shares: Sequence[Row],
    rules: Rules,
    outcomes: Mapping[int, Mapping[str, Any]],
) -> Iterator[Fault]:
    """Shares, and so labels, that are not what the states in history ask for."""
    try:
        yield from _active_faults(request, [s for s in shares if s["ended_at"] is None], rules)
        wanted = _shares_by_history(chain, rules)
    except LookupError as error:
        yield None, Reason("routine_gone", {"text": error.args[0]})
        return
    if len(shares) != len(wanted):
        yield None, Reason("share_count", {"count": len(wanted), "found": len(shares)})
        return
    for share, want in zip(shares, wanted, strict=True):
        if share["direction"] != want.direction:
            yield (
                want.seq,
                Reason("share_direction", {"wanted": want.direction, "found": share["direction"]}),
            )
        if share["ended_at"] != want.ended_at:
            yield (
                want.seq,
                Reason(
                    "share_ended",
                    {"found": share["ended_at"] or "–", "wanted": want.ended_at or "–"},
                ),
            )
        began = outcomes.get(want.seq, {}).get("share")
        if began not in (None, [share["course"], share["lender"], share["borrower"]]):
            yield want.seq, Reason("share_began")
        if share["since"] > want.since or (want.exact and share["since"] != want.since):
            yield want.seq, Reason("share_since", {"found": share["since"], "wanted": want.since})


def _active_faults(request: Row, active: Sequence[Row], rules: Rules) -> Iterator[Fault]:
    state = request["state"]
    wanted = rules.label(request["workflow"], request["version"], state)
    found = ", ".join(share["direction"] for share in active) or "none"
    if wanted is None:
        for share in active:
            yield None, Reason("share_active", {"state": state, "found": share["direction"]})
        return
    if [share["direction"] for share in active] != [wanted]:
        yield None, Reason("share_none", {"state": state, "wanted": wanted, "found": found})
    of_request = (request["course"], request["owner"], request["borrower"])
    for share in active:
        if (share["course"], share["lender"], share["borrower"]) != of_request:
            yield None, Reason("share_other")


class _Wanted(Struct, kw_only=True):
    """One share as history tells of it."""

    direction: str
    since: str
    seq: int
    exact: bool
    """Whether it began with the event; what is mended or imported may be shared for longer."""
    ended_at: str | None = None


def _shares_by_history(chain: Sequence[Row], rules: Rules) -> list[_Wanted]:
    found: list[_Wanted] = []
    before: str | None = None
    for row in chain:
        workflow, version = row["workflow"], row["version"]
        after = rules.label(workflow, version, row["to_state"])
        if before is None and after is not None:
            exact = rules.is_event(workflow, version, row["event"])
            found.append(_Wanted(direction=after, since=row["at"], seq=row["seq"], exact=exact))
        elif before is not None and after is None:
            found[-1].ended_at = row["at"]
        before = after
    return found


def timer_faults(request: Row, timers: Sequence[Row], rules: Rules) -> Iterator[Fault]:
    """Timers that the request's state does not arm, or not so, and those that it lacks."""
    yield from _standing_faults(request, timers)
    here = [t for t in timers if t["state"] == request["state"] and not rules.beside(t)]
    try:
        wanted = {draft.position: draft for draft in rules.timers(read_request(request))}
    except LookupError:
        return  # told of the state already
    for timer in here:
        if timer["status"] == "armed":
            yield from _armed_faults(timer, wanted.get(timer["position"]), rules)
    for draft in wanted.values():
        if not _is_there(draft, request, here):
            yield None, Reason("timer_gone", {"state": request["state"], "rule": draft.rule})


def _standing_faults(request: Row, timers: Sequence[Row]) -> Iterator[Fault]:
    escalating = (
        timer
        for timer in timers
        if timer["state"] == request["state"] and timer["action"] in _ESCALATE
    )
    if request["escalated_at"] is not None and not any(each["occurrence"] for each in escalating):
        yield None, Reason("escalated_by_none")
    for timer in timers:
        if timer["seal"] != seal_of_row("timer", timer):
            yield None, Reason("timer_changed", {"id": timer["id"]})
        if timer["status"] == "done" and not timer["occurrence"]:
            yield None, Reason("timer_done", {"id": timer["id"]})
        if timer["status"] == "armed" and timer["state"] != request["state"]:
            yield None, Reason("timer_elsewhere", {"id": timer["id"], "state": timer["state"]})


def _armed_faults(timer: Row, draft: TimerDraft | None, rules: Rules) -> Iterator[Fault]:
    state = timer["state"]
    if draft is None:
        yield (
            None,
            Reason("timer_place", {"id": timer["id"], "place": timer["position"], "state": state}),
        )
        return
    wanted = (draft.action, draft.target, canonical(draft.roles), draft.every, draft.rule)
    found = tuple(timer[column] for column in ("action", "target", "roles", "every", "rule"))
    if found != wanted or not _often_enough(timer["at_most"], draft.at_most):
        yield None, Reason("timer_other", {"id": timer["id"], "state": state, "rule": draft.rule})
    # Instants that another calendar gave stay as they are.
    if timer["calendar"] == draft.calendar and not rules.in_rhythm(timer, draft):
        yield (
            None,
            Reason(
                "timer_due",
                {"id": timer["id"], "found": timer["due_at"], "wanted": instant(draft.due_at)},
            ),
        )


def _often_enough(found: int, wanted: int) -> bool:
    # One that was armed late has as many times less; 0 is without limit.
    return found == wanted or 0 < found < wanted or (wanted > 0 and found == 0)


def _is_there(draft: TimerDraft, request: Row, timers: Sequence[Row]) -> bool:
    due = instant(draft.due_at)
    if draft.action != "fire" and due <= request["changed_at"]:
        return True  # past already when it would have been armed
    return any(
        timer["position"] == draft.position
        and (timer["status"] == "armed" or (timer["status"] == "done" and timer["due_at"] >= due))
        for timer in timers
    )


_ESCALATE: Final = frozenset({"escalate", "fire"})
FINISHED = frozenset({"sent", "dead", "cancelled"})


def letter_faults(letter: Row) -> Iterator[Reason]:
    """What a letter's row says against itself, or against what was written."""
    state = letter["state"]
    if letter["request"] is not None and letter["number"] is None:
        yield Reason("letter_request")
    yield from _seal_faults(letter)
    if (state == "sent") != (letter["sent_at"] is not None):
        yield Reason("letter_unsent" if state == "sent" else "letter_dated", {"state": state})
    if state == "sending" and letter["claimed_at"] is None:
        yield Reason("letter_claimed")
    if state == "sent" and not letter["tries"]:
        yield Reason("letter_untried")
    if not letter["receiver"] and state in {"waiting", "sending", "retry"}:
        yield Reason("letter_nobody", {"state": state})


def _seal_faults(letter: Row) -> Iterator[Reason]:
    # Who it went to may be removed once it has gone.
    removed = not letter["receiver"] and letter["state"] in FINISHED
    written, _, stands = letter["seal"].partition(":")
    if not removed and written != seal_of(letter):
        yield Reason("letter_written")
    if stands != seal_of_row("letter", letter):
        yield Reason("letter_changed")
    if letter["raw_sha256"] is not None and letter["no_raw"] and not removed:
        yield Reason("letter_bytes_gone")


def bytes_fault(raw: bytes, wanted: str | None) -> bool:
    """Whether the bytes are others than those that were stored."""
    return sha256(raw).hexdigest() != wanted
