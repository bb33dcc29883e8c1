"""Roundup's mail gateway: the same mails into a tracker made of its classic template, on SQLite.

Its documented set-up and nothing changed but what a tracker must set. No mail leaves: it goes to
its debug file, and nobody but the author follows an issue, so none is written. Each matter has one
message, as ours has one letter, and its subjects bear Roundup's mark.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import roundup.instance
import roundup.mailgw
from roundup.date import Date
from roundup.scripts.roundup_mailgw import parse_arguments

from bench.peers.answering import Work, rounds

BIN = Path(sys.executable).parent


def gateway(place: Path) -> Work:
    """Make the tracker that `place`/tracker.json describes; the work takes `place`/*.eml in."""
    wanted = json.loads((place / "tracker.json").read_text(encoding="utf-8"))
    prepared, home = place / "prepared", place / "tracker"
    _make(prepared, wanted, place)
    mails = sorted(place.glob("*.eml"))

    def work(order: str) -> float:
        first, last, alone = json.loads(order)
        if first == 0:
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(prepared, home)
        chosen = mails[first:last]
        spent = _in_processes(home, chosen) if alone else _in_process(home, chosen)
        _same_rows(home, wanted, last)
        return spent

    return work


def _make(home: Path, wanted: dict[str, Any], place: Path) -> None:
    settings = {
        "mail_domain": wanted["domain"],
        "tracker_web": "http://tracker.example/",
        "admin_email": f"admin@{wanted['domain']}",
        "mail_debug": str(place / "mail.out"),
    }
    given = ",".join(f"{name}={value}" for name, value in settings.items())
    admin = [str(BIN / "roundup-admin"), "-i", str(home)]
    subprocess.run([*admin, "install", "classic", "sqlite", given], check=True)
    subprocess.run([*admin, "initialise", "only-for-the-bench"], check=True)
    db = roundup.instance.open(str(home)).open("admin")
    try:
        users = {
            address: db.user.create(username=address, address=address, roles="User")
            for address in wanted["users"]
        }
        for thread in wanted["threads"]:
            message = db.msg.create(
                author=users[thread["owner"]],
                content=thread["text"],
                messageid=thread["message_id"],
                date=Date("2026-09-07"),
                type="email",
            )
            db.issue.create(title=thread["title"], messages=[message])
        db.commit()
    finally:
        db.close()


def _in_process(home: Path, mails: list[Path]) -> float:
    """Seconds in which one process takes all in, its tracker open, as from a mailbox."""
    given = [each.read_bytes() for each in mails]
    instance = roundup.instance.open(str(home))
    _, arguments = parse_arguments([str(home)])
    gateway = roundup.mailgw.MailGW(instance, arguments)
    began = time.perf_counter()
    for raw in given:
        gateway.main(io.BytesIO(raw))
    return time.perf_counter() - began


def _in_processes(home: Path, mails: list[Path]) -> float:
    """Seconds in which a process each takes them in, as from a mail server's pipe."""
    command = [str(BIN / "roundup-mailgw"), str(home)]
    began = time.perf_counter()
    for mail in mails:
        with mail.open("rb") as raw:
            subprocess.run(command, stdin=raw, check=True)
    return time.perf_counter() - began


def _same_rows(home: Path, wanted: dict[str, Any], taken: int) -> None:
    """Every new mail of those taken must have made an issue, and every reply moved one."""
    opened, before = sum(wanted["new"][:taken]), len(wanted["threads"])
    files = sum(wanted["files"][:taken])
    with sqlite3.connect(home / "db" / "db") as connection:
        found = {
            name: connection.execute(sql).fetchone()[0]
            for name, sql in {
                "issues": "SELECT count(*) FROM _issue",
                "messages": "SELECT count(*) FROM _msg",
                "moved": "SELECT count(*) FROM _issue WHERE _status ="
                " (SELECT id FROM _status WHERE _name = 'chatting')",
            }.items()
        }
        (kept,) = connection.execute("SELECT count(*) FROM _file").fetchone()
    expected = {
        "issues": before + opened,
        "messages": before + taken,
        "moved": taken - opened,
    }
    assert found == expected, (found, expected)
    assert kept >= files, (kept, files)


if __name__ == "__main__":
    rounds(lambda: gateway(Path(sys.argv[1])))
