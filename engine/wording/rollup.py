"""The words of the roll-up report, in each written standard."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model import Language


def _words(nb: str, nn: str, en: str) -> Mapping[Language, str]:
    return {"nb": nb, "nn": nn, "en": en}


WORDS: Mapping[str, Mapping[Language, str]] = {
    "title": _words(
        "Samlerapport om faglige nettverk {year}",
        "Samlerapport om faglege nettverk {year}",
        "Roll-up report on the professional networks {year}",
    ),
    "file": _words("samlerapport", "samlerapport", "roll-up"),
    "supplement_file": _words("tillegg", "tillegg", "supplement"),
    "supplement": _words(
        "Tillegg {number} til samlerapporten om faglige nettverk {year}",
        "Tillegg {number} til samlerapporten om faglege nettverk {year}",
        "Supplement {number} to the roll-up report on the professional networks {year}",
    ),
    "supplement_intro": _words(
        "Dette har kommet etter at samlerapporten ble sendt. Rapporten selv er ikke endret.",
        "Dette har kome etter at samlerapporten vart send. Rapporten sjølv er ikkje endra.",
        "This has come since the roll-up was sent. The report itself is unchanged.",
    ),
    "intro": _words(
        "Fra {fousam} til {su}, {area}. Bygd av årsrapportene fra de faglige nettverkene.",
        "Frå {fousam} til {su}, {area}. Bygd av årsrapportane frå dei faglege nettverka.",
        "From {fousam} to {su}, {area}. Built from the annual reports of the networks.",
    ),
    "in_short": _words("Kort sagt", "Kort sagt", "In short"),
    "summary": _words(
        "{networks} nettverk var aktive 31. desember {year}: {in_time} leverte i tide, "
        "{late} leverte for sent, og {missing} mangler.",
        "{networks} nettverk var aktive 31. desember {year}: {in_time} leverte i tide, "
        "{late} leverte for seint, og {missing} manglar.",
        "{networks} networks were active on 31 December {year}: {in_time} delivered in time, "
        "{late} delivered late, and {missing} are missing.",
    ),
    "summary_unread": _words(
        "Ingen har lest inn det som kom fra: {names}. Tiden gjelder det som kom; hva som står i "
        "det, vet vi ikke.",
        "Ingen har lese inn det som kom frå: {names}. Tida gjeld det som kom; kva som står i det, "
        "veit vi ikkje.",
        "Nobody has read in what came from: {names}. The time is that of what came; what stands in "
        "it is not known.",
    ),
    "summary_measures": _words(
        "Tiltak i alt: {total}. Utført: {done}. Delvis utført: {partly}. Ikke utført: {not_done}. "
        "Ikke opplyst: {unknown}.",
        "Tiltak i alt: {total}. Utført: {done}. Delvis utført: {partly}. Ikkje utført: "
        "{not_done}. Ikkje opplyst: {unknown}.",
        "Measures in all: {total}. Done: {done}. Partly done: {partly}. Not done: {not_done}. "
        "Not said: {unknown}.",
    ),
    "delivery": _words("Levering", "Levering", "Delivery"),
    "delivery_caption": _words(
        "Nettverkene og det de leverte",
        "Nettverka og det dei leverte",
        "The networks and what they delivered",
    ),
    "network": _words("Nettverk", "Nettverk", "Network"),
    "report": _words("Årsrapport", "Årsrapport", "Annual report"),
    "delivered_on": _words("Levert", "Levert", "Delivered"),
    "measures": _words("Tiltak", "Tiltak", "Measures"),
    "deviations": _words("Avvik", "Avvik", "Deviations"),
    "in_time": _words("i tide", "i tide", "in time"),
    "late": _words("for sent", "for seint", "late"),
    "missing": _words("mangler", "manglar", "missing"),
    "unread": _words("levert, ikke lest inn", "levert, ikkje lesen inn", "delivered, not read in"),
    "no_activity": _words("ingen aktivitet", "ingen aktivitet", "no activity"),
    "by_area": _words(
        "Tiltak etter satsingsområde", "Tiltak etter satsingsområde", "Measures by priority area"
    ),
    "by_area_caption": _words(
        "Hva som ble av tiltakene", "Kva som vart av tiltaka", "What became of the measures"
    ),
    "area": _words("Satsingsområde", "Satsingsområde", "Priority area"),
    "no_area": _words(
        "Utenfor satsingsområdene", "Utanfor satsingsområda", "Outside the priority areas"
    ),
    "none_decided": _words(
        "Det er ikke vedtatt satsingsområder for {year}. Tabellen bruker nettverkenes egne ord.",
        "Det er ikkje vedteke satsingsområde for {year}. Tabellen bruker nettverka sine eigne ord.",
        "No priority areas were decided for {year}. The table uses the networks' own words.",
    ),
    "done": _words("utført", "utført", "done"),
    "partly": _words("delvis utført", "delvis utført", "partly done"),
    "not_done": _words("ikke utført", "ikkje utført", "not done"),
    "unknown": _words("ikke opplyst", "ikkje opplyst", "not said"),
    "total": _words("i alt", "i alt", "in all"),
    "no_measures": _words(
        "Ingen av rapportene som er lest inn, har tiltak.",
        "Ingen av rapportane som er lesne inn, har tiltak.",
        "None of the reports that have been read in holds a measure.",
    ),
    "deviations_sum": _words(
        "Nettverkene har oppgitt {count} avvik i alt.",
        "Nettverka har oppgitt {count} avvik i alt.",
        "The networks have reported {count} deviations in all.",
    ),
    "deviations_none": _words(
        "Ingen nettverk har oppgitt antall avvik.",
        "Ingen nettverk har oppgitt talet på avvik.",
        "No network has reported a number of deviations.",
    ),
    "deviations_unknown": _words(
        "Tallet mangler fra: {names}. Det er ukjent, og er ikke regnet som 0.",
        "Talet manglar frå: {names}. Det er ukjent, og er ikkje rekna som 0.",
        "The number is missing from: {names}. It is unknown, and not counted as 0.",
    ),
    "deviations_only_counts": _words(
        "Avvik står her som antall. Fritekst om avvik blir ikke gjengitt.",
        "Avvik står her som tal. Fritekst om avvik blir ikkje attgjeven.",
        "Deviations stand here as numbers. Free text about them is not repeated.",
    ),
    "proposals": _words("Forbedringsforslag", "Forbetringsforslag", "Proposals for improvement"),
    "no_proposals": _words(
        "Ingen nettverk har meldt forslag.",
        "Ingen nettverk har meldt forslag.",
        "No network has made a proposal.",
    ),
    "one_held_back": _words(
        "Én tekst er holdt tilbake fordi den kan gjelde en pasient.",
        "Éin tekst er halden tilbake fordi han kan gjelde ein pasient.",
        "One text is held back because it may be about a patient.",
    ),
    "held_back": _words(
        "{count} tekster er holdt tilbake fordi de kan gjelde en pasient.",
        "{count} tekstar er haldne tilbake fordi dei kan gjelde ein pasient.",
        "{count} texts are held back because they may be about a patient.",
    ),
    "coverage": _words("Hvem som er med", "Kven som er med", "Who takes part"),
    "covered": _words(
        "Alle parter i nettverkene har oppnevnt noen.",
        "Alle partar i nettverka har peika ut nokon.",
        "Every member party has named somebody.",
    ),
    "uncovered": _words(
        "Ingen oppnevnt fra {parties}: {networks}",
        "Ingen peika ut frå {parties}: {networks}",
        "Nobody named by {parties}: {networks}",
    ),
    "members_unknown": _words(
        "Det er ikke registrert hvem som er med i: {networks}",
        "Det er ikkje registrert kven som er med i: {networks}",
        "Nobody has recorded who takes part in: {networks}",
    ),
    "under_five": _words("under 5", "under 5", "under 5"),
    "deviations_sum_hidden": _words(
        "Summen av avvik står ikke her: den ville vist et antall under 5.",
        "Summen av avvik står ikkje her: han ville vist eit tal under 5.",
        "The sum of deviations does not stand here: it would show a number under 5.",
    ),
    "bottlenecks": _words("Flaskehalser", "Flaskehalsar", "Bottlenecks"),
    "no_bottlenecks": _words(
        "Ingen nettverk har meldt flaskehalser.",
        "Ingen nettverk har meldt flaskehalsar.",
        "No network has reported a bottleneck.",
    ),
    "works": _words("Arbeidsområder i mandatet", "Arbeidsområde i mandatet", "Areas of work"),
    "corrections": _words("Rettelser", "Rettingar", "Corrections"),
    "correction": _words(
        "{network} har rettet rapporten. Tiltak før: {measures_before}, nå: {measures}. "
        "Avvik før: {deviations_before}, nå: {deviations}.",
        "{network} har retta rapporten. Tiltak før: {measures_before}, no: {measures}. "
        "Avvik før: {deviations_before}, no: {deviations}.",
        "{network} has corrected its report. Measures before: {measures_before}, now: {measures}. "
        "Deviations before: {deviations_before}, now: {deviations}.",
    ),
    "about": _words("Om tallene", "Om tala", "About the numbers"),
    "about_text": _words(
        "Det som ikke er opplyst, står som «mangler» eller «ikke opplyst», aldri som 0. "
        "Det som kommer etter at rapporten er sendt, blir et nummerert tillegg.",
        "Det som ikkje er opplyst, står som «manglar» eller «ikkje opplyst», aldri som 0. "
        "Det som kjem etter at rapporten er send, blir eit nummerert tillegg.",
        "What is not said stands as “missing” or “not said”, never as 0. "
        "What comes after the report is sent becomes a numbered supplement.",
    ),
}
"""By name; values in braces are filled in by the report."""


def words(name: str, language: Language, **values: object) -> str:
    """The words called `name` in `language`, with the values filled in."""
    return WORDS[name][language].format(**values)
