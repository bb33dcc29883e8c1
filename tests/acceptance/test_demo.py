"""The demo plays whole by the installed program, and leaves a site that can be used on."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.site import DEMO_ENDS as AT
from tests.acceptance.site import run_here

LONGEST = 600
"""Seconds; alone it takes about ten, and a machine may be as busy as it likes."""
PROGRAM = (sys.executable, "-W", "error", "-c", "from engine.cli import main; main()")


def kursdeling(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *(str(each) for each in arguments)],
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


@pytest.fixture(scope="module")
def site(played_demo: tuple[Path, str]) -> Path:
    return played_demo[0]


def rows(site: Path, *command: str) -> list[dict[str, Any]]:
    done = run_here("--site", str(site), "--at", AT, "--json", *command)
    assert (done.code, done.err) == (0, "")
    return list(done.lines)


def stored_letters(site: Path) -> dict[str, bytes]:
    """The exact bytes of every letter as the site keeps them, by Message-ID."""
    connection = sqlite3.connect(site / "kursdeling.db")
    try:
        return dict(connection.execute("SELECT message_id, raw FROM letter"))
    finally:
        connection.close()


def test_it_leaves_requests_in_every_kind_of_end_and_some_that_wait(site: Path) -> None:
    states = Counter((row["workflow"], row["state"]) for row in rows(site, "request", "list"))

    assert states == {
        ("hf_to_ks", "shared"): 3,
        ("hf_to_ks", "ended"): 1,
        ("hf_to_ks", "rejected"): 1,
        ("hf_to_ks", "consulting"): 1,
        ("hf_to_ks", "draft"): 1,
        ("ks_orders_from_hf", "shared"): 1,
        ("ks_orders_from_hf", "ended"): 1,
        ("ks_orders_from_hf", "refused"): 1,
        ("hf_shares_from_ks", "shared"): 1,
        ("hf_shares_from_ks", "ended"): 1,
        ("network_report", "received"): 4,
        ("network_report", "delivered"): 1,
        ("network_report", "missing_in_rollup"): 1,
        ("su_rollup", "sent"): 1,
        ("network_plan", "not_delivered"): 6,
    }


def test_the_catalogue_bears_the_label_exactly(site: Path) -> None:
    catalogue = rows(site, "catalogue")

    assert {row["short_name"]: row["label"] for row in catalogue} == {
        "AHUS-LEGUT": "delt til KS Læring",
        "SIV-SMITTE1": "delt til KS Læring",
        "STHF-MUNN": "delt til KS Læring",
        "VV-KOLS": "delt til KS Læring",
        "": "delt fra KS",
    }


def test_its_history_is_whole(site: Path) -> None:
    (found,) = rows(site, "db", "verify")

    assert found["ok"]
    assert found["requests"] == 25
    assert found["broken"] == []


def test_every_letter_was_sent_and_received_with_the_very_same_bytes(site: Path) -> None:
    letters = rows(site, "letter", "list")
    received = [file.read_bytes() for file in sorted((site / "received").iterdir())]

    assert {letter["state"] for letter in letters} == {"sent"}
    assert len(letters) == len(received) >= 20
    assert {message_from_bytes(raw)["Message-ID"]: raw for raw in received} == stored_letters(site)


def test_vinje_and_the_people_at_its_hospital_alone_are_written_to_in_nynorsk(site: Path) -> None:
    letters = rows(site, "letter", "list")
    courses = {row["id"] for row in rows(site, "request", "list") if row["course"]["full_name"]}
    about = [letter for letter in letters if letter["request"] in courses]
    in_nynorsk = {letter["to"] for letter in about if letter["language"] == "nn"}

    assert in_nynorsk == {
        "elaering@sthf.example",
        "fagutvikling@vinje.example",
        "palliativt@sthf.example",
        "samhandling@sthf.example",
    }
    vinje = {each["language"] for each in letters if each["to"] == "fagutvikling@vinje.example"}
    assert vinje == {"nn"}
    assert {letter["language"] for letter in letters} == {"nb", "nn"}


def test_the_roll_up_went_to_su_with_what_six_networks_made_of_their_year(site: Path) -> None:
    (told,) = rows(site, "cycle", "rollup", "2025", "--format", "json")
    assert (told["state"], told["networks"]) == ("sent", 6)
    assert (told["in_time"], told["late"], told["missing"]) == (4, 1, 1)
    assert told["measures"] == {"total": 6, "done": 3, "partly": 2, "not_done": 1, "unknown": 0}
    assert (told["deviations"], told["deviations_unknown"]) == (
        3,
        [
            "Fagleg nettverk for kreft og palliasjon",
            "Fagleg nettverk for rehabilitering",
            "Fagleg nettverk for svangerskap og barsel",
        ],
    )
    (sent,) = [each for each in rows(site, "letter", "list") if each["template"] == "rollup_sent"]
    assert (sent["to"], sent["language"], sent["state"]) == ("su@fonna.example", "nn", "sent")


def test_every_kind_of_mail_has_its_verdict(site: Path) -> None:
    verdicts = Counter(row["verdict"] for row in rows(site, "mail", "list"))

    assert set(verdicts) == {
        "opened", "fired", "answered", "repeated", "automatic", "newcomer", "unknown_sender",
        "unconfirmed", "refused",
    }  # fmt: skip


def test_two_commands_in_one_mail_are_two_events_of_one_cause(site: Path) -> None:
    (siv,) = [
        row
        for row in rows(site, "request", "list")
        if (row["owner"], row["workflow"]) == ("siv", "hf_to_ks")
    ]
    causes = {
        event["event"]: event["cause"] for event in rows(site, "request", "history", siv["id"])
    }

    assert causes["acknowledge"] == causes["accept"]


def test_the_end_came_by_the_clock_and_took_the_label(site: Path) -> None:
    ended = [row for row in rows(site, "request", "list") if row["state"] == "ended"]

    assert len(ended) == 3
    for request in ended:
        last = rows(site, "request", "history", request["id"])[-1]
        assert request["labels"] == []
        assert (last["event"], last["cause"]["kind"]) == ("end_date_reached", "timer")
        assert last["at"] < AT


def test_an_order_moves_to_the_right_trust_under_its_number(site: Path) -> None:
    (order,) = [row for row in rows(site, "request", "list") if row["requester"] == "4036"]
    history = [event["event"] for event in rows(site, "request", "history", order["id"])]

    assert (order["owner"], order["borrower"]) == ("sthf", "ks-laering")
    assert history.count("register") == 2
    assert history.index("wrong_owner") < history.index("permit") < history.index("submit")
    # Whoever has the order now was not spoken for by those who had it before.
    about = [each for each in rows(site, "letter", "list") if each["request"] == order["id"]]
    assert "answered_by_colleague" not in {each["template"] for each in about}


def said(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_whoever_orders_what_is_shared_is_told_where_it_is(site: Path) -> None:
    (letter,) = [
        message_from_bytes(file.read_bytes(), policy=default)
        for file in (site / "received").iterdir()
        if file.name.endswith("kurs@porsgrunn.example.eml")
    ]

    assert "https://kslaring.example/kurs/4711" in said(letter)
    assert "4001" not in {row["requester"] for row in rows(site, "request", "list")}


def in_the_clear(raw: bytes) -> bytes:
    """The message's headers and texts, without the line breaks of their transport."""
    message = message_from_bytes(raw)
    head = "\n".join(f"{name}: {value}" for name, value in message.items())
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    bodies = [part.get_payload(decode=True) for part in parts]
    return b"\n".join([head.encode(), *(body for body in bodies if isinstance(body, bytes))])


