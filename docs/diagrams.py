"""Write what is made from the routines' files, docs/workflows, workflows/schema.json and
workflows/read.json: `make diagrams`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from engine import machine
from engine.app.routine_files import READ, TABLE, WORKFLOW
from engine.definition import read
from engine.definition.kept import kept
from engine.definition.schema import Vocabulary, schema
from engine.domain.fields import FORMS
from engine.domain.labels import LABELS
from engine.domain.register.duties import DUTIES
from engine.report.diagram import diagram_of
from engine.report.routine_page import PAGE, page
from engine.report.svg import svg
from workflows.guards import GUARDS

ROOT = Path(__file__).parents[1]
ROUTINES = ROOT / "workflows"


def generated() -> Mapping[Path, str]:
    """Every generated file with its text."""
    found: dict[Path, str] = {}
    forms: dict[str, str] = {}
    for file in sorted(ROUTINES.glob("*.yaml")):
        workflow = read.workflow(file.read_bytes(), file.name)
        place = ROOT / "docs" / "workflows" / workflow.name
        found[place.with_suffix(".md")] = page(workflow)
        found[place.with_suffix(".svg")] = svg(diagram_of(workflow, PAGE), PAGE)
        forms[workflow.sha256] = json.dumps(
            {WORKFLOW: kept(workflow), TABLE: machine.compile(workflow).moves}, ensure_ascii=False
        )
    names = Vocabulary(guards=GUARDS, forms=FORMS, duties=DUTIES, labels=LABELS)
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
