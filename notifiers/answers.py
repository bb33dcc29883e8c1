"""The words that a receiver may answer with, as a letter's text asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from engine.model import Language
from engine.wording.catalogue import say
from notifiers import marks


class Choice(Struct, frozen=True):
    """One way to answer: the word, and as a letter offers it, with what comes after it."""

    word: str
    shown: str


class Answers:
    """The answers open to one receiver; remembers which ones a letter has asked for already.

    What `word`, `words` and `choices` return is marked text.
    """

    def __init__(self, answers: Iterable[Mapping[str, Any]], language: Language) -> None:
        self._answers = tuple(answers)
        self._language = language
        self._used: set[str] = set()

    def word(self, event: str = "") -> str:
        """Return the first word for `event` (of all answers, if empty), or "" if it is not open."""
        return next(iter(self.words(event)), "")

    def words(self, event: str = "") -> tuple[str, ...]:
        """Return every word for `event` (all words, if empty), and count the event as asked for."""
        found = [answer for answer in self._answers if event in ("", answer["event"])]
        self._used.update(str(answer["event"]) for answer in found)
        return tuple(dict.fromkeys(marks.answer(str(answer["word"])) for answer in found))

    def choices(self) -> str:
        """Return all answers not asked for yet on one line, and count them as asked for.

        Inflections of one word are left out: one answer stands for each event and what it takes.
        """
        left = [answer for answer in self._answers if answer["event"] not in self._used]
        self._used.update(str(answer["event"]) for answer in left)
        shown = (
            marks.answer(one.word) + one.shown.removeprefix(one.word)
            for one in self._distinct(left)
        )
        return " · ".join(dict.fromkeys(shown))

    def every(self) -> tuple[Choice, ...]:
        """Return all answers, asked for or not, each event and what it takes once."""
        return self._distinct(self._answers)

    def _distinct(self, answers: Iterable[Mapping[str, Any]]) -> tuple[Choice, ...]:
        found: dict[tuple[str, bool, bool], Choice] = {}
        for answer in answers:
            kind = (str(answer["event"]), bool(answer["reason"]), bool(answer["day"]))
            found.setdefault(kind, Choice(str(answer["word"]), self._with_text(answer)))
        return tuple(found.values())

    def _with_text(self, answer: Mapping[str, Any]) -> str:
        text = answer.get("text") or (
            say("answers.reason", self._language) if answer["reason"] else ""
        )
        if text:
            return f"{answer['word']}: {text}"
        if answer["day"]:
            return f"{answer['word']} ({say('answers.day', self._language)})"
        return str(answer["word"])


def as_answers(value: Any) -> Sequence[Mapping[str, Any]]:
    """Return the `answers` variable as a sequence; an absent one is empty."""
    return tuple(value or ())


class Letter:
    """A mail that is not written yet: to whom, and about what."""

    def __init__(self, address: str, subject: str) -> None:
        """Line breaks are CR LF and blanks `%20`, as RFC 6068 §5 asks.

        Nothing else stays unencoded than letters, digits and `-._~`, and the one `@` of the
        address.
        """
        local, _, domain = address.rpartition("@")
        to = f"{quote(local, safe='')}@{quote(domain, safe='')}"
        self._begins = f"mailto:{to}?subject={quote(subject, safe='')}&body="

    def saying(self, lines: Iterable[str]) -> str:
        """Return the link that opens the mail with `lines` as its text."""
        return self._begins + quote("\r\n".join(lines), safe="")
