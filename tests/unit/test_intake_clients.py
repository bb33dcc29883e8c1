"""Own sentences × the quote manners of mail programs × signatures: every own sentence stands, and
no quoted one does (INTERFACE §5.3: what is cut needs evidence).
"""

from __future__ import annotations

import itertools
from textwrap import fill

import pytest

from engine.intake import IntakeRules, against, read
from engine.intake.reading import Reading

OURS = "deling@kursdeling.example"
SUBJECT = "Uttalelse om «Sonde i hjemmet» [KD-2026-0001.7K2Q9M4D]"
LETTER = """Hei!

Akershus universitetssykehus vil dele kurset «Sonde i hjemmet» med kommunene i KS Læring. Vi ber \
om en uttalelse fra fagmiljøet, og svaret går til den som spør.

Svar på denne e-posten med: INGEN MERKNADER eller UTTALELSE: tekst
Svar senest fredag 11. september 2026, så sender vi saken videre.

Skjemaet slik det står nå

Fullt navn på kurset: Sonde i hjemmet
Kursets kortnavn: AHUS-SONDE
Tidsbruk: 45 minutter

Hilsen Kursdeling"""
RULES = IntakeRules(own_addresses=(OURS,), words=frozenset({"UTTALELSE", "GODTATT"}))

OWN = (
    "Kurset er faglig oppdatert, og vi anbefaler det.",
    "Revisjonsgruppen skrev i mars 2026 følgende:\nKurset må oppdateres før deling.",
    "Avdelingsleder skrev 3. mars 2026 kl. 10.15 til oss:\nKapittel 2 er for langt.",
    "Fra: kapittel 3\nTil: kapittel 4\nEmne: sårstell og hygiene",
    "Fra: Fagmiljøet\nTil: e-læring\nDato: 1. september 2026\nEmne: Vårt syn\n\nVi er enige.",
    "Del en er grei.\n________________________\nDel to er viktigst.",
    "Del en er grei.\n--------------------\nDel to er viktigst.",
    "OBS!\nLenken i kapittel 2 virker ikke, se vedlegg.",
    "OBS! Denne meldingen gjelder kapittel 2.",
    "VH i Viken har ikke dette utstyret.\nDet bør stå i kurset.",
    "VH mangler i listen over sykehus.",
    "Hilsen fra direktøren må ut av kurset.",
    "Sendt fra min avdeling til dere i går, takk for svar.",
    "Kari skrev at alt er i orden.",
    "Vi viser til brevet, der dere skrev:\n«Svar senest fredag»",
    "Som det står: Vi ber om en uttalelse fra fagmiljøet, og her er den.",
    "Den 3. mars 2026 tar vi kurset i bruk:\n- alle avdelinger\n- alle vakter",
)
SIGNATURES = (
    "",
    "Mvh\nKari",
    "Med vennleg helsing\nFagmiljøet ved Ahus",
    "VH Kari",
    "Vh. Kari Nordmann, Ahus",
    "--\nKari Nordmann\n900 00 000",
    "Med vänlig hälsning\nKari",
    "Venlig hilsen\nKari",
    "Ystävällisin terveisin\nKari",
    "Mit freundlichen Grüßen\nKari",
    "Skaff deg Outlook for iOS<https://aka.ms/o0ukef>",
    "Få Outlook for Android<https://aka.ms/AAb9ysg>",
    "Hent Outlook til iOS",
    "Hämta Outlook för iOS",
    "Hanki Outlook for iOS",
    "Holen Sie sich Outlook für iOS",
    "Get Outlook for Android",
    "Sendt fra min iPhone",
    "Sendt frå min mobil",
    "Sendt fra min Galaxy",
    "Sendt fra min Samsung Galaxy-smarttelefon.",
    "Send fra min iPhone",
    "Skickat från min iPhone",
    "Lähetetty iPhonesta",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android",
    "Sent with Proton Mail secure email.",
    "Sendt med Proton Mail sikker e-post.",
    "Sendt fra Yahoo Mail på Android",
    "Sent from Yahoo Mail for iPhone",
    "Sendt fra Mail for Windows",
    "Sendt fra Outlook-mobilappen",
    "Sent via Spark",
)
MARKED = "\n".join(f"> {line}" if line else ">" for line in LETTER.split("\n"))
WRAPPED = "\n".join(
    f"> {line}" for part in LETTER.split("\n") for line in (fill(part, 60) or "").split("\n")
)
BARE_WRAPPED = "\n".join(fill(part, 72) for part in LETTER.split("\n"))
NAMED = f"Kursdeling <{OURS}>"
LONG = f"Kursdeling for KS og helseforetakene <\n{OURS}>"
LABELS = {
    "nb": ("Fra", "Sendt", "Til", "Emne", "tirsdag 1. september 2026 10:00"),
    "nn": ("Frå", "Sendt", "Til", "Emne", "tysdag 1. september 2026 10:00"),
    "sv": ("Från", "Skickat", "Till", "Ämne", "den 1 september 2026 10:00"),
    "da": ("Fra", "Sendt", "Til", "Emne", "1. september 2026 10:00"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe", "tiistai 1. syyskuuta 2026 10.00"),
    "en": ("From", "Sent", "To", "Subject", "Tuesday, September 1, 2026 10:00 AM"),
    "de": ("Von", "Gesendet", "An", "Betreff", "Dienstag, 1. September 2026 10:00"),
}


def block(language: str, *, bold: bool = False, sent: str = "") -> str:
    """The headers as Outlook, Samsung's and other programs repeat them."""
    sender, when, to, subject, day = LABELS[language]
    rows = ((sender, NAMED), (sent or when, day), (to, "fag@ahus.example"), (subject, SUBJECT))
    return "\n".join(f"*{name}:* {what}" if bold else f"{name}: {what}" for name, what in rows)


MANNERS = {
    **{f"outlook {each}": f"{'_' * 32}\n{block(each)}\n\n{LETTER}" for each in LABELS},
    **{f"outlook bare {each}": f"{block(each)}\n\n{BARE_WRAPPED}" for each in LABELS},
    "outlook bold": f"{block('nb', bold=True)}\n\n{LETTER}",
    "outlook classic": f"-----Opprinnelig melding-----\n{block('nb')}\n\n{LETTER}",
    "gmail nb": f"tir. 1. sep. 2026 kl. 10:00 skrev {LONG}:\n\n{WRAPPED}",
    "gmail en": f"On Tue, Sep 1, 2026 at 10:00 AM {LONG} wrote:\n\n{WRAPPED}",
    "gmail en torn": f"On Tue, Sep 1, 2026 at 10:00\u202fAM Kursdeling for KS og\n"
    f"helseforetakene <{OURS}> wrote:\n\n{WRAPPED}",
    "gmail da": f"Den tirs. 1. sep. 2026 kl. 10.00 skrev {LONG}:\n\n{WRAPPED}",
    "gmail sv": f"Den tis 1 sep. 2026 kl 10:00 skrev {LONG}:\n\n{WRAPPED}",
    "gmail fi": f"ti 1. syysk. 2026 klo 10.00 {LONG} kirjoitti:\n\n{WRAPPED}",
    "gmail de": f"Am Di., 1. Sept. 2026 um 10:00 Uhr schrieb {LONG}:\n\n{WRAPPED}",
    "apple nb": f"1. sep. 2026 kl. 10:00 skrev {NAMED}:\n\n{MARKED}",
    "apple nb bare": f"1. sep. 2026 kl. 10:00 skrev Kursdeling:\n\n{LETTER}",
    "apple torn": f"> Den 1. sep. 2026 kl. 10:00 skrev {NAMED}:\n> \n{MARKED}",
    "apple en": f"On 1 Sep 2026, at 10:00, {NAMED} wrote:\n\n{MARKED}",
    "thunderbird nb": f"Den 01.09.2026 10:00, skrev Kursdeling:\n{MARKED}",
    "thunderbird nn": f"Den 01.09.2026 10:00, skreiv Kursdeling:\n{MARKED}",
    "thunderbird en": f"On 9/1/26 10:00, Kursdeling wrote:\n{MARKED}",
    "thunderbird de": f"Am 01.09.26 um 10:00 schrieb Kursdeling:\n{MARKED}",
    "spark": f"On 1 Sep 2026 at 10:00 +0200, {NAMED}, wrote:\n{MARKED}",
    "yahoo nb": f"tirsdag 1. september 2026 kl. 10:00:00 CEST skrev {NAMED}:\n\n{LETTER}",
    "yahoo en": f"On Tuesday, September 1, 2026 at 10:00:00 AM GMT+2, {NAMED} wrote:\n\n{LETTER}",
    "proton": f"-------- Original Message --------\nOn Tuesday, 09/01/26 at 10:00 {NAMED} wrote:\n"
    f"\n{MARKED}",
    "proton nb": f"tirsdag 1. september 2026 10:00, {NAMED} skrev:\n\n{MARKED}",
    "samsung nb": f"-------- Opprinnelig melding --------\n{block('nb', sent='Dato')}\n\n{LETTER}",
    "samsung da": f"-------- Oprindelig besked --------\n{block('da', sent='Dato')}\n\n{LETTER}",
    "samsung sv": f"-------- Originalmeddelande --------\n{block('sv', sent='Datum')}\n\n{LETTER}",
    "samsung fi": f"-------- Alkuperäinen viesti --------\n{block('fi', sent='Päivämäärä')}"
    f"\n\n{LETTER}",
    "samsung de": f"-------- Ursprüngliche Nachricht --------\n{block('de', sent='Datum')}"
    f"\n\n{LETTER}",
    "horde nb": f"Sitat {NAMED}:\n\n{MARKED}",
    "horde en": f"Quoting {NAMED}:\n\n{LETTER}",
    "horde de": f"Zitat von {NAMED}:\n\n{MARKED}",
    "horde sv": f"Citerar {NAMED}:\n\n{MARKED}",
    "webmail": f"Fra: {NAMED}\nEmne: {SUBJECT}\n\n{LETTER}",
    "an unknown line": f"Kursdeling 01.09.2026 10:00\n\n{LETTER}",
    "an unknown line, wrapped": f"Kursdeling 01.09.2026 10:00\n\n{BARE_WRAPPED}",
    "nothing at all": LETTER,
    "marks alone": MARKED,
    "no quote": "",
}
TELLING = [line for line in LETTER.split("\n") if len(line) > 40]


def reading(text: str) -> Reading:
    """A reply with that text, read against our letter."""
    raw = (
        "From: fag@ahus.example\nTo: deling@kursdeling.example\nSubject: SV\nMessage-ID: <a@b>\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
    return against(read(raw.encode(), RULES), LETTER, SUBJECT, RULES)


@pytest.mark.parametrize("manner", MANNERS)
def test_own_sentences_stand_and_quoted_ones_do_not(manner: str) -> None:
    start = list(MANNERS).index(manner)
    for place, own in itertools.product(range(start, start + 4), OWN):
        signature = SIGNATURES[(place + 7 * OWN.index(own)) % len(SIGNATURES)]
        text = f"Hei!\n\nUTTALELSE: {own}\n\n{signature}\n\n{MANNERS[manner]}"
        assert reading(text).own_text.rstrip() == f"UTTALELSE: {own}", (own, signature)


@pytest.mark.parametrize("own", OWN)
def test_own_sentences_stand_without_the_letter_too(own: str) -> None:
    for manner in ("gmail nb", "outlook nb", "samsung nb", "horde nb", "no quote"):
        found = read(
            "From: fag@ahus.example\nSubject: SV\nMessage-ID: <a@b>\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{own}\n\n{MANNERS[manner]}\n".encode(),
            RULES,
        )
        assert found.own_text.rstrip() == own, manner


def test_every_sentence_of_the_letter_is_counted_with_the_quote() -> None:
    for manner, quote in MANNERS.items():
        if quote:
            own = reading(f"GODTATT\n\n{quote}").own_text
            assert not [line for line in TELLING if line in own], manner


MARKED_LETTER = "\n".join(f"> {line}" for line in LETTER.split("\n"))
ATTRIBUTION = f"Den 7. sep. 2026 kl. 10:00 skrev Kursdeling <{OURS}>:"
BELOW = (
    (f"{ATTRIBUTION}\n{MARKED_LETTER}\n\nGODTATT\n\nMvh\nKari", "GODTATT"),
    (f"{MARKED_LETTER}\nGODTATT", "GODTATT"),
    (f"Hei!\n\n{MARKED_LETTER}\n\nHei, vi er enige.\n\nHilsen Kari", "Hei, vi er enige."),
    (f"Se svar under.\n{MARKED_LETTER}\n\nGODTATT", "GODTATT"),
    (
        MARKED_LETTER.replace("> Svar senest", "GODTATT\n> Svar senest"),
        "GODTATT",
    ),
    (f"{MARKED_LETTER}\n\nGODTATT\n\n{ATTRIBUTION}\n> Noe annet\n\nAVSLUTT", "GODTATT"),
    (f"{MARKED_LETTER}\n\nGODTATT\n\nDen 3. mars 2026 kl. 9:00 skrev A <a@b.no>:\nNEI", "GODTATT"),
    (f"UTTALELSE: Fint.\n\n{MARKED_LETTER}\n\nGODTATT", "UTTALELSE: Fint."),
    (f"STOPP\n\n{MARKED_LETTER}\n\nGODTATT", ""),
    ("> Noe som en annen har skrevet i en annen e-post\n\nGODTATT", ""),
    (f"{MARKED_LETTER}\n> > Noe helt annet", ""),
    (MARKED_LETTER.replace("> Svar senest fredag", "> Svar senest\nfredag"), ""),
)  # fmt: skip


@pytest.mark.parametrize(("text", "own"), BELOW)
def test_what_stands_below_our_quoted_letter_or_in_it_is_the_writers(text: str, own: str) -> None:
    assert reading(text).own_text.strip() == own


def test_what_is_filled_in_below_a_row_of_the_quoted_form_is_no_answer_below_it() -> None:
    filled = MARKED_LETTER.replace("> Tidsbruk: 45 minutter", "> Tidsbruk:\n60 minutter")
    found = reading(f"{filled}\n\nVi har rettet ett punkt.")
    assert found.own_text == "Vi har rettet ett punkt."
    assert found.quoted_fields == {"time_needed": "60 minutter"}
