"""Which declarations and style sheets of a mail keep words from being seen (CSS 2.2, mso-hide)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from engine.intake.markup import colours

_ESCAPE: Final = re.compile(r"\\(?:0{0,4}([0-9A-Fa-f]{2})\s?|([^0-9A-Fa-f\n]))")
_MAX_STYLE: Final = 4_000
_MAX_VALUE: Final = 400
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_VAR: Final = re.compile(
    r"var\(\s{0,3}(--[\w-]{1,60})\s{0,3}(?:,([^()]{0,200}(?:\([^()]{0,100}\))?))?\)"
)
_DEPTH: Final = 4
"""How many variables may stand in each other."""
_MOST_VARIABLES: Final = 50
_NUMBER: Final = re.compile(r"(-?(?:\d+(?:\.\d*)?|\.\d+))(px|pt|em|rem|ex|ch|%|in|cm|mm|vw|vh|pc)?")
_FAR_OFF: Final = -500.0
"""Pixels; no layout moves anything that far to the left to show it."""
SMALLEST: Final = 2.0
"""Pixels: what is smaller nobody reads."""
_FARTHEST: Final = 2_000.0
"""Pixels to the right or down, likewise."""
_TOGETHER: Final = -5.0
"""Pixels: letters so much closer lie on one another."""
_SHRUNK: Final = 0.15
_SIDES: Final = 4
_ALL: Final = 98.0
"""Per cent that are cut away of what there is."""
_PLACES: Final = ["left", "top", "right", "bottom", "inset", "inset-inline-start",
                  "inset-block-start"]  # fmt: skip
_PARTS: Final = re.compile(r"[,\s]{1,20}")
_CLIP: Final = re.compile(r"rect\(([^()]{1,60})\)")
_INSET: Final = re.compile(r"inset\(([^()]{1,60})\)")
_MOVED: Final = re.compile(r"translate[xy3d]{0,2}\(\s{0,3}(-?[\d.]{1,9}[a-z%]{0,3})")
_SCALED: Final = re.compile(r"(scale[xy3d]{0,2}|matrix)\(([^()]{1,80})\)")
_OPACITY: Final = {
    "opacity": re.compile(r"(\d{1,3}(?:\.\d{0,9})?|\.\d{1,9})(%)?"),
    "filter": re.compile(r"opacity[(=]\s{0,3}(\d{1,3}(?:\.\d{0,9})?|\.\d{1,9})(%)?"),
}
_IN_PIXELS: Final = {
    "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "pt": 1.33, "in": 96.0, "cm": 37.8, "mm": 3.78,
    "pc": 16.0, "%": 0.16, "vw": 10.0, "vh": 8.0,
}  # fmt: skip
_OF_AROUND: Final = {"em": 1.0, "ex": 0.5, "ch": 0.5, "%": 0.01}
_MASKS: Final = ("mask", "mask-image", "-webkit-mask", "-webkit-mask-image",
                 "-webkit-mask-box-image")  # fmt: skip
_FILTERED: Final = re.compile(r"(?:blur|brightness|contrast|invert|url)\(")
_SIZES: Final = ("max-height", "height", "max-width", "width", "block-size", "max-block-size",
                 "inline-size", "max-inline-size")  # fmt: skip
_FAINT: Final = 0.1
_HIDING: Final = frozenset(
    "display mso-hide content-visibility text-decoration text-decoration-line overflow overflow-x"
    " overflow-y contain text-indent margin margin-left margin-top margin-right padding"
    " padding-left padding-top position transform clip clip-path -webkit-clip-path zoom scale"
    " rotate translate letter-spacing word-spacing mix-blend-mode z-index unicode-bidi"
    " filter".split()
) | frozenset(_MASKS)
_INKED: Final = frozenset({"color", "background-color", "-webkit-text-fill-color"})
TELLING: Final = (
    _HIDING
    | _INKED
    | frozenset(_SIZES)
    | frozenset(
        "opacity inset inset-inline-start inset-block-start visibility font-size font"
        " font-size-adjust background background-image line-height left top right bottom"
        " animation animation-name".split()
    )
)
"""The only properties that are kept: what is not asked for need not be merged for every tag."""
CURRENT: Final = "currentcolor"
_GLOBAL: Final = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_COMPUTED: Final = ("calc(", "min(", "max(", "clamp(", "env(")
_MADE: Final = (
    *_COMPUTED,
    "-",
    "+",
    ".",
    *"0123456789",
    "fit-content",
    "min-content",
    "max-content",
)
_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(values.split())
    for name, values in {
        "display": "none block inline inline-block flex inline-flex grid inline-grid table"
        " inline-table table-cell table-row table-row-group table-header-group table-footer-group"
        " table-caption table-column table-column-group list-item contents flow-root flow run-in"
        " ruby -webkit-box -webkit-inline-box",
        "visibility": "visible hidden collapse",
        "font-size": "xx-small x-small small medium large x-large xx-large xxx-large smaller larger"
        " math",
        "opacity": "none",
        "zoom": "normal reset",
        "position": "static relative absolute fixed sticky -webkit-sticky",
        "content-visibility": "visible hidden auto",
        **dict.fromkeys(_SIZES, "auto none stretch -webkit-fill-available -moz-available"),
    }.items()
}
"""What a browser takes for these, beside numbers; the others are taken as they are written."""


class Declared(Struct, frozen=True):
    """What a block of a style says, and what of it is important."""

    normal: Mapping[str, str]
    important: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.normal or self.important)


NOTHING: Final = Declared({}, {})


def unescaped(style: str) -> str:
    """`style` with each letter that is written by its number (CSS Syntax §4.3.7) as itself; what is
    no part of a name is never a mark then.
    """
    if "\\" not in style:
        return style
    return _ESCAPE.sub(_letter, style)


def _letter(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16)) if escape[1] else escape[2]
    return letter if letter.isalnum() or letter == "-" else "_"


def without_comments(style: str) -> str:
    """`style` without comments, and without the marks of HTML's comments around a sheet."""
    return _COMMENT.sub(" ", style).replace("<!--", " ").replace("-->", " ")


