"""A routine as a picture: an SVG file that needs nothing else, fonts and scripts included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from engine.report.diagram import Arrow, Box, Diagram
from engine.report.layers import Layers, Place, goes_back, layered
from engine.report.placing import Point, Size, apart, placed, text_width
from engine.report.svg_parts import (
    box_element,
    box_size,
    saying_elements,
    text_size,
)

MARGIN: Final = 28.0
HEAD: Final = 96.0
"""The room above the first box: the title, and how a request opens."""
POINT: Final = 14.0
"""How wide the lane of a long arrow is."""
ARROWHEAD: Final = 7.0
PORTS: Final = 0.84
"""The part of a box's side along which arrows meet it."""
PORT_GAP: Final = 24.0

_STYLE: Final = """
text{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;text-anchor:middle}
.ground{fill:#fff}
.headline{font-size:19px;font-weight:600;fill:#14213d;text-anchor:start}
.state rect{fill:#fff;stroke:#33608f;stroke-width:1.4}
.state.waits>rect{fill:#f2f7fc}
.state.rests>rect{fill:#eaf6ee;stroke:#2e7d4f}
.state.final>rect{fill:#f6f6f4;stroke:#6b6b66}
.title{font-size:14px;font-weight:600;fill:#14213d}
.waits,.stays,.deadline,.who{font-size:10.5px;fill:#4a5568}
.beside{text-anchor:start}
.state rect.chip{fill:#2e7d4f;stroke:none}
.label{font-size:11px;font-weight:600;fill:#fff}
.icon{fill:none;stroke:#4a5568;stroke-width:1.1;stroke-linecap:round;stroke-linejoin:round}
.arrow{fill:none;stroke:#33608f;stroke-width:1.5;stroke-linejoin:round}
.head{fill:#33608f}
.arrow.back{stroke:#b3630e}.head.back{fill:#b3630e}
.arrow.out{stroke:#8a8a84}.head.out{fill:#6b6b66}
.said rect{fill:#fff;fill-opacity:.94}
.word{font-size:11.5px;font-weight:700;fill:#1d4877;letter-spacing:.02em}
.back .word{fill:#8f4e08}.out .word{fill:#55554f}
.itself{font-size:11.5px;font-style:italic;fill:#4a5568}
.start{fill:#14213d}
""".strip()


def svg(diagram: Diagram, language: str) -> str:
    """The picture of the diagram: the same text for the same diagram, on every machine."""
    boxes = {box.name: box for box in diagram.boxes}
    layers = layered(diagram)
    page = placed(layers, dict(_sizes(diagram, layers, boxes)))
    wide = max(page.width, text_width(diagram.title, 19, bold=True)) + 2 * MARGIN
    high = page.height + HEAD + 2 * MARGIN
    shift = ((wide - page.width) / 2, MARGIN + HEAD)
    middle = {place: (x + shift[0], y + shift[1]) for place, (x, y) in page.middle.items()}
    edges = tuple((top + shift[1], bottom + shift[1]) for top, bottom in page.edges)
    drawn = _Drawn(diagram, layers, middle, edges)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{language}"'
            f' aria-labelledby="title" width="{wide:.0f}" height="{high:.0f}"'
            f' viewBox="0 0 {wide:.0f} {high:.0f}">',
            f'<title id="title">{escape(diagram.title)}</title>',
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" width="{wide:.0f}" height="{high:.0f}"/>',
            f'<text class="headline" x="{MARGIN:.0f}" y="{MARGIN + 14:.0f}">'
            f"{escape(diagram.title)}</text>",
            *drawn.elements(boxes),
            "</svg>\n",
        ]
    )


def _sizes(
    diagram: Diagram, layers: Layers, boxes: Mapping[str, Box]
) -> Iterator[tuple[Place, Size]]:
    arrows = {f"{arrow.source} {arrow.target}": arrow for arrow in diagram.arrows}
    for place in (place for row in layers.rows for place in row):
        if place.kind == "box":
            yield place, box_size(boxes[place.key])
        elif place.kind == "text":
            yield place, text_size(arrows[place.key].sayings)
        else:
            yield place, (POINT, 0.0)


