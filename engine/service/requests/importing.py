"""Bringing in shares that existed before the program did, from a list, whole or not at all."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.labels import label_of
from engine.model import Act, Actor, Cause, Facts, LetterDraft, Plan, Proof, Reason
from engine.plan.case import Case, Happening
from engine.plan.common_events import importing
from engine.plan.common_events.importing import IMPORTED, Existing
from engine.plan.letters import COORDINATOR, role_letters
from engine.plan.naming import party_name
from engine.service.acts.acting import in_transaction, write
from engine.service.letters.posting import IMPORT_CONFIRM, post
from engine.service.site import Site
from engine.store.apply import Applied, recorded
from engine.store.database import Transaction
from engine.store.facts import Wanted, read_facts


class Listed(Struct, frozen=True, kw_only=True):
    """One row of a list: the line that it stands on, and its values by column."""

    line: int
    values: Mapping[str, str]


class Came(Struct, frozen=True, kw_only=True):
    """What a row came to."""

    line: int
    number: str
    """Empty while the list is only tried."""
    share: Existing
    before: bool
    """Whether it had been imported before."""


class Import(Struct, frozen=True, kw_only=True):
    """What a list came to; where there are faults, nothing was written."""

    came: tuple[Came, ...] = ()
    faults: tuple[tuple[int, Reason], ...] = ()
    letters: int = 0


class _Run(Struct, frozen=True):
    site: Site
    tx: Transaction
    at: datetime
    cause: Cause


class _New(Struct, frozen=True):
    line: int
    share: Existing
    plan: Plan
    case: Case
    number: str = ""
    request: int = 0


def import_shares(
    site: Site, rows: Sequence[Listed], *, at: datetime, dry_run: bool = False
) -> Import:
    """Every share in `rows` as a request that stands shared, and a letter to each owner that asks
    whether all of it is so.

    All faults are found before anything is written; what was imported before is left alone.
    """
    cause = Cause("command", f"import-{uuid.uuid4()}")

    def work(tx: Transaction) -> Import:
        return _imported(_Run(site, tx, at, cause), rows, dry_run=dry_run)

    if not dry_run:
        return in_transaction(site, work)
    with site.database.reading() as tx:
        return work(tx)


def _imported(run: _Run, rows: Sequence[Listed], *, dry_run: bool) -> Import:
    shares, faults = _understood(run, rows)
    known = {line: recorded(run.tx, share.key) for line, share in shares.items()}
    new = {line: share for line, share in shares.items() if known[line] is None}
    faults += [*_twice(shares), *_form_faults(run, new)]
    if faults:
        return Import(faults=tuple(sorted(faults, key=lambda fault: fault[0])))
    planned = _planned(run, new)
    if not dry_run:
        planned = _written(run, planned)
    letters = _confirmations(run, planned)
    if not dry_run:
        _write_letters(run, letters)
    numbers = {each.line: each.number for each in planned}
    came = [
        _came(line, share, known[line], numbers.get(line, "")) for line, share in shares.items()
    ]
    return Import(came=tuple(came), letters=len(letters))


def _came(line: int, share: Existing, earlier: Applied | None, number: str) -> Came:
    found = number if earlier is None else earlier.number
    return Came(line=line, number=found, share=share, before=earlier is not None)


Faults = list[tuple[int, Reason]]


def _understood(run: _Run, rows: Iterable[Listed]) -> tuple[dict[int, Existing], Faults]:
    parties = _facts(run).parties
    workflows = [routine.workflow for routine in run.site.routines.current.values()]
    shares: dict[int, Existing] = {}
    faults: Faults = []
    for row in rows:
        found = importing.existing(row.values, parties, workflows, oslo_day(run.at))
        if isinstance(found, Existing):
            shares[row.line] = found
        else:
            faults += [(row.line, reason) for reason in found]
    return shares, faults


def _twice(shares: Mapping[int, Existing]) -> Iterator[tuple[int, Reason]]:
    """Rows that say what a row above says already, or name another owner's course so."""
    keys: dict[str, int] = {}
    names: dict[str, tuple[int, str]] = {}
    for line, share in shares.items():
        name = share.form["short_name"]
        if share.key in keys:
            yield line, Reason("listed_twice", {"line": keys[share.key]})
        keys.setdefault(share.key, line)
        first, owner = names.setdefault(name.casefold(), (line, share.owner.id))
        if owner != share.owner.id:
            yield line, Reason("name_listed_twice", {"short_name": name, "line": first})


