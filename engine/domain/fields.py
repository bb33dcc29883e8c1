"""The fields of the course information (R34–R44): their labels, and the forms that ask for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.model import Language
from engine.wording.names import FIELD_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form: its label in each language, and what else people call it."""

    name: str
    labels: Mapping[Language, str]
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Which fields an opening asks for, and which it also takes."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]


_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "full_name": (
        "Kurs",
        "Kurset",
        "Kursnavn",
        "Kursnamn",
        "Kurstittel",
        "Tittel",
        "Fullt navn",
        "Fullt namn",
        "Kursets fulle navn",
        "Kursets navn",
        "Navn på kurset",
        "Namn på kurset",
        "Namnet på kurset",
        "Fullt kursnavn",
        "Fullt kursnamn",
        "Course",
        "Course name",
        "Full course name",
    ),
    "short_name": (
        "Kortnavn",
        "Kortnamn",
        "Kortnavnet på kurset",
        "Kortnavn på kurset",
        "Kortnamn på kurset",
        "Kursets kortnamn",
        "Kurskortnavn",
        "Kurskortnamn",
        "Course short name",
    ),
    "category": ("Kategori", "Kurskategori", "Category", "Course category"),
    "start_date": (
        "Studiestart",
        "Startdato",
        "Kursstart",
        "Dato for kursstart",
        "Dato studiestart",
        "Dato for oppstart",
        "Oppstart",
        "Start",
        "Date of start",
        "Course start",
    ),
    "home_page": (
        "Hjemmeside",
        "Heimeside",
        "Opprette hjemmeside",
        "Opprette heimeside",
        "Opprett hjemmeside JA",
        "Opprett heimeside JA",
        "Home page",
        "Create home page",
    ),
    "description": (
        "Kursomtale",
        "Beskrivelse",
        "Beskriving",
        "Kursbeskrivelse med mål, innhold og målgrupper",
        "Kursbeskriving med mål, innhald og målgrupper",
        "Description",
    ),
    "goal": (
        "Læringsmål",
        "Målet",
        "Kursmål",
        "Mål med kurset",
        "Mål for kurset",
        "Goals",
        "Aim",
        "Aims",
    ),
    "content": (
        "Kursinnhold",
        "Kursinnhald",
        "Innholdet",
        "Innhaldet",
        "Innhold i kurset",
        "Innhald i kurset",
        "Contents",
    ),
    "audience": ("Målgruppe", "Målgruppen", "Målgruppa", "Målgruppene", "Audience", "Target group"),
    "summary": (
        "Sammendrag",
        "Samandrag",
        "Kurssamendrag",
        "Kort sammendrag",
        "Kort samandrag",
        "Summary",
    ),
    "prerequisites": (
        "Forutsetning",
        "Føresetnad",
        "Forkunnskaper",
        "Forkunnskapar",
        "Forkrav",
        "Forkunnskapskrav",
        "Prerequisite",
    ),
    "produced_by": (
        "Produsent",
        "Laget av",
        "Laga av",
        "Utarbeidet av",
        "Utarbeidd av",
        "Utviklet av",
        "Utvikla av",
        "Producer",
        "Made by",
    ),
    "time_needed": (
        "Tid",
        "Varighet",
        "Varigheit",
        "Tidsforbruk",
        "Estimert tidsbruk",
        "Kurslengde",
        "Kurslengd",
        "Duration",
        "Time",
    ),
    "coordinator": (
        "Koordinator",
        "Kurskoordinatoren",
        "Kursansvarlig",
        "Kursansvarleg",
        "Coordinator",
    ),
    "owner": (
        "Kurseigar",
        "Eier",
        "Eigar",
        "Kurseieren",
        "Kurseigaren",
        "Eier av kurset",
        "Eigar av kurset",
        "Eierforetak",
        "Kurseier-foretak",
        "Eigarføretak",
        "Owner",
    ),
    "licence": ("Lisensiering", "Lisensen", "Lisens for kurset", "License", "Creative Commons"),
    "link": (
        "Lenken",
        "Lenkja",
        "Lenka",
        "Link til kurset",
        "Lenke til kurset",
        "Lenkje til kurset",
        "Kurslenke",
        "Kurslenkje",
        "Nettadresse",
        "URL",
    ),
    "experts": (
        "Fagmiljøet",
        "Fagpersoner",
        "Fagpersonar",
        "Fagperson",
        "Experts",
        "Uttalelse fra fagmiljøet",
        "Fråsegn frå fagmiljøet",
    ),
    "liaison": (
        "Samhandlingsenheten",
        "Samhandlingseininga",
        "Samhandlingsansvarlig",
        "Samhandlingsansvarleg",
        "Samhandling",
        "Liaison",
        "Uttalelse fra samhandlingsenheten",
        "Fråsegn frå samhandlingseininga",
    ),
    "exception": ("Unnatak", "Unntaket", "Grunn til unntak", "Grunn for unntak"),
    "routine": ("Rutinen", "Rutina", "Saksgang", "Workflow"),
}

