"""A routine as Mermaid text, which wikis and code hosts draw by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from engine.report.diagram import Box, Diagram, Saying

_MARKS = {
    "#": "#35;",
    ";": "#59;",
    ":": "#58;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "{": "#123;",
    "}": "#125;",
}
"""Letters that mean something to Mermaid, and how it is told that they do not."""


def mermaid(diagram: Diagram) -> str:
    """The diagram as a Mermaid state diagram, states in the order of the file."""
    return "\n".join(_lines(diagram)) + "\n"


def _lines(diagram: Diagram) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    accTitle: {_text(diagram.title)}"
    yield "    direction TB"
    for box in diagram.boxes:
        yield f'    state "{_title(box)}" as {_name(box.name)}'
    yield f"    [*] --> {_name(diagram.start)}: {_said((diagram.opens,))}"
    for arrow in diagram.arrows:
        yield f"    {_name(arrow.source)} --> {_name(arrow.target)}: {_said(arrow.sayings)}"
    for box in diagram.boxes:
        if box.stays:
            yield f"    {_name(box.name)} --> {_name(box.name)}: {_said(box.stays)}"
    yield from _marked(diagram)


def _marked(diagram: Diagram) -> Iterator[str]:
    ends = [_name(box.name) for box in diagram.boxes if box.kind == "final"]
    rests = [_name(box.name) for box in diagram.boxes if box.kind == "rests"]
    yield from (f"    {name} --> [*]" for name in ends)
    yield "    classDef rests fill:#eaf6ee,stroke:#2e7d4f"
    yield "    classDef ends fill:#f6f6f4,stroke:#6b6b66"
    yield from (f"    class {name} rests" for name in rests)
    yield from (f"    class {name} ends" for name in ends)


def _title(box: Box) -> str:
    marked = f"«{box.label}»" if box.label else ""
    return "<br>".join(_text(line) for line in (box.title, box.waits, marked) if line)


def _said(sayings: tuple[Saying, ...]) -> str:
    return "<br>".join(
        _text(f"{each.words} ({each.who})" if each.who else each.words) for each in sayings
    )


def _name(state: str) -> str:
    # «end», «state» and «note» are words of Mermaid's own.
    return f"s_{state}"


def _text(text: str) -> str:
    return "".join(_MARKS.get(letter, letter) for letter in text)
