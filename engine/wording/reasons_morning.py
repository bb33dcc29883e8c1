"""Why a line that somebody wrote about a numbered letter cannot be followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MORNING_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "morning_no_line": (
        "Brevet du svarte på, har ingen linje {n}.",
        "Brevet du svarte på, har inga linje {n}.",
        "The letter that you answered has no line {n}.",
    ),
    "morning_unknown_word": (
        "Vi kjenner ikke ordet. Ordene står nederst i morgenbrevet.",
        "Vi kjenner ikkje ordet. Orda står nedst i morgonbrevet.",
        "We do not know the word. The words stand at the bottom of the morning letter.",
    ),
    "morning_other_line": (
        "Det ordet passer ikke til linje {n}.",
        "Det ordet passar ikkje til linje {n}.",
        "That word does not fit line {n}.",
    ),
    "morning_which_request": (
        "Vi vet ikke hvilken sak det gjelder. Skriv «{n} TIL KD-2026-0004» først.",
        "Vi veit ikkje kva sak det gjeld. Skriv «{n} TIL KD-2026-0004» først.",
        "We cannot tell which request it is about. Write “{n} TO KD-2026-0004” first.",
    ),
    "morning_no_request": (
        "Det finnes ingen sak «{text}».",
        "Det finst inga sak «{text}».",
        "There is no request “{text}”.",
    ),
    "morning_no_answer": (
        "«{text}» er ikke et svar i sak {number}.",
        "«{text}» er ikkje eit svar i sak {number}.",
        "“{text}” is no answer in request {number}.",
    ),
    "morning_which_contact": (
        "Vi kan ikke vite hvilken rolle avsenderen har. Skriv part og rolle: "
        "«{n} NY KONTAKT: si e-læringsansvarlig».",
        "Vi kan ikkje vite kva rolle avsendaren har. Skriv part og rolle: "
        "«{n} NY KONTAKT: si e-læringsansvarleg».",
        "We cannot tell which duty the sender has. Write party and duty: "
        "“{n} NEW CONTACT: si e-learning officer”.",
    ),
    "morning_which_address": (
        "Skriv adressen til den som har rollen[ ({roles})]: «{n} NY KONTAKT: adresse».",
        "Skriv adressa til den som har rolla[ ({roles})]: «{n} NY KONTAKT: adresse».",
        "Write the address of whoever has the duty[ ({roles})]: “{n} NEW CONTACT: address”.",
    ),
    "morning_contact_point": (
        "{party} har et kontaktpunkt alt. Det må avsluttes først.",
        "{party} har eit kontaktpunkt alt. Det må avsluttast først.",
        "{party} has a contact point already, which must be ended first.",
    ),
    "morning_no_address": (
        "«{text}» kan ikke registreres som adresse.",
        "«{text}» kan ikkje registrerast som adresse.",
        "“{text}” cannot be registered as an address.",
    ),
    "morning_letter_moved": (
        "Brevet venter ikke lenger på dette.",
        "Brevet ventar ikkje lenger på dette.",
        "The letter no longer waits for that.",
    ),
    "morning_chaser_gone": (
        "Påminnelsen er alt sendt, eller er ikke lenger aktuell.",
        "Påminninga er alt send, eller er ikkje lenger aktuell.",
        "The reminder has left already, or is wanted no longer.",
    ),
    "morning_nothing_held": (
        "Ingen av brevene i morgenbrevet holdes lenger.",
        "Ingen av breva i morgonbrevet er haldne lenger.",
        "None of the letters in the morning letter is held any longer.",
    ),
    "which_of_several": (
        "Vi vet ikke hvilken sak svaret gjelder. Sett nummeret først på linjen.",
        "Vi veit ikkje kva sak svaret gjeld. Set nummeret først på linja.",
        "We cannot tell which request the answer is about. Put the number first on the line.",
    ),
    "morning_not_yours": (
        "Bare koordinatoren som fikk morgenbrevet, kan svare på det.",
        "Berre koordinatoren som fekk morgonbrevet, kan svare på det.",
        "Only the coordinator who had the morning letter can answer it.",
    ),
}
"""By code: bokmål, nynorsk, English; `reasons.sentence` fills them in."""
