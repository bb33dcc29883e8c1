"""What leaders and FOUSAM write in their own words: excuses, parts, corrections, questions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.domain.networks.network_report import deliveries_of
from engine.model import Request
from engine.service.deliver import envelope_in
from engine.service.mail.verdict import MailOutcome
from engine.service.networks.rollup import view
from engine.service.time.sweep import sweep
from engine.store.cases.requests import load_request
from tests.integration.network_office import ANNA, BODIL, FOUSAM, SU, line, network_office
from tests.integration.office import Office
from tests.integration.test_cycle_deliver import with_file

JANUARY = datetime(2027, 1, 20, 8, tzinfo=UTC)
REPORT = """Nettverk: {network}
Rapport for år: 2026
Tiltak 1: Kurs
Satsingsområde: Tidleg innsats
Resultat: utført
Tiltak 2: Fagdag
Satsingsområde: Barn og unge
Resultat: delvis
Avvik (tal): 7
Flaskehalsar: For få folk
Opplæring av pasientar og pårørande: Kurs kvar vår
Forbetringsforslag: Felles opplæring
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The reports on 2026 are asked for, and it is 20 January."""
    made = network_office(tmp_path / "site")
    made.at = datetime(2027, 1, 2, 8, tzinfo=UTC)
    sweep(made.site, made.at)
    made.at = JANUARY
    return made


def request(office: Office, number: str) -> Request:
    with office.site.database.reading() as tx:
        found = load_request(tx, number)
    assert found is not None
    return found


def report_of(office: Office, network: str) -> Request:
    found = line(office, 2026, "report", network).report
    assert found is not None
    return request(office, found.number)


def files_in(office: Office, receiver: str) -> list[str]:
    last = office.last(receiver)
    with office.site.database.reading() as tx:
        return [each.name for each in envelope_in(tx, last).files]


def answered(office: Office, sender: str, template: str, body: str) -> MailOutcome:
    """An answer to the newest such letter that `sender` had."""
    letter = [each for each in office.letters(sender) if each.template == template][-1]
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(sender, f"SV: {letter.subject}", body, headers=headers)


@pytest.mark.parametrize(
    "words",
    [
        "Rapporten kjem neste veke.",
        "Vi ber om utsett frist til 15. februar, for vi har hatt mykje å gjere i haust.",
        "Eg er sjukmeld",
        "Eg er ikkje lenger leiar for nettverket. Ta kontakt med kommunen om kven som tek over.",
        "Det har ikkje vore aktivitet i haust, men rapporten kjem når møtet er halde.",
    ],
)
def test_words_alone_are_no_delivery_until_fousam_says_so(office: Office, words: str) -> None:
    outcome = office.reply(BODIL, words)
    assert (outcome.verdict, outcome.events) == ("suggested", ())
    assert line(office, 2026, "report", "Kreft").punctual == "waiting"
    assert "ikkje registrert noko som levert" in office.text(BODIL)
    assert "Er dette ei levering?" in office.text(FOUSAM)
    assert "sjukmeld" not in office.text(FOUSAM)
    assert office.reply(FOUSAM, "NEI").events == ()
    assert "inga levering frå Kreft" in office.text(FOUSAM)
    assert report_of(office, "Kreft").state == "not_delivered"


def test_words_that_are_a_delivery_count_from_when_they_came(office: Office) -> None:
    office.reply(BODIL, "Kort fortalt: vi heldt kurset i mars, og fagdagen blei flytta.")
    office.at = datetime(2027, 2, 5, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    outcome = answered(office, FOUSAM, "network_question", "JA")
    assert [event for event, _, _ in outcome.events] == ["deliver"]
    first = deliveries_of(report_of(office, "Kreft").kept)[0]
    assert first.at.date() == JANUARY.date()
    assert line(office, 2026, "report", "Kreft").punctual == "in_time"


def test_a_document_goes_to_fousam_who_may_say_that_it_is_none(office: Office) -> None:
    with_file(office, BODIL, "Sjå vedlegg.", "moteplan.pdf", b"%PDF-1.7 plan")
    assert files_in(office, FOUSAM)[:1] == ["moteplan.pdf"]
    outcome = office.reply(FOUSAM, "Nei, dette er møteplanen.")
    assert outcome.events == (("not_a_delivery", "delivered", "not_delivered"),)
    assert line(office, 2026, "report", "Kreft").punctual == "waiting"
    assert "Tida for det tel ikkje" in office.text(BODIL)


def test_fousam_delivers_for_a_network(office: Office) -> None:
    outcome = office.mail(FOUSAM, "Rapport på papir", REPORT.format(network="Kreft"))
    assert [event for event, _, _ in outcome.events] == ["deliver"]
    assert report_of(office, "Kreft").state == "delivered"
    assert "Takk" in office.text(BODIL)


@pytest.mark.parametrize("words", ["Kven har ikkje levert?", "STATUS", "Kven manglar?"])
def test_fousam_asks_who_is_missing(office: Office, words: str) -> None:
    office.reply(BODIL, REPORT.format(network="Kreft"))
    assert office.mail(FOUSAM, "Spørsmål", words).verdict == "answered"
    text = office.text(FOUSAM)
    assert "Manglar (2): Demens, Rehabilitering" in text
    assert "- Kreft: onsdag 20. januar 2027, i tide" in text


def test_a_correction_keeps_the_rest_and_fousam_sees_the_difference(office: Office) -> None:
    number = office.reply(BODIL, REPORT.format(network="Kreft")).request
    office.later(days=1)
    office.reply(BODIL, "Avvik (tal): 4")
    assert "Avvik (tal): 7 → 4" in office.text(FOUSAM)
    last = deliveries_of(request(office, number).kept)[-1].contents
    assert last is not None
    assert (last.deviation_count, len(last.measures), last.bottlenecks) == (4, 2, "For få folk")
    assert office.reply(FOUSAM, "GODKJEND").verdict == "fired"
    assert office.state(number) == "received"


def test_what_is_corrected_after_the_rollup_becomes_a_supplement_by_mail(office: Office) -> None:
    number = office.reply(BODIL, REPORT.format(network="Kreft")).request
    office.reply(FOUSAM, "GODKJEND")
    office.at = datetime(2027, 2, 22, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    assert "cycle rollup" not in office.text(FOUSAM)
    locked = answered(office, FOUSAM, "rollup_draft", "LÅS\nSEND")
    assert [event for event, _, _ in locked.events] == ["lock", "send"]
    office.later(days=1)
    sweep(office.site, office.at)
    outcome = answered(office, BODIL, "rollup_copy", "Avvik (tal): 9")
    assert outcome.events == (("correct", "received", "received"),)
    assert office.reply(FOUSAM, "SEND").verdict == "answered"
    told = [each for each in office.letters(SU) if each.template == "rollup_supplement"]
    assert len(told) == 1
    assert office.state(number) == "received"
    assert view(office.site, 2026).rollup.deviations == 7


def test_flaskehalsar_and_the_fifth_area_reach_su(office: Office) -> None:
    office.reply(BODIL, REPORT.format(network="Kreft"))
    rollup = view(office.site, 2026).rollup
    assert [each.text for each in rollup.bottlenecks] == ["For få folk"]
    assert [(each.section, each.text) for each in rollup.works] == [("training", "Kurs kvar vår")]
    assert rollup.members_unknown == ("Demens", "Kreft", "Rehabilitering")
    assert rollup.uncovered == ()


def test_a_plan_and_a_report_asked_for_at_one_moment_get_a_letter_each(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    office.at = datetime(2027, 1, 10, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    kinds = [
        {each["kind"] for each in letter.variables["extra"]["networks"]}
        for letter in office.letters(ANNA)
        if letter.template == "network_wanted"
    ]
    assert sorted(map(sorted, kinds)) == [["plan"], ["report"]]
