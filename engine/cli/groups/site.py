"""Commands that make a site, show the program at work, and say what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from engine import app
from engine.app import make_site
from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.failing import reasons_of
from engine.cli.given import one_line
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import pairs
from engine.demo import run
from engine.errors import DefinitionError, KursdelingError, SchemaError, SettingsError, StoreError
from engine.model import Language
from engine.service.trials.proving import proved_texts
from engine.service.upkeep.health import examined
from engine.service.upkeep.health_store import Finding
from engine.wording.catalogue import say
from engine.wording.names import CHECK_NAMES, WORDS, called


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


@command("demo")
@option(
    "--keep",
    type=click.Path(file_okay=False),
    default="demo-site",
    help="keep",
)
def demo(call: Call, keep: str) -> None:
    """Play the demonstration and leave its site behind."""
    run(Path(keep), call.at, _nothing if call.json else print, call.language)
    if call.json:
        print(one_line({"site": keep}))


def _nothing(_: str) -> None:
    """Programs get the answer alone."""


COLUMNS = ("check", "state", "what")
BROKEN: Final = "broken"
PARTS: Final = (
    (SettingsError, "settings"),
    (SchemaError, "tables"),
    (StoreError, "database"),
    (DefinitionError, "workflows"),
)
"""The part of the site that keeps it from being opened, by the kind of error."""


@command("doctor")
def doctor(call: Call) -> int:
    """Print what was looked at and what is wrong; 1 when something must be mended."""
    found = [*_workflows(call), *_site(call)]
    rows = [_document(each, call.language) for each in found]
    shown = [
        {
            **row,
            "check": called(CHECK_NAMES, row["check"], call.language),
            "state": called(WORDS, row["state"], call.language),
        }
        for row in rows
    ]
    documents(call, rows, COLUMNS, shown)
    return 1 if any(each.state == BROKEN for each in found) else 0


def _workflows(call: Call) -> list[Finding]:
    try:
        letters = app.templates_of(call.folder)
        texts = app.workflow_files(call.folder)
        proved = proved_texts(texts, lambda workflow: app.prove(workflow, letters))
    except SettingsError:
        return []  # told of where the site is opened
    except KursdelingError as error:
        return [Finding("workflows", BROKEN, "; ".join(reasons_of(error, call.language)))]
    problems = [Finding("workflows", BROKEN, str(problem)) for problem in proved.problems]
    names = ", ".join(f"{each.name} {each.version}" for each, _ in proved.workflows)
    return problems or [Finding("workflows", "ok", names)]


def _site(call: Call) -> list[Finding]:
    try:
        site = call.site()
    except KursdelingError as error:
        check = next((name for kind, name in PARTS if isinstance(error, kind)), "site")
        return [Finding(check, BROKEN, reason) for reason in reasons_of(error, call.language)]
    return list(examined(site, oslo_day(call.at)))


def _document(finding: Finding, language: Language) -> dict[str, Any]:
    what = finding.in_words(language)
    return {"check": finding.check, "state": finding.state, "what": what}
