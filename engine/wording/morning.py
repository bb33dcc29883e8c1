"""What the coordinators' morning letter says of each thing that it numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.model import Language

_Three = tuple[str, str, str]
_PLACE: Final[Mapping[Language, int]] = {"nb": 0, "nn": 1, "en": 2}

_TITLES: Final[Mapping[str, _Three]] = {
    "late": ("Forsinket og venter på oss", "Forseinka og ventar på oss", "Late and waiting on us"),
    "unread": (
        "Levert av nettverk, og ikke lest inn",
        "Levert av nettverk, og ikkje lese inn",
        "Delivered by networks, and not read in",
    ),
    "unclear": (
        "Svar vi ikke forsto",
        "Svar vi ikkje forstod",
        "Answers that we did not understand",
    ),
    "stranger": (
        "Avsendere vi ikke kjenner, eller ikke er sikre på",
        "Avsendarar vi ikkje kjenner, eller ikkje er sikre på",
        "Senders whom we do not know, or are not sure of",
    ),
    "refuted": (
        "Avsendere som e-postserveren vår avviser: de kan være forfalsket (dmarc=fail)",
        "Avsendarar som e-posttenaren vår avviser: dei kan vere forfalska (dmarc=fail)",
        "Senders that our mail server rejects: they may be forged (dmarc=fail)",
    ),
    "bounce": ("Brev som kom i retur", "Brev som kom i retur", "Letters that came back"),
    "dead": (
        "Brev som ikke lot seg sende",
        "Brev som ikkje lét seg sende",
        "Letters that could not be sent",
    ),
    "stuck": ("Står fast", "Står fast", "Stuck"),
    "link": (
        "Lenker som ikke virker",
        "Lenkjer som ikkje verkar",
        "Links that lead nowhere",
    ),
    "held": (
        "Brev som venter på å bli sluppet",
        "Brev som ventar på å bli sleppte",
        "Letters that wait to be released",
    ),
    "chaser": (
        "Påminnelser som går før neste morgenbrev",
        "Påminningar som går før neste morgonbrev",
        "Reminders that leave before the next morning letter",
    ),
}
_LINES: Final[Mapping[str, _Three]] = {
    "late": (
        "{number} {course} ({state}): venter på {who} siden {since}",
        "{number} {course} ({state}): ventar på {who} sidan {since}",
        "{number} {course} ({state}): waiting for {who} since {since}",
    ),
    "stuck": (
        "{number} {course} ({state}): ingen er registrert som {who}",
        "{number} {course} ({state}): ingen er registrert som {who}",
        "{number} {course} ({state}): nobody is registered as {who}",
    ),
    "link": (
        "{number} {course}: {link} har ikke virket siden {since} ({why})",
        "{number} {course}: {link} har ikkje verka sidan {since} ({why})",
        "{number} {course}: {link} has led nowhere since {since} ({why})",
    ),
    "unread": (
        "{number} {network}: {what}, kom {since} fra {sender} ({said})",
        "{number} {network}: {what}, kom {since} frå {sender} ({said})",
        "{number} {network}: {what}, came {since} from {sender} ({said})",
    ),
    "unclear": (
        "E-post fra {sender}{about}: «{said}»",
        "E-post frå {sender}{about}: «{said}»",
        "Mail from {sender}{about}: “{said}”",
    ),
    "stranger": (
        "E-post fra {sender}{doubt}{about}: «{said}»",
        "E-post frå {sender}{doubt}{about}: «{said}»",
        "Mail from {sender}{doubt}{about}: “{said}”",
    ),
    "refuted": (
        "E-post i navnet til {sender}{about}, og ingenting er gjort: «{said}»",
        "E-post i namnet til {sender}{about}, og ingenting er gjort: «{said}»",
        "Mail in the name of {sender}{about}, and nothing has been done: “{said}”",
    ),
    "bounce": (
        "Retur fra {sender}{about}: «{said}»",
        "Retur frå {sender}{about}: «{said}»",
        "Returned by {sender}{about}: “{said}”",
    ),
    "dead": (
        "Brev til {to}{about}: {said} – {why}",
        "Brev til {to}{about}: {said} – {why}",
        "Letter to {to}{about}: {said} – {why}",
    ),
    "held": (
        "Brev til {to}{about}: {said}",
        "Brev til {to}{about}: {said}",
        "Letter to {to}{about}: {said}",
    ),
    "chaser": (
        "{number} {course}: til {who} {when}",
        "{number} {course}: til {who} {when}",
        "{number} {course}: to {who} {when}",
    ),
}
_HOW: Final[Mapping[str, _Three]] = {
    "mail": (
        "E-post: «{n} TIL KD-2026-0004» knytter den til saken, «{n} ER GODTATT» lar svaret gjelde "
        "for avsenderen, «{n} NY KONTAKT» registrerer avsenderen, og «{n} FORKAST: grunn» legger "
        "den bort.",
        "E-post: «{n} TIL KD-2026-0004» knyter han til saka, «{n} ER GODTEKE» lèt svaret gjelde "
        "for avsendaren, «{n} NY KONTAKT» registrerer avsendaren, og «{n} FORKAST: grunn» legg "
        "han bort.",
        "Mail: “{n} TO KD-2026-0004” ties it to the request, “{n} IS ACCEPTED” lets the answer "
        "count for the sender, “{n} NEW CONTACT” registers the sender, and “{n} DISCARD: reason” "
        "lays it aside.",
    ),
    "unread": (
        "Ikke lest inn: skriv «{n} LEST» og under det linjene fra skjemaet (Tiltak, "
        "Satsingsområde, Resultat, Avvik …), eller «{n} INGEN AKTIVITET». Deretter kan "
        "«{n} ER GODKJENT» (rapport: «{n} ER GODTATT») eller «{n} ER MANGLER: hva» gi nettverket "
        "svar.",
        "Ikkje lese inn: skriv «{n} LESE» og under det linjene frå skjemaet (Tiltak, "
        "Satsingsområde, Resultat, Avvik …), eller «{n} INGEN AKTIVITET». Deretter kan "
        "«{n} ER GODKJEND» (rapport: «{n} ER GODTEKE») eller «{n} ER MANGLAR: kva» gi nettverket "
        "svar.",
        "Not read in: write “{n} READ” and below it the lines of the form (Measure, Priority area, "
        "Result, Deviations …), or “{n} NO ACTIVITY”. After that, “{n} IS APPROVED” (a report: "
        "“{n} IS ACCEPTED”) or “{n} IS CHANGES: what” answers the network.",
    ),
    "dead": (
        "Ikke sendt: «{n} PRØV IGJEN» eller «{n} STOPP».",
        "Ikkje sendt: «{n} PRØV PÅ NYTT» eller «{n} STOPP».",
        "Not sent: “{n} TRY AGAIN” or “{n} STOP”.",
    ),
    "stuck": (
        "Står fast: «{n} NY KONTAKT: adresse» registrerer hvem det er.",
        "Står fast: «{n} NY KONTAKT: adresse» registrerer kven det er.",
        "Stuck: “{n} NEW CONTACT: address” registers who it is.",
    ),
    "held": (
        "Holdte brev: «SLIPP ALLE», «SLIPP {n}», eller «{n} STOPP» om det aldri skal sendes.",
        "Haldne brev: «SLEPP ALLE», «SLEPP {n}», eller «{n} STOPP» om det aldri skal sendast.",
        "Held letters: “RELEASE ALL”, “RELEASE {n}”, or “{n} STOP” if it shall never leave.",
    ),
    "chaser": (
        "Påminnelser: «{n} STOPP», så går den ikke denne gangen.",
        "Påminningar: «{n} STOPP», så går ho ikkje denne gongen.",
        "Reminders: “{n} STOP” and this one does not leave.",
    ),
}
_HOW_OF: Final[Mapping[str, str]] = {
    "unclear": "mail",
    "stranger": "mail",
    "refuted": "mail",
    "bounce": "mail",
}
_COUNTED: Final[Mapping[str, _Three]] = {
    "repeated": ("gjentatt", "gjenteke", "repeated"),
    "unknown_sender": ("ukjent avsender", "ukjend avsendar", "unknown sender"),
    "unproved_sender": ("ubekreftet avsender", "ustadfesta avsendar", "unproved sender"),
    "not_ours": ("ikke til oss", "ikkje til oss", "not for us"),
    "automatic": ("automatisk", "automatisk", "automatic"),
    "bounce": ("i retur", "i retur", "returned"),
    "bulk": ("masseutsendt", "masseutsendt", "bulk"),
    "loop": ("vår egen", "vår eigen", "our own"),
    "unreadable": ("uleselig", "uleseleg", "unreadable"),
    "oversize": ("for stor", "for stor", "too large"),
    "": ("ikke lest ennå", "ikkje lesen enno", "not read yet"),
}
UNANSWERED: Final = tuple(_COUNTED)
"""The verdicts that nobody gets an answer to (INTERFACE §5); the empty one is none yet."""
_NOBODY: Final[_Three] = ("ukjent avsender", "ukjend avsendar", "an unknown sender")
_DOUBT: Final[_Three] = (
    " (avsenderen er ikke bekreftet)",
    " (avsendaren er ikkje stadfesta)",
    " (the sender is not proved)",
)
_ABOUT: Final[_Three] = (" om {number}", " om {number}", " about {number}")
_DUTY_AT: Final[_Three] = ("{duty} ved {party}", "{duty} ved {party}", "{duty} at {party}")


def title(kind: str, language: Language) -> str:
    """What stands above the lines of one kind."""
    return _TITLES[kind][_PLACE[language]]


def line(kind: str, values: Mapping[str, str], language: Language) -> str:
    """One line, without its number; `values` are those of the kind, in the language.

    `about` is the number of the request that a mail or letter is about, or empty; `doubt` is
    anything where nobody vouches for the sender, or empty.
    """
    place = _PLACE[language]
    about = _ABOUT[place].format(number=values["about"]) if values.get("about") else ""
    sender = values.get("sender") or _NOBODY[place]
    doubt = _DOUBT[place] if values.get("doubt") else ""
    filled = {**values, "about": about, "sender": sender, "doubt": doubt}
    return _LINES[kind][place].format_map(filled)


def duty_at(duty: str, party: str, language: Language) -> str:
    """A duty with its party: «e-læringsansvarlig ved Ahus»; the duty alone where they are one."""
    if not party or party == duty:
        return duty
    return _DUTY_AT[_PLACE[language]].format(duty=duty, party=party)


def how(first: Mapping[str, int], language: Language) -> list[str]:
    """The words that the kinds in the letter can be answered with; `first` is each one's first
    number.

    The examples stand inside sentences, so that none acts when the letter is quoted unmarked.
    """
    told: dict[str, int] = {}
    for kind, number in first.items():
        told.setdefault(_HOW_OF.get(kind, kind), number)
    return [
        _HOW[name][_PLACE[language]].format(n=number)
        for name, number in told.items()
        if name in _HOW
    ]


def counted(numbers: Mapping[str, int], language: Language) -> str:
    """What came and was not answered, by verdict: «automatisk: 3, i retur: 1»."""
    place = _PLACE[language]
    return ", ".join(
        f"{words[place]}: {numbers[verdict]}"
        for verdict, words in _COUNTED.items()
        if numbers.get(verdict)
    )
