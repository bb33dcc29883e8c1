"""The register looks after itself: what is wrong with it, and «stemmer dette?» once a year."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.domain.register.absence import Absence
from engine.errors import KursdelingError, NotFoundError
from engine.service.deliver import deliver
from engine.service.register import absence, contacts, domains
from engine.service.register.contact_check import Fault, checked
from engine.service.register.contacts import Holder
from engine.service.time.sweep import sweep
from engine.service.upkeep.health import examined
from engine.store.contacts import register
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import AT, COORDINATOR, LIAISON, OURS, OWNER, PLATFORM, Office
from tests.integration.office import new_office as office_in

TODAY = AT.date()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_in(tmp_path / "site")


def found(office: Office, day: date = TODAY) -> list[Fault]:
    with office.site.database.reading() as tx:
        return list(checked(office.site, tx, day))


def kinds(office: Office, day: date = TODAY) -> list[tuple[str, str, str]]:
    return [(each.kind, each.party, each.duty) for each in found(office, day)]


def join(
    office: Office,
    party: str,
    duty: str,
    email: str,
    *,
    since: date = date(2016, 1, 1),
    until: date | None = None,
) -> None:
    with office.site.database.transaction() as tx:
        register.add_period(
            tx,
            party_id=party,
            duty=duty,
            email=email,
            valid_from=since,
            valid_until=until,
        )


def asked(office: Office) -> list[LetterRow]:
    return [row for row in office.letters() if row.template == "register_confirm"]


def year_later(office: Office, days: int = 366) -> int:
    """How many are asked by the sweeps of that day."""
    office.later(days=days)
    number = sweep(office.site, office.at).asked
    deliver(office.site, office.at)
    return number


def test_a_register_that_hangs_together_has_no_faults(office: Office) -> None:
    assert kinds(office) == []


def test_a_fixed_duty_without_holder_is_found(office: Office) -> None:
    contacts.end(office.site, PLATFORM, office.at)
    contacts.end(office.site, COORDINATOR, office.at)
    assert kinds(office) == [
        ("no_holder", "", "coordinator"),
        ("no_holder", "ks-laering", "ks_laering"),
    ]


def test_a_duty_that_an_open_request_needs_is_found_and_no_longer_once_it_is_closed(
    office: Office,
) -> None:
    number = office.open()
    contacts.end(office.site, LIAISON, office.at)
    assert kinds(office) == [("no_holder", "si", "cooperation_unit")]
    office.mail(OWNER, f"Om {number}", "TREKK")
    assert kinds(office) == []


def test_a_gap_to_come_is_found(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.end_contact(tx, PLATFORM, TODAY + timedelta(days=20))
    assert [each.what for each in found(office)] == [
        "nobody will be KS Læring at ks-laering from 2026-09-28"
    ]
    join(office, "ks-laering", "ks_laering", "ny@ks.example", since=date(2026, 10, 5))
    assert [each.what for each in found(office)] == [
        "nobody will be KS Læring at ks-laering from 2026-09-28 until 2026-10-04"
    ]
    join(office, "ks-laering", "ks_laering", "mellom@ks.example", since=date(2026, 9, 20))
    assert found(office) == []


def test_an_end_far_ahead_is_no_gap_yet(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.end_contact(tx, PLATFORM, TODAY + timedelta(days=200))
    assert found(office) == []
    assert [each.kind for each in found(office, TODAY + timedelta(days=150))] == ["gap"]


def test_a_substitutes_end_is_no_gap(office: Office) -> None:
    days = Absence(since=TODAY, until=date(2026, 9, 15), substitute="vikar@ks.example")
    absence.away(office.site, PLATFORM, days, office.at)
    assert found(office) == []


def test_an_overlap_is_found(office: Office) -> None:
    join(office, "si", "elearning", OWNER, since=date(2026, 1, 1))
    assert kinds(office) == [("overlap", "si", "elearning")]


def test_two_contact_points_at_a_time_are_found(office: Office) -> None:
    join(
        office,
        "si",
        "contact_point",
        "en@si.example",
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )
    join(office, "si", "contact_point", "to@si.example", since=date(2026, 6, 1))
    assert kinds(office) == [("overlap", "si", "contact_point")]


def test_an_address_of_our_own_is_found_and_cannot_be_added(office: Office) -> None:
    with pytest.raises(KursdelingError, match="own_address_taken"):
        contacts.add(office.site, [Holder(party="si", duty="su", email=OURS)], office.at)
    join(office, "si", "su", OURS)
    assert [(each.kind, each.address) for each in found(office)] == [("own_address", OURS)]


def test_an_alias_that_is_somebody_elses_address_is_found(office: Office) -> None:
    holder = Holder(party="ahus", duty="su", email="su@ahus.example", aliases=(OWNER,))
    contacts.add(office.site, [holder], office.at)
    assert [(each.kind, each.address) for each in found(office)] == [("alias_clash", OWNER)]
    assert found(office)[0].what.endswith(f"{OWNER}, su@ahus.example")


def test_a_domain_of_two_parties_is_found(office: Office) -> None:
    for party in ("0301", "4626"):
        domains.changed(office.site, party, ["felles.example"])
    assert [(each.kind, each.address) for each in found(office)] == [
        ("shared_domain", "felles.example")
    ]
    domains.changed(office.site, "4626", ["felles.example"], remove=True)
    assert found(office) == []


def test_past_contacts_are_no_faults(office: Office) -> None:
    join(office, "si", "elearning", OURS, since=date(2020, 1, 1), until=date(2020, 12, 31))
    assert found(office) == []


def test_doctor_tells_what_the_contact_check_finds(office: Office) -> None:
    contacts.end(office.site, PLATFORM, office.at)
    join(office, "si", "su", OURS)
    told = {each.what: each.state for each in examined(office.site, TODAY)}
    assert told["nobody is KS Læring at ks-laering: contact add"] == "warning"
    assert told[f"{OURS} is the site's own address, and is contact 7's too"] == "broken"


def test_domains_are_kept_by_party(office: Office) -> None:
    assert domains.changed(office.site, "Oslo", ["@Oslo.Example"]) == (("0301", "oslo.example"),)
    assert domains.changed(office.site, "0301", ["oslo.example", "b.example"]) == (
        ("0301", "b.example"),
        ("0301", "oslo.example"),
    )
    assert domains.listed(office.site, "oslo")[0] == ("0301", "b.example")
    assert domains.listed(office.site, "4626") == ()


@pytest.mark.parametrize(
    ("party", "domain", "remove"),
    [
        ("0301", "gmail.com", False),
        ("0301", "ingenting", False),
        ("0301", "a@b.example", False),
        ("0301", "aldri.example", True),
        ("Atlantis", "a.example", False),
    ],
)
def test_a_domain_that_cannot_be_is_refused(
    office: Office, party: str, domain: str, remove: bool
) -> None:
    with pytest.raises((KursdelingError, NotFoundError)):
        domains.changed(office.site, party, [domain], remove=remove)
    assert domains.listed(office.site) == ()


def test_nobody_is_asked_before_they_have_been_known_for_a_year(office: Office) -> None:
    assert sweep(office.site, office.at).asked == 0
    assert year_later(office, days=364) == 0
    assert asked(office) == []


def test_each_holder_is_asked_once_a_year_about_everything_we_have(office: Office) -> None:
    join(office, "si", "cooperation_unit", OWNER)
    join(office, "ahus", "su", "annen@ahus.example")
    contacts.add(
        office.site,
        [Holder(party="si", duty="elearning", email=OWNER, aliases=("e@si.example",))],
        office.at,
    )
    sweep(office.site, office.at)
    assert year_later(office) == 7
    office.later(hours=1)
    assert sweep(office.site, office.at).asked == 0
    assert sorted(row.receiver for row in asked(office)).count(OWNER) == 1
    text = office.text(OWNER)
    assert "- e-læringsansvarlig – Sykehuset Innlandet\n" in text
    assert "- samhandlingsenhet – Sykehuset Innlandet\n" in text
    assert "e@si.example" in text


def test_a_yes_confirms_for_a_year(office: Office) -> None:
    sweep(office.site, office.at)
    year_later(office)
    office.later(days=30)
    done = office.reply(OWNER, "JA")
    assert (done.verdict, done.events) == ("answered", ())
    assert "opplysningene om deg stemmer" in office.text(OWNER)
    year_later(office, days=340)
    assert [row.receiver for row in asked(office)].count(OWNER) == 1
    assert [row.receiver for row in asked(office)].count(PLATFORM) == 2
    year_later(office, days=30)
    assert [row.receiver for row in asked(office)].count(OWNER) == 2


@pytest.mark.parametrize(
    "said", ["Jeg har sluttet.", "Ja, men Kari har tatt over.", "JA\nNytt navn: K."]
)
def test_own_words_about_the_register_are_kept_for_the_coordinators(
    office: Office, said: str
) -> None:
    sweep(office.site, office.at)
    year_later(office)
    assert office.reply(OWNER, said).verdict == "remark"
    assert "Koordinatoren leser det" in office.text(OWNER)
    assert year_later(office) == 6


def test_another_general_word_is_answered_as_ever(office: Office) -> None:
    sweep(office.site, office.at)
    year_later(office)
    assert office.reply(OWNER, "SPRÅK: nynorsk").verdict == "answered"
    assert "nynorsk" in office.text(OWNER)


def test_nobody_else_can_confirm_for_a_holder(office: Office) -> None:
    sweep(office.site, office.at)
    year_later(office)
    letter = next(row for row in asked(office) if row.receiver == OWNER)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    office.mail(PLATFORM, "SV", "JA", headers=headers)
    assert year_later(office) == 6


def test_a_large_register_is_not_asked_all_at_once(office: Office) -> None:
    for n in range(30):
        join(office, "si", "su", f"su{n}@si.example")
    sweep(office.site, office.at)
    assert [year_later(office), year_later(office, 0), year_later(office, 0)] == [20, 16, 0]


def test_whoever_has_gone_is_not_asked(office: Office) -> None:
    sweep(office.site, office.at)
    contacts.end(office.site, OWNER, office.at)
    year_later(office)
    assert OWNER not in {row.receiver for row in asked(office)}
