"""Five hundred mails as people send them: three hundred new requests, two hundred replies.

Every third has an HTML part beside its text, every fifth an attachment of 20 kB; they come mixed,
three new ones to two replies, and are the same bytes in every run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from itertools import cycle, islice, product
from random import Random
from typing import Final

from msgspec import Struct

OURS: Final = "kursdeling@kursdeling.example"
SERVER: Final = "mx.kursdeling.example"
PLATFORM: Final = "kslaring@ks.example"
NEW, REPLIES = 300, 200
MIXED: Final = (True, True, False, True, False)
"""Whether a mail is a new request, over and over."""
WITH_HTML, WITH_FILE = 3, 5
FILE_BYTES: Final = 20_000
TRUSTS: Final = {
    "si": "Sykehuset Innlandet",
    "ahus": "Akershus universitetssykehus",
    "ous": "Oslo universitetssykehus",
    "siv": "Sykehuset i Vestfold",
    "so": "Sykehuset Østfold",
    "vv": "Vestre Viken",
}
_THEMES: Final = (
    "Fallforebygging", "Smittevern", "Legemiddelhåndtering", "Ernæring", "Sårbehandling",
    "Demens", "Palliasjon", "Hjerneslag", "Diabetes", "Kols", "Forflytning", "Munnstell",
    "Delirium", "Rusmidler", "Samtykke", "Triage", "Rehabilitering", "Kommunikasjon",
    "Observasjon", "Epilepsi", "Hjertesvikt", "Blodprøver", "Inkontinens", "Psykisk helse", "Søvn",
)  # fmt: skip
_PLACES: Final = (
    "i sykehjem", "i hjemmetjenesten", "på legevakt", "i barnehage", "på sengepost",
    "i omsorgsbolig", "på helsestasjon", "i akuttmottak", "på dagsenter", "i ambulanse",
    "for nyansatte", "for vikarer", "for ledere", "for studenter", "for pårørende",
    "i praksis", "om natten", "på barneavdeling", "på poliklinikk", "i fengsel",
)  # fmt: skip


class Thread(Struct, frozen=True, kw_only=True):
    """One of our letters to KS Læring, which a reply answers."""

    message_id: str
    subject: str
    """With the mark that its system knows the matter by."""
    text: str
    """What the letter said, as the reply quotes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One generated mail."""

    raw: bytes
    new: bool
    """Whether it opens a request; otherwise it says «mottatt» about one."""


def owner_of(trust: str) -> str:
    """The address of the e-learning duty at the trust."""
    return f"elaering@{trust}.example"


def courses(first: int, count: int) -> Iterator[tuple[str, dict[str, str]]]:
    """(trust, complete form as label → text) of courses `first` and on; no two are alike."""
    names = islice(zip(cycle(TRUSTS), product(_PLACES, _THEMES), strict=False), first, None)
    for n, (trust, (place, theme)) in enumerate(islice(names, count), start=first):
        yield (
            trust,
            {
                "Fullt navn på kurset": f"{theme} {place}",
                "Kursets kortnavn": f"{trust.upper()}-{n:03d}",
                "Studiekategori": "Helse og velferd",
                "Dato for studiestart": "1.3.2027",
                "Opprett hjemmeside": "JA",
                "Mål": f"Etter kurset kan deltakeren det viktigste om {theme.lower()}.",
                "Innhold": "Tre moduler, to filmer og en test til slutt.",
                "Målgrupper": "Helsefagarbeidere, sykepleiere og vernepleiere",
                "Kurssammendrag": f"Et kort kurs om {theme.lower()} {place}, med oppgaver.",
                "Forutsetninger": "Ingen",
                "Produsert av": f"Testperson Alfa, fagsykepleier, Med. avdeling, {TRUSTS[trust]}",
                "Tidsbruk": "45 min",
                "Kurskoordinator": "e-læringsansvarlig",
                "Unntak": "Fagmiljøet er nedlagt",
            },
        )


def generated(threads: Sequence[Thread], at: datetime) -> list[Mail]:
    """All mails in the order in which they come; `threads` are answered once each, in order."""
    assert len(threads) == REPLIES
    drawn = Random("the mails of the bench")  # noqa: S311 – the same bytes each time, no secrets
    openings = courses(0, NEW)
    answered = iter(threads)
    found = []
    for n, (_, is_new) in enumerate(zip(range(NEW + REPLIES), cycle(MIXED), strict=False)):
        mail = _opening(*next(openings)) if is_new else _reply(next(answered))
        _finish(mail, n, at + timedelta(seconds=n), drawn)
        found.append(Mail(raw=mail.as_bytes(), new=is_new))
    assert sum(mail.new for mail in found) == NEW
    return found


def _opening(trust: str, form: dict[str, str]) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"E-læring {TRUSTS[trust]} <{owner_of(trust)}>"
    mail["Subject"] = f"Deling til KS Læring: {form['Fullt navn på kurset']}"
    lines = (f"{label}: {text}" for label, text in form.items())
    mail.set_content(
        "Hei!\n\nHer er et kurs som vi gjerne deler.\n\n"
        + "\n".join(lines)
        + f"\n\nMed vennlig hilsen\nE-læring\n{TRUSTS[trust]}\n"
    )
    return mail


def _reply(thread: Thread) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"KS Læring <{PLATFORM}>"
    mail["Subject"] = f"SV: {thread.subject}"
    mail["In-Reply-To"] = thread.message_id
    mail["References"] = thread.message_id
    quoted = "\n".join(f"> {line}" for line in thread.text.splitlines())
    mail.set_content(
        "Mottatt\n\nMed vennlig hilsen\nKS Læring\n\n"
        f"man. 7. sep. 2026 kl. 10:00 skrev Kursdeling <{OURS}>:\n{quoted}\n"
    )
    return mail


def _finish(mail: EmailMessage, n: int, at: datetime, drawn: Random) -> None:
    domain = str(mail["From"]).rpartition("@")[2].rstrip(">")
    vouched = f"{SERVER}; spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}"
    mail["Authentication-Results"] = vouched
    mail["To"] = f"Kursdeling <{OURS}>"
    mail["Message-ID"] = f"<bench.{n}@{domain}>"
    mail["Date"] = at
    if n % WITH_HTML == 0:
        lines = escape(mail.get_content()).splitlines()
        mail.add_alternative(
            f"<html><body><p>{'<br>'.join(lines)}</p></body></html>\n", subtype="html"
        )
    if n % WITH_FILE == 0:
        mail.add_attachment(
            b"%PDF-1.7\n" + drawn.randbytes(FILE_BYTES - 9),
            maintype="application",
            subtype="pdf",
            filename="kursbeskrivelse.pdf",
        )
