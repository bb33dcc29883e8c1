"""Whole mails through the whole program: every sentence of the writer's stands in the case
afterwards, no sentence of a quote does, and what is done does not depend on the order of what is
harmless (INTERFACE §5.3).
"""

from __future__ import annotations

import itertools
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import MailOutcome
from engine.store.cases import queries
from tests.integration.office import (
    OURS,
    OWNER,
    PLATFORM,
    SERVER,
    SUBJECT,
    Office,
    form,
    new_office,
)

HARMLESS = (
    "Vi legg det ut i veke 2.",
    "Bildene ble kjempefine.",
    "Kurset ligger nå i katalogen hos oss.",
    "Eg gler meg til samlinga i mars.",
    "Nice course.",
    "Per på kontoret har lest alt sammen.",
)
ASKING = ("Når kommer oppfølgeren?", "Det må rettes en feil i modul 2.", "Bare vi får lov da.")
COMMANDS = ("GODTATT", "Mottatt.", "GODTEKE, takk!", "- MOTTEKE", "«Godtatt»")
SIGNATURES = (
    "",
    "Mvh\nKari Nordmann\nRedaksjonen",
    "--\nKari",
    "Sendt fra min iPhone",
    "Venleg helsing\nKari",
    "Hent Outlook for Android",
)
MANNERS = (
    "",
    "Fra: Kursdeling <{us}>\nSendt: mandag 7. september 2026 10:00\nTil: KS\nEmne: Ja\n\n{letter}",
    "________________________________\nFrom: Kursdeling <{us}>\n"
    "Sent: Monday, September 7, 2026 10:00 AM\nTo: KS\nSubject: Brev\n\n{letter}",
    "-----Opprinnelig melding-----\nFra: Kursdeling <{us}>\n\n{letter}",
    "man. 7. sep. 2026 kl. 10:00 skrev Kursdeling <{us}>:\n\n{marked}",
    "On Mon, 7 Sep 2026 at 10:00, Kursdeling <{us}> wrote:\n\n{marked}",
    "Den 7. sep. 2026 kl. 10:00 skrev Kursdeling <{us}>:\n{marked}",
    "---- Den man, 07 sep 2026 10:00:00 +0200 Kursdeling <{us}> skrev ----\n{marked}",
    "Begin forwarded message:\n\n{marked}",
    "{marked}",
)
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return new_office(tmp_path_factory.mktemp("composed") / "site")


def answered(
    office: Office, body: list[str], signature: str, manner: str, *, attached: bool
) -> tuple[MailOutcome, str]:
    """What KS Læring's answer to a new request comes to, and the text of the letter it answers."""
    n = next(numbers)
    office.later(hours=3)  # An address gets so many answers in a day.
    course = {"Fullt_navn_på_kurset": f"Kurs nummer {n}", "Kursets_kortnavn": f"SI-{n}"}
    number = office.mail(OWNER, SUBJECT, form(**course)).request
    letter = next(row for row in reversed(office.letters(PLATFORM)) if row.request == number)
    text = office.site.letters.text(envelope_of(letter))
    quoted = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    below = manner.format(us=OURS, letter=text, marked=quoted)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = PLATFORM, OURS, f"SV: {letter.subject}"
    mail["Message-ID"], mail["In-Reply-To"] = f"<composed{n}@ks.example>", letter.message_id
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from=ks.example"
    mail.set_content("\n\n".join(filter(None, ("Hei!", *body, signature, below))))
    if attached:
        mail.add_attachment("Et notat om noe helt annet.", filename="notat.txt")
    return office.take(mail.as_bytes()), text


def kept(office: Office, outcome: MailOutcome) -> str:
    """What the case holds of the writer's words: with its events, and where nothing was done in
    what was read back to them.
    """
    with office.site.database.reading() as tx:
        rows = queries.history(tx, outcome.request)
    notes = "\n".join(row.note or "" for row in rows if row.cause.ref == str(outcome.mail))
    told = "" if outcome.verdict == "fired" else office.text(PLATFORM)
    return " ".join(f"{notes}\n{told}".replace("\n> ", " ").split())


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from((*HARMLESS, *ASKING)), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(COMMANDS), max_size=1),
    st.tuples(st.sampled_from(SIGNATURES), st.booleans()),
    st.sampled_from(MANNERS),
)
def test_every_sentence_stands_in_the_case_and_none_of_the_quotes(
    office: Office,
    said: list[str],
    command: list[str],
    end: tuple[str, bool],
    manner: str,
) -> None:
    signature, attached = end
    outcome, letter = answered(office, [*command, *said], signature, manner, attached=attached)
    words = kept(office, outcome)
    assert outcome.verdict in {"fired", "suggested", "remark"}, outcome
    for sentence in said:
        assert sentence in words
    if outcome.verdict == "fired":
        for line in (line for line in letter.split("\n") if len(line.split()) > 3):
            assert line not in words
        assert "notat om noe" not in words
    if set(said) & set(ASKING):
        assert outcome.verdict != "fired"


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations((*HARMLESS[:3], "GODTATT")), st.sampled_from(MANNERS))
def test_what_is_done_does_not_depend_on_the_order_of_what_is_harmless(
    office: Office, body: list[str], manner: str
) -> None:
    outcome, _ = answered(office, body, "Mvh\nKari", manner, attached=False)
    assert [event for event, *_ in outcome.events] == ["accept"]