def _form_faults(run: _Run, shares: Mapping[int, Existing]) -> Iterator[tuple[int, Reason]]:
    base = _facts(run)
    for line, share in shares.items():
        facts = replace(base, short_name_taken_by=_taken(run, share))
        for reason in importing.form_faults(share, facts, oslo_day(run.at)):
            yield line, reason


def _taken(run: _Run, share: Existing) -> str | None:
    if share.owner.side != "trust":
        # What a trust borrows stands in KS Læring already, under its owner's name for it.
        return None
    name = share.form["short_name"]
    wanted = Wanted(parties=(), day=oslo_day(run.at), needs={"short_name"}, short_name=name)
    return read_facts(run.tx, wanted).short_name_taken_by


def _facts(run: _Run, parties: Iterable[str] = ()) -> Facts:
    wanted = Wanted(
        parties=frozenset(parties),
        day=oslo_day(run.at),
        needs={"parties"},
        neutral_language=run.site.neutral_language,
    )
    return read_facts(run.tx, wanted)


def _planned(run: _Run, shares: Mapping[int, Existing]) -> list[_New]:
    facts = _facts(run, {share.owner.id for share in shares.values()})
    return [_new(run, line, share, facts) for line, share in shares.items()]


def _new(run: _Run, line: int, share: Existing, facts: Facts) -> _New:
    act = Act(
        event=IMPORTED,
        actor=Actor(name=COORDINATOR),
        proof=Proof.SITE,
        cause=run.cause,
        key=share.key,
    )
    table = run.site.routines.named(share.workflow.name).table
    rules = run.site.rules
    plan, case = importing.imported(share, table, act, run.at, facts=facts, rules=rules)
    return _New(line, share, plan, case)


def _written(run: _Run, planned: Sequence[_New]) -> list[_New]:
    plans = [each.plan for each in planned]
    outcomes = write(run.site, run.tx, plans)
    return [
        replace(each, number=outcome.number, request=outcome.request_id)
        for each, outcome in zip(planned, outcomes, strict=True)
    ]


def _confirmations(run: _Run, planned: Sequence[_New]) -> list[tuple[_New, LetterDraft]]:
    """For each owner in each routine, the letters that ask; with the first of their requests."""
    groups: dict[tuple[str, str], list[_New]] = defaultdict(list)
    for each in planned:
        groups[each.share.workflow.name, each.share.owner.id].append(each)
    return [(group[0], letter) for group in groups.values() for letter in _asked(run, group)]


def _asked(run: _Run, group: Sequence[_New]) -> Iterator[LetterDraft]:
    first = group[0]
    happening = Happening(case=first.case, act=first.plan.act, role=COORDINATOR, at=run.at)
    roles = first.share.workflow.roles.values()
    role = next((r.name for r in roles if r.of == "owner"), first.share.workflow.opens_with.by)
    for letter in role_letters(happening, role, IMPORT_CONFIRM):
        extra = {**letter.variables["extra"], "courses": [_course(each) for each in group]}
        # The letter is about several courses, so no word in a reply may act on one of them.
        texts = {**letter.variables, "extra": extra, "answers": [], "course_name": ""}
        yield replace(letter, variables=texts) if letter.template == IMPORT_CONFIRM else letter


def _course(new: _New) -> dict[str, str]:
    form = new.share.form
    return {
        "number": new.number,
        "name": form["full_name"],
        "short_name": form["short_name"],
        "label": label_of(new.plan.direction) if new.plan.direction else "",
        "borrower": party_name(new.case, new.share.borrower.id),
        "since": new.share.since.isoformat(),
        "licence": form.get("licence", ""),
        "link": form.get("link", ""),
    }


def _write_letters(run: _Run, letters: Iterable[tuple[_New, LetterDraft]]) -> None:
    for n, (first, draft) in enumerate(letters):
        post(
            run.site,
            run.tx,
            draft,
            seed=f"{run.cause.ref}|{n}|{draft.receiver}",
            request_id=None if draft.template == IMPORT_CONFIRM else first.request,
            cause=run.cause,
            at=run.at,
            workflow=first.share.workflow.name,
        )
