"""Parts, transfer encodings, HTML, links and the digest by which a mail is known again."""

from __future__ import annotations

import base64
import email
from pathlib import Path

import pytest

from engine.intake import IntakeRules, Reading, read
from engine.intake.markup.html import to_text
from engine.intake.markup.links import mended
from engine.intake.mime import tree
from engine.intake.quoting.ownwords import split
from engine.intake.subject import numbers, tokens

MAILS = sorted((Path(__file__).parents[1] / "mail" / "intake").glob("*.eml"))
HEAD = "From: Kari <kari@hf.example>\nTo: x@kd.example\nDate: Sat, 21 Nov 2026 10:00:00 +0100\n"


def reading(text: str) -> Reading:
    return read(text.encode(), IntakeRules())


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_well_formed_mail_has_the_parts_that_the_standard_library_sees(path: Path) -> None:
    raw = path.read_bytes()
    theirs = [
        (part.get_content_type(), part.get_payload(decode=True))
        for part in email.message_from_bytes(raw.replace(b"\r\n", b"\n")).walk()
        if not part.is_multipart() and part.get_content_maintype() != "message"
    ]
    known = {content for kind, content in theirs if kind != "text/plain" or content}
    ours = {part.content() for part in tree(raw)[0].walk() if not part.children}
    if not any(part.type.startswith("message/") for part in tree(raw)[0].walk()):
        assert {c.strip() for c in ours if c} == {bytes(c).strip() for c in known if c}


def test_lines_that_end_in_cr_alone_or_mixed_are_lines() -> None:
    mixed = HEAD.replace("\n", "\r") + "\rGODTATT\r\nTakk\rfor\nsist"
    assert reading(mixed).own_text == "GODTATT\nTakk\nfor\nsist"


def test_an_mbox_line_above_the_headers_is_passed_over() -> None:
    assert reading("From kari@hf.example Sat Nov 21\n" + HEAD + "\nhei").sender == "kari@hf.example"


def test_a_line_that_is_no_header_ends_the_headers() -> None:
    mail = reading(HEAD + "Dette er tekst\nSubject: nei\n\nmer")
    assert mail.subject == ""
    assert mail.own_text.startswith("Dette er tekst")


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("base64", "R09EVEFUVA"),
        ("BASE64", "R09E\nVEFUVA==\n"),
        ("quoted-printable", "GOD=54A=\nTT"),
        ("x-uuencode", "begin 644 x\n'1T]$5$%45\n`\nend"),
        ("7bit", "GODTATT"),
        ("ukjent", "GODTATT"),
    ],
)
def test_every_transfer_encoding_is_read(encoding: str, content: str) -> None:
    assert (
        reading(f"{HEAD}Content-Transfer-Encoding: {encoding}\n\n{content}").own_text == "GODTATT"
    )


def alternatives(plain: str, html: str) -> str:
    return (
        f"{HEAD}Content-Type: multipart/alternative; boundary=a\n\n--a\n"
        f"Content-Type: text/plain\n\n{plain}\n--a\nContent-Type: text/html\n\n{html}\n--a--\n"
    )


def test_plain_text_is_preferred_unless_it_is_blank() -> None:
    assert reading(alternatives("GODTATT", "<p>AVSLUTT</p>")).text.strip() == "GODTATT"
    assert reading(alternatives("  \n", "<p>AVSLUTT</p>")).text.strip() == "AVSLUTT"


def test_alternatives_that_are_neither_plain_text_nor_html_are_attachments() -> None:
    mail = reading(
        f"{HEAD}Content-Type: multipart/alternative; boundary=a\n\n--a\n"
        "Content-Type: application/pdf\n\n%PDF-1\n--a--\n"
    )
    assert (mail.text.strip(), [a.type for a in mail.attachments]) == ("", ["application/pdf"])


def test_letters_made_of_two_signs_and_invisible_ones_are_made_plain() -> None:
    assert reading(HEAD + "\nAVSLA\u030aTT\u200b\u00a0na\u00ad").own_text == "AVSLÅTT na"


def test_html_becomes_the_lines_that_a_person_sees() -> None:
    html = (
        "<html><head><title>x</title><style>p {a:b}</style><script>if (a<b) c</script></head><body>"
        "<!-- nei --><?nei?><!nei><p>Hei &amp; h&aring;<br>der</p><ul><li>en</li><li>to</li></ul>"
        "<table><tr><td>a</td><td>b</td></tr></table>3 < 4<div>slutt</div></body>"
    )
    assert to_text(html) == "Hei & hå\nder\n\n- en\n- to\na\tb\n3 < 4\nslutt\n"


@pytest.mark.parametrize(
    "element",
    [
        '<div style="display: none">NEI</div>',
        "<div style='DISPLAY:NONE !important'>NEI</div>",
        '<span style="visibility:hidden;">NEI</span>',
        '<p style="font-size:0px">NEI</p>',
        '<p style="mso-hide:all"><b>NEI</b></p>',
        '<p style="color:red;opacity:0">NEI</p>',
        "<div hidden>NEI</div>",
        "<template>NEI</template>",
        '<a title="a > b" style="display:none">NEI</a>',
    ],
)
def test_what_html_hides_is_not_read(element: str) -> None:
    assert to_text(f"<p>JA</p>{element}<p>TAKK</p>").split() == ["JA", "TAKK"]


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote type="cite">NEI<p>NEI</p></blockquote>',
        '<div class="gmail_quote"><div class="gmail_attr">NEI</div></div>',
        '<div class="x gmail_quote gmail_quote_container">NEI</div>',
        '<div class="moz-cite-prefix">NEI</div>',
        '<div id="appendonsend"></div><hr><div>NEI</div>',
        '<div id="divRplyFwdMsg" dir="ltr"><b>NEI</b></div><div>NEI</div>',
        '<div id="x_divRplyFwdMsg">NEI</div>',
    ],
)
def test_a_quote_in_html_is_known_by_its_structure(quote: str) -> None:
    text = to_text(f"<div>JA</div>{quote}")
    assert split(text).own == "JA"
    assert "NEI" in split(text).quoted


