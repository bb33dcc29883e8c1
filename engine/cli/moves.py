"""Events as people read them: what happened, from which state to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition.types import Workflow
from engine.errors import NotFoundError
from engine.model import Language
from engine.plan.naming import event_title, state_title
from engine.service.requests.show import one
from engine.service.site import Site


def routine_of(site: Site, number: str) -> Workflow | None:
    """The routine that a request runs on; None where it does not stand there."""
    try:
        return one(site, number).routine.workflow
    except NotFoundError:
        return None


def moves_told(
    events: Iterable[Mapping[str, Any]], workflow: Workflow | None, language: Language
) -> list[str]:
    """Each event as `what: from → to`, by what the routine calls them."""
    return [
        f"{event_title(workflow, each['event'], language)}: "
        f"{state_title(workflow, each['from'], language) or '–'} → "
        f"{state_title(workflow, each['to'], language)}"
        for each in events
    ]
