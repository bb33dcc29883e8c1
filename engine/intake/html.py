"""HTML to text: quotes marked by structure, hidden elements left out; linear time, never raises.

The standard library's parser takes quadratic time on unclosed constructs, so the tags are found
by our own scanner.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import field
from html import unescape
from typing import Final

from engine.frozen import dataclass
from engine.intake import colours, css
from engine.intake.attribution import introduces
from engine.intake.budget import Budget
from engine.intake.charset import tidy
from engine.pattern import pattern

MAX_CHARS: Final = 400_000
MAX_TAGS: Final = 60_000
_MAX_TAG: Final = 20_000
_MAX_QUOTING: Final = 2_000
_TAG: Final = pattern(r"(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
_ATTRIBUTE: Final = pattern(r"([A-Za-z-]{1,30})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SHEETS: Final = pattern(r"<style[^>]{0,500}>(.*?)(?:</style|$)", re.IGNORECASE | re.DOTALL)
_VALUES: Final = pattern(r"\"[^\"]*\"|'[^']*'")
_BARE: Final = pattern(r"(?:^|\s)(hidden|open)(?=[\s/>]|$)", re.IGNORECASE)
_WORDS: Final = pattern(r"[^\s()]+(?:\([^()]{0,100}\))?")
"""The words of a value; what a function is given belongs to its name."""
_COMMENT_ENDS: Final = pattern(r"--!?>")
_BLANKS: Final = pattern(r"[ \t\r\n\f]+")
_BLOCKS: Final = frozenset(
    "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer"
    " dl dt dd form address center".split()
)
_SPACED: Final = frozenset("p h1 h2 h3 h4 h5 h6 blockquote".split())
_VOID: Final = frozenset("br hr img input meta link area base col embed source track wbr".split())
_SILENT: Final = frozenset(
    "style script head title template noscript svg object select option textarea button datalist"
    " dialog iframe audio video canvas map noembed noframes math progress meter applet"
    " s strike del".split()
)
_RAW: Final = frozenset({"style", "script", "title"})
_QUOTE_CLASSES: Final = pattern(
    r"\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra)"
)
_BARRED: Final = pattern(r"border(?:-left(?:-width|-style)?)?\s{0,3}:\s{0,3}(?!\s|none|0)")
_REST_IS_QUOTED: Final = pattern(
    r"(?:x_)*(?:divrplyfwdmsg|appendonsend|mail-editor-reference-message-container"
    r"|ms-outlook-mobile-reference-message)"
)


@dataclass(frozen=True, slots=True)
class _Look:
    """How words look that stand here; what an element does not declare it inherits."""

    invisible: bool = False
    tiny: bool = False
    ink: colours.Ink = colours.Ink((0, 0, 0))
    painted: bool = False
    """Whether anything declares the ink: what nobody declares can be seen on every ground."""
    ground: colours.Colour = colours.WHITE
    opacity: float = 1.0

    @property
    def seen(self) -> bool:
        """Whether anybody can read words that look so."""
        if self.invisible or self.tiny or self.opacity < _FAINT:
            return False
        return not self.painted or not colours.alike(self.ink.on(self.ground), self.ground)


_PLAIN: Final = _Look()
_FAINT: Final = 0.1
"""How much of the letters' colour must be left for anybody to read them."""


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element: whether all of it is hidden or quoted, and how its words look."""

    name: str
    hides: bool
    quotes: bool
    look: _Look
    named: tuple[str, ...]
    """Its classes and its id, as selectors name them."""


@dataclass(slots=True)
class _Page:
    """The text so far, and which elements are open around the place reached."""

    budget: Budget
    sheet: css.Sheet
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    open: list[_Element] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    around: Counter[str] = field(default_factory=Counter)
    """The classes and ids of the open elements."""
    hidden: int = 0
    quoted: int = 0
    rest: bool = False

    @property
    def look(self) -> _Look:
        """How words look at the place reached."""
        return self.open[-1].look if self.open else _PLAIN

    def say(self, text: str) -> None:
        if not self.hidden and self.look.seen:
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
        named = _named(attributes)
        self.budget.spend(6 + 6 * len(attributes) + len(attributes.get("style", "")) // 16)
        declared = self._declared(name, attributes, named)
        shut = name == "details" and "open" not in attributes
        hides = name in _SILENT or shut or "hidden" in attributes or css.hides(declared)
        quotes = _quotes(name, attributes)
        if quotes or name in _BLOCKS:
            self.end_line(spaced=name in _SPACED or name == "br")
        quotes = quotes or (name == "blockquote" and self._introduced())
        if _REST_IS_QUOTED.fullmatch(attributes.get("id", "").lower()):
            self.rest = True
        if name == "li":
            self.line.append("- ")
        if name not in _VOID:
            look = _changed(self.look, declared)
            self.open.append(_Element(name, hides, quotes, look, named))
            self.names[name] += 1
            self.around.update(named)
            self.hidden += hides
            self.quoted += quotes

    def _introduced(self) -> bool:
        """Whether the last words say that somebody wrote what comes now."""
        last = next((line for line in reversed(self.lines[-4:]) if line), "")
        return introduces(last)

    def _declared(
        self, name: str, attributes: dict[str, str], named: tuple[str, ...]
    ) -> dict[str, str]:
        """Sheets come before the element's own style; old HTML says colours in attributes."""
        found = self.sheet.declared(name, named, self.around)
        if "bgcolor" in attributes:
            found["background-color"] = attributes["bgcolor"]
        if name == "font" and "color" in attributes:
            found["color"] = attributes["color"]
        if name == "body" and "text" in attributes:
            found["color"] = attributes["text"]
        if "style" in attributes:
            found.update(css.declarations(attributes["style"]))
        return found

    def closed(self, name: str) -> None:
        if name in {"td", "th"} and self.line:
            self.line.append("\t")
        if name in _BLOCKS:
            self.end_line()
            self.end_line(spaced=name in _SPACED)
        while self.names[name]:
            last = self.open.pop()
            if last.quotes:
                self.end_line()
            self.names[last.name] -= 1
            self.around.subtract(last.named)
            self.hidden -= last.hides
            self.quoted -= last.quotes
            if last.name == name:
                return