class _Drawn:
    """One diagram on its page; arrows lie below boxes and texts."""

    def __init__(
        self,
        diagram: Diagram,
        layers: Layers,
        middle: Mapping[Place, Point],
        edges: Sequence[tuple[float, float]],
    ) -> None:
        self._diagram = diagram
        self._layers = layers
        self._middle = middle
        self._edges = edges
        self._boxes = {box.name: box for box in diagram.boxes}
        self._ports = _ports(layers, middle, self._boxes)

    def elements(self, boxes: Mapping[str, Box]) -> Iterator[str]:
        """Everything on the page, what lies below first."""
        yield from self._opening()
        drawn: set[str] = set()
        for arrow in self._diagram.arrows:
            for element in self._arrow(arrow):
                if element not in drawn:
                    drawn.add(element)
                    yield element
        for place, middle in self._middle.items():
            if place.kind == "box":
                yield from box_element(boxes[place.key], middle)
        for arrow in self._diagram.arrows:
            chain = self._layers.chains[arrow.source, arrow.target]
            text = next(place for place in chain if place.kind == "text")
            yield from saying_elements(arrow.sayings, self._middle[text], self._role(arrow))

    def _role(self, arrow: Arrow) -> str:
        if goes_back(self._diagram, arrow):
            return "back"
        return "out" if self._boxes[arrow.target].kind == "final" else "on"

    def _opening(self) -> Iterator[str]:
        place = next(
            place
            for place in self._middle
            if place.kind == "box" and place.key == self._diagram.start
        )
        x, y = self._middle[place]
        top = y - box_size(self._boxes[place.key])[1] / 2
        yield f'<circle class="start" cx="{x:.1f}" cy="{top - HEAD + 40:.1f}" r="6"/>'
        yield _path([(x, top - HEAD + 46), (x, top - ARROWHEAD)], "on")
        yield _head((x, top), "on", up=False)
        yield from saying_elements((self._diagram.opens,), (x, top - 30), "on")

    def _arrow(self, arrow: Arrow) -> Iterator[str]:
        chain = self._layers.chains[arrow.source, arrow.target]
        role = self._role(arrow)
        up = role == "back"
        points = [point for place in chain for point in self._through(place, chain)]
        tip = 0 if up else -1
        x, y = points[tip]
        points[tip] = (x, y + ARROWHEAD if up else y - ARROWHEAD)
        # Each stretch is a path of its own: one that several arrows share is drawn once.
        for start, end in pairwise(points):
            if start != end:
                yield _path([start, end], role)
        yield _head((x, y), role, up=up)

    def _through(self, place: Place, chain: Sequence[Place]) -> tuple[Point, Point]:
        """Where an arrow enters and leaves a place's layer: straight down through all of it, so
        that it passes beside the boxes there, however high they are.
        """
        top, bottom = self._edges[place.layer]
        if place == chain[0]:
            port = self._ports[place, chain[1]]
            return port, (port[0], bottom)
        if place == chain[-1]:
            port = self._ports[place, chain[-2]]
            return (port[0], top), port
        x = self._middle[place][0]
        return (x, top), (x, bottom)


def _ports(
    layers: Layers, middle: Mapping[Place, Point], boxes: Mapping[str, Box]
) -> dict[tuple[Place, Place], Point]:
    """Where the arrow between a box and a neighbouring place meets the box: straight above or
    below the neighbour if there is room, in the order in which the neighbours stand.
    """
    sides: dict[tuple[Place, int], list[Place]] = {}
    for upper, lower in layers.joined():
        sides.setdefault((upper, 1), []).append(lower)
        sides.setdefault((lower, -1), []).append(upper)
    found: dict[tuple[Place, Place], Point] = {}
    for (place, side), others in sides.items():
        if place.kind != "box":
            continue
        width, height = box_size(boxes[place.key])
        x, y = middle[place]
        others.sort(key=lambda other: middle[other][0])
        along = _along([middle[other][0] for other in others], x, width * PORTS / 2)
        for other, port in zip(others, along, strict=True):
            found[place, other] = (port, y + side * height / 2)
    return found


def _along(wanted: Sequence[float], x: float, reach: float) -> list[float]:
    """Ports as near as can be to where they are wanted, no further than `reach` from `x`."""
    steps = len(wanted) - 1
    distance = min(PORT_GAP, 2 * reach / steps) if steps else 0.0
    spread = apart(wanted, [1.0] * len(wanted), [distance] * steps)
    return [
        min(max(port, x - reach + n * distance), x + reach - (steps - n) * distance)
        for n, port in enumerate(spread)
    ]


def _path(points: Sequence[Point], role: str) -> str:
    (x1, y1), (x2, y2) = points[0], points[-1]
    if abs(x1 - x2) < 0.05:  # noqa: PLR2004 - less than a picture shows
        return f'<path class="arrow {role}" d="M{x1:.1f} {y1:.1f}V{y2:.1f}"/>'
    half = (y1 + y2) / 2
    return (
        f'<path class="arrow {role}" d="M{x1:.1f} {y1:.1f}'
        f'C{x1:.1f} {half:.1f} {x2:.1f} {half:.1f} {x2:.1f} {y2:.1f}"/>'
    )


def _head(tip: Point, role: str, *, up: bool) -> str:
    x, y = tip
    back = y + ARROWHEAD + 1 if up else y - ARROWHEAD - 1
    return (
        f'<path class="head {role}" d="M{x:.1f} {y:.1f}L{x - 4.2:.1f} {back:.1f}H{x + 4.2:.1f}Z"/>'
    )
