"""A site with eight networks in two areas, nynorsk and bokmål, and mail with documents to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from engine.app.routine_files import described
from engine.domain.area_file import Person, area_of
from engine.domain.networks.network import DEPUTY, LEADER
from engine.domain.networks.rollup import Rollup, from_record
from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import MailOutcome
from engine.service.networks import setting_up as service
from engine.service.networks.areas import set_up
from engine.service.networks.rollup import view
from engine.service.time.sweep import sweep
from engine.store.contacts import people, register
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import new_office
from tests.integration.test_cycle_own_area import AREA as INNLANDET
from tests.unit.docx_cases import document, paragraph

FONNA, SI = "helse-fonna", "innlandet"
ANNA, BODIL, CATO = "anna@karmoy.example", "bodil@fonna.example", "cato@haugesund.example"
DEPUTY_OF_RUS = "rus@stord.example"
DAG, EVA, FINN = "dag@si.example", "eva@lillehammer.example", "finn@hamar.example"
FOUSAM, FAGRAD = "fousam@fonna.example", "fagrad@innlandet.example"
SU, UTVALG = "su@fonna.example", "utvalg@innlandet.example"
SEATS = (
    (FONNA, "Hjarte", (ANNA, "1149"), ("nest@fonna.example", "fonna")),
    (FONNA, "Lunge", (ANNA, "1149"), ("nest@fonna.example", "fonna")),
    (FONNA, "Rus", (BODIL, "fonna"), (DEPUTY_OF_RUS, "4614")),
    (FONNA, "Barn", (CATO, "1106"), ("barn@fonna.example", "fonna")),
    (SI, "Slag", (DAG, "si"), ("slag@hamar.example", "3403")),
    (SI, "Diabetes", (DAG, "si"), ("slag@hamar.example", "3403")),
    (SI, "Rehabilitering", (EVA, "3405"), ("rehab@si.example", "si")),
    (SI, "Demens", (FINN, "3403"), ("demens@si.example", "si")),
)


class Year:
    """The site, its people, and the day."""

    def __init__(self, folder: Path) -> None:
        self.office = new_office(folder)
        self.sent = 0
        site, at = self.office.site, datetime(2026, 12, 20, 8, tzinfo=UTC)
        self.office.at = at
        set_up(site, described(FONNA), at, examples=False)
        set_up(site, area_of(tomllib.loads(INNLANDET), "a.toml"), at, examples=False)
        with site.database.transaction() as tx:
            people.add_domain(tx, "fonna.example", "fonna")
            for party, duty, email in (
                (FONNA, "fousam", FOUSAM), (FONNA, "su", SU),
                (SI, "fousam", FAGRAD), (SI, "su", UTVALG),
            ):  # fmt: skip
                register.add_contact(
                    tx, party_id=party, duty=duty, email=email, name="",
                    valid_from=date(2016, 1, 1),
                )  # fmt: skip
        for area, name, leader, deputy in SEATS:
            service.add(site, name, at, area=area, decided_on=date(2015, 1, 1))
            for duty, (email, place) in ((LEADER, leader), (DEPUTY, deputy)):
                service.seat(site, name, Person(email=email, organisation=place), at, duty=duty)
        for area in (FONNA, SI):
            service.priority(site, 2026, ["Tidlig innsats", "Digitalt"], area=area)
        self.day("2027-01-04")

    def day(self, text: str) -> None:
        """Each morning up to the day."""
        until = datetime.fromisoformat(f"{text}T08:00:00+00:00")
        while self.office.at < until:
            self.office.at = min(self.office.at + timedelta(days=1), until)
            found = sweep(self.office.site, self.office.at)
            assert not found.faults, found.faults

    def mail(
        self,
        sender: str,
        body: str,
        *,
        to: str = "",
        about: str = "",
        files: Sequence[tuple[str, bytes]] = (),
        subject: str = "Rapport",
    ) -> MailOutcome:
        """What `sender` writes, in answer to the newest letter made from `to`."""
        self.sent += 1
        self.office.at += timedelta(minutes=1)
        headers = ""
        if to:
            rows = [row for row in self.office.letters(sender) if row.template == to]
            rows = [row for row in rows if about in self.said(row)]
            headers = f"In-Reply-To: {rows[-1].message_id}\r\n"
            subject = f"SV: {rows[-1].subject}"
        raw = self.office.raw(sender, subject, body, headers=headers)
        if files:
            raw = with_files(raw, files)
        return self.office.take(raw)

    def said(self, row: LetterRow) -> str:
        """The letter as it is read."""
        return self.office.site.letters.text(envelope_of(row))

    def text(self, receiver: str) -> str:
        """The newest letter to them."""
        return self.office.text(receiver)

    def rollup(self, area: str) -> Rollup:
        """The area's roll-up, as it was locked once it is."""
        return view(self.office.site, 2026, area).rollup

    def supplements(self, receiver: str) -> list[Rollup]:
        """The supplements that SU has had, oldest first."""
        rows = [r for r in self.office.letters(receiver) if r.template == "rollup_supplement"]
        return [from_record(row.variables["extra"]) for row in rows]


def with_files(raw: bytes, files: Iterable[tuple[str, bytes]]) -> bytes:
    """The mail with the documents attached."""
    mail = message_from_bytes(raw, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    for name, content in files:
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    return bytes(mail)


def told(rollup: Rollup) -> dict[str, tuple[object, ...]]:
    """Each network: how it stands, what became of its measures, its deviations."""
    return {
        line.name: (
            line.standing,
            tuple((line.measures or {}).get(o, 0) for o in ("done", "partly", "not_done"))
            if line.measures is not None
            else None,
            line.deviations,
        )
        for line in rollup.lines
    }


def control(text: str) -> str:
    """A content control of Word with what was written in it, or its prompt."""
    if not text:
        return (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>"
            "Klikk her for å skrive</w:t></w:r></w:sdtContent></w:sdt>"
        )
    return (
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>"
        f"{text}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def filled(rows: Iterable[tuple[str, str]]) -> bytes:
    """A form with a content control in the cell beside each label."""
    lines = "".join(
        f"<w:tr><w:tc>{paragraph(label)}</w:tc><w:tc><w:p>{control(value)}</w:p></w:tc></w:tr>"
        for label, value in rows
    )
    return document(paragraph("Årsrapport for faglige nettverk") + f"<w:tbl>{lines}</w:tbl>")


def cell(text: str, mark: str = "") -> str:
    properties = f"<w:tcPr>{mark}</w:tcPr>" if mark else ""
    return f"<w:tc>{properties}{paragraph(text)}</w:tc>"


def merged() -> bytes:
    """Three measures in a table whose area of the first two is one cell over both rows."""
    down, over = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
    rows = (
        cell("Tiltak") + cell("Satsingsområde") + cell("Status"),
        cell("Felles kurs") + cell("Tidlig innsats", over) + cell("Gjennomført"),
        cell("Hospitering") + cell("", down) + cell("Påbegynt"),
        cell("Ny brosjyre") + cell("Digitalt") + cell("Ikke gjennomført"),
    )
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return document(
        paragraph("Nettverk: Rehabilitering")
        + paragraph("Rapport for år: 2026")
        + f"<w:tbl>{table}</w:tbl>"
        + paragraph("Avvik (tall): 12, derav 2 alvorlige")
        + paragraph("Flaskehalser: Lang ventetid mellom sykehus og kommune")
    )
