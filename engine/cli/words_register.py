"""What commands about networks, the register and the database do, in bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "asks networks for plans, and for reports once the year is over": (
        "ber nettverk om planer, og om rapporter når året er over",
        "bed nettverk om planar, og om rapportar når året er over",
    ),
    "shows who has delivered, who is late or missing, what comes": (
        "viser hvem som har levert, hvem som er sen eller mangler, og hva som kommer",
        "viser kven som har levert, kven som er sein eller manglar, og kva som kjem",
    ),
    "lays in a plan or a report that came another way": (
        "legger inn en plan eller en rapport som kom på annen måte",
        "legg inn ein plan eller ein rapport som kom på annan måte",
    ),
    "says what stands in a document that is no form": (
        "sier hva som står i et dokument som ikke er noe skjema",
        "seier kva som står i eit dokument som ikkje er noko skjema",
    ),
    "shows the roll-up of a year, or sends it to SU (`--send`)": (
        "viser samlerapporten for et år, eller sender den til SU (`--send`)",
        "viser samlerapporten for eit år, eller sender han til SU (`--send`)",
    ),
    "brings in an area of cooperation": (
        "legger inn et samarbeidsområde",
        "legg inn eit samarbeidsområde",
    ),
    "lists the site's areas": ("viser områdene", "viser områda"),
    "lists networks, who leads them, what is wrong": (
        "viser nettverk, hvem som leder dem, og hva som er galt",
        "viser nettverk, kven som leier dei, og kva som er gale",
    ),
    "shows a network with its members and assignments": (
        "viser et nettverk med medlemmer og oppdrag",
        "viser eit nettverk med medlemer og oppdrag",
    ),
    "records a network that SU has set up": (
        "registrerer et nettverk som SU har opprettet",
        "registrerer eit nettverk som SU har oppretta",
    ),
    "lets somebody lead a network, or be its deputy": (
        "lar noen lede et nettverk, eller være nestleder",
        "lèt nokon leie eit nettverk, eller vere nestleiar",
    ),
    "records whom a party has named for a network": (
        "registrerer hvem en part har pekt ut til et nettverk",
        "registrerer kven ein part har peika ut til eit nettverk",
    ),
    "records an assignment from SU, or a work group": (
        "registrerer et oppdrag fra SU, eller en arbeidsgruppe",
        "registrerer eit oppdrag frå SU, eller ei arbeidsgruppe",
    ),
    "records that one of these is done": (
        "registrerer at et av disse er utført",
        "registrerer at eit av desse er utført",
    ),
    "closes a network": ("avvikler et nettverk", "avviklar eit nettverk"),
    "shows or sets SU's priority areas": (
        "viser eller setter satsingsområdene til SU",
        "viser eller set satsingsområda til SU",
    ),
    "lists the parties of the register": (
        "viser partene i registeret",
        "viser partane i registeret",
    ),
    "shows a party and who holds which duty": (
        "viser en part og hvem som har hvilken oppgave",
        "viser ein part og kven som har kva oppgåve",
    ),
    "brings parties in from a csv file": (
        "legger inn parter fra en csv-fil",
        "legg inn partar frå ei csv-fil",
    ),
    "says from which mail domains a party writes": (
        "sier fra hvilke e-postdomener en part skriver",
        "seier frå kva e-postdomene ein part skriv",
    ),
    "lists who holds which duty where": (
        "viser hvem som har hvilken oppgave hvor",
        "viser kven som har kva oppgåve kvar",
    ),
    "registers a holder of a duty, or whoever wrote a message": (
        "registrerer hvem som har en oppgave, eller den som skrev en e-post",
        "registrerer kven som har ei oppgåve, eller den som skreiv ein e-post",
    ),
    "registers holders from a csv file": (
        "registrerer hvem som har oppgaver, fra en csv-fil",
        "registrerer kven som har oppgåver, frå ei csv-fil",
    ),
    "ends a holder's duties": (
        "avslutter oppgavene til en adresse",
        "avsluttar oppgåvene til ei adresse",
    ),
    "records who is away, and who stands in": (
        "registrerer hvem som er borte, og hvem som er vikar",
        "registrerer kven som er borte, og kven som er vikar",
    ),
    "lets letters go to an address again": (
        "lar brev gå til en adresse igjen",
        "lèt brev gå til ei adresse igjen",
    ),
    "says what is wrong with who holds what": (
        "sier hva som er galt med hvem som har hva",
        "seier kva som er gale med kven som har kva",
    ),
    "records the pilot agreement for a period": (
        "registrerer pilotavtalen for en periode",
        "registrerer pilotavtalen for ein periode",
    ),
    "lists the periods in which an agreement is in force": (
        "viser periodene da en avtale gjelder",
        "viser periodane då ein avtale gjeld",
    ),
    "finds known courses by name, shared or not, with their owners": (
        "finner kjente kurs etter navn, delt eller ikke, med eierne",
        "finn kjende kurs etter namn, delte eller ikkje, med eigarane",
    ),
    "lists the links of shared courses, and whether they still lead anywhere": (
        "viser lenkene til delte kurs, og om de fortsatt fører noe sted",
        "viser lenkjene til delte kurs, og om dei framleis fører nokon stad",
    ),
    "lists the keys that sign Message-IDs, the newest last": (
        "viser nøklene som signerer Message-ID-er, den nyeste sist",
        "viser nøklane som signerer Message-ID-ar, den nyaste sist",
    ),
    "makes a new key, and keeps those before it": (
        "lager en ny nøkkel, og beholder dem før den",
        "lagar ein ny nøkkel, og tek vare på dei før han",
    ),
    "takes an earlier key away for good": (
        "tar bort en tidligere nøkkel for godt",
        "tek bort ein tidlegare nøkkel for godt",
    ),
    "brings the tables to this version of the program": (
        "bringer tabellene til denne versjonen av programmet",
        "bringar tabellane til denne versjonen av programmet",
    ),
    "proves that what is stored is whole and unchanged": (
        "beviser at det som er lagret, er helt og uendret",
        "provar at det som er lagra, er heilt og uendra",
    ),
    "writes the whole database into one file, while others work": (
        "skriver hele databasen til én fil, mens andre arbeider",
        "skriv heile databasen til éi fil, medan andre arbeider",
    ),
    "moves a site's rows into an empty database, SQLite or PostgreSQL, and compares": (
        "flytter radene i et område til en tom database, SQLite eller PostgreSQL, og sammenligner",
        "flyttar radene i eit område til ein tom database, SQLite eller PostgreSQL, og jamfører",
    ),
}
"""By the English line, as the other half."""
