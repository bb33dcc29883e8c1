"""Words for people, in bokmål, nynorsk and English: days, spans, reasons, names and transcripts."""

from __future__ import annotations

from engine.wording.reasons import REASONS, sentence

__all__ = ["REASONS", "sentence"]
