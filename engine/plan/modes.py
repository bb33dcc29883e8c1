"""Whether a letter leaves: the most careful of what the site, its routine and its receiver's
party say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ORDER: Final = ("shadow", "hold", "live")
"""The most careful mode first."""
STARTS: Final[Mapping[str, str]] = {"live": "waiting", "hold": "held", "shadow": "shadow"}
"""The state in which a letter starts, by mode."""
NEVER_HELD: Final = frozenset({"morning", "morning_answer", "morning_taken"})
"""The letters by which coordinators release the others."""


def most_careful(*modes: str) -> str:
    """The mode that lets the least happen; ValueError where none is given or one is unknown."""
    return min(modes, key=ORDER.index)


def starting_state(
    workflow: str,
    party: str,
    *,
    site: str,
    workflows: Mapping[str, str],
    parties: Mapping[str, str],
) -> str:
    """`waiting`, `held` or `shadow`, for a letter of `workflow` to `party`; either may be empty.

    A routine or party without a mode of its own has the site's.
    """
    return STARTS[most_careful(site, workflows.get(workflow, site), parties.get(party, site))]


def started(state: str, template: str) -> str:
    """The state in which a letter from `template` starts where others start in `state`.

    One by which letters are released is never held itself, or nobody could let the first one go.
    """
    return "waiting" if state == "held" and template in NEVER_HELD else state
