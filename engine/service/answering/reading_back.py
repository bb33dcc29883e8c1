"""What was written beside a mail's commands, read back in its answer (INTERFACE §5.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from engine.domain.fields import FIELDS
from engine.domain.own_words import is_courtesy
from engine.model import Language
from engine.service.mail.transcript import shortened
from engine.service.mail.verdict import Judged, Wish
from engine.wording.catalogue import say

MOST: Final = 600
"""How many characters are read back."""

READ_BACK_MOST = 60
"""How many characters of a field's value an answer repeats."""
READ_BACK_FIELDS = 5
"""Of more fields than this an answer names the labels alone."""


def said_beside(text: str, wishes: Sequence[Wish]) -> str:
    """All that was said beside the commands; empty for thanks and a greeting."""
    said = "\n\n".join(filter(None, (*(wish.beside for wish in wishes), text)))
    return "" if is_courtesy(said) else said


def read_back(judged: Judged, said: str) -> Judged:
    """`judged`, its answer telling too what was `said` beside the commands, and what became of it:
    kept with the event, or nothing where no command was carried out.
    """
    if judged.answer is None or not said:
        return judged
    language, said = judged.answer.language, shortened(said, MOST)
    if judged.verdict in {"fired", "opened"}:
        return told_too(judged, say("transcript.kept_beside", language, text=said))
    return told_too(judged, not_done=say("transcript.nothing_done_about", language, text=said))


def told_too(judged: Judged, *more: str, not_done: str = "") -> Judged:
    """`judged`, its answer telling these sentences too."""
    if judged.answer is None:
        return judged
    done, not_more = judged.answer.beside
    both = ((*done, *more), (*not_more, *filter(None, (not_done,))))
    return replace(judged, answer=replace(judged.answer, beside=both))


def fields_read(values: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """What was read of the fields in `values`: each label and the beginning of its value."""
    labels = {name: FIELDS[name].labels[language] for name in values if name in FIELDS}
    if len(labels) > READ_BACK_FIELDS:
        return tuple(labels.values())
    return tuple(
        f"{label}: {shortened(values[name], READ_BACK_MOST)}" for name, label in labels.items()
    )
