"""What the columns of tables are called, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.model import Language


def _named(nb: str, nn: str, en: str) -> Mapping[Language, str]:
    return {"nb": nb, "nn": nn, "en": en}


HEADINGS: Final[Mapping[str, Mapping[Language, str]]] = {
    "actor": _named("Av", "Av", "By"),
    "address": _named("Adresse", "Adresse", "Address"),
    "aliases": _named("Også", "Også", "Also"),
    "allowed": _named("Mulig nå", "Mogleg no", "Possible now"),
    "attachments": _named("Vedlegg", "Vedlegg", "Attachments"),
    "at": _named("Tid", "Tid", "Time"),
    "borrower": _named("Låner", "Lånar", "Borrower"),
    "by": _named("Av", "Av", "By"),
    "calendar": _named("Kalender", "Kalender", "Calendar"),
    "cause": _named("Årsak", "Årsak", "Cause"),
    "changed_at": _named("Endret", "Endra", "Changed"),
    "check": _named("Sjekk", "Sjekk", "Check"),
    "course": _named("Kurs", "Kurs", "Course"),
    "domain": _named("Domene", "Domene", "Domain"),
    "due": _named("Frist", "Frist", "Due"),
    "duty": _named("Oppgave", "Oppgåve", "Duty"),
    "email": _named("Adresse", "Adresse", "Address"),
    "escalated_at": _named("Løftet", "Løfta", "Escalated"),
    "event": _named("Hendelse", "Hending", "Event"),
    "events": _named("Hendelser", "Hendingar", "Events"),
    "broken": _named("Feil", "Feil", "Fault"),
    "final": _named("Slutt", "Slutt", "Final"),
    "from": _named("Fra", "Frå", "From"),
    "hash": _named("Hash", "Hash", "Hash"),
    "id": _named("Nr.", "Nr.", "No."),
    "key": _named("Nøkkel", "Nøkkel", "Key"),
    "kind": _named("Slag", "Slag", "Kind"),
    "label": _named("Merke", "Merke", "Label"),
    "labels": _named("Merke", "Merke", "Label"),
    "language": _named("Språk", "Språk", "Language"),
    "letters": _named("Brev", "Brev", "Letters"),
    "licence": _named("Lisens", "Lisens", "Licence"),
    "mail": _named("E-post", "E-post", "Mail"),
    "name": _named("Navn", "Namn", "Name"),
    "note": _named("Tekst", "Tekst", "Text"),
    "notes": _named("Merknader", "Merknader", "Notes"),
    "opened_at": _named("Åpnet", "Opna", "Opened"),
    "organisation_number": _named("Org.nr.", "Org.nr.", "Org. no."),
    "owner": _named("Eier", "Eigar", "Owner"),
    "party": _named("Part", "Part", "Party"),
    "reasons": _named("Grunn", "Grunn", "Reason"),
    "received_at": _named("Mottatt", "Motteken", "Received"),
    "request": _named("Sak", "Sak", "Request"),
    "requester": _named("Bestiller", "Tingar", "Requester"),
    "sender": _named("Fra", "Frå", "From"),
    "remark": _named("Merknad", "Merknad", "Remark"),
    "rule": _named("Regel", "Regel", "Rule"),
    "seq": _named("Nr.", "Nr.", "No."),
    "short_name": _named("Kortnavn", "Kortnamn", "Short name"),
    "side": _named("Side", "Side", "Side"),
    "since": _named("Siden", "Sidan", "Since"),
    "sorted": _named("Behandlet", "Handsama", "Handled"),
    "signs": _named("Signerer", "Signerer", "Signs"),
    "source": _named("Kilde", "Kjelde", "Source"),
    "state": _named("Tilstand", "Tilstand", "State"),
    "states": _named("Tilstander", "Tilstandar", "States"),
    "substitute": _named("Vikar", "Vikar", "Substitute"),
    "subject": _named("Emne", "Emne", "Subject"),
    "template": _named("Brev", "Brev", "Letter"),
    "title": _named("Tittel", "Tittel", "Title"),
    "to": _named("Til", "Til", "To"),
    "tries": _named("Forsøk", "Forsøk", "Tries"),
    "until": _named("Til og med", "Til og med", "Until"),
    "verdict": _named("Utfall", "Utfall", "Verdict"),
    "version": _named("Versjon", "Versjon", "Version"),
    "waiting_on": _named("Venter på", "Ventar på", "Waiting for"),
    "waits_for": _named("Venter på", "Ventar på", "Waits for"),
    "what": _named("Hva", "Kva", "What"),
    "when": _named("Vilkår", "Vilkår", "Conditions"),
    "words": _named("Svarord", "Svarord", "Words"),
    "workflow": _named("Rutine", "Rutine", "Routine"),
    "written_standard": _named("Målform", "Målform", "Written standard"),
}
"""By the key of the document that a column shows."""
