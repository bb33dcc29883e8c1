"""What our own words for events, verdicts, letters and causes are called, when people read them."""

from __future__ import annotations

from typing import Final

from engine.model import Language
from engine.wording.names import DUTY_NAMES, ROLE_NAMES, Names


def _named(nb: str, nn: str, en: str) -> dict[Language, str]:
    return {"nb": nb, "nn": nn, "en": en}


EVENT_NAMES: Final[Names] = {
    "open": _named("åpnet", "opna", "opened"),
    "imported": _named("lagt inn", "lagt inn", "brought in"),
    "undo": _named("angret", "angra", "taken back"),
    "correct": _named("tilstand rettet", "tilstand retta", "state corrected"),
    "reopen": _named("åpnet igjen", "opna igjen", "reopened"),
    "fill_in": _named("skjema utfylt", "skjema utfylt", "form filled in"),
    "consult": _named("bedt om uttalelse", "bede om fråsegn", "opinions asked for"),
    "give_opinion": _named("uttalelse gitt", "fråsegn gitt", "opinion given"),
    "submit": _named("sendt", "send", "submitted"),
    "acknowledge": _named("mottak bekreftet", "mottak stadfesta", "receipt confirmed"),
    "state_licence": _named("lisens oppgitt", "lisens oppgitt", "licence stated"),
    "request_changes": _named("bedt om retting", "bede om retting", "changes asked for"),
    "resubmit": _named("sendt på nytt", "send på nytt", "submitted again"),
    "accept": _named("godtatt", "godteken", "accepted"),
    "reject": _named("avslått", "avslått", "rejected"),
    "lay_link": _named("lenke lagt", "lenkje lagd", "link laid"),
    "confirm_label": _named("merking bekreftet", "merking stadfesta", "label confirmed"),
    "withdraw": _named("trukket", "trekt", "withdrawn"),
    "end_share": _named("deling avsluttet", "deling avslutta", "share ended"),
    "stop_borrowing": _named("bruk avsluttet", "bruk avslutta", "use ended"),
    "undo_ending": _named("avslutning angret", "avslutning angra", "ending taken back"),
    "confirm_ending": _named("avslutning bekreftet", "avslutning stadfesta", "ending confirmed"),
    "end_date_reached": _named("sluttdato nådd", "sluttdato nådd", "end date reached"),
    "give_up": _named("lukket uten svar", "lukka utan svar", "closed without an answer"),
    "correct_order": _named("bestilling rettet", "tinging retta", "order corrected"),
    "name_owner": _named("eier oppgitt", "eigar oppgitt", "owner named"),
    "register": _named("registrert", "registrert", "registered"),
    "wrong_owner": _named("feil foretak", "feil føretak", "wrong trust"),
    "seek_permission": _named("tillatelse innhentes", "løyve blir henta inn", "permission sought"),
    "grant": _named("tillatelse gitt", "løyve gitt", "permission given"),
    "permit": _named("alle tillatelser gitt", "alle løyve gitt", "all permissions given"),
    "refuse": _named("tillatelse nektet", "løyve nekta", "permission refused"),
    "give_link": _named("lenke oppgitt", "lenkje oppgitt", "link given"),
    "correct_link": _named("lenke rettet", "lenkje retta", "link corrected"),
    "deliver": _named("levert", "levert", "delivered"),
    "deliver_late": _named("levert etterpå", "levert etterpå", "delivered afterwards"),
    "read_in": _named("lest inn", "lese inn", "read in"),
    "approve": _named("godkjent", "godkjend", "approved"),
    "send_back": _named("sendt tilbake", "send tilbake", "sent back"),
    "deadline_passed": _named("frist ute", "frist ute", "deadline passed"),
    "year_over": _named("året over", "året over", "year over"),
    "close_with_network": _named("lukket med nettverket", "lukka med nettverket", "closed with it"),
    "miss_rollup": _named("ikke med i samlerapport", "ikkje med i samlerapport", "not in roll-up"),
    "close_after_next_rollup": _named(
        "lukket etter neste samlerapport",
        "lukka etter neste samlerapport",
        "closed after the next roll-up",
    ),
    "build": _named("utkast laget", "utkast laga", "draft made"),
    "lock": _named("låst", "låst", "locked"),
    "send": _named("samlerapport sendt", "samlerapport send", "roll-up sent"),
}
"""What happened, in history and in lists; a routine of the site's own says it by its mail word."""

