"""Why something is not there, or does not stand so that it can be done: for those who type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MISSING_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "request_missing": (
        "Det finnes ingen sak {number}.[ Mente du {nearest}?]",
        "Det finst inga sak {number}.[ Meinte du {nearest}?]",
        "There is no request {number}.[ Did you mean {nearest}?]",
    ),
    "mail_missing": (
        "Det finnes ingen e-post {mail}.",
        "Det finst ingen e-post {mail}.",
        "There is no mail {mail}.",
    ),
    "mail_forgotten": (
        "Av e-post {mail} er bare avtrykket tatt vare på, for den handlet ikke om Kursdeling.",
        "Av e-post {mail} er berre avtrykket teke vare på, for han handla ikkje om Kursdeling.",
        "Only the hash of mail {mail} has been kept, since it was not about Kursdeling.",
    ),
    "party_changes_side": (
        "{party} kan ikke skifte side: det som er delt, står på den ene.",
        "{party} kan ikkje skifte side: det som er delt, står på den eine.",
        "{party} cannot change sides: what has been shared stands on one of them.",
    ),
    "mail_of_no_duty": (
        "E-post {mail} viser ikke hvilken rolle {sender} har. Skriv den: contact add PART ROLLE "
        "ADRESSE.",
        "E-post {mail} viser ikkje kva rolle {sender} har. Skriv henne: contact add PART ROLLE "
        "ADRESSE.",
        "Mail {mail} does not show which duty {sender} has. Name it: contact add PARTY DUTY EMAIL.",
    ),
    "letter_missing": (
        "Det finnes ikke noe brev {letter}.",
        "Det finst ikkje noko brev {letter}.",
        "There is no letter {letter}.",
    ),
    "letter_to_nobody": (
        "Brev {letter} har ingen å gå til.",
        "Brev {letter} har ingen å gå til.",
        "Letter {letter} has nobody to go to.",
    ),
    "letter_stands": (
        "Brev {letter} står som «{state}» og kan ikke bli «{wanted}».",
        "Brev {letter} står som «{state}» og kan ikkje bli «{wanted}».",
        "Letter {letter} stands as “{state}” and cannot become “{wanted}”.",
    ),
    "letters_go_there": (
        "Brev går alt til {address}.",
        "Brev går alt til {address}.",
        "Letters go to {address} already.",
    ),
    "party_missing": (
        "Det finnes ingen part {party}.",
        "Det finst ingen part {party}.",
        "There is no party {party}.",
    ),
    "party_missing_near": (
        "Det finnes ingen part «{party}». Den nærmeste er {nearest}.",
        "Det finst ingen part «{party}». Den nærmaste er {nearest}.",
        "There is no party “{party}”. The nearest is {nearest}.",
    ),
    "duty_missing": (
        "Det finnes ingen oppgave «{text}».[ Mente du {nearest}?][ Det som finnes, er {known}.]",
        "Det finst inga oppgåve «{text}».[ Meinte du {nearest}?][ Det som finst, er {known}.]",
        "There is no duty “{text}”.[ Did you mean {nearest}?][ There are {known}.]",
    ),
    "own_address_taken": (
        "Adressen {address} er områdets egen, og ingen kan ha den.",
        "Adressa {address} høyrer til området sjølv, og ingen kan ha henne.",
        "The address {address} is the site's own, which nobody can have.",
    ),
    "contact_point_taken": (
        "{party} har et kontaktpunkt alt. Avslutt det først.",
        "{party} har eit kontaktpunkt alt. Avslutt det først.",
        "{party} has a contact point already. End that one first.",
    ),
    "version_missing": (
        "Området har aldri brukt versjon {version} av rutinen {workflow}.",
        "Området har aldri brukt versjon {version} av rutinen {workflow}.",
        "The site has never used version {version} of the routine {workflow}.",
    ),
    "state_unreadable": (
        "Versjon {version} av rutinen {workflow} kan ikke leses, eller har ikke tilstanden "
        "{state}.",
        "Versjon {version} av rutinen {workflow} kan ikkje lesast, eller har ikkje tilstanden "
        "{state}.",
        "Version {version} of the routine {workflow} cannot be read, or lacks the state {state}.",
    ),
    "routine_unknown": (
        "Det finnes ingen rutine «{text}».[ Mente du {nearest}?][ Området har {known}.]",
        "Det finst ingen rutine «{text}».[ Meinte du {nearest}?][ Området har {known}.]",
        "There is no routine “{text}”.[ Did you mean {nearest}?][ The site has {known}.]",
    ),
    "state_unknown": (
        "Det finnes ingen tilstand «{text}».[ Mente du {nearest}?][ Det som finnes, er {known}.]",
        "Det finst ingen tilstand «{text}».[ Meinte du {nearest}?][ Det som finst, er {known}.]",
        "There is no state “{text}”.[ Did you mean {nearest}?][ There are {known}.]",
    ),
    "domain_of_anybody": (
        "Hvem som helst kan ha en adresse der, så det er ingen parts eget domene.",
        "Kven som helst kan ha ei adresse der, så det er ikkje domenet til nokon part.",
        "Anybody may have an address there, so it is no party's own domain.",
    ),
    "domain_missing": (
        "{party} har ikke e-postdomenet {domain}.",
        "{party} har ikkje e-postdomenet {domain}.",
        "{party} has no mail domain {domain}.",
    ),
    "no_mail_domain": (
        "«{text}» er ikke noe e-postdomene.",
        "«{text}» er ikkje noko e-postdomene.",
        "“{text}” is no mail domain.",
    ),
    "no_mail_address": (
        "«{text}» er ingen e-postadresse.",
        "«{text}» er inga e-postadresse.",
        "“{text}” is no mail address.",
    ),
    "holds_nothing_after": (
        "{address} har ingen oppgave etter {day}.",
        "{address} har inga oppgåve etter {day}.",
        "{address} holds no duty after {day}.",
    ),
    "agreement_backwards": (
        "Avtalen kan ikke slutte {latest}, for den begynner {day}.",
        "Avtalen kan ikkje slutte {latest}, for han byrjar {day}.",
        "The agreement cannot end on {latest}, since it begins on {day}.",
    ),
    "agreement_overlaps": (
        "Det gjelder alt en avtale fra og med {first} til og med {last}. Neste kan begynne {day}.",
        "Det gjeld alt ein avtale frå og med {first} til og med {last}. Neste kan byrje {day}.",
        "An agreement is recorded already, from {first} up to and including {last}. "
        "The next one can begin on {day}.",
    ),
    "agreement_backdated": (
        "En fornyelse kan ikke gjelde fra {day}, som er passert. Den kan tidligst begynne {today}.",
        "Ei fornying kan ikkje gjelde frå {day}, som er passert. Ho kan tidlegast byrje {today}.",
        "A renewal cannot count from {day}, which has passed. It can begin on {today} or later.",
    ),
    "workflow_missing": (
        "Det finnes ingen rutine «{workflow}».[ Mente du {nearest}?] Dette området har: {known}.",
        "Det finst ingen rutine «{workflow}».[ Meinte du {nearest}?] Dette området har: {known}.",
        "There is no workflow “{workflow}”.[ Did you mean {nearest}?] This site has: {known}.",
    ),
}
"""Code → the sentence in nb, nn and en."""
