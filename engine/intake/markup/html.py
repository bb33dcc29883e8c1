"""HTML to text: quotes marked by structure, hidden elements left out; linear time, never raises.

The standard library's parser takes quadratic time on unclosed constructs, so the tags are found
by our own scanner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from typing import Final

from msgspec import Struct, field

from engine.intake.budget import Budget
from engine.intake.files.sheet import Place, Sheet, together
from engine.intake.headers import tidy
from engine.intake.markup import looks
from engine.intake.markup.looks import Evidence
from engine.intake.markup.selectors import Known
from engine.intake.quoting.attribution import introduces

MAX_CHARS: Final = 400_000
MAX_TAGS: Final = 60_000
_MAX_TAG: Final = 20_000
_TAG: Final = re.compile(r"(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
_TAG_MARK: Final = re.compile(r"=\s*[\"']|>")
_ATTRIBUTE: Final = re.compile(
    r"(?<![^\s\"'/])([^\s\"'<>/=]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*))"
)
_SHEETS: Final = re.compile(r"<style[^>]{0,500}>(.*?)(?:</style|$)", re.IGNORECASE | re.DOTALL)
_SCREENS: Final = frozenset({"", "all", "screen"})
_VALUES: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_BARE: Final = re.compile(r"(?:^|\s)(hidden|open|popover)(?=[\s/>]|$)", re.IGNORECASE)
_COMMENT_ENDS: Final = re.compile(r"--!?>")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_BLOCKS: Final = frozenset(
    "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer"
    " dl dt dd form address center".split()
)
_SPACED: Final = frozenset("p h1 h2 h3 h4 h5 h6 blockquote".split())
_VOID: Final = frozenset("br hr img input meta link area base col embed source track wbr".split())
_SILENT: Final = frozenset(
    "style script head title template noscript svg object select option textarea button datalist"
    " dialog iframe audio video canvas map noembed noframes math progress meter applet"
    " s strike del rp bdo".split()
)
_RAW: Final = frozenset("style script title textarea iframe noembed noframes".split())
_ENDS_P: Final = _BLOCKS - {"br", "td", "th", "tr", "table"}
_ENDED_BY: Final[Mapping[str, frozenset[str]]] = {
    **{name: frozenset({"p"}) for name in _ENDS_P},
    "li": frozenset({"p", "li"}),
    "dt": frozenset({"p", "dt", "dd"}),
    "dd": frozenset({"p", "dt", "dd"}),
    "td": frozenset({"p", "td", "th"}),
    "th": frozenset({"p", "td", "th"}),
    "tr": frozenset({"p", "td", "th", "tr"}),
}
"""Which open elements a tag ends though nobody closes them, one in the other."""
_AROUND_BODY: Final = frozenset({"", "html", "head"})
_BEFORE_BODY: Final = frozenset(
    "html head body title style script meta link base template noscript".split()
)
_QUOTE_CLASSES: Final = re.compile(
    r"\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra)"
)
_BARRED: Final = re.compile(r"border(?:-left(?:-width|-style)?)?\s{0,3}:\s{0,3}(?!\s|none|0)")
_REST_IS_QUOTED: Final = re.compile(
    r"(?:x_)*(?:divrplyfwdmsg|appendonsend|mail-editor-reference-message-container"
    r"|ms-outlook-mobile-reference-message)"
)


class _Element(Struct):
    """An open element: whether its words are quoted or silent, and how they look in each world."""

    name: str
    silent: bool
    quotes: bool
    looks: tuple[Evidence, ...]
    seen: bool
    place: Place


class _Page(Struct):
    """The text so far, and which elements are open around the place reached."""

    budget: Budget
    sheet: Sheet
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    open: list[_Element] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    quoted: int = 0
    rest: bool = False

    def begin(self) -> None:
        """Open what browsers open where nobody writes it: `body > p` means a bare `<p>` too."""
        root = _Element("", False, False, (looks.PLAIN,) * self.sheet.worlds, True, Place())
        self.open.append(root)

    def say(self, text: str) -> None:
        if self.open[-1].name in _AROUND_BODY and not text.isspace():
            self._imply("")
        if not self.silent and self.open[-1].seen:
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
        self.budget.spend(6 + 6 * len(attributes))
        self._imply(name)
        within = self.open[-1]
        element = Known(name, _named(attributes), attributes, first=not within.place.children)
        place, sheets = self.sheet.declared(element, within.place)
        shut = name == "details" and "open" not in attributes
        shut = shut or "hidden" in attributes or "popover" in attributes
        quotes = _quotes(name, attributes)
        if quotes or name in _BLOCKS:
            self.end_line(spaced=name in _SPACED or name == "br")
        quotes = quotes or (name == "blockquote" and self._introduced())
        if _REST_IS_QUOTED.fullmatch(attributes.get("id", "").lower()):
            self.rest = True
        if name == "li":
            self.line.append("- ")
        if name not in _VOID:
            hints, inline = _hints(name, attributes), self.sheet.inline(attributes.get("style", ""))
            done = {id(each): together(hints, each, inline) for each in sheets}
            self.budget.spend(2 + 30 * (len(done) - 1))
            declared = [done[id(each)] for each in sheets]
            inner = looks.inside(within.looks, declared, self.sheet.vanishing)
            silent = name in _SILENT or shut
            seen = all(look.seen for look in inner)
            self.open.append(_Element(name, silent, quotes, inner, seen, place))
            self.names[name] += 1
            self.silent += silent
            self.quoted += quotes

    def _imply(self, name: str) -> None:
        """End what a tag ends though nobody closes it, and open what must stand around it."""
        ended = _ENDED_BY.get(name, frozenset())
        while self.open[-1].name in ended:
            self._end()
        if name in {"tr", "td", "th"} and self.open[-1].name == "table":
            self.opened("tbody", {})
        if name in {"td", "th"} and self.open[-1].name == "tbody":
            self.opened("tr", {})
        if name not in _BEFORE_BODY and not self.names["body"]:
            while self.names["head"]:
                self._end()
            self.opened("body", {})
        elif name in {"body", "head"} and not self.names["html"]:
            self.opened("html", {})

    def _introduced(self) -> bool:
        """Whether the last words say that somebody wrote what comes now."""
        last = next((line for line in reversed(self.lines[-4:]) if line), "")
        return introduces(last)

    def closed(self, name: str) -> None:
        if name in {"body", "html"}:
            return  # Browsers go on inside them.
        if name in {"td", "th"} and self.line:
            self.line.append("\t")
        if name in _BLOCKS:
            self.end_line()
            self.end_line(spaced=name in _SPACED)
        while self.names[name]:
            if self._end() == name:
                return

    def _end(self) -> str:
        """Leave the innermost open element; returns its name."""
        last = self.open.pop()
        if last.quotes:
            self.end_line()
        self.names[last.name] -= 1
        self.silent -= last.silent
        self.quoted -= last.quotes
        return last.name


def _hints(name: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """What old HTML says in attributes; every style goes before it."""
    found: dict[str, str] = {}
    if "bgcolor" in attributes:
        found["background-color"] = attributes["bgcolor"]
    if name == "font" and "color" in attributes:
        found["color"] = attributes["color"]
    if name == "body" and "text" in attributes:
        found["color"] = attributes["text"]
    return found


def to_text(html: str, budget: Budget | None = None) -> str:
    """Return the visible text of `html`; quoted lines begin with `> `, table cells end in a tab.

    SpentError where that is more work than `budget` allows.
    """
    budget = budget or Budget()
    page = _Page(budget=budget, sheet=Sheet(budget=budget))
    source = html[:MAX_CHARS]
    budget.spend_on_text(source)
    # One that stands below counts for what is above too.
    if "<style" in source.lower():
        _read_sheets(source, page.sheet)
    page.begin()
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


def _read_sheets(source: str, sheet: Sheet) -> None:
    """Take in the style sheets of the page, and those that stand in comments for one program."""
    position = 0
    for _ in range(MAX_TAGS):
        start = source.find("<", position)
        if start < 0:
            return
        sheet.budget.spend(3)
        found = _TAG.match(source, start + 1)
        if source.startswith("<!--", start):
            position = _after_comment(source, start + 4)
            if source.startswith("[if", start + 4):
                for each in _SHEETS.findall(source[start:position]):
                    sheet.read(each, "[if")
        elif found is None or found[1]:
            position = start + 1
        else:
            position = _past_sheet(source, found, sheet)


def _past_sheet(source: str, tag: re.Match[str], sheet: Sheet) -> int:
    """Past the tag, and past what it holds where that is no markup; a style sheet is taken in."""
    end, name = _tag_end(source, tag.end()), tag[2].lower()
    if name not in _RAW:
        return end
    stop = _raw_end(source, name, end)
    if name == "style":
        media = _attributes(source[tag.end() : end]).get("media", "").strip().lower()
        sheet.read(source[end:stop], "" if media in _SCREENS else media)
    return stop


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
    """Past the `>` that ends the tag, not one inside a quoted value; what is never closed swallows
    all that follows it.
    """
    while (found := _TAG_MARK.search(source, position)) is not None:
        if found[0] == ">":
            return found.end()
        position = _after(source, found[0][-1], found.end())
    return len(source)


def _raw_end(source: str, name: str, position: int) -> int:
    found = re.compile(rf"</{name}", re.IGNORECASE).search(source, position)
    return found.start() if found else len(source)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:_MAX_TAG]):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    if len(text) > _MAX_TAG:
        found["hidden"] = ""  # Nobody writes so much into a tag but to keep it from being read.
    for name in _BARE.findall(_VALUES.sub("", text)):
        found.setdefault(name.lower(), "")
    return found


def _named(attributes: dict[str, str]) -> frozenset[str]:
    classes = attributes.get("class", "").lower().split()[:20]
    ids = attributes["id"].lower().split()[:1] if "id" in attributes else []
    return frozenset((*("." + name for name in classes), *("#" + name for name in ids)))


def _quotes(name: str, attributes: dict[str, str]) -> bool:
    """What a program marks as a quote; people indent their own paragraphs by the same element."""
    if _QUOTE_CLASSES.search(attributes.get("class", "")):
        return True
    if name != "blockquote":
        return False
    barred = _BARRED.search(attributes.get("style", "").lower()) is not None
    return barred or "cite" in attributes or attributes.get("type", "").lower() == "cite"
