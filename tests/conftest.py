"""What every floor of tests shares."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from config import settings
from tests.soak import SOAK

# Whoever runs the tests sees what everybody sees; new examples are looked for by `make soak`.
hypothesis.settings.register_profile("the same each time", derandomize=True, database=None)
hypothesis.settings.register_profile("new each time", print_blob=True)
hypothesis.settings.load_profile("new each time" if SOAK else "the same each time")


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
