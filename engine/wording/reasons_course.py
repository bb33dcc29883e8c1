"""What is wrong in the course information (R34–R44), and how to mend it, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COURSE_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "full_name_missing": (
        "{field} mangler.",
        "{field} manglar.",
        "{field} is missing.",
    ),
    "full_name_too_long": (
        "{field}: navnet er på {length} tegn. KS Læring tar høyst {most}.",
        "{field}: namnet er på {length} teikn. KS Læring tek høgst {most}.",
        "{field}: the name has {length} characters. KS Læring takes {most} at the most.",
    ),
    "short_name_missing": (
        "{field} mangler. Velg et som ikke er brukt i KS Læring, for eksempel {example}.",
        "{field} manglar. Vel eit som ikkje er brukt i KS Læring, til dømes {example}.",
        "{field} is missing. Choose one that is not used in KS Læring, such as {example}.",
    ),
    "fields_missing": (
        "Ikke fylt ut: {labels}.",
        "Ikkje fylt ut: {labels}.",
        "Not filled in: {labels}.",
    ),
    "short_name_spaces": (
        "{field}: «{text}» har mellomrom. Skriv for eksempel {example}.",
        "{field}: «{text}» har mellomrom. Skriv til dømes {example}.",
        "{field}: “{text}” has spaces in it. Write {example}, for instance.",
    ),
    "short_name_too_long": (
        "{field}: kortnavnet er på {length} tegn. KS Læring tar høyst {most}.",
        "{field}: kortnamnet er på {length} teikn. KS Læring tek høgst {most}.",
        "{field}: the short name has {length} characters. KS Læring takes {most} at the most.",
    ),
    "short_name_taken": (
        "Kortnavnet «{short_name}» finnes allerede i KS Læring[ (sak {request})]. Velg et annet.",
        "Kortnamnet «{short_name}» finst allereie i KS Læring[ (sak {request})]. Vel eit anna.",
        "The short name “{short_name}” exists already in KS Læring[ (request {request})]. "
        "Choose another one.",
    ),
    "category_missing": (
        "{field} mangler. Skriv for eksempel Helse og velferd eller Skolesektor.",
        "{field} manglar. Skriv til dømes Helse og velferd eller Skolesektor.",
        "{field} is missing. Write Helse og velferd or Skolesektor, for instance.",
    ),
    "category_unknown": (
        "{field}: «{text}» er ikke blant dem vi kjenner, men går videre slik den står.",
        "{field}: «{text}» er ikkje mellom dei vi kjenner, men går vidare slik han står.",
        "{field}: “{text}” is not among those we know, but goes on as it stands.",
    ),
    "start_date_missing": (
        "{field} mangler. Skriv for eksempel {example}.",
        "{field} manglar. Skriv til dømes {example}.",
        "{field} is missing. Write {example}, for instance.",
    ),
    "date_not_existing": (
        "{field}: «{text}» finnes ikke. Skriv for eksempel {example}.",
        "{field}: «{text}» finst ikkje. Skriv til dømes {example}.",
        "{field}: “{text}” does not exist. Write {example}, for instance.",
    ),
    "date_short_year": (
        "{field}: «{text}» har bare to sifre i årstallet. Skriv for eksempel {example}.",
        "{field}: «{text}» har berre to siffer i årstalet. Skriv til dømes {example}.",
        "{field}: “{text}” has a year of two digits. Write {example}, for instance.",
    ),
    "date_order": (
        "{field}: «{text}» kan leses på flere måter. Skriv dagen først, for eksempel {example}.",
        "{field}: «{text}» kan lesast på fleire måtar. Skriv dagen først, til dømes {example}.",
        "{field}: “{text}” can be read in several ways. Write the day first, such as {example}.",
    ),
    "date_unreadable": (
        "{field}: «{text}» er ingen dato vi kan lese. Skriv for eksempel {example}.",
        "{field}: «{text}» er ingen dato vi kan lese. Skriv til dømes {example}.",
        "{field}: “{text}” is no date that we can read. Write {example}, for instance.",
    ),
    "date_far_past": (
        "{field}: «{text}» er mer enn {years} år siden. Skriv for eksempel {example}.",
        "{field}: «{text}» er meir enn {years} år sidan. Skriv til dømes {example}.",
        "{field}: “{text}” is more than {years} years ago. Write {example}, for instance.",
    ),
    "home_page_missing": (
        "{field} mangler. Skriv JA.",
        "{field} manglar. Skriv JA.",
        "{field} is missing. Write JA.",
    ),
    "home_page_not_yes": (
        "{field}: må være JA. Det står «{text}».",
        "{field}: må vere JA. Det står «{text}».",
        "{field}: must be JA. It says “{text}”.",
    ),
    "goal_missing": (
        "Kursbeskrivelse: målet mangler. Skriv hva deltakeren kan etter kurset.",
        "Kursbeskriving: målet manglar. Skriv kva deltakaren kan etter kurset.",
        "Course description: the goal is missing. Write what learners can do after the course.",
    ),
    "content_missing": (
        "Kursbeskrivelse: innholdet mangler. Skriv kort hva kurset består av.",
        "Kursbeskriving: innhaldet manglar. Skriv kort kva kurset er sett saman av.",
        "Course description: the content is missing. Write briefly what the course consists of.",
    ),
    "audience_missing": (
        "Kursbeskrivelse: målgruppene mangler. Skriv hvem kurset er for.",
        "Kursbeskriving: målgruppene manglar. Skriv kven kurset er for.",
        "Course description: the target groups are missing. Write whom the course is for.",
    ),
    "summary_missing": (
        "{field} mangler. Skriv et par setninger som kan stå i kurslisten.",
        "{field} manglar. Skriv eit par setningar som kan stå i kurslista.",
        "{field} is missing. Write a few sentences that can stand in the list of courses.",
    ),
    "summary_repeats": (
        "{field}: teksten er den samme som i kursbeskrivelsen.",
        "{field}: teksten er den same som i kursbeskrivinga.",
        "{field}: the text is the same as in the course description.",
    ),
    "prerequisites_missing": (
        "{field} mangler. Skriv «ingen» hvis alle kan ta kurset.",
        "{field} manglar. Skriv «ingen» dersom alle kan ta kurset.",
        "{field} is missing. Write “none” if everybody can take the course.",
    ),
    "produced_by_missing": (
        "{field} mangler. Skriv navn, stilling, avdeling og sykehus med komma mellom.",
        "{field} manglar. Skriv namn, stilling, avdeling og sjukehus med komma mellom.",
        "{field} is missing. Write name, position, department and hospital, with commas between.",
    ),
    "produced_by_incomplete": (
        "{field}: trenger navn, stilling, avdeling og sykehus.[ {Parts} ser ut til å mangle.]",
        "{field}: treng namn, stilling, avdeling og sjukehus.[ {Parts} ser ut til å mangle.]",
        "{field}: needs name, position, department and hospital.[ We cannot find {parts}.]",
    ),
    "produced_by_other_hospital": (
        "{field}: «{hospital}» er ikke eierforetaket. Den siste delen skal være {owner}.",
        "{field}: «{hospital}» er ikkje eigarføretaket. Den siste delen skal vere {owner}.",
        "{field}: “{hospital}” is not the owner. The last part should be {owner}.",
    ),
    "time_needed_missing": (
        "{field} mangler. Skriv for eksempel 45 min.",
        "{field} manglar. Skriv til dømes 45 min.",
        "{field} is missing. Write 45 min, for instance.",
    ),
    "time_needed_not_positive": (
        "{field}: «{text}» må være mer enn null. Skriv for eksempel 45 min.",
        "{field}: «{text}» må vere meir enn null. Skriv til dømes 45 min.",
        "{field}: “{text}” must be more than nothing. Write 45 min, for instance.",
    ),
    "coordinator_missing": (
        "{field} mangler. Skriv navn eller adresse, eller bare «e-læringsansvarlig».",
        "{field} manglar. Skriv namn eller adresse, eller berre «e-læringsansvarleg».",
        "{field} is missing. Write a name or an address, or just “e-learning officer”.",
    ),
    "coordinator_not_registered": (
        "{field}: «{text}» er ikke registrert som e-læringsansvarlig hos {owner}. "
        "Skriv «e-læringsansvarlig», så bruker vi den som er det.",
        "{field}: «{text}» er ikkje registrert som e-læringsansvarleg hos {owner}. "
        "Skriv «e-læringsansvarleg», så bruker vi den som er det.",
        "{field}: “{text}” is not registered as e-learning officer of {owner}. "
        "Write “e-learning officer”, and we use whoever is.",
    ),
    "coordinator_other_party": (
        "{field}: må være den e-læringsansvarlige hos {owner}, ikke hos {other}.",
        "{field}: må vere den e-læringsansvarlege hos {owner}, ikkje hos {other}.",
        "{field}: must be the e-learning officer of {owner}, not of {other}.",
    ),
    "coordinator_vacant": (
        "{field}: ingen er registrert som e-læringsansvarlig hos {owner} nå.",
        "{field}: ingen er registrert som e-læringsansvarleg hos {owner} no.",
        "{field}: nobody is registered as e-learning officer of {owner} at present.",
    ),
    "owner_missing": (
        "{field} mangler. Skriv hvem som eier kurset.",
        "{field} manglar. Skriv kven som eig kurset.",
        "{field} is missing. Write who owns the course.",
    ),
    "owner_differs": (
        "{field}: det står {given}, men saken gjelder et kurs som {owner} eier.",
        "{field}: det står {given}, men saka gjeld eit kurs som {owner} eig.",
        "{field}: it says {given}, but the request is about a course that {owner} owns.",
    ),
    "licence_unclear": (
        "{field}: «{text}» sier ikke hvilken lisens det er. Skriv for eksempel CC BY-NC-SA 4.0, "
        "eller «ingen».",
        "{field}: «{text}» seier ikkje kva lisens det er. Skriv til dømes CC BY-NC-SA 4.0, "
        "eller «ingen».",
        "{field}: “{text}” does not say which licence it is. Write CC BY-NC-SA 4.0, for instance, "
        "or “none”.",
    ),
    "licence_needs_decision": (
        "{field}: kurs som helseforetak eier, har vanligvis ikke {licence}. Har kurseieren vedtatt "
        "det uttrykkelig, skriv «{licence}, vedtatt». Ellers skriv «ingen».",
        "{field}: kurs som helseføretak eig, har vanlegvis ikkje {licence}. Har kurseigaren "
        "vedteke det uttrykkjeleg, skriv «{licence}, vedteke». Elles skriv «ingen».",
        "{field}: courses that hospital trusts own do not usually have {licence}. If the owner has "
        "expressly decided on it, write “{licence}, decided”. Otherwise write “none”.",
    ),
    "licence_decided": (
        "{field}: {licence} er ført opp som vedtatt av kurseieren.",
        "{field}: {licence} er ført opp som vedteken av kurseigaren.",
        "{field}: {licence} is recorded as decided by the course owner.",
    ),
    "link_missing": (
        "{field} mangler. Skriv adressen til kurset, slik: https://…",
        "{field} manglar. Skriv adressa til kurset, slik: https://…",
        "{field} is missing. Write the address of the course: https://…",
    ),
    "experts_missing": ("{field} mangler.", "{field} manglar.", "{field} is missing."),
    "liaison_missing": ("{field} mangler.", "{field} manglar.", "{field} is missing."),
    "exception_missing": ("{field} mangler.", "{field} manglar.", "{field} is missing."),
    "licence_missing": (
        "{field} mangler. Skriv for eksempel CC BY-NC-SA 4.0, eller «ingen».",
        "{field} manglar. Skriv til dømes CC BY-NC-SA 4.0, eller «ingen».",
        "{field} is missing. Write CC BY-NC-SA 4.0, for instance, or “none”.",
    ),
    "identity_number": (
        "{field}: et tall på elleve sifre kan være et fødselsnummer. Vi har tatt det ut av "
        "teksten; skriv aldri slike tall her.",
        "{field}: eit tal på elleve siffer kan vere eit fødselsnummer. Vi har teke det ut av "
        "teksten; skriv aldri slike tal her.",
        "{field}: a number of eleven digits may be somebody’s national identity number. We have "
        "taken it out of the text; never write such numbers here.",
    ),
    "markup": (
        "{field}: teksten har HTML-koder i seg, som kan se rare ut i KS Læring.",
        "{field}: teksten har HTML-kodar i seg, som kan sjå rare ut i KS Læring.",
        "{field}: the text has HTML codes in it, which may look odd in KS Læring.",
    ),
}
