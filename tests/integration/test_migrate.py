"""Running requests are moved to a new version of their routine, and back, on the real store."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import workflows
from engine.app import open_site
from engine.errors import InputError, NotFoundError
from engine.service.acts.commands import fire
from engine.service.requests import mending
from engine.service.requests.migrating import Line, Migration, migrate, migrate_back
from engine.service.requests.show import history_documents, one
from engine.service.requests.why import why
from engine.service.time.simulate import simulate
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store.cases import timers
from tests.integration import postgres
from tests.integration.office import EXPERTS, OWNER, PLATFORM, Office, new_office

ROUTINE = "hf_to_ks"
SHIPPED = (Path(workflows.__file__).parent / f"{ROUTINE}.yaml").read_text()
NOW = int(re.search(r"(?m)^version: (\d+)", SHIPPED)[1])  # type: ignore[index]  # each file has it
RENAMED = (Line(place="map:1", state="incomplete", to="to_correct"),)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def next_version(office: Office, change: Callable[[str], str] = str) -> None:
    """The site's own file of the routine, changed, under the next version number."""
    text = change(re.sub(r"(?m)^version: \d+", f"version: {NOW + 1}", SHIPPED))
    own = office.site.folder / "workflows"
    own.mkdir(exist_ok=True)
    (own / f"{ROUTINE}.yaml").write_text(text, encoding="utf-8")
    office.site.database.close()
    office.site = open_site(office.site.folder)


def moved(office: Office, *lines: Line, dry_run: bool = False) -> Migration:
    return migrate(office.site, ROUTINE, lines, at=office.at, dry_run=dry_run)


def renamed(text: str) -> str:
    return re.sub(r"\bincomplete\b", "to_correct", text)


def rule(old: str, new: str) -> Callable[[str], str]:
    assert old in SHIPPED
    return lambda text: text.replace(old, new)


def incomplete(office: Office) -> str:
    number = office.open(Kursets_kortnavn="SI-MANGEL")
    fire(office.site, number, "request_changes", email=PLATFORM, at=office.at, note="Tidsbruk")
    return number


def shared(office: Office) -> str:
    number = office.open(Kursets_kortnavn="SI-DELT")
    for event, email in (("accept", PLATFORM), ("confirm_label", OWNER)):
        fire(office.site, number, event, email=email, at=office.at)
    return number


def armed(office: Office, number: str) -> list[tuple[object, ...]]:
    """What each deadline will still do, and when; however often it has done so already."""
    with office.site.database.reading() as tx:
        return sorted(
            (
                t.state,
                t.position,
                t.action,
                t.target,
                t.due_at,
                t.every,
                max(t.at_most - t.occurrence, 0),
            )
            for t in timers.armed(tx, number)
        )


def future(office: Office, days: int = 400) -> list[tuple[object, ...]]:
    until = office.at + timedelta(days=days)
    return [
        (each.at, each.request, each.event, each.to, [letter.to for letter in each.letters])
        for each in simulate(office.site, office.at, until)
    ]


def version(office: Office, number: str) -> int:
    return one(office.site, number).request.version


def codes(found: Migration) -> list[list[str]]:
    return [[reason.code for reason in each.reasons] for each in found.moved]


def test_an_unchanged_routine_leaves_everything_that_is_to_come_as_it_was(office: Office) -> None:
    asked = office.open(Unntak=None)
    numbers = [asked, incomplete(office), office.open(Kursets_kortnavn="SI-3"), shared(office)]
    office.later(days=9)
    sweep(office.site, office.at)
    before, coming = [armed(office, each) for each in numbers], future(office)
    next_version(office)
    found = moved(office)
    assert [each.number for each in found.moved] == numbers
    assert [version(office, each) for each in numbers] == [NOW + 1] * 4
    assert [armed(office, each) for each in numbers] == before
    assert future(office) == coming
    assert verified(office.site).ok
    assert not [
        row
        for row in office.letters()
        if row.written_at == office.at and row.cause.kind == "command"
    ]
    back = migrate_back(office.site, found.key, at=office.at)
    assert [version(office, each) for each in numbers] == [NOW] * 4
    assert codes(back) == [[]] * 4
    assert [armed(office, each) for each in numbers] == before
    assert future(office) == coming
    assert verified(office.site).ok


