"""`doctor` says where anybody could write results in our own server's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.upkeep.health import examined
from tests.integration.office import PLATFORM, SERVER, new_office

OURS = f"Authentication-Results: {SERVER}; dmarc=pass header.from=ks.example\r\n"
COMMENTED = OURS.replace(SERVER, f"{SERVER} (milter)")
OTHERS = "Received: from a by mx.evil.example; Mon, 7 Sep 2026 08:00\r\n"
INNER = "Received: from b by inner.kursdeling.example; Mon, 7 Sep 2026 08:00\r\n"


@pytest.mark.parametrize(
    ("settings", "above", "expected"),
    [
        ({}, "", ["results_not_stripped"]),
        ({"mail__strips_results": "true"}, "", []),
        ({"mail__trusted_servers": ""}, "", []),
        ({"mail__strips_results": "true"}, OURS, []),
        ({"mail__strips_results": "true"}, OURS + OTHERS, []),
        ({"mail__strips_results": "true"}, OURS + OTHERS + OURS, ["results_planted"]),
        ({"mail__strips_results": "true"}, INNER + OURS, ["results_below"]),
        ({"mail__strips_results": "true"}, COMMENTED, ["results_renamed"]),
        ({"mail__strips_results": "true"}, OTHERS + COMMENTED, []),
        (
            {
                "mail__strips_results": "true",
                "mail__own_hosts": f"{SERVER},inner.kursdeling.example",
            },
            INNER + OURS,
            [],
        ),
    ],
)
def test_it_warns_of_results_that_anybody_could_have_written(
    tmp_path: Path, settings: dict[str, str], above: str, expected: list[str]
) -> None:
    office = new_office(tmp_path / "site", **settings)
    raw = office.raw(PLATFORM, "Hei", "Hei", aligned=False)
    office.take(above.encode() + raw)
    found = examined(office.site, office.at.date())
    told = [each for each in found if each.check == "mail.trusted_servers"]
    assert [each.code for each in told] == expected
    assert all(each.state == "warning" for each in told)
    for each in told:
        assert all(each.in_words(language) for language in ("nb", "nn", "en"))
