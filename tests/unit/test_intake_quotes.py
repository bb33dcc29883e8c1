"""Where a reply ends: quotes, greetings, banners and signatures in nb, nn and en."""

from __future__ import annotations

import pytest

from engine.intake.quoting.ownwords import is_greeting, split

SAMPLES = [
    (
        "Hei, ja det er greit.\n\ntor. 12. jan. 2017 kl. 10:15 skrev KS <kslaring@ks.no>:"
        "\n\n> Hei\n",
        "Hei, ja det er greit.",
    ),
    ("OK.\n\nDen tor. 12. jan. 2017 kl. 10:15 skrev KS <kslaring@ks.no>:\n\n> Hei\n", "OK."),
    (
        "Godkjent\n\n> Den 12. jan. 2017 kl. 10:15 skrev KS <kslaring@ks.no>:\n> \n> Hei\n",
        "Godkjent",
    ),
    (
        "Godkjent\n\n12. januar 2017 kl. 10:15 skrev KS <kslaring@ks.no>:\n\nHei\n",
        "Godkjent",
    ),
    (
        "Nei, vi kan ikke dele.\n\nFra: KS Læring [mailto:ks@ks.no]\nSendt: torsdag 12. januar"
        " 2017 10.15\nTil: e-læring\nKopi: samhandling\nEmne: SV: Deling av kurs\n\nHei\n",
        "Nei, vi kan ikke dele.",
    ),
    (
        "Ja\n\n-----Opprinnelig melding-----\nFra: KS Læring\nSendt: 5. mars 2012\nTil: Test\n"
        "Emne: Deling\n\nHei\n",
        "Ja",
    ),
    ("Ja\n\nDen 12.01.2017 10:15, skrev KS Læring:\n> Hei\n", "Ja"),
    (
        "Ja\n\nKS Læring <kslaring@ks.no> skrev følgende den 12.01.2017, 10:15:\n\nHei\n",
        "Ja",
    ),
    ("Ja\n\nDen 12. jan. 2017 kl. 10:15 skreiv FOUSAM <info@example.no>:\n> Hei\n", "Ja"),
    (
        "Ja\n\nDen tor. 12. jan. 2017 kl. 10:15 skrev Opplæringsavdelingen ved sykehuset\n"
        "<opplaering@example.no>:\n\n> Hei\n",
        "Ja",
    ),
    (
        "Ja\n\nFrå: KS Læring\nSendt: torsdag\nTil: e-læring\nEmne: SV: Kurs\n\nHei",
        "Ja",
    ),
    ("Yes\n\nOn Thu, Jan 12, 2017 at 10:15 AM KS <ks@example.no> wrote:\n\nHi", "Yes"),
    ("Yes\n\n**From:** KS\n**Sent:** Thursday\n**To:** x\n**Subject:** y\n\nHi", "Yes"),
    ("Ja\n\n________________________________\nFra: KS\nSendt: 5. mars 2012 10:15\nTil: x\n", "Ja"),
    ("Ja\n\n-------- Vidaresend melding --------\nHei", "Ja"),
    ("Ja\n\nVideresendt melding:\n\nHei", "Ja"),
    ("Ja\n\nKS Læring skrev:\n\n> Hei", "Ja"),
    ("AVSLUTT 1.12.2026\nDen 12. jan. 2017 kl. 10:15 skrev KS:\n> Hei", "AVSLUTT 1.12.2026"),
    ("GODTATT\nOn Thu, Jan 12, 2017 KS <ks@ks.no>\nwrote:\n\nHi", "GODTATT"),
    ("Takk.\nGODTATT\nKS skrev:\n> Hei", "Takk.\nGODTATT"),
    ("> Hei\n\nGODTATT", ""),
]


@pytest.mark.parametrize(("text", "own"), SAMPLES)
def test_the_quote_of_every_program_is_left_out(text: str, own: str) -> None:
    assert split(text).own == own


