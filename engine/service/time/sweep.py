"""Deadlines: find the timers that are due, and let the plan decide what they bring about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from engine.errors import ClaimTakenError, StaleRequestError, UnwritableError
from engine.service.acts.acting import in_transaction
from engine.service.letters.chasers import gather
from engine.service.morning.letter import write_morning
from engine.service.networks.cycle import Stuck, turn
from engine.service.register.confirming import ask
from engine.service.site import Site, always
from engine.service.time.batch import together
from engine.service.time.due import Acted, Ready, decided, fired_first, read
from engine.service.time.waiting_mail import open_waiting
from engine.store.cases import timers
from engine.store.cases.timers import TimerRow
from engine.store.database import Transaction

BATCH = 100
"""How many timers act in one transaction at the most."""


class Fault(Struct, frozen=True, kw_only=True):
    """A request whose timers could not act because of an error; they stay due."""

    request: str
    what: str


class Swept(Struct, frozen=True, kw_only=True):
    """What one sweep found and did."""

    at: datetime
    due: int = 0
    fired: int = 0
    reminded: int = 0
    escalated: int = 0
    refused: int = 0
    opened: int = 0
    """How many requests time opened, or moved because of another one."""
    asked: int = 0
    """How many holders were asked whether what the register says of them is right."""
    faults: tuple[str, ...] = ()


def sweep(
    site: Site, at: datetime, *, dry_run: bool = False, go_on: Callable[[], bool] = always
) -> Swept:
    """Do what every timer that is due at `at` asks for; with `dry_run`, only tell what that is.

    It may come late, twice, or on several machines at once: each occurrence acts once. It ends
    early, between two transactions, when `go_on` says no.
    """
    if dry_run:
        with site.database.reading() as tx:
            return counted(at, _foreseen(site, tx, at))
    turned = list(turn(site, at, go_on))
    swept = counted(at, happenings(site, at, go_on))
    stuck = tuple(each.what for each in turned if isinstance(each, Stuck))
    swept = replace(swept, opened=len(turned) - len(stuck), faults=(*stuck, *swept.faults))
    return _then(site, swept, at) if go_on() else swept


def _then(site: Site, swept: Swept, at: datetime) -> Swept:
    """What time brings that is about no single request, once the deadlines have acted; what fails
    of it is told, and tried again at the next turn.
    """
    done: dict[str, int] = {}
    faults = list(swept.faults)
    for name, work in (
        ("mail that waits", open_waiting),
        ("chasers", gather),
        ("register", ask),
        ("morning letter", write_morning),
    ):
        try:
            done[name] = work(site, at)
        except UnwritableError:
            raise
        except Exception as error:  # noqa: BLE001 – it is told, and the letters leave all the same
            faults.append(f"{name}: {type(error).__name__}: {error}")
    return replace(swept, asked=done.get("register", 0), faults=tuple(faults))


def counted(at: datetime, happened: Iterable[Acted | Fault]) -> Swept:
    """What happened, in numbers."""
    count: Counter[str] = Counter()
    faults: list[str] = []
    for each in happened:
        if isinstance(each, Fault):
            faults.append(f"{each.request}: {each.what}")
        else:
            count[each.outcome] += 1
    return Swept(
        at=at,
        due=count.total(),
        fired=count["fired"],
        reminded=count["reminded"],
        escalated=count["escalated"],
        refused=count["refused"],
        faults=tuple(faults),
    )


def happenings(
    site: Site, at: datetime, go_on: Callable[[], bool] = always
) -> Iterator[Acted | Fault]:
    """Let every timer that is due at `at` act, and tell of each after it is committed."""
    faulty: set[int] = set()
    while go_on():
        try:
            happened, more = in_transaction(site, lambda tx: _batch(site, tx, at, faulty))
        except UnwritableError:
            raise
        except Exception as error:
            alone = False
            for each in _one_by_one(site, at, faulty):
                alone = True
                yield each
            # What fails with no request at all, as on a standby, would fail again for ever.
            if not alone and not isinstance(error, StaleRequestError | ClaimTakenError):
                raise
            continue
        yield from happened
        if not more:
            return


def _batch(site: Site, tx: Transaction, at: datetime, faulty: set[int]) -> tuple[list[Acted], bool]:
    """(what the timers that have been due the longest came to, whether more may be due)."""
    due = timers.due(tx, at, BATCH, faulty)
    happened = together(site, tx, _by_request(due), at)
    # A move may arm a timer that is due at once.
    return happened, len(due) == BATCH or any(acted.has_moved for acted in happened)


def _one_by_one(site: Site, at: datetime, faulty: set[int]) -> Iterator[Acted | Fault]:
    """A batch that failed, request by request; what fails alone is `faulty` from now on."""
    with site.database.reading() as tx:
        due = timers.due(tx, at, BATCH, faulty)
    for number, theirs in _by_request(due).items():
        alone = {number: theirs}
        try:
            yield from in_transaction(site, partial(_alone, site, alone, at))
        except UnwritableError:
            raise
        except Exception as error:  # noqa: BLE001 – it is told, and the others go on
            faulty.add(theirs[0].request_id)
            yield Fault(request=number, what=f"{type(error).__name__}: {error}")


def _alone(
    site: Site, alone: Mapping[str, Sequence[TimerRow]], at: datetime, tx: Transaction
) -> list[Acted]:
    return together(site, tx, alone, at)


def _by_request(due: Iterable[TimerRow]) -> dict[str, list[TimerRow]]:
    found: dict[str, list[TimerRow]] = {}
    for timer in due:
        found.setdefault(timer.request, []).append(timer)
    return found


def _foreseen(site: Site, tx: Transaction, at: datetime) -> Iterator[Acted]:
    seen: set[int] = set()
    while due := timers.due(tx, at, BATCH, seen):
        for number, theirs in _by_request(due).items():
            seen.add(theirs[0].request_id)
            fires = fired_first(theirs)
            case = read(site, tx, number, at, fires)
            armed = timers.of_request(tx, case.request.id)
            yield from decided(site, tx, Ready(case=case, fires=fires, armed=armed), at)
