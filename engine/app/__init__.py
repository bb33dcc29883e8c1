"""The composition root: a site's folder → a Site; the only place that picks adapters, guards and
letters.
"""

from __future__ import annotations

from engine.app.assembling import (
    WallClock,
    address_of,
    assembled,
    make_site,
    messages,
    open_site,
    upgrade_site,
)
from engine.app.post import templates_of
from engine.app.routine_files import know, workflow_files
from engine.app.routines import prove, prove_new, routine

__all__ = [
    "WallClock",
    "address_of",
    "assembled",
    "know",
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
