"""What a mail's style sheets declare for each element, as browsers work it out (CSS Cascade 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from engine.intake.budget import Budget
from engine.intake.markup.css import (
    NOTHING,
    Declared,
    declarations,
    unescaped,
    vanishes,
    without_comments,
)
from engine.intake.markup.selectors import (
    MAX_SELECTOR,
    Compound,
    Known,
    Weight,
    listed,
    meant,
    parsed,
)

MAX_SHEET: Final = 100_000
MAX_RULES: Final = 2_000
MAX_SELECTORS: Final = 50
"""How many selectors of a rule count."""
MAX_WORLDS: Final = 6
MAX_DEPTH: Final = 8
"""How many blocks inside each other count."""
_STRING: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_BRACE: Final = re.compile(r"[{};]")
_ALWAYS: Final = frozenset({"@media all", "@media screen", "@media only screen"})
_ABOUT_NO_ELEMENT: Final = ("@font-face", "@page", "@counter-style", "@property")
_KEYFRAMES: Final = re.compile(r"@(?:-[a-z]{1,10}-)?keyframes\s{1,5}[\"']?([\w-]{1,80})")
_ANY: Final = "*"


class _Rule(Struct):
    """What a selector declares: how much it weighs, and in which of the worlds it holds."""

    declared: Declared
    weight: Weight
    order: int
    world: int


class _Step(Struct):
    """One compound of a selector: `bit` is set for an element that it and all before it mean."""

    compound: Compound
    bit: int
    joint: str
    needs: int
    """The bit of the compound before it; 0 for the outermost."""
    rule: _Rule | None
    """For the last compound."""


class Place(Struct):
    """Which compounds are met around an element and before it: bits of steps."""

    own: int = 0
    around: int = 0
    """Those of all the elements that it stands in."""
    last: int = 0
    """Those of the last element inside it, and of all so far."""
    earlier: int = 0
    children: int = 0


class Sheet(Struct):
    """All rules of a mail's style sheets.

    A rule may hold only on a narrow screen, in print, for one program, or for the last of a row:
    nobody can tell. So each such condition makes a world of its own, beside the one in which none
    holds, and what is hidden in any of them somebody has not seen.
    """

    budget: Budget
    conditions: list[str] = field(default_factory=list)
    vanishing: set[str] = field(default_factory=set)
    """Animations whose steps hide or move words."""
    _rules: int = 0
    _bits: int = 0
    _plain: dict[str, list[_Step]] = field(default_factory=dict)
    _others: dict[str, list[_Step]] = field(default_factory=dict)
    _known: dict[tuple[str, frozenset[str]], tuple[int, tuple[_Rule, ...]]] = field(
        default_factory=dict
    )
    _merged: dict[tuple[int, ...], tuple[Declared, ...]] = field(default_factory=dict)
    _styles: dict[str, Declared] = field(default_factory=dict)

    @property
    def worlds(self) -> int:
        """How many worlds there are: what none of the conditions, one each, and all say."""
        return 1 + len(self.conditions) + (len(self.conditions) > 1)

    def inline(self, style: str) -> Declared:
        """Return what a style attribute declares; programs repeat the same ones."""
        found = self._styles.get(style)
        if found is None:
            self.budget.spend(2 + len(style) // 16)
            found = self._styles[style] = declarations(style)
        return found

    def read(self, text: str, condition: str = "") -> None:
        """Take in one style sheet, which holds under `condition`; what it cannot say is left out.

        Blocks may stand in blocks: under a condition, or inside the elements of the outer one.
        """
        plain = _STRING.sub(_without_braces, without_comments(unescaped(text[:MAX_SHEET])).lower())
        self.budget.spend_on_text(plain)
        blocks: list[tuple[str, list[str]]] = []
        begun = 0
        for brace in _BRACE.finditer(plain + "}" * MAX_DEPTH):
            self.budget.spend(1)
            said = plain[begun : brace.start()]
            begun = brace.end()
            if brace[0] == "{":
                blocks.append((" ".join(said.split()), []))
            elif blocks:
                blocks[-1][1].append(said)
                if brace[0] == "}":
                    self._declare(
                        [head for head, _ in blocks[:MAX_DEPTH]], blocks.pop()[1], condition
                    )

    def _declare(self, heads: Sequence[str], body: Sequence[str], condition: str) -> None:
        """Take in the block that says `body` and stands in the blocks of `heads`, its own last."""
        self.budget.spend(2 + sum(map(len, (*body, *heads))) // 16)
        declared = declarations(";".join(body))
        if not declared or self._rules >= MAX_RULES:
            return
        conditions = [condition] if condition else []
        selectors: list[str] = []
        for head in heads:
            frames = _KEYFRAMES.match(head)
            if frames is not None:
                if vanishes(declared):
                    self.vanishing.add(frames[1])
                return
            if head.startswith(_ABOUT_NO_ELEMENT):
                return
            if head.startswith("@"):
                conditions += [head] if head not in _ALWAYS else []
            else:
                inner = listed(head[:MAX_SELECTOR])[:MAX_SELECTORS]
                nested = [_nested(outer, each) for outer in selectors for each in inner]
                selectors = (nested if selectors else inner)[:MAX_SELECTORS]
        for selector in selectors:
            self._add(selector, declared, " ".join(conditions))

    def _add(self, text: str, declared: Declared, condition: str) -> None:
        self.budget.spend(4 + len(text) // 4)
        selector = parsed(text)
        if selector is not None:
            self._rules += 1
            world = self._world(f"{condition} {selector.doubt}".strip())
            rule = _Rule(declared, selector.weight, self._rules, world)
            before = 0
            for place, (joint, compound) in enumerate(selector.parts):
                last = place == len(selector.parts) - 1
                self._bits += 1
                step = _Step(compound, 1 << self._bits, joint, before, rule if last else None)
                before = step.bit
                steps = self._plain if not step.needs and compound.plain else self._others
                steps.setdefault(compound.key, []).append(step)

    def _world(self, condition: str) -> int:
        if not condition:
            return 0
        if condition not in self.conditions:
            if len(self.conditions) >= MAX_WORLDS:
                return MAX_WORLDS
            self.conditions.append(condition)
        return 1 + self.conditions.index(condition)

    def declared(self, element: Known, inside: Place) -> tuple[Place, tuple[Declared, ...]]:
        """Return the place of an element that stands `inside` another, and what the sheets declare
        for it in each world; the place `inside` goes on behind it.
        """
        if not self._rules:
            return inside, (NOTHING,)
        own, rules = self._by_name(element)
        around = inside.own | inside.around
        for step in self._candidates(element):
            met = not step.needs or step.needs & (
                around if step.joint == " "
                else inside.own if step.joint == ">"
                else inside.last if step.joint == "+"
                else inside.earlier
            )  # fmt: skip
            if met and meant(step.compound, element):
                own |= step.bit
                if step.rule is not None:
                    rules = (*rules, step.rule)
        inside.last, inside.earlier = own, inside.earlier | own
        inside.children += 1
        return Place(own=own, around=around), self._in_worlds(rules)

    def _by_name(self, element: Known) -> tuple[int, tuple[_Rule, ...]]:
        """(bits, rules) of the outermost compounds that name, classes and id decide."""
        key = element.tag, element.names
        found = self._known.get(key)
        self.budget.spend(2)
        if found is None:
            steps = [
                step
                for name in (element.tag, _ANY, *element.names)
                for step in self._plain.get(name, ())
                if meant(step.compound, element)
            ]
            self.budget.spend(2 + sum(len(self._plain.get(n, ())) for n in (*element.names, _ANY)))
            bits = sum(step.bit for step in steps)
            rules = tuple(step.rule for step in steps if step.rule is not None)
            found = self._known[key] = bits, rules
        return found

    def _candidates(self, element: Known) -> Iterator[_Step]:
        for name in (element.tag, _ANY, *element.names):
            for step in self._others.get(name, ()):
                self.budget.spend(1)
                yield step

    def _in_worlds(self, rules: tuple[_Rule, ...]) -> tuple[Declared, ...]:
        """What `rules` declare together in each world; the heaviest last, then the last one."""
        key = tuple(rule.order for rule in rules)
        found = self._merged.get(key)
        if found is None:
            ordered = sorted(rules, key=lambda rule: (rule.weight, rule.order))
            same = all(rule.world == 0 for rule in rules)
            self.budget.spend(1 + 4 * len(ordered) * (1 if same else self.worlds))
            found = (_merged(ordered, 0, 1),) * self.worlds
            if not same:
                found = tuple(_merged(ordered, n, self.worlds) for n in range(self.worlds))
            self._merged[key] = found
        return found


def _nested(outer: str, inner: str) -> str:
    """The selector of a block that stands in the block of `outer`."""
    return (inner.replace("&", outer) if "&" in inner else f"{outer} {inner}")[:MAX_SELECTOR]


def _without_braces(quoted: re.Match[str]) -> str:
    return _BRACE.sub("_", quoted[0])


def _merged(rules: Sequence[_Rule], world: int, worlds: int) -> Declared:
    everything = world > 0 and world == worlds - 1
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    for rule in rules:
        if rule.world in {0, world} or everything:
            normal.update(rule.declared.normal)
            important.update(rule.declared.important)
    return Declared(normal, important)


def together(hints: Mapping[str, str], sheet: Declared, inline: Declared) -> dict[str, str]:
    """Return what holds for an element: of old HTML's attributes, the sheets and its own style each
    goes before those in front of it, and what is important before all that is not.
    """
    return {**hints, **sheet.normal, **inline.normal, **sheet.important, **inline.important}
