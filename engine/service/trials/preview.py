"""What letters look like: the site's routines are played in memory, by people who are made up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import chain, product
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import date_of, morning_of, oslo_day
from engine.definition.types import Event, Keep, Timer, Workflow
from engine.domain.area_file import AreaFile
from engine.domain.fields import FIELDS, FORMS
from engine.domain.networks.deliveries import values_of
from engine.domain.networks.network_report import Contents, Measure, Outcome
from engine.errors import RefusedError
from engine.model import Language, Party
from engine.model.register import PLATFORM
from engine.plan.case import Case
from engine.plan.opening import FORWARDED_BY
from engine.plan.possible import events_with_roles, owed_by, supposed, unmet
from engine.plan.yearly_letters import KINDS
from engine.ports import Envelope
from engine.service.acts.acting import case_of
from engine.service.acts.commands import fire, open_by_command
from engine.service.letters.posting import envelope_of
from engine.service.networks.areas import set_up
from engine.service.networks.cycle import due_year, turn
from engine.service.site import Site
from engine.service.time.sweep import happenings
from engine.service.trials.made_up import LIKE, LINK, beside
from engine.service.trials.trying import COORDINATOR, address, parties_of, people
from engine.store import copying, workflows
from engine.store.cases import timers
from engine.store.cases.yearly import requests_of
from engine.store.contacts import networks, register
from engine.store.database import Database, Transaction
from engine.store.mail_out import letters
from engine.store.opening import memory
from engine.store.workflows import StoredVersion
from engine.wording.catalogue import say, texts

TOKEN: Final = "7K2Q9M4D"  # noqa: S105 - a token that opens nothing: it stands in made-up letters
FAULTY: Final[Mapping[str, str]] = {"short_name": "", "start_date": "2027-02-31", "produced_by": ""}
"""What is wrong with the form of a request that is opened with faults."""
FORWARDER: Final = "mottaker@kommune.example"
_STANDING: Final = (COORDINATOR[0], PLATFORM, "si", "sthf", "3401", "4001")
"""Who takes part beside those whom the routines name; the form's course is the first trust's."""
_BY_KIND: Final = {"link": LINK, "date": "2027-03-01", "number": "12", "licence": "CC BY"}
"""What stands in a field of a site's own form."""
_AHEAD: Final = timedelta(days=30)
_PAUSE: Final = timedelta(minutes=1)
_AT_MOST: Final = 12
"""So many deadlines are waited for in one state: some of them come again for ever."""


def previewed(
    site: Site, template: str, language: Language, at: datetime, area: AreaFile
) -> Envelope:
    """The letter as the first of the site's routines that sends it comes to write it, if played
    from `at` on, or from the day on which time opens it.
    """
    workflows, base = usual_first(site), LIKE.get(template, template)
    for workflow in (each for each in workflows if base in named(each)):
        for letter in written(site, workflow, language, at, area):
            if letter.template == base:
                return letter if base == template else beside(letter, template)
    usual = written(site, workflows[0], language, at, area)
    return partly_made_up(template, usual, workflows[0])


def partly_made_up(template: str, letters: Iterable[Envelope], workflow: Workflow) -> Envelope:
    """A letter that no routine's file names, in place of the one of `letters` that is like it, else
    of the first that waits for somebody else than whoever opens the request.
    """
    base, opener = LIKE.get(template), workflow.opens_with.by
    found = (each for each in letters if each.template == base or not (base or each.role == opener))
    return beside(next(found), template)


def usual_first(site: Site) -> list[Workflow]:
    """The routines, those of most requests first, and those that time opens last."""
    return sorted(
        (each.workflow for each in site.routines.current.values()),
        key=lambda each: (each.opens_with.by_time, each.opens_with.form != "course_information"),
    )


