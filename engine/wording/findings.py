"""What a look at the site finds, in words: for `doctor` and `contact check`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.model import Language
from engine.wording.told import duty

FINDINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "settings_read": (
        "kursdeling.toml kan leses",
        "kursdeling.toml kan lesast",
        "kursdeling.toml can be read",
    ),
    "any_address": (
        "tom: e-post til enhver adresse tas imot; sett adressene som skal leses",
        "tom: e-post til kvar ei adresse blir teken imot; set adressene som skal lesast",
        "empty: mail to any address is taken; set the addresses that intake reads",
    ),
    "results_not_stripped": (
        "en vanlig e-postserver slipper gjennom Authentication-Results som avsenderen selv har "
        "skrevet i navnet til {servers}: la den fjerne dem som i docs/security.md, og sett så "
        "mail.strips_results = true",
        "ein vanleg e-posttenar slepp gjennom Authentication-Results som avsendaren sjølv har "
        "skrive i namnet til {servers}: lat han fjerne dei som i docs/security.md, og set så "
        "mail.strips_results = true",
        "a stock mail server lets through Authentication-Results that the sender has written in "
        "the name of {servers}: have it strip them as in docs/security.md, then set "
        "mail.strips_results = true",
    ),
    "results_planted": (
        "nylig kom e-post med Authentication-Results i vårt navn under en Received fra {host}: "
        "e-postserveren fjerner dem ikke (docs/security.md)",
        "nyleg kom e-post med Authentication-Results i namnet vårt under ein Received frå {host}: "
        "e-posttenaren fjernar dei ikkje (docs/security.md)",
        "mail came lately with Authentication-Results in our name below a Received by {host}: the "
        "mail server does not strip them (docs/security.md)",
    ),
    "results_renamed": (
        "nylig kom e-post med Authentication-Results av «{called}»: bare det rene navnet beviser "
        "hvem som skriver, ellers teller bare dmarc=fail; la serveren skrive navnet alene",
        "nyleg kom e-post med Authentication-Results av «{called}»: berre det reine namnet provar "
        "kven som skriv, elles tel berre dmarc=fail; lat tenaren skrive namnet åleine",
        "mail came lately with Authentication-Results by “{called}”: only the bare name proves "
        "who writes, else only dmarc=fail counts; have the server write its name alone",
    ),
    "results_below": (
        "nylig kom e-post der Authentication-Results i vårt navn bare står under en Received fra "
        "{host}, og derfor ikke teller: er verten vår, sett den i mail.own_hosts",
        "nyleg kom e-post der Authentication-Results i namnet vårt berre står under ein Received "
        "frå {host}, og difor ikkje tel: er verten vår, set han i mail.own_hosts",
        "mail came lately whose Authentication-Results in our name stand only below a Received by "
        "{host}, and so do not count: if that host is ours, name it in mail.own_hosts",
    ),
    "key_lost": (
        "det siste brevet vårt er signert med en nøkkel som ikke er her, så svar på det beviser "
        "ingenting; legg områdets egen fil tilbake",
        "det siste brevet vårt er signert med ein nøkkel som ikkje er her, så svar på det provar "
        "ingenting; legg den eigne fila til området tilbake",
        "our last letter was signed with a key that is not here: replies to it prove nothing; "
        "put the site's own file back",
    ),
    "key_known": (
        "det vi signerer, kjenner vi igjen",
        "det vi signerer, kjenner vi att",
        "what we sign is known again",
    ),
    "agreement_holds": (
        "gjelder til {until}",
        "gjeld til {until}",
        "in force until {until}",
    ),
    "agreement_lacks": (
        "ingen gjelder {on}, så ingenting kan sendes inn: agreement add",
        "ingen gjeld {on}, så ingenting kan sendast inn: agreement add",
        "none is in force on {on}, so that nothing can be submitted: agreement add",
    ),
    "duties_held": (
        "{count} oppgaver har noen",
        "{count} oppgåver har nokon",
        "{count} duties are held",
    ),
    "letters_go": ("brev går til {where}", "brev går til {where}", "letters go to {where}"),
    "everything_to": (
        "alle brev går til {address}: letters.everything_to er satt",
        "alle brev går til {address}: letters.everything_to er sett",
        "every letter goes to {address}: letters.everything_to is set",
    ),
    "paused": (
        "ingenting sendes siden {since}{why}: letter resume",
        "ingenting blir sendt sidan {since}{why}: letter resume",
        "nothing leaves since {since}{why}: letter resume",
    ),
    "letters_dead": (
        "{count} kunne ikke sendes: letter retry, eller letter cancel",
        "{count} kunne ikkje sendast: letter retry, eller letter cancel",
        "{count} could not be handed over: letter retry, or letter cancel",
    ),
    "letters_held": (
        "{count} holdes tilbake: letter release",
        "{count} blir haldne tilbake: letter release",
        "{count} are held: letter release",
    ),
    "letters_to_nobody": (
        "{count} har ingen å gå til: contact add",
        "{count} har ingen å gå til: contact add",
        "{count} have nobody to go to: contact add",
    ),
    "in_all": ("{count} i alt", "{count} i alt", "{count} in all"),
    "mail_waits": (
        "{count} er lagret, men ikke vurdert ennå: tick",
        "{count} er lagra, men ikkje vurderte enno: tick",
        "{count} stored and not judged yet: tick",
    ),
    "worker_silent": (
        "{worker} har vært taus siden {since} ({doing}): start den igjen med run",
        "{worker} har vore taus sidan {since} ({doing}): start han igjen med run",
        "{worker} is silent since {since} ({doing}): start it again with run",
    ),
    "worker_leapt": (
        "{worker} tar bare imot e-post, for klokken er langt foran det som er lagret: still den, "
        "eller start med run --leap",
        "{worker} tek berre imot e-post, for klokka er langt føre det som er lagra: still henne, "
        "eller start med run --leap",
        "{worker} only takes mail, for its clock is far past what is stored: set it right, or "
        "start it with run --leap",
    ),
    "worker_older": (
        "{worker} går med eldre innstillinger enn de som står i kursdeling.toml: start den på nytt",
        "{worker} går med eldre innstillingar enn dei som står i kursdeling.toml: start han på "
        "nytt",
        "{worker} runs with older settings than kursdeling.toml has: start it anew",
    ),
    "register_empty": (
        "ingen parter er registrert; området ble ikke ferdig laget: db upgrade",
        "ingen partar er registrerte; området vart ikkje ferdig laga: db upgrade",
        "no party is registered; the site was not made whole: db upgrade",
    ),
    "unreadable": (
        "kan ikke leses: {why}",
        "kan ikkje lesast: {why}",
        "cannot be read: {why}",
    ),
    "worker_runs": (
        "{worker} går ({doing})",
        "{worker} går ({doing})",
        "{worker} runs ({doing})",
    ),
    "history_whole": (
        "{requests} saker, {events} hendelser",
        "{requests} saker, {events} hendingar",
        "{requests} requests, {events} events",
    ),
    "history_broken": (
        "{count} feil: db verify",
        "{count} feil: db verify",
        "{count} faults: db verify",
    ),
    "schema_fits": (
        "skjema {schema}, som programmet trenger",
        "skjema {schema}, som programmet treng",
        "schema {schema}, as the program needs it",
    ),
    "unsafe": (
        "{what}: et strømbrudd mister e-post",
        "{what}: eit straumbrot mistar e-post",
        "{what}: a power cut loses mail",
    ),
    "on_disk": (
        "det som er lagret, står på disken",
        "det som er lagra, står på disken",
        "what is committed is on the disk",
    ),
    "fell_back": (
        "eldre enn området har vært: {mail} e-poster og {letter} brev mangler, så numre og "
        "Message-ID-er deles ut på nytt; se «Putting one back» i docs/operations.md",
        "eldre enn området har vore: {mail} e-postar og {letter} brev manglar, så nummer og "
        "Message-ID-ar blir delte ut på nytt; sjå «Putting one back» i docs/operations.md",
        "older than the site has been: {mail} mails and {letter} letters are missing, so that "
        "numbers and Message-IDs are given out again; see “Putting one back” in docs/operations.md",
    ),
    "clock_behind": (
        "maskinens klokke står på {now}, før det som er lagret {recorded}: still den",
        "klokka på maskina står på {now}, før det som er lagra {recorded}: still henne",
        "the machine's clock stands at {now}, before what is recorded at {recorded}: set it right",
    ),
    "clock_leaps": (
        "maskinens klokke står på {at}, mer enn {days} dager etter det siste som er lagret, "
        "{last}; run, tick og sweep gjør ingenting: still den, eller skriv --leap",
        "klokka på maskina står på {at}, meir enn {days} dagar etter det siste som er lagra, "
        "{last}; run, tick og sweep gjer ingenting: still henne, eller skriv --leap",
        "the machine's clock stands at {at}, more than {days} days after the last thing stored, "
        "{last}; run, tick and sweep do nothing: set it right, or write --leap",
    ),
    "clocks_apart": (
        "{seconds} sekunder fra databasens klokke: still dem",
        "{seconds} sekund frå klokka til databasen: still dei",
        "{seconds} seconds apart from the database's: set them right",
    ),
    "clock_right": (
        "i takt med databasens",
        "i takt med klokka til databasen",
        "in step with the database's",
    ),
    "disk_full": (
        "{free} MB ledig: snart kan ikke e-post lagres",
        "{free} MB ledig: snart kan ikkje e-post lagrast",
        "{free} MB free: mail can soon be stored no more",
    ),
    "disk_free": ("{free} MB ledig", "{free} MB ledig", "{free} MB free"),
    "secret_open": (
        "andre kan lese {file}: chmod 600",
        "andre kan lese {file}: chmod 600",
        "others may read {file}: chmod 600",
    ),
    "files_open": (
        "andre på maskinen kan lese {files}: chmod o-rwx",
        "andre på maskina kan lese {files}: chmod o-rwx",
        "others on the machine may read {files}: chmod o-rwx",
    ),
    "files_private": (
        "andre på maskinen kan ikke lese personopplysninger",
        "andre på maskina kan ikkje lese personopplysningar",
        "others on the machine cannot read personal data",
    ),
    "backup_elsewhere": (
        "backup.folder er tom: noen andre tar seg av det",
        "backup.folder er tom: nokon andre tek seg av det",
        "backup.folder is empty: somebody else sees to it",
    ),
    "backup_late": (
        "den siste i {folder} er fra {made}, og mye har hendt siden: run lager en hver dag, "
        "eller db backup",
        "den siste i {folder} er frå {made}, og mykje har hendt sidan: run lagar ein kvar dag, "
        "eller db backup",
        "the last of {made} in {folder}, and much has happened since: run makes one a day, "
        "or db backup",
    ),
    "backup_lacks": (
        "ingen ennå i {folder}, og mye har hendt: run lager en hver dag, eller db backup",
        "ingen enno i {folder}, og mykje har hendt: run lagar ein kvar dag, eller db backup",
        "none yet in {folder}, and much has happened since: run makes one a day, or db backup",
    ),
    "backup_made": (
        "den siste er fra {made}, i {folder}",
        "den siste er frå {made}, i {folder}",
        "the last of {made} in {folder}",
    ),
    "backup_none": ("ingen ennå i {folder}", "ingen enno i {folder}", "none yet in {folder}"),
    "links_broken": (
        "{count} lenker til delte kurs virker ikke: catalogue links",
        "{count} lenkjer til delte kurs verkar ikkje: catalogue links",
        "{count} links of shared courses lead nowhere: catalogue links",
    ),
    "links_none_answer": (
        "ingen av {count} lenker svarer: når denne maskinen nettet?",
        "ingen av {count} lenkjer svarar: når denne maskina nettet?",
        "none of {count} links answers: does this machine reach the web?",
    ),
    "links_fine": (
        "{count} lenker er spurt, og ingen er ute av drift",
        "{count} lenkjer er spurde, og ingen er ute av drift",
        "{count} links have been asked for, and none leads nowhere",
    ),
    "no_coordinator": (
        "ingen er koordinator: brev uten mottaker blir liggende",
        "ingen er koordinator: brev utan mottakar blir liggande",
        "nobody is coordinator: letters without a receiver stay where they are",
    ),
    "no_holder": (
        "ingen er {duty} hos {party}: contact add",
        "ingen er {duty} hos {party}: contact add",
        "nobody is {duty} at {party}: contact add",
    ),
    "gap": (
        "ingen er {duty} hos {party} fra {since}",
        "ingen er {duty} hos {party} frå {since}",
        "nobody will be {duty} at {party} from {since}",
    ),
    "gap_until": (
        "ingen er {duty} hos {party} fra {since} til og med {until}",
        "ingen er {duty} hos {party} frå {since} til og med {until}",
        "nobody will be {duty} at {party} from {since} until {until}",
    ),
    "overlap": (
        "{second} er {duty} hos {party} fra {since}, mens {first} ennå er det",
        "{second} er {duty} hos {party} frå {since}, medan {first} enno er det",
        "{second} is {duty} at {party} from {since}, while {first} still is",
    ),
    "own_address": (
        "{address} er områdets egen adresse, og står også som kontakt {contact}",
        "{address} er den eigne adressa til området, og står òg som kontakt {contact}",
        "{address} is the site's own address, and is contact {contact}'s too",
    ),
    "alias_clash": (
        "{address} hører til flere kontakter: {owners}",
        "{address} høyrer til fleire kontaktar: {owners}",
        "{address} belongs to several contacts: {owners}",
    ),
    "provisional": (
        "{address} bestilte for {party} {since} og er foreløpig: contact add {party} {duty}, "
        "eller contact end",
        "{address} tinga for {party} {since} og er førebels: contact add {party} {duty}, "
        "eller contact end",
        "{address} ordered for {party} on {since} and is provisional: contact add {party} {duty}, "
        "or contact end",
    ),
    "shared_domain": (
        "{domain} er domenet til {parties}: ingen kan bestille med det",
        "{domain} er domenet til {parties}: ingen kan tinge med det",
        "{domain} is the domain of {parties}: nobody can order by it",
    ),
    "suspended": (
        "brev {letter} kom ikke fram til {address}: {why}; ingen flere går dit: "
        "contact restore {address}",
        "brev {letter} kom ikkje fram til {address}: {why}; ingen fleire går dit: "
        "contact restore {address}",
        "letter {letter} did not reach {address}: {why}; no more go there: "
        "contact restore {address}",
    ),
}
"""Code → the words in nb, nn and en; parties, duties and commands stand as they are typed."""
_PLACE: Final[Mapping[Language, int]] = {"nb": 0, "nn": 1, "en": 2}


_TYPED: Final = frozenset({"provisional"})
"""Those in which the duty stands as it is typed."""


def found(code: str, values: Mapping[str, Any], language: Language) -> str:
    """What was found, as a phrase without a capital; KeyError for an unknown code."""
    told = dict(values)
    if "duty" in told and code not in _TYPED:
        told["duty"] = duty(str(told["duty"]), language)
    return FINDINGS[code][_PLACE[language]].format(**told)
