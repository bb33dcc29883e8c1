"""The simulated future: told whole, by the same code, and nothing of the site is touched."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.calendar import end_of_day
from engine.errors import NotFoundError, StoreError
from engine.model import Reason
from engine.ports import Delivery
from engine.service.time.simulate import Happening, Scripted, Written, beginning, simulate
from engine.store import copying, heartbeats
from engine.store.cases import queries
from engine.store.heartbeats import Heartbeat
from engine.store.mail_in import inbox
from engine.store.opening import memory
from engine.store.tables import whole
from tests.integration import postgres
from tests.integration.office import AT, COORDINATOR, OWNER, PLATFORM, Office, new_office
from tests.integration.standing import stand


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def day(happening: Happening) -> str:
    return happening.at.date().isoformat()


def test_what_would_come_if_nobody_answers_is_told_in_order(office: Office) -> None:
    number = office.open()
    told = list(simulate(office.site, AT, AT + timedelta(days=120)))
    assert {each.request for each in told} == {number}
    assert [(day(each), each.event, each.start, each.to) for each in told] == [
        ("2026-09-14", "remind", "submitted", "submitted"),
        ("2026-09-21", "remind", "submitted", "submitted"),
        ("2026-09-28", "remind", "submitted", "submitted"),
        ("2026-10-07", "send", "submitted", "submitted"),
        ("2026-12-07", "escalate", "submitted", "submitted"),
    ]
    assert [each.letters for each in told] == [
        (Written(to=PLATFORM, template="remind", language="nb"),),
        (Written(to=PLATFORM, template="remind", language="nb"),),
        (Written(to=PLATFORM, template="remind", language="nb"),),
        (Written(to=OWNER, template="preliminary_answer", language="nb"),),
        (Written(to=COORDINATOR, template="escalation", language="nb"),),
    ]


def test_a_script_of_answers_is_played_with_mail_words_and_event_names(office: Office) -> None:
    number = office.open()
    script = [
        Scripted(
            at=AT + timedelta(days=10),
            request=number,
            event="AVSLUTT",
            email=OWNER,
            values={"ends_on": "2026-10-01"},
        ),
        Scripted(at=AT + timedelta(days=2), request=number, event="Godtatt", email=PLATFORM),
        Scripted(at=AT + timedelta(days=3), request=number, event="confirm_label", email=OWNER),
        Scripted(at=AT + timedelta(days=4), request=number, event="GODTATT", email=PLATFORM),
    ]
    told = list(simulate(office.site, AT, AT + timedelta(days=60), script=script))
    moves = [(each.action, each.event, each.to) for each in told if each.action in ("act", "fire")]
    assert moves == [
        ("act", "accept", "accepted"),
        ("act", "confirm_label", "shared"),
        ("act", "accept", "shared"),
        ("act", "end_share", "ending"),
        ("fire", "end_date_reached", "ended"),
    ]
    (refused,) = [each for each in told if each.reasons]
    assert (refused.event, refused.letters) == ("accept", ())
    assert refused.reasons[0].code in ("already_done", "not_possible_in_state")
    ended = told[-1]
    assert ended.at == end_of_day(date(2026, 10, 1))
    assert {letter.template for letter in ended.letters} == {"share_ended"}


class NothingLeaves:
    """A transport that no simulation may use."""

    def send(self, messages: Iterable[tuple[int, str, bytes]]) -> Iterable[tuple[int, Delivery]]:
        raise AssertionError("a letter left")


def test_nothing_of_the_site_is_written_and_nothing_is_sent(office: Office) -> None:
    number = office.open(Kurssammendrag=None)
    files = sorted(path for path in office.site.folder.rglob("*") if path.is_file())
    before = [hashlib.sha256(path.read_bytes()).digest() for path in files]
    site = replace(office.site, notifier=NothingLeaves)
    told = list(simulate(site, AT, AT + timedelta(days=364)))
    assert told[-1].event == "give_up"
    assert office.state(number) == "draft"
    after = sorted(path for path in office.site.folder.rglob("*") if path.is_file())
    assert after == files
    assert [hashlib.sha256(path.read_bytes()).digest() for path in files] == before


def test_it_begins_where_the_site_has_come_to(office: Office) -> None:
    assert beginning(office.site, AT) == AT
    office.later(days=3)
    office.open()
    assert beginning(office.site, AT) == office.at
    assert beginning(office.site, office.at + timedelta(days=1)) == office.at + timedelta(days=1)


def test_what_is_overdue_at_the_beginning_comes_at_once_and_once(office: Office) -> None:
    office.open()
    late = AT + timedelta(days=40)
    told = list(simulate(office.site, late, late))
    assert [(each.event, each.at) for each in told] == [("remind", late), ("send", late)]


def test_a_script_about_no_request_is_refused_before_anything_runs(office: Office) -> None:
    step = Scripted(at=AT, request="KD-2026-0404", event="accept", email=PLATFORM)
    with pytest.raises(NotFoundError, match="KD-2026-0404"):
        list(simulate(office.site, AT, AT, script=[step]))


def test_an_unknown_word_is_refused_like_any_act(office: Office) -> None:
    number = office.open()
    step = Scripted(at=AT, request=number, event="TULL", email=PLATFORM)
    (told,) = simulate(office.site, AT, AT, script=[step])
    assert (told.event, [reason.code for reason in told.reasons]) == ("TULL", ["unknown_event"])
    stranger = Scripted(at=AT, request=number, event="accept", email="ukjent@ks.example")
    (told,) = simulate(office.site, AT, AT, script=[stranger])
    assert told.reasons == (Reason("unknown_address", {"address": "ukjent@ks.example"}),)


def test_a_request_that_cannot_be_worked_out_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.open()

    def failing(*_: object, **__: object) -> tuple[()]:
        raise ValueError("broken row")

    monkeypatch.setattr("engine.service.time.due.letters_due", failing)
    with pytest.raises(StoreError, match=f"{number}: ValueError: broken row"):
        list(simulate(office.site, AT, AT + timedelta(days=30)))


def test_progress_is_told_up_to_the_last_day(office: Office) -> None:
    office.open()
    seen: list[datetime] = []
    until = AT + timedelta(days=30)
    list(simulate(office.site, AT, until, progress=seen.append))
    assert seen == sorted(seen)
    assert seen[0] == AT
    assert seen[-1] <= until


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_table_is_copied_row_by_row_but_no_bytes(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    more = {}
    if kind == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        more = {"database": postgres.new_database(server, "copied")}
    office = new_office(tmp_path / "site", **more)
    office.open()
    office.reply(PLATFORM, "GODTATT")
    now = datetime(2026, 9, 7, tzinfo=UTC)
    with office.site.database.transaction() as tx:
        beat = Heartbeat(worker="w", at=now, doing="sweep", interval=timedelta(seconds=30))
        heartbeats.beat(tx, beat)
    with memory() as database:
        copying.copy(office.site.database, database)
        with database.reading() as there, office.site.database.reading() as here:
            for table in whole.TABLES:
                mine, theirs = (
                    sorted(repr(dict(row)) for row in tx.all_of(sql))
                    for tx, sql in (
                        (
                            here,
                            whole.reading(office.site.database.dialect, table, with_bytes=False),
                        ),
                        (there, whole.reading("sqlite", table, with_bytes=False)),
                    )
                )
                assert mine == theirs, table
            assert inbox.raw_of(there, 1) is None
            assert len(queries.cases(there)) == 1
    office.site.database.close()


def test_a_year_of_five_hundred_requests_is_told_while_one_waits(office: Office) -> None:
    workflow = office.site.routines.named("hf_to_ks").workflow
    states = [state.name for state in workflow.states.values() if not state.final]
    for n in range(500):
        at = AT + timedelta(hours=n % 48, minutes=n // 48)
        stand(office.site, workflow, states[n % len(states)], at)
    start = AT + timedelta(days=3)
    began = time.process_time()
    told = list(simulate(office.site, start, start + timedelta(days=365)))
    assert len(told) > 1500
    # Under five seconds on a machine that does nothing else and is not traced.
    assert time.process_time() - began < (15 if sys.gettrace() is None else 90)


def test_the_yearly_question_about_the_register_is_foreseen(office: Office) -> None:
    told = list(simulate(office.site, AT, AT + timedelta(days=400)))
    (asked,) = [each for each in told if each.action == "ask"]
    assert (asked.at, asked.request) == (AT + timedelta(days=365), "")
    receivers = {letter.to for letter in asked.letters}
    assert {OWNER, PLATFORM, COORDINATOR} <= receivers
    assert {letter.template for letter in asked.letters} == {"register_confirm"}