def named(workflow: Workflow) -> set[str]:
    """The letters that playing the routine can bring about."""
    ordered = [event.letters for event in workflow.events.values()]
    every = [timer for timers in workflow.timers.values() for timer in timers]
    return {
        *(() if workflow.opens_with.by_time else ("form_faults",)),
        *(order.template for orders in (workflow.opens_with.letters, *ordered) for order in orders),
        *(_by_timer(timer) for timer in every if timer.action != "fire"),
    }


def _by_timer(timer: Timer) -> str:
    asks = "held_back" if timer.answered else "remind"
    return {"remind": asks, "escalate": "escalation"}.get(timer.action, timer.target)


class _Played(Struct, frozen=True, kw_only=True):
    """A site in memory on which one request stands somewhere on its way."""

    site: Site
    number: str
    at: datetime
    memory: Callable[[], Database]
    """What makes the site of the next step."""
    told: int = 0
    """The last of the letters that had been written before."""


def written(
    site: Site, workflow: Workflow, language: Language, at: datetime, area: AreaFile
) -> Iterator[Envelope]:
    """Every letter that the routine comes to write, once for each place in it, in the order in
    which they come when everything that people and time can do in each state is done in turn.
    """
    stood: set[Hashable] = set()
    told: set[tuple[str, ...]] = set()
    with ExitStack() as opened:
        begun = _begun(site, workflow, language, area, lambda: opened.enter_context(memory()))
        people(begun.site, workflow, (), at)
        opening = _by_time if workflow.opens_with.by_time else _opened
        waiting = deque(opening(begun, workflow, language, at, area))
        while waiting:
            here = waiting.popleft()
            yield from _told(here, workflow, told)
            case = _case(here)
            if (where := _where(case, here.at)) not in stood:
                stood.add(where)
                waiting += _acted(here, case, language)
                waiting.append(_waited(here))


def _told(here: _Played, workflow: Workflow, told: set[tuple[str, ...]]) -> Iterator[Envelope]:
    """The letters that have been written since the last step, from places that are new."""
    with here.site.database.reading() as tx:
        rows = [row for row in letters.listed(tx) if row.id > here.told and row.receiver]
    for row in (each for each in rows if each.workflow == workflow.name):
        given = row.variables
        place = (row.template, row.role, given.get("event", ""), given.get("state_title", ""))
        if place not in told:
            told.add(place)
            message_id = f"<{len(told)}.example@kursdeling.example>"
            yield replace(envelope_of(row), token=TOKEN, message_id=message_id)


def _where(case: Case, at: datetime) -> Hashable:
    """Where the request stands: the state, and what each role may do there with which letters."""
    filled = sum(1 for text in case.request.form.values() if text)
    found: list[Hashable] = [case.request.state, owed_by(case), filled]
    for event, role in events_with_roles(case):
        act = supposed(case, event, role)
        conditions = [order.condition for order in event.letters if order.condition]
        holds = [not unmet(case, (name,), act, at) for name in (*event.when, *conditions)]
        found.append((event.name, role, *holds))
    return tuple(found)


def _case(here: _Played) -> Case:
    with here.site.database.reading() as tx:
        return case_of(here.site, tx, here.number, here.at)


def _begun(
    site: Site, workflow: Workflow, language: Language, area: AreaFile, new: Callable[[], Database]
) -> _Played:
    """The site's routines and organisations in memory, where nothing has happened yet; everybody
    is written to in `language`.
    """
    database = new()
    with site.database.reading() as tx:
        parties = register.parties(tx)
    opens = workflow.opens_with
    joining = area.area.municipalities if opens.by_time else opens.parties.values()
    standing = {*_STANDING, *joining, *(role.party for role in workflow.roles.values())}
    with database.transaction() as tx:
        _enter(tx, [parties[each] for each in parties if each in standing])
        for each in site.routines.current.values():
            kept = StoredVersion(
                name=each.workflow.name,
                version=each.workflow.version,
                text=each.workflow.text,
                sha256=each.workflow.sha256,
            )
            workflows.remember(tx, kept, recorded_at=site.clock.now())
    played = replace(
        site,
        database=database,
        neutral_language=language,
        signer=lambda: _signed,
        letter_state=lambda workflow, party: "waiting",
    )
    return _Played(site=played, number="", at=site.clock.now(), memory=new)