COURSE_INFORMATION: Final = (
    "full_name",
    "short_name",
    "category",
    "start_date",
    "home_page",
    "goal",
    "content",
    "audience",
    "summary",
    "prerequisites",
    "produced_by",
    "time_needed",
    "coordinator",
)
"""What a course needs on its way into KS Læring, in the routine's order (R34–R44)."""

DESCRIPTION_PARTS: Final = ("goal", "content", "audience")
"""The three fields that make up the one point «Kursbeskrivelse» (R34)."""

POINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "description" if name == "goal" else name: DESCRIPTION_PARTS if name == "goal" else (name,)
    for name in COURSE_INFORMATION
    if name not in DESCRIPTION_PARTS[1:]
}
"""The 11 points in order, each with its fields; letters count points, never fields."""

_EXTRAS = ("owner", "licence", "link", "experts", "liaison", "exception")

FIELDS: Final[Mapping[str, Field]] = {
    name: Field(name=name, labels=FIELD_NAMES[name], synonyms=synonyms)
    for name, synonyms in _SYNONYMS.items()
}


def _form(name: str, required: tuple[str, ...]) -> Form:
    rest = (field for field in (*COURSE_INFORMATION, *_EXTRAS) if field not in required)
    return Form(name=name, required=required, optional=tuple(rest))


FORMS: Final[Mapping[str, Form]] = {
    form.name: form
    for form in (
        _form("course_information", COURSE_INFORMATION),
        _form("order", ("full_name",)),
        _form("link", ("full_name", "owner", "link")),
    )
}
"""By the name that a workflow file uses in `opens_with.form`."""

_IN_BRACKETS = re.compile(r"\([^()]*\)\s*$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^\d+\s+")


def _key(text: str) -> str:
    bare = _IN_BRACKETS.sub("", unicodedata.normalize("NFC", text).strip(" \t*_:"))
    return _NUMBERED.sub("", _NOT_LETTERS.sub(" ", bare.casefold()).strip())


_BY_KEY: Final[Mapping[str, str]] = {
    _key(text): field.name
    for field in FIELDS.values()
    for text in (field.name, *field.labels.values(), *field.synonyms)
}


def field_by_label(text: str) -> str | None:
    """Return the name of the field that a label means, or None.

    Tolerant of case, spacing, written standard, a number or mark before it (`*`, `-`, `•`), bold
    marks around it, an explanation in brackets after it, and a closing colon.
    """
    return _BY_KEY.get(_key(text))


def label(name: str, language: Language) -> str:
    """Return a field's label; a name that is no field raises KeyError."""
    return FIELD_NAMES[name][language]


def point_of(name: str) -> str:
    """Return the point that a field belongs to: `description` for its three parts (R34)."""
    return "description" if name in DESCRIPTION_PARTS else name
