"""The conditions of the year of the networks: plans, reports and the roll-up."""

from __future__ import annotations

from engine.domain.networks import deliveries, network_report, rollup
from engine.model import Reason, Situation

Reasons = tuple[Reason, ...]
KINDS = {"network_plan": "plan", "network_report": "report"}


def delivery_filled_in(situation: Situation) -> Reasons:
    """What is delivered is no empty form, no report where a plan is waited for, and no correction
    whose place is not certain (R78).
    """
    contents = deliveries.contents_of(situation.act)
    faults = deliveries.kind_faults(contents, KINDS.get(situation.request.workflow, "plan"))
    if contents is None or faults:
        return faults
    return deliveries.doubts(situation.request.kept, situation.facts.earlier, contents)


def delivery_of_this_year(situation: Situation) -> Reasons:
    """What is delivered is about the year that is waited for (R78, R81)."""
    contents = deliveries.contents_of(situation.act)
    return deliveries.year_faults(contents, int(situation.request.kept["year"]))


def delivery_read(situation: Situation) -> Reasons:
    """The last version has been read, by the form's reader or by FOUSAM."""
    return deliveries.unread(situation.request.kept)


def totals_agree(situation: Situation) -> Reasons:
    """The number of measures that the form states is the number that it lists (R93)."""
    return deliveries.total_faults(situation.request.kept)


def within_priority_areas(situation: Situation) -> Reasons:
    """Every measure is within a priority area that SU has decided for the year (R79)."""
    kept = situation.request.kept
    return deliveries.area_faults(kept, situation.facts.priority_areas, int(kept["year"]))


def sums_add_up(situation: Situation) -> Reasons:
    """Every network is counted once, and all sums of the roll-up agree (R93)."""
    return rollup.faults_in(situation.facts.rollup)


def something_to_read(situation: Situation) -> Reasons:
    """Something has been delivered, and the act says what stands in it."""
    if deliveries.contents_of(situation.act) is None:
        return (Reason("nothing_read"),)
    return ()


def delivery_not_read(situation: Situation) -> Reasons:
    """The one version that came has not been read in: then it may turn out to be none at all."""
    if len(network_report.deliveries_of(situation.request.kept)) != 1:
        return (Reason("delivery_stands"),)
    return () if deliveries.unread(situation.request.kept) else (Reason("delivery_was_read"),)


def correction_not_read(situation: Situation) -> Reasons:
    """A version beside earlier ones has not been read in, and may turn out to be none at all."""
    return () if deliveries.unread(situation.request.kept) else (Reason("delivery_was_read"),)


def delivery_comes_read(situation: Situation) -> Reasons:
    """What is delivered is a form, whose contents are known at once."""
    if deliveries.contents_of(situation.act) is None:
        return (Reason("delivery_unread"),)
    return ()
