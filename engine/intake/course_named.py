"""Which courses a mail names outside its form, and whose they are: in its subject, or in a sentence
(INTERFACE §5.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from engine.definition.types import Workflow
from engine.domain.register.parties import find_party
from engine.model import Party

PREFIX: Final = re.compile(r"^(?:\s*(?:re|sv|fwd?|vs|vb|aw|wg)\s*:)+\s*", re.IGNORECASE)
"""What a reply or a forward puts before its subject."""
_SENTENCE: Final = re.compile(
    r"(?:«[^»\n]{0,200}»|“[^”\n]{0,200}”|\"[^\"\n]{0,200}\"|[^.!?\n])+[.!?]*"
)
_QUOTED: Final = re.compile(r"[«“”\"„]([^«»“”\"„\n]{3,150})[»“”\"]")
_COURSE: Final = re.compile(r"\b(?:e-?læring(?:s|en)?-?)?(?:kurs\w{0,4}|courses?)\b", re.IGNORECASE)
_UNQUOTED: Final = re.compile(
    r"\b(?:kurset|kurs|course)\s(?:som heter |som heiter |kalt |kalla |called )?"
    r"([A-ZÆØÅ][^.,;:!?«»\"\n]{2,120})"
)
_TOPIC: Final = re.compile(
    r"\b(?:kurs\w{0,4}|courses?)\b[^.,;:!?«»\"\n]{0,30}?\s(?:om|i|on|about)\s"
    r"([a-zæøå][^.,;:!?«»\"\n]{2,60})"
)
_ENDS: Final = re.compile(
    r"\s(?:fra|frå|from|som|som vi|til våre|for våre|i våre|hos oss|til vår|for vår|i vår)\b.*"
)
_WANTS: Final = re.compile(
    r"\b(?:bestill\w*|ting(?:e|a|ar|ing|inga)|ønsk\w*|låne|bruke|ta i bruk|få|skaffe|gjerne ha"
    r"|kunne\b.{0,15}\bfått|vil(?:le)? ha|trenger|treng|order(?:ing)?|borrow|use|would like|want"
    r"|have access)\b",
    re.IGNORECASE,
)
_NO_ORDER: Final = re.compile(
    r"\b(?:ikke|ikkje|not|no longer|avbestill\w*|avslutt\w*|vite|vete|lurer|høre|høyre|info\w*|know"
    r"|takk for|thanks for)\b|^\W*(?:når|hvor|kvar|hva|kva|hvorfor|kvifor|when|where|what|why)\b",
    re.IGNORECASE,
)
_OWNER: Final = re.compile(
    r"\s(?:fra|frå|from|hos|ved|av|by|at)\s+((?:[A-ZÆØÅ0-9][^\n.,;:!?«»\"()]{1,80}))"
)
_MOST_WORDS: Final = 5
_NAME: Final = re.compile(r"[^\W\d_]{3}")
_JOINTS: Final = ' :–—-«»"“”„'


def courses_named(workflow: Workflow, subject: str, text: str) -> tuple[str, ...]:
    """The courses that a mail which opens `workflow` names: behind the routine in its subject, else
    in sentences; in the end what a course is said to be about.
    """
    rest = _after_routine(workflow, " ".join(PREFIX.sub("", subject).split())) or ""
    if _NAME.search(rest):
        return (rest,)
    found = (*_quoted(text), *_unquoted(text)) or tuple(_topics(text))
    return tuple(dict.fromkeys(found))


def wants_course(text: str) -> bool:
    """Whether a sentence of the writer's own asks for a course by its name."""
    return any(
        _WANTS.search(sentence)
        and not _NO_ORDER.search(_QUOTED.sub("", sentence))
        and (_quoted(sentence) or _unquoted(sentence))
        for sentence in _sentences(text)
    )


def owner_named(
    workflow: Workflow, subject: str, text: str, parties: Mapping[str, Party], side: str
) -> str:
    """The id of the one party of `side` that a course is said to be from; empty for none or two.

    «Deling fra KS» names the routine, and no owner.
    """
    subject = " ".join(PREFIX.sub("", subject).split())
    behind = _after_routine(workflow, subject)
    said = f" {subject if behind is None else behind}\n {text}"
    found = {party.id for party, _ in _owners(said, parties) if party.side == side}
    return found.pop() if len(found) == 1 else ""


def without_owner(name: str, parties: Mapping[str, Party]) -> str:
    """A course's name without the party behind it: «Smittevern fra Ahus»."""
    for _, start in _owners(f" {name}", parties):
        return name[: max(0, start - 1)].strip(_JOINTS) or name
    return name


def _owners(text: str, parties: Mapping[str, Party]) -> Iterator[tuple[Party, int]]:
    for found in _OWNER.finditer(text):
        words = found[1].split()[:_MOST_WORDS]
        tried = (" ".join(words[:n]) for n in range(len(words), 0, -1))
        party = next((p for each in tried if (p := find_party(each, parties))), None)
        if party is not None:
            yield party, found.start()


def _sentences(text: str) -> list[str]:
    # A mail program breaks a sentence over several lines; a blank line ends it all the same.
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [found[0] for part in paragraphs for found in _SENTENCE.finditer(part)]


def _quoted(text: str) -> tuple[str, ...]:
    return tuple(
        " ".join(name.split())
        for sentence in _sentences(text)
        if _COURSE.search(_QUOTED.sub("", sentence))
        for name in _QUOTED.findall(sentence)
    )


def _unquoted(text: str) -> tuple[str, ...]:
    found = (_ENDS.sub("", name).strip() for name in _UNQUOTED.findall(" ".join(text.split())))
    return tuple(name for name in found if _NAME.search(name))


def _topics(text: str) -> tuple[str, ...]:
    found = (_ENDS.sub("", name).strip() for name in _TOPIC.findall(" ".join(text.split())))
    return tuple(name for name in found if _NAME.search(name))[:1]


def _after_routine(workflow: Workflow, subject: str) -> str | None:
    """What stands behind the routine in a subject; None where it does not begin with it."""
    words = {word for said in workflow.opens_with.subject.values() for word in said}
    for word in sorted(words, key=len, reverse=True):
        if subject.casefold().startswith(word.casefold()):
            return subject[len(word) :].strip(_JOINTS)
    return None
