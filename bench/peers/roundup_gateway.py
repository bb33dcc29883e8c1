"""Roundup's mail gateway: the same mails into a tracker made of its classic template, on SQLite.

Its documented set-up, and nothing changed but what a tracker must set and what makes it write to
the same people as we do, in its own documented ways: the gateway gives every new issue to the
platform (`-S issue.assignedto=…`), who then follows it beside its author; `messages_to_author` and
`email_sending` let each of the two have a mail of their own. So every mail brings about two letters
on both sides, one to whoever wrote and one to the other, which is asserted. None leaves: Roundup
writes them to its debug file as it would hand them to a mail server, which it waits for; we keep
each as a row with all that it says, and deliver it afterwards (`bench letters`).

What else is not alike. Roundup makes an issue or moves one, keeps the text, HTML and attachments as
files, two words of status and a journal, and indexes the text to be searched; it asks for no proof
of who wrote, reads no form and judges none, and keeps no deadlines. We do all that, and keep the
mail itself, but index nothing. Its SQLite is left as it chose: WAL and synchronous=FULL, as ours
(asserted), but one commit for a mail where we have two, and files that nobody syncs.
Each matter has one message, as ours has one letter, and its subjects bear Roundup's mark.
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
    prepared, home, letters = place / "prepared", place / "tracker", place / "mail.out"
    _make(prepared, wanted, letters)
    to_platform = ["-S", f"issue.assignedto={wanted['platform']}", str(home)]
    mails = sorted(place.glob("*.eml"))

    def work(order: str) -> float:
        first, last, alone = json.loads(order)
        if first == 0:
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(prepared, home)
            letters.unlink(missing_ok=True)
        chosen = mails[first:last]
        spent = (_in_processes if alone else _in_process)(home, to_platform, chosen)
        _same_rows(home, wanted, last)
        assert _written(letters) == wanted["letters"] * last
        return spent

    return work


def _make(home: Path, wanted: dict[str, Any], letters: Path) -> None:
    settings = {
        "mail_domain": wanted["domain"],
        "tracker_web": "http://tracker.example/",
        "admin_email": f"admin@{wanted['domain']}",
        "mail_debug": str(letters),
        "nosy_messages_to_author": "yes",
        "nosy_email_sending": "multiple",
    }
    given = ",".join(f"{name}={value}" for name, value in settings.items())
    admin = [str(BIN / "roundup-admin"), "-i", str(home)]
    subprocess.run([*admin, "install", "classic", "sqlite", given], check=True)
    subprocess.run([*admin, "initialise", "only-for-the-bench"], check=True)
    db = roundup.instance.open(str(home)).open("admin")
    try:
        assert _durability(db.cursor) == ("wal", 2)
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
            db.issue.create(
                title=thread["title"], messages=[message], assignedto=users[wanted["platform"]]
            )
        db.commit()
    finally:
        db.close()


def _durability(cursor: sqlite3.Cursor) -> tuple[str, int]:
    """(journal, synchronous) of Roundup's own connection, which nobody has told anything."""
    (journal,) = cursor.execute("PRAGMA journal_mode").fetchone()
    (synchronous,) = cursor.execute("PRAGMA synchronous").fetchone()
    return journal, synchronous


def _in_process(home: Path, options: list[str], mails: list[Path]) -> float:
    """Seconds in which one process takes all in, its tracker open, as from a mailbox."""
    given = [each.read_bytes() for each in mails]
    instance = roundup.instance.open(str(home))
    _, arguments = parse_arguments(options)
    gateway = roundup.mailgw.MailGW(instance, arguments)
    began = time.perf_counter()
    for raw in given:
        gateway.main(io.BytesIO(raw))
    return time.perf_counter() - began


def _in_processes(_: Path, options: list[str], mails: list[Path]) -> float:
    """Seconds in which a process each takes them in, as from a mail server's pipe."""
    command = [str(BIN / "roundup-mailgw"), *options]
    began = time.perf_counter()
    for mail in mails:
        with mail.open("rb") as raw:
            subprocess.run(command, stdin=raw, check=True)
    return time.perf_counter() - began


def _written(letters: Path) -> int:
    """How many letters stand in the debug file; each begins as in an mbox, and says to whom."""
    return letters.read_text(encoding="utf-8").count("\nFROM: ")


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
