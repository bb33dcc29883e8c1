"""The letter that a mail answers: what of the mail's text is ours, and not the writer's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from engine.domain.fields import field_by_label
from engine.domain.networks.network_form import is_row
from engine.intake.budget import Budget

_MARKS: Final = re.compile(r"^(?:\s{0,3}[>|])+ ?")
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_TELLING_WORDS: Final = 4
_TELLING_LETTERS: Final = 20
_ALONE_TELLING: Final = 9
"""So many words in a row are enough where nothing but them follows."""
_LOOKED_AT: Final = 12
_MAX_LINE: Final = 2_000
_MAX_LABEL: Final = 120
_SEARCHED_A_STEP: Final = 2_000
"""How many letters of our letter are searched in a step."""
OUR_NAME: Final = "kursdeling"
"""What our letters say they are from, before the address."""
_REPLY_MARKS: Final = re.compile(
    r"^(?:\s*(?:re|sv|aw|vs|vl|fw|fwd|svar|antw|ang)\s*:)+", re.IGNORECASE
)


def folded(text: str) -> str:
    """Return the words of `text` in small letters with one blank between them, without marks."""
    return " ".join(_NOT_WORDS.sub(" ", text.casefold()).split())


class Answered:
    """What is known of the letter that is answered; of an unknown letter only our own names.

    Whoever compares a mail with it pays out of the mail's `budget`. `points` is how many numbered
    points the letter has that are answered by their numbers.
    """

    def __init__(
        self,
        text: str = "",
        subject: str = "",
        names: Sequence[str] = (),
        budget: Budget | None = None,
        points: int = 0,
    ) -> None:
        self.text = text
        self.subject = subject
        self.names = (OUR_NAME, *(name.casefold() for name in names if name))
        self.points = points
        self.budget = budget or Budget()
        self._held: dict[str, bool] = {}

    @cached_property
    def _words(self) -> str:
        self.budget.spend_on_text(self.text)
        return f" {folded(self.text)} "

    @cached_property
    def _lines(self) -> frozenset[str]:
        """Its lines: most of a quote has the same ones, and they need not be searched for."""
        self.budget.spend_on_text(self.text)
        return frozenset(folded(line) for line in self.text.split("\n"))

    @cached_property
    def _title(self) -> str:
        return folded(_REPLY_MARKS.sub("", self.subject))

    def names_us(self, text: str) -> bool:
        """Whether one of our addresses or our name stands in `text`."""
        lower = text.casefold()
        return any(name in lower for name in self.names)

    def is_about(self, text: str) -> bool:
        """Whether `text` holds the letter's subject."""
        return len(self._title) >= _TELLING_LETTERS and self._title in folded(text)

    def holds(self, line: str) -> bool:
        """Whether the whole line stands in the letter, however the lines were broken."""
        found = self._held.get(line) if self.text else False
        if found is None:
            found = self._held[line] = self._is_held(line)
        return found

    def _is_held(self, line: str) -> bool:
        self.budget.spend_on_text(line[:_MAX_LINE])
        words = folded(_MARKS.sub("", line[:_MAX_LINE]))
        if not words or words in self._lines:
            return bool(words)
        self.budget.spend(1 + len(self._words) // _SEARCHED_A_STEP)
        return f" {words} " in self._words

    def quoted_from(self, lines: list[str], first: int) -> bool:
        """Whether what stands at `first` and below it is the letter, without marks.

        Rows of the form count for nothing here: the writer may have copied them to correct them.
        """
        if not self.text or not self._tells(lines[first]) or not self.holds(lines[first]):
            return False
        telling = [line for line in lines[first + 1 : first + _LOOKED_AT] if self._tells(line)]
        ours = sum(self.holds(line) for line in telling)
        alone = len(folded(lines[first]).split()) >= _ALONE_TELLING and not telling
        return alone or (ours >= 1 and ours * 2 > len(telling))

    def ends_before(self, lines: list[str], first: int) -> int:
        """Where the writer's own words end above the letter that is quoted from `first` on.

        Above it may stand the letter's own first lines, and a line of some program about who
        wrote when.
        """
        end = first
        self.budget.spend(1 + len(self._words) // _SEARCHED_A_STEP)
        before = self._words[: self._words.find(f" {folded(lines[first])} ") + 1].rstrip()
        while end > 0:
            words = folded(lines[end - 1])
            if words and not before.endswith(f" {words}") and before != words:
                break
            self.budget.spend(1 + len(before) // _SEARCHED_A_STEP)
            before = before.removesuffix(words).rstrip()
            end -= 1
        while end > 0 and (not lines[end - 1].strip() or self._introduces(lines[end - 1])):
            end -= 1
        return end

    def follows(self, lines: list[str], after: int) -> bool:
        """Whether the first lines with words after `after` are the letter's."""
        for line in lines[after + 1 : after + 1 + _LOOKED_AT]:
            if folded(line):
                if not self.holds(line):
                    return False
                if self._tells(line):
                    return True
        return False

    def _tells(self, line: str) -> bool:
        words = folded(line)
        if len(words) < _TELLING_LETTERS or words.count(" ") + 1 < _TELLING_WORDS:
            return False
        return not self.is_row(line)

    @staticmethod
    def is_row(line: str) -> bool:
        """Whether the line is one of a form's: a field's label and a colon."""
        head, colon, _ = line.partition(":")
        label = head.strip(" \t*_>-•")[:_MAX_LABEL]
        return is_row(line) or (bool(colon) and field_by_label(label) is not None)

    def _introduces(self, line: str) -> bool:
        """A line right above the quote that says whose letter it is, or when it was sent."""
        if len(line) > _MAX_LINE:
            return False
        if _DATED.search(line):
            return True
        ours = self.names_us(line) or self.is_about(line)
        return ours and bool(_DIGIT.search(line) or "@" in line or line.rstrip().endswith(":"))


_DATED: Final = re.compile(
    r"^\W*[A-Za-zÆØÅæøåöä]{1,12}\W{0,3}:.{0,80}\b(?:19|20)\d\d\b.{0,20}\d{1,2}[:.]\d\d"
)
"""`Dato: 01.09.2026 10:00`, under whatever name."""
_DIGIT: Final = re.compile(r"\d{1,2}[:.]\d\d")
UNKNOWN: Final = Answered()
