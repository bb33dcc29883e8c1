"""The one answer to a mail: what was done, what was not and why, and what is possible now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.model import Language, LetterDraft, Plan
from engine.plan.case import Case
from engine.plan.variables import EMPTY
from engine.service.acting import Step
from engine.wording import phrases, sentence

ANSWER = "answer"
FIRST = ("form_faults", "receipt")
"""Letters that are whole answers in themselves, so that a single done line would only repeat them.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one command or form came to, with the word that asked for it."""

    word: str
    step: Step
    fields: tuple[str, ...] = ()
    """The labels of the fields that were read, for a form."""


def without_letters_to(
    steps: Sequence[Step], receiver: str
) -> tuple[tuple[Plan, ...], tuple[LetterDraft, ...]]:
    """(plans without letters to `receiver`, those letters), so that the answer can hold them."""
    plans: list[Plan] = []
    folded: list[LetterDraft] = []
    for plan in (plan for step in steps for plan in step.events):
        folded += [letter for letter in plan.letters if letter.receiver == receiver]
        others = tuple(letter for letter in plan.letters if letter.receiver != receiver)
        plans.append(replace(plan, letters=others))
    return tuple(plans), tuple(folded)


def answer(
    *,
    told: Sequence[Told],
    folded: Sequence[LetterDraft],
    receiver: str,
    role: str,
    language: Language,
    texts: dict[str, Any],
) -> LetterDraft:
    """The answer to `receiver`: the letters that their own mail caused, under a transcript where
    one is needed.
    """
    done = [line for each in told for line in _done(each, language)]
    not_done = [line for each in told for line in _not_done(each, language)]
    letters = list(folded)
    if letters and letters[0].template in FIRST and len(told) == 1 and not not_done:
        done = []
    main = letters[0] if letters else None
    base = dict(main.variables) if main else dict(texts)
    words = [each["word"] for each in base.get("answers", [])]
    possible = (
        [phrases.possible(words, language)] if words else [phrases.nothing_possible(language)]
    )
    return LetterDraft(
        role=main.role if main else role,
        party=main.party if main else None,
        receiver=receiver,
        template=main.template if main else ANSWER,
        language=language,
        variables={
            **EMPTY,
            **base,
            "done": done,
            "not_done": not_done,
            "possible": [] if main else possible,
            "also": [
                {"template": letter.template, "variables": dict(letter.variables)}
                for letter in letters[1:]
            ],
        },
        at_once=True,
    )


def _done(told: Told, language: Language) -> list[str]:
    step = told.step
    if step.already_done:
        return [phrases.already_done(told.word, _state_title(step.case, language), language)]
    if not step.events:
        return []
    if told.fields:
        return [phrases.fields_read(list(told.fields), language)]
    return [phrases.event_done(told.word, _state_title(step.case, language), language)]


def _not_done(told: Told, language: Language) -> list[str]:
    if told.step.already_done or not told.step.reasons:
        return []
    why = [sentence(reason, language) for reason in told.step.reasons]
    return [phrases.event_refused(told.word, why, language)]


def _state_title(case: Case | None, language: Language) -> str:
    return "" if case is None else case.workflow.states[case.request.state].titles[language]
