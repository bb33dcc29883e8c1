"""A letter's marked text as HTML: the same words, with links that write the answer.

Whatever is not `Html` is escaped where it is put in, so data never becomes HTML: the type checker
sees to it, which costs a letter nothing while it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, NewType

from msgspec import Struct

from engine.model import Language
from engine.wording.catalogue import say
from notifiers import answers, marks
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

Html = NewType("Html", str)
"""A text that is HTML already: our own, or escaped."""

LONGEST_LINK: Final = 1_900
"""How long a link may be: Outlook on Windows opens none above some 2,000 characters."""

_WORDS: Final = re.compile(
    f"{marks.ANSWER[0]}([^{marks.EVERY}]*){marks.ANSWER[1]}"
    f"|{marks.DAY[0]}([^{marks.EVERY}/]*)[^{marks.EVERY}]*{marks.DAY[1]}([^{marks.EVERY}]*){marks.DAY[2]}"
)


class Answering(Struct, frozen=True, kw_only=True):
    """Where answers go, what their subject is, and which are open to the receiver."""

    address: str
    subject: str
    language: Language
    choices: Sequence[Choice]


def content(marked: str, answering: Answering) -> Html:
    """Return the body of the HTML page for a marked text, without its first heading."""
    return _lines(_Page(answering).parts(marked))


class _Page:
    """Remembers which answers can be chosen already."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._letter = answers.Letter(
            answering.address, say("letters.reply", answering.language, subject=answering.subject)
        )
        self._offered: set[str] = set()
        self._level = 1

    def parts(self, marked: str) -> Iterator[Html]:
        for block in blocks(marked):
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Html]:
        match block:
            case Heading(level, text):
                # No level is left out, whatever a template calls its headings (WCAG 1.3.1).
                self._level = min(level, self._level + 1)
                yield _within(f"h{self._level}", _words(text))
            case Paragraph(lines, closing):
                yield _within("p", _broken(lines), 'class="closing"' if closing else "")
            case Listing(items, first):
                yield _listing(items, first)
            case Quote(lines):
                yield _quote(lines)
            case Rows(rows):
                yield from self._rows(rows)
            case Choices(answers, rest):
                yield from self._choices(answers, rest)

    def _rows(self, rows: Sequence[Row]) -> Iterator[Html]:
        for row in rows:
            value = _broken(line for line in row.lines if line)
            label = _within("strong", _text(f"{row.label}:"))
            yield _within("p", Html(f"{label} {value}"), 'class="row"')
        if all(row.blank for row in rows):
            text = say("letters.this_line", self._answering.language, n=len(rows))
            link = self._link(text, tuple(f"{row.label}: " for row in rows))
            yield from _answers([link] if link else [])

    def _choices(self, answers: Sequence[str], rest: bool) -> Iterator[Html]:
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
        text = say("letters.answer_with", self._answering.language, word=shown)
        takes_text = shown.startswith(f"{answer}:") or answer.endswith(":")
        return text, (f"{answer.removesuffix(':')}: " if takes_text else answer,)

    def _link(self, text: str, lines: tuple[str, ...]) -> Html:
        """Empty where the link would be longer than mail programs take."""
        target = self._letter.saying(lines)
        if len(target) > LONGEST_LINK:
            return Html("")
        return _within("a", _text(text), f'class="answer" href="{escape(target)}"')


def _text(text: str) -> Html:
    return Html(escape(text))


def _within(tag: str, inner: Html, attributes: str = "") -> Html:
    """An element of ours around `inner`; data in `attributes` is escaped by whoever gives them."""
    return Html(f"<{tag}{' ' * bool(attributes)}{attributes}>{inner}</{tag}>")


def _lines(parts: Iterable[Html]) -> Html:
    return Html("\n".join(parts))


def _answers(links: Sequence[Html]) -> Iterator[Html]:
    if links:
        yield _within("p", _lines(links))


def _listing(items: Sequence[Sequence[str]], first: int | None) -> Html:
    inner = Html(f"\n{_lines(_within('li', _broken(item)) for item in items)}\n")
    return _within("ul", inner) if first is None else _within("ol", inner, f'start="{first}"')


def _quote(lines: Sequence[str]) -> Html:
    paragraphs = "\n".join(lines).split("\n\n")
    inner = _lines(
        _within("p", _broken(one.strip("\n").split("\n"))) for one in paragraphs if one.strip()
    )
    return _within("blockquote", Html(f"\n{inner}\n"))


def _broken(lines: Iterable[str]) -> Html:
    return Html("<br>\n".join(_words(line) for line in lines))


def _words(line: str) -> Html:
    """One line with its answers in bold type and its days as times."""
    pieces, place = [], 0
    for found in _WORDS.finditer(line):
        pieces.append(_text(line[place : found.start()]))
        if found[1] is not None:
            pieces.append(_within("strong", _text(found[1])))
        else:
            pieces.append(_within("time", _text(found[3]), f'datetime="{escape(found[2])}"'))
        place = found.end()
    return Html("".join([*pieces, _text(line[place:])]))
