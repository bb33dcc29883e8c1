"""One event on many requests at once comes to the same as on each of them by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from engine.cli.program import run
from engine.errors import RefusedError
from engine.service.acts import commands
from engine.service.acts.commands import Done
from engine.service.acts.many import Refused, fire_all
from engine.service.site import Site
from engine.store.cases import queries
from tests.integration.office import AT, OWNER, PLATFORM, Office, new_office
from tests.integration.standing import stand

LATER = AT + timedelta(hours=1)
STATES = ("submitted", "received", "accepted", "shared", "submitted", "rejected")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def _standing(site: Site) -> list[str]:
    workflow = site.routines.named("hf_to_ks").workflow
    return [
        stand(site, workflow, state, AT - timedelta(minutes=place))
        for place, state in enumerate(reversed(STATES))
    ][::-1]


def _whole(office: Office, numbers: Sequence[str]) -> list[object]:
    """What anybody could see of the requests, but ids, keys and hashes."""
    found: list[object] = []
    with office.site.database.reading() as tx:
        for number in numbers:
            row = tx.one("request_by_number", {"number": number})
            assert row is not None
            found.append({name: row[name] for name in ("state", "since", "due_at", "done", "seq")})
            found += [(h.event, h.from_state, h.to_state) for h in queries.history(tx, number)]
            timers = tx.all("timers_of_request", {"of_request": row["id"]})
            found += [(timer["position"], timer["due_at"], timer["action"]) for timer in timers]
    found += sorted((r.request, r.receiver, r.template, r.state) for r in office.letters())
    return found


@pytest.mark.parametrize(
    ("event", "email", "note"),
    [
        ("acknowledge", PLATFORM, ""),
        ("request_changes", PLATFORM, "Målet mangler."),
        ("withdraw", OWNER, ""),
        ("end_share", OWNER, ""),
    ],
)
def test_many_at_once_are_what_each_is_by_itself(
    event: str, email: str, note: str, tmp_path: Path
) -> None:
    together, alone = new_office(tmp_path / "together"), new_office(tmp_path / "alone")
    numbers = _standing(together.site)
    assert numbers == _standing(alone.site)
    told = fire_all(together.site, numbers, event, email=email, at=LATER, note=note)
    each: list[Done | Refused] = []
    for number in numbers:
        try:
            each.append(commands.fire(alone.site, number, event, email=email, at=LATER, note=note))
        except RefusedError as error:
            each.append(Refused(number=number, reasons=error.reasons))
    assert list(told) == each
    assert any(isinstance(one, Done) for one in told)
    assert any(isinstance(one, Refused) for one in told)
    assert _whole(together, numbers) == _whole(alone, numbers)


def test_what_one_changes_of_a_name_is_known_to_the_next(office: Office) -> None:
    first = office.open()
    second = office.open(Kursets_kortnavn="SI-FALL2")
    third = office.open(Kursets_kortnavn="SI-FALL2", Fullt_navn_på_kurset="Et annet kurs")
    done = fire_all(office.site, [first, second, third], "withdraw", email=OWNER, at=LATER)
    assert [type(each) for each in done] == [Done, Done, Done]
    assert [office.state(number) for number in (first, second, third)] == ["withdrawn"] * 3


def test_a_number_that_there_is_not_is_told_and_the_others_happen(office: Office) -> None:
    number = office.open()
    missing, done = fire_all(
        office.site, ["KD-2026-0099", number, number], "acknowledge", email=PLATFORM, at=LATER
    )
    assert isinstance(missing, Refused)
    assert missing.reasons[0].code == "request_missing"
    assert done == Done(
        number=number, events=(("acknowledge", "submitted", "received"),), letters=2
    )


def test_the_same_key_never_acts_twice(office: Office) -> None:
    numbers = [office.open(), office.open(Kursets_kortnavn="SI-FALL2")]
    first = fire_all(
        office.site, numbers[:1], "acknowledge", email=PLATFORM, at=LATER, key="morning"
    )
    again = fire_all(office.site, numbers, "acknowledge", email=PLATFORM, at=LATER, key="morning")
    assert [each.repeated for each in (*first, *again) if isinstance(each, Done)] == [
        False,
        True,
        False,
    ]
    assert office.events(numbers[0]).count("acknowledge") == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(office: Office) -> None:
    numbers = [office.open(), office.open(Kursets_kortnavn="SI-FALL2")]
    before = _whole(office, numbers)
    told = fire_all(office.site, numbers, "acknowledge", email=PLATFORM, at=LATER, dry_run=True)
    assert _whole(office, numbers) == before
    assert told == fire_all(office.site, numbers, "acknowledge", email=PLATFORM, at=LATER)


def test_nobody_acts_without_a_duty(office: Office) -> None:
    with pytest.raises(RefusedError):
        fire_all(office.site, [office.open()], "acknowledge", email="ukjent@si.example", at=LATER)


def test_the_command_takes_several_numbers_and_tells_of_each(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = [office.open(), office.open(Kursets_kortnavn="SI-FALL2")]
    commands.fire(office.site, numbers[0], "acknowledge", email=PLATFORM, at=AT)
    words = ["--site", str(office.site.folder), "--json", "--at", f"{LATER:%Y-%m-%dT%H:%MZ}"]
    words += ["request", "fire", ", ".join(numbers), "acknowledge", "--as", PLATFORM]
    assert run(words) == 1
    said = capsys.readouterr()
    refused, done = (json.loads(line) for line in said.out.splitlines())
    assert (refused["request"], refused["error"]) == (numbers[0], "refused")
    assert (done["request"], done["state"], done["letters"]) == (numbers[1], "received", 2)
    assert said.err.startswith(f"{numbers[0]}: ")
    assert office.state(numbers[1]) == "received"