def test_each_request_has_one_event_that_names_the_migration(office: Office) -> None:
    number = office.open()
    next_version(office)
    found = moved(office)
    last = history_documents(office.site, number)[-1]
    assert (last["event"], last["from"], last["to"]) == ("migrate", "submitted", "submitted")
    assert (last["actor"], last["cause"]) == ("coordinator", {"kind": "command", "ref": found.key})
    assert any(
        "ny versjon av rutinen" in each
        for each in why(office.site, number, office.at, "nb").because
    )
    assert moved(office).moved == ()


def test_what_has_been_reminded_is_not_reminded_again(office: Office) -> None:
    number = office.open(Unntak=None)
    office.later(days=7)  # five working days
    assert sweep(office.site, office.at).reminded == 1
    later = rule(
        "{after: 5 working days, remind: [experts, liaison], every: 5 working days, at_most: 3}",
        "{after: 8 working days, remind: [experts, liaison], every: 8 working days, at_most: 3}",
    )
    next_version(office, later)
    moved(office)
    with office.site.database.reading() as tx:
        (reminder,) = [each for each in timers.armed(tx, number) if each.action == "remind"]
    assert (reminder.occurrence, reminder.at_most) == (1, 3)
    assert reminder.due_at - one(office.site, number).request.since > timedelta(days=20)
    assert verified(office.site).ok


def test_a_single_reminder_that_was_sent_is_spent_and_comes_back_as_spent(office: Office) -> None:
    number = incomplete(office)
    office.later(days=15)
    sweep(office.site, office.at)
    before = armed(office, number)
    next_version(
        office,
        rule("incomplete:\n    - {after: 10 working", "incomplete:\n    - {after: 20 working"),
    )
    found = moved(office)
    assert not [each for each in armed(office, number) if each[2] == "remind"]
    assert verified(office.site).ok
    migrate_back(office.site, found.key, at=office.at)
    assert armed(office, number) == before
    assert verified(office.site).ok


def test_a_state_of_another_name_needs_a_line_in_the_map(office: Office) -> None:
    number, other = incomplete(office), office.open(Kursets_kortnavn="SI-4")
    office.later(days=15)
    sweep(office.site, office.at)
    next_version(office, renamed)
    found = moved(office, dry_run=True)
    assert codes(found) == [["migrate_no_state"], []]
    assert (found.key, version(office, other)) == ("", NOW)
    title = Line(place="map:1", state="Mangler opplysninger", to="to_correct")
    found = moved(office, title)
    assert codes(found) == [[], []]
    assert one(office.site, number).request.state == "to_correct"
    assert not [each for each in armed(office, number) if each[2] == "remind"]
    assert why(office.site, number, office.at, "en").state == "to_correct"
    assert verified(office.site).ok
    assert office.reply(OWNER, "Tidsbruk: 30 min").verdict == "fired"
    assert one(office.site, number).request.state == "submitted"


def test_back_again_the_state_has_its_old_name(office: Office) -> None:
    number = incomplete(office)
    next_version(office, renamed)
    found = moved(office, *RENAMED)
    migrate_back(office.site, found.key, at=office.at)
    request = one(office.site, number).request
    assert (request.state, request.version) == ("incomplete", NOW)
    assert verified(office.site).ok
    assert codes(migrate_back(office.site, found.key, at=office.at)) == [["migrate_gone_on"]]


def test_back_is_whole_or_not_at_all(office: Office) -> None:
    first, second = office.open(), office.open(Kursets_kortnavn="SI-5")
    next_version(office)
    found = moved(office)
    fire(office.site, second, "acknowledge", email=PLATFORM, at=office.at)
    back = migrate_back(office.site, found.key, at=office.at)
    assert sorted(codes(back)) == [[], ["migrate_gone_on"]]
    assert (back.key, version(office, first)) == ("", NOW + 1)
    with pytest.raises(NotFoundError):
        migrate_back(office.site, "migrate-tull", at=office.at)


