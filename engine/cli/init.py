"""Making a site."""

from __future__ import annotations

from pathlib import Path

import click

from engine.app import make_site
from engine.cli.call import Call, command
from engine.cli.pairs import pairs
from engine.cli.printing import document
from engine.cli.program import option
from engine.wording.catalogue import say


@command("init")
@click.argument("folder", required=False, metavar="[DIR]")
@option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="setting")
def init(call: Call, folder: str | None, settings: tuple[str, ...]) -> None:
    """Make the site in the folder, by default the one that `--site` names."""
    place = Path(folder) if folder else call.folder
    site = make_site(place, dict(pairs(settings)))
    call.closing.callback(site.database.close)
    found = {"site": str(site.folder.resolve()), "settings": str(place / "kursdeling.toml")}
    document(call, found, say("cli.site_ready", call.language, **found))
