"""Write what is made from the routines' files, docs/workflows, workflows/schema.json and
workflows/read.json, and of forms and duties workflows/glossary.json: `make diagrams`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from docs.routine_page import PAGE, page
from docs.workflow_schema import Vocabulary, schema
from engine import machine
from engine.app.routine_files import DUTIES as DUTIES_FILE
from engine.app.routine_files import FORMS as FORMS_FOLDER
from engine.app.routine_files import READ, TABLE, WORKFLOW
from engine.definition import read
from engine.definition.kept import kept
from engine.definition.read_glossary import glossary
from engine.domain.labels import LABELS
from engine.model import Glossary
from engine.report.diagram import diagram_of
from engine.report.svg import svg
from engine.wording.glossary import READ as GLOSSARY
from engine.wording.glossary import use
from workflows.guards import GUARDS

ROOT = Path(__file__).parents[1]
ROUTINES = ROOT / "workflows"


def generated() -> Mapping[Path, str]:
    """Every generated file with its text."""
    found: dict[Path, str] = {}
    forms: dict[str, str] = {}
    duties = ROUTINES / DUTIES_FILE
    texts = [*sorted((ROUTINES / FORMS_FOLDER).glob("*.yaml")), duties]
    known = glossary({file.name: file.read_bytes() for file in texts}, Glossary())
    use(known)
    found[ROUTINES / GLOSSARY] = f"{msgspec.json.format(msgspec.json.encode(known)).decode()}\n"
    for file in sorted({*ROUTINES.glob("*.yaml")} - {duties}):
        workflow = read.workflow(file.read_bytes(), file.name)
        place = ROOT / "docs" / "workflows" / workflow.name
        found[place.with_suffix(".md")] = page(workflow)
        found[place.with_suffix(".svg")] = svg(diagram_of(workflow, PAGE), PAGE)
        forms[workflow.sha256] = json.dumps(
            {WORKFLOW: kept(workflow), TABLE: machine.compile(workflow).moves}, ensure_ascii=False
        )
    names = Vocabulary(guards=GUARDS, forms=known.forms, duties=known.duties, labels=LABELS)
    text = json.dumps(schema(names), ensure_ascii=False, indent=2)
    found[ROUTINES / "schema.json"] = f"{text}\n"
    lines = ",\n".join(f'"{sha256}": {form}' for sha256, form in forms.items())
    found[ROUTINES / READ] = f"{{\n{lines}\n}}\n"
    return found


def main() -> None:
    """Write them all."""
    for file, text in generated().items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
