"""A routine drawn, in the forms that can be asked for."""

from __future__ import annotations

from engine.definition.types import Workflow
from engine.model import Language
from engine.report.diagram import diagram_of
from engine.report.mermaid import mermaid
from engine.report.svg import svg


def drawing(workflow: Workflow, form: str, language: Language) -> str:
    """The routine as `svg` or `mermaid`, in words of `language`."""
    diagram = diagram_of(workflow, language)
    return svg(diagram, language) if form == "svg" else mermaid(diagram)