def _enter(tx: Transaction, parties: Iterable[Party]) -> None:
    """The organisations as such that the site's own choice of language is for."""
    register.upsert_parties(tx, [replace(each, written_standard="neutral") for each in parties])


def _signed(seed: str) -> tuple[str, str]:
    name = sha256(seed.encode()).hexdigest()
    return f"<{name}@kursdeling.example>", name


def _opened(
    begun: _Played, workflow: Workflow, language: Language, at: datetime, _: AreaFile
) -> Iterator[_Played]:
    """The request as a form with faults opens it, as one in order does, and as one that somebody
    else has forwarded does where the routine takes such.
    """
    with begun.site.database.reading() as tx:
        parties = register.parties(tx)
    role, form = workflow.roles[workflow.opens_with.by], _form(begun.site, workflow, language)
    bare = {name: text for name, text in form.items() if name not in workflow.opens_with.parties}
    openings = [{**bare, **FAULTY}, form]
    if workflow.opens_with.forwarded is not None:
        openings.append({**form, FORWARDED_BY: FORWARDER})
    for values in openings:
        here = _copied(begun)
        done = open_by_command(
            here.site,
            workflow.name,
            email=address(min(parties_of(workflow, role, parties, set())), role.duty),
            at=at,
            values=values,
        )
        yield replace(here, number=done.number, at=at)


def _form(site: Site, workflow: Workflow, language: Language) -> dict[str, str]:
    """The form filled in: a course that is none, made by the first that could own it."""
    with site.database.reading() as tx:
        parties = register.parties(tx)
    form, named = {**texts("example_form", language)}, workflow.opens_with.parties
    for name in FORMS[workflow.opens_with.form].required:
        form.setdefault(name, _BY_KIND.get(FIELDS[name].kind) or say("example.yes", language))
    for relation in {"owner", *named}:
        for party in _of_side(workflow, relation, parties)[:1]:
            if relation == "owner":
                form["produced_by"] = f"{form['produced_by']}, {party.name}"
            if named.get(relation) == "form":
                form[relation] = party.name
    return form


def _of_side(workflow: Workflow, relation: str, parties: Mapping[str, Party]) -> list[Party]:
    sides = {role.side for role in workflow.roles.values() if role.of == relation}
    return [party for party in parties.values() if party.side in sides]


def _by_time(
    here: _Played, workflow: Workflow, language: Language, at: datetime, area: AreaFile
) -> Iterator[_Played]:
    """The year's request as it was opened last before `at`, in an area with its example networks,
    one of which has delivered what the others are asked for.
    """
    played, year = here.site, due_year(workflow, at)
    rule = workflow.opens_with.day
    if rule is None or year is None:
        raise ValueError(f"{workflow.name} is not opened by time")
    begun = morning_of(date_of(rule, year))
    set_up(played, replace(area, networks=area.networks[:2]), begun, examples=True)
    with played.database.transaction() as tx:
        _enter(tx, register.parties(tx).values())
        names = next(iter(area.priority_areas.values()))
        networks.set_priority_areas(tx, area.area.id, year, names)
    for _ in turn(played, begun):
        pass
    with played.database.reading() as tx:
        mine, *_ = requests_of(tx, workflow.name)
        others = [requests_of(tx, name)[:1] for name in played.routines.current]
    here = replace(here, number=str(mine.number), at=begun)
    later = here
    for other in (each for found in others for each in found if each.number != mine.number):
        ended = _ended(replace(later, number=str(other.number)), language)
        later = replace(ended, number=here.number)
    yield replace(_waited(later), told=0)
    yield here


def _ended(here: _Played, language: Language) -> _Played:
    """Where the first act of each state, or time, takes the request until it stands still."""
    stood: set[str] = set()
    while (case := _case(here)).request.state not in stood:
        stood.add(case.request.state)
        onwards = chain(_acted(here, case, language), (_waited(here) for _ in "1"))
        here = next((each for each in onwards if _case(each).request.state not in stood), here)
    return here


