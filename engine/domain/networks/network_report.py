"""What a network delivers, plan or report, as frozen values, and how they are kept (R78–R82)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict, replace

Outcome = Literal["done", "partly", "not_done", "unknown"]
"""What became of a measure; `unknown` where nobody has said, which is never the same as none."""
Kind = Literal["plan", "report"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("done", "partly", "not_done", "unknown")
DELIVERIES: Final = "deliveries"
"""The name under which a request keeps every version that was delivered, oldest first."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure (tiltak) of a plan or a report."""

    text: str
    priority_area: str = ""
    """As the network wrote it; whether it is one of the year's is for `priority_areas` to say."""
    outcome: Outcome = "unknown"
    responsible: str = ""
    number: int = dataclasses.field(default=0, compare=False)
    """Which measure of the version before it is, where a form says so; never kept."""


class Contents(Struct, frozen=True, kw_only=True):
    """What a plan or a report says, once somebody or the form's reader has read it."""

    kind: Kind
    network: str = ""
    """The network as the form names it; empty where it names none."""
    year: int | None = None
    """The year that it is about, as the form says it."""
    no_activity: bool = False
    measures: tuple[Measure, ...] = ()
    stated_total: int | None = None
    """How many measures there are, where the form says so itself."""
    deviation_count: int | None = None
    """Reported deviations (avvik) as a number; None where nothing was said, which is not 0."""
    deviation_text: str = ""
    """Words beside the number, for FOUSAM's eyes: they may be about patients."""
    bottlenecks: str = ""
    improvements: tuple[str, ...] = ()
    """Proposals for practice and for the agreements, word for word (R76)."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """What is said of the other things that the mandate names, by their names (R86)."""
    free_text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been filled in that a plan or a report is made of."""
        said = (self.measures, self.no_activity, self.bottlenecks, self.improvements, self.sections)
        return not any((*said, self.free_text.strip(), self.deviation_text.strip())) and (
            self.deviation_count is None
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in it that somebody has written as text."""
        measures = (measure.text for measure in self.measures)
        own = (self.deviation_text, self.bottlenecks, self.free_text)
        return (*measures, *self.improvements, *own, *self.sections.values())

    def count(self, outcome: Outcome) -> int:
        """How many measures came to `outcome`."""
        return sum(measure.outcome == outcome for measure in self.measures)

    @property
    def totals_agree(self) -> bool:
        """Whether the number that the form states is the number of measures that it lists."""
        return self.stated_total is None or self.stated_total == len(self.measures)


class Delivery(Struct, frozen=True, kw_only=True):
    """One version of what a network delivered."""

    version: int
    at: datetime
    source: str
    """What it came by: `mail:12` (the message and its attachments are kept) or `command:KEY`."""
    by: str
    """The address that it came from, or on whose behalf it was laid in."""
    contents: Contents | None
    """None while it stands unread: nobody has yet said what is in the document."""


class Report(Struct, frozen=True, kw_only=True):
    """A network's report (or plan) for one year as the roll-up sees it."""

    network: str
    """The network's id."""
    name: str
    year: int
    state: str
    """The request's state: `received`, `missing_in_rollup`, …"""
    number: str
    """The request's number."""
    deliveries: tuple[Delivery, ...] = ()
    late_after: datetime | None = None
    """What came at this instant or later is late, weekends allowed for."""

    @property
    def delivered_at(self) -> datetime | None:
        """When the first version came, which corrections do not change; None: it is missing."""
        return self.deliveries[0].at if self.deliveries else None

    @property
    def late(self) -> bool:
        """Whether it came too late; what has not come at all is missing, and not late."""
        at = self.delivered_at
        return at is not None and self.late_after is not None and at >= self.late_after

    @property
    def contents(self) -> Contents | None:
        """The last version that was read; None while none is."""
        read = [each.contents for each in self.deliveries if each.contents is not None]
        return read[-1] if read else None

    @property
    def unread(self) -> bool:
        """Whether the last version has yet to be read in."""
        return bool(self.deliveries) and self.deliveries[-1].contents is None


def deliveries_of(kept: Mapping[str, Any]) -> tuple[Delivery, ...]:
    """Every version that a request has kept, oldest first."""
    return msgspec.convert(kept.get(DELIVERIES, ()), tuple[Delivery, ...])


def with_delivery(kept: Mapping[str, Any], delivery: Delivery) -> list[dict[str, Any]]:
    """What `deliveries` is to be once `delivery` has come as well, with the next version number."""
    earlier: Sequence[dict[str, Any]] = kept.get(DELIVERIES, ())
    return [*earlier, _record(replace(delivery, version=len(earlier) + 1))]


def with_reading(kept: Mapping[str, Any], contents: Contents) -> list[dict[str, Any]]:
    """What `deliveries` is to be once the last version is read as `contents`."""
    earlier = list(kept.get(DELIVERIES, ()))
    return [*earlier[:-1], {**earlier[-1], "contents": as_record(contents)}]


def without_last(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What `deliveries` is to be once the last version has turned out to be none."""
    return list(kept.get(DELIVERIES, ()))[:-1]


def as_record(contents: Contents) -> dict[str, Any]:
    """The contents as plain values that JSON can hold."""
    record: dict[str, Any] = msgspec.to_builtins(contents)
    for each in record["measures"]:
        if not each["number"]:
            del each["number"]
    return record


def from_record(record: Mapping[str, Any]) -> Contents:
    """The contents that `as_record` made plain."""
    return msgspec.convert(record, Contents)


def _record(delivery: Delivery) -> dict[str, Any]:
    contents = delivery.contents
    return {
        **asdict(delivery),
        "at": delivery.at.isoformat(),
        "contents": None if contents is None else as_record(contents),
    }


class YearOfReports(Struct, frozen=True, kw_only=True):
    """Every report that an area's roll-up for one year is built from."""

    area: str
    year: int
    networks: int
    """How many networks were active on 31 December of the year."""
    reports: tuple[Report, ...]
    priority_areas: tuple[str, ...] = ()
    """What SU had decided for the year; empty where it decided nothing."""
    uncovered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By network's name: the member parties that have named nobody (R70)."""
    members_unknown: tuple[str, ...] = ()
    """The names of the networks of which nobody has recorded who takes part."""