def declarations(style: str) -> Declared:
    """Return what a style says of the properties that tell whether words are seen (`TELLING`), and
    its variables, in lower case; of one given twice the last counts that a browser understands.
    """
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    for piece in unescaped(_COMMENT.sub("", style[:_MAX_STYLE])).lower().split(";"):
        before, colon, after = piece.partition(":")
        name = before.strip()
        if not colon or not (name in TELLING or name.startswith("--")):
            continue
        value, mark, _ = after[:_MAX_VALUE].partition("!")
        value = value.strip()
        if _is_understood(name, value):
            (important if mark else normal).update(_longhand(name, value))
    return Declared(normal, important)


def _is_understood(name: str, value: str) -> bool:
    """Whether a browser takes the value: what it does not know leaves the one before standing."""
    if not value or value in _GLOBAL or "var(" in value:
        return bool(value)
    if name in _INKED:
        return value == CURRENT or colours.ink(value) is not None
    known = _KNOWN.get(name)
    return known is None or value in known or value.startswith(_MADE)


def _longhand(name: str, value: str) -> Mapping[str, str]:
    """What a short form says of each property that is looked at; it sets those it leaves out."""
    if name == "font" and "var(" not in value and value not in _GLOBAL:
        found = _NUMBER.search(re.sub(r"\b[1-9]00\b", " ", value))
        return {"font-size": found[0]} if found else {}
    if name == "background":
        return {"background": value, "background-color": "", "background-image": ""}
    return {name: value}


def resolved(declared: dict[str, str], around: Mapping[str, str]) -> Mapping[str, str]:
    """Put what variables stand for in the place of each `var()` in `declared`; return the variables
    that those inside the element inherit, `around` being what it inherits itself.
    """
    own = {name: value for name, value in declared.items() if name.startswith("--")}
    if not own and not any("var(" in value for value in declared.values()):
        return around
    known = dict(around)
    for name, value in own.items():
        if len(known) < _MOST_VARIABLES or name in known:
            known[name] = _filled(value, {**around, **own})
        del declared[name]
    for name, value in declared.items():
        if "var(" in value:
            declared[name] = _filled(value, known)
    return known