def test_closed_requests_stay_and_open_again_under_the_version_that_they_had(
    office: Office,
) -> None:
    number = office.open()
    fire(office.site, number, "withdraw", email=OWNER, at=office.at)
    next_version(office)
    assert moved(office).moved == ()
    mending.reopen(office.site, number, reason="Feil", at=office.at)
    assert codes(moved(office)) == [[]]
    assert verified(office.site).ok


def test_a_deadline_that_is_due_acts_first(office: Office) -> None:
    office.open()
    office.later(days=9)
    next_version(office)
    assert codes(moved(office)) == [["migrate_sweep"]]
    sweep(office.site, office.at)
    assert codes(moved(office)) == [[]]


@pytest.mark.parametrize("days", [40, 50])
def test_what_the_new_version_would_close_at_once_or_unwarned_stays(
    office: Office, days: int
) -> None:
    number = incomplete(office)
    office.later(days=45)
    sweep(office.site, office.at)
    old = "incomplete:\n    - {after: 10 working days, remind: owner}\n    - {after: 60 days"
    next_version(office, rule(old, old.replace("60", str(days))))
    assert codes(moved(office)) == [["migrate_ends"]]
    assert version(office, number) == NOW
    assert verified(office.site).ok


def test_what_is_not_the_same_is_refused(office: Office) -> None:
    office.open()
    next_version(office)
    for to in ("shared", "withdrawn"):
        found = moved(office, Line(place="map:1", state="submitted", to=to))
        assert codes(found) == [["migrate_other"]]
    ends = moved(office, Line(place="map:1", state="submitted", to="ending"), dry_run=True)
    assert "migrate_other" in codes(ends)[0]


def test_a_line_that_names_no_state_is_a_fault_with_its_place(office: Office) -> None:
    office.open()
    next_version(office)
    wrong = (
        Line(place="map:1", state="tull", to="draft"),
        Line(place="map:2", state="draft", to="utkast2"),
    )
    with pytest.raises(InputError) as error:
        moved(office, *wrong)
    assert [(place, reason.code) for place, reason in error.value.faults] == [
        ("map:1", "unknown_state"),
        ("map:2", "unknown_state"),
    ]


def test_the_last_act_can_still_be_taken_back(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="15")
    number = office.open()
    next_version(office)
    moved(office)
    assert mending.undo(office.site, number, email=OWNER, at=office.at).events
    assert verified(office.site).ok
    assert version(office, number) == NOW + 1


def test_who_asked_us_to_wait_is_waited_for_under_the_new_version_too(office: Office) -> None:
    number = office.open()
    assert office.reply(PLATFORM, "VENT til 12. oktober").verdict == "fired"
    before, due = armed(office, number), one(office.site, number).request.due_at
    coming = future(office)
    next_version(office)
    found = moved(office)
    assert (armed(office, number), future(office)) == (before, coming)
    assert one(office.site, number).request.due_at == due
    migrate_back(office.site, found.key, at=office.at)
    assert (armed(office, number), future(office)) == (before, coming)
    assert verified(office.site).ok


def test_a_question_that_waits_goes_on_waiting(office: Office) -> None:
    number = office.open(Unntak=None)
    assert office.reply(EXPERTS, "Vi støtter at kurset deles.").verdict == "suggested"
    before = armed(office, number)
    next_version(office)
    moved(office)
    assert armed(office, number) == before
    assert verified(office.site).ok
    assert office.reply(EXPERTS, "JA").verdict == "fired"


def test_on_a_server_it_is_the_same(postgresql_server: str, tmp_path: Path) -> None:
    url = postgres.new_database(postgresql_server, "migrated")
    office = new_office(tmp_path / "site", database=url)
    number = incomplete(office)
    office.later(days=15)
    sweep(office.site, office.at)
    before = armed(office, number)
    next_version(office, renamed)
    found = moved(office, *RENAMED)
    assert (version(office, number), codes(found)) == (NOW + 1, [[]])
    assert verified(office.site).ok
    migrate_back(office.site, found.key, at=office.at)
    assert armed(office, number) == before
    assert verified(office.site).ok
    office.site.database.close()
