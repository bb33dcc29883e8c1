"""Pictures of routines: all is on them, nothing covers anything, and those in docs are right."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from docs import diagrams
from engine.definition import read
from engine.definition.types import Workflow
from engine.model import LANGUAGES, Language
from engine.report.diagram import Diagram, diagram_of
from engine.report.layers import layered
from engine.report.mermaid import mermaid
from engine.report.svg import svg

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "workflows").glob("*_*.yaml"))
SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def workflow(request: pytest.FixtureRequest) -> Workflow:
    """Each shipped routine."""
    return read.workflow(request.param.read_bytes(), request.param.name)


def drawn(workflow: Workflow, language: Language = "nb") -> ET.Element:
    """The picture as a tree; reading it proves that it is XML."""
    text = svg(diagram_of(workflow, language), language)
    return ET.fromstring(text)  # noqa: S314 - our own text, made a moment ago


def box(rectangle: ET.Element) -> Box:
    """Left, top, right and bottom."""
    x, y = float(rectangle.get("x", "0")), float(rectangle.get("y", "0"))
    return x, y, x + float(rectangle.get("width", "0")), y + float(rectangle.get("height", "0"))


def outlines(picture: ET.Element) -> list[Box]:
    """The outline of every state and of everything that stands at an arrow."""
    groups = picture.findall(f"{SVG}g")
    return [box(found) for group in groups if (found := group.find(f"{SVG}rect")) is not None]


def meet(one: Box, two: Box) -> bool:
    """Whether the two cover any of the same ground."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def test_what_is_made_from_the_routines_is_up_to_date() -> None:
    made: dict[Path, str] = diagrams.generated()
    old = [file.name for file, text in made.items() if file.read_text(encoding="utf-8") != text]
    kept = set((ROOT / "docs" / "workflows").iterdir())

    assert old == [], "run `make diagrams`"
    assert kept - set(made) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_shows_every_state_and_every_mail_word(
    workflow: Workflow, language: Language
) -> None:
    texts = [element.text or "" for element in drawn(workflow, language).iter(f"{SVG}text")]
    everything = " ".join(texts)

    for state in workflow.states.values():
        assert state.titles[language] in everything
    for event in workflow.events.values():
        for word in event.says.get(language, ())[:1]:
            assert word in everything, event.name


def test_nothing_in_a_picture_covers_anything_else_or_leaves_the_page(workflow: Workflow) -> None:
    picture = drawn(workflow)
    page = (0.0, 0.0, float(picture.get("width", "0")), float(picture.get("height", "0")))
    found = outlines(picture)

    assert len(found) > len(workflow.states)
    assert [pair for pair in combinations(found, 2) if meet(*pair)] == []
    for left, top, right, bottom in found:
        assert page[0] <= left < right <= page[2]
        assert page[1] <= top < bottom <= page[3]


def test_texts_stay_within_their_boxes(workflow: Workflow) -> None:
    for group in drawn(workflow).findall(f"{SVG}g"):
        outline = group.find(f"{SVG}rect")
        assert outline is not None
        left, top, right, bottom = box(outline)
        for text in group.findall(f"{SVG}text"):
            assert left <= float(text.get("x", "0")) <= right
            assert top < float(text.get("y", "0")) <= bottom


def test_arrows_run_down_from_layer_to_layer(workflow: Workflow) -> None:
    layers = layered(diagram_of(workflow, "nb"))

    for chain in layers.chains.values():
        assert [place.layer for place in chain] == list(
            range(chain[0].layer, chain[0].layer + len(chain))
        )
        assert [place.kind for place in chain].count("text") == 1


def test_the_same_routine_gives_the_same_picture(workflow: Workflow) -> None:
    assert svg(diagram_of(workflow, "nn"), "nn") == svg(diagram_of(workflow, "nn"), "nn")


def test_mermaid_text_has_every_state_and_every_arrow(workflow: Workflow) -> None:
    diagram = diagram_of(workflow, "nn")
    lines = [line.strip() for line in mermaid(diagram).splitlines()]

    assert lines[0] == "stateDiagram-v2"
    for each in diagram.boxes:
        assert any(line.startswith("state ") and f"as s_{each.name}" in line for line in lines)
    for arrow in diagram.arrows:
        assert any(line.startswith(f"s_{arrow.source} --> s_{arrow.target}: ") for line in lines)


def hostile() -> Diagram:
    """The first routine with a title that means something to XML and to Mermaid."""
    text = FILES[0].read_text(encoding="utf-8")
    workflow = read.workflow(text, "x.yaml")
    titles = dict.fromkeys(LANGUAGES, '<script>"a"; b: {c}</script> & #d')
    states = {name: replace(state, titles=titles) for name, state in workflow.states.items()}
    return diagram_of(replace(workflow, titles=titles, states=states), "nb")


def test_a_title_cannot_break_out_of_a_picture() -> None:
    text = svg(hostile(), "nb")

    ET.fromstring(text)  # noqa: S314 - our own text, made a moment ago
    assert "<script" not in text


def test_a_title_cannot_break_out_of_mermaid_text() -> None:
    for line in mermaid(hostile()).splitlines():
        assert "<script" not in line
        assert line.count('"') in (0, 2)
        assert '"a"' not in line
