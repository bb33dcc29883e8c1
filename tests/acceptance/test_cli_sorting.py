"""Stored messages taken in hand by command: `mail retry`, `mail attach` and `mail discard`."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.site import OWNER, PLATFORM, Program, mail


def test_a_message_is_judged_anew_attached_and_laid_aside(program: Program) -> None:
    number = program.opened()
    stray = program.take(
        mail(body="Fint!", subject="Kurset", sender="vikar@ks.example", name="stray", aligned=False)
    )

    again = program.one("mail", "retry", str(stray["mail"]))
    fired = program.one("mail", "attach", str(stray["mail"]), number, "accept", "--as", PLATFORM)
    assert fired["reasons"] == []
    program.done("mail", "discard", str(stray["mail"]), "--reason", "ferdig behandlet")
    shown = program.one("mail", "show", str(stray["mail"]))

    assert again["verdict"] == stray["verdict"] == "unknown_sender"
    assert (fired["verdict"], fired["request"]) == ("fired", number)
    assert fired["events"] == [{"event": "accept", "from": "submitted", "to": "accepted"}]
    assert [each["action"] for each in shown["sorted"]] == ["retry", "attach", "discard"]
    assert [each["verdict"] for each in shown["sorted"]] == [*["unknown_sender"] * 2, "fired"]
    history = program.list("request", "history", number)
    assert history[-1]["cause"] == {"kind": "mail", "ref": str(stray["mail"])}
    assert "ferdig behandlet" in program.done("mail", "show", str(stray["mail"])).text


def test_a_refusal_says_why_and_changes_nothing(program: Program) -> None:
    number = program.opened()

    ran = program.run("--json", "mail", "attach", "1", number, "accept", "--as", OWNER)
    unknown = program.run("mail", "retry", "99")
    nothing = program.run("mail", "discard", "1", "--reason", "")

    assert (ran.code, unknown.code, nothing.code) == (1, 1, 1)
    assert ran.lines[0]["reasons"]
    assert program.one("mail", "show", "1")["sorted"] == []


def test_attachments_are_listed_and_written_under_their_hashes(
    program: Program, tmp_path: Path
) -> None:
    kind = 'Content-Disposition: attachment; filename="../ut.exe"\n'
    body = f"--x\nContent-Type: text/plain\n\nHei\n--x\n{kind}\nMZ innhold\n--x--\n"
    raw = mail(body=body, subject="Hilsen", name="vedlegg")
    raw = raw.replace(b"text/plain; charset=utf-8", b"multipart/mixed; boundary=x", 1)
    taken = program.take(raw)

    shown = program.one("mail", "show", str(taken["mail"]), "--save", str(tmp_path / "ut"))

    (attached,) = shown["attachments"]
    assert (attached["name"], attached["type"]) == ("ut.exe", "application/x-msdownload")
    (file,) = (tmp_path / "ut").iterdir()
    assert (file.name, file.read_bytes()) == (attached["sha256"], b"MZ innhold")
    assert "ut.exe" in program.done("mail", "show", str(taken["mail"])).text


def test_what_waits_for_a_coordinator_is_listed_until_somebody_took_it(program: Program) -> None:
    raw = mail(body="Hei", subject="Kurset", sender="vikar@ks.example", name="v", aligned=False)
    program.take(raw)
    program.opened()

    before = program.list("mail", "list", "--waiting")
    program.done("mail", "discard", "1", "--reason", "svart på telefon")

    assert [each["verdict"] for each in before] == ["unknown_sender"]
    assert program.list("mail", "list", "--waiting") == []
    assert program.done("mail", "show", "1", "--raw").out == raw
