"""The composition root: a site's folder → a Site; the only place that picks adapters, guards and
letters.

What only looks (`engine.app.looking`) needs little of it, so it is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.app.assembling import (
        WallClock,
        address_of,
        assembled,
        make_site,
        messages,
        open_site,
        prove,
        prove_new,
        routine,
        templates_of,
        upgrade_site,
        workflow_files,
    )

__all__ = [
    "WallClock",
    "address_of",
    "assembled",
    "make_site",
    "messages",
    "open_site",
    "prove",
    "prove_new",
    "routine",
    "templates_of",
    "upgrade_site",
    "workflow_files",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from engine.app import assembling

    return getattr(assembling, name)
