"""What follows from an event: the request after it, its course, its share, its timers and its
letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec.structs import replace

from engine.calendar import add, oslo_day
from engine.definition.types import NOBODY, RELATIONS, Event, Span
from engine.domain.course_information import information_of
from engine.domain.fields import FORMS
from engine.domain.labels import SHARED_FROM_KS, direction_of
from engine.model import Act, Contact, Course, CourseChange, LastAct, LetterDraft, Plan, Request
from engine.plan.acting_for import may_be_undone_until
from engine.plan.answering import answers, following
from engine.plan.case import Case, Happening, facts_read
from engine.plan.keeping import kept_after
from engine.plan.letters import draft, is_reached, letters_ordered, role_letters, written_to
from engine.plan.possible import is_left_to_opener, is_on_hold, owed_by, word_of
from engine.plan.timing import WAITS_FROM, due_of, is_answered, timers_at

ShareStep = Literal["start", "end"] | None
Direction = Literal["to_ks", "from_ks"] | None


def carried_out(case: Case, event: Event, act: Act, role: str, at: datetime) -> Plan:
    """The plan of `event` happening at `at`, brought about by `role`; every rule has been asked
    already.
    """
    before = case.request
    kept = kept_after(case, event, act, role, at)
    target = _state_left(event, before) if event.back else event.target(before.state)
    moved = event.to is not None and target != before.state
    if moved and any(target in each.sources for each in case.workflow.events.values() if each.back):
        kept = replace(kept, kept={**kept.kept, CAME_FROM: before.state})
    after = replace(
        kept,
        state=target,
        changed_at=at,
        since=at if moved else before.since,
        done=() if moved else _done(before, kept, f"{role}:{event.name}"),
    )
    if not moved and is_answered(case.workflow, after) != is_answered(case.workflow, before):
        # Somebody else is waited for from now on, and has as long as if the state began now.
        after = replace(after, kept={**after.kept, WAITS_FROM: at.isoformat()})
    return planned(case, act, role, before=before, after=after, event=event, at=at)


CAME_FROM: Final = "came_from"
"""Under this name a request keeps the state that it left, where an event leads back to it."""


def _state_left(event: Event, request: Request) -> str:
    left = request.kept.get(CAME_FROM)
    return left if left in event.back else event.back[0]


def _done(before: Request, kept: Request, now: str) -> tuple[str, ...]:
    """What has been done in the state; an earlier act with other parties in the case is not."""
    same = all(before.party_of(each) == kept.party_of(each) for each in RELATIONS)
    return tuple(dict.fromkeys((*(before.done if same else ()), now)))


def planned(
    case: Case,
    act: Act,
    role: str,
    *,
    before: Request | None,
    after: Request,
    event: Event | None,
    at: datetime,
) -> Plan:
    """The whole plan for a step from `before` (None: opening) to `after`."""
    plan = stepped(case, act, role, before=before, after=after, at=at)
    guards = case.workflow.opens_with.when if event is None else event.when
    if guards:
        plan = replace(plan, read=facts_read(case, guards))
    happening = Happening(case=case.after(plan), act=act, role=role, at=at)
    if event is None:
        letters = letters_ordered(happening, case.workflow.opens_with.letters)
    else:
        letters = letters_ordered(happening, event.letters)
        others = (*told_to_colleagues(happening, event, letters), *_asked_anew(happening, before))
        letters = (*letters, *others)
    return replace(plan, letters=tuple(_gathered(happening, letter) for letter in letters))


def _asked_anew(happening: Happening, before: Request | None) -> Iterator[LetterDraft]:
    """The letter by which the present state asks a role, to whoever holds it only since the form
    names them («Fagmiljø: …» in a correction), unless the role has answered.
    """
    case, given = happening.case, happening.act.values
    state = case.workflow.states[case.request.state]
    if before is None or before.state != case.request.state:
        return
    for role in (each for each in state.waits_for if each in given):
        named_before = before.form.get(role) == case.request.form.get(role)
        if named_before or f"{role}:{state.owes}" in case.request.done:
            continue
        # Whom only this form has let in was asked by nobody, be there no other holder.
        earlier, new = replace(case, request=before, known={}), case.facts.provisional
        known = {each.email for each in earlier.holders(role) if each.id not in new}
        asking = (
            order.template
            for each in case.workflow.events.values()
            if each.to == before.state
            for order in each.letters
            if order.to == role
        )
        template = next(asking, None)
        for contact in case.holders(role) if template else ():
            if contact.email not in known and is_reached(case, contact):
                yield draft(happening, role, contact, str(template))


_SOON: Final = Span(3, "working days")
"""An ending that is this near is told at once (INTERFACE §5.6)."""


_ASKING: Final = frozenset({"course_link_wanted", "order_to_confirm", "permission_wanted"})
"""Letters that ask somebody whom no state waits for."""


def _gathered(happening: Happening, letter: LetterDraft) -> LetterDraft:
    """The letter, as one that may wait for others to the same person where it only tells: nobody
    waits for its receiver, nothing has ended, and nothing is about to.
    """
    case = happening.case
    told = (
        letter.role in case.workflow.roles
        and letter.template not in _ASKING
        and (not letter.variables["extra"]["owed"] or _goes_on(happening))
        and not case.workflow.states[case.request.state].final
        and not case.workflow.opens_with.by_time
        and not _ends_soon(happening)
        and not any(c.at_once for c in case.facts.contacts if c.email == letter.receiver)
    )
    return replace(letter, told=told)


def _goes_on(happening: Happening) -> bool:
    """Whether the opener is waited for only until what follows by itself has happened."""
    return is_left_to_opener(happening.case) and bool(following(happening))


def _ends_soon(happening: Happening) -> bool:
    day = happening.case.request.kept.get("ends_on")
    if not day:
        return False
    last = oslo_day(add(happening.case.rules.calendar, happening.at, _SOON))
    return date.fromisoformat(day) <= last


def stepped(
    case: Case, act: Act, role: str, *, before: Request | None, after: Request, at: datetime
) -> Plan:
    """The plan for a step from `before` to `after` without its letters."""
    last_act, timers = _last_act(case, before, after, act, at), None
    drafts = case.timers_of(after)
    moved = before is None or before.state != after.state
    if moved or (before is not None and drafts != case.timers_of(before)):
        calendar = case.rules.calendar
        timers = timers_at(case.workflow, after, calendar, at, drafts)
        escalated = None if moved else after.escalated_at
        after = replace(after, last_act=last_act, due_at=due_of(drafts), escalated_at=escalated)
    else:
        after = replace(after, last_act=last_act)
    share, direction = _sharing(case, before, after)
    return Plan(
        act=act,
        at=at,
        before=before,
        after=after,
        role=role,
        course=course_change(case, before, after, act, at),
        share=share,
        direction=direction,
        timers=timers,
    )


def _last_act(
    case: Case, before: Request | None, after: Request, act: Act, at: datetime
) -> LastAct | None:
    """What may be taken back now; all that one mail or command brings about is one act."""
    earlier = None if before is None else before.last_act
    if earlier is not None and earlier.cause == act.cause:
        return earlier
    if not act.actor.contacts:
        return None
    stood = before or after
    return LastAct(
        cause=act.cause,
        contacts=tuple(contact.id for contact in act.actor.contacts),
        state="" if before is None else before.state,
        since=stood.since,
        owner=stood.owner,
        borrower=stood.borrower,
        requester=stood.requester,
        due_at=stood.due_at,
        form=stood.form,
        kept=stood.kept,
        done=stood.done,
        until=may_be_undone_until(case.rules.calendar, at) if act.actor.acts_for else None,
    )


def form_kept(case: Case, plan: Plan) -> str:
    """The name of the form that the plan's event corrects; the opening's own where it is none."""
    event = case.workflow.events.get(plan.act.event)
    keeps = event.keeps if event else ()
    named = next((keep.name for keep in keeps if keep.kind == "form"), None)
    return named or case.workflow.opens_with.form


def _sharing(case: Case, before: Request | None, after: Request) -> tuple[ShareStep, Direction]:
    states = case.workflow.states
    was = None if before is None else states[before.state].label
    now = states[after.state].label
    if was == now:
        return None, None
    return ("start" if now else "end"), direction_of(now or was or "")


def course_change(
    case: Case, before: Request | None, after: Request, act: Act, at: datetime
) -> CourseChange | None:
    """The course as the request's form now describes it; None where the form says nothing new.

    The first request to name a free short name holds it, until the request ends in a final state.
    """
    final = case.workflow.states[after.state].final
    told = before is not None and (before.form, before.owner) == (after.form, after.owner)
    was_final = before is not None and case.workflow.states[before.state].final
    form = case.workflow.opens_with.form
    if case.workflow.opens_with.by_time or "full_name" not in FORMS[form].fields:
        return None
    owner = after.owner or next(reversed(after.kept.get("earlier_owner", ())), None)
    if owner is None or (told and final == was_final):
        return None
    if told and final and case.facts.course is not None:
        return _let_go(case.facts.course, owner)
    valid = information_of(after, case.facts, oslo_day(at), form).values
    return CourseChange(
        owner=owner,
        short_name=valid.get("short_name", ""),
        full_name=valid.get("full_name", after.form.get("full_name", "")),
        claimed=bool(valid.get("short_name")) and not final and not stands_in_ks_already(case),
        licence=valid.get("licence", ""),
        link=valid.get("link", ""),
        information=valid,
    )


def _let_go(course: Course, owner: str) -> CourseChange:
    """The course as it stands, without a claim on its short name: an end says nothing new of it."""
    return CourseChange(
        owner=owner,
        short_name=course.short_name,
        full_name=course.full_name,
        claimed=False,
        licence=course.licence,
        link=course.link,
        information=course.information,
    )


def stands_in_ks_already(case: Case) -> bool:
    """Whether the routine is about courses that stand in KS Læring under their short names
    already, as what a trust borrows from there does.
    """
    return any(state.label == SHARED_FROM_KS for state in case.workflow.states.values())


HELD_BACK: Final = "held_back"
"""The letter that says what is in the way, and what to answer when it is gone."""
ON_HOLD: Final = "on_hold"
"""The letter that says that only an agreement is missing, and that nobody need do anything."""


def letters_if_untold(happening: Happening, told: Sequence[LetterDraft]) -> Iterator[LetterDraft]:
    """A letter to each holder of the opening role, unless one of `told` goes to it already."""
    opener = happening.case.workflow.opens_with.by
    if is_left_to_opener(happening.case) and opener not in {letter.role for letter in told}:
        held = is_on_hold(happening.case, happening.at)
        yield from role_letters(happening, opener, ON_HOLD if held else HELD_BACK)


ANSWERED = "answered_by_colleague"


def told_to_colleagues(
    happening: Happening, event: Event, letters: Iterable[LetterDraft]
) -> Iterator[LetterDraft]:
    """A letter to each other holder of the role that acted, or to the duty's main address, unless
    one of `letters` tells them.

    Only about what people say by a word: a field that somebody fills in decides nothing alone.
    Where the act gives the role to another party, its holders there are no colleagues.
    """
    acting = happening.act.actor.contacts
    if not event.says or happening.role not in happening.case.workflow.roles:
        return
    addressed = {letter.receiver for letter in letters}
    for contact in written_to(happening.case, happening.case.holders(happening.role)):
        if not is_reached(happening.case, contact):
            continue
        own = any(each.has_address(contact.email) for each in acting)
        elsewhere = acting and contact.party not in happening.act.actor.parties
        if not own and not elsewhere and contact.email not in addressed:
            addressed.add(contact.email)
            yield _told(happening, event, contact)


def _told(happening: Happening, event: Event, contact: Contact) -> LetterDraft:
    letter = draft(happening, happening.role, contact, ANSWERED)
    extra = {
        **letter.variables["extra"],
        "colleague": _acted(happening),
        "said": word_of(event, letter.language) or "",
    }
    return replace(letter, variables={**letter.variables, "extra": extra})


def _acted(happening: Happening) -> str:
    """What the one who acted is called: the name that the register has, else the address."""
    case, address = happening.case, happening.act.actor.address
    names = [c.name for c in case.holders(happening.role) if c.has_address(address) and c.name]
    return f"{names[0]} ({address})" if names else address


def chasers(
    happening: Happening, role: str, template: str, *, everybody: bool = False
) -> Iterator[LetterDraft]:
    """`template` to the holders of `role` who are there; to all of them when nobody is."""
    letters = tuple(role_letters(happening, role, template, everybody=everybody))
    there = tuple(letter for letter in letters if _is_at_work(happening.case, letter))
    yield from there or letters


def letters_to_present(happening: Happening, role: str, template: str) -> Iterator[LetterDraft]:
    """`template` to the holders of `role`; where all of them are away, to those who stand in for
    them and are there.
    """
    case = happening.case
    for name in (role, *case.workflow.roles[role].instead):
        letters = () if name == NOBODY else tuple(role_letters(happening, name, template))
        if any(_is_at_work(case, letter) for letter in letters):
            yield from letters
            return
    yield from role_letters(happening, role, template)


def _is_at_work(case: Case, letter: LetterDraft) -> bool:
    return letter.receiver not in case.facts.away


def without_overtaken(plans: Sequence[Plan], case: Case, at: datetime) -> tuple[Plan, ...]:
    """The plans of one mail, which leave the request as in `case`, without the letters of earlier
    steps that ask for what is done, or that a later one asks the same person more than.

    Words of somebody else are never left out.
    """
    return tuple(
        replace(
            plan,
            letters=tuple(
                letter
                for letter in plan.letters
                if not (_has_moved_on(plan, case) and _is_overtaken(letter, plans[n:], case, at))
            ),
        )
        for n, plan in enumerate(plans, start=1)
    )


def _has_moved_on(plan: Plan, case: Case) -> bool:
    return plan.after.state != case.request.state


def _is_overtaken(letter: LetterDraft, later: Sequence[Plan], case: Case, at: datetime) -> bool:
    of_another = letter.variables.get("note") and not letter.at_once
    if letter.role not in case.workflow.roles or of_another:
        return False
    if letter.template == HELD_BACK:
        return True
    open_now = {each["event"] for each in answers(case, letter.role, letter.language, at)}
    asked = {each["event"] for each in letter.variables.get("answers", ())}
    if asked and not asked & open_now:
        return True
    again = any(each.receiver == letter.receiver for plan in later for each in plan.letters)
    return again and letter.role in owed_by(case)
