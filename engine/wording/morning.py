"""What the morning letter says of each thing, and of an answer to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine.model import Language, Reason
from engine.wording.catalogue import say, texts
from engine.wording.reasons import sentence

_HOW_OF: Final[Mapping[str, str]] = {
    "demand": "mail",
    "unclear": "mail",
    "stranger": "mail",
    "refuted": "mail",
    "bounce": "mail",
    "late": "stuck",
    "point": "stuck",
}
_LONGEST: Final = 80


def line(kind: str, values: Mapping[str, str], language: Language) -> str:
    """One line, without its number; `values` are those of the kind, in the language.

    `about` is the number of the request that a mail or letter is about, or empty; `doubt` is
    anything where nobody vouches for the sender, or empty.
    """
    sender = values.get("sender") or say("morning.nobody", language)
    return say(f"morning_lines.{kind}", language, **{**values, "sender": sender})


def taken(text: str, who: str, language: Language) -> str:
    """The line `text`, which somebody has said is theirs."""
    return say("morning.taken", language, text=text, who=who)


def rest(kinds: Iterable[str], language: Language) -> str:
    """How much of each kind there is beside the lines, as «holdte brev: 3, påminnelser: 2»; empty
    for nothing.
    """
    found = Counter(kinds)
    names = texts("morning_rest", language)
    return ", ".join(f"{names[kind]}: {found[kind]}" for kind in names if found[kind])


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
    numbers: dict[str, int] = {}
    for kind, number in first.items():
        name = _HOW_OF.get(kind, kind)
        numbers[name] = min(number, numbers.get(name, number))
    if numbers:
        numbers["all"] = min(numbers.values())
    return [
        say(f"morning_how.{name}", language, n=numbers[name])
        for name in texts("morning_how", language)
        if name in numbers
    ]


def counted(numbers: Mapping[str, int], language: Language) -> str:
    """What came and nobody gets an answer to (INTERFACE §5), by verdict: «automatisk: 3, i retur:
    1».
    """
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