def _changed(look: _Look, declared: dict[str, str]) -> _Look:
    """How words look inside an element, by what it declares and what stands around it."""
    if not declared:
        return look
    invisible, tiny = css.invisible(declared), css.tiny(declared)
    ink = colours.ink(declared.get("-webkit-text-fill-color", declared.get("color", "")))
    ground = colours.ink(declared.get("background-color", ""))
    if ground is None:
        ground = _first_colour(declared.get("background", ""))
    return _Look(
        invisible=look.invisible if invisible is None else invisible,
        tiny=look.tiny if tiny is None else tiny,
        ink=look.ink if ink is None else ink,
        painted=look.painted or ink is not None,
        ground=look.ground if ground is None else ground.on(look.ground),
        opacity=look.opacity * css.opacity(declared),
    )


def _first_colour(background: str) -> colours.Ink | None:
    """`background` holds a picture and its place too; a picture may be of any colour."""
    if "url(" in background or "gradient" in background:
        return colours.Ink(colours.ANY)
    found = (colours.ink(word) for word in _WORDS.findall(background))
    return next((each for each in found if each is not None), None)


def to_text(html: str, budget: Budget | None = None) -> str:
    """Return the visible text of `html`; quoted lines begin with `> `, table cells end in a tab.

    SpentError where that is more work than `budget` allows.
    """
    budget = budget or Budget()
    page = _Page(budget=budget, sheet=css.Sheet(budget=budget))
    source = html[:MAX_CHARS]
    budget.spend_on_text(source)
    for sheet in _SHEETS.findall(source):  # One that stands below counts for what is above too.
        page.sheet.read(sheet)
    position, tags = 0, 0
    while position < len(source) and tags < MAX_TAGS:
        tags += 1
        budget.spend(10)
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
        return _after_comment(source, start + 4)
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


def _after_comment(source: str, position: int) -> int:
    """Past the comment's end, which browsers also see in `--!>`, `<!-->` and `<!--->`."""
    if source.startswith((">", "->"), position):
        return source.index(">", position) + 1
    found = _COMMENT_ENDS.search(source, position)
    return len(source) if found is None else found.end()


def _after(source: str, mark: str, position: int) -> int:
    """Past the next `mark`; an unclosed construct hides all that follows it, as in a browser."""
    end = source.find(mark, position)
    return len(source) if end < 0 else end + len(mark)


def _tag_end(source: str, position: int) -> int:
    """Past the `>` that ends the tag, not one inside a quoted attribute."""
    begin, quotes = position, 0
    limit = min(len(source), position + _MAX_TAG)
    while True:
        end = source.find(">", begin, limit)
        if end < 0:
            return limit
        quotes += source.count('"', begin, end)
        if end - position > _MAX_QUOTING or not quotes % 2:
            return end + 1
        begin = end + 1


def _raw_end(source: str, name: str, position: int) -> int:
    found = re.compile(rf"</{name}", re.IGNORECASE).search(source, position)
    return found.start() if found else len(source)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:_MAX_TAG]):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    for name in _BARE.findall(_VALUES.sub("", text)):
        found.setdefault(name.lower(), "")
    return found


def _named(attributes: dict[str, str]) -> tuple[str, ...]:
    classes = attributes.get("class", "").lower().split()[:20]
    ids = attributes["id"].lower().split()[:1] if "id" in attributes else []
    return (*("." + name for name in classes), *("#" + name for name in ids))


def _quotes(name: str, attributes: dict[str, str]) -> bool:
    """What a program marks as a quote; people indent their own paragraphs by the same element."""
    if _QUOTE_CLASSES.search(attributes.get("class", "")):
        return True
    if name != "blockquote":
        return False
    barred = _BARRED.search(attributes.get("style", "").lower()) is not None
    return barred or "cite" in attributes or attributes.get("type", "").lower() == "cite"
