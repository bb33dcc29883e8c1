"""Why a mistake cannot be mended as asked, or a share not imported: bokmål, nynorsk, English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MENDING_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "nothing_to_undo": (
        "Det er ingenting å angre nå. Bare det siste som skjedde i saken, kan tas tilbake, og "
        "bare mens brevene om det venter.",
        "Det er ingenting å angre no. Berre det siste som hende i saka, kan takast tilbake, og "
        "berre medan breva om det ventar.",
        "There is nothing to undo now. Only the last thing that happened can be taken back, and "
        "only while the letters about it wait.",
    ),
    "not_your_act": (
        "Det siste som skjedde i saken, var det en annen som gjorde, så du kan ikke ta det "
        "tilbake.",
        "Det siste som hende i saka, var det ein annan som gjorde, så du kan ikkje ta det tilbake.",
        "The last thing that happened was done by somebody else, so you cannot take it back.",
    ),
    "too_late": (
        "Det er for sent å angre: brev om dette er alt sendt til andre.",
        "Det er for seint å angre: brev om dette er alt sende til andre.",
        "It is too late to undo this: letters about it have been sent to others already.",
    ),
    "unknown_state": (
        "«{state}» er ingen tilstand i denne rutinen.[ Mente du {nearest}?]",
        "«{state}» er ingen tilstand i denne rutinen.[ Meinte du {nearest}?]",
        "“{state}” is no state of this routine.[ Did you mean {nearest}?]",
    ),
    "already_in_state": (
        "Saken står alt som «{state}».",
        "Saka står alt som «{state}».",
        "The request stands as “{state}” already.",
    ),
    "not_closed": (
        "Saken er ikke lukket. Den står som «{state}».",
        "Saka er ikkje lukka. Ho står som «{state}».",
        "The request is not closed. It stands as “{state}”.",
    ),
    "why_missing": (
        "Skriv hvorfor saken rettes. Grunnen blir stående i saken og kommer med i brevet.",
        "Skriv kvifor saka blir retta. Grunnen blir ståande i saka og kjem med i brevet.",
        "Write why the request is corrected. The reason is kept with it and goes into the letter.",
    ),
    "state_needs": (
        "Saken kan ikke stå som «{state}» uten dette: {field}.",
        "Saka kan ikkje stå som «{state}» utan dette: {field}.",
        "The request cannot stand as “{state}” without this: {field}.",
    ),
    "state_over": (
        "Tiden for «{state}» gikk ut {day}, så saken ville blitt lukket igjen med en gang.",
        "Tida for «{state}» gjekk ut {day}, så saka ville ha vorte lukka på nytt med ein gong.",
        "The time for “{state}” ran out on {day}, so the request would close again at once.",
    ),
    "column_empty": (
        "Kolonnen «{column}» må ha en verdi.",
        "Kolonnen «{column}» må ha ein verdi.",
        "The column “{column}” must have a value.",
    ),
    "day_ahead": (
        "Datoen {day} ligger fram i tid. En deling som finnes fra før, har begynt.",
        "Datoen {day} ligg fram i tid. Ei deling som finst frå før, har byrja.",
        "The date {day} lies ahead. A share that exists already has begun.",
    ),
    "no_routine_between": (
        "Ingen rutine deler kurs fra {lender} til {taker}. Mellom et helseforetak og kommunene "
        "går delingen gjennom KS Læring.",
        "Ingen rutine deler kurs frå {lender} til {taker}. Mellom eit helseføretak og kommunane "
        "går delinga gjennom KS Læring.",
        "No routine shares courses from {lender} to {taker}. Between a hospital trust and the "
        "municipalities, sharing goes by way of KS Læring.",
    ),
    "listed_twice": (
        "Den samme delingen står på linje {line}.",
        "Den same delinga står på linje {line}.",
        "The same share stands on line {line}.",
    ),
    "name_listed_twice": (
        "Kortnavnet «{short_name}» står på linje {line} for en annen kurseier.",
        "Kortnamnet «{short_name}» står på linje {line} for ein annan kurseigar.",
        "The short name “{short_name}” stands on line {line} for another owner.",
    ),
}
