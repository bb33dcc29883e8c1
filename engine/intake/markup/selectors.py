"""Selectors of a mail's style sheets, and whether an element is the one they mean (Selectors 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

MAX_SELECTOR: Final = 1_000
MAX_OPTIONS: Final = 20
_PIECE: Final = re.compile(
    r"(?P<tag>[a-z][a-z0-9-]{0,30}|\*)|(?P<name>[.#][\w-]{1,80})"
    r"|\[(?P<of>[^\]]{1,120})\]|(?P<colons>::?)(?P<pseudo>[a-z-]{1,40})"
)
_ATTRIBUTE: Final = re.compile(
    r"\s{0,3}([a-z-]{1,30})\s{0,3}(?:([~|^$*]?=)\s{0,3}[\"']?([^\"']{0,80}?)[\"']?(?:\s[is])?\s{0,3})?"
)
_JOINTS: Final = " >+~"
_NEVER: Final = frozenset(
    "hover active focus focus-within focus-visible visited target checked indeterminate default"
    " disabled invalid required read-write fullscreen popover-open modal playing".split()
)
"""What is true of nothing in a mail that is only read."""
_OPTIONS: Final = frozenset({"is", "where", "not", "matches", "any"})
_OF_OTHERS: Final = frozenset("before after marker selection placeholder backdrop".split())
"""Pseudo-elements that hold none of the element's own words."""
Weight = tuple[int, int, int]


class Compound(Struct):
    """One part of a selector: what must be true of the element alone."""

    tag: str = ""
    names: list[str] = field(default_factory=list)
    """Classes and ids, with their mark: `.a`, `#b`."""
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    any_of: list[list[Compound]] = field(default_factory=list)
    none_of: list[Compound] = field(default_factory=list)
    first: bool = False
    never: bool = False
    weight: Weight = (0, 0, 0)

    @property
    def plain(self) -> bool:
        """Whether name, classes and id alone decide."""
        return not (self.attributes or self.any_of or self.none_of or self.first or self.never)

    @property
    def key(self) -> str:
        """One thing that every such element has: its id, a class, its name; `*` for any."""
        return next((n for n in reversed(self.names)), self.tag) or "*"


class Selector(Struct):
    """Compounds with the joint before each, from the outermost to the element that is meant."""

    parts: list[tuple[str, Compound]]
    weight: Weight
    doubt: str
    """What of it nobody can tell here, such as `:last-child`."""


class Known(Struct, frozen=True):
    """What is known of an element where its tag is read."""

    tag: str
    names: frozenset[str]
    attributes: Mapping[str, str]
    first: bool = False


def meant(compound: Compound, element: Known) -> bool:
    """Whether `compound` is true of `element`."""
    if compound.never or (compound.tag and compound.tag != element.tag):
        return False
    if not element.names.issuperset(compound.names) or (compound.first and not element.first):
        return False
    return (
        all(_has(element.attributes, *each) for each in compound.attributes)
        and all(any(meant(one, element) for one in each) for each in compound.any_of)
        and not any(meant(each, element) for each in compound.none_of)
    )


def _has(attributes: Mapping[str, str], name: str, how: str, value: str) -> bool:
    if name not in attributes:
        return False
    said = attributes[name].lower()
    found = {
        "": True,
        "=": said == value,
        "~=": value in said.split(),
        "|=": said == value or said.startswith(value + "-"),
        "^=": said.startswith(value),
        "$=": said.endswith(value),
        "*=": value in said,
    }
    return found[how] and bool(value or how in {"", "="})


def listed(text: str) -> list[str]:
    """Return the selectors of a list, at its commas."""
    return [each.strip() for each in _split(text, ",") if each.strip()]


def _split(text: str, marks: str) -> list[str]:
    """`text` at each of `marks` outside of brackets; each piece but the first keeps its mark where
    that is not a comma.
    """
    pieces: list[str] = []
    begun, depth = 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter in marks and depth <= 0:
            pieces.append(text[begun:place])
            begun = place + (letter == ",")
    return [*pieces, text[begun:]]


def parsed(text: str) -> Selector | None:
    """Return the selector that `text` writes in small letters; None where it is none, or is about
    no words.
    """
    parts: list[tuple[str, Compound]] = []
    doubts: list[str] = []
    joint = " "
    for piece in _split(" ".join(text.split()), _JOINTS):
        if piece[:1] and piece[0] in _JOINTS:
            joint = piece[0] if joint == " " else joint
        bare = piece.lstrip(_JOINTS)
        if not bare:
            continue
        compound = _compound(bare, doubts)
        if compound is None:
            return None
        parts.append((joint, compound))
        joint = " "
    if not parts:
        return None
    weights = [compound.weight for _, compound in parts]
    weight = sum(w[0] for w in weights), sum(w[1] for w in weights), sum(w[2] for w in weights)
    return Selector(parts=parts, weight=weight, doubt=" ".join(doubts))


def _compound(text: str, doubts: list[str]) -> Compound | None:
    made = Compound()
    ids = classes = tags = place = 0
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None or (found["tag"] and place):
            return None
        place = found.end()
        inside = ""
        if found["pseudo"]:
            inside, place = _inside(text, place)
        if not _taken(made, found, inside, doubts):
            return None
        ids += found[0][0] == "#"
        classes += found[0][0] in ".[:" and found["pseudo"] != "where"
        tags += bool(made.tag and found["tag"])
    made.weight = (ids, classes, tags)
    return made


def _taken(made: Compound, found: re.Match[str], inside: str, doubts: list[str]) -> bool:
    """Take one piece into `made`; False where the selector is none, or about no words."""
    if found["pseudo"]:
        return _pseudo(made, found["pseudo"], inside, doubts)
    if found["tag"]:
        made.tag = found["tag"].strip("*")
    elif found["name"]:
        made.names.append(found["name"])
    else:
        of = _ATTRIBUTE.fullmatch(found["of"])
        if of is None:
            return False
        made.attributes.append((of[1], of[2] or "", of[3] or ""))
    return True


def _inside(text: str, place: int) -> tuple[str, int]:
    """(what stands in the brackets that begin at `place`, where they end)."""
    if not text.startswith("(", place):
        return "", place
    depth = 0
    for end in range(place, len(text)):
        depth += (text[end] == "(") - (text[end] == ")")
        if not depth:
            return text[place + 1 : end], end + 1
    return text[place + 1 :], len(text)


def _pseudo(made: Compound, name: str, inside: str, doubts: list[str]) -> bool:
    """Take `:name(inside)` into `made`; False where the selector is about none of the words."""
    if name in _OF_OTHERS or name.startswith("-"):
        return False
    if name in _OPTIONS:
        _options(made, name, inside, doubts)
    elif name == "root":
        made.any_of.append([Compound(tag="html")])
    elif name in {"link", "any-link"}:
        made.attributes.append(("href", "", ""))
    elif name == "first-child":
        made.first = True
    elif name in _NEVER:
        made.never = True
    else:
        doubts.append(f"{name}({inside})")
    return True


def _options(made: Compound, name: str, inside: str, doubts: list[str]) -> None:
    """Take `:is(…)` or `:not(…)` into `made`; what holds more than single compounds is a doubt."""
    parts = [_compound(each, doubts) for each in listed(inside)[:MAX_OPTIONS] if "(" not in each]
    found = [each for each in parts if each is not None]
    if not found or len(found) < len(listed(inside)):
        doubts.append(f"{name}({inside})")
    elif name == "not":
        made.none_of += found
    else:
        made.any_of.append(found)
