"""Over fifty mails from a proved sender, each made to cost much: what they say is of no account."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

HTML: Final = "Content-Type: text/html; charset=utf-8\n"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def page(inner: str) -> tuple[str, str]:
    return HTML, f"<html><body>{inner}</body></html>"


def styled(style: str, inner: str) -> tuple[str, str]:
    return HTML, f"<html><head><style>{style}</style></head><body>{inner}</body></html>"


def parts(*each: str) -> tuple[str, str]:
    return "Content-Type: multipart/mixed; boundary=b\n", "".join(f"--b\n{p}\n" for p in each)


def attached(name: str, kind: str, content: bytes) -> tuple[str, str]:
    coded = base64.encodebytes(content).decode()
    head = f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment\n'
    return parts(
        "Content-Type: text/plain\n\nVedlagt.\n",
        f"{head}Content-Transfer-Encoding: base64\n\n{coded}",
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        for name, content in files.items():
            whole.writestr(name, content)
    return out.getvalue()


def document(inner: str) -> bytes:
    whole = f"<w:document {_W}><w:body>{inner}</w:body></w:document>"
    return zipped({"word/document.xml": whole.encode()})


def word(inner: str) -> tuple[str, str]:
    return attached("skjema.docx", DOCX, document(inner))


def nested(depth: int) -> tuple[str, str]:
    first, *rest = [f"Content-Type: multipart/mixed; boundary=b{n}\n" for n in range(depth)]
    inner = "".join(f"--b{n}\n{head}\n" for n, head in enumerate(rest))
    return first, f"{inner}--b{depth - 1}\n\nHei\n"


def declared(charset: str, text: str) -> tuple[str, str]:
    return f"Content-Type: text/plain; charset={charset}\n", text


TEXT: Final = "Content-Type: text/plain; charset=utf-8\n"
ENTITIES: Final = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMB: Final = f'<!DOCTYPE w [<!ENTITY a0 "x">{ENTITIES}]><w:document {_W}>&a11;</w:document>'
VARIABLES: Final = "".join(f"--v{n}:{f'var(--v{n - 1})' * 20};" for n in range(1, 50))

MAILS: Final[dict[str, tuple[str, str]]] = {
    "combining marks on one letter": (TEXT, "a" + "\u0301\u0323" * 100_000),
    "combining marks out of order": (TEXT, "a" + "\u0301" * 90_000 + "\u0323" * 90_000),
    "combining marks in a label": (TEXT, "M" + "\u0315\u0323" * 50_000 + "ål: x\n"),
    "combining marks in a form": (TEXT, ("Mål: a" + "\u0301\u0323" * 2_000 + "\n") * 50),
    "combining marks in a page": page("a" + "&#769;&#803;" * 40_000),
    "combining marks in the subject": ("Subject: a" + "\u0301\u0323" * 20_000 + "\n", "Hei"),
    "combining marks in a name": (
        'From: "a' + "\u0301\u0323" * 20_000 + '" <elaering@ahus.example>\n',
        "Hei",
    ),
    "long own words": (TEXT, "Kurset er bra, men modul to mangler en prøve. " * 11_000),
    "long own words in lines": (TEXT, "Kurset er bra, men modul to er lang.\n" * 14_000),
    "one long own word": (TEXT, "å" * 500_000),
    "questions": (TEXT, "Hvorfor ikke? " * 35_000),
    "own words beside commands": (TEXT, "GODTATT hvis dere fikser punkt 3\n" * 15_000),
    "commands alone": (TEXT, "GODTATT\n" * 60_000),
    "points": (TEXT, "".join(f"{n}. MANGLER: noe\n" for n in range(30_000))),
    "labels": (TEXT, "Mål: a\nInnhold: b\nMålgrupper: c\n" * 20_000),
    "quote marks": (TEXT, "> " * 200_000 + "hei\n"),
    "attributions": (TEXT, "Den 1. mars 2026 kl. 10:00 skrev Kursdeling <k@x.example>:\n" * 8_000),
    "an attribution without an end": (TEXT, "Den 1. mars 2026 skrev " * 20_000),
    "heads of other programs": (TEXT, "Fra: a\nSendt: b\nTil: c\nEmne: d\n" * 15_000),
    "rows of underscores": (TEXT, ("_" * 60 + "\n") * 8_000),
    "wrapped links": (TEXT, "https://urldefense.com/v3/__a__;a" * 15_000),
    "links in links": (TEXT, "<https://x.example/?url=" * 20_000),
    "addresses": (TEXT, "a.b@" * 120_000),
    "armour": (TEXT, "-----BEGIN PGP MESSAGE-----\n" * 18_000),
    "uuencoded files": (TEXT, "begin 644 a\nM\n" * 30_000),
    "blanks before line ends": (TEXT, (" \t" * 2_000 + "x\n") * 120),
    "soft breaks": ("Content-Transfer-Encoding: quoted-printable\n", "=" + " \t" * 250_000 + "x"),
    "utf-7": declared("utf-7", "+AGE-" * 100_000),
    "iso-2022": declared("iso-2022-jp", "\x1b$B\x1b(B" * 80_000),
    "hz": declared("hz", "~{~}" * 120_000),
    "a charset without an end": declared("x" * 300_000, "Hei"),
    "nested parts": nested(900),
    "a boundary in one line": (
        "Content-Type: multipart/mixed; boundary=b\n",
        "--b\n\nhei\n" + "--b" * 160_000,
    ),
    "many pages": parts(*[f"{HTML}\n<p style='background:a{' ' * 2_000}'>a"] * 150),
    "rules and tags": styled(
        "".join(f".a{n} b, p > i:not(.c{n}) {{color: #ff{n % 10}}}" for n in range(3_000)),
        "<p class='a1 a2'><i>a</i></p>" * 10_000,
    ),
    "open brackets in a style": styled("a{b:" + "calc(" * 60_000 + "}" + "/*" * 60_000, "<p>hei"),
    "tables in tables": page("<table><tr><td>" * 20_000 + "hei"),
    "entities": page("&amp" * 60_000 + "&#x" * 40_000 + "&" * 100_000),
    "a document of entities": attached(
        "skjema.docx", DOCX, zipped({"word/document.xml": BOMB.encode()})
    ),
    "a document of nested rows": word("<w:tbl><w:tr><w:tc>" * 30_000),
    "a document that unpacks to much": word("<w:p><w:r><w:t>Mål: a</w:t></w:r></w:p>" * 400_000),
    "a zip of zeros": attached("kurs.zip", "application/zip", zipped({"a": bytes(60_000_000)})),
    "compressed a hundred times": attached(
        "a.gz", "application/gzip", zlib.compress(bytes(30_000_000))
    ),
    "a header of comments": (
        "X-Mailer: " + "(" * 100_000 + "\nReferences: " + "<a@b> " * 50_000 + "\n", "Hei"
    ),
    "a type of parameters": ("Content-Type: text/plain" + '; a*0*="b\\""' * 30_000 + "\n", "Hei"),
    "coded words": ("Subject: " + "=?utf-8?b?w6U=?=\n " * 20_000 + "x\n", "Hei"),
    "siblings": styled(
        "".join(f"p ~ .a{n} + p, .a{n} > p {{color: #ff{n % 10}}}" for n in range(1_500)),
        "<p class='a1 a2'>a" * 20_000,
    ),
    "conditions": styled(
        "".join(f"@media (min-width:{n}px) {{.a{n % 9} {{color: red}}}}" for n in range(1_900)),
        f"<p class='{' '.join(f'a{n}' for n in range(9))}'>a" * 12_000,
    ),
    "blocks in blocks": styled(".a {color: red; & .b, & .c " * 3_000, "<p class='a b c'>a" * 5_000),
    "variables in variables": page(f"<p style='{VARIABLES}'>a" * 150),
    "selectors in selectors": styled((":not(:is(" * 90 + "{color: red}") * 100, "<p>a" * 5_000),
    "a tag of values": page("<p " + "a='\"' b=\"'\" " * 15_000 + ">hei"),
    "tags of open values": page("<p a=\"='='" * 30_000),
    "table cells without tables": page("<td><th><tr><li><dd><dt><p>" * 8_000),
    "comments for one program": page("<!--[if mso]><style>a{color:red}<style><![endif]-->" * 7_000),
    "answers below every line": (TEXT, "> Takk for skjemaet.\nGODTATT\n1) 45 minutter\n" * 12_000),
    "a header of other names": (
        "Authentication-Results: " + "(" * 30_000 + ")" * 30_000 + "\n"
        + 'Authentication-Results: "mx.kursdeling.example" (x); dmarc=pass\n' * 2_000,
        "Hei",
    ),
}  # fmt: skip