def _filled(value: str, known: Mapping[str, str]) -> str:
    """`value` with what its variables stand for; one that nothing is known of stays."""
    for _ in range(_DEPTH):
        if "var(" not in value:
            break
        value = _VAR.sub(lambda found: known.get(found[1], found[2] or found[0]), value)
        value = value[:_MAX_VALUE].strip()
    return value


def vanishes(declared: Declared) -> bool:
    """Whether a step of an animation that says so leaves words unseen."""
    said = {**declared.normal, **declared.important}
    unseen = hides(said) or invisible(said) or opacity(said) < _FAINT or "font-size" in said
    return bool(unseen or "color" in said)


def hides(declared: Mapping[str, str]) -> bool:
    """Whether an element so declared is not seen, whatever those inside it say."""
    if declared.keys().isdisjoint(_HIDING):
        return False
    return (
        "none" in (declared.get("display"), declared.get("mso-hide"))
        or declared.get("mso-hide") == "all"
        or declared.get("content-visibility") == "hidden"
        or "line-through" in declared.get("text-decoration", "")
        or "line-through" in declared.get("text-decoration-line", "")
        or _squeezed(declared)
        or _far_off(declared)
        or _clipped(declared)
        or _shrunk(declared)
        or _covered(declared)
    )


def _covered(declared: Mapping[str, str]) -> bool:
    """Behind a mask, a filter or another element: nobody writes these for words to be read."""
    masked = any(
        declared.get(name, "none").split(" ")[0] not in {"none", "initial", "unset", ""}
        for name in _MASKS
    )
    mixed = declared.get("mix-blend-mode", "normal") not in {"normal", "initial", "unset"}
    behind = declared.get("z-index", "").startswith("-")
    turned = "override" in declared.get("unicode-bidi", "")
    return (
        masked
        or mixed
        or behind
        or turned
        or _FILTERED.search(declared.get("filter", "")) is not None
    )


def opacity(declared: Mapping[str, str]) -> float:
    """Return how much of an element so declared is left to see, 1.0 for all of it."""
    left = 1.0
    computed = declared.get("opacity", "")
    if "(" in computed:
        # calc() and var() may come to nothing, and nobody writes them for words to be read.
        return 0.0
    for name in ("opacity", "filter"):
        for found in _OPACITY[name].finditer(declared.get(name, "")):
            share = float(found[1]) / (100 if found[2] or "=" in found[0] else 1)
            left *= min(1.0, max(0.0, share))
    return left


def invisible(declared: Mapping[str, str]) -> bool | None:
    """Whether the words are declared invisible; None where that is inherited."""
    value = declared.get("visibility", "inherit")
    return None if value in _GLOBAL and value != "initial" else value in {"hidden", "collapse"}


def font_size(declared: Mapping[str, str], around: float) -> float:
    """Return how large the letters of an element so declared are, in pixels, `around` being how
    large they are around it.
    """
    if declared.get("font-size-adjust") == "0":
        return 0.0
    size = declared.get("font-size", "")
    if size.startswith(_COMPUTED):
        # As for opacity: it may come to nothing, and nobody writes it for words to be read.
        return 0.0
    if size in {"smaller", "larger"}:
        return around * (0.83 if size == "smaller" else 1.2)
    found = _NUMBER.match(size)
    if found is None:
        return 16.0 if size in _KNOWN["font-size"] or size == "initial" else around
    unit = found[2] or "px"
    if unit in _OF_AROUND:
        return abs(float(found[1])) * _OF_AROUND[unit] * around
    return abs(float(found[1])) * _IN_PIXELS.get(unit, 1.0)


def _number(value: str) -> float | None:
    found = _NUMBER.match(value)
    return float(found[1]) if found else None


def _length(value: str) -> float | None:
    found = _NUMBER.match(value.strip())
    return None if found is None else float(found[1]) * _IN_PIXELS.get(found[2] or "px", 1.0)


