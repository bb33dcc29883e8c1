"""Mail as gateways and programs really write it: parts, encodings, tags and addresses."""

from __future__ import annotations

import sys
from base64 import encodebytes

import pytest

from engine.domain.register.mail_domains import in_ascii, known_form
from engine.intake.automatic.bounce_text import failures
from engine.intake.files import opaque
from engine.intake.mail import read
from engine.intake.reading import IntakeRules, Reading
from engine.intake.subject import tokens, without_tags

SERVER = "mx.kursdeling.example"
RULES = IntakeRules(trusted_servers=(SERVER,))
FROM = "From: redaksjon@kslaring.example\n"
HEAD = "To: deling@kursdeling.example\nSubject: SV: Sak [KD-2026-0001.7K2Q9M4D]\n"


def reading(rest: str | bytes, sender: str = FROM) -> Reading:
    more = rest.encode() if isinstance(rest, str) else rest
    return read((sender + HEAD).encode() + more, RULES)


@pytest.mark.parametrize(
    "encoding",
    ["quoted-printable;", "Quoted-Printable (from a gateway)", "(x) quoted-printable",
     '"quoted-printable"',
     "quoted-printable; charset=utf-8"],
)  # fmt: skip
def test_an_encoding_is_known_whatever_stands_around_its_name(encoding: str) -> None:
    mail = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    assert reading(mail + "l=C3=A6ring").text == "læring\n"
    coded = mail.replace("quoted-printable", "base64").replace("Quoted-Printable", "BASE64")
    assert reading(coded + "bMOmcmluZw==").text == "læring\n"


def test_blanks_behind_a_soft_break_are_a_gateways() -> None:
    mail = "Content-Transfer-Encoding: quoted-printable\n\nl=c3=a6re =  \np=c3=a5 nytt = \t\nog="
    assert reading(mail).text == "lære på nytt og\n"


def test_a_flowed_line_is_joined_with_or_without_its_blank() -> None:
    said = "\n\nhttps://www.kslaring.no/course? \nid=4711\n"
    kind = "Content-Type: text/plain; format=flowed"
    assert reading(f"{kind}; DelSp=yes{said}").text == "https://www.kslaring.no/course?id=4711\n"
    assert reading(kind + said).text == "https://www.kslaring.no/course? id=4711\n"


def test_utf_7_is_a_charset_where_the_mail_says_so() -> None:
    assert reading("Content-Type: text/plain; charset=utf-7\n\nl+AOY-ring").text == "læring\n"
    assert reading("\nl+AOY-ring").text == "l+AOY-ring\n"


def test_a_text_with_a_name_is_the_text_where_there_is_no_other() -> None:
    named = 'Content-Type: text/plain; name="melding.txt"\n\nGODTATT\n'
    assert reading(named).own_text == "GODTATT"
    both = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHei\n--b\n" + named + "--b--\n"
    assert (reading(both).text, reading(both).attachments[0].name) == ("Hei\n", "melding.txt")
    two = f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{named}--b\n{named}--b--\n"
    assert (reading(two).text, len(reading(two).attachments)) == ("GODTATT\n", 1)
    only = named.replace("\n\n", "\nContent-Disposition: attachment; filename=a.txt\n\n")
    assert reading(only).text.strip() == ""


HTML = "Content-Type: text/html\n\n<p>GODTATT</p>\n"
PICTURE = "Content-Type: image/png\nContent-Disposition: inline; filename=l.png\n\nx\n"


@pytest.mark.parametrize("kind", ["related", "mixed"])
@pytest.mark.parametrize("plain_last", [False, True])
def test_of_alternatives_one_branch_is_text_and_the_others_only_have_files(
    kind: str, *, plain_last: bool
) -> None:
    plain = "--b\nContent-Type: text/plain\n\nGODTATT\n"
    other = (
        f"--b\nContent-Type: multipart/{kind}; boundary=c\n\n--c\n{HTML}--c\n{PICTURE}--c\n"
        f"{HTML}--c--\n"
    )
    parts = other + plain if plain_last else plain + other
    found = reading(f"Content-Type: multipart/alternative; boundary=b\n\n{parts}--b--\n")
    assert found.text == "GODTATT\n"
    assert [each.name for each in found.attachments] == ["l.png"]


def test_html_counts_where_the_plain_text_is_blank() -> None:
    blank = "--b\nContent-Type: text/plain\n\n \n"
    other = f"--b\nContent-Type: multipart/related; boundary=c\n\n--c\n{HTML}--c\n{PICTURE}--c--\n"
    found = reading(f"Content-Type: multipart/alternative; boundary=b\n\n{blank}{other}--b--\n")
    assert (found.own_text, len(found.attachments)) == ("GODTATT", 1)


def coded(tag: int, value: bytes) -> bytes:
    size = len(value).to_bytes(2, "big")
    return bytes([tag, 0x82]) + size + value


SIGNED, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")


def signed(inner: bytes, *, in_pieces: bool = False) -> bytes:
    pieces = b"".join(coded(0x04, inner[i : i + 9]) for i in range(0, len(inner), 9))
    octets = coded(0x24, pieces) if in_pieces else coded(0x04, inner)
    held = coded(0x30, DATA + coded(0xA0, octets))
    rest = b"\x02\x01\x01" + coded(0x31, b"") + held + coded(0x31, b"")
    return coded(0x30, SIGNED + coded(0xA0, coded(0x30, rest)))


def endless(inner: bytes) -> bytes:
    """As programs write it that don't know the length beforehand."""
    octets = b"\x24\x80" + coded(0x04, inner[:5]) + coded(0x04, inner[5:]) + b"\x00\x00"
    held = b"\x30\x80" + DATA + b"\xa0\x80" + octets + b"\x00\x00\x00\x00"
    inside = b"\x02\x01\x01" + coded(0x31, b"") + held + coded(0x31, b"")
    return b"\x30\x80" + SIGNED + b"\xa0\x80\x30\x80" + inside + b"\x00\x00" * 3


INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nGODTATT\r\n"


@pytest.mark.parametrize("sealed", [signed(INNER), signed(INNER, in_pieces=True), endless(INNER)])
def test_the_words_inside_a_signature_are_read(sealed: bytes) -> None:
    head = (
        b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
        b"Content-Transfer-Encoding: base64\n\n"
    )
    found = reading(head + encodebytes(sealed))
    assert (found.own_text, found.notes) == ("GODTATT", ("signed:smime",))


def test_what_is_encrypted_or_damaged_holds_no_words() -> None:
    whole = signed(INNER)
    assert opaque.signed_content(whole.replace(SIGNED, SIGNED[:-1] + b"\x03")) is None
    for cut in range(len(whole) - len(INNER)):
        opaque.signed_content(whole[:cut])
    assert opaque.signed_content(b"") is None


def test_outlooks_own_wrapping_is_told_as_such() -> None:
    found = reading("Content-Type: application/ms-tnef; name=winmail.dat\n\nx")
    assert found.notes == ("wrapped:application/ms-tnef",)


@pytest.mark.parametrize(
    "sender",
    ["redaksjon@xn--lring-sra.example", "redaksjon@læring.example", "redaksjon@LÆRING.example",
     "Redaksjonen <redaksjon@XN--LRING-SRA.example>", "redaksjon@la\u0308ring.example"],
)  # fmt: skip
@pytest.mark.parametrize("told", ["xn--lring-sra.example", "læring.example"])
def test_a_domain_is_one_in_whichever_form_it_is_written(sender: str, told: str) -> None:
    vouched = f"Authentication-Results: {SERVER}; dmarc=pass header.from={told}\n"
    found = reading(vouched + "\nGODTATT", f"From: {sender}\n")
    another = "la\u0308" in sender
    assert found.sender == f"redaksjon@l{'ä' if another else 'æ'}ring.example"
    assert found.aligned is not another


def test_a_letter_of_another_alphabet_is_shown_as_what_it_is() -> None:
    assert known_form("a@ks.ex\u0430mple") == "a@ks.xn--exmple-4nf"
    assert known_form("a@ks.xn--exmple-4nf") == "a@ks.xn--exmple-4nf"
    assert known_form("A@Straße.example ") == "a@straße.example"
    assert in_ascii("straße.example") == "straße.example"
    assert (known_form("KS.NO"), known_form("xn--\x00.no")) == ("ks.no", "xn--\x00.no")


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("[EKSTERN] Automatisk svar: Sak", "Automatisk svar: Sak"),
        ("[EKSTERN] [KD-2026-0001.7K2Q9M4D]", "[KD-2026-0001.7K2Q9M4D]"),
        ("SV: [Ekstern e-post] Lest: Sak", "SV: Lest: Sak"),
        ("EKSTERN: SV: Sak", "SV: Sak"),
        ("*** EXTERNAL *** Undeliverable: Sak", "Undeliverable: Sak"),
        ("(Ext) Sak", "Sak"),
        ("[CAUTION: EXTERNAL] Sak", "Sak"),
        ("Ekstern sensur: et kurs", "Ekstern sensur: et kurs"),
        ("Deling til KS Læring: Ekstern", "Deling til KS Læring: Ekstern"),
        ("[KD-2026-0001.7K2Q9M4D] Sak", "[KD-2026-0001.7K2Q9M4D] Sak"),
    ],
)
def test_a_gateways_tag_is_no_part_of_a_subject(subject: str, left: str) -> None:
    assert without_tags(subject) == left
    assert tokens(without_tags(subject)) == tokens(subject)


BANNER = "EKSTERN: Denne e-posten kommer fra en avsender utenfor organisasjonen.\n\n"


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("[EKSTERN] Automatisk svar: Sak", "Takk for din henvendelse."),
        ("SV: Sak", "👍 Kari Nordmann reagerte på meldingen din:"),
        ("[EXTERNAL] Lest: Sak", "Meldingen ble lest 1. september 2026."),
        ("Sak", "Dette er en automatisk e-post, som ikke kan besvares."),
    ],
)
def test_machines_are_known_below_our_own_gateways_tag_and_banner(subject: str, said: str) -> None:
    mail = f"From: a@b.example\nTo: c@d.example\nSubject: {subject}\n\n{BANNER}{said}\n"
    assert read(mail.encode(), RULES).kind == "automatic"


def test_a_persons_answer_through_an_alias_is_a_persons() -> None:
    assert reading("X-Loop: redaksjon@kslaring.example\n\nGODTATT").kind == "person"
    new = "From: a@b.example\nSubject: Nytt\nX-Loop: a@b.example\n\nNyhetsbrev"
    assert read(new.encode(), RULES).kind == "bulk"


@pytest.mark.parametrize("path", ["Return-Path: <>\n", ""])
def test_what_a_server_returns_with_re_in_front_is_a_bounce(path: str) -> None:
    mail = f"{path}From: post@b.example\nSubject: Re: Sak\n\nKunne ikke levere: 550 5.1.1 ukjent"
    assert read(mail.encode(), RULES).kind == ("bounce" if path else "person")


def test_the_library_of_bounces_says_nothing_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def process(self, _: object) -> None:
            raise ValueError("said by the library")

    assert failures(b"Subject: x\n\nx") == ((), ())
    monkeypatch.setattr(sys.modules["flufl.bounce._scan"], "_DETECTORS", [Broken])
    assert failures(b"Subject: x\n\nx") == ((), ())
    assert capfd.readouterr().err == ""
