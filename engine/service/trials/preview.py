"""What a letter would look like: one of a site's own letters about a request that is made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Event, Role, Workflow
from engine.domain.course_information import information_of
from engine.domain.networks.network import DELIVERERS
from engine.model import (
    Act,
    Actor,
    Agreement,
    Cause,
    Contact,
    Facts,
    Language,
    Party,
    Proof,
    Request,
)
from engine.plan.case import Case, Happening, Rules
from engine.plan.opening import FORWARDED_BY
from engine.plan.reminding import letters_due
from engine.plan.timing import due_of, timers_for
from engine.plan.variables import EMPTY, faults_variables, variables
from engine.ports import Envelope
from engine.report.letter_documents import documents_of, signed_by
from engine.service.answering.network_acts import NOT_DELIVERED
from engine.service.networks.cycle_letters import GATHERED
from engine.service.site import Routine
from engine.service.trials import example, example_networks
from engine.service.trials.example import Place, places_of
from engine.wording.catalogue import say, texts
from engine.wording.names import DUTY_NAMES

COORDINATORS: Final = frozenset(
    ("escalation", "no_contact", "suggestion_unanswered", "morning_answer")
)
"""Letters about what others owe, so that their receiver has nothing to answer with."""
ASK_FOR_YES: Final = frozenset(
    ("confirm_answer", "confirm_opening", "delegate", "register_confirm", "suggestion")
)
ABOUT_NO_REQUEST: Final = frozenset(
    ("confirm_answer", "not_acted", "newcomer", "not_understood", "confirm_opening",
     "forwarded_by_whom", "delegate_receipt", "substitute", "register_confirm",
     "import_confirm", "delivery_unclear")
)  # fmt: skip
ABOUT_FAULTS: Final = frozenset(("form_faults", "remind", "lapse_warning"))
OWNER_UNKNOWN: Final = frozenset(("order_waits", "owner_wanted"))
TO_CONFIRM: Final = "order_to_confirm"
_AHEAD: Final = timedelta(days=30)
_STANDING: Final[Mapping[str, str]] = {"trust": "si", "municipal": "3401"}
_STANDING_NN: Final[Mapping[str, str]] = {"trust": "sthf", "municipal": "4001"}


def previewed(
    template: str,
    language: Language,
    at: datetime,
    *,
    routines: Mapping[str, Routine],
    parties: Mapping[str, Party],
    rules: Rules,
    place: Place | None = None,
) -> Envelope:
    """Return the letter as it would be written at `at` about a made-up request.

    The request stands where `place` says, else where the first of the routines sends such a letter,
    and the receiver can answer what they could then.
    """
    if place is None:
        place = places_of(routines.values(), template)[0]
    happenings = _happenings(place, _Example(template, language, at, parties, rules))
    happening = happenings[0]
    texts = example_networks.together(
        [_timed(each, place) or variables(each, place.role, language) for each in happenings]
    )
    word = next((answer["word"] for answer in texts["answers"]), say("example.yes", language))
    opening = happening.case.workflow.states[happening.case.workflow.opens_with.state]
    beside = example.beside(template, language, word, opening.titles[language])
    given = {
        **EMPTY,
        **texts,
        **beside,
        "extra": {**texts["extra"], **beside["extra"], **example_networks.beside(template)},
        **_answers(template, language),
        **_faults(happening, place, template, language),
    }
    if template in ABOUT_NO_REQUEST:
        given |= {"state_title": "", "course_name": "", "short_name": ""}
    if template == NOT_DELIVERED:
        given |= example_networks.unclear(int(texts["extra"]["year"]), language)
    return Envelope(
        letter=1,
        number="" if template in ABOUT_NO_REQUEST else example.NUMBER,
        token=example.TOKEN,
        to=example.TO,
        role=place.role,
        language=language,
        template=template,
        variables=given,
        message_id="<1.example@kursdeling.example>",
        in_reply_to="",
        references=(),
        date=happening.at,
        sender_name=signed_by(template, given),
        files=documents_of(template, given, language, happening.at),
    )


def _happenings(
    place: Place,
    made_up: _Example,
) -> tuple[Happening, ...]:
    """What the letter tells of: one move of a request, or what several networks have in common."""
    workflow = place.routine.workflow
    if not workflow.opens_with.by_time:
        return (made_up.happening(place),)
    gathers = made_up.template in GATHERED
    several = gathers and workflow.roles[place.role].duty not in DELIVERERS
    return tuple(
        example_networks.happening(
            place,
            made_up.language,
            made_up.at,
            parties=made_up.parties,
            rules=made_up.rules,
            network=network,
        )
        for network in example_networks.NETWORKS[: 2 if several else 1]
    )


def _timed(happening: Happening, place: Place) -> Mapping[str, Any]:
    """What the timer's own letter would be given; nothing where no timer writes it."""
    if not place.action:
        return {}
    letters = letters_due(happening.case, place.action, place.target, (place.role,), happening.at)
    return next((letter.variables for letter in letters), {})


