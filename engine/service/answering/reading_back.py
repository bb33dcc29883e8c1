"""What was written beside a mail's commands, read back in its answer (INTERFACE §5.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from engine.domain.beside import says_something
from engine.domain.fields import FIELDS
from engine.domain.own_words import is_courtesy
from engine.domain.words import general_meaning
from engine.intake.reply import Command
from engine.model import Language
from engine.service.mail.transcript import shortened
from engine.service.mail.verdict import Judged, Wish
from engine.wording.catalogue import say

MOST: Final = 600
"""How many characters are read back."""
_TOLD: Final = frozenset({"status", "help"})

READ_BACK_MOST = 60
"""How many characters of a field's value an answer repeats."""
READ_BACK_FIELDS = 5
"""Of more fields than this an answer names the labels alone."""


def read_back(judged: Judged, text: str, wishes: Sequence[Wish]) -> Judged:
    """`judged`, its answer telling too what was written beside the commands, and what became of
    it: kept with the event, or nothing where no command was carried out.
    """
    said = "\n\n".join(filter(None, (*(wish.beside for wish in wishes), text)))
    if judged.answer is None or is_courtesy(said):
        return judged
    done, not_done = judged.answer.beside
    language, said = judged.answer.language, shortened(said, MOST)
    if judged.verdict in {"fired", "opened"}:
        done = (*done, say("transcript.kept_beside", language, text=said))
    else:
        not_done = (*not_done, say("transcript.nothing_done_about", language, text=said))
    return replace(judged, answer=replace(judged.answer, beside=(done, not_done)))


def with_remark(judged: Judged, command: Command, text: str) -> Judged:
    """`judged`, the answer to STATUS or HJELP, as a remark where more than thanks stood beside the
    word: it is read back, and the coordinators read it.
    """
    if general_meaning(command.word) not in _TOLD or not says_something(text):
        return judged
    letter, *others = judged.letters
    texts = dict(letter.variables)
    told = say("transcript.for_coordinator", letter.language, text=shortened(text, MOST))
    texts["done"] = [*texts["done"], told]
    return replace(judged, verdict="remark", letters=(replace(letter, variables=texts), *others))


def fields_read(values: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """What was read of the fields in `values`: each label and the beginning of its value."""
    labels = {name: FIELDS[name].labels[language] for name in values if name in FIELDS}
    if len(labels) > READ_BACK_FIELDS:
        return tuple(labels.values())
    return tuple(
        f"{label}: {shortened(values[name], READ_BACK_MOST)}" for name, label in labels.items()
    )
