"""Six networks of one area in 2026, and the sheet that was counted from them by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.calendar import end_of_day
from engine.domain.networks.network_report import (
    Contents,
    Delivery,
    Measure,
    Outcome,
    Report,
    YearOfReports,
)

LATE_AFTER = end_of_day(datetime(2027, 2, 1, tzinfo=UTC).date())
"""31 January 2027 is a Sunday: nothing is late before Monday is over."""
PRIORITIES = ("Barn og unge", "Eldre med samansette behov", "Digital samhandling")


def measures(area: str, *outcomes: Outcome) -> tuple[Measure, ...]:
    """Measures within one area, one for each outcome."""
    return tuple(
        Measure(text=f"Tiltak {n} i {area}", priority_area=area, outcome=outcome)
        for n, outcome in enumerate(outcomes, start=1)
    )


def report(name: str, number: int, *versions: tuple[str, Contents | None]) -> Report:
    """A network's report with what came when, as ISO instants."""
    return Report(
        network=name.casefold().replace(" ", "-"),
        name=name,
        year=2026,
        state="received" if versions else "missing_in_rollup",
        number=f"KD-2027-{number:04d}",
        deliveries=tuple(
            Delivery(
                version=version,
                at=datetime.fromisoformat(at),
                source=f"mail:{version}",
                by="leiar@nettverk.example",
                contents=contents,
            )
            for version, (at, contents) in enumerate(versions, start=1)
        ),
        late_after=LATE_AFTER,
    )


def year() -> YearOfReports:
    """In time, late, returned and corrected, «ingen aktivitet», PDF only, and missing."""
    in_time = Contents(
        kind="report",
        measures=(
            *measures("Barn og unge", "done", "done", "partly"),
            *measures("Digital samhandling", "not_done"),
        ),
        stated_total=4,
        deviation_count=3,
        improvements=("Felles opplæring éin gong i året.",),
    )
    late = Contents(
        kind="report",
        measures=measures("2", "done", "unknown"),
        deviation_count=0,
    )
    first = Contents(kind="report", measures=measures("Barn og unge", "not_done"))
    corrected = Contents(
        kind="report",
        measures=(*measures("barn og unge", "done"), *measures("Rehabilitering", "partly")),
        improvements=("Epikrise same dag.", "Pasient Kari Testesen, 82 år gammal, venta ei veke."),
    )
    idle = Contents(kind="report", no_activity=True, deviation_count=0)
    return YearOfReports(
        area="helse-fonna",
        year=2026,
        networks=6,
        priority_areas=PRIORITIES,
        reports=(
            report("Nettverk for barn", 1, ("2027-01-20T09:00:00+00:00", in_time)),
            report("Nettverk for demens", 2, ("2027-02-03T09:00:00+00:00", late)),
            report(
                "Nettverk for habilitering",
                3,
                ("2027-01-31T22:00:00+00:00", first),
                ("2027-02-10T09:00:00+00:00", corrected),
            ),
            report("Nettverk for kreft", 4, ("2027-01-15T09:00:00+00:00", idle)),
            report("Nettverk for rus", 5, ("2027-02-01T22:59:59+00:00", None)),
            report("Nettverk for smittevern", 6),
        ),
    )


BY_HAND = {
    "networks": 6,
    "in_time": 4,  # barn, habilitering, kreft, and rus one second before Monday was over
    "late": 1,  # demens
    "missing": 1,  # smittevern
    "unread": ["Nettverk for rus"],
    "measures": {"total": 8, "done": 4, "partly": 2, "not_done": 1, "unknown": 1},
    "priority_areas": [
        {"name": "Barn og unge", "total": 4, "done": 3, "partly": 1, "not_done": 0, "unknown": 0},
        {
            "name": "Eldre med samansette behov",
            "total": 2,
            "done": 1,
            "partly": 0,
            "not_done": 0,
            "unknown": 1,
        },
        {
            "name": "Digital samhandling",
            "total": 1,
            "done": 0,
            "partly": 0,
            "not_done": 1,
            "unknown": 0,
        },
        {"name": None, "total": 1, "done": 0, "partly": 1, "not_done": 0, "unknown": 0},
    ],
    "deviations": 3,  # 3 + 0 + 0; the corrected report gave none, and that is not 0
    "deviations_unknown": [
        "Nettverk for habilitering",
        "Nettverk for rus",
        "Nettverk for smittevern",
    ],
    "proposals": [
        {"network": "Nettverk for barn", "text": "Felles opplæring éin gong i året."},
        {"network": "Nettverk for habilitering", "text": "Epikrise same dag."},
    ],
    "held_back": 1,
}
"""What somebody with a pencil gets."""
