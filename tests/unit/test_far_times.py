"""`--at` beyond the years in which there may be anything."""

from __future__ import annotations

import pytest

from engine.cli.given import read_at


@pytest.mark.parametrize(
    "text", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-31", "0001-01-01"]
)
def test_an_instant_beyond_all_years_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=text[:10]):
        read_at(text)
