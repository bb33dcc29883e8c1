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
    "no_absence": (
        "Det er ikke notert noe fravær for {address} fra i dag av.",
        "Det er ikkje notert noko fråvær for {address} frå i dag av.",
        "No absence is noted for {address} from today on.",
    ),
    "substitute_ours": (
        "Adressen {address} er vår egen og kan ikke være vikar.",
        "Adressa {address} er vår eiga og kan ikkje vere vikar.",
        "The address {address} is our own and cannot be a substitute.",
    ),
    "substitute_elsewhere": (
        "Adressen {address} hører ikke til {party}, så den kan ikke være vikar. "
        "En koordinator kan registrere en kontakt.",
        "Adressa {address} høyrer ikkje til {party}, så ho kan ikkje vere vikar. "
        "Ein koordinator kan registrere ein kontakt.",
        "The address {address} does not belong to {party}, so it cannot be a substitute. "
        "A coordinator can register a contact.",
    ),
    "holds_nothing": (
        "Adressen {address} har ingen oppgave hos oss i de dagene.",
        "Adressa {address} har inga oppgåve hos oss i dei dagane.",
        "The address {address} holds no duty with us in those days.",
    ),
    "asked_holder": (
        "Den som svarte, er ikke registrert. Vi har spurt den brevet gikk til.",
        "Den som svarte, er ikkje registrert. Vi har spurt den brevet gjekk til.",
        "Whoever answered is not registered. We have asked the one whom the letter went to.",
    ),
}
"""By code: bokmål, nynorsk, English."""
