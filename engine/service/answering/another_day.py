"""AVSLUTT with another day while the share is ending: taken back and ended anew, in one mail."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from engine.definition.types import Event
from engine.domain.days import looks_like_day
from engine.model import Act, Language, Plan
from engine.plan.case import Case
from engine.plan.decide import plan
from engine.plan.possible import word_of
from engine.service.mail.verdict import Incoming, Wish


def moved(
    incoming: Incoming, case: Case, event: Event, act: Act, *, word: str, language: Language
) -> Iterator[Wish]:
    """The two wishes that `act`, which has happened already, comes to with another day: the event
    that leads back, and it again; none where either is not possible, or the day is the same.
    """
    days = [keep.name for keep in event.keeps if keep.kind == "day"]
    state, at = case.request.state, incoming.at
    if not days or case.table.target(state, event.name) is not None:
        return
    for back in case.events_here() if looks_like_day(act.note) else ():
        first = plan(case, replace(act, event=back.name, note=""), at)
        if not isinstance(first, Plan) or first.after.state == state:
            continue
        again = plan(case.after(first), replace(act, event=event.name, key=f"{act.key}:again"), at)
        if isinstance(again, Plan) and again.after.state == state:
            if again.after.kept.get(days[0]) != case.request.kept.get(days[0]):
                yield Wish(word_of(back, language) or "", back.name, implied=True)
                yield Wish(word, event.name, act.note)
            return
