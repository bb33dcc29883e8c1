"""Boxes and texts of a diagram as SVG elements, each with the size that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import fsum
from typing import Final, Literal

from msgspec import Struct

from engine.report.diagram import Box, Saying
from engine.report.placing import Point, Size, text_width, wrapped

TITLE: Final = 14.0
SMALL: Final = 10.5
WORD: Final = 11.5
INSIDE: Final = 176.0
"""How wide the texts in a box may be."""
NARROWEST: Final = 70.0
PADDING: Final = 12.0
LEADING: Final = 1.38
ICON: Final = 15.0

Style = Literal["title", "waits", "label", "stays", "deadline"]
_SIZES: Final[dict[Style, float]] = {"title": TITLE, "label": SMALL + 0.5}
_ICONS: Final[dict[Style, str]] = {
    "stays": '<path class="icon" d="M3 0a4 4 0 1 0 2.6 1M3 0l2.9-.9M3 0l.9 2.9"/>',
    "deadline": '<path class="icon" d="M4 0a4 4 0 1 0 .01 0M4 1.6v2.6l1.7 1"/>',
}


class Line(Struct, frozen=True):
    """One line of text in a box."""

    text: str
    style: Style
    first: bool = True
    """Whether it begins its text, and bears its icon."""

    @property
    def size(self) -> float:
        """The size of its letters."""
        return _SIZES.get(self.style, SMALL)

    @property
    def height(self) -> float:
        """The room that it takes, with the air above it."""
        air = {"title": 0.0, "waits": 1.0, "label": 9.0}.get(self.style, 3.0)
        return self.size * LEADING + (air if self.first else 0.0)


def lines_of(box: Box) -> tuple[Line, ...]:
    """Everything that stands in a box, line by line."""
    return tuple(_lines(box))


def box_size(box: Box) -> Size:
    """How large the box is."""
    lines = lines_of(box)
    height = fsum(line.height for line in lines) + 2 * PADDING
    # What goes on is as wide as everything else that does; only an end is as wide as its words.
    width = max(NARROWEST, *map(_width, lines)) if box.kind == "final" else INSIDE
    return width + 2 * PADDING, height


def text_size(sayings: tuple[Saying, ...]) -> Size:
    """How large what stands at an arrow is."""
    widths = [
        max(text_width(each.words, WORD, bold=True), text_width(each.who, SMALL))
        for each in sayings
    ]
    return max(widths) + 10, fsum(_saying_height(each) for each in sayings) + 4


def box_element(box: Box, middle: Point) -> Iterator[str]:
    """The box around its middle, with everything in it."""
    width, height = box_size(box)
    left, top = middle[0] - width / 2, middle[1] - height / 2
    yield f'<g class="state {box.kind}" id="state-{escape(box.name)}">'
    yield _rectangle((left, top), (width, height), 10)
    if box.kind == "final":
        yield _rectangle((left + 3.5, top + 3.5), (width - 7, height - 7), 7)
    base = top + PADDING
    for line in lines_of(box):
        base += line.height
        yield from _line_elements(line, middle[0], base - line.size * 0.36)
    yield "</g>"


def saying_elements(sayings: tuple[Saying, ...], middle: Point, role: str) -> Iterator[str]:
    """What stands at an arrow, on a ground that covers the arrow's own line."""
    width, height = text_size(sayings)
    top = middle[1] - height / 2
    yield f'<g class="said {role}">'
    yield _rectangle((middle[0] - width / 2, top), (width, height), 4)
    base = top + 2
    for each in sayings:
        style = "word" if each.is_word else "itself"
        yield _text(middle[0], base + WORD, each.words, style)
        if each.who:
            yield _text(middle[0], base + WORD + SMALL * 1.2, each.who, "who")
        base += _saying_height(each)
    yield "</g>"


def _lines(box: Box) -> Iterator[Line]:
    yield from _wrapped(box.title, "title")
    yield from _wrapped(box.waits, "waits")
    for each in box.stays:
        yield from _wrapped(f"{each.words} ({each.who})" if each.who else each.words, "stays")
    for text in box.deadlines:
        yield from _wrapped(text, "deadline")
    if box.label:
        yield Line(f"«{box.label}»", "label")


def _wrapped(text: str, style: Style) -> Iterator[Line]:
    room = INSIDE - ICON if style in _ICONS else INSIDE
    for n, line in enumerate(wrapped(text, _SIZES.get(style, SMALL), room)):
        yield Line(line, style, first=n == 0)


def _width(line: Line) -> float:
    return text_width(line.text, line.size, bold=line.style == "title")


def _saying_height(said: Saying) -> float:
    return WORD * 1.3 + (SMALL * 1.25 if said.who else 0.0)


def _line_elements(line: Line, x: float, base: float) -> Iterator[str]:
    if line.style == "label":
        width = text_width(line.text, line.size) + 14
        yield _rectangle((x - width / 2, base - line.size - 2), (width, line.size + 7), 8, "chip")
    if line.style in _ICONS:
        # Texts with an icon begin at the same place, so that the icons stand below each other.
        left = x - INSIDE / 2
        if line.first:
            yield f'<g transform="translate({_n(left)} {_n(base - 7.6)})">{_ICONS[line.style]}</g>'
        yield _text(left + ICON, base, line.text, f"{line.style} beside")
        return
    yield _text(x, base, line.text, line.style)


def _rectangle(corner_at: Point, size: Size, corner: float, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    x, y = corner_at
    return (
        f'<rect{kind} x="{_n(x)}" y="{_n(y)}" width="{_n(size[0])}" height="{_n(size[1])}"'
        f' rx="{_n(corner)}"/>'
    )


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text class="{style}" x="{_n(x)}" y="{_n(y)}">{escape(text)}</text>'


def _n(value: float) -> str:
    """A number with one decimal, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
