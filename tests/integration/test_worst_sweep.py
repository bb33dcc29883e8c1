"""A sweep on a database that takes no writes, as a standby's: it ends, and says why."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import ClaimTakenError, StoreError
from engine.service.time import sweep as sweeping
from engine.service.time.sweep import sweep
from tests.integration.office import new_office


def test_a_sweep_that_can_write_nothing_ends_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise StoreError("cannot execute SELECT FOR UPDATE in a read-only transaction")

    monkeypatch.setattr(sweeping, "_batch", refused)
    office = new_office(tmp_path / "site")
    with closing(office.site.database), pytest.raises(StoreError, match="read-only"):
        sweep(office.site, office.at)


def test_a_batch_whose_work_others_have_done_meanwhile_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sweeping._batch  # noqa: SLF001 – what another worker beats it to
    beaten: list[bool] = []

    def late(*arguments: object) -> object:
        if len(beaten) < 5:
            beaten.append(True)
            raise ClaimTakenError("another worker was first")
        return real(*arguments)  # type: ignore[arg-type]  # passed on as given

    monkeypatch.setattr(sweeping, "_batch", late)
    office = new_office(tmp_path / "site")
    with closing(office.site.database):
        assert sweep(office.site, office.at).faults == ()
    assert len(beaten) == 5
