"""What the lines of a network's form are called, and the words that may stand on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.domain.network_report import Kind, Outcome
from engine.model import Language
from engine.wording.names import SECTION_NAMES

LABELS: Final[Mapping[str, Mapping[Language, str]]] = {
    "network": {"nb": "Nettverk", "nn": "Nettverk", "en": "Network"},
    "plan_year": {"nb": "Plan for år", "nn": "Plan for år", "en": "Plan for the year"},
    "report_year": {"nb": "Rapport for år", "nn": "Rapport for år", "en": "Report for the year"},
    "no_activity": {"nb": "Ingen aktivitet", "nn": "Ingen aktivitet", "en": "No activity"},
    "measure": {"nb": "Tiltak", "nn": "Tiltak", "en": "Measure"},
    "priority_area": {"nb": "Satsingsområde", "nn": "Satsingsområde", "en": "Priority area"},
    "responsible": {"nb": "Ansvarlig", "nn": "Ansvarleg", "en": "Responsible"},
    # Not «Status», which is a word that the program answers.
    "outcome": {"nb": "Resultat", "nn": "Resultat", "en": "Result"},
    "total": {"nb": "Tiltak i alt", "nn": "Tiltak i alt", "en": "Measures in all"},
    "deviations": {"nb": "Avvik (tall)", "nn": "Avvik (tal)", "en": "Deviations (number)"},
    "bottlenecks": {"nb": "Flaskehalser", "nn": "Flaskehalsar", "en": "Bottlenecks"},
    "improvements": {
        "nb": "Forbedringsforslag",
        "nn": "Forbetringsforslag",
        "en": "Proposals for improvement",
    },
    **{
        name: {language: text[:1].upper() + text[1:] for language, text in names.items()}
        for name, names in SECTION_NAMES.items()
    },
    "free_text": {"nb": "Annet", "nn": "Anna", "en": "Other"},
}
"""The label of each line as it stands before the colon."""

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "network": ("nettverket", "fagleg nettverk", "faglig nettverk", "name of the network"),
    "plan_year": ("planår", "plan for året", "handlingsplan for", "handlingsplan for år"),
    "report_year": ("rapportår", "rapport for året", "årsrapport for", "årsrapport for år"),
    "measure": ("tiltaket", "aktivitet", "activity"),
    "priority_area": ("satsingsområdet", "satsningsområde", "satsingsomrade", "område"),
    "responsible": ("ansvar", "hvem", "kven", "who"),
    "outcome": ("status", "utført", "gjennomført"),
    "total": ("tal på tiltak", "antall tiltak", "sum tiltak", "number of measures"),
    "deviations": ("avvik", "meldte avvik", "tal på avvik", "antall avvik", "deviations"),
    "bottlenecks": ("flaskehals",),
    "improvements": ("forbetringar", "forbedringer", "forslag", "proposals"),
    "transfer": ("overføring", "plan for gradvis overføring", "transfer"),
    "competence": ("plan for kompetanseutvikling", "kompetanse", "competence"),
    "training": (
        *("opplæring", "pasientopplæring", "pasient og pårørandeopplæring", "training"),
        *("pasient og pårørendeopplæring", "opplæring av pasient og pårørande"),
        "opplæring av pasient og pårørende",
    ),
    "user_involvement": ("brukermedvirkning", "brukarmedverknad"),
    "referral": ("tilvising", "henvisning", "rutinar for tilvising", "rutiner for henvisning"),
    "free_text": ("anna", "merknad", "merknader", "merknadar", "kommentar", "comments"),
}

MENTIONED: Final[Mapping[str, tuple[str, ...]]] = {
    "transfer": ("overføring", "overføre", "transfer"),
    "competence": ("kompetanse", "opplæring", "competence", "training"),
    "training": ("opplæring", "training", "pårørande", "pårørende", "relatives"),
    "user_involvement": (
        *("brukarmedverk", "brukermedvirk", "brukarorgan", "brukerorgan", "user involvement"),
    ),
    "referral": ("tilvis", "henvis", "referral"),
}
"""Words by which a text says something of a section, wherever it stands."""

OUTCOME_WORDS: Final[Mapping[Outcome, tuple[str, ...]]] = {
    "not_done": (
        *("ikke", "ikkje", "nei", "utsatt", "utsett", "avlyst", "not", "no", "cancelled"),
        *("utgår", "utgått", "går ut", "gjekk ut", "stroke", "strøket", "strykes", "strykast"),
        *("slettes", "slettast", "fjernes", "fjernast", "droppa", "droppet", "removed", "deleted"),
    ),
    "partly": (
        *("delvis", "påbegynt", "påbyrja", "i gang", "i gong", "godt i gang", "godt i gong"),
        *("under arbeid", "under veis", "underveis", "halvvegs", "halvveis", "starta", "startet"),
        *("nesten", "partly", "begun", "started", "under way"),
    ),
    "done": (
        *("utført", "gjennomført", "gjort", "ferdig", "fullført", "avslutta", "avsluttet"),
        *("halde", "heldt", "holdt", "avholdt", "ja", "ok", "done", "yes"),
    ),
}
"""How a status may begin; the negative ones are asked for first."""

OUTCOME_NAMES: Final[Mapping[Outcome, Mapping[Language, str]]] = {
    "done": {"nb": "utført", "nn": "utført", "en": "done"},
    "partly": {"nb": "delvis", "nn": "delvis", "en": "partly"},
    "not_done": {"nb": "ikke utført", "nn": "ikkje utført", "en": "not done"},
    "unknown": {"nb": "ikke oppgitt", "nn": "ikkje oppgitt", "en": "not stated"},
}

KIND_NAMES: Final[Mapping[Kind, Mapping[Language, str]]] = {
    "plan": {"nb": "handlingsplanen", "nn": "handlingsplanen", "en": "the action plan"},
    "report": {"nb": "årsrapporten", "nn": "årsrapporten", "en": "the annual report"},
}

COUNTED: Final[Mapping[str, Mapping[Language, str]]] = {
    "measures": {"nb": "{n} tiltak", "nn": "{n} tiltak", "en": "measures: {n}"},
    "no_activity": {"nb": "ingen aktivitet", "nn": "ingen aktivitet", "en": "no activity"},
}
"""How what was read is told in few words."""

KIND_OF_YEAR: Final[Mapping[Kind, Mapping[Language, str]]] = {
    kind: {
        language: f"{name} {'for' if language != 'en' or kind == 'plan' else 'on'} {{year}}"
        for language, name in names.items()
    }
    for kind, names in KIND_NAMES.items()
}
"""The same with its year."""

NONE_WORDS: Final = frozenset(
    {
        "ingen",
        "none",
        "null",
        "0",
        "ingen avvik",
        "ingen meldte",
        "ingen meldte avvik",
        "no deviations",
    }
)
YES_WORDS: Final = frozenset({"ja", "x", "yes", "stemmer", "ja.", "ingen aktivitet"})
INACTIVE: Final = (
    *("ingen aktivitet", "ikke hatt aktivitet", "ikkje hatt aktivitet", "no activity"),
    *("ikke hatt noen aktivitet", "ikkje hatt nokon aktivitet", "ikke vært aktivitet"),
    "ikkje vore aktivitet",
)
"""Words that make a short mail a report of no activity."""

NO_PATIENTS: Final[Mapping[Language, str]] = {
    "nb": "Skriv ikke noe som kan knyttes til en pasient.",
    "nn": "Skriv ikkje noko som kan knytast til ein pasient.",
    "en": "Write nothing that can be linked to a patient.",
}
"""What every form says before it is filled in (R76)."""
