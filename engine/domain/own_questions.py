"""What people ask in their own words that has a word of ours: where a case stands, and the form
(INTERFACE §5.2).
"""

from __future__ import annotations

import re
from typing import Final

from engine.domain.own_words import is_courtesy, sentences

_FORM: Final = re.compile(
    r"\b(?:er|finn?e?s|finst|har|is|do you have)\s(?:det|dere|de|du|you|there)\b.{0,20}"
    r"\b(?:skjema\w*|form)\b"
    r"|\b(?:hvor|kvar|where)\b.{0,30}\b(?:skjema\w*|form)\b"
    r"|\b(?:kan|kunne|could|can|vil|få|send|sende|ønsk\w*|trenger|treng|need)\b.{0,30}"
    r"\b(?:skjema|skjemaet|a form|the form)\b",
    re.IGNORECASE,
)
_NO_FORM: Final = re.compile(
    r"\b(?:utfylt|vedlagt|vedlegg|fylt ut|feil|rett\w*|i orden|mottatt|fått|attached|filled)\b",
    re.IGNORECASE,
)
_STATUS: Final = re.compile(
    r"\b(?:er|gjelder|gjeld|is)\s(?:denne|dette|den|det|saken|saka|bestillingen|tinginga|delingen"
    r"|delinga|forespørselen|førespurnaden|this|it|the order|the case)\b.{0,12}"
    r"\b(?:fortsatt|fremdeles|framleis|ennå|enno|still)\b.{0,20}"
    r"\b(?:aktuel\w*|gjeld\w*|åpen|open|i gang|relevant)\b.*\?"
    r"|\b(?:gjelder|gjeld)\s(?:denne|dette|den|det|saken|saka|bestillingen|tinginga|delingen|delinga)"
    r"\b.{0,12}\b(?:fortsatt|fremdeles|framleis|ennå|enno)\b[^.!]*\?"
    r"|\b(?:hva|kva|what)(?:'s| er| is)\s(?:the\s)?status\w*\b"
    r"|\b(?:hvor|kvar|where)\s(?:står|ligger|ligg|is|does)\s(?:det|den|dette|it|this|saken|saka"
    r"|bestillingen|tinginga)\b"
    r"|\b(?:hvordan|korleis|how)\s(?:går|ligger|ligg|står|is)\s(?:det|it|den)\s"
    r"(?:an\b|an med|med|going|with)"
    r"|\b(?:hva|kva)\sskjer\s(?:nå|no|med|videre|vidare)\b"
    r"|\b(?:er|har|any)\s(?:det\s)?(?:skjedd\s)?(?:noe|noko|news)\b.{0,12}(?:nytt|skjedd|\?)"
    r"|\b(?:må|skal|trenger|treng)\s(?:jeg|eg|vi|me)\s(?:å\s)?(?:gjøre|gjere)\s(?:noe|noko)\b.*\?",
    re.IGNORECASE,
)


def asks_for_form(text: str) -> bool:
    """Whether a sentence of `text` asks for the form: «Er det et skjema?»."""
    return any(_FORM.search(each) and not _NO_FORM.search(each) for each in sentences(text))


def asks_for_status(text: str) -> bool:
    """Whether `text` asks where the case stands and nothing else: «Er denne fortsatt aktuell?»."""
    asked = [each for each in sentences(text) if not is_courtesy(each)]
    return any(map(_STATUS.search, asked)) and all(
        _STATUS.search(each) or "?" not in each for each in asked
    )