def _acted(here: _Played, case: Case, language: Language) -> Iterator[_Played]:
    """What each role may do now, each from where the request stands; refused acts are none."""
    at = here.at + _PAUSE
    for event, role in events_with_roles(case):
        variants = {any(keep.optional or keep.kind == "delivery" for keep in event.keeps), False}
        for fully, holder in product(sorted(variants, reverse=True), case.holders(role)[:1]):
            act = partial(
                fire,
                number=here.number,
                event=event.name,
                email=holder.email,
                at=at,
                note=_note(event, case.workflow, language),
                values=_values(here.site, case, event, language, oslo_day(at), fully=fully),
                in_person=True,
            )
            try:
                act(here.site, dry_run=True)
            except RefusedError:
                continue
            after = _copied(here)
            act(after.site)
            yield replace(after, at=at)


def _copied(here: _Played) -> _Played:
    database = here.memory()
    copying.copy(here.site.database, database)
    return replace(here, site=replace(here.site, database=database), told=_last(here))


def _last(here: _Played) -> int:
    with here.site.database.reading() as tx:
        return max((row.id for row in letters.listed(tx)), default=0)


def _note(event: Event, workflow: Workflow, language: Language) -> str:
    """What is written with the event."""
    if any(keep.kind == "opinion" for keep in event.keeps):
        return say("example.opinion", language)
    if "reason" in event.needs:
        return say(f"example.{'sent_back' if workflow.opens_with.by_time else 'note'}", language)
    return ""


def _values(
    site: Site, case: Case, event: Event, language: Language, today: date, *, fully: bool
) -> dict[str, str]:
    """What the event is to keep; what it can do without, only where it is done `fully`."""
    values: dict[str, str] = {}
    for keep in event.keeps:
        told = keep.kind == "text" and event.needs
        if not told and (fully or not (keep.optional or keep.kind == "delivery")):
            values |= _kept(site, case, keep, language, today)
    return values


def _kept(site: Site, case: Case, keep: Keep, language: Language, today: date) -> Mapping[str, str]:
    by_time = case.workflow.opens_with.by_time
    form = {} if by_time else _form(site, case.workflow, language)
    kept: Mapping[str, str] = {}
    match keep.kind:
        case "form":
            kept = form
        case "day":
            kept = {keep.name: (today + _AHEAD).isoformat()}
        case "link":
            kept = {keep.name: LINK}
        case "party":
            others = _of_side(case.workflow, keep.name, case.facts.parties)
            standing = case.request.party_of(keep.name)
            kept = {keep.name: next(each.name for each in others if each.id != standing)}
        case "text":
            kept = {keep.name: form.get(keep.name) or say("example.note", language)}
        case "delivery" | "reading":
            kept = values_of(_delivery(case, language))
        case _:
            pass
    return kept


def _delivery(case: Case, language: Language) -> Contents:
    """What the network plans or reports: a measure within each of the first priority areas."""
    kind = KINDS[case.workflow.name]
    outcome: Outcome = "done" if kind == "report" else "unknown"
    measures = texts("example_measures", language).values()
    return Contents(
        kind=kind,
        year=case.request.kept["year"],
        measures=tuple(
            Measure(text=text, priority_area=area, outcome=outcome)
            for text, area in zip(measures, case.facts.priority_areas, strict=False)
        ),
    )


def _waited(here: _Played) -> _Played:
    """Where the request stands once time alone has moved it, or has written what it writes."""
    after, state, now = _copied(here), _case(here).request.state, here.at
    for _ in range(_AT_MOST):
        for _happened in chain(turn(after.site, now), happenings(after.site, now)):
            pass
        if _case(replace(after, at=now)).request.state != state:
            break
        with after.site.database.reading() as tx:
            due = timers.next_due(tx)
        if due is None:
            break
        now = max(now, due)
    return replace(after, at=now)
