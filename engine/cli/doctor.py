"""Looking a site over."""

from __future__ import annotations

from typing import Any, Final

from engine import app
from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.failing import reasons_of
from engine.cli.printing import documents
from engine.errors import (
    DefinitionError,
    KursdelingError,
    SchemaError,
    SettingsError,
    StoreError,
)
from engine.model import Language
from engine.service.trials.proving import proved_texts
from engine.service.upkeep.health import examined
from engine.service.upkeep.health_store import Finding
from engine.wording.names import CHECK_NAMES, WORDS, called

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