def test_nobody_in_it_is_real(site: Path) -> None:
    # Mail programs put their maker's host into Message-IDs; nobody can be written to there.
    makers = rb"@(?:DB9PR10MB7654\.EURPRD10\.PROD\.OUTLOOK\.COM|mail\.gmail\.com)>"
    texts = [in_the_clear(file.read_bytes()) for file in (site / "received").iterdir()]
    connection = sqlite3.connect(site / "kursdeling.db")
    try:
        texts += [in_the_clear(raw) for (raw,) in connection.execute("SELECT raw FROM inbox")]
    finally:
        connection.close()

    for text in texts:
        for address in re.findall(rb"[\w.+-]+@[\w.-]+[\w]", re.sub(makers, b"", text)):
            assert address.lower().endswith(b".example"), address


def test_what_it_says_is_what_happened(played_demo: tuple[Path, str]) -> None:
    _, said = played_demo

    assert "«31.02.2027» finnes ikke" in said
    assert "To felt manglar: «Trygg bruk av smertepumpe i heimen» (nn)" in said
    assert "samme e-post en gang til, ingenting endret" in said
    assert "KD-2026-0010 går videre av seg selv" in said
    assert "request why KD-2026-0005" in said


def test_the_commands_that_it_tells_to_try_all_work(played_demo: tuple[Path, str]) -> None:
    _, said = played_demo
    told = re.findall(r"^  kursdeling (--site .+)$", said, re.MULTILINE)

    assert len(told) == 5
    for command in told:
        assert kursdeling("--at", AT, *command.split()).returncode == 0, command


def test_another_run_takes_the_place_of_the_site(
    played_demo: tuple[Path, str], tmp_path: Path
) -> None:
    site = Path(shutil.copytree(played_demo[0], tmp_path / "site"))
    (site / "extra.txt").write_text("by hand", encoding="utf-8")

    done = kursdeling("--at", "2027-01-03T05:00:00+01:00", "--json", "demo", "--keep", site)

    assert (done.returncode, json.loads(done.stdout)) == (0, {"site": str(site)})
    assert not (site / "extra.txt").exists()
    about_courses = [each for each in rows(site, "request", "list") if each["course"]["full_name"]]
    assert len(about_courses) == 12
    # The mail server is gone: what is written from now on becomes files.
    assert 'transport = "file"' in (site / "kursdeling.toml").read_text(encoding="utf-8")


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")

    done = kursdeling("demo", "--keep", tmp_path)

    assert done.returncode == 1
    assert "no demo has made" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]
