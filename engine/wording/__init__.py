"""Words for people, in bokmål, nynorsk and English: days, spans, reasons, names and transcripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.model import Language, Reason

__all__ = ["sentence"]


def sentence(reason: Reason, language: Language) -> str:
    """As `engine.wording.reasons.sentence`, whose tables most commands never look at."""
    from engine.wording.reasons import sentence as worded

    return worded(reason, language)
