"""Mail in by command: every source, one verdict each, and an exit code that loses no mail."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.acceptance.site import FORM, OWNER, PLATFORM, PROGRAM, Program, mail, run_here


def remark(name: str) -> bytes:
    """A mail from a registered sender that opens nothing."""
    return mail(body="Hei på deg", subject="Hilsen", name=name)


def test_one_complete_mail_opens_and_submits_a_request(program: Program) -> None:
    taken = program.take(mail(body=FORM, subject="Deling til KS Læring: Trygg"))

    assert taken == {
        "mail": 1,
        "message_id": "<en-mail@ahus.example>",
        "verdict": "opened",
        "request": "KD-2026-0001",
        "events": [
            {"event": "open", "from": None, "to": "draft"},
            {"event": "submit", "from": "draft", "to": "submitted"},
        ],
        "understood": None,
        "reasons": [],
    }


def test_the_same_mail_twice_changes_nothing(program: Program) -> None:
    raw = mail(body=FORM, subject="Deling til KS Læring: Trygg")
    program.take(raw)
    before = program.list("request", "history", "KD-2026-0001")

    again = program.take(raw)

    assert (again["verdict"], again["events"]) == ("repeated", [])
    assert program.list("request", "history", "KD-2026-0001") == before


def test_a_reply_to_a_letter_moves_the_request(program: Program) -> None:
    number = program.opened()
    letter = next(row for row in program.list("letter", "list") if row["to"] == PLATFORM)

    taken = program.take(
        mail(
            body="GODTATT",
            subject="SV: Ny sak",
            sender=PLATFORM,
            aligned=False,
            more=f"In-Reply-To: {letter['message_id']}",
        )
    )

    assert (taken["verdict"], taken["request"]) == ("fired", number)
    assert [each["event"] for each in taken["events"]] == ["accept"]


def test_a_folder_means_every_file_in_it_whatever_its_name(
    program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "inn"
    (folder / "dypere").mkdir(parents=True)
    (folder / "a.eml").write_bytes(remark("a"))
    (folder / "uten-endelse").write_bytes(remark("b"))
    (folder / "dypere" / "c.txt").write_bytes(remark("c"))

    taken = program.list("mail", "take", str(folder))

    assert [each["message_id"][1] for each in taken] == ["a", "c", "b"]


def test_of_a_maildir_only_what_is_delivered_is_taken(program: Program, tmp_path: Path) -> None:
    box = tmp_path / "Maildir"
    for name, folder in (("n", "new"), ("s", "cur"), ("t", "tmp")):
        (box / folder).mkdir(parents=True)
        (box / folder / f"17.{name}:2,S").write_bytes(remark(name))
    (box / "dovecot-uidlist").write_text("3 V1")

    taken = program.list("mail", "take", str(box))

    assert [each["message_id"][1] for each in taken] == ["n", "s"]


LINE = b"From noen@ahus.example Thu Mar  5 09:00:00 2026\n"


def test_an_mbox_that_is_named_as_one_holds_several_messages(
    program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "post.mbox"
    file.write_bytes(
        b"\n".join(LINE + remark(name).replace(b"\r\n", b"\n") + b"\n" for name in "abc")
    )

    taken = program.list("mail", "take", "--mbox", str(file))

    assert [each["message_id"][1] for each in taken] == ["a", "b", "c"]


def answer(letter: dict[str, str]) -> bytes:
    return mail(
        body="GODTATT",
        subject="SV: " + letter["subject"],
        sender=PLATFORM,
        more=f"In-Reply-To: {letter['message_id']}",
    )


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_a_second_message_in_the_first_ones_text_is_text(
    program: Program, tmp_path: Path, source: str
) -> None:
    program.opened()
    letter = next(row for row in program.list("letter", "list") if row["to"] == PLATFORM)
    outer = mail(body="Hei", subject="Hei", sender="noen@fremmed.example", aligned=False)
    raw = (LINE + outer + b"\n\n" + LINE + answer(letter)).replace(b"\r\n", b"\n")
    file = tmp_path / "post"
    file.write_bytes(raw)

    path = {"file": str(file), "stdin": "-"}[source]
    taken = program.list("mail", "take", path, stdin=raw if source == "stdin" else b"")

    assert [each["verdict"] for each in taken] == ["unknown_sender"]
    assert program.list("request", "list")[0]["state"] == "submitted"


def test_what_came_out_of_an_mbox_proves_nothing(program: Program, tmp_path: Path) -> None:
    program.opened()
    letter = next(row for row in program.list("letter", "list") if row["to"] == PLATFORM)
    file = tmp_path / "post.mbox"
    file.write_bytes(LINE + answer(letter).replace(b"\r\n", b"\n"))

    taken = program.list("mail", "take", "--mbox", str(file))

    assert [each["verdict"] for each in taken] == ["unproved_sender"]
    again = program.list("mail", "retry", str(taken[0]["mail"]))
    assert [each["verdict"] for each in again] == ["unproved_sender"]


def test_every_message_is_stored_whatever_its_verdict(program: Program, tmp_path: Path) -> None:
    (tmp_path / "tom.eml").write_bytes(b"")
    (tmp_path / "tull.eml").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "ukjent.eml").write_bytes(
        mail(body="Hei", subject="Hei", sender="noen@fremmed.example", aligned=False)
    )

    names = ("tom.eml", "tull.eml", "ukjent.eml")
    taken = program.list("mail", "take", *(str(tmp_path / name) for name in names))

    assert len(taken) == 3
    assert all(each["verdict"] for each in taken)
    assert taken[2]["verdict"] == "unknown_sender"


def test_mail_list_and_show_tell_what_came_in(program: Program) -> None:
    number = program.opened()
    program.take(remark("b"))

    listed = program.list("mail", "list", "--verdict", "opened")
    shown = program.one("mail", "show", "1")

    assert [each["mail"] for each in listed] == [1]
    assert (shown["request"], shown["sender"]) == (number, OWNER)
    assert "Trygg legemiddelhåndtering" in shown["text"]
    assert shown["letters"]
    assert "åpnet sak" in program.done("mail", "show", "1").text


def test_a_mail_that_is_not_there_is_not_found(program: Program) -> None:
    ran = program.run("--json", "mail", "show", "99")

    assert (ran.code, ran.lines[0]["error"]) == (1, "not_found")


def test_a_path_that_is_not_there_is_tried_again_later_and_the_rest_is_stored(
    program: Program, tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(remark("a"))

    ran = program.run("mail", "take", str(tmp_path / "borte.eml"), str(tmp_path / "a.eml"))

    assert ran.code == 75
    assert "borte.eml" in ran.err
    assert len(program.list("mail", "list")) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--site", "/finnes/ikke", "mail", "take", "-"),
        ("--at", "i går", "mail", "take", "-"),
        ("mail", "take", "--no-such-option"),
        ("--lang", "sv", "--json", "mail", "take", "-"),
    ],
)
def test_whatever_goes_wrong_the_mail_server_is_asked_to_keep_the_mail(
    arguments: tuple[str, ...],
) -> None:
    assert run_here(*arguments, stdin=remark("a")).code == 75


def test_bad_settings_are_a_reason_to_keep_the_mail(program: Program) -> None:
    settings = program.folder / "kursdeling.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('mode = "own"', 'mode = "odd"'), "utf-8")

    assert program.run("mail", "take", "-", stdin=remark("a")).code == 75
    assert program.run("request", "list").code == 1


def test_a_failed_import_is_a_reason_to_keep_the_mail(program: Program, tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise ImportError('broken')")
    broken = replace(program, environment={"PYTHONPATH": str(tmp_path)})

    ran = broken.run("mail", "take", "-", stdin=remark("a"))

    assert (ran.code, ran.err) == (75, "kursdeling: mail take: ImportError\n")


def test_a_full_disk_is_a_reason_to_keep_the_mail(program: Program) -> None:
    (program.folder / "kursdeling.db").unlink()
    for rest in program.folder.glob("kursdeling.db-*"):
        rest.unlink()
    (program.folder / "kursdeling.db").symlink_to("/dev/full")

    assert program.run("mail", "take", "-", stdin=remark("a")).code == 75


def test_a_reader_that_is_gone_does_not_unstore_the_mail(program: Program) -> None:
    command = [PROGRAM, "--site", program.folder, "--json", "mail", "take", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, input=remark("a"), stdout=full, check=False, timeout=60)

    assert done.returncode == 0
    assert len(program.list("mail", "list")) == 1


def test_a_closed_output_does_not_unstore_the_mail(program: Program) -> None:
    words = [str(PROGRAM), "--site", str(program.folder), "mail", "take", "-"]
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *words]

    done = subprocess.run(closed, input=remark("a"), check=False, timeout=60)

    assert done.returncode == 0
    assert len(program.list("mail", "list")) == 1


def test_a_fault_of_the_machine_is_told_without_a_traceback(program: Program) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PROGRAM, "--site", program.folder, "party", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
