"""Which declarations and style sheets of a mail keep words from being seen (CSS 2.2, mso-hide)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.intake.budget import Budget
from engine.pattern import pattern

MAX_SHEET: Final = 100_000
MAX_RULES: Final = 2_000
MAX_INSIDE: Final = 20
_ESCAPE: Final = pattern(r"\\(?:0{0,4}([0-9A-Fa-f]{2})\s?|([^0-9A-Fa-f\n]))")
_ANY_OF: Final = pattern(r":(?:is|where)\(([^()]{0,200})\)", re.IGNORECASE)
_MAX_STYLE: Final = 4_000
_MAX_VALUE: Final = 400
_COMMENT: Final = pattern(r"/\*.*?(?:\*/|$)", re.DOTALL)
_SIMPLE: Final = pattern(r"([a-z][a-z0-9]*|\*)?((?:[.#][a-z_-][\w-]*)*)(?:\[[^\]]*\])?")
_NAME: Final = pattern(r"([.#])([\w-]+)")
_NUMBER: Final = pattern(r"(-?(?:\d+(?:\.\d*)?|\.\d+))(px|pt|em|rem|ex|%|in|cm|mm|vw|vh|pc)?")
_FAR_OFF: Final = -500.0
"""Pixels; no layout moves anything that far to the left to show it."""
_SMALLEST: Final = 2.0
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
_PARTS: Final = pattern(r"[,\s]{1,20}")
_CLIP: Final = pattern(r"rect\(([^()]{1,60})\)")
_INSET: Final = pattern(r"inset\(([^()]{1,60})\)")
_MOVED: Final = pattern(r"translate[xy3d]{0,2}\(\s{0,3}(-?[\d.]{1,9}[a-z%]{0,3})")
_SCALED: Final = pattern(r"(scale[xy3d]{0,2}|matrix)\(([^()]{1,80})\)")
_OPACITY: Final = {
    "opacity": pattern(r"(\d{1,3}(?:\.\d{0,9})?|\.\d{1,9})(%)?"),
    "filter": pattern(r"opacity[(=]\s{0,3}(\d{1,3}(?:\.\d{0,9})?|\.\d{1,9})(%)?"),
}
_IN_PIXELS: Final = {"em": 16.0, "rem": 16.0, "ex": 8.0, "pt": 1.33, "in": 96.0, "cm": 37.8,
                     "mm": 3.78, "pc": 16.0, "%": 0.16, "vw": 10.0, "vh": 8.0}  # fmt: skip
_HIDING: Final = frozenset(
    "display mso-hide content-visibility text-decoration text-decoration-line overflow text-indent"
    " margin margin-left margin-top margin-right position transform clip clip-path zoom scale"
    " rotate translate letter-spacing word-spacing".split()
)
TELLING: Final = _HIDING | frozenset(
    "opacity filter inset inset-inline-start inset-block-start visibility font-size font color"
    " -webkit-text-fill-color background background-color"
    " height max-height width max-width left top right bottom".split()
)
"""The only properties that are kept: what is not asked for need not be merged for every tag."""


def _unescaped(style: str) -> str:
    """`style` with each letter that is written by its number (CSS Syntax §4.3.7) as itself."""
    if "\\" not in style:
        return style
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], style)


def declarations(style: str) -> dict[str, str]:
    """Return what a style says of the properties that tell whether words are seen (`TELLING`), in
    lower case; of one given twice the last counts.
    """
    found: dict[str, str] = {}
    for piece in _unescaped(_COMMENT.sub("", style[:_MAX_STYLE])).lower().split(";"):
        name, colon, value = piece.partition(":")
        if colon and name.strip() in TELLING:
            found[name.strip()] = value[:_MAX_VALUE].replace("!important", "").strip()
    return found


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
    value = declared.get("visibility")
    return None if value is None else value in {"hidden", "collapse"}


def tiny(declared: Mapping[str, str]) -> bool | None:
    """Whether the letters are declared too small to see; None where nothing is declared."""
    size = declared.get("font-size")
    if size is None and "font" in declared:
        found = _NUMBER.search(re.sub(r"\b[1-9]00\b", " ", declared["font"]))
        size = found[0] if found else None
    length = None if size is None else _length(size)
    return None if length is None else abs(length) <= _SMALLEST


@dataclass(slots=True)
class Sheet:
    """The rules of a mail's style sheets by the class, id or element that they are for, and those
    for elements inside one of a class or id.

    Rules for a narrow screen or for print count like the others: what they hide somebody may not
    have seen.
    """

    budget: Budget
    rules: dict[str, dict[str, str]] = field(default_factory=dict)
    inside: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def read(self, text: str) -> None:
        """Take in one style sheet; what it cannot say simply is left out."""
        plain = _COMMENT.sub("", text[:MAX_SHEET]).replace("<!--", " ").replace("-->", " ")
        for block in plain.split("}")[:MAX_RULES]:
            before, brace, body = block.rpartition("{")
            if not brace:
                continue
            # «@media … {» may stand before, and so may a rule without a block.
            selectors = _ANY_OF.sub(r"\1", re.split(r"[{;]", before)[-1][:2_000])
            self.budget.spend(2 + len(block) // 20)
            declared = declarations(body)
            for selector in selectors.split(",")[:50] if declared else ():
                self.budget.spend(4 + len(selector) // 4)
                self._add(selector, declared)

    def _add(self, selector: str, declared: Mapping[str, str]) -> None:
        """Of a selector the last part counts; where that is a bare element, the name before it."""
        parts = [_simple(part) for part in re.split(r"[\s>+~]+", selector.lower()) if part]
        if not parts or parts[-1] is None:
            return
        element, name = parts[-1]
        outer = next((part[1] for part in reversed(parts[:-1]) if part and part[1]), "")
        if name or not outer:
            key = element + name if name or element != "*" else "*"
            self.rules.setdefault(key, {}).update(declared)
        elif len(self.inside) < MAX_INSIDE and _matters(declared):
            self.inside.setdefault((outer, element), {}).update(declared)

    def declared(
        self, element: str, names: Sequence[str], around: Mapping[str, int]
    ) -> dict[str, str]:
        """Return what the sheets declare for an element with the classes and the id in `names`
        (`.a`, `#b`), inside so many elements of each in `around`.
        """
        found: dict[str, str] = {}
        if not self.rules and not self.inside:
            return found
        self.budget.spend(2 + len(self.inside) // 2)
        for (outer, inner), declared in self.inside.items():
            if inner in {element, "*"} and around.get(outer, 0) > 0:
                found.update(declared)
        if self.rules:
            for name in (element, "*", *names):
                found.update(self.rules.get(name, {}))
                if name[0] in ".#":
                    found.update(self.rules.get(element + name, {}))
            self.budget.spend(2 + 2 * len(names))
        return found


def _matters(declared: Mapping[str, str]) -> bool:
    """Whether words so declared may be unseen: most rules of a sheet are about other things."""
    return bool(
        hides(declared)
        or invisible(declared)
        or tiny(declared)
        or "color" in declared
        or opacity(declared) < 1.0
    )


def _simple(part: str) -> tuple[str, str] | None:
    """(element, or `*` for any; its last class or id), of one part of a selector."""
    found = _SIMPLE.fullmatch(part.partition(":")[0])
    if found is None or not part.partition(":")[0]:
        return None
    names = [mark + name for mark, name in _NAME.findall(found[2])]
    element = found[1] or "*"
    return ("" if names and element == "*" else element), (names[-1] if names else "")


def _number(value: str) -> float | None:
    found = _NUMBER.match(value)
    return float(found[1]) if found else None


def _length(value: str) -> float | None:
    found = _NUMBER.match(value.strip())
    return None if found is None else float(found[1]) * _IN_PIXELS.get(found[2] or "px", 1.0)


def _squeezed(declared: Mapping[str, str]) -> bool:
    if declared.get("overflow", "")[:6] not in {"hidden", "clip"}:
        return False
    sizes = (_length(declared.get(name, "")) for name in
             ("max-height", "height", "max-width", "width"))  # fmt: skip
    return any(size is not None and size <= _SMALLEST for size in sizes)


def _far_off(declared: Mapping[str, str]) -> bool:
    names = ["text-indent", "margin-left", "margin-top", "margin-right", "margin", "translate"]
    if declared.get("position") in {"absolute", "fixed", "relative", "sticky"}:
        names += _PLACES
    lengths = [_length(part) for name in names for part in declared.get(name, "").split()[:4]]
    lengths += [_length(found[1]) for found in _MOVED.finditer(declared.get("transform", ""))]
    if any(length is not None and not _FAR_OFF < length < _FARTHEST for length in lengths):
        return True
    spaces = (_length(declared.get(name, "")) for name in ("letter-spacing", "word-spacing"))
    return any(space is not None and space <= _TOGETHER for space in spaces)


def _clipped(declared: Mapping[str, str]) -> bool:
    clip = _CLIP.match(declared.get("clip", ""))
    if clip is not None:
        sides = [_length(part) or 0.0 for part in _PARTS.split(clip[1].strip())]
        if len(sides) == _SIDES and (
            abs(sides[2] - sides[0]) <= _SMALLEST or abs(sides[1] - sides[3]) <= _SMALLEST
        ):
            return True
    path = declared.get("clip-path", "")
    inset = _INSET.match(path)
    if inset is not None:
        sides = [_cut(part) for part in inset[1].split()[:_SIDES]]
        top, right = sides[0], sides[1] if len(sides) > 1 else sides[0]
        bottom = sides[2] if len(sides) > 2 else top  # noqa: PLR2004 - as CSS counts sides
        left = sides[3] if len(sides) == _SIDES else right
        return top + bottom >= _ALL or left + right >= _ALL
    if re.match(r"(?:circle|ellipse)\(\s*(?:0|\.0)", path):
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
