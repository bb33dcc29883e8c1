"""A bar chart as SVG that stands in a page: readable without colour, and told in words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.report.document import Bars

WIDTH, LABEL, BAR, GAP, LEGEND = 720, 240, 26, 12, 30
FILLS = ("#1b5e3a", "#9a6700", "#9b1c1c", "#57606a")
"""Dark enough that white numbers can be read on each (contrast of 4.5 and more)."""
_LETTER = 7.5
"""How wide a letter is at the most, in pixels."""


def bar_chart(bars: Bars, name: str) -> str:
    """The picture; `name` makes its ids its own in the page.

    Each part carries its number, and its name where there is room; parts stand in the same order
    in each bar and in the legend.
    """
    height = LEGEND + (BAR + GAP) * len(bars.bars) + GAP
    described = "; ".join(_described(bars, place) for place in range(len(bars.bars)))
    return "\n".join(
        [
            f'<svg role="img" aria-labelledby="{name}-title {name}-text" viewBox="0 0 {WIDTH} '
            f'{height}" xmlns="http://www.w3.org/2000/svg">',
            f'<title id="{name}-title">{escape(bars.title)}</title>',
            f'<desc id="{name}-text">{escape(described)}</desc>',
            *_legend(bars),
            *(line for place in range(len(bars.bars)) for line in _bar(bars, place)),
            "</svg>",
        ]
    )


def _described(bars: Bars, place: int) -> str:
    label, numbers = bars.bars[place]
    said = ", ".join(f"{part} {n}" for part, n in zip(bars.parts, numbers, strict=True))
    return f"{label}: {said}"


def _legend(bars: Bars) -> Iterator[str]:
    x = 0.0
    for fill, part in zip(FILLS, bars.parts, strict=True):
        yield f'<rect x="{x:.0f}" y="4" width="14" height="14" fill="{fill}"/>'
        yield f'<text x="{x + 20:.0f}" y="16" font-size="14" fill="#1f2328">{escape(part)}</text>'
        x += 20 + len(part) * _LETTER + 18


def _bar(bars: Bars, place: int) -> Iterator[str]:
    label, numbers = bars.bars[place]
    y = LEGEND + place * (BAR + GAP) + GAP
    longest = max((sum(each) for _, each in bars.bars), default=0) or 1
    name = escape(_short(label))
    yield f'<text x="0" y="{y + 18}" font-size="14" fill="#1f2328">{name}</text>'
    x = float(LABEL)
    for part, number in enumerate(numbers):
        if not number:
            continue
        width = (WIDTH - LABEL) * number / longest
        said = f"{number} {bars.parts[part]}"
        shown = said if len(said) * _LETTER < width else str(number)
        yield (
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{FILLS[part]}"'
            ' stroke="#ffffff"/>'
        )
        yield (
            f'<text x="{x + width / 2:.1f}" y="{y + 18}" font-size="13" fill="#ffffff"'
            f' text-anchor="middle">{escape(shown)}</text>'
        )
        x += width
    if not sum(numbers):
        yield f'<text x="{LABEL}" y="{y + 18}" font-size="14" fill="#1f2328">0</text>'


def _short(label: str) -> str:
    most = int(LABEL / _LETTER)
    return label if len(label) <= most else f"{label[: most - 1]}…"
