"""What is wrong with networks, with what they deliver, and with commands about their year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NETWORK_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "network_without_leader": (
        "{network} har ingen leder.",
        "{network} har ingen leiar.",
        "{network} has no leader.",
    ),
    "network_without_deputy": (
        "{network} har ingen nestleder.",
        "{network} har ingen nestleiar.",
        "{network} has no deputy leader.",
    ),
    "leader_is_deputy": (
        "{network} har samme person som leder og nestleder.",
        "{network} har same person som leiar og nestleiar.",
        "{network} has one person as both leader and deputy.",
    ),
    "seats_of_one_side": (
        "Leder og nestleder i {network} kommer fra samme side: én skal være fra kommune og én fra "
        "foretak.",
        "Leiar og nestleiar i {network} kjem frå same side: éin skal vere frå kommune og éin frå "
        "føretak.",
        "The leader and the deputy of {network} come from one side: one is to be from a "
        "municipality and one from the trust.",
    ),
    "organisation_outside_area": (
        "{party} er ikke med i området {area}.",
        "{party} er ikkje med i området {area}.",
        "{party} is no part of the area {area}.",
    ),
    "area_undescribed": (
        "Filen beskriver ikke noe område.[ Det mangler {missing}.][ Feilen er {why}.] Se "
        "docs/own-area.md.",
        "Fila skildrar ikkje noko område.[ Det manglar {missing}.][ Feilen er {why}.] Sjå "
        "docs/own-area.md.",
        "The file describes no area.[ There is no {missing}.][ What is wrong is {why}.] See "
        "docs/own-area.md.",
    ),
    "task_missing": (
        "Ikke noe oppdrag og ingen arbeidsgruppe med nummer {number} er åpen.",
        "Ikkje noko oppdrag og inga arbeidsgruppe med nummer {number} er open.",
        "There is no open assignment or work group {number}.",
    ),
    "seat_is_for_the_sides": (
        "{party} er invitert og deltar, men leder og nestleder kommer fra kommune og foretak.",
        "{party} er invitert og deltek, men leiar og nestleiar kjem frå kommune og føretak.",
        "{party} is invited and takes part, but leader and deputy come from a municipality and the "
        "trust.",
    ),
    "network_closed": (
        "{network} ble avviklet {day}.",
        "{network} blei avvikla {day}.",
        "{network} was closed on {day}.",
    ),
    "network_stands": (
        "Det finnes allerede et nettverk eller en annen part som heter {network}.",
        "Det finst alt eit nettverk eller ein annan part som heiter {network}.",
        "There is a network, or another party, called {network} already.",
    ),
    "network_unknown": (
        "Det finnes ikke noe nettverk som heter {network}.",
        "Det finst ikkje noko nettverk som heiter {network}.",
        "There is no network called {network}.",
    ),
    "area_unknown": (
        "Det finnes ikke noe område som heter {area}.[ Her er: {known}.]",
        "Det finst ikkje noko område som heiter {area}.[ Her er: {known}.]",
        "There is no area called {area}.[ There is: {known}.]",
    ),
    "no_area": (
        "Her er ingen nettverk ennå. `network setup helse-fonna` henter inn et område som følger "
        "med (med --examples også nettverk), og `network setup FIL` et eget. Så kommer "
        "`network add`, `network leader` og `network priority`.",
        "Her er ingen nettverk enno. `network setup helse-fonna` hentar inn eit område som følgjer "
        "med (med --examples òg nettverk), og `network setup FIL` eit eige. Så kjem "
        "`network add`, `network leader` og `network priority`.",
        "There are no networks here yet. `network setup helse-fonna` brings in an area that comes "
        "with the program (with --examples networks, too), and `network setup FILE` one of your "
        "own. Then come `network add`, `network leader` and `network priority`.",
    ),
    "no_network": (
        "Området har ingen nettverk som var virksomme i {year}. `network add` tar inn et nettverk.",
        "Området har ingen nettverk som var verksame i {year}. `network add` tek inn eit nettverk.",
        "The area has no networks that were active in {year}. `network add` brings one in.",
    ),
    "several_areas": (
        "Her er flere områder: {known}. Si hvilket det gjelder.",
        "Her er fleire område: {known}. Sei kva for eit det gjeld.",
        "There are several areas: {known}. Say which one is meant.",
    ),
    "not_decided_yet": (
        "Nettverket kan ikke avvikles før det ble opprettet.",
        "Nettverket kan ikkje avviklast før det blei oppretta.",
        "The network cannot be closed before it was set up.",
    ),
    "year_not_open": (
        "{network} har ingen sak for {year} ennå. `cycle open {year}` åpner året.",
        "{network} har inga sak for {year} enno. `cycle open {year}` opnar året.",
        "{network} has no request for {year} yet. `cycle open {year}` opens the year.",
    ),
    "year_too_far": (
        "{year} er for langt unna: vi åpner bare årene fra {first} til {last}.",
        "{year} er for langt unna: vi opnar berre åra frå {first} til {last}.",
        "{year} is too far away: only the years from {first} to {last} can be opened.",
    ),
    "wrong_year": (
        "Skjemaet gjelder {year}, men det er {wanted} vi venter på.",
        "Skjemaet gjeld {year}, men det er {wanted} vi ventar på.",
        "The form is about {year}, but what we wait for is about {wanted}.",
    ),
    "report_for_plan": (
        "Dette er en årsrapport. Her venter vi på en handlingsplan.",
        "Dette er ein årsrapport. Her ventar vi på ein handlingsplan.",
        "This is an annual report. What we wait for here is an action plan.",
    ),
    "plan_for_report": (
        "Dette er en handlingsplan. Her venter vi på en årsrapport.",
        "Dette er ein handlingsplan. Her ventar vi på ein årsrapport.",
        "This is an action plan. What we wait for here is an annual report.",
    ),
    "delivery_empty": (
        "Skjemaet kom tilbake uten at noe var fylt ut.",
        "Skjemaet kom tilbake utan at det var fylt ut.",
        "The form came back with nothing filled in.",
    ),
    "asked_fousam": (
        "Vi har ikke registrert noe som levert: det kom verken skjema eller dokument. {fousam} ser "
        "på det du skrev, og fristen står. Svar på brevet vårt med skjemaet eller dokumentet når "
        "det er klart.",
        "Vi har ikkje registrert noko som levert: det kom verken skjema eller dokument. {fousam} "
        "ser på det du skreiv, og fristen står. Svar på brevet vårt med skjemaet eller dokumentet "
        "når det er klart.",
        "Nothing is recorded as delivered: neither a form nor a document came. {fousam} looks at "
        "what you wrote, and the deadline stands. Answer our letter with the form or the document "
        "once it is ready.",
    ),
    "asked_fousam_private": (
        "Vi har ikke registrert noe som levert: det kom verken skjema eller dokument. Det du "
        "skrev, ser ut til å gjelde helse eller fravær, så {fousam} har fått vite at du skrev, men "
        "ikke hva. Fristen står; ta kontakt med {fousam} selv hvis de skal vite det.",
        "Vi har ikkje registrert noko som levert: det kom verken skjema eller dokument. Det du "
        "skreiv, ser ut til å gjelde helse eller fråvær, så {fousam} har fått vite at du skreiv, "
        "men ikkje kva. Fristen står; ta kontakt med {fousam} sjølv om dei skal vite det.",
        "Nothing is recorded as delivered: neither a form nor a document came. What you wrote "
        "seems to be about health or absence, so {fousam} has been told that you wrote, but not "
        "what. The deadline stands; contact {fousam} yourself if they should know.",
    ),
    "words_passed_on": (
        "Det du skrev, er sendt til {who}.",
        "Det du skreiv, er sendt til {who}.",
        "What you wrote has been sent to {who}.",
    ),
    "no_after_reading": (
        "NEI gjelder bare det ingen har lest. Det som kom fra {network}, er lest inn. Skal det "
        "tilbake, svar MANGLER: hva som mangler.",
        "NEI gjeld berre det ingen har lese. Det som kom frå {network}, er lese inn. Skal det "
        "tilbake, svar MANGLAR: kva som manglar.",
        "NO is only for what nobody has read. What came from {network} has been read in. To send "
        "it back, answer CHANGES: what is missing.",
    ),
    "no_too_late": (
        "NEI gjelder bare det ingen har lest. Det som kom fra {network}, står alt som «{state}».",
        "NEI gjeld berre det ingen har lese. Det som kom frå {network}, står alt som «{state}».",
        "NO is only for what nobody has read. What came from {network} already stands as "
        "“{state}”.",
    ),
    "not_a_delivery_noted": (
        "Notert: dette var ingen levering fra {network}. Ingen tid er regnet, og vi venter ennå.",
        "Notert: dette var inga levering frå {network}. Inga tid er rekna, og vi ventar framleis.",
        "Noted: this was no delivery from {network}. No time counts, and we are still waiting.",
    ),
    "delivered_since": (
        "{network} har levert siden vi spurte, så det er ikke noe å avgjøre lenger.",
        "{network} har levert sidan vi spurde, så det er ikkje noko å avgjere lenger.",
        "{network} has delivered since we asked, so there is nothing left to decide.",
    ),
    "supplement_sent": (
        "Tillegg {number} til samlerapporten er sendt: {networks}.",
        "Tillegg {number} til samlerapporten er sendt: {networks}.",
        "Supplement {number} to the roll-up has been sent: {networks}.",
    ),
    "delivery_stands": (
        "Det er levert mer enn én versjon, og de første står.",
        "Det er levert meir enn éin versjon, og dei første står.",
        "More than one version has been delivered, and the first ones stand.",
    ),
    "delivery_was_read": (
        "Det som er levert, er lest inn, og står. MANGLER: hva sender det tilbake.",
        "Det som er levert, er lese inn, og står. MANGLAR: kva sender det tilbake.",
        "What was delivered has been read in, and stands. CHANGES: what sends it back.",
    ),
    "correction_uncertain": (
        "Vi ser ikke hvilket tiltak «{measure}» er: et nytt, eller ett som endres? Skriv "
        "nummeret foran, som «Tiltak 2: …», eller send hele skjemaet. Det som sto fra før, står.",
        "Vi ser ikkje kva tiltak «{measure}» er: eit nytt, eller eitt som blir endra? Skriv "
        "nummeret framfor, som «Tiltak 2: …», eller send heile skjemaet. Det som stod, står.",
        "We cannot tell which measure “{measure}” is: a new one, or one that changes? Put its "
        "number before it, as in “Measure 2: …”, or send the whole form. What stood before stands.",
    ),
    "correction_empties": (
        "Skjemaet sier at det ikke har vært aktivitet, men det som er levert fra før, har {count} "
        "tiltak. Hva stemmer? Det som sto fra før, står.",
        "Skjemaet seier at det ikkje har vore aktivitet, men det som er levert frå før, har "
        "{count} tiltak. Kva stemmer? Det som stod frå før, står.",
        "The form says that there was no activity, but what was delivered before has {count} "
        "measures. Which is right? What stood before stands.",
    ),
    "measure_not_known": (
        "Vi har ikke noe tiltak {number} fra før. Skriv hva tiltaket er, som «Tiltak {number}: …».",
        "Vi har ikkje noko tiltak {number} frå før. Skriv kva tiltaket er, som «Tiltak {number}: "
        "…».",
        "There is no measure {number} so far. Write what it is, as in “Measure {number}: …”.",
    ),
    "deviations_unclear": (
        "Vi kunne ikke lese tallet på avvik. Svar med én linje med ett tall, som «Avvik (tall): "
        "12».",
        "Vi kunne ikkje lese talet på avvik. Svar med éi linje med eitt tal, som «Avvik (tal): "
        "12».",
        "We could not read the number of deviations. Answer with one line and one number, as in "
        "“Deviations (number): 12”.",
    ),
    "outcomes_unknown": (
        "Vi vet ikke hva det ble av {measures}. Svar med linjer som «Tiltak 1: utført».",
        "Vi veit ikkje kva det blei av {measures}. Svar med linjer som «Tiltak 1: utført».",
        "We do not know what became of {measures}. Answer with lines such as “Measure 1: done”.",
    ),
    "delivery_unread": (
        "Det som er levert, er ikke lest inn ennå.",
        "Det som er levert, er ikkje lese inn enno.",
        "What was delivered has not been read in yet.",
    ),
    "nothing_read": (
        "Vi fant ingen linjer fra skjemaet i det du sendte.",
        "Vi fann ingen linjer frå skjemaet i det du sende.",
        "We found no lines of the form in what you sent.",
    ),
    "form_of_another": (
        "Skjemaet gjelder {network}, men linjen gjelder {wanted}.",
        "Skjemaet gjeld {network}, men linja gjeld {wanted}.",
        "The form is about {network}, but the line is about {wanted}.",
    ),
    "totals_differ": (
        "Skjemaet sier at det er {stated} tiltak i alt, men lister opp {listed}.",
        "Skjemaet seier at det er {stated} tiltak i alt, men listar opp {listed}.",
        "The form says that there are {stated} measures in all, but lists {listed}.",
    ),
    "no_priority_areas": (
        "Det er ikke registrert satsingsområder for {year}, så planen kan ikke prøves mot dem.",
        "Det er ikkje registrert satsingsområde for {year}, så planen kan ikkje prøvast mot dei.",
        "No priority areas are recorded for {year}, so the plan cannot be held against them.",
    ),
    "rollup_not_open": (
        "Samlerapporten for {year} er ikke åpnet. Når året er over, åpnes den av seg selv, eller "
        "med `cycle open {year}`.",
        "Samlerapporten for {year} er ikkje opna. Når året er over, blir han opna av seg sjølv, "
        "eller med `cycle open {year}`.",
        "The roll-up for {year} has not been opened. Once the year is over, it opens by itself, or "
        "with `cycle open {year}`.",
    ),
    "rollup_without_secretary": (
        "Ingen er registrert hos sekretariatet som samlerapporten kan sendes fra.",
        "Ingen er registrert hos sekretariatet som samlerapporten kan sendast frå.",
        "Nobody is registered at the secretariat from whom the roll-up can be sent.",
    ),
    "nothing_to_supplement": (
        "Ingenting nytt har kommet siden samlerapporten for {year} ble sendt.",
        "Ingenting nytt har kome sidan samlerapporten for {year} vart send.",
        "Nothing new has come since the roll-up for {year} was sent.",
    ),
    "rollup_network_twice": (
        "{network} står {times} ganger i samlerapporten. Et nettverk har én årsrapport.",
        "{network} står {times} gonger i samlerapporten. Eit nettverk har éin årsrapport.",
        "{network} stands {times} times in the roll-up. A network has one annual report.",
    ),
    "rollup_networks_differ": (
        "Samlerapporten har {lines} nettverk, men {networks} var aktive 31. desember.",
        "Samlerapporten har {lines} nettverk, men {networks} var aktive 31. desember.",
        "The roll-up holds {lines} networks, but {networks} were active on 31 December.",
    ),
    "rollup_totals_differ": (
        "Rapporten fra {network} sier {stated} tiltak i alt, men lister opp {listed}.",
        "Rapporten frå {network} seier {stated} tiltak i alt, men listar opp {listed}.",
        "The report from {network} says {stated} measures in all, but lists {listed}.",
    ),
    "rollup_measures_differ": (
        "Tiltakene etter satsingsområde blir {by_area}, men i alt er det {in_all}.",
        "Tiltaka etter satsingsområde blir {by_area}, men i alt er det {in_all}.",
        "The measures by priority area add up to {by_area}, but there are {in_all} in all.",
    ),
    "sections_missing": (
        "Her står det ikke noe om {sections}, som mandatet også nevner. Det hindrer ingenting.",
        "Her står det ikkje noko om {sections}, som mandatet òg nemner. Det hindrar ingenting.",
        "Nothing is said here of {sections}, which the mandate also names. That hinders nothing.",
    ),
    "priority_area_missing": (
        "Tiltaket «{measure}» er uten satsingsområde.",
        "Tiltaket «{measure}» er utan satsingsområde.",
        "The measure “{measure}” names no priority area.",
    ),
    "unknown_priority_area": (
        "Tiltaket «{measure}» har satsingsområdet «{area}», som ikke er blant årets: {known}.",
        "Tiltaket «{measure}» har satsingsområdet «{area}», som ikkje er mellom dei for året: "
        "{known}.",
        "The measure “{measure}” has the priority area “{area}”, which is none of the year's: "
        "{known}.",
    ),
    "opened_by_time": (
        "{event}: slike saker åpner vi selv, hvert år. `cycle open` åpner et år.",
        "{event}: slike saker opnar vi sjølve, kvart år. `cycle open` opnar eit år.",
        "{event}: we open such requests ourselves, each year. `cycle open` opens a year.",
    ),
    "which_delivery": (
        "Vi ser ikke hvilket nettverk og år dette gjelder. Det kan være: {known}.",
        "Vi ser ikkje kva nettverk og år dette gjeld. Det kan vere: {known}.",
        "We cannot tell which network and year this is about. It may be: {known}.",
    ),
    "not_your_network": (
        "Du er ikke registrert som leder eller nestleder i {network}, og kan ikke levere for dem.",
        "Du er ikkje registrert som leiar eller nestleiar i {network}, og kan ikkje levere for "
        "dei.",
        "You are not registered as leader or deputy of {network}, and cannot deliver for them.",
    ),
    "which_network": (
        "Brevet du svarte på, gjelder flere nettverk: {known}. Svar på brevet som kom da hvert av "
        "dem ble levert.",
        "Brevet du svarte på, gjeld fleire nettverk: {known}. Svar på brevet som kom då kvart av "
        "dei blei levert.",
        "The letter that you answered is about several networks: {known}. Answer the letter that "
        "came when each of them was delivered.",
    ),
    "nothing_waited_for": (
        "Vi venter verken på en handlingsplan eller en årsrapport fra {network} nå.",
        "Vi ventar korkje på ein handlingsplan eller ein årsrapport frå {network} no.",
        "We wait for neither an action plan nor an annual report from {network} now.",
    ),
}
"""By code: bokmål, nynorsk, English."""
