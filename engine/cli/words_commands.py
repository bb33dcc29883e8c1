"""What commands about requests do, in bokmål and nynorsk; English is the table of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "Sharing of e-learning courses between hospital trusts and municipalities, by mail.": (
        "Deling av e-læringskurs mellom helseforetak og kommuner, på e-post.",
        "Deling av e-læringskurs mellom helseføretak og kommunar, på e-post.",
    ),
    "mail that came in": ("e-post som kom inn", "e-post som kom inn"),
    "requests: where they stand, and acting on them": (
        "saker: hvor de står, og handlinger på dem",
        "saker: kvar dei står, og handlingar på dei",
    ),
    "letters: written, held back, sent": (
        "brev: skrevet, holdt tilbake, sendt",
        "brev: skrivne, haldne tilbake, sende",
    ),
    "deadlines ahead": ("frister som kommer", "fristar som kjem"),
    "the routines that requests follow": (
        "rutinene som sakene følger",
        "rutinane som sakene følgjer",
    ),
    "the year of the networks: plans, reports, the roll-up": (
        "nettverkenes år: planer, rapporter, samlerapporten",
        "året til nettverka: planar, rapportar, samlerapporten",
    ),
    "professional networks and their areas": (
        "faglige nettverk og områdene deres",
        "faglege nettverk og områda deira",
    ),
    "the organisations that take part": (
        "organisasjonene som er med",
        "organisasjonane som er med",
    ),
    "who holds which duty where": (
        "hvem som har hvilken oppgave hvor",
        "kven som har kva oppgåve kvar",
    ),
    "the pilot agreement": ("pilotavtalen", "pilotavtalen"),
    "lists what is shared, by whom, to whom and since when": (
        "viser hva som er delt, av hvem, til hvem og siden når",
        "viser kva som er delt, av kven, til kven og sidan når",
    ),
    "the keys that sign Message-IDs and subject tokens": (
        "nøklene som signerer Message-ID-er og koder i emnet",
        "nøklane som signerer Message-ID-ar og kodar i emnet",
    ),
    "the site's database": ("områdets database", "databasen til området"),
    "makes a site: settings, key, tables, register": (
        "lager et område: innstillinger, nøkkel, tabeller, register",
        "lagar eit område: innstillingar, nøkkel, tabellar, register",
    ),
    "plays real mails through the program, with letters over SMTP to a receiver on this machine": (
        "spiller ekte e-post gjennom programmet, med brev over SMTP til en mottaker på denne "
        "maskinen",
        "spelar ekte e-post gjennom programmet, med brev over SMTP til ein mottakar på denne "
        "maskina",
    ),
    "says what is wrong with a site, and how to mend it": (
        "sier hva som er galt med et område, og hvordan det rettes",
        "seier kva som er gale med eit område, og korleis det blir retta",
    ),
    "the worker: takes mail, lets deadlines act, sends letters, until told to stop": (
        "arbeideren: tar imot e-post, lar frister virke, sender brev, til den blir stanset",
        "arbeidaren: tek imot e-post, lèt fristar verke, sender brev, til han blir stansa",
    ),
    "one pass for cron: mail in, deadlines, mail out": (
        "én runde for cron: e-post inn, frister, brev ut",
        "éin runde for cron: e-post inn, fristar, brev ut",
    ),
    "stores and handles messages: files, folders, Maildir, `-` (standard input), `--mbox FILE`": (
        "lagrer og behandler e-post: filer, mapper, Maildir, `-` (standard inn), `--mbox FILE`",
        "lagrar og handsamar e-post: filer, mapper, Maildir, `-` (standard inn), `--mbox FILE`",
    ),
    "lists what came in, with the verdict on each": (
        "viser hva som kom inn, med utfallet for hver",
        "viser kva som kom inn, med utfallet for kvar",
    ),
    "shows one message and what became of it": (
        "viser én e-post og hva det ble av den",
        "viser éin e-post og kva det blei av han",
    ),
    "judges a stored message anew": (
        "vurderer en lagret e-post på nytt",
        "vurderer ein lagra e-post på nytt",
    ),
    "ties a message to a request, or lets it fire an event there": (
        "knytter en e-post til en sak, eller lar den utløse en hendelse der",
        "knyter ein e-post til ei sak, eller lèt han utløyse ei hending der",
    ),
    "lays a message aside, with the reason": (
        "legger en e-post til side, med grunnen",
        "legg ein e-post til side, med grunnen",
    ),
    "lists requests, oldest first": (
        "viser saker, de eldste først",
        "viser saker, dei eldste først",
    ),
    "shows one request": ("viser én sak", "viser éi sak"),
    "shows every event of a request": (
        "viser alt som har hendt i en sak",
        "viser alt som har hendt i ei sak",
    ),
    "says why a request stands where it stands, and what is possible now": (
        "sier hvorfor en sak står der den står, og hva som er mulig nå",
        "seier kvifor ei sak står der ho står, og kva som er mogleg no",
    ),
    "opens a request on somebody's behalf": (
        "åpner en sak på vegne av noen",
        "opnar ei sak på vegner av nokon",
    ),
    "lets an event happen on somebody's behalf": (
        "lar en hendelse skje på vegne av noen",
        "lèt ei hending skje på vegner av nokon",
    ),
    "takes back somebody's last act while the letters about it wait": (
        "angrer det siste noen gjorde, mens brevene om det venter",
        "angrar det siste nokon gjorde, medan breva om det ventar",
    ),
    "puts a request into another state, with a reason": (
        "setter en sak i en annen tilstand, med en grunn",
        "set ei sak i ein annan tilstand, med ein grunn",
    ),
    "opens a closed request again, with a reason": (
        "åpner en lukket sak igjen, med en grunn",
        "opnar ei lukka sak igjen, med ein grunn",
    ),
    "brings in shares that exist already, from a csv file": (
        "legger inn delinger som finnes fra før, fra en csv-fil",
        "legg inn delingar som finst frå før, frå ei csv-fil",
    ),
    "lists letters and what became of them": (
        "viser brev og hva det ble av dem",
        "viser brev og kva det blei av dei",
    ),
    "shows a letter as its receiver sees it": (
        "viser et brev slik mottakeren ser det",
        "viser eit brev slik mottakaren ser det",
    ),
    "shows what a letter looks like, with made-up data": (
        "viser hvordan et brev ser ut, med oppdiktede data",
        "viser korleis eit brev ser ut, med oppdikta data",
    ),
    "hands over what is due to go": (
        "sender det som skal av gårde",
        "sender det som skal av garde",
    ),
    "lets letters go that were held back": (
        "slipper brev som ble holdt tilbake",
        "slepper brev som blei haldne tilbake",
    ),
    "keeps letters back that wait to go": (
        "holder tilbake brev som venter på å gå",
        "held tilbake brev som ventar på å gå",
    ),
    "sees to it that letters never leave": (
        "sørger for at brev aldri går",
        "syter for at brev aldri går",
    ),
    "tries letters again that could not be handed over, or came back": (
        "prøver igjen brev som ikke lot seg sende, eller som kom i retur",
        "prøver igjen brev som ikkje lét seg sende, eller som kom i retur",
    ),
    "stops all letters of the site": (
        "stanser alle brev fra området",
        "stansar alle brev frå området",
    ),
    "lets letters leave the site again": (
        "lar brev gå fra området igjen",
        "lèt brev gå frå området igjen",
    ),
    "lets due deadlines act": ("lar forfalte frister virke", "lèt forfalne fristar verke"),
    "lists what the clock will bring, and by which rule": (
        "viser hva klokken kommer til å bringe, og etter hvilken regel",
        "viser kva klokka kjem til å bringe, og etter kva regel",
    ),
    "tells what would happen until a day if nobody answers, or by a script of answers": (
        "forteller hva som ville ha skjedd fram til en dag hvis ingen svarer, eller etter et "
        "manus med svar",
        "fortel kva som ville ha hendt fram til ein dag om ingen svarar, eller etter eit "
        "manus med svar",
    ),
    "lists the routines": ("viser rutinene", "viser rutinane"),
    "shows a routine's states and events": (
        "viser tilstandene og hendelsene i en rutine",
        "viser tilstandane og hendingane i ein rutine",
    ),
    "proves that routines may run, or says why not": (
        "beviser at rutiner kan kjøre, eller sier hvorfor ikke",
        "provar at rutinar kan køyre, eller seier kvifor ikkje",
    ),
    "plays one request of a routine, and prints every letter": (
        "spiller én sak i en rutine, og viser hvert brev",
        "spelar éi sak i ein rutine, og viser kvart brev",
    ),
}
"""By the English line; `test_commands` holds it to the table of commands."""
