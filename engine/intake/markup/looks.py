"""How words look that stand in a mail's HTML, and whether anybody can see them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from engine.intake.markup import colours, css

_WORDS: Final = re.compile(r"[^\s()]+(?:\([^()]{0,100}\))?")
"""The words of a value; what a function is given belongs to its name."""
_SHADE: Final = re.compile(r"#[0-9a-f]{3,8}|[a-z]{2,5}\([^()]{1,80}\)|[a-z]{3,20}")
_FAINT: Final = 0.1
"""How much of the letters' colour must be left for anybody to read them."""
_INITIAL: Final = colours.Ink((0, 0, 0))


class Evidence(Struct, frozen=True):
    """How words look that stand here; what an element does not declare it inherits."""

    invisible: bool = False
    size: float = 16.0
    """Of the letters, in pixels."""
    ink: colours.Ink = _INITIAL
    painted: bool = False
    """Whether anything declares the ink: what nobody declares can be seen on every ground."""
    ground: colours.Colour = colours.WHITE
    opacity: float = 1.0
    hidden: bool = False
    """Whether an element around it is hidden with all that is inside."""
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def seen(self) -> bool:
        """Whether anybody can read words that look so."""
        if self.hidden or self.invisible or self.size <= css.SMALLEST or self.opacity < _FAINT:
            return False
        return not self.painted or not colours.alike(self.ink.on(self.ground), self.ground)


PLAIN: Final = Evidence()


def inside(
    looks: Sequence[Evidence], declared: Sequence[dict[str, str]], vanishing: Set[str]
) -> tuple[Evidence, ...]:
    """Return how words look inside an element for which so much is declared in each world, `looks`
    being how they look around it; `vanishing` are animations that hide.
    """
    done: dict[tuple[int, int], Evidence] = {}
    found: list[Evidence] = []
    for look, said in zip(looks, declared, strict=True):
        key = id(look), id(said)
        if key not in done:
            done[key] = _changed(look, dict(said), vanishing) if said else look
        found.append(done[key])
    return tuple(found)


def _changed(look: Evidence, declared: dict[str, str], vanishing: Set[str]) -> Evidence:
    variables = css.resolved(declared, look.variables)
    invisible = css.invisible(declared)
    color = declared.get("color", "")
    fill = declared.get("-webkit-text-fill-color", css.CURRENT)
    ink = _ink(color) if fill == css.CURRENT else _ink(fill)
    moving = f"{declared.get('animation', '')} {declared.get('animation-name', '')}".split()
    background = f"{declared.get('background', '')} {declared.get('background-color', '')}"
    changed = replace(
        look,
        invisible=look.invisible if invisible is None else invisible,
        size=css.font_size(declared, look.size),
        ink=look.ink if ink is None else ink,
        painted=look.painted or ink is not None or css.CURRENT in background.split(),
        opacity=look.opacity * css.opacity(declared),
        hidden=look.hidden or css.hides(declared) or not vanishing.isdisjoint(moving),
        variables=variables,
    )
    ground = _ground(declared, changed)
    return changed if ground is None else replace(changed, ground=ground.on(look.ground))


def _ink(value: str) -> colours.Ink | None:
    """None where the colour around goes on."""
    return _INITIAL if value == "initial" else colours.ink(value)


def _ground(declared: Mapping[str, str], look: Evidence) -> colours.Ink | None:
    """What is painted behind the words; a picture may be of any colour, until it is all one."""
    picture = f"{declared.get('background', '')} {declared.get('background-image', '')}"
    painted = declared.get("background-color", "")
    found = look.ink if painted == css.CURRENT else colours.ink(painted)
    if "gradient" in picture:
        shades = [shade for word in _SHADE.findall(picture) if (shade := colours.ink(word))]
        alike = bool(shades) and all(
            colours.alike(shades[0].colour, each.colour) and each.cover == shades[0].cover
            for each in shades
        )
        return shades[0] if alike else colours.Ink(colours.ANY)
    if "url(" in picture:
        return colours.Ink(colours.ANY)
    if found is None and css.CURRENT in picture.split():
        return look.ink
    words = (colours.ink(word) for word in _WORDS.findall(picture))
    return found or next((each for each in words if each is not None), None)
