"""A disk that is full, or has a little room left: what was answered for is kept, the rest is told
to the mail server, and nothing is half-done.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from engine import cli
from engine.app import open_site
from engine.service.deliver import LEASE
from engine.service.upkeep.verifying import verified
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from tests.integration.disks import small_disk
from tests.integration.office import OWNER, SUBJECT, form, new_office
from tests.soak import SOAK

ROOM = range(0, 160_000, 4096) if SOAK else (0, 8192, 40_960, 81_920)
"""Bytes that are left: for nothing at all, for the mail alone, for the mail and what it causes."""
NOT_STORED = 75


def test_on_a_full_disk_nothing_is_lost_or_half_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(words: list[str]) -> int:
        monkeypatch.setattr(sys, "argv", ["kursdeling", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0)

    office = new_office(tmp_path / "made", mail__answers_per_day="10000")
    office.site.database.close()
    codes: Counter[int] = Counter()
    with small_disk(tmp_path / "disk", megabytes=12) as disk:
        folder = disk.folder / "site"
        disk.take_in(office.site.folder, folder)
        before = ["--site", str(folder), "--at", f"{office.at:%FT%TZ}"]
        for n, room in enumerate(ROOM):
            words = form(Kursets_kortnavn=f"SI-{n}", Fullt_navn_på_kurset=f"Kurs {n}")
            given = tmp_path / f"{n}.eml"
            given.write_bytes(office.raw(OWNER, SUBJECT, words))
            disk.fill(but=room)
            code = run([*before, "mail", "take", str(given)])
            codes[code] += 1
            assert run([*before, "tick"]) in {0, 1}
            assert "Traceback" not in capsys.readouterr().err
            disk.make_room()
            if code != 0:
                assert code == NOT_STORED
                assert run([*before, "mail", "take", str(given)]) == 0
        # What could not be recorded as sent is another worker's when its lease is over.
        later = office.at + 2 * LEASE
        assert run(["--site", str(folder), "--at", f"{later:%FT%TZ}", "tick"]) == 0
        with closing(open_site(folder).database) as database, database.reading() as tx:
            verdicts = Counter(row.verdict for row in inbox.listed(tx))
            written = letters.listed(tx)
            stored = {row.id: letters.stored_bytes(tx, row.id) for row in written}
        sent = {int(file.stem): file.read_bytes() for file in folder.glob("outbox/*.eml")}
        assert verified(open_site(folder)).broken == ()
    assert sent == stored
    assert codes[NOT_STORED] > 0
    assert verdicts == {"opened": len(ROOM)}
    assert Counter((row.template, row.state) for row in written) == {
        ("receipt", "sent"): len(ROOM),
        ("request_submitted", "sent"): len(ROOM),
    }
