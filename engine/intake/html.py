"""HTML to text: quotes marked by structure, hidden elements left out; linear time, never raises.

The standard library's parser takes quadratic time on unclosed constructs, so the tags are found
by our own scanner.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from engine.intake.charset import tidy

MAX_CHARS: Final = 400_000
MAX_TAGS: Final = 60_000
_MAX_TAG: Final = 20_000
_MAX_QUOTING: Final = 2_000
_TAG: Final = re.compile(r"(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
_ATTRIBUTE: Final = re.compile(r"([A-Za-z-]{1,30})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_HIDDEN: Final = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|opacity:0(?:\.0+)?(?:;|$)|font-size:0(?:px|pt|em|%)?(?:;|$)"
)
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_BLOCKS: Final = frozenset(
    "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer"
    " dl dt dd form address center".split()
)
_SPACED: Final = frozenset("p h1 h2 h3 h4 h5 h6 blockquote".split())
_VOID: Final = frozenset("br hr img input meta link area base col embed source track wbr".split())
_SILENT: Final = frozenset("style script head title template noscript svg object".split())
_RAW: Final = frozenset({"style", "script", "title"})
_QUOTE_CLASSES: Final = re.compile(r"\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix)")
_REST_IS_QUOTED: Final = re.compile(r"(?:x_)*(?:divrplyfwdmsg|appendonsend)")


@dataclass(slots=True)
class _Page:
    """The text so far, and which elements are open around the place reached."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    open: list[tuple[str, bool, bool]] = field(default_factory=list)
    """(name, hides, quotes) of each open element."""
    names: Counter[str] = field(default_factory=Counter)
    hidden: int = 0
    quoted: int = 0
    rest: bool = False

    def say(self, text: str) -> None:
        if not self.hidden:
            self.line.append(_BLANKS.sub(" ", text))

    def end_line(self, *, spaced: bool = False) -> None:
        text = "".join(self.line).strip()
        self.line.clear()
        mark = "> " if self.quoted or self.rest else ""
        if text:
            self.lines.append(mark + text)
        elif spaced and self.lines and self.lines[-1]:
            self.lines.append("")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        hides = name in _SILENT or _hides(attributes)
        quotes = _quotes(name, attributes)
        if quotes or name in _BLOCKS:
            self.end_line(spaced=name in _SPACED or name == "br")
        if _REST_IS_QUOTED.fullmatch(attributes.get("id", "").lower()):
            self.rest = True
        if name == "li":
            self.line.append("- ")
        if name not in _VOID:
            self.open.append((name, hides, quotes))
            self.names[name] += 1
            self.hidden += hides
            self.quoted += quotes

    def closed(self, name: str) -> None:
        if name in {"td", "th"} and self.line:
            self.line.append("\t")
        if name in _BLOCKS:
            self.end_line()
            self.end_line(spaced=name in _SPACED)
        while self.names[name]:
            last, hides, quotes = self.open.pop()
            if quotes:
                self.end_line()
            self.names[last] -= 1
            self.hidden -= hides
            self.quoted -= quotes
            if last == name:
                return


def to_text(html: str) -> str:
    """Return the visible text of `html`; quoted lines begin with `> `, table cells end in a tab."""
    page = _Page()
    source = html[:MAX_CHARS]
    position, tags = 0, 0
    while position < len(source) and tags < MAX_TAGS:
        tags += 1
        start = source.find("<", position)
        if start < 0:
            start = len(source)
        if start > position:
            page.say(unescape(source[position:start]))
        position = _markup(source, start, page)
    page.end_line()
    return tidy("\n".join(page.lines).strip("\n") + "\n")


def _markup(source: str, start: int, page: _Page) -> int:
    """Take in what begins with `<` at `start`; returns where reading goes on."""
    if source.startswith("<!--", start):
        return _after(source, "-->", start + 4)
    if source.startswith(("<!", "<?"), start):
        return _after(source, ">", start + 2)
    found = _TAG.match(source, start + 1)
    if found is None:
        page.say(source[start : start + 1])
        return start + 1
    end, name = _tag_end(source, found.end()), found[2].lower()
    if found[1]:
        page.closed(name)
        return end
    page.opened(name, _attributes(source[found.end() : end]))
    return _raw_end(source, name, end) if name in _RAW else end


def _after(source: str, mark: str, position: int) -> int:
    """Past the next `mark`; an unclosed construct hides all that follows it, as in a browser."""
    end = source.find(mark, position)
    return len(source) if end < 0 else end + len(mark)


def _tag_end(source: str, position: int) -> int:
    """Past the `>` that ends the tag, not one inside a quoted attribute."""
    end = position
    limit = min(len(source), position + _MAX_TAG)
    while True:
        end = source.find(">", end, limit)
        if end < 0:
            return limit
        if end - position > _MAX_QUOTING or not source.count('"', position, end) % 2:
            return end + 1
        end += 1


def _raw_end(source: str, name: str, position: int) -> int:
    found = re.compile(rf"</{name}", re.IGNORECASE).search(source, position)
    return found.start() if found else len(source)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:_MAX_TAG]):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    if re.search(r"(?:^|\s)hidden(?:\s|/|>|$)", re.sub(r"\"[^\"]*\"|'[^']*'", "", text)):
        found.setdefault("hidden", "hidden")
    return found


def _hides(attributes: dict[str, str]) -> bool:
    style = re.sub(r"\s+|!important", "", attributes.get("style", "").lower())
    return "hidden" in attributes or bool(style and _HIDDEN.search(style))


def _quotes(name: str, attributes: dict[str, str]) -> bool:
    return name == "blockquote" or bool(_QUOTE_CLASSES.search(attributes.get("class", "")))
