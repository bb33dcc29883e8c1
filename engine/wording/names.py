"""What fields, duties, roles and proofs are called in letters, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.model import Language

Names = Mapping[str, Mapping[Language, str]]


def _named(nb: str, nn: str, en: str) -> Mapping[Language, str]:
    return {"nb": nb, "nn": nn, "en": en}


FIELD_NAMES: Final[Names] = {
    "full_name": _named("Fullt navn på kurset", "Fullt namn på kurset", "Full name of the course"),
    "short_name": _named("Kursets kortnavn", "Kortnamnet på kurset", "Short name of the course"),
    "category": _named("Studiekategori", "Studiekategori", "Study category"),
    "start_date": _named("Dato for studiestart", "Dato for studiestart", "Start date"),
    "home_page": _named("Opprett hjemmeside", "Opprett heimeside", "Create a home page"),
    "description": _named("Kursbeskrivelse", "Kursbeskriving", "Course description"),
    "goal": _named("Mål", "Mål", "Goal"),
    "content": _named("Innhold", "Innhald", "Content"),
    "audience": _named("Målgrupper", "Målgrupper", "Target groups"),
    "summary": _named("Kurssammendrag", "Kurssamandrag", "Course summary"),
    "prerequisites": _named("Forutsetninger", "Føresetnader", "Prerequisites"),
    "produced_by": _named("Produsert av", "Produsert av", "Produced by"),
    "time_needed": _named("Tidsbruk", "Tidsbruk", "Time needed"),
    "coordinator": _named("Kurskoordinator", "Kurskoordinator", "Course coordinator"),
    "owner": _named("Kurseier", "Kurseigar", "Course owner"),
    "licence": _named("Lisens", "Lisens", "Licence"),
    "link": _named("Lenke", "Lenkje", "Link"),
    "experts": _named("Fagmiljø", "Fagmiljø", "Subject experts"),
    "liaison": _named("Samhandlingsenhet", "Samhandlingseining", "Cooperation unit"),
    "exception": _named("Unntak", "Unntak", "Exception"),
    "routine": _named("Rutine", "Rutine", "Routine"),
    "ends_on": _named("Sluttdato", "Sluttdato", "End date"),
}
"""The label of each field as it stands before the colon in a form."""

DUTY_NAMES: Final[Names] = {
    "elearning": _named("e-læringsansvarlig", "e-læringsansvarleg", "e-learning officer"),
    "subject_experts": _named("fagmiljø", "fagmiljø", "subject experts"),
    "cooperation_unit": _named("samhandlingsenhet", "samhandlingseining", "cooperation unit"),
    "ks_laering": _named("KS Læring", "KS Læring", "KS Læring"),
    "municipality": _named(
        "kursansvarlig i kommunen", "kursansvarleg i kommunen", "course officer of the municipality"
    ),
    "contact_point": _named("kontaktpunkt", "kontaktpunkt", "contact point"),
    "coordinator": _named("koordinator", "koordinator", "coordinator"),
    "network_leader": _named("nettverksleder", "nettverksleiar", "network leader"),
    "network_deputy": _named(
        "nestleder i nettverket", "nestleiar i nettverket", "deputy leader of the network"
    ),
    "fousam": _named("FOUSAM", "FOUSAM", "FOUSAM"),
    "su": _named("samhandlingsutvalg", "samhandlingsutval", "cooperation committee"),
}
"""The eleven duties, as a letter's foot says to whom it went."""

AGREEMENT_OWNERS: Final[Mapping[Language, str]] = {
    "nb": "dem som eier avtalen",
    "nn": "dei som eig avtalen",
    "en": "those who own the agreement",
}
"""Whom a request waits for that only a missing agreement holds up."""
HOLDER_NAMES: Final[Names] = {
    "elearning": _named(
        "den e-læringsansvarlige", "den e-læringsansvarlege", "the e-learning officer"
    ),
    "subject_experts": _named("fagmiljøet", "fagmiljøet", "the subject experts"),
    "cooperation_unit": _named(
        "samhandlingsenheten", "samhandlingseininga", "the cooperation unit"
    ),
    "ks_laering": _named("KS Læring", "KS Læring", "KS Læring"),
    "municipality": _named(
        "den kursansvarlige i kommunen",
        "den kursansvarlege i kommunen",
        "the course officer of the municipality",
    ),
    "contact_point": _named("kontaktpunktet", "kontaktpunktet", "the contact point"),
    "coordinator": _named("koordinatoren", "koordinatoren", "the coordinator"),
    "network_leader": _named("nettverkslederen", "nettverksleiaren", "the network leader"),
    "network_deputy": _named(
        "nestlederen i nettverket", "nestleiaren i nettverket", "the deputy leader of the network"
    ),
    "fousam": _named("FOUSAM", "FOUSAM", "FOUSAM"),
    "su": _named("samhandlingsutvalget", "samhandlingsutvalet", "the cooperation committee"),
}
"""The eleven duties in the definite form, as in «det er … som kan gjøre dette»."""

