"""Whether letters leave: the most careful of site, routine and party."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from config import settings
from config.modes import MODES
from config.settings import Settings
from engine.errors import SettingsError
from engine.plan.modes import ORDER, STARTS, started, starting_state


@pytest.mark.parametrize(("site", "routine", "party"), list(product(MODES, repeat=3)))
def test_the_most_careful_mode_wins_whichever_of_the_three_says_so(
    site: str, routine: str, party: str
) -> None:
    state = starting_state(
        "hf_to_ks", "ahus", site=site, workflows={"hf_to_ks": routine}, parties={"ahus": party}
    )
    careful = next(mode for mode in ORDER if mode in (site, routine, party))
    assert state == STARTS[careful]
    assert (state == "waiting") == ({site, routine, party} == {"live"})


@pytest.mark.parametrize("mode", MODES)
def test_others_and_letters_about_nothing_have_the_sites_mode(mode: str) -> None:
    own = {"hf_to_ks": "shadow"}
    for workflow, party in (("", ""), ("network_plan", "si")):
        state = starting_state(workflow, party, site=mode, workflows=own, parties={"ahus": "hold"})
        assert state == STARTS[mode]


def test_the_letter_by_which_letters_are_released_is_not_held_and_never_leaves_a_shadow() -> None:
    starts = {mode: started(state, "morning") for mode, state in STARTS.items()}
    assert starts == {"live": "waiting", "hold": "waiting", "shadow": "shadow"}
    assert started("held", "remind") == "held"


def test_modes_of_single_routines_and_parties_are_read_from_their_tables(tmp_path: Path) -> None:
    settings.write_default(
        tmp_path, {"letters.workflows.hf_to_ks": "shadow", "letters.parties.0301": " hold "}
    )
    read = Settings.load(tmp_path, {}).letters
    assert dict(read.workflows) == {"hf_to_ks": "shadow"}
    assert dict(read.parties) == {"0301": "hold"}
    file = tmp_path / settings.FILE
    file.write_text('[letters.parties]\nahus = "live"\n"0301" = "shadow"\n', encoding="utf-8")
    read = Settings.load(tmp_path, {}).letters
    assert (dict(read.workflows), dict(read.parties)) == ({}, {"ahus": "live", "0301": "shadow"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[letters.parties]\nahus = "alive"', "letters.parties.ahus must be shadow, hold, live"),
        ("[letters.workflows]\nhf_to_ks = 1", "letters.workflows.hf_to_ks must be shadow"),
        ('[letters.parties]\n"a b" = "live"', "'a b' is no name"),
        ('[letters.party]\nahus = "live"', "unknown setting letters.party.ahus"),
        ('[letters]\nparties = "live"', "unknown setting letters.parties"),
    ],
)
def test_a_mode_that_means_nothing_is_refused(text: str, said: str, tmp_path: Path) -> None:
    settings.write_default(tmp_path, {})
    (tmp_path / settings.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        Settings.load(tmp_path, {})