def _squeezed(declared: Mapping[str, str]) -> bool:
    cut = any(
        part in {"hidden", "clip", "scroll", "auto", "strict", "content", "paint"}
        for name in ("overflow", "overflow-x", "overflow-y", "contain")
        for part in declared.get(name, "").split()
    )
    if not cut:
        return False
    sizes = (_length(declared.get(name, "")) for name in _SIZES)
    line = declared.get("line-height", "")
    indent = _number(declared.get("text-indent", "")) if "%" in declared.get(
        "text-indent", "") else None  # fmt: skip
    return (
        any(size is not None and size <= SMALLEST for size in sizes)
        or _number(line) == 0.0
        or (indent is not None and abs(indent) >= _ALL)
    )


def _far_off(declared: Mapping[str, str]) -> bool:
    names = ["text-indent", "margin-left", "margin-top", "margin-right", "margin", "translate",
             "padding", "padding-left", "padding-top"]  # fmt: skip
    if declared.get("position") in {"absolute", "fixed", "relative", "sticky"}:
        names += _PLACES
    parts = [part for name in names for part in declared.get(name, "").split()[:4]]
    parts += [found[1] for found in _MOVED.finditer(declared.get("transform", ""))]
    if any(part[:1] == "-" and part.endswith("%") and _cut(part) <= -_ALL for part in parts):
        return True
    lengths = [_length(part) for part in parts]
    if any(length is not None and not _FAR_OFF < length < _FARTHEST for length in lengths):
        return True
    spaces = (_length(declared.get(name, "")) for name in ("letter-spacing", "word-spacing"))
    return any(space is not None and space <= _TOGETHER for space in spaces)


def _clipped(declared: Mapping[str, str]) -> bool:
    clip = _CLIP.match(declared.get("clip", ""))
    if clip is not None:
        sides = [_length(part) or 0.0 for part in _PARTS.split(clip[1].strip())]
        if len(sides) == _SIDES and (
            abs(sides[2] - sides[0]) <= SMALLEST or abs(sides[1] - sides[3]) <= SMALLEST
        ):
            return True
    path = declared.get("clip-path") or declared.get("-webkit-clip-path", "")
    inset = _INSET.match(path)
    if inset is not None:
        sides = [_cut(part) for part in inset[1].split()[:_SIDES]]
        top, right = sides[0], sides[1] if len(sides) > 1 else sides[0]
        bottom = sides[2] if len(sides) > 2 else top  # noqa: PLR2004 - as CSS counts sides
        left = sides[3] if len(sides) == _SIDES else right
        return top + bottom >= _ALL or left + right >= _ALL
    if re.match(r"(?:circle|ellipse)\(\s*(?:0|\.0)", path):
        return True
    if path.startswith(("path(", "url(", "rect(", "xywh(", "shape(")):
        return True
    if path.startswith("polygon("):
        return len(set(_PARTS.split(path[8:].strip(" )")))) <= 1
    return False


def _cut(part: str) -> float:
    """How much of a side is cut away, in per cent; of pixels only very many count."""
    if part.endswith("%"):
        return _number(part) or 0.0
    return 100.0 if (_length(part) or 0.0) >= -_FAR_OFF else 0.0


def _shrunk(declared: Mapping[str, str]) -> bool:
    """Zoomed, scaled or turned until nothing is left."""
    zoom = _number(declared.get("zoom", ""))
    if zoom is not None and zoom / (100 if "%" in declared["zoom"] else 1) <= _SHRUNK:
        return True
    turned = f"{declared.get('transform', '')} {declared.get('rotate', '')}"
    if re.search(r"rotate[xy]\(\s*-?(?:90|270)deg|\b[xy]\s+-?(?:90|270)deg", turned):
        return True
    sizes = [_number(part) for part in declared.get("scale", "").split()[:2]]
    if "%" in declared.get("scale", ""):
        sizes = [size / 100 for size in sizes if size is not None]
    for found in _SCALED.finditer(declared.get("transform", "")):
        parts = _PARTS.split(found[2].strip())
        if found[1].startswith("matrix"):
            parts = [parts[0], *parts[1:2], *parts[2:3], *parts[3:4]]
            numbers = [abs(_number(part) or 0.0) for part in parts]
            sizes += [max(numbers[:2], default=1.0), max(numbers[2:], default=1.0)]
        else:
            sizes += [_number(part) for part in parts[:2]]
    return any(size is not None and abs(size) <= _SHRUNK for size in sizes)
