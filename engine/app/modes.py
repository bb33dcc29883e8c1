"""How letters start on a site, by its settings."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from config.settings import LetterSettings
from config.values import suggestion
from engine.errors import SettingsError
from engine.model import Reason
from engine.plan.modes import starting_state


def letter_state(
    settings: LetterSettings, workflows: Collection[str], parties: Callable[[], Collection[str]]
) -> Callable[[str, str], str]:
    """(workflow, party) → the state in which a new letter starts.

    SettingsError where the settings name a routine or a party that there is not: the one that was
    meant would be written to.
    """
    _refuse_unknown("letters.workflows", settings.workflows, workflows)
    if settings.parties:
        _refuse_unknown("letters.parties", settings.parties, parties())
    return partial(
        starting_state,
        site=settings.mode,
        workflows=settings.workflows,
        parties=settings.parties,
    )


def _refuse_unknown(table: str, named: Collection[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            near = suggestion(name, tuple(known))
            raise SettingsError(
                f"{table}.{name}: there is nothing of that name{near}",
                reason=Reason("setting_mode_name", {"key": table, "text": name}),
            )
