"""A letter's marked text as HTML: the same words, with links that write the answer.

Everything that is not `Markup` is escaped where it is put in, so data never becomes HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from markupsafe import Markup, escape

from engine.frozen import dataclass
from engine.model import Language
from notifiers import mailto, marks
from notifiers.answers import Choice
from notifiers.structure import (
    Block,
    Choices,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Row,
    Rows,
    blocks,
)

LONGEST_LINK: Final = 1_900
"""How long a link may be: Outlook on Windows opens none above some 2,000 characters."""

_ANSWER_WITH: Final[Mapping[Language, str]] = {"nb": "Svar {}", "nn": "Svar {}", "en": "Answer {}"}
_THESE_LINES: Final[Mapping[Language, tuple[str, str]]] = {
    "nb": ("Svar med denne linjen", "Svar med disse linjene"),
    "nn": ("Svar med denne linja", "Svar med desse linjene"),
    "en": ("Answer with this line", "Answer with these lines"),
}
_REPLY: Final[Mapping[Language, str]] = {"nb": "SV: ", "nn": "SV: ", "en": "Re: "}
_WORDS: Final = re.compile(
    f"{marks.ANSWER[0]}([^{marks.EVERY}]*){marks.ANSWER[1]}"
    f"|{marks.DAY[0]}([^{marks.EVERY}/]*)[^{marks.EVERY}]*{marks.DAY[1]}([^{marks.EVERY}]*){marks.DAY[2]}"
)
_LINE_BREAK: Final = Markup("<br>\n")
_HEADINGS: Final[Mapping[int, tuple[Markup, Markup]]] = {
    2: (Markup("<h2>"), Markup("</h2>")),
    3: (Markup("<h3>"), Markup("</h3>")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Where answers go, what their subject is, and which are open to the receiver."""

    address: str
    subject: str
    language: Language
    choices: Sequence[Choice]


def content(marked: str, answering: Answering) -> Markup:
    """Return the body of the HTML page for a marked text, without its first heading."""
    return Markup("\n").join(_Page(answering).parts(marked))


class _Page:
    """Remembers which answers can be chosen already."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._offered: set[str] = set()
        self._level = 1

    def parts(self, marked: str) -> Iterator[Markup]:
        for block in blocks(marked):
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Markup]:
        match block:
            case Heading(level, text):
                # No level is left out, whatever a template calls its headings (WCAG 1.3.1).
                self._level = min(level, self._level + 1)
                opening, ending = _HEADINGS[self._level]
                yield opening + _words(text) + ending
            case Paragraph(lines, closing):
                opening = Markup('<p class="closing">') if closing else Markup("<p>")
                yield opening + _broken(lines) + Markup("</p>")
            case Listing(items, first):
                yield _listing(items, first)
            case Quote(lines):
                yield _quote(lines)
            case Rows(rows):
                yield from self._rows(rows)
            case Choices(answers, rest):
                yield from self._choices(answers, rest)

    def _rows(self, rows: Sequence[Row]) -> Iterator[Markup]:
        for row in rows:
            value = _broken(line for line in row.lines if line)
            label = Markup('<p class="row"><strong>{}:</strong> ').format(row.label)
            yield label + value + Markup("</p>")
        if all(row.blank for row in rows):
            text = _THESE_LINES[self._answering.language][len(rows) > 1]
            link = self._link(text, tuple(f"{row.label}: " for row in rows))
            yield from _answers([link] if link else [])

    def _choices(self, answers: Sequence[str], rest: bool) -> Iterator[Markup]:
        links = [self._link(*self._offer(answer)) for answer in answers]
        if rest:
            unoffered = (c for c in self._answering.choices if c.word not in self._offered)
            links += [self._link(*self._offer(choice.word)) for choice in unoffered]
        yield from _answers([link for link in links if link])

    def _offer(self, answer: str) -> tuple[str, tuple[str, ...]]:
        """What the link says, and the line that it writes."""
        self._offered.add(answer)
        known = (choice for choice in self._answering.choices if choice.word == answer)
        shown = next((choice.shown for choice in known), answer)
        text = _ANSWER_WITH[self._answering.language].format(shown)
        takes_text = shown.startswith(f"{answer}:") or answer.endswith(":")
        return text, (f"{answer.removesuffix(':')}: " if takes_text else answer,)

    def _link(self, text: str, lines: tuple[str, ...]) -> Markup:
        """Empty where the link would be longer than mail programs take."""
        subject = _REPLY[self._answering.language] + self._answering.subject
        target = mailto.link(self._answering.address, subject, lines)
        if len(target) > LONGEST_LINK:
            return Markup("")
        return Markup('<a class="answer" href="{}">{}</a>').format(target, text)


def _answers(links: Sequence[Markup]) -> Iterator[Markup]:
    if links:
        yield Markup("<p>") + Markup("\n").join(links) + Markup("</p>")


def _listing(items: Sequence[Sequence[str]], first: int | None) -> Markup:
    inner = Markup("\n").join(Markup("<li>") + _broken(item) + Markup("</li>") for item in items)
    if first is None:
        return Markup("<ul>\n{}\n</ul>").format(inner)
    return Markup('<ol start="{}">\n{}\n</ol>').format(first, inner)


def _quote(lines: Sequence[str]) -> Markup:
    paragraphs = "\n".join(lines).split("\n\n")
    inner = Markup("\n").join(
        Markup("<p>") + _broken(one.strip("\n").split("\n")) + Markup("</p>")
        for one in paragraphs
        if one.strip()
    )
    return Markup("<blockquote>\n{}\n</blockquote>").format(inner)


def _broken(lines: Iterable[str]) -> Markup:
    return _LINE_BREAK.join(_words(line) for line in lines)


def _words(line: str) -> Markup:
    """One line with its answers in bold type and its days as times."""
    pieces, place = [], 0
    for found in _WORDS.finditer(line):
        pieces.append(escape(line[place : found.start()]))
        if found[1] is not None:
            pieces.append(Markup("<strong>{}</strong>").format(found[1]))
        else:
            pieces.append(Markup('<time datetime="{}">{}</time>').format(found[2], found[3]))
        place = found.end()
    return Markup("").join([*pieces, escape(line[place:])])
