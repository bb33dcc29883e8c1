"""What must not wait is known in people's own words, and in nobody else's."""

from __future__ import annotations

from engine.domain.demands import COURSE_FAULT, INSIGHT, OWN_DATA, demanded
from tests.rows import each_of
from workflows.phrases import phrases


@each_of(
    (
        (INSIGHT, "Jeg krever innsyn i alle dokumenter i saken."),
        (INSIGHT, "Eg krev innsyn i alle dokumenta."),
        (INSIGHT, "Hei,\nvi ber herved om\ninnsyn i KD-2026-0001.\n\nRedaksjonen"),
        (INSIGHT, "Innsynskrav"),
        (INSIGHT, "Kan jeg få innsyn i korrespondansen?"),
        (INSIGHT, "Jeg har ikke fått svar på innsynskravet mitt."),
        (INSIGHT, "I request access to all documents in the case."),
        (OWN_DATA, "Hvilke opplysninger har dere om meg?"),
        (OWN_DATA, "Kva opplysningar har de om meg?"),
        (
            OWN_DATA,
            "Etter personvernforordningen artikkel 15 ber jeg om innsyn i det dere har lagret.",
        ),
        (OWN_DATA, "Jeg vil ha slettet alt dere har om meg."),
        (OWN_DATA, "Please delete my data."),
        (COURSE_FAULT, "Det er feil doser i kurset."),
        (COURSE_FAULT, "Dosen i kapittel 3 er ti ganger for høy."),
        (COURSE_FAULT, "Dosane i kapittel to er feil!"),
        (COURSE_FAULT, "Medisindosen stemmer ikke med Felleskatalogen"),
        (COURSE_FAULT, "Det er\nfeil dosering på side 4. Kan noen rette det?"),
        (COURSE_FAULT, "Kurset har en alvorlig faglig feil."),
        (COURSE_FAULT, "The doses in chapter 2 are wrong."),
    )
)
def test_what_must_not_wait_is_known(kind: str, text: str) -> None:
    assert demanded(text, phrases()) == kind


@each_of(
    (
        "Svaret går til Kari. Det kan bli gjenstand for innsyn.",
        "Denne e-posten kan være gjenstand for krav om innsyn etter offentleglova.",
        "This e-mail may be subject to a freedom of information request.",
        "Vi ønsker kurset «Innsyn i pasientjournal».",
        "Vi ønsker kurset Innsyn i pasientjournal",
        "Pasienten har rett til å kreve innsyn i journalen.",
        "Kurset bør si noe om retten til å be om innsyn.",
        "Pasienten krever innsyn, og legen nekter.",
        "Vi krever ikke innsyn.",
        "Vi ber om innspill innen fredag.",
        "Slett meg fra listen",
        "Ingen faglige feil i kurset.",
        "Det er ikke feil i kurset.",
        "Feil i kurset er rettet nå.",
        "Hva gjør vi hvis det er feil i kurset?",
        "Hvem retter feil i innholdet?",
        "Feil lenke i skjemaet",
        "«Feil doser» er et fint kurs",
    )
)
def test_what_others_may_do_or_what_is_denied_is_no_demand(text: str) -> None:
    assert demanded(text, phrases()) == ""