ACTION_NAMES: Final[Names] = {
    "open": _named("åpnes", "blir opna", "is opened"),
    "fire": _named("går videre", "går vidare", "moves on"),
    "act": _named("svar", "svar", "answer"),
    "remind": _named("påminnelse", "påminning", "reminder"),
    "send": _named("brev", "brev", "letter"),
    "escalate": _named("løftes", "blir løfta", "is escalated"),
    "ask": _named("spørsmål", "spørsmål", "question"),
    "register_confirm": _named(
        "spørsmål om registeret", "spørsmål om registeret", "question about the register"
    ),
}
"""What a deadline does."""

VERDICT_NAMES: Final[Names] = {
    "opened": _named("åpnet sak", "opna sak", "opened a request"),
    "fired": _named("utført", "utført", "done"),
    "already_done": _named("alt gjort", "alt gjort", "done already"),
    "answered": _named("besvart", "svart på", "answered"),
    "refused": _named("avvist", "avvist", "refused"),
    "suggested": _named("foreslått", "foreslått", "suggested"),
    "delegate": _named("for en annen", "for ein annan", "for somebody else"),
    "remark": _named("merknad", "merknad", "remark"),
    "repeated": _named("gjentatt", "gjenteken", "repeated"),
    "unclear": _named("uklar", "uklar", "unclear"),
    "unconfirmed": _named("ubekreftet", "ikkje stadfesta", "unconfirmed"),
    "newcomer": _named("ny avsender", "ny avsendar", "newcomer"),
    "unknown_sender": _named("ukjent avsender", "ukjend avsendar", "unknown sender"),
    "unproved_sender": _named("usikker avsender", "usikker avsendar", "unproved sender"),
    "not_ours": _named("ikke til oss", "ikkje til oss", "not ours"),
    "automatic": _named("automatisk", "automatisk", "automatic"),
    "bounce": _named("i retur", "i retur", "bounce"),
    "bulk": _named("masseutsendelse", "masseutsending", "bulk"),
    "loop": _named("i ring", "i ring", "loop"),
    "unreadable": _named("uleselig", "uleseleg", "unreadable"),
    "oversize": _named("for stor", "for stor", "oversize"),
}
"""What a message came to."""

LETTER_STATE_NAMES: Final[Names] = {
    "waiting": _named("venter", "ventar", "waiting"),
    "held": _named("holdt tilbake", "halde tilbake", "held"),
    "shadow": _named("skygge", "skugge", "shadow"),
    "sending": _named("er på vei", "er på veg", "sending"),
    "sent": _named("sendt", "send", "sent"),
    "retry": _named("prøves igjen", "blir prøvd igjen", "retry"),
    "dead": _named("lot seg ikke sende", "lét seg ikkje sende", "dead"),
    "cancelled": _named("stanset", "stansa", "cancelled"),
}
"""Where a letter stands."""

CAUSE_NAMES: Final[Names] = {
    "mail": _named("e-post {ref}", "e-post {ref}", "mail {ref}"),
    "command": _named("kommando {ref}", "kommando {ref}", "command {ref}"),
    "timer": _named("frist {ref}", "frist {ref}", "deadline {ref}"),
    "web": _named("nettsiden {ref}", "nettsida {ref}", "web {ref}"),
}
"""What brought something about; without its number where that says nothing to people."""

FAULT_NAMES: Final[Names] = {
    "no_holder": _named("ingen", "ingen", "nobody"),
    "gap": _named("hull", "hol", "gap"),
    "overlap": _named("dobbelt", "dobbelt", "overlap"),
    "own_address": _named("egen adresse", "eiga adresse", "own address"),
    "alias_clash": _named("delt adresse", "delt adresse", "alias clash"),
    "provisional": _named("foreløpig", "førebels", "provisional"),
    "shared_domain": _named("delt domene", "delt domene", "shared domain"),
    "suspended": _named("stanset", "stansa", "suspended"),
}
"""What may be wrong in the register."""

