"""What each option is for, and click's own words, in bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OPTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "The site's folder; the current one, or KURSDELING_SITE, if not given.": (
        "Områdets mappe; den du står i, eller KURSDELING_SITE, hvis den ikke er gitt.",
        "Mappa til området; den du står i, eller KURSDELING_SITE, om ho ikkje er gitt.",
    ),
    "A file of many messages; they prove nothing.": (
        "En fil med mange e-poster; de beviser ingenting.",
        "Ei fil med mange e-postar; dei prover ingenting.",
    ),
    "Answer in JSON (Lines).": ("Svar i JSON (Lines).", "Svar i JSON (Lines)."),
    "The command's time; now if not given.": (
        "Tidspunktet for kommandoen; nå hvis det ikke er gitt.",
        "Tidspunktet for kommandoen; no om det ikkje er gitt.",
    ),
    "The language of answers; the site's if not given.": (
        "Språket i svarene; områdets hvis det ikke er gitt.",
        "Språket i svara; det til området om det ikkje er gitt.",
    ),
    "Show the version, and nothing else.": (
        "Vis versjonen, og ikke noe annet.",
        "Vis versjonen, og ikkje noko anna.",
    ),
    "A setting's value.": ("Verdien av en innstilling.", "Verdien av ei innstilling."),
    "Where the site is left: demo-site if not given.": (
        "Hvor området blir liggende: demo-site hvis det ikke er gitt.",
        "Kvar området blir liggjande: demo-site om det ikkje er gitt.",
    ),
    "How often to look: 30 seconds if not given.": (
        "Hvor ofte det ses etter: 30 sekunder hvis det ikke er gitt.",
        "Kor ofte det blir sett etter: 30 sekund om det ikkje er gitt.",
    ),
    "Only mail with this verdict.": (
        "Bare e-post med dette utfallet.",
        "Berre e-post med dette utfallet.",
    ),
    "Only mail that a coordinator should look at.": (
        "Bare e-post som en koordinator bør se på.",
        "Berre e-post som ein koordinator bør sjå på.",
    ),
    "Write its attachments there, by hash.": (
        "Skriv vedleggene dit, etter avtrykk.",
        "Skriv vedlegga dit, etter avtrykk.",
    ),
    "The exact bytes, as they came.": ("Nøyaktig slik den kom.", "Nøyaktig slik han kom."),
    "On whose behalf; else its sender.": (
        "På vegne av hvem; ellers avsenderen.",
        "På vegner av kven; elles avsendaren.",
    ),
    "What it says; else its own words.": (
        "Hva den sier; ellers dens egne ord.",
        "Kva han seier; elles sine eigne ord.",
    ),
    "Why; kept with the message.": (
        "Hvorfor; blir tatt vare på med e-posten.",
        "Kvifor; blir teke vare på med e-posten.",
    ),
    "Only requests of this routine.": (
        "Bare saker i denne rutinen.",
        "Berre saker i denne rutinen.",
    ),
    "Only requests in this state.": (
        "Bare saker i denne tilstanden.",
        "Berre saker i denne tilstanden.",
    ),
    "Only those that wait for a party.": (
        "Bare de som venter på en part.",
        "Berre dei som ventar på ein part.",
    ),
    "Only those that have waited for too long.": (
        "Bare de som har ventet for lenge.",
        "Berre dei som har venta for lenge.",
    ),
    "On whose behalf.": ("På vegne av hvem.", "På vegner av kven."),
    "Lines `Felt: verdi`; - for stdin.": (
        "Linjer `Felt: verdi`; - for standard inn.",
        "Linjer `Felt: verdi`; - for standard inn.",
    ),
    "One field's value.": ("Verdien av ett felt.", "Verdien av eitt felt."),
    "A key; the same one never acts twice.": (
        "En nøkkel; den samme virker aldri to ganger.",
        "Ein nøkkel; den same verkar aldri to gonger.",
    ),
    "Say what would happen, and change nothing.": (
        "Si hva som ville ha skjedd, og ikke endre noe.",
        "Sei kva som ville ha hendt, og ikkje endre noko.",
    ),
    "The text after the command word.": (
        "Teksten etter svarordet.",
        "Teksten etter svarordet.",
    ),
    "Who acted, and regrets it.": ("Hvem som angrer.", "Kven som angrar."),
    "The state it should be in.": (
        "Tilstanden den skal stå i.",
        "Tilstanden ho skal stå i.",
    ),
    "Why; kept, and told by letter.": (
        "Hvorfor; blir tatt vare på, og fortalt i brev.",
        "Kvifor; blir teke vare på, og fortalt i brev.",
    ),
    "Which coordinator.": ("Hvilken koordinator.", "Kva koordinator."),
    "Only letters in this state.": (
        "Bare brev i denne tilstanden.",
        "Berre brev i denne tilstanden.",
    ),
    "Print the exact bytes that go; they stand from then on.": (
        "Vis nøyaktig det som går; fra da av står det fast.",
        "Vis nøyaktig det som går; frå då av står det fast.",
    ),
    "The letter's language; that of the command if not given.": (
        "Språket i brevet; kommandoens hvis det ikke er gitt.",
        "Språket i brevet; det til kommandoen om det ikkje er gitt.",
    ),
    "Also write it as a page for a browser.": (
        "Skriv det også som en side for en nettleser.",
        "Skriv det òg som ei side for ein nettlesar.",
    ),
    "Also write the whole message, attachments and all, for a mail program.": (
        "Skriv også hele meldingen, med vedlegg og alt, for et e-postprogram.",
        "Skriv òg heile meldinga, med vedlegg og alt, for eit e-postprogram.",
    ),
    "Every letter that is held and has a receiver.": (
        "Alle brev som holdes tilbake og har en mottaker.",
        "Alle brev som blir haldne tilbake og har ein mottakar.",
    ),
    "Why; shown by `doctor`.": ("Hvorfor; `doctor` viser det.", "Kvifor; `doctor` viser det."),
    "Say what deadlines would do, and change nothing.": (
        "Si hva fristene ville ha gjort, og ikke endre noe.",
        "Sei kva fristane ville ha gjort, og ikkje endre noko.",
    ),
    "Act also at a time far past all that is stored.": (
        "Virk også på et tidspunkt langt forbi alt som er lagret.",
        "Verk òg på eit tidspunkt langt forbi alt som er lagra.",
    ),
    "Only up to and including this day.": (
        "Bare til og med denne dagen.",
        "Berre til og med denne dagen.",
    ),
    "Also write them as a calendar that Outlook, Google and Apple can subscribe to.": (
        "Skriv dem også som en kalender som Outlook, Google og Apple kan abonnere på.",
        "Skriv dei òg som ein kalender som Outlook, Google og Apple kan abonnere på.",
    ),
    "The last day.": ("Den siste dagen.", "Den siste dagen."),
    "People's answers, one a line: 2026-12-01 KD-2026-0001 MANGLER as kslaring@ks.example: "
    "Tidsbruk (an event's name or a mail word; FIELD=VALUE may stand before the colon, and # "
    "begins a remark); - for stdin.": (
        "Svarene til folk, ett på linjen: 2026-12-01 KD-2026-0001 MANGLER as "
        "kslaring@ks.example: Tidsbruk (navnet på en hendelse eller et svarord; FELT=VERDI kan "
        "stå før kolonet, og # begynner en merknad); - for standard inn.",
        "Svara til folk, eitt på linja: 2026-12-01 KD-2026-0001 MANGLAR as "
        "kslaring@ks.example: Tidsbruk (namnet på ei hending eller eit svarord; FELT=VERDI kan "
        "stå før kolonet, og # byrjar ein merknad); - for standard inn.",
    ),
    "A table if not given.": (
        "En tabell hvis det ikke er gitt.",
        "Ein tabell om det ikkje er gitt.",
    ),
    "Lines `role: TEXT`, `wait 5 working days` and `expect STATE`.": (
        "Linjer `role: TEXT`, `wait 5 working days` og `expect STATE`.",
        "Linjer `role: TEXT`, `wait 5 working days` og `expect STATE`.",
    ),
    "In this area.": ("I dette området.", "I dette området."),
    "The document; - for stdin.": (
        "Dokumentet; - for standard inn.",
        "Dokumentet; - for standard inn.",
    ),
    "The form, filled in; - for stdin.": (
        "Skjemaet, utfylt; - for standard inn.",
        "Skjemaet, utfylt; - for standard inn.",
    ),
    "It says that there was no activity.": (
        "Det sier at det ikke har vært aktivitet.",
        "Det seier at det ikkje har vore aktivitet.",
    ),
    "How it is written.": ("Hvordan den skrives.", "Korleis han blir skriven."),
    "Write it here and not on the screen.": (
        "Skriv den hit og ikke på skjermen.",
        "Skriv han hit og ikkje på skjermen.",
    ),
    "Lock it and send it to SU; later, a supplement.": (
        "Lås den og send den til SU; senere et tillegg.",
        "Lås han og send han til SU; seinare eit tillegg.",
    ),
    "On whose behalf it is sent.": (
        "På vegne av hvem den sendes.",
        "På vegner av kven han blir send.",
    ),
    "Its example networks and people, too.": (
        "Eksempelnettverkene og menneskene også.",
        "Eksempelnettverka og menneska òg.",
    ),
    "Only, or in, this area.": ("Bare, eller i, dette området.", "Berre, eller i, dette området."),
    "Closed networks, too.": ("Avviklede nettverk også.", "Avvikla nettverk òg."),
    "The day of SU's decision.": ("Dagen SU vedtok det.", "Dagen SU vedtok det."),
    "What it is for.": ("Hva det er til for.", "Kva det er til for."),
    "Its year is followed from here on: today.": (
        "Året følges herfra: i dag.",
        "Året blir følgt herifrå: i dag.",
    ),
    "Where they come from.": ("Hvor de kommer fra.", "Kvar dei kjem frå."),
    "As deputy, not as leader.": (
        "Som nestleder, ikke som leder.",
        "Som nestleiar, ikkje som leiar.",
    ),
    "What they are called.": ("Hva de heter.", "Kva dei heiter."),
    "The first day: today if not given.": (
        "Den første dagen: i dag hvis den ikke er gitt.",
        "Den første dagen: i dag om han ikkje er gitt.",
    ),
    "The day that it ends.": ("Dagen det slutter.", "Dagen det sluttar."),
    "A work group, and no assignment.": (
        "En arbeidsgruppe, og ikke et oppdrag.",
        "Ei arbeidsgruppe, og ikkje eit oppdrag.",
    ),
    "Its last day; yesterday, so from now on.": (
        "Den siste dagen; i går, altså fra nå av.",
        "Den siste dagen; i går, altså frå no av.",
    ),
    "The domains are the party's no longer.": (
        "Domenene er ikke lenger partens.",
        "Domena høyrer ikkje lenger til parten.",
    ),
    "Whoever wrote this message.": (
        "Den som skrev denne e-posten.",
        "Den som skreiv denne e-posten.",
    ),
    "What the holder is called.": ("Hva vedkommende heter.", "Kva vedkomande heiter."),
    "The first day; from ever on if not given.": (
        "Den første dagen; fra alltid hvis den ikke er gitt.",
        "Den første dagen; frå alltid om han ikkje er gitt.",
    ),
    "The last day; for good if not given.": (
        "Den siste dagen; for godt hvis den ikke er gitt.",
        "Den siste dagen; for godt om han ikkje er gitt.",
    ),
    "Another of their addresses.": ("Enda en av adressene.", "Enda ei av adressene."),
    "The last day; yesterday, so from now on, if not given.": (
        "Den siste dagen; i går, altså fra nå av, hvis den ikke er gitt.",
        "Den siste dagen; i går, altså frå no av, om han ikkje er gitt.",
    ),
    "The first day away.": ("Den første dagen borte.", "Den første dagen borte."),
    "The last day away.": ("Den siste dagen borte.", "Den siste dagen borte."),
    "Who stands in meanwhile.": ("Hvem som er vikar imens.", "Kven som er vikar imens."),
    "Nobody is away after all, from today on.": (
        "Ingen er borte likevel, fra i dag av.",
        "Ingen er borte likevel, frå i dag av.",
    ),
    "The first day that it covers.": (
        "Den første dagen den gjelder.",
        "Den første dagen han gjeld.",
    ),
    "The last day that it covers, in place of --to.": (
        "Den siste dagen den gjelder, i stedet for --to.",
        "Den siste dagen han gjeld, i staden for --to.",
    ),
    "The first day that it no longer covers.": (
        "Den første dagen den ikke lenger gjelder.",
        "Den første dagen han ikkje lenger gjeld.",
    ),
    "Ask each of them first; links of one host wait a few seconds for each other.": (
        "Spør hver av dem først; lenker til én vert venter noen sekunder på hverandre.",
        "Spør kvar av dei først; lenkjer til éin vert ventar nokre sekund på kvarandre.",
    ),
    "Print each request's last hash, to be kept elsewhere.": (
        "Vis det siste avtrykket i hver sak, til å ta vare på et annet sted.",
        "Vis det siste avtrykket i kvar sak, til å ta vare på ein annan stad.",
    ),
    "Replace the file if it exists.": (
        "Bytt ut filen hvis den finnes.",
        "Byt ut fila om ho finst.",
    ),
    "Copy although workers still write to FROM.": (
        "Kopier selv om arbeidere fortsatt skriver til FROM.",
        "Kopier sjølv om arbeidarar framleis skriv til FROM.",
    ),
}
"""By the English text."""