@pytest.mark.parametrize(
    "opening",
    [
        "<blockquote>",
        '<blockquote style="margin:0 0 0 40px;border:none;padding:0px">',
        '<blockquote style="margin-top:0;margin-bottom:0;margin-left:40px">',
        '<blockquote class="" dir="ltr" style="margin-right: 0px; border-left: none">',
    ],
)
def test_paragraphs_that_the_writer_indented_are_their_own(opening: str) -> None:
    text = to_text(f"<p>MANGLER: dette:</p>{opening}<p>mål</p><p>navn</p></blockquote><p>takk</p>")
    assert split(text).own == "MANGLER: dette:\n\nmål\n\nnavn\n\ntakk"


def test_an_indented_paragraph_below_an_attribution_is_a_quote() -> None:
    text = to_text("<p>JA</p><p>KS Læring skrev:</p><blockquote><p>NEI</p></blockquote>")
    assert split(text).own == "JA"


def test_links_are_what_the_sender_wrote() -> None:
    safe = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2F1&data=05"
    assert mended(f"se {safe} nå") == "se https://x.example/1 nå"
    assert mended("https://x.example/1<https://x.example/1/>") == "https://x.example/1"
    assert mended("kari@x.example<mailto:kari@x.example>") == "kari@x.example"
    shown_otherwise = "https://x.example/1<https://ond.example/1>"
    assert mended(shown_otherwise) == shown_otherwise
    no_target = "https://eur01.safelinks.protection.outlook.com/?url=javascript:1"
    assert mended(no_target) == no_target
    broken = "https://eur01.safelinks.protection.outlook.com/?" + "url=x&" * 60
    assert mended(broken) == broken


BODY = "GODTATT på dagen  \n"


def routed(headers: str, encoding: str, body: str) -> str:
    kind = "Content-Type: text/plain; charset=utf-8"
    whole = f"{headers}{HEAD}Subject: =?utf-8?q?P=C3=A5_tide?=\n{kind}\n"
    return reading(f"{whole}Content-Transfer-Encoding: {encoding}\n\n{body}").digest


def test_one_mail_by_two_routes_has_one_digest_and_other_words_another() -> None:
    first = routed("Received: a\n", "8bit", BODY)
    assert routed("Received: b\nX-Y: z\n", "quoted-printable", "GODTATT p=C3=A5 dagen\r\n") == first
    assert routed("", "8bit", "GODTATT på dagen i dag") != first


def test_the_digest_covers_attachments_but_not_boundaries() -> None:
    def attached(boundary: str, content: str) -> str:
        return reading(
            f"{HEAD}Content-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}\n\nhei\n"
            f"--{boundary}\nContent-Type: application/pdf\n\n{content}\n--{boundary}--\n"
        ).digest

    assert attached("a", "%PDF-1") == attached("b", "%PDF-1")
    assert attached("a", "%PDF-1") != attached("a", "%PDF-2")


def test_wrapped_mail_is_kept_and_noted() -> None:
    mail = reading(HEAD + "Content-Type: application/pkcs7-mime; name=smime.p7m\n\nMII")
    assert mail.notes == ("wrapped:application/pkcs7-mime",)
    assert [a.name for a in mail.attachments] == ["smime.p7m"]
    sealed = HEAD + "Content-Type: multipart/encrypted; boundary=a\n\n--a\n\nx\n--a--\n"
    assert reading(sealed).notes == ("encrypted:multipart/encrypted",)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04..word/document.xml", "wordprocessingml.document"),
        (b"PK\x03\x04..xl/workbook.xml", "spreadsheetml.sheet"),
        (b"PK\x03\x04..annet", "application/zip"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\x00\x01", "application/octet-stream"),
        (b"ren tekst", "application/x-kurs"),
    ],
)
def test_an_attachments_type_is_seen_from_its_content(content: bytes, kind: str) -> None:

    raw = HEAD + "Content-Type: application/x-kurs\nContent-Transfer-Encoding: base64\n\n"
    mail = reading(raw + base64.b64encode(content).decode())
    assert mail.attachments[0].type.endswith(kind)


def test_tokens_and_numbers_of_a_subject() -> None:
    assert tokens("SV: [kd-2026-0001.7k2q9m4d] og [KD-2026-12345. AB12CD34]") == (
        ("KD-2026-0001", "7K2Q9M4D"),
        ("KD-2026-12345", "AB12CD34"),
    )
    assert tokens("[KD-2026-0001] [EKSTERN] [KD-2026-1.7K2Q9M4D]") == ()
    assert numbers("Om KD-2026-0001, kd-2026-0002 og XKD-2026-0003") == (
        "KD-2026-0001",
        "KD-2026-0002",
    )
