"""Why an order or a loan does not go on: bokmål, nynorsk, English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ROUTINE_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "owner_not_known": (
        "Vi vet ikke ennå hvilket foretak som eier kurset. KS Læring finner ut av det.",
        "Vi veit ikkje enno kva føretak som eig kurset. KS Læring finn ut av det.",
        "We do not know yet which trust owns the course. KS Læring is finding out.",
    ),
    "owner_known": (
        "Kurseieren er kjent.",
        "Kurseigaren er kjend.",
        "The owner of the course is known.",
    ),
    "owner_changed": (
        "Bestillingen har vært hos et annet foretak før.",
        "Bestillinga har vore hos eit anna føretak før.",
        "The order has been with another trust before.",
    ),
    "owner_not_municipal": (
        "Kurseier: kurset må eies av en kommune eller KS når det skal deles fra KS Læring.",
        "Kurseigar: kurset må vere eigd av ein kommune eller KS når det skal delast frå KS Læring.",
        "Course owner: a course shared from KS Læring must be owned by a municipality or by KS.",
    ),
    "party_not_named": (
        "{field}: skriv navnet etter ordet, for eksempel «Sykehuset Telemark».",
        "{field}: skriv namnet etter ordet, til dømes «Sykehuset Telemark».",
        "{field}: write the name after the word, for example “Sykehuset Telemark”.",
    ),
    "party_of_other_side": (
        "{field}: {party} kan ikke eie kurs i denne rutinen.",
        "{field}: {party} kan ikkje eige kurs i denne rutinen.",
        "{field}: {party} cannot own a course in this routine.",
    ),
    "party_already_named": (
        "{field}: saken står alt hos {party}.",
        "{field}: saka står alt hos {party}.",
        "{field}: the request is with {party} already.",
    ),
    "permissions_missing": (
        "Tillatelsen er ikke fullstendig.[ Vi mangler: {missing}.]",
        "Løyvet er ikkje fullstendig.[ Vi manglar: {missing}.]",
        "The permission is not complete.[ Missing: {missing}.]",
    ),
    "permissions_complete": (
        "Alle tillatelsene er på plass.",
        "Alle løyva er på plass.",
        "All the permissions are there.",
    ),
    "unknown_part": (
        "«{text}» er ingen tillatelse vi venter på. Skriv {possible}, "
        "eller bare ordet alene når alle har sagt ja.",
        "«{text}» er ikkje noko løyve vi ventar på. Skriv {possible}, "
        "eller berre ordet åleine når alle har sagt ja.",
        "“{text}” is no permission that we wait for. Write {possible}, "
        "or the word alone when all have said yes.",
    ),
    "information_there": (
        "Kursinformasjonen er på plass.",
        "Kursinformasjonen er på plass.",
        "The course information is there.",
    ),
    "link_not_given": (
        "Lenken mangler. Skriv adressen etter ordet. Den må begynne med https://.",
        "Lenkja manglar. Skriv adressa etter ordet. Ho må byrje med https://.",
        "The link is missing. Write the address after the word. It must begin with https://.",
    ),
    "text_not_given": (
        "Teksten mangler. Skriv den etter ordet og et kolon.",
        "Teksten manglar. Skriv han etter ordet og eit kolon.",
        "The text is missing. Write it after the word and a colon.",
    ),
    "link_there": (
        "Lenken er på plass.",
        "Lenkja er på plass.",
        "The link is there.",
    ),
    "ordered_by_platform": (
        "Det er KS Læring selv som har bestilt kurset.",
        "Det er KS Læring sjølv som har tinga kurset.",
        "It was KS Læring itself that ordered the course.",
    ),
    "owned_by_platform": (
        "Det er KS Læring selv som eier kurset.",
        "Det er KS Læring sjølv som eig kurset.",
        "It is KS Læring itself that owns the course.",
    ),
    "exception_too_early": (
        "Uttalelse mangler fra {roles}. Et unntak gjelder først når de har fått tid til å svare; "
        "da sier vi fra.",
        "Fråsegn manglar frå {roles}. Eit unntak gjeld først når dei har fått tid til å svare; "
        "då seier vi frå.",
        "An opinion is missing from {roles}. An exception counts only when they have had time "
        "to answer; we will tell you then.",
    ),
    "licence_or_consent": (
        "Vi vet ikke om kurset kan deles: det står ingen lisens. Skriv «Lisens:» og hvilken, eller "
        "legg til samtykket slik: «GODTATT: samtykke fra kurseier».",
        "Vi veit ikkje om kurset kan delast: det står ingen lisens. Skriv «Lisens:» og kva for "
        "ein, eller legg til samtykket slik: «GODTEKE: samtykke frå kurseigar».",
        "We do not know whether the course may be shared: no licence is given. Write "
        "“Licence:” and which one, or add the consent: “ACCEPTED: consent from the owner”.",
    ),
}