def _answers(template: str, language: Language) -> dict[str, Any]:
    """What differs for letters whose answers are none of the routine's."""
    if template in ASK_FOR_YES:
        yes = {"event": "yes", "word": say("example.yes", language), "reason": False, "day": False}
        return {"answers": [yes]}
    if template in COORDINATORS:
        duty, coordinator = DUTY_NAMES["elearning"], DUTY_NAMES["coordinator"]
        return {
            "answers": [],
            "intended_duty": duty[language],
            "receiver_duty": coordinator[language],
        }
    return {"answers": []} if template in ABOUT_NO_REQUEST else {}


def _faults(
    happening: Happening, place: Place, template: str, language: Language
) -> dict[str, Any]:
    case, form = happening.case, place.routine.workflow.opens_with.form
    if template != "form_faults":
        return {}
    found = information_of(case.request, case.facts, oslo_day(happening.at), form)
    return faults_variables(happening, found.faults, language, form)


class _Example(Struct, frozen=True):
    """What the made-up request is made of."""

    template: str
    language: Language
    at: datetime
    parties: Mapping[str, Party]
    rules: Rules

    def happening(self, place: Place) -> Happening:
        """What the letter tells of."""
        workflow, language, at = place.routine.workflow, self.language, self.at
        request = _request(place, self.template, language, at)
        today = oslo_day(at)
        facts = Facts(
            parties=self.parties,
            contacts=tuple(_contacts(workflow, request, language, at)),
            agreement=Agreement(id=1, since=today - _AHEAD, to=today + 12 * _AHEAD),
            neutral_language=language,
        )
        due = due_of(timers_for(workflow, request, self.rules.calendar))
        case = Case(
            workflow=workflow,
            table=place.routine.table,
            request=replace(request, due_at=due),
            facts=facts,
            rules=self.rules,
        )
        event = workflow.events.get(place.event)
        able = [role for role in (event.by if event else ()) if role in workflow.roles]
        others = [role for role in able if role != place.role]
        role = next(iter([*others, *able]), place.role)
        act = Act(
            event=place.event,
            actor=Actor(name=example.TO, contacts=case.holders(role)),
            proof=Proof.SITE,
            cause=Cause("command", ""),
            key="",
            note=say("example.note", language) if _takes_note(event) else "",
            values=request.form if self.template == "form_faults" else {},
        )
        return Happening(case=case, act=act, role=role, at=at)


def _takes_note(event: Event | None) -> bool:
    kinds = {keep.kind for keep in event.keeps} if event is not None else set()
    return event is not None and ("reason" in event.needs or "opinion" in kinds)


