"""Conditions: whether a text sets one, and those on which a request goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine.domain.beside import asks
from engine.domain.blocking import words_of
from engine.domain.own_words import LONGEST_REPLY, says
from engine.domain.secrecy import masked

_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_MENDED: Final = (
    r"(?:rett[ea]|bytt[ea]|oppdater[at]|fiks[ea]|ordn[ea]|tekst[ea]|endr[ea]|fjern[ea]|løyst|løst"
    r"|på plass|klar|ferdig|signer|godkjen|lagt inn|inne|fixed|updated|done|ready|correct|removed"
    r"|replaced|signed)"
)
_CONDITION: Final = re.compile(
    r"\b(?:hvis|dersom|viss|såfremt|såframt|ifall|i fall|med mindre|så lenge|så lengje|så sant"
    r"|så fremt|så framt|så snart|gitt at|gjeve at|bare om|berre om|kun om|etter at|om dere|om de"
    r"|unntatt|unnateke|if|unless|assuming|as long as|as soon as|so long as|given that|subject to"
    r"|only when|forbehold\w*|atterhald\w*|forutse\w*|forutsatt?|føreset\w*|beting\w*|vilkår\w*"
    r"|avheng\w*|prøveperiod\w*|prøvetid|condition\w*|provided|providing"
    r"|(?:må|lyt) (?:\w+ )?\w{2,}[ea]s"
    r"|(?:dere|de|dykk|dokker|du|you|da) (?:\w+ )?(?:må|lyt|must|have to|need to)"
    r"|(?:må|lyt) (?:dere|de|dykk|dokker|du|da)"
    r"|men (?!(?:vi|jeg|eg|me|det) må\b)(?:[^\s,]+ ){1,6}(?:må|lyt)"
    r"|(?:bare|berre|kun|only) (?:dere|de|dykk|dokker|du|you|at|når|for|i))\b"
    r"|^\W*(?:men |but )?(?:bare|berre|kun|only) \w"
    rf"|\b(?:når|when)\b.*\b{_MENDED}",
    re.IGNORECASE,
)
"""Other words that take something back deny, doubt or ask."""


def sets_condition(text: str) -> bool:
    """Whether a sentence of `text` sets a condition; one that asks sets none."""
    return any(_CONDITION.search(each) for each in _SENTENCES.split(text) if not asks(each))


_EXPLICIT: Final = re.compile(
    r"\b(?:forbehold\w*|atterhald\w*|forutse\w*|forutsatt|føreset\w*|beting\w*|vilkår\w*"
    r"|med mindre|mot at|condition\w*|provided|subject to"
    r"|(?:hvis|dersom|viss|så lenge|så lengje|såfremt|såframt|if) (?:dere|de|dykk|you))\b",
    re.IGNORECASE,
)
"""What sets a condition beyond doubt for whoever is written to."""
_DENIED: Final = frozenset("ikke ikkje aldri ingen inga nei uten utan not never no".split())


def condition_said(text: str, phrases: Iterable[str]) -> bool:
    """Whether a sentence of `text` says one of `phrases` on a condition that others are to meet,
    before or after it, and neither asks nor denies it.
    """
    wanted = tuple(phrases)
    for each in _SENTENCES.split(text) if len(text) <= LONGEST_REPLY else ():
        found = None if asks(each) else _EXPLICIT.search(each)
        # The condition itself may deny: «hvis dere ikke bruker navnet».
        sides = (each[: found.start()], each[found.end() :].rpartition(",")[2]) if found else ()
        if any(says(side, wanted) and not _DENIED & set(words_of(side)) for side in sides):
            return True
    return False


_KEPT: Final = ("permission_condition", "condition")
"""Under these names events keep on what condition a permission or a yes was given."""


def standing(kept: Mapping[str, Any]) -> str | None:
    """The conditions that hold for a request with what it has `kept`, each from its own line on;
    None for none.
    """
    return "\n".join(masked(kept[name]) for name in _KEPT if kept.get(name)) or None
