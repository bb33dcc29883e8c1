"""The named conditions of workflow files: an allowlist. Each says which facts it needs and why it
does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from engine.domain.course_information import information_of
from engine.domain.fields import FORMS
from engine.domain.opinions import is_opinion
from engine.model import SYSTEM, Reason, Situation
from engine.ports import Guard
from workflows import loans, networks, orders

Reasons = tuple[Reason, ...]
OPINIONS = ("experts", "liaison")
"""The roles whose opinion R23 asks for; form fields of the same names may carry them."""
SENDING = frozenset({"submit", "submit_with_opinions", "resubmit"})
"""The events by which a request reaches the other side."""
GO_ON = "go_on_without_opinions"
"""The letter of a timer that offers to go on without opinions: the wait for them is over."""


def owner_owns_course(situation: Situation) -> Reasons:
    """A trust may share only what it owns (R6, R25)."""
    party = situation.facts.parties.get(situation.request.owner or "")
    if party is not None and party.side == "trust":
        return ()
    return (Reason("wrong_owner", {"owner": situation.request.owner or "–", "field": "owner"}),)


def agreement_in_force(situation: Situation) -> Reasons:
    """The pilot agreement must cover the day (R4, R21)."""
    agreement = situation.facts.agreement
    if agreement is not None and agreement.since <= situation.today < agreement.to:
        return ()
    return (Reason("no_agreement", {"day": situation.today}),)


def opinions_or_reason(situation: Situation) -> Reasons:
    """Experts and cooperation unit have said their opinion, or the exception has a reason (R23);
    where one of them has said something, the opener decides (INTERFACE §5.4).
    """
    return (*_missing_without_reason(situation), *_to_read(situation))


def opinions_or_late_reason(situation: Situation) -> Reasons:
    """Both opinions, or a reason to go on without them once the wait for them is over (R31);
    where one of them has said something, the opener decides (INTERFACE §5.4).
    """
    if GO_ON in situation.passed:
        return opinions_or_reason(situation)
    missing = _opinions_missing(situation)
    early = (Reason("exception_too_early", {"roles": missing}),) if missing else ()
    return (*early, *_to_read(situation))


def opinion_given(situation: Situation) -> Reasons:
    """Somebody who was asked has said something, which so can travel with the request."""
    return () if _said(situation) else (Reason("no_opinion_to_pass_on"),)


def opinions_wanted(situation: Situation) -> Reasons:
    """An opinion is missing, whatever reason there is to go on without it."""
    return () if _opinions_missing(situation) else (Reason("opinions_complete"),)


def only_opinions_missing(situation: Situation) -> Reasons:
    """All else is in order, so that it makes sense to ask for opinions."""
    others = owner_owns_course(situation) + agreement_in_force(situation)
    if others:
        return others
    return () if _missing_without_reason(situation) else (Reason("opinions_complete"),)


def _missing_without_reason(situation: Situation) -> Reasons:
    missing = _opinions_missing(situation)
    if not missing or situation.request.form.get("exception", "").strip():
        return ()
    return (Reason("opinions_missing", {"roles": missing}),)


def _to_read(situation: Situation) -> Reasons:
    """What goes on by itself would pass a warning on as a go-ahead: only people send it then."""
    said = _said(situation)
    if not said or situation.act.actor != SYSTEM:
        return ()
    return (Reason("opinions_to_read", {"roles": said}),)


def _said(situation: Situation) -> tuple[str, ...]:
    kept: Mapping[str, str] = situation.request.kept.get("opinions", {})
    return tuple(role for role, text in kept.items() if text.strip())


def _opinions_missing(situation: Situation) -> tuple[str, ...]:
    kept: Mapping[str, str] = situation.request.kept.get("opinions", {})
    form = situation.request.form
    return tuple(
        role for role in OPINIONS if role not in kept and not is_opinion(form.get(role, ""))
    )


def same_as_who_ended(situation: Situation) -> Reasons:
    """Only who ended a share may take that back."""
    return () if _ended_it(situation) else (Reason("ended_by_other"),)


def not_who_ended(situation: Situation) -> Reasons:
    """The other party confirms an ending, not the one who asked for it."""
    return (Reason("not_who_ended"),) if _ended_it(situation) else ()


def _ended_it(situation: Situation) -> bool:
    ended_by = set(situation.request.kept.get("ended_by", ()))
    return bool(ended_by & situation.act.actor.parties)


def end_date_ahead(situation: Situation) -> Reasons:
    """The end date has not passed; the day itself counts (until 24.00 Oslo time)."""
    ends_on = situation.request.kept.get("ends_on")
    if ends_on is None or situation.today <= date.fromisoformat(ends_on):
        return ()
    return (Reason("end_date_passed", {"day": date.fromisoformat(ends_on)}),)


def was_submitted(situation: Situation) -> Reasons:
    """The request had reached the other side before."""
    happened = {event for event, _, _ in situation.facts.history}
    return () if happened & SENDING else (Reason("not_submitted"),)


def _guard(check: Callable[[Situation], Reasons], *needs: str) -> Guard:
    return Guard(name=check.__name__, needs=frozenset(needs), check=check)


def _form_complete(form: str, *, name: str = "", unique: bool = False, rest: bool = True) -> Guard:
    """What the form asks for is there and in order (R27, R31, R34–R44), its short name free if
    `unique`; what else is written in it is in order too, unless the `rest` can wait.
    """

    def check(situation: Situation) -> Reasons:
        request, facts, required = situation.request, situation.facts, FORMS[form].required
        found = information_of(request, facts, situation.today, form, unique=unique).faults
        return tuple(fault for fault in found if rest or fault.values["field"] in required)

    needs = ("parties", "short_name") if unique else ("parties",)
    return Guard(name=name or f"{form}_complete", needs=frozenset(needs), check=check)


GUARDS: Mapping[str, Guard] = {
    guard.name: guard
    for guard in (
        _form_complete("course_information", unique=True),
        _guard(owner_owns_course),
        _guard(agreement_in_force, "agreement"),
        _guard(opinions_or_reason),
        _guard(only_opinions_missing, "agreement"),
        _guard(same_as_who_ended),
        _guard(not_who_ended),
        _guard(end_date_ahead),
        _guard(was_submitted, "history"),
        _guard(opinions_or_late_reason),
        _guard(opinion_given),
        _guard(opinions_wanted),
        _form_complete("order", rest=False),
        _guard(orders.owner_named, "parties"),
        _guard(orders.owner_unknown),
        _guard(orders.order_confirmed),
        _guard(orders.order_to_confirm),
        _guard(orders.owner_to_be_named, "similar"),
        _guard(orders.owner_not_asked_for),
        _guard(orders.owner_unchanged),
        _guard(orders.ordered_by_others),
        _guard(orders.permissions_given),
        _guard(orders.permissions_open),
        _guard(orders.information_wanted, "short_name", "parties"),
        _guard(orders.link_missing),
        _guard(loans.not_shared_already, "same_course"),
        _guard(loans.not_for_resale, "parties"),
        _form_complete("link", name="link_information_complete"),
        _guard(loans.owner_is_municipal, "parties"),
        _guard(loans.owner_is_elsewhere),
        _guard(loans.licence_or_consent),
        _guard(loans.licence_stated),
        _guard(networks.delivery_filled_in),
        _guard(networks.delivery_of_this_year),
        _guard(networks.delivery_read),
        _guard(networks.totals_agree),
        _guard(networks.sums_add_up, "rollup"),
        _guard(networks.within_priority_areas),
        _guard(networks.something_to_read),
        _guard(networks.delivery_comes_read),
        _guard(networks.delivery_not_read),
        _guard(networks.correction_not_read),
    )
}
"""Every condition by name; a workflow file may use these, …"""


def guards_for(forms: Iterable[str]) -> Mapping[str, Guard]:
    """… and for each of the site's forms one of its name: `FORM_complete`, and no others."""
    return {**{f"{form}_complete": _form_complete(form) for form in forms}, **GUARDS}