CHECK_NAMES: Final[Names] = {
    "agreement": _named("avtale", "avtale", "agreement"),
    "backup": _named("sikkerhetskopi", "tryggingskopi", "backup"),
    "clock": _named("klokke", "klokke", "clock"),
    "contacts": _named("kontakter", "kontaktar", "contacts"),
    "database": _named("database", "database", "database"),
    "disk": _named("disk", "disk", "disk"),
    "files": _named("filer", "filer", "files"),
    "history": _named("historie", "historie", "history"),
    "letters": _named("brev", "brev", "letters"),
    "links": _named("lenker", "lenkjer", "links"),
    "mail": _named("e-post", "e-post", "mail"),
    "mailbox": _named("postkasse", "postkasse", "mailbox"),
    "secrets": _named("hemmeligheter", "løyndomar", "secrets"),
    "settings": _named("innstillinger", "innstillingar", "settings"),
    "site": _named("område", "område", "site"),
    "tables": _named("tabeller", "tabellar", "tables"),
    "transport": _named("utsending", "utsending", "transport"),
    "workers": _named("arbeidere", "arbeidarar", "workers"),
    "workflows": _named("rutiner", "rutinar", "workflows"),
}
"""The parts of a site that are looked over; one that is a setting or a file has no other name."""

WORDS: Final[Names] = {
    "trust": _named("helseforetak", "helseføretak", "trust"),
    "municipality": _named("kommune", "kommune", "municipality"),
    "region": _named("regionalt helseforetak", "regionalt helseføretak", "region"),
    "supplier": _named("leverandør", "leverandør", "supplier"),
    "association": _named("forening", "foreining", "association"),
    "platform": _named("plattform", "plattform", "platform"),
    "area": _named("område", "område", "area"),
    "network": _named("nettverk", "nettverk", "network"),
    "joint": _named("felles", "felles", "joint"),
    "municipal": _named("kommune og KS", "kommune og KS", "municipal"),
    "both": _named("begge", "begge", "both"),
    "neutral": _named("nøytral", "nøytral", "neutral"),
    "system": _named("Kursdeling", "Kursdeling", "Kursdeling"),
    "time": _named("tiden", "tida", "time"),
    "ok": _named("i orden", "i orden", "ok"),
    "warning": _named("advarsel", "åtvaring", "warning"),
    "broken": _named("feil", "feil", "broken"),
    "error": _named("feil", "feil", "error"),
    "person": _named("menneske", "menneske", "person"),
    "automatic": _named("automatisk", "automatisk", "automatic"),
    "bounce": _named("i retur", "i retur", "bounce"),
    "bulk": _named("masseutsendelse", "masseutsending", "bulk"),
    "mail": _named("e-post", "e-post", "mail"),
    "sweep": _named("frister", "fristar", "deadlines"),
    "letters": _named("brev", "brev", "letters"),
    "at": _named("tid", "tid", "at"),
    "due": _named("forfalt", "forfalle", "due"),
    "reminded": _named("påminnet", "minte", "reminded"),
    "escalated": _named("løftet", "løfta", "escalated"),
    "refused": _named("avvist", "avvist", "refused"),
    "asked": _named("spurt", "spurde", "asked"),
}
"""Single words of ours that stand alone in a cell."""


def called(names: Names, word: str | None, language: Language) -> str:
    """What `word` is called in the language; the word itself where `names` does not have it."""
    known = names.get(word or "")
    return known[language] if known else word or ""


def duty(name: str, language: Language) -> str:
    """What a duty is called; its name where that is none of ours."""
    return called(DUTY_NAMES, name, language)


def role(name: str, language: Language) -> str:
    """What a role is called; its name where a routine of the site's own has made it."""
    return called(ROLE_NAMES, name, language)


def cause(kind: str, ref: str, language: Language) -> str:
    """What brought something about, in words."""
    return called(CAUSE_NAMES, kind, language).format(ref=ref).strip()
