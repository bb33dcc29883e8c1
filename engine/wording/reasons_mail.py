"""Why a mail was not answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MAIL_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "answers_used_up": (
        "Avsenderen har fått så mange svar som en adresse får på en dag. Denne e-posten er ikke "
        "besvart.",
        "Avsendaren har fått så mange svar som ei adresse får på ein dag. Det er ikkje svart på "
        "denne e-posten.",
        "The sender has had as many answers as an address gets in a day. This mail has not been "
        "answered.",
    ),
    "contradicting": (
        "E-posten inneholder {words}, og bare ett av dem kan gjelde. Ingenting er gjort. Svar med "
        "det ene ordet.",
        "E-posten inneheld {words}, og berre eitt av dei kan gjelde. Ingenting er gjort. Svar med "
        "det eine ordet.",
        "The mail holds {words}, and only one of them can stand. Nothing was done. Answer with "
        "the one word.",
    ),
    "answers_in_circles": (
        "Flere e-poster på rad har ikke ført til noe, som når to programmer svarer hverandre. "
        "Denne er ikke besvart.",
        "Fleire e-postar på rad har ikkje ført til noko, som når to program svarar kvarandre. "
        "Det er ikkje svart på denne.",
        "Several mails in a row have led to nothing, as when two programs answer each other. "
        "This one has not been answered.",
    ),
    "moved_to_and_fro": (
        "Denne adressen har flyttet {number} {times} ganger på ett døgn, som når to programmer "
        "svarer hverandre. Ikke noe er gjort, og e-posten er ikke besvart.",
        "Denne adressa har flytta {number} {times} gonger på eitt døgn, som når to program "
        "svarar kvarandre. Ingenting er gjort, og det er ikkje svart på e-posten.",
        "This address has moved {number} {times} times within a day, as when two programs answer "
        "each other. Nothing has been done, and the mail has not been answered.",
    ),
    "refuted_sender": (
        "E-postserveren vår sier at e-posten ikke kommer fra den som står som avsender "
        "(dmarc=fail). Ingenting er gjort.",
        "E-posttenaren vår seier at e-posten ikkje kjem frå den som står som avsendar "
        "(dmarc=fail). Ingenting er gjort.",
        "Our mail server says that the mail does not come from the one who stands as its sender "
        "(dmarc=fail). Nothing has been done.",
    ),
    "letter_ended": (
        "Brevet som e-posten svarer på, er så gammelt at svar på det ikke gjelder uten videre. "
        "Ingenting er gjort.",
        "Brevet som e-posten svarar på, er så gammalt at svar på det ikkje gjeld utan vidare. "
        "Ingenting er gjort.",
        "The letter that the mail answers is so old that an answer to it does not count by "
        "itself. Nothing has been done.",
    ),
    "needs_aligned": (
        "E-postserveren vår kunne ikke bekrefte avsenderen, og det du ber om, gir noen en "
        "rettighet.",
        "E-posttenaren vår kunne ikkje stadfeste avsendaren, og det du ber om, gir nokon ein rett.",
        "Our mail server could not confirm the sender, and what you ask for gives somebody a "
        "right.",
    ),
    "mail_oversize": (
        "Den er for stor.",
        "Han er for stor.",
        "It is too large.",
    ),
    "mail_unreadable": (
        "Den lot seg ikke lese.",
        "Han lét seg ikkje lese.",
        "It could not be read.",
    ),
    "openings_used_up": (
        "Adressen har åpnet {count} saker i dag, og flere åpnes ikke samme dag. E-posten venter "
        "på en koordinator.",
        "Adressa har opna {count} saker i dag, og fleire blir ikkje opna same dagen. E-posten "
        "ventar på ein koordinator.",
        "The address has opened {count} requests today, and no more are opened the same day. The "
        "mail waits for a coordinator.",
    ),
    "voted": (
        "Stemmeknappene i Outlook kan vi ikke lese. Send svaret som ren tekst.",
        "Røysteknappane i Outlook kan vi ikkje lese. Send svaret som rein tekst.",
        "We cannot read the voting buttons of Outlook. Send the answer as plain text.",
    ),
    "winmail": (
        "Vedlegget winmail.dat kan vi ikke lese. Send svaret som ren tekst.",
        "Vedlegget winmail.dat kan vi ikkje lese. Send svaret som rein tekst.",
        "We cannot read the attachment winmail.dat. Send the answer as plain text.",
    ),
    "wrong_token": (
        "Emnet viser til et brev som ikke finnes.",
        "Emnet viser til eit brev som ikkje finst.",
        "The subject names a letter that does not exist.",
    ),
}
"""By code: bokmål, nynorsk, English."""
