"""Where everything in a layered diagram stands on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import fsum
from typing import Final

from msgspec import Struct

from engine.report.layers import Layers, Place

Size = tuple[float, float]
Point = tuple[float, float]

GAP_ACROSS: Final = 26.0
LEAST_DOWN: Final = 18.0
MOST_DOWN: Final = 44.0
SLOPE: Final = 0.13
SPINE: Final = 30.0
ROUNDS: Final = 120
_STRAIGHT: Final = {("point", "point"): 8.0, ("point", "text"): 4.0, ("text", "point"): 4.0}
"""How strongly long arrows are kept straight, by the kinds of their two ends."""


class Placed(Struct, frozen=True):
    """The middle of every place, the upper and lower edge of every layer, and the whole's size."""

    middle: Mapping[Place, Point]
    edges: tuple[tuple[float, float], ...]
    width: float
    height: float


def placed(layers: Layers, sizes: Mapping[Place, Size]) -> Placed:
    """Every place near those that it is joined to, in its layer's order, with nothing on top of
    anything else.
    """
    across = _across(layers, sizes)
    least = min(x - sizes[place][0] / 2 for place, x in across.items())
    most = max(x + sizes[place][0] / 2 for place, x in across.items())
    middle: dict[Place, Point] = {}
    edges: list[tuple[float, float]] = []
    top = 0.0
    for row, gap in zip(layers.rows, _gaps(layers, across), strict=True):
        height = max((sizes[place][1] for place in row), default=0.0)
        edges.append((top, top + height))
        for place in row:
            middle[place] = (across[place] - least, top + height / 2)
        top += height + gap
    return Placed(middle=middle, edges=tuple(edges), width=most - least, height=edges[-1][1])


def _gaps(layers: Layers, across: Mapping[Place, float]) -> list[float]:
    """The room below each layer: more where an arrow has far to go across."""
    far = [0.0 for _ in layers.rows]
    for upper, lower in layers.joined():
        far[upper.layer] = max(far[upper.layer], abs(across[upper] - across[lower]))
    return [min(LEAST_DOWN + distance * SLOPE, MOST_DOWN) for distance in far]


def _across(layers: Layers, sizes: Mapping[Place, Size]) -> dict[Place, float]:
    pulls: dict[Place, list[tuple[Place, float]]] = {}
    spine = layers.straight()
    for upper, lower in layers.joined():
        strength = _STRAIGHT.get((upper.kind, lower.kind), 1.0)
        strength = SPINE if (upper, lower) in spine else strength
        pulls.setdefault(upper, []).append((lower, strength))
        pulls.setdefault(lower, []).append((upper, strength))
    weight = {place: fsum(strength for _, strength in near) for place, near in pulls.items()}
    across = {place: 0.0 for row in layers.rows for place in row}
    for n in range(ROUNDS):
        for row in layers.rows if n % 2 == 0 else layers.rows[::-1]:
            wanted = [_pulled(place, pulls, across) for place in row]
            weights = [weight.get(place, 1.0) for place in row]
            across |= dict(zip(row, apart(wanted, weights, _distances(row, sizes)), strict=True))
    return across


def _pulled(
    place: Place, pulls: Mapping[Place, list[tuple[Place, float]]], across: Mapping[Place, float]
) -> float:
    near = pulls.get(place, [])
    total = fsum(strength for _, strength in near)
    if not total:
        return across[place]
    return fsum(across[other] * strength for other, strength in near) / total


def _distances(row: Sequence[Place], sizes: Mapping[Place, Size]) -> list[float]:
    return [(sizes[left][0] + sizes[right][0]) / 2 + GAP_ACROSS for left, right in pairwise(row)]


def apart(
    wanted: Sequence[float], weights: Sequence[float], distances: Sequence[float]
) -> list[float]:
    """The positions nearest to the wanted ones, by their weights, that keep order and distances.

    With the distances taken off, that is a regression with rising values: neighbours that stand
    in each other's way are pooled at their mean until none do.
    """
    offsets = list(accumulate(distances, initial=0.0))
    pools: list[tuple[float, float, int]] = []
    for x, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, total, many = x - offset, weight, 1
        while pools and pools[-1][0] >= mean:
            other, more, count = pools.pop()
            mean = (mean * total + other * more) / (total + more)
            total, many = total + more, many + count
        pools.append((mean, total, many))
    levels = [mean for mean, _, many in pools for _ in range(many)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]/·- ")
_WIDE: Final = frozenset("mwMW@%—ÆŒ")
_NARROW_PART: Final = 0.33
_WIDE_PART: Final = 0.92
_CAPITAL_PART: Final = 0.71
_OTHER_PART: Final = 0.565
_BOLD: Final = 1.07


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The text's width in the unit of `size`, a little generous, so that it fits in any font."""
    width = fsum(_part(letter) for letter in text) * size
    return width * _BOLD if bold else width


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines of at most `width`; a longer word stands alone on its line."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _part(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_PART
    if letter in _WIDE:
        return _WIDE_PART
    return _CAPITAL_PART if letter.isupper() else _OTHER_PART
