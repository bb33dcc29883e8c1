"""A line of the morning letter: its number, who has it, what it shows, and whom it writes to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.service.deliver import deliver
from engine.service.mail.verdict import MailOutcome
from engine.service.morning.letter import write_morning
from engine.service.register import contacts
from engine.service.register.contacts import Holder
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from engine.store.mail_out import mornings
from engine.store.mail_out.letters import LetterRow
from tests.integration.network_office import ANNA, BODIL, FOUSAM, line, network_office
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    new_office,
)
from tests.integration.test_cycle_deliver import with_file

OTHER = "koordinator2@ks.example"
WITHHELD = "(teksten vises ikke: den kan inneholde et fødselsnummer)"
STRANGER = "kari@annet.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path / "site")
    coordinator(office, OTHER)
    return office


def coordinator(office: Office, email: str, party: str = "ks", duty: str = "coordinator") -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id=party, duty=duty, email=email, valid_from=date(2016, 1, 1)
        )


def morning(office: Office, day: int) -> None:
    """The morning letters of a day in September 2026, once they have been sent."""
    office.at = datetime(2026, 9, day, 5, 30, tzinfo=UTC)
    write_morning(office.site, office.at)
    deliver(office.site, office.at)


def newest(office: Office, receiver: str = COORDINATOR) -> LetterRow:
    return [row for row in office.letters(receiver) if row.template == "morning"][-1]


def told(office: Office, receiver: str = COORDINATOR) -> dict[int, str]:
    found = newest(office, receiver).variables["extra"]["lines"]
    return {each["number"]: each["text"] for each in found}


def number_of(office: Office, words: str, receiver: str = COORDINATOR) -> int:
    (n,) = [n for n, text in told(office, receiver).items() if words in text]
    return n


def say(office: Office, *lines: str, who: str = COORDINATOR) -> MailOutcome:
    office.later(minutes=5)
    letter = newest(office, who)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(who, "SV: morgenbrev", "\n".join(("Hei!", *lines)), headers=headers)


def answer(office: Office, who: str = COORDINATOR) -> LetterRow:
    return [row for row in office.letters(who) if row.template == "morning_answer"][-1]


def test_an_item_keeps_its_number_and_a_settled_one_gives_it_to_no_other(office: Office) -> None:
    office.mail(STRANGER, "Hei", "Første?")
    morning(office, 8)
    office.mail("per@annet.example", "Hei", "Andre?")
    morning(office, 9)
    first, second = number_of(office, "Første?"), number_of(office, "Andre?")
    say(office, f"{first} FORKAST: avklart")
    office.mail("ola@annet.example", "Hei", "Tredje?")
    morning(office, 10)
    assert number_of(office, "Andre?") == second
    assert number_of(office, "Tredje?") not in (first, second)


def test_a_mail_whose_writer_has_acted_since_leaves_by_itself(office: Office) -> None:
    number = office.open()
    office.mail(PLATFORM, "Hei", "Hva mener dere?")
    morning(office, 8)
    assert told(office)
    office.later(hours=1)
    assert office.mail(PLATFORM, f"[{number}]", "GODTATT").verdict == "fired"
    morning(office, 9)
    assert newest(office).variables["extra"]["day"] == "2026-09-08"


def test_the_second_of_two_who_answer_one_line_is_told_of_the_first(office: Office) -> None:
    office.mail(STRANGER, "Hei", "Hva er dette?")
    morning(office, 8)
    n = number_of(office, "Hva er dette?")
    assert say(office, f"{n} FORKAST: reklame").verdict == "answered"
    assert say(office, f"{n} SVAR: Velkommen!", who=OTHER).verdict == "refused"
    (why,) = answer(office, OTHER).variables["not_done"]
    assert f"{COORDINATOR} har alt skrevet om linje {n}: «{n} FORKAST: reklame»" in why
    assert not office.letters(STRANGER)[1:]


def test_whose_a_line_is_the_others_are_told_and_may_take_it_over(office: Office) -> None:
    office.mail(STRANGER, "Hei", "Hva er dette?")
    morning(office, 8)
    n = number_of(office, "Hva er dette?")
    assert say(office, f"{n} MIN").verdict == "answered"
    (letter,) = [row for row in office.letters(OTHER) if row.template == "morning_taken"]
    assert f"{COORDINATOR} tar linje {n}" in " ".join(office.text(OTHER).split())
    assert "Hva er dette?" in letter.variables["extra"]["line"]
    assert say(office, f"{n} FORKAST: nei", who=OTHER).verdict == "refused"
    morning(office, 9)
    assert COORDINATOR in told(office, OTHER)[n]
    assert say(office, f"{n} MIN", f"{n} FORKAST: nei", who=OTHER).verdict == "answered"


def test_an_answer_goes_to_the_writer_and_theirs_comes_back(office: Office) -> None:
    office.mail(PLATFORM, "Hei", "Hva mener dere?")
    morning(office, 8)
    n = number_of(office, "Hva mener dere?")
    office.later(hours=1)
    assert say(office, f"{n} SVAR: Det gjør Kari.\nHun er tilbake mandag.").verdict == "answered"
    letter = office.last(PLATFORM)
    assert letter.template == "morning_reply"
    # An answer is shown as its writer set it, line by line.
    assert "> Det gjør Kari.\n> Hun er tilbake mandag.\n" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "Fint, da venter vi på henne.").verdict == "remark"
    assert office.last(PLATFORM).template == "remark_kept"
    morning(office, 9)
    assert number_of(office, "Fint, da venter vi på henne.") != n


@pytest.mark.parametrize("text", ["", ": ", ": 01017000027 er nummeret"])
def test_an_answer_without_words_or_with_a_personal_number_is_not_sent(
    office: Office, text: str
) -> None:
    office.mail(STRANGER, "Hei", "Hva er dette?")
    morning(office, 8)
    n = number_of(office, "Hva er dette?")
    assert say(office, f"{n} SVAR{text}").verdict == "refused"
    assert "morning_reply" not in {row.template for row in office.letters()}


def test_a_line_is_shown_whole_and_nothing_in_it_counts(office: Office) -> None:
    office.mail(STRANGER, "Spørsmål", "Hva er dette?\n\n1 FORKAST: nei\n" + "Langt. " * 100)
    morning(office, 8)
    n = number_of(office, "Hva er dette?")
    assert say(office, f"VIS {n}").verdict == "answered"
    text = office.text(COORDINATOR)
    assert f"> Fra {STRANGER}" in text
    assert "> 1 FORKAST: nei" in text
    assert text.count("Langt.") == 100
    assert office.reply(COORDINATOR, f"{n} FORKAST: lest").verdict == "answered"


def shown(office: Office) -> str:
    """What the coordinator reads of the mails in the morning letter, and of their lines whole."""
    morning(office, 10)
    text = office.text(COORDINATOR)
    for n in told(office):
        say(office, f"VIS {n}")
        text += office.text(COORDINATOR)
    return text


@pytest.mark.parametrize("who", [EXPERTS, STRANGER])
@pytest.mark.parametrize("subject", ["Spørsmål", "Om 01019012345"])
def test_of_a_mail_with_an_identity_number_the_morning_letter_only_says_that_it_came(
    office: Office, who: str, subject: str
) -> None:
    number = "" if "Om" in subject else " 01019012345"
    office.mail(who, subject, f"Naboen Kåre Hansen{number} har brukket foten.")
    if who == EXPERTS:
        assert "ser ut til å inneholde et fødselsnummer" in office.text(EXPERTS)

    text = shown(office)

    assert WITHHELD in text
    assert who in text
    assert "Naboen" not in text
    assert "Om ***" not in text


def test_illness_stands_in_no_morning_letter(office: Office) -> None:
    office.mail(EXPERTS, "Syk", "Hei, jeg er syk resten av uka. Quizen trenger et nytt bilde.")

    text = shown(office)

    assert "syk resten" not in text
    assert "Quizen trenger et nytt bilde." in text
    assert "(det som gjelder sykdom eller fravær, vises ikke)" in text


def test_what_a_request_or_a_letter_is_about_is_shown(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="hold")
    number = office.open()
    morning(office, 8)
    held = number_of(office, f"Holdt brev til {PLATFORM}")
    say(office, f"VIS {held}", "SAKER", "VIS 77")
    text = " ".join(office.text(COORDINATOR).split())
    assert "Fallforebygging i sykehjem" in text
    assert f"- {number} «Fallforebygging i sykehjem» (Sendt" in text
    assert "ingen linje 77" in text


def test_the_rest_is_counted_and_shown_to_whoever_asks(office: Office) -> None:
    for n in range(20):
        office.mail(f"noen{n}@annet.example", "Hei", f"Hva er sak {n}?")
    morning(office, 8)
    assert len(told(office)) == 15
    assert newest(office).variables["extra"]["rest"] == "avsendere vi ikke kjenner: 5"
    assert say(office, "VIS RESTEN").verdict == "answered"
    rest = answer(office).variables["extra"]["lines"]
    assert len(rest) == 5
    assert {each["number"] for each in rest}.isdisjoint(told(office))
    assert office.reply(COORDINATOR, f"{rest[-1]['number']} FORKAST: nei").verdict == "answered"


def test_a_monday_has_a_letter_even_where_nothing_waits(office: Office) -> None:
    office.mail(OWNER, "Hei", "HJELP")
    morning(office, 11)
    assert not [row for row in office.letters() if row.template == "morning"]
    morning(office, 14)
    text = office.text(COORDINATOR)
    assert "Ingenting venter. Siste e-post kom mandag 7. september 2026 kl. 10.00." in text
    assert newest(office).subject is not None


def test_nobody_reads_the_token_of_somebody_else_s_letter(office: Office) -> None:
    number = office.open()
    token = f"[{number}.7K2Q9M4D]"
    office.mail(STRANGER, f"SV: Kurset {token}", f"Hei\nEmne: {token} [7K2Q9M4D]")
    morning(office, 8)
    (n,) = told(office)
    say(office, f"VIS {n}", f"{n} SVAR: Det ser vi på.")
    written = [row for row in office.letters() if row.template.startswith("morning")]
    assert "morning_reply" in {row.template for row in written}
    for row in written:
        assert "7K2Q9M4D" not in f"{row.subject} {row.variables}"


def test_a_form_in_a_mail_that_is_tied_to_a_request_is_read(office: Office) -> None:
    number = office.open(Innhold=None, Målgrupper=None)
    assert office.state(number) == "draft"
    form = "Hei, vi lurer på noe.\n\nMålgrupper: Sykepleiere\nInnhold: Tre moduler og en test."
    mail = office.mail(OWNER, "Noe om kurset", form)
    assert mail.verdict == "unclear"
    morning(office, 8)
    n = number_of(office, OWNER)
    assert say(office, f"{n} TIL {number}").verdict == "answered"
    assert "fill_in" in office.events(number)
    assert "skjemaet i den er lest" in answer(office).variables["done"][0]


def test_a_duty_that_the_line_names_gets_its_holder_and_the_holder_the_letter(
    office: Office,
) -> None:
    with office.site.database.transaction() as tx:
        register.end_contact(tx, EXPERTS, date(2026, 9, 6))
        register.end_contact(tx, LIAISON, date(2026, 9, 6))
    number = office.open(Unntak=None)
    morning(office, 8)
    experts = number_of(office, "fagmiljø")
    liaison = number_of(office, "samhandlingsenhet")
    assert say(office, f"{experts} NY KONTAKT: ny.fag@si.example").verdict == "answered"
    letter = office.last("ny.fag@si.example")
    assert (letter.template, letter.request) == ("opinion_wanted", number)
    office.reply("ny.fag@si.example", "INGEN MERKNADER")
    assert say(office, f"{liaison} NY KONTAKT: ny.enhet@si.example").verdict == "answered"
    assert office.last("ny.enhet@si.example").template == "opinion_wanted"
    morning(office, 9)
    assert newest(office).variables["extra"]["day"] == "2026-09-08"


def test_a_holder_by_command_gets_the_letter_too_and_one_beside_others_none(
    office: Office,
) -> None:
    with office.site.database.transaction() as tx:
        register.end_contact(tx, EXPERTS, date(2026, 9, 6))
    office.open(Unntak=None)
    for email in ("ny.fag@si.example", "enda.en@si.example"):
        office.later(minutes=1)
        contacts.add(
            office.site,
            [Holder(party="si", duty="subject_experts", email=email, since=office.at.date())],
            office.at,
        )
    assert [row.template for row in office.letters("ny.fag@si.example")] == ["opinion_wanted"]
    assert office.letters("enda.en@si.example") == []


def test_whoever_comes_in_place_of_a_wrong_person_gets_the_letter(office: Office) -> None:
    number = office.open(Unntak=None)
    office.reply(EXPERTS, "FEIL PERSON")
    morning(office, 8)
    n = number_of(office, f"Forsinket: {number}")
    assert say(office, f"{n} NY KONTAKT: ny.fag@si.example").verdict == "refused"
    assert say(office, f"{n} NY KONTAKT: ny.fag@si.example si fagmiljø").verdict == "answered"
    letter = office.last("ny.fag@si.example")
    assert (letter.template, letter.request) == ("opinion_wanted", number)


def test_a_duty_that_nobody_needs_any_more_is_registered_all_the_same(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.end_contact(tx, EXPERTS, date(2026, 9, 6))
    number = office.open(Unntak=None)
    morning(office, 8)
    n = number_of(office, "fagmiljø")
    office.later(hours=1)
    office.mail(OWNER, f"[{number}]", "TREKK")
    assert say(office, f"{n} NY KONTAKT: ny.fag@si.example").verdict == "answered"
    assert office.letters("ny.fag@si.example") == []
    with office.site.database.reading() as tx:
        assert "ny.fag@si.example" in {each.email for each in register.contacts(tx)}


def test_each_coordinator_has_their_own_area_and_answers_only_that(office: Office) -> None:
    near = "koordinator@si.example"
    coordinator(office, near, party="si")
    office.mail(OWNER, "Hei", "Hva mener dere?")
    office.mail(STRANGER, "Hei", "Hva er dette?")
    morning(office, 8)
    assert [text for text in told(office, near).values() if "Hva mener" in text]
    assert not [text for text in told(office).values() if "Hva mener" in text]
    n = number_of(office, "Hva er dette?")
    assert n not in told(office, near)
    assert say(office, f"{n} FORKAST: nei", who=near).verdict == "refused"
    assert "ingen linje" in answer(office, near).variables["not_done"][0]


def test_fousam_has_a_letter_of_its_own_and_answers_with_the_words_alone(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    sweep(office.site, datetime(2026, 9, 1, 7, tzinfo=UTC))
    office.at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    office.reply(BODIL, "Tiltak 1: Kurs for pårørande\nSatsingsområde: Tidleg innsats")
    with_file(office, ANNA, "Planen for Demens.", "demens.pdf", b"%PDF-1.7 demens")
    office.at = datetime(2026, 11, 19, 6, 30, tzinfo=UTC)
    write_morning(office.site, office.at)
    deliver(office.site, office.at)
    assert newest(office, FOUSAM).language == "nn"
    assert not [row for row in office.letters(COORDINATOR) if row.template == "morning"]
    kreft = number_of(office, "Kreft", FOUSAM)
    assert "GODKJEND" in told(office, FOUSAM)[kreft]
    assert say(office, f"{kreft} GODKJEND", who=FOUSAM).verdict == "fired"
    report = line(office, 2027, "plan", "Kreft").report
    assert report is not None
    assert office.state(report.number) == "approved"
    demens = number_of(office, "Demens", FOUSAM)
    assert say(office, f"{demens} MANGLAR: satsingsområde", who=FOUSAM).verdict == "fired"
    assert say(office, "Kven manglar?", who=FOUSAM).verdict == "answered"
    assert office.last(FOUSAM).template == "network_status"


def test_numbers_go_on_where_mornings_have_passed(office: Office) -> None:
    office.mail(STRANGER, "Hei", "Hva er dette?")
    morning(office, 8)
    with office.site.database.reading() as tx:
        (before,) = mornings.items(tx)
    morning(office, 9)
    with office.site.database.reading() as tx:
        (after,) = mornings.items(tx)
    assert (before.number, before.since) == (after.number, after.since)
