"""Words for people, in bokmål, nynorsk and English: days, spans, reasons, names and transcripts."""

from __future__ import annotations

from engine.model import Language, Reason
from engine.wording.reasons import sentence as worded

__all__ = ["sentence"]


def sentence(reason: Reason, language: Language) -> str:
    """As `engine.wording.reasons.sentence`, whose tables most commands never look at."""
    return worded(reason, language)
