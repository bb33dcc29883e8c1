"""The colours of a mail (CSS Color 4): what words look like on what they stand on."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from msgspec import Struct

_NAMES: Final = """aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff
beige f5f5dc bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2
brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50
cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b
darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b
darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000
darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f
darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff
dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0
forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520
gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4
indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5
lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff
lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1
lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899
lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32
linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd
mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee
mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970
mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6
olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa
palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9
peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399
red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460
seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd
slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c
teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff
whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32 canvas ffffff window ffffff field ffffff
background ffffff canvastext 000000 windowtext 000000 fieldtext 000000 linktext 0000ee
graytext 808080 infobackground ffffe0 menu f0f0f0 buttonface f0f0f0 buttontext 000000
threedface f0f0f0 highlight 3399ff highlighttext ffffff mark ffff00 marktext 000000"""
_HEX: Final = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})")
_CALL: Final = re.compile(r"(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(([^()]{1,80})\)")
_NUMBER: Final = re.compile(
    r"-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:e-?\d)?(%|deg|turn|rad|grad)?"
)
_UNCOUNTED: Final = ("color-mix(", "light-dark(", "color-contrast(", "device-cmyk(")
_SAME: Final = 26
"""How far two colours may differ, of 255, and still not be told apart."""
_CONTRAST: Final = 1.05
"""So little contrast (WCAG 2) nobody reads, such as pale yellow on white."""
_SHORT: Final = 4
_WHOLE: Final = 3
_TURN: Final = {"deg": 360.0, "turn": 1.0, "rad": 6.2832, "grad": 400.0, "": 360.0, "%": 100.0}

Colour = tuple[int, int, int]
WHITE: Final[Colour] = (255, 255, 255)
ANY: Final[Colour] = (-255, -255, -255)
"""A ground on which every colour can be seen, such as a picture."""


class Ink(Struct, frozen=True):
    """A colour, and how much of what is behind it it covers: 1.0 is all, 0.0 nothing."""

    colour: Colour
    cover: float = 1.0

    def on(self, ground: Colour) -> Colour:
        """What is seen of it on `ground`."""
        if ground == ANY:
            return self.colour if self.cover > 0.0 else ground
        red, green, blue = (
            round(below + (above - below) * self.cover)
            for above, below in zip(self.colour, ground, strict=True)
        )
        return red, green, blue


def alike(one: Colour, other: Colour) -> bool:
    """Whether words in one colour cannot be seen on the other."""
    if max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _SAME:
        return True
    if ANY in (one, other):
        return False
    bright, dark = sorted((_light(one), _light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05) <= _CONTRAST


def _light(colour: Colour) -> float:
    red, green, blue = (float((part / 255) ** 2.2) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _named() -> Mapping[str, str]:
    words = _NAMES.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def ink(value: str) -> Ink | None:
    """Return the colour that a declaration names; None where it is none, as for a browser.

    One that only a browser can work out covers nothing: nobody knows whether it is seen.
    """
    text = value.strip().lower()
    if text.startswith(_UNCOUNTED):
        return Ink((0, 0, 0), 0.0)
    if text == "transparent":
        return Ink((0, 0, 0), 0.0)
    found = _HEX.fullmatch(_named().get(text, text))
    return _of_hex(found[1]) if found is not None else _of_call(text)


def _of_hex(digits: str) -> Ink:
    if len(digits) <= _SHORT:
        digits = "".join(letter * 2 for letter in digits)
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return Ink((red, green, blue), int(digits[6:8], 16) / 255 if digits[6:8] else 1.0)


def _of_call(text: str) -> Ink | None:
    found = _CALL.match(text)
    if found is None:
        return None
    name = found[1].rstrip("a") if found[1] in {"rgba", "hsla"} else found[1]
    words = [word for word in re.split(r"[,/\s]+", found[2].strip()) if word]
    if name == "color":
        words = words[1:]
    numbers = [_amount(word) for word in words]
    if len(numbers) < _WHOLE:
        return None
    cover = numbers[_WHOLE] if len(numbers) > _WHOLE else (1.0, "")
    share = cover[0] / 100 if cover[1] == "%" else cover[0]
    return Ink(_seen(name, numbers[:_WHOLE]), min(1.0, max(0.0, share)))


def _amount(word: str) -> tuple[float, str]:
    """The number and its unit; what is no number (`none`) counts as nothing."""
    found = _NUMBER.fullmatch(word)
    if found is None:
        return 0.0, ""
    return float(word.removesuffix(found[1] or "")), found[1] or ""


def _seen(name: str, numbers: list[tuple[float, str]]) -> Colour:
    (first, unit), (second, kind), (third, last) = numbers
    if name == "rgb":
        return _bytes(*(n / 100 if u == "%" else n / 255 for n, u in numbers))
    if name == "color":
        return _bytes(*(n / 100 if u == "%" else n for n, u in numbers))
    if name == "hsl":
        return _bytes(*colorsys.hls_to_rgb(first / _TURN[unit] % 1.0, third / 100, second / 100))
    if name == "hwb":
        white, black = second / 100, third / 100
        red, green, blue = colorsys.hls_to_rgb(first / _TURN[unit] % 1.0, 0.5, 1.0)
        left = max(0.0, 1.0 - white - black)
        return _bytes(red * left + white, green * left + white, blue * left + white)
    del kind, last
    # Of these only how light they are counts here: near white they are near white.
    light = first / 100 if unit == "%" or not name.startswith("ok") else first
    return _bytes(light, light, light)


def _bytes(*parts: float) -> Colour:
    red, green, blue = (min(255, max(0, round(part * 255))) for part in parts)
    return red, green, blue
