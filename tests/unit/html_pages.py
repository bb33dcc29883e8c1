"""An HTML page taken apart, for the tests of how letters look: elements, links, colours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("meta", "br"))
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@dataclass
class Page(HTMLParser):
    """Every element of a page with its attributes and text; AssertionError for a tag left open."""

    names: list[str] = field(default_factory=list)
    attributes: list[dict[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """The text inside each element, that of its inner ones included."""
    said: list[str] = field(default_factory=list)
    """All text that is shown, in order, links left out."""
    open: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and that it is open."""
        self.names.append(tag)
        self.attributes.append({name: value or "" for name, value in attrs})
        self.texts.append("")
        if tag not in VOID:
            self.open.append(len(self.names) - 1)

    def handle_endtag(self, tag: str) -> None:
        """The innermost open element ends, and no other."""
        assert self.names[self.open.pop()] == tag

    def handle_data(self, data: str) -> None:
        """Text belongs to every element around it."""
        for place in self.open:
            self.texts[place] += data
        inside = {self.names[place] for place in self.open}
        if "body" in inside and not inside & {"a", "h1"}:
            self.said.append(data)

    def all(self, name: str) -> list[tuple[dict[str, str], str]]:
        """(attributes, text) of every element of that name."""
        found = zip(self.names, self.attributes, self.texts, strict=True)
        return [(attributes, text) for each, attributes, text in found if each == name]

    def colours(self) -> list[tuple[str, dict[str, str]]]:
        """(selector, declarations) of the page's own style sheet."""
        ((_, sheet),) = self.all("style")
        return [
            (selector.strip(), dict(_declaration(one) for one in body.split(";") if ":" in one))
            for selector, body in _RULE.findall(sheet)
        ]


def taken_apart(html: str) -> Page:
    """The page; every element in it is closed."""
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb` (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _declaration(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip(), value.strip()
