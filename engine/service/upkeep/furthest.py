"""How far the site has ever come, kept beside the database: one that was put back from a backup
does not know it, and gives out numbers and Message-IDs a second time.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Final

from engine.service.site import Site
from engine.store import passes

FILE: Final = "furthest.json"


def remember(site: Site) -> None:
    """Write down how many mails and letters there have been; a folder that takes nothing is no
    reason to stop.
    """
    with site.database.reading() as tx:
        now = passes.reached(tx)
    known = _known(site.folder)
    furthest = {name: max(n, known.get(name, 0)) for name, n in now.items()}
    if furthest != known:
        with suppress(OSError):
            beside = site.folder / f".{FILE}.new"
            beside.write_text(json.dumps(furthest), encoding="utf-8")
            beside.replace(site.folder / FILE)


def fell_back(site: Site) -> dict[str, int]:
    """How many mails and letters the database has lost since, by name; nothing where it has all."""
    with site.database.reading() as tx:
        now = passes.reached(tx)
    known = _known(site.folder)
    return {name: known[name] - n for name, n in now.items() if known.get(name, 0) > n}


def _known(folder: Path) -> dict[str, int]:
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: n for name, n in found.items() if isinstance(n, int)}
