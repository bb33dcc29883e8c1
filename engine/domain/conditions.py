"""Conditions: whether a text sets one, and those on which a request goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from engine.domain.beside import asks
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
    r"|må (?:\w+ )?rett[ea]s\w*)\b"
    rf"|\b(?:når|when)\b.*\b{_MENDED}",
    re.IGNORECASE,
)
"""Other words that take something back deny, doubt or ask."""


def sets_condition(text: str) -> bool:
    """Whether a sentence of `text` sets a condition; one that asks sets none."""
    return any(_CONDITION.search(each) for each in _SENTENCES.split(text) if not asks(each))


_KEPT: Final = ("permission_condition", "condition")
"""Under these names events keep on what condition a permission or a yes was given."""


def standing(kept: Mapping[str, Any]) -> str | None:
    """The conditions that hold for a request with what it has `kept`, each from its own line on;
    None for none.
    """
    return "\n".join(masked(kept[name]) for name in _KEPT if kept.get(name)) or None