@pytest.mark.parametrize(
    "text",
    [
        "Som KS skrev: kurset er bra.",
        "Fra oktober 2026 gjelder ny rutine.\nTil dere alle.",
        "Fra: 1. oktober\nvi tar kurset i bruk",
        "Den 12. januar 2017 har vi møte kl. 10:15:\n- sak 1",
        "Kurset varer 45-60 min.",
        "Innhold:\n- del 1\n- del 2",
    ],
)
def test_ordinary_sentences_are_no_quote(text: str) -> None:
    assert split(text).own == text


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nKari",
        "--\nKari",
        "Mvh\nKari",
        "mvh Kari",
        "Mvh. Kari",
        "Med vennlig hilsen",
        "Med venleg helsing",
        "Vennlig hilsen / Best regards",
        "Helsing Kari",
        "Hilsen oss på opplæring",
        "Beste hilsen,",
        "Vh\nK",
        "Kind regards,\nKari",
        "*Med vennlig hilsen*",
        "Sendt fra min iPhone",
        "Sendt frå min iPhone",
        "Hent Outlook for iOS",
        "Få Outlook for Android<https://aka.ms/x>",
        "Sent from my iPhone",
        "STOPP",
        "stopp.",
    ],
)
def test_reading_stops_at_a_signature(signature: str) -> None:
    assert split(f"GODTATT\n\n{signature}\n\nAVSLUTT").own == "GODTATT"


@pytest.mark.parametrize(
    "line",
    [
        "Hilsener til alle som har laget dette gode kurset hos dere i høst",
        "Mvhx",
        "Stopp delingen",
        "Vi kan sende fra min iPad hvis dere vil ha det på den måten",
        "Hilsen dere det videre?",
    ],
)
def test_a_sentence_is_no_signature(line: str) -> None:
    assert split(f"{line}\nMERKET").own == f"{line}\nMERKET"


@pytest.mark.parametrize(
    "line",
    ["Hei", "Hei!", "Hei, Kari!", "Hei Kari Nordmann,", "Hei alle sammen", "God dag", "Kjære KS",
     "Hi all,", "Hello!", "Hei :-)", "*Hei*", "Til KS Læring", "Hei på dere!", "Hei igjen."],
)  # fmt: skip
def test_a_greeting_is_left_out(line: str) -> None:
    assert is_greeting(line)
    assert split(f"{line}\n\nGODTATT").own == "GODTATT"


@pytest.mark.parametrize(
    "line",
    ["Hei, ja det er greit.", "Hei! Mottatt.", "Hei, Godtatt", "Hei JA", "Til info", "Heisen går",
     "til slutt", "Dear" + " x" * 80],
)  # fmt: skip
def test_what_says_more_than_hello_is_kept(line: str) -> None:
    assert not is_greeting(line)
    assert split(line).own == line


@pytest.mark.parametrize(
    "banner",
    [
        "EKSTERN",
        "[EKSTERN]",
        "[EXTERNAL EMAIL]",
        "***EKSTERN E-POST***",
        "Ekstern avsender: Vær forsiktig med lenker og vedlegg.",
        "CAUTION: This email originated from outside of the organization. Do not click links\n"
        "or open attachments unless you recognize the sender and know the content is safe.",
        "OBS! Denne e-posten kommer fra en ekstern avsender. Ikke klikk på lenker.",
        "Du mottar vanligvis ikke e-post fra ela@si.example. Finn ut hvorfor dette er viktig\n"
        "<https://aka.ms/LearnAboutSenderIdentification>",
        "You don't often get email from x@y.example. Learn why this is important",
        "Advarsel: Avsender er utenfor organisasjonen.",
    ],
)
def test_a_banner_about_strangers_is_left_out(banner: str) -> None:
    assert split(f"{banner}\n\nHei\n\nGODTATT").own == "GODTATT"
    assert split(f"{banner}\nGODTATT").own == "GODTATT"


@pytest.mark.parametrize(
    "text",
    ["Obs! Lenken virker ikke.", "Ekstern lenke: https://x.example", "Eksternt kurs om sår"],
)
def test_a_warning_of_the_senders_own_is_kept(text: str) -> None:
    assert split(text).own == text


def test_what_is_quoted_begins_at_the_quote_and_the_signature_is_neither() -> None:
    found = split("JA\n\nMvh\nKari\n\nDen 12.01.2017 10:15, skrev KS:\n> Kursets kortnavn: X\n")
    assert found.own == "JA"
    assert found.quoted == "Den 12.01.2017 10:15, skrev KS:\n> Kursets kortnavn: X"
