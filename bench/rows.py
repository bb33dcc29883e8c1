"""One measured case, and how it is told."""

from __future__ import annotations

import json
import resource
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

RUNS = 5
_KILOBYTES_OF_A_MEGABYTE = 1024


class Row(Struct, frozen=True, kw_only=True):
    """One case: how much of `unit` the program did, and how much the bound or peer did."""

    bench: str
    case: str
    rate: float
    unit: str
    bound: float
    ratio: float
    peak_mb: float


def row(bench: str, case: str, *, rate: float, bound: float, unit: str = "per second") -> Row:
    """A case whose ratio is `rate` over `bound`; the peak is this process's own, so far."""
    return Row(
        bench=bench,
        case=case,
        rate=round(rate, 3),
        unit=unit,
        bound=round(bound, 3),
        ratio=round(rate / bound, 3) if bound else 0.0,
        peak_mb=round(peak_mb(), 1),
    )


def peak_mb() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES_OF_A_MEGABYTE
    # What the system tells of a process's use begins with what its parent held when it started it.
    (line,) = (text for text in status.read_text().splitlines() if text.startswith("VmHWM:"))
    return int(line.split()[1]) / _KILOBYTES_OF_A_MEGABYTE


def interleaved(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    """The medians of five runs of each, taken in turn, so that both see the same machine."""
    mine, other = in_turns(ours, theirs)
    return mine, other


def in_turns(*sides: Callable[[], float]) -> tuple[float, ...]:
    """As `interleaved`, for any number of sides."""
    rounds = [[side() for side in sides] for _ in range(RUNS)]
    return tuple(statistics.median(each) for each in zip(*rounds, strict=True))


def left_out(case: str, reason: str) -> None:
    """Say on stderr that a case was not measured, and why."""
    print(f"{case}: left out, {reason}", file=sys.stderr, flush=True)


def working_on(what: str) -> None:
    """Say on stderr what is being measured, where that takes long."""
    print(f"{what} …", file=sys.stderr, flush=True)


def told(rows: Sequence[Row], *, as_json: bool) -> str:
    """The rows as JSON Lines, or as a table to read."""
    if as_json:
        return "\n".join(json.dumps(asdict(each), ensure_ascii=False) for each in rows)
    lines = [
        f"{each.bench:<12} {each.case:<34} {each.rate:>12,.1f} {each.unit:<12}"
        f" bound {each.bound:>12,.1f}  ratio {each.ratio:>7.3f}  {each.peak_mb:>7.1f} MB"
        for each in rows
    ]
    return "\n".join(lines)
