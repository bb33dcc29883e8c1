"""The sweep that somebody would write by hand for this one deadline: quick, short, and only this.

It knows its routine by heart: which state ends in which, which two letters are written and to whom,
and what they say beyond the form, in bokmål. What it does not know it reads, for a whole batch at a
time: the request, its form, its course, whether it was submitted, who holds the two duties. It
writes the same rows as the program, byte for byte (`bench.sweep` asserts that): the state, the
chain of history, the letters with all their variables, signed Message-IDs and seals. It uses the
same library for JSON, nothing of the program's but field labels and what is sealed, and has none
of its checks and choices.
"""

from __future__ import annotations

import hmac
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from engine.store.seals import SEALED, sealed
from engine.store.statements import SQLITE
from engine.wording.names import FIELD_NAMES

BATCH: Final = 100
Row = tuple[Any, ...]
Names = Mapping[str, str]
"""Of parties, by id."""
Holders = Mapping[tuple[str, str], list[str]]
"""Addresses by party and duty."""

_DUE = """
SELECT timer.id, timer.occurrence, request.id, request.seq, request.head, request.owner,
    request.borrower, request.form, request.kept, request.workflow, request.version, request.state,
    request.requester, course.id, course.information, course.owner, course.short_name,
    course.short_name_key, course.full_name, course.licence, course.link, request.number,
    EXISTS (SELECT 1 FROM history WHERE
    history.request = request.id AND history.event IN ('submit', 'resubmit'))
FROM timer JOIN request ON request.id = timer.request JOIN course ON course.id = request.course
WHERE timer.status = 'armed' AND timer.due_at <= ? AND request.changed_at <= ?
    AND timer.action = 'fire' AND timer.target = 'give_up'
ORDER BY timer.due_at, timer.id LIMIT ?
"""
_HOLDERS = """
SELECT party, duty, email FROM contact WHERE duty IN ('elearning', 'ks_laering')
    AND valid_from <= ? AND (valid_until IS NULL OR valid_until >= ?)
    AND email NOT IN (SELECT address FROM suspension WHERE lifted_at IS NULL) ORDER BY id
"""
_DONE, _VOID = SQLITE["timer_finish"], SQLITE["timers_void"]
_LET_GO = "UPDATE course SET platform = NULL WHERE id = ?"
_CLOSED = """
UPDATE request SET state = 'withdrawn', since = ?, changed_at = ?, due_at = NULL,
    escalated_at = NULL, done = '[]', last_act = NULL, seq = ?, head = ? WHERE id = ? AND seq = ?
"""
_HISTORY = (
    "request", "seq", "at", "recorded_at", "event", "from_state", "to_state", "role", "contact",
    "party", "cause_kind", "cause_ref", "key", "note_digest", "values_digest", "workflow",
    "version", "format", "previous",
)  # fmt: skip
_LETTER = (
    "request", "inbox", "cause_kind", "cause_ref", "role", "party", "receiver", "template",
    "language", "variables", "message_id", "token", "in_reply_to", "at_once", "written_at",
    "recorded_at",
)  # fmt: skip


