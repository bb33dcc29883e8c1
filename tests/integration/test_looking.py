"""Who only looks at a site opens little of it, and yet nothing runs that was never proved."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from engine.app import make_site, open_site
from engine.app.looking import look_at
from engine.errors import DefinitionError
from engine.service.site import Site
from engine.store import workflows

ROUTINE = files("workflows").joinpath("hf_to_ks.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site whose routines have all been proved."""
    make_site(tmp_path / "site", {}).database.close()
    (tmp_path / "site" / "workflows").mkdir()
    return tmp_path / "site"


def is_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a look at the site opens all of it."""
    opened: list[Path] = []

    def noted(where: Path) -> Site:
        opened.append(where)
        return open_site(where, proving=False)

    monkeypatch.setattr("engine.app.looking.open_site", noted)
    look_at(folder).close()
    return opened == [folder]


def test_routines_that_were_proved_are_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "workflows" / "own.yaml").write_text(f"\ufeff{ROUTINE}", encoding="utf-8")

    assert not is_whole(folder, monkeypatch)


def test_a_file_that_is_new_has_the_whole_site_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "workflows" / "own.yaml").write_text(f"{ROUTINE}\n", encoding="utf-8")

    assert is_whole(folder, monkeypatch)


def test_a_routine_that_changed_under_its_version_is_refused(folder: Path) -> None:
    (folder / "workflows" / "own.yaml").write_text(f"{ROUTINE}\n", encoding="utf-8")

    with pytest.raises(DefinitionError):
        look_at(folder)


def test_a_new_version_is_proved_and_kept(folder: Path) -> None:
    text = ROUTINE.replace("version: 2\n", "version: 3\n", 1)
    (folder / "workflows" / "own.yaml").write_text(text, encoding="utf-8")

    look = look_at(folder)
    with look.database, look.database.reading() as tx:
        assert workflows.get(tx, "hf_to_ks", 3) is not None
        assert look.workflow(tx, "hf_to_ks", 3).version == 3
        assert look.workflow(tx, "hf_to_ks", 2).version == 2
