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
_MAX_STYLE: Final = 4_000
_MAX_VALUE: Final = 400
_COMMENT: Final = pattern(r"/\*.*?(?:\*/|$)", re.DOTALL)
_SIMPLE: Final = pattern(r"([a-z][a-z0-9]*|\*)?((?:[.#][a-z_-][\w-]*)*)(?:\[[^\]]*\])?")
_NAME: Final = pattern(r"([.#])([\w-]+)")
_NUMBER: Final = pattern(r"(-?(?:\d+(?:\.\d*)?|\.\d+))(px|pt|em|rem|ex|%|in|cm|mm|vw|vh|pc)?")
_HSL: Final = pattern(r"hsla?\([^,\s]{1,12}[,\s]+[^,\s]{1,12}[,\s]+(\d{1,3}(?:\.\d+)?)%")
_HEX: Final = pattern(r"#([0-9a-f]{3,8})")
_RGB: Final = pattern(r"rgba?\(([^()]{1,60})\)")
_FAR_OFF: Final = -500.0
"""Pixels; no layout moves anything that far to the left to show it."""
_SMALLEST: Final = 2.0
"""Pixels: what is smaller nobody reads."""
_IN_PIXELS: Final = {"em": 16.0, "rem": 16.0, "ex": 8.0, "pt": 1.33, "in": 96.0, "cm": 37.8,
                     "mm": 3.78, "pc": 16.0, "%": 0.16, "vw": 10.0, "vh": 8.0}  # fmt: skip
_COLOURS: Final = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250),
                   "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
                   "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240),
                   "window": (255, 255, 255), "red": (255, 0, 0), "blue": (0, 0, 255),
                   "windowtext": (0, 0, 0), "yellow": (255, 255, 0), "green": (0, 128, 0),
                   "azure": (240, 255, 255), "mintcream": (245, 255, 250), "navy": (0, 0, 128),
                   "seashell": (255, 245, 238), "aliceblue": (240, 248, 255),
                   "gray": (128, 128, 128)}  # fmt: skip
_HIDING: Final = frozenset(
    "display mso-hide opacity content-visibility text-decoration filter overflow text-indent margin"
    " margin-left margin-top position transform clip clip-path".split()
)
TELLING: Final = _HIDING | frozenset(
    "visibility font-size font color -webkit-text-fill-color background background-color overflow"
    " height max-height width max-width left top right bottom".split()
)
"""The only properties that are kept: what is not asked for need not be merged for every tag."""
_SAME: Final = 24
"""How far two colours may differ, of 255, and still not be told apart."""
_ALPHA: Final = 3
"""The place of a colour's opacity, after its red, green and blue."""

Colour = tuple[int, int, int]
WHITE: Final[Colour] = (255, 255, 255)


def declarations(style: str) -> dict[str, str]:
    """Return what a style says of the properties that tell whether words are seen (`TELLING`), in
    lower case; of one given twice the last counts.
    """
    found: dict[str, str] = {}
    for piece in _COMMENT.sub("", style[:_MAX_STYLE]).lower().split(";"):
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
        or _number(declared.get("opacity", "")) == 0.0
        or declared.get("content-visibility") == "hidden"
        or "line-through" in declared.get("text-decoration", "")
        or "opacity(0" in declared.get("filter", "").replace(" ", "")
        or _squeezed(declared)
        or _far_off(declared)
        or _clipped(declared)
    )


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


def colour(value: str) -> Colour | None:
    """Return a colour as red, green and blue; None where it is unknown or not one."""
    text = value.strip().lower()
    if text in _COLOURS:
        return _COLOURS[text]
    found = _HEX.match(text if text.startswith("#") else "#" + text)
    if found is not None and len(found[1]) in {3, 4}:
        red, green, blue = (int(letter * 2, 16) for letter in found[1][:3])
        return red, green, blue
    if found is not None and len(found[1]) in {6, 8}:
        red, green, blue = (int(found[1][i : i + 2], 16) for i in (0, 2, 4))
        return red, green, blue
    return _by_numbers(text)


def see_through(value: str) -> bool:
    """Whether a colour lets everything behind it through."""
    found = _RGB.search(value)
    parts = re.split(r"[,/\s]+", found[1].strip()) if found else []
    transparent = len(parts) > _ALPHA and _number(parts[_ALPHA].rstrip("%")) == 0.0
    return value.strip() == "transparent" or transparent


def alike(one: Colour, other: Colour) -> bool:
    """Whether words in one colour cannot be seen on the other."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _SAME


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
            selectors = re.split(r"[{;]", before)[-1]
            self.budget.spend(2 + len(block) // 20)
            declared = declarations(body)
            for selector in selectors[:2_000].split(",")[:50] if declared else ():
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
    return bool(hides(declared) or invisible(declared) or tiny(declared) or "color" in declared)


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
    names = ["text-indent", "margin-left", "margin-top", "margin"]
    if declared.get("position") in {"absolute", "fixed", "relative"}:
        names += ["left", "top", "right", "bottom"]
    lengths = [_length(declared.get(name, "")) for name in names]
    moved = re.search(r"translate[xy3d]{0,2}\(\s*(-\d+)", declared.get("transform", ""))
    lengths.append(float(moved[1]) if moved else None)
    return any(length is not None and length <= _FAR_OFF for length in lengths)


def _clipped(declared: Mapping[str, str]) -> bool:
    clip = declared.get("clip", "").replace("px", "").replace(",", " ").replace(" ", "")
    if clip in {"rect(0000)", "rect(1111)"}:
        return True
    if re.match(r"(?:inset\((?:50|100)%|circle\(0)", declared.get("clip-path", "")):
        return True
    return re.search(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]", declared.get("transform", "")) is not None


def _by_numbers(text: str) -> Colour | None:
    bright = _HSL.match(text)
    if bright is not None:
        level = round(min(100.0, float(bright[1])) * 2.55)
        return level, level, level
    found = _RGB.match(text)
    parts = re.split(r"[,/\s]+", found[1].strip())[:_ALPHA] if found else []
    numbers = [_number(part) for part in parts]
    if len(numbers) < _ALPHA or any(number is None for number in numbers):
        return None
    scale = 2.55 if "%" in text else 1.0
    red, green, blue = (min(255, max(0, round((number or 0) * scale))) for number in numbers)
    return red, green, blue
