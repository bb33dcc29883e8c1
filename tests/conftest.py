"""What every floor of tests shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import settings


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site's folder with its settings: letters to files, nothing waiting, live."""
    folder = tmp_path / "site"
    folder.mkdir()
    settings.write_default(
        folder,
        {
            "mail.addresses": "kursdeling@kursdeling.example",
            "mail.trusted_servers": "mx.kursdeling.example",
            "letters.mode": "live",
            "letters.undo_minutes": "0",
        },
    )
    return folder
