"""What must never wait in a queue: a demand for insight, for one's own data, or word of a fault in
a course's content, in whatever words (INTERFACE §5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

INSIGHT: Final = "insight"
"""Offentleglova § 28."""
OWN_DATA: Final = "own_data"
"""GDPR articles 15 to 21."""
COURSE_FAULT: Final = "course_fault"
KINDS: Final = (OWN_DATA, INSIGHT, COURSE_FAULT)
"""By the key of their phrases; whoever asks for data about themselves often says insight too."""
_BETWEEN: Final = 1
"""As many other words may stand between two words of a phrase («ber herved om innsyn»)."""
_BEFORE: Final = 2
"""A negation counts where it stands so close before the phrase."""
_FAR: Final = "…"
_BETWEEN_FAR: Final = 8
"""As many where a phrase says so with «…»."""
_COURSE: Final = "kurs"
"""What stands before a course's name, which means nothing here."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|…")
_QUOTED: Final = re.compile(r"«[^»\n]*»|“[^”\n]*”|„[^“”\n]*[“”]|\"[^\"\n]*\"")
"""A course may be about insight, and be called so."""
_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+|\n\s*\n")
_NOT: Final = frozenset(
    "ikke ikkje ingen inga ingenting aldri uten utan not no never without".split()
)
_WRITER: Final = frozenset(
    """jeg eg vi me meg oss mitt min mine vår vårt undertegnede underteikna redaksjonen avisa avisen
    i we us my our""".split()
)
_OF_ALL: Final = re.compile(
    r"gjenstand for|subject to|unnt(?:att|eke)|omfatt(?:et|a) av|kurs(?:et)? (?:om|i|for)\b"
    r"|\b(?:kan|vil) bli\b|dersom noen|dersom nokon|hvis noen",
    re.IGNORECASE,
)
"""What is said of every mail, or of what others may do."""
_NO_FAULT: Final = frozenset(
    """hvis dersom viss når om eventuelle eventuell rettet retta rettes rettast fikset fiksa ordnet
    ordna if when corrected fixed hvem kven hva kva hvordan korleis who what how""".split()
)
"""Beside words about a fault: it is thought of, asked about in general, or mended."""


def demanded(text: str, phrases: Mapping[str, Iterable[str]]) -> str:
    """Which of KINDS `text` demands or tells of, by their `phrases`; empty for none."""
    said = [_words(each) for each in _sentences(text)]
    for kind in KINDS:
        wanted = [_words(phrase) for phrase in phrases.get(kind, ())]
        if any(_says(kind, words, phrase) for words in said for phrase in wanted):
            return kind
    return ""


def _sentences(text: str) -> Iterator[str]:
    """Each sentence, whole where a mail program has broken it, and each line for itself."""
    plain = _QUOTED.sub(" ", text)
    for paragraph in re.split(r"\n\s*\n", plain):
        joined = _SENTENCES.split(" ".join(paragraph.split()))
        yield from (each for each in (*joined, *paragraph.split("\n")) if not _OF_ALL.search(each))


def _says(kind: str, words: Sequence[str], phrase: Sequence[str]) -> bool:
    found = _found(words, phrase)
    if found is None:
        return False
    start, end = found
    if (_NOT - set(phrase)) & set(words[max(0, start - _BEFORE) : end + 1]):
        return False
    if kind == COURSE_FAULT:
        return not _NO_FAULT & set(words)
    return kind == OWN_DATA or start == 0 or bool(_WRITER & set(words)) or len(phrase) == 1


def _found(words: Sequence[str], phrase: Sequence[str]) -> tuple[int, int] | None:
    """Where `words` say `phrase`, from its first to its last word; None where they don't."""
    for start, word in enumerate(words):
        at, most = start, _BETWEEN
        if word != phrase[0]:
            continue
        for wanted in phrase[1:]:
            if wanted == _FAR:
                most = _BETWEEN_FAR
                continue
            near = words[at + 1 : at + 2 + most]
            between = near[: near.index(wanted)] if wanted in near else (_COURSE,)
            if any(each.startswith(_COURSE) for each in between):
                break
            at, most = at + 1 + len(between), _BETWEEN
        else:
            return start, at
    return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(each.casefold() for each in _WORD.findall(text))
