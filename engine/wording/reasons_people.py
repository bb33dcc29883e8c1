"""Why an absence, a substitute or an answer about the register cannot be followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PEOPLE_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "absence_unreadable": (
        "Vi fant ikke fram til hvilke dager det gjelder[: «{text}»]. "
        "Skriv første og siste dag, slik: 1.12.2026–15.12.2026.",
        "Vi fann ikkje ut kva dagar det gjeld[: «{text}»]. "
        "Skriv første og siste dag, slik: 1.12.2026–15.12.2026.",
        "We could not tell which days are meant[: “{text}”]. "
        "Write the first and the last day: 2026-12-01–2026-12-15.",
    ),
    "absence_backwards": (
        "Fraværet kan ikke slutte {latest} når det begynner {day}.",
        "Fråværet kan ikkje slutte {latest} når det byrjar {day}.",
        "The absence cannot end on {latest} when it begins on {day}.",
    ),
    "substitute_unreadable": (
        "Vi fant ingen e-postadresse i «{text}». Skriv vikarens adresse etter «VIKAR:».",
        "Vi fann inga e-postadresse i «{text}». Skriv adressa til vikaren etter «VIKAR:».",
        "We found no mail address in “{text}”. Write the substitute's address after “SUBSTITUTE:”.",
    ),
    "substitute_self": (
        "Vikaren må være en annen enn den som er borte.",
        "Vikaren må vere ein annan enn den som er borte.",
        "The substitute must be somebody else than the one who is away.",
    ),
    "substitute_ours": (
        "{address} er vår egen adresse og kan ikke være vikar.",
        "{address} er vår eiga adresse og kan ikkje vere vikar.",
        "{address} is our own address and cannot be a substitute.",
    ),
    "substitute_elsewhere": (
        "{address} hører ikke til {party}, så vi kan ikke bruke adressen som vikar. "
        "En koordinator kan registrere en kontakt.",
        "{address} høyrer ikkje til {party}, så vi kan ikkje bruke adressa som vikar. "
        "Ein koordinator kan registrere ein kontakt.",
        "{address} does not belong to {party}, so that we cannot use it as a substitute. "
        "A coordinator can register a contact.",
    ),
    "holds_nothing": (
        "{address} har ingen oppgave i de dagene.",
        "{address} har inga oppgåve i dei dagane.",
        "{address} holds no duty in those days.",
    ),
    "asked_holder": (
        "Den som svarte, er ikke registrert. Vi har spurt den brevet gikk til.",
        "Den som svarte, er ikkje registrert. Vi har spurt den brevet gjekk til.",
        "Whoever answered is not registered. We have asked the one whom the letter went to.",
    ),
}
"""By code: bokmål, nynorsk, English."""