def _inserted(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


_GROUNDS_ROW = _inserted("grounds", ("request", "seq", "salt", "said", "facts", "outcome"))
_HISTORY_ROW = _inserted("history", (*_HISTORY, "actor", "note", "hash"))
_LETTER_ROW = _inserted(
    "letter", (*_LETTER, "subject", "state", "not_before", "tries", "error", "seal")
)
_ASKED = (
    "full_name", "short_name", "category", "start_date", "home_page", "goal", "content",
    "audience", "summary", "prerequisites", "produced_by", "time_needed", "coordinator",
)  # fmt: skip
_ALSO = ("owner", "licence", "link", "experts", "liaison", "exception")
_LABELS: Final = {name: FIELD_NAMES[name]["nb"] for name in (*_ASKED, *_ALSO)}
_ENCODE: Final = msgspec.json.Encoder(order="sorted").encode
_DUTIES: Final = {"owner": "e-læringsansvarlig", "platform": "KS Læring"}
_MAY_BE_A_NUMBER = re.compile(r"[0-9]{6}[ \u00a0.-]?[0-9]{5}")
_SIGNS = bytes(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[byte % 32] for byte in range(256))


def _json(value: Any) -> bytes:
    return _ENCODE(value)


def _digest(value: Any) -> str:
    return sha256(_json(value)).hexdigest()


SALT: Final = "00" * 16
"""Instead of what nobody can guess, so that both write the same rows."""
_NO_NOTE: Final = sha256(f"{SALT}\n".encode()).hexdigest()
_SUBJECTS: Final = {
    "request_lapsed": "Saken er lukket: «{name}» [{number}.{token}]",
    "request_withdrawn": "Saken er trukket: «{name}» [{number}.{token}]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """The sweep, on an open connection."""

    connection: sqlite3.Connection
    key: bytes
    """What Message-IDs are signed with."""
    domain: str

    def sweep(self, at: str, recorded_at: str) -> int:
        """Close every request whose time has come at `at`; how many there were."""
        names = {
            party: name.removesuffix(" HF")
            for party, name in self.connection.execute("SELECT id, name FROM party")
        }
        closed, found = 0, BATCH
        while found == BATCH:
            self.connection.execute("BEGIN IMMEDIATE")
            due = self.connection.execute(_DUE, (at, at, BATCH)).fetchall()
            holders: dict[tuple[str, str], list[str]] = {}
            for party, duty, email in self.connection.execute(_HOLDERS, (at[:10], at[:10])):
                holders.setdefault((party, duty), []).append(email)
            self._close(due, names, holders, (at, recorded_at))
            self.connection.execute("COMMIT")
            found = len(due)
            closed += found
        return closed

    def _close(
        self, due: list[Row], names: Names, holders: Holders, times: tuple[str, str]
    ) -> None:
        at, recorded_at = times
        requests: list[Row] = []
        history: list[Row] = []
        letters: list[Row] = []
        grounds: list[Row] = []
        day = _oslo_day(at)
        for row in due:
            timer, acted, request, seq, head, owner, borrower, form, kept = row[:9]
            workflow, version, state, requester, id_, course, *described, number, submitted = row[
                9:
            ]
            cause, key = str(timer), f"timer:{timer}:{acted + 1}"
            told = _variables(*map(msgspec.json.decode, (form, course, kept)))
            told["owner_name"], told["borrower_name"] = names[owner], names[borrower]
            orders = [("owner", owner, "elearning", "request_lapsed")]
            if submitted:
                orders.append(("platform", "ks-laering", "ks_laering", "request_withdrawn"))
            place, tokens = 0, []
            for role, party, duty, template in orders:
                told["receiver_duty"] = _DUTIES[role]
                told["extra"] = {
                    "agreement": {}, "asked": "", "form_came": False, "forwarded_by": "",
                    "held_back": {}, "of_a_course": True, "opener": {
                        "duty": "e-læringsansvarlig", "holder": "den e-læringsansvarlige",
                        "name": "", "party": names[owner],
                    },
                    "owed": False, "party": names[party], "said": "", "since": day,
                    "to_read": "", "waiting_on": "", "wanted": "",
                }  # fmt: skip
                variables = _json(told).decode()
                for receiver in holders[party, duty]:
                    message_id, token = self._signed(f"{key}|{place}|{receiver}")
                    letter = (
                        request, None, "timer", cause, role, party, receiver, template, "nb",
                        variables, message_id, token, "", 0, at, recorded_at,
                    )  # fmt: skip
                    subject = _SUBJECTS[template].format(
                        name=told["course_name"], number=number, token=token
                    )
                    known = dict(zip(_LETTER, letter, strict=True))
                    whole = {
                        **known, "claimed_at": None, "code": None, "error": "", "not_before": at,
                        "raw_sha256": None, "sent_at": None, "state": "waiting",
                        "subject": subject, "tries": 0,
                    }  # fmt: skip
                    seal = f"{_digest(known)}:{sealed(whole[name] for name in SEALED['letter'])}"
                    letters.append((*letter, subject, "waiting", at, 0, "", seal))
                    tokens.append(token)
                    place += 1
            course_seal = sealed((described[0], *described[1:3], None, *described[3:], course))
            stood = (
                "withdrawn", at, owner, borrower, requester, id_, at, None, form, kept, "[]", None,
            )  # fmt: skip
            outcome = _json({
                "course": [id_, course_seal], "letters": tokens, "number": number,
                "request": sealed(stood),
            }).decode()  # fmt: skip
            grounds.append((request, seq + 1, SALT, "{}", "{}", outcome))
            values = sealed((
                "time", at, recorded_at, cause, None, "give_up", key, None, "time", state,
                "withdrawn", SALT, "{}", "{}", outcome,
            ))  # fmt: skip
            entry = (
                request, seq + 1, at, recorded_at, "give_up", state, "withdrawn", "time", None,
                None, "timer", cause, key, _NO_NOTE, values, workflow, version, 2, head,
            )  # fmt: skip
            new_head = _digest(dict(zip(_HISTORY, entry, strict=True)))
            history.append((*entry, "time", None, new_head))
            requests.append((at, at, seq + 1, new_head, request, seq))
        many = self.connection.executemany
        many(_DONE, [{"of_timer": row[0]} for row in due])
        many(_LET_GO, [(row[13],) for row in due])
        many(_CLOSED, requests)
        many(_HISTORY_ROW, history)
        many(_GROUNDS_ROW, grounds)
        many(_VOID, [{"of_request": row[2]} for row in due])
        many(_LETTER_ROW, letters)

    def _signed(self, seed: str) -> tuple[str, str]:
        text = self._letters(seed)
        name = text[8:22].lower()
        signature = self._letters(f"message-id:{name}")[:10].lower()
        return f"<{name}{signature}@{self.domain}>", text[:8]

    def _letters(self, seed: str) -> str:
        return hmac.digest(self.key, seed.encode(), "sha256").translate(_SIGNS).decode()


def _variables(
    form: dict[str, str], course: dict[str, str], kept: dict[str, str]
) -> dict[str, Any]:
    """What both letters say of a request that has lapsed."""

    def said(name: str) -> str:
        return form.get(name) or course.get(name, "")

    shown = [name for name in _LABELS if name in form or name in _ASKED]
    ends_on = kept.get("ends_on", "")
    return {
        "acted_as": "", "acted_for": "", "also": [], "answers": [],
        "course_name": said("full_name"), "done": [], "due": "", "ends_on": ends_on,
        "event": "give_up", "fault_fields": [], "fault_labels": [], "faults": [], "fine": 0,
        "form": [{"label": _LABELS[name], "value": _masked(form.get(name, ""))} for name in shown],
        "intended_duty": "", "kept": {
            "condition": kept.get("condition", ""), "ends_on": ends_on,
            "wanted": kept.get("wanted", ""),
        },
        "label": "delt til KS Læring", "lapses_on": "", "licence": said("licence"),
        "link": kept.get("link") or said("link"), "not_done": [], "note": "",
        "opinions": [
            {"who": _LABELS[name], "text": _masked(form[name])}
            for name in ("experts", "liaison", "exception")
            if form.get(name)
        ],
        "parts_open": [], "possible": [], "receiver_name": "", "remark": "", "requester_name": "",
        "short_name": said("short_name"), "similar": [], "state_title": "Trukket", "total": 11,
        "undo": "", "warned_on": "", "warnings": [],
        "workflow_title": "Helseforetak legger kurs ut i KS Læring",
    }  # fmt: skip


def _oslo_day(at: str) -> str:
    return str(datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/Oslo")).date())


def _masked(text: str) -> str:
    return _MAY_BE_A_NUMBER.sub("***********", text)
