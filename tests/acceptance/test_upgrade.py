"""A program meets a database of another version: it says so, and touches nothing."""

from __future__ import annotations

import smtplib
from pathlib import Path

import pytest

from engine.app import open_site
from engine.app.listening import listening
from engine.store.migrations.upgrading import upgrade
from tests.acceptance.site import FORM, Program, mail
from tests.acceptance.test_daemon import beats, until, worker
from tests.integration.schemas import NEXT, NOW, contents, next_schema

NOTHING = "op.create_table('later', sa.Column('id', sa.Integer(), primary_key=True))"
MAIL = mail(body=FORM, subject="Deling til KS Læring: Trygg")


@pytest.fixture
def newer(tmp_path: Path) -> tuple[Path, Path]:
    return next_schema(tmp_path / "more", NOTHING)


def held(program: Program) -> dict[str, int]:
    found = contents(str(program.folder / "kursdeling.db"))
    return {name: len(rows) for name, rows in found.items()}


def test_a_worker_stops_when_its_database_is_upgraded_and_starts_no_more(
    program: Program, newer: tuple[Path, Path]
) -> None:
    database = str(program.folder / "kursdeling.db")
    site = open_site(program.folder)
    with worker(program.folder) as process:
        until(lambda: bool(beats(site)), process)
        site.database.close()
        assert upgrade(database, to=NEXT, folders=newer) == (NOW, NEXT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 1
    said = f"Databasen har skjema {NEXT}, som er nyere enn programmets {NOW}."
    assert said.encode() in told
    before = held(program)
    assert program.run("run").code == 1
    assert program.run("mail", "take", "-", stdin=MAIL).code == 75
    assert held(program) == before


def test_mail_by_lmtp_waits_until_the_program_fits_again(
    program: Program, newer: tuple[Path, Path], tmp_path: Path
) -> None:
    database, socket = str(program.folder / "kursdeling.db"), str(tmp_path / "lmtp")
    settings = program.folder / "kursdeling.toml"
    text = settings.read_text(encoding="utf-8").replace('lmtp = ""', f'lmtp = "{socket}"')
    settings.write_text(text, encoding="utf-8")
    site = open_site(program.folder)
    (listener,) = listening(site, lambda: None)
    listener.start()
    try:
        codes = []
        for name in ("first", "second"):
            with smtplib.LMTP(socket) as client:
                client.ehlo()
                client.mail("elaering@ahus.example")
                client.rcpt("kursdeling@kursdeling.example")
                codes.append(client.data(mail(body=FORM, subject="Deling", name=name))[0])
            upgrade(database, to=NEXT, folders=newer)
    finally:
        listener.stop()
        site.database.close()
    assert codes == [250, 451]
    assert held(program)["inbox"] == 1