ROLE_NAMES: Final[Names] = {
    "owner": _named("kurseieren", "kurseigaren", "the course owner"),
    "borrower": _named("låneren", "lånaren", "the borrower"),
    "requester": _named(
        "den som bestilte kurset", "den som bestilte kurset", "whoever ordered the course"
    ),
    "experts": _named("fagmiljøet", "fagmiljøet", "the subject experts"),
    "liaison": _named("samhandlingsenheten", "samhandlingseininga", "the cooperation unit"),
    "platform": _named("KS Læring", "KS Læring", "KS Læring"),
    "coordinator": _named("koordinatoren", "koordinatoren", "the coordinator"),
    "leader": _named("nettverkslederen", "nettverksleiaren", "the network leader"),
    "deputy": _named("nestlederen", "nestleiaren", "the deputy leader"),
    "fousam": _named("FOUSAM", "FOUSAM", "FOUSAM"),
    "secretary": _named("sekretariatet", "sekretariatet", "the secretariat"),
    "su": _named("samhandlingsutvalget", "samhandlingsutvalet", "the cooperation committee"),
    "system": _named("Kursdeling", "Kursdeling", "Kursdeling"),
    "time": _named(
        "Kursdeling, når tiden er inne",
        "Kursdeling, når tida er inne",
        "Kursdeling, when the time comes",
    ),
}
"""The usual roles of workflow files, in the definite form."""

CORRECTION: Final[Mapping[Language, str]] = _named(
    "Retting av skjemaet", "Retting av skjemaet", "Correcting the form"
)
"""What a correction by fields is called, since no mail word makes it happen."""

PRODUCER_PARTS: Final[Names] = {
    "name": _named("navnet", "namnet", "the name"),
    "position": _named("stillingen", "stillinga", "the position"),
    "department": _named("avdelingen", "avdelinga", "the department"),
    "hospital": _named("sykehuset", "sjukehuset", "the hospital"),
}
"""The four parts of «Produsert av» (R42), in the definite form."""

PROOF_NAMES: Final[Names] = {
    "none": _named("ingenting", "ingenting", "nothing"),
    "reply": _named(
        "et svar på brevet du fikk fra oss",
        "eit svar på brevet du fekk frå oss",
        "a reply to the letter that you had from us",
    ),
    "aligned": _named(
        "en e-post som din egen e-posttjener går god for",
        "ein e-post som din eigen e-posttenar går god for",
        "a mail that your own mail server vouches for",
    ),
    "site": _named(
        "en koordinator som gjør det for deg",
        "ein koordinator som gjer det for deg",
        "a coordinator who does it for you",
    ),
}
"""What each level of proof of sender asks of somebody who writes."""

SECTION_NAMES: Final[Mapping[str, Mapping[Language, str]]] = {
    "transfer": {
        "nb": "gradvis overføring",
        "nn": "gradvis overføring",
        "en": "gradual transfer",
    },
    "competence": {
        "nb": "kompetanseutvikling",
        "nn": "kompetanseutvikling",
        "en": "competence development",
    },
    "training": {
        "nb": "opplæring av pasienter og pårørende",
        "nn": "opplæring av pasientar og pårørande",
        "en": "training of patients and relatives",
    },
    "user_involvement": {
        "nb": "brukermedvirkning",
        "nn": "brukarmedverknad",
        "en": "user involvement",
    },
    "referral": {
        "nb": "rutiner og kriterier for henvisning",
        "nn": "rutinar og kriterium for tilvising",
        "en": "routines and criteria for referral",
    },
}
"""What the mandate names beside the measures for a network's plan and report (R86)."""

_AND: Final[Mapping[Language, str]] = {"nb": "og", "nn": "og", "en": "and"}
_OR: Final[Mapping[Language, str]] = {"nb": "eller", "nn": "eller", "en": "or"}


def all_of(items: tuple[str, ...], language: Language) -> str:
    """Return the items as «a, b og c»; empty for no items."""
    return _listed(items, _AND[language])


def one_of(items: tuple[str, ...], language: Language) -> str:
    """Return the items as «a, b eller c»; empty for no items."""
    return _listed(items, _OR[language])


def _listed(items: tuple[str, ...], last_word: str) -> str:
    *head, tail = items or ("",)
    return f"{', '.join(head)} {last_word} {tail}" if head else tail
