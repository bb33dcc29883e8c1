"""Two workers that look after the register at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import ClaimTakenError
from engine.service.register import confirming
from engine.store.contacts import people
from engine.store.mail_out import letters
from tests.integration.office import Office, new_office


def test_a_worker_that_comes_second_asks_nobody_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office: Office = new_office(tmp_path / "site")
    confirming.ask(office.site, office.at)
    later = office.at + timedelta(days=366)
    real = people.to_ask
    beaten: list[bool] = []

    def beaten_once(*args: object, **more: object) -> tuple[str, ...]:
        if not beaten:
            beaten.append(True)
            raise ClaimTakenError("another worker wrote the letter first")
        return real(*args, **more)  # type: ignore[arg-type]  # passed on as given

    monkeypatch.setattr(people, "to_ask", beaten_once)
    assert confirming.ask(office.site, later) == 6
    assert confirming.ask(office.site, later) == 0
    with office.site.database.reading() as tx:
        assert len(letters.listed(tx)) == 6