def _request(place: Place, template: str, language: Language, at: datetime) -> Request:
    workflow = place.routine.workflow
    waited = timedelta(days=10) if template in ("remind", "escalation") else timedelta()
    form = {**texts("example_form", language)}
    completing = set(place.routine.table.events(place.state)) & set(workflow.on_open)
    if template in ABOUT_FAULTS and completing:
        form |= example.FAULTY
    return Request(
        id=1,
        number=example.NUMBER,
        workflow=workflow.name,
        version=workflow.version,
        state=place.state,
        since=at - waited,
        owner=None if template in OWNER_UNKNOWN else _party(workflow, "owner", language),
        borrower=_party(workflow, "borrower", language),
        requester=_party(workflow, "requester", language),
        course=None,
        opened_at=at - waited,
        changed_at=at - waited,
        form=form,
        kept=_kept(place, language, oslo_day(at)) | _forwarded(workflow, template, oslo_day(at)),
        done=_done(place),
    )


def _forwarded(workflow: Workflow, template: str, today: date) -> dict[str, str]:
    """What a request keeps that others forwarded, where the letter asks whether it stands."""
    keep = workflow.opens_with.forwarded
    if keep is None or template != TO_CONFIRM:
        return {}
    return {keep.name: (today + _AHEAD).isoformat(), FORWARDED_BY: example.TO}


def _done(place: Place) -> tuple[str, ...]:
    """What has been done in the state, where the letter comes with the last opinion or later."""
    event = place.routine.workflow.events.get(place.event)
    state = place.routine.workflow.states[place.state]
    if event is None and place.role == state.then:
        return tuple(f"{role}:{state.owes}" for role in state.waits_for)
    if event is None or all(keep.kind != "opinion" for keep in event.keeps):
        return ()
    return tuple(f"{role}:{event.name}" for role in event.by)


def _party(workflow: Workflow, relation: str, language: Language) -> str | None:
    """Who stands in the relation: the one whom the file names, else one of that side."""
    sides = {role.side for role in workflow.roles.values() if role.of == relation}
    source = workflow.opens_with.parties.get(relation, "")
    if source not in ("", "sender", "form"):
        return source
    if not sides and not source:
        return None
    if source == "sender":
        sides = {workflow.roles[workflow.opens_with.by].side}
    standing = _STANDING_NN if language == "nn" else _STANDING
    return next((standing[side] for side in sorted(sides) if side in standing), None)


def _contacts(
    workflow: Workflow, request: Request, language: Language, at: datetime
) -> Iterator[Contact]:
    """A holder of every duty that the routine speaks of."""
    for number, role in enumerate(workflow.roles.values(), 1):
        party = _party_of(role, request)
        if party is not None:
            email = f"{role.duty.replace('_', '-')}@{party}.example"
            yield Contact(
                id=number,
                party=party,
                duty=role.duty,
                email=email,
                valid_from=oslo_day(at) - _AHEAD,
                language=language,
            )


def _party_of(role: Role, request: Request) -> str | None:
    return role.party if role.of is None else request.party_of(role.of)


def _kept(place: Place, language: Language, today: date) -> dict[str, Any]:
    workflow = place.routine.workflow
    events = workflow.events
    kept: dict[str, Any] = {}
    asks = any(k.kind == "opinion" for e in events.values() for k in e.keeps)
    told = place.event or place.role == workflow.states[place.state].then
    if asks and told and place.state != workflow.opens_with.state:
        kept["opinions"] = {"experts": say("example.opinion", language), "liaison": ""}
    happened = events.get(place.event)
    here = {place.state, *(happened.sources if happened else ())}
    for event in events.values():
        for keep in event.keeps:
            if keep.kind == "day" and (event.to in here or event is happened):
                kept[keep.name] = (today + _AHEAD).isoformat()
                told = happened is not None and any(k.kind == "day" for k in happened.keeps)
                ender = None if told else workflow.roles[place.role].of
                kept["ended_by"] = [_party(workflow, ender, language)] if ender else []
            if keep.kind == "text" and event.to in here:
                kept[keep.name] = say("example.note", language)
            if keep.kind == "confirmed" and event is happened:
                kept[keep.name] = "yes"
            if keep.kind == "link" and place.state in ("shared", "linked", "ending"):
                kept[keep.name] = example.LINK
    return kept
