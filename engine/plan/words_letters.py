"""The letters that pass people's own words on, and what they hold of them (INTERFACE §5.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from engine.model import Contact, Language, LetterDraft
from engine.plan.case import Case, Happening
from engine.plan.letters import draft, with_extra
from engine.plan.passing_on import harmless, named, party_called, person_name, writer_in
from engine.wording.names import DUTY_NAMES

WORDS: Final = "words"
"""The letter that passes words on; its `extra` holds them, and who wrote them."""


def words_letters(
    happening: Happening, to: Sequence[Contact], words: str, **more: object
) -> Iterator[LetterDraft]:
    """The letter with the words of whoever acts in `happening`, to each of the people; the answer
    to it goes back to the writer. `more` stands in its `extra`.
    """
    case, writer = happening.case, writer_in(happening.case, happening.act.actor.contacts)
    for contact in to:
        role = next(name for name in case.workflow.roles if contact in case.holders(name))
        letter = draft(happening, role, contact, WORDS)
        said = said_by(case, writer, words, letter.language)
        letter = with_extra(letter, **said, **more)
        reads = {"who": named(case, [writer], letter.language), "to": [writer.id]}
        yield replace(letter, variables={**letter.variables, "reads": reads})


def said_by(case: Case, writer: Contact, words: str, language: Language) -> dict[str, str]:
    """What a letter holds of a writer's own words: who wrote, for whom, and the words themselves,
    made harmless and cut where they are very long.
    """
    name = person_name(writer) or DUTY_NAMES[writer.duty][language]
    return {"writer": name, "writer_party": party_called(case, writer), "text": harmless(words)}
