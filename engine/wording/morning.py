"""What the coordinators' morning letter says of each thing, and of an answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.model import Language, Reason
from engine.wording.catalogue import say, texts
from engine.wording.reasons import sentence

_HOW_OF: Final[Mapping[str, str]] = {
    "unclear": "mail",
    "stranger": "mail",
    "refuted": "mail",
    "bounce": "mail",
}
_LONGEST: Final = 80


def title(kind: str, language: Language) -> str:
    """What stands above the lines of one kind."""
    return say(f"morning_titles.{kind}", language)


def line(kind: str, values: Mapping[str, str], language: Language) -> str:
    """One line, without its number; `values` are those of the kind, in the language.

    `about` is the number of the request that a mail or letter is about, or empty; `doubt` is
    anything where nobody vouches for the sender, or empty.
    """
    sender = values.get("sender") or say("morning.nobody", language)
    return say(f"morning_lines.{kind}", language, **{**values, "sender": sender})


def duty_at(duty: str, party: str, language: Language) -> str:
    """A duty with its party: «e-læringsansvarlig ved Ahus»; the duty alone where they are one."""
    if not party or party == duty:
        return duty
    return say("morning.duty_at", language, duty=duty, party=party)


def how(first: Mapping[str, int], language: Language) -> list[str]:
    """The words that the kinds in the letter can be answered with; `first` is each one's first
    number.

    The examples stand inside sentences, so that none acts when the letter is quoted unmarked.
    """
    told: dict[str, int] = {}
    for kind, number in first.items():
        told.setdefault(_HOW_OF.get(kind, kind), number)
    known = texts("morning_how", language)
    return [
        say(f"morning_how.{name}", language, n=number)
        for name, number in told.items()
        if name in known
    ]


def unanswered() -> tuple[str, ...]:
    """The verdicts that nobody gets an answer to (INTERFACE §5); the empty one is none yet."""
    return tuple(_verdict(name) for name in texts("morning_counted", "nb"))


def counted(numbers: Mapping[str, int], language: Language) -> str:
    """What came and was not answered, by verdict: «automatisk: 3, i retur: 1»."""
    return ", ".join(
        f"{words}: {numbers[_verdict(name)]}"
        for name, words in texts("morning_counted", language).items()
        if numbers.get(_verdict(name))
    )


def done(said: str, what: str, values: Mapping[str, str], language: Language) -> str:
    """The sentence on a line that was followed."""
    return f"{_quoted(said, language)}: {say(f'morning_answers.{what}', language, **values)}"


def not_done(said: str, reasons: Sequence[Reason], language: Language) -> str:
    """The sentence on a line that was not followed, with every reason."""
    why = " ".join(sentence(reason, language) for reason in reasons)
    return f"{_quoted(said, language)}: {say('morning_answers.not_done', language, why=why)}"


def _verdict(name: str) -> str:
    return "" if name == "none" else name


def _quoted(said: str, language: Language) -> str:
    line = " ".join(said.split()).replace("«", "").replace("»", "")
    short = line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
    return say("quotes.quoted", language, text=short)
