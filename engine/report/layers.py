"""A diagram in layers: every arrow goes from one layer to the next, with as few crossings as found.

States stand in the even layers, and what an arrow says in the odd one below its upper end, so that
no text can cover a box or another text. Long arrows to the same state run together (Sugiyama,
Tagawa and Toda, 1981: layers, dummy places, barycentres).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct, field

from engine.report.diagram import Arrow, Diagram

ROUNDS: Final = 24
"""How often the layers are put in order anew; the best order found is kept."""


class Place(Struct, frozen=True):
    """A place in a layer: a state's box, an arrow's text, or a point that arrows run through."""

    kind: Literal["box", "text", "point"]
    key: str
    layer: int


Pair = tuple[Place, Place]


class Layers(Struct):
    """The places of each layer from left to right, and which are joined."""

    rows: list[list[Place]]
    chains: dict[tuple[str, str], tuple[Place, ...]] = field(default_factory=dict)
    """By arrow: the places that it runs through, from the upper one down."""
    spine: tuple[tuple[str, str], ...] = ()
    """The arrows of the longest way from the start to an end, which is best drawn straight."""

    def straight(self) -> frozenset[Pair]:
        """The pairs of places that the spine runs through."""
        return frozenset(pair for arrow in self.spine for pair in pairwise(self.chains[arrow]))

    def joined(self) -> dict[Pair, int]:
        """Each pair of places that arrows join, upper one first, with how many arrows do."""
        found: dict[Pair, int] = {}
        for chain in self.chains.values():
            for pair in pairwise(chain):
                found[pair] = found.get(pair, 0) + 1
        return found


def goes_back(diagram: Diagram, arrow: Arrow) -> bool:
    """Whether the arrow leads to a state that stands before its own in the file."""
    order = [box.name for box in diagram.boxes]
    return order.index(arrow.target) < order.index(arrow.source)


def layered(diagram: Diagram) -> Layers:
    """The diagram's layers, in the order with the fewest crossings that was found."""
    depth = _depths(diagram)
    boxes = {name: Place("box", name, 2 * at) for name, at in depth.items()}
    rows: list[list[Place]] = [[] for _ in range(2 * max(depth.values()) + 1)]
    for place in boxes.values():
        rows[place.layer].append(place)
    layers = Layers(rows, spine=tuple(_spine(diagram, depth)))
    for arrow in diagram.arrows:
        chain = tuple(_chain(diagram, arrow, boxes))
        layers.chains[arrow.source, arrow.target] = chain
        for place in chain:
            if place not in rows[place.layer]:
                rows[place.layer].append(place)
    _put_in_order(layers)
    return layers


def _depths(diagram: Diagram) -> dict[str, int]:
    """How many arrows lie above each state, by the longest way that never goes back."""
    depth = {box.name: 0 for box in diagram.boxes}
    for box in diagram.boxes:
        for arrow in diagram.arrows:
            if arrow.source == box.name and not goes_back(diagram, arrow):
                depth[arrow.target] = max(depth[arrow.target], depth[box.name] + 1)
    return depth


def _spine(diagram: Diagram, depth: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    at = max(depth, key=depth.__getitem__)
    while depth[at]:
        source = next(
            arrow.source
            for arrow in diagram.arrows
            if arrow.target == at
            and depth[arrow.source] == depth[at] - 1
            and not goes_back(diagram, arrow)
        )
        yield source, at
        at = source


def _chain(diagram: Diagram, arrow: Arrow, boxes: Mapping[str, Place]) -> Iterator[Place]:
    back = goes_back(diagram, arrow)
    upper, lower = boxes[arrow.source], boxes[arrow.target]
    if back:
        upper, lower = lower, upper
    # What leads back is said where it starts, which is its lower end.
    said = lower.layer - 1 if back else upper.layer + 1
    trunk = f"{'from' if back else 'to'} {arrow.target}"
    yield upper
    for layer in range(upper.layer + 1, lower.layer):
        if layer == said:
            yield Place("text", f"{arrow.source} {arrow.target}", layer)
        else:
            yield Place("point", trunk, layer)
    yield lower


def _put_in_order(layers: Layers) -> None:
    rows, pairs = layers.rows, _by_layer(layers)
    above: dict[Place, list[Place]] = {}
    below: dict[Place, list[Place]] = {}
    for upper, lower in layers.joined():
        below.setdefault(upper, []).append(lower)
        above.setdefault(lower, []).append(upper)
    best, fewest = [list(row) for row in rows], _crossings(rows, pairs, range(len(rows)))
    for n in range(ROUNDS):
        down = n % 2 == 0
        for row in rows[1:] if down else rows[-2::-1]:
            _by_centre(row, above if down else below, rows)
        _swap_neighbours(rows, pairs)
        found = _crossings(rows, pairs, range(len(rows)))
        if found < fewest:
            best, fewest = [list(row) for row in rows], found
    rows[:] = best


def _by_layer(layers: Layers) -> list[list[Pair]]:
    """The joined pairs by the layer of the upper one."""
    pairs: list[list[Pair]] = [[] for _ in layers.rows]
    for pair in layers.joined():
        pairs[pair[0].layer].append(pair)
    return pairs


def _by_centre(
    row: list[Place], ways: Mapping[Place, list[Place]], rows: Sequence[Sequence[Place]]
) -> None:
    where = {place: n for each in rows for n, place in enumerate(each)}
    centre = {
        place: sum(where[other] for other in ways[place]) / len(ways[place])
        if ways.get(place)
        else float(where[place])
        for place in row
    }
    row.sort(key=centre.__getitem__)


def _swap_neighbours(rows: Sequence[list[Place]], pairs: Sequence[Sequence[Pair]]) -> None:
    for layer, row in enumerate(rows):
        touched = range(max(layer - 1, 0), layer + 1)
        for n in range(len(row) - 1):
            before = _crossings(rows, pairs, touched)
            row[n], row[n + 1] = row[n + 1], row[n]
            if _crossings(rows, pairs, touched) >= before:
                row[n], row[n + 1] = row[n + 1], row[n]


def _crossings(
    rows: Sequence[Sequence[Place]], pairs: Sequence[Sequence[Pair]], layers: Iterable[int]
) -> int:
    """How many arrows cross between the given layers and the ones below them."""
    found = 0
    for layer in layers:
        if not pairs[layer]:
            continue
        upper = {place: n for n, place in enumerate(rows[layer])}
        lower = {place: n for n, place in enumerate(rows[layer + 1])}
        ends = [(upper[one], lower[two]) for one, two in pairs[layer]]
        found += sum(
            (one[0] - two[0]) * (one[1] - two[1]) < 0
            for n, one in enumerate(ends)
            for two in ends[n + 1 :]
        )
    return found
