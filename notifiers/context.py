"""What a template can speak of: the letter's variables, cleaned, and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from engine.domain.licence import is_creative_commons
from engine.model import Language
from engine.ports import Envelope
from engine.wording.catalogue import say, texts
from notifiers import cleaning, marks
from notifiers.answers import Answers, as_answers

LONGEST_TITLE: Final = 90
OF_RENDERING: Final = frozenset(
    "language number role title course open_licence word words choices own_words".split()
)
"""What every text can use though no letter brings it: rendering itself adds it."""

_WORD_FIRST: Final = re.compile(r"^([A-ZÆØÅ][A-ZÆØÅ ]+):")
_UNDO_WORD: Final = re.compile(r"\b[A-ZÆØÅ]{3,}\b")


def context_of(envelope: Envelope) -> dict[str, Any]:
    """Return everything that the template of a letter can speak of."""
    return _context(envelope, cleaning.value(envelope.variables))


def subject_context(envelope: Envelope) -> dict[str, Any]:
    """Return the same for its subject alone: data as it stands, for a subject is cleaned as a whole
    once it is written.
    """
    return _context(envelope, envelope.variables)


def folded_context(envelope: Envelope, also: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same for a letter that is folded into this one."""
    own = {name: also[name] for name in ("number", "role", "language") if name in also}
    values = cleaning.value({**envelope.variables, **also["variables"]})
    return _context(replace(envelope, **own), values)


def spelled(value: int, language: Language) -> str:
    """Return a number up to thirteen as a word, a greater one in digits."""
    return texts("numbers", language).get(str(value), str(value))


def _context(envelope: Envelope, values: Mapping[str, Any]) -> dict[str, Any]:
    answers = Answers(as_answers(values.get("answers")), envelope.language)
    name, short_name = values.get("course_name", ""), values.get("short_name", "")
    quoted, number = partial(say, "quotes.quoted", envelope.language), envelope.number
    title = quoted(text=name) if name else ""
    if number and not name:
        title = say("letters.no_name", envelope.language, number=number)
    return {
        **values,
        "language": envelope.language,
        "number": envelope.number,
        "role": envelope.role,
        "title": quoted(text=cleaning.line(name, LONGEST_TITLE)) if name else (number or "–"),
        "course": f"{title} ({short_name})" if short_name else title,
        "receiver_name": cleaning.line(values.get("receiver_name", ""), LONGEST_TITLE),
        "open_licence": is_creative_commons(values.get("licence", "")),
        "done": [_spoken(one, envelope.language) for one in values.get("done", ())],
        "not_done": [_spoken(one, envelope.language) for one in values.get("not_done", ())],
        "undo": _UNDO_WORD.sub(lambda word: marks.answer(word[0]), values.get("undo", "")),
        "word": answers.word,
        "words": answers.words,
        "choices": answers.choices,
        "own_words": _own_words(values, envelope),
    }


def _own_words(values: Mapping[str, Any], envelope: Envelope) -> str:
    """Who will read an answer in one's own words."""
    extra, who = values.get("extra") or {}, (values.get("reads") or {}).get("who", "")
    if "networks" in extra:
        who = (extra.get("bodies") or {}).get("fousam", "FOUSAM")
    if who:
        return say("letters.words_go_to", envelope.language, who=who)
    return say(f"letters.words_{'asked' if envelope.number else 'read'}", envelope.language)


def _spoken(sentence: str, language: Language) -> str:
    # «GODTATT: utført.» at the start of a line would itself read as a command when it is sent back.
    return _WORD_FIRST.sub(rf"{say('letters.the_answer', language)} «\1»:", sentence)
