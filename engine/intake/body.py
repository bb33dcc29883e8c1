"""What a message says and what is attached to it, gathered from its parts."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from msgspec import Struct

from engine.intake import wrappers
from engine.intake.headers import tidy
from engine.intake.markup import html, links
from engine.intake.mime import MAX_BYTES, Part
from engine.intake.reading import Attachment

MAX_TEXT: Final = 500_000
"""How many characters of one part, and of all together, are read as text."""
MAX_LINE: Final = 20_000
MAX_NAME: Final = 120
MAX_ENDING: Final = 20
_MAGIC: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/x-msdownload"),
)
_OFFICE: Final = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class Body(Struct, frozen=True, kw_only=True):
    """A message's readable text, its attachments, and what could not be read."""

    text: str
    attachments: tuple[Attachment, ...]
    notes: tuple[str, ...]


def gather(root: Part) -> Body:
    """Return the text and the attachments of a message.

    Of alternatives the plain text is preferred when it is not blank. Attached messages are
    attachments, never text.
    """
    chosen, attached = _sorted(root)
    notes: list[str] = []
    pieces: list[str] = []
    left = MAX_TEXT
    for part in chosen:
        piece = _text(part)
        if len(piece) > left:
            notes.append("text_cut")
            piece = piece[:left]
        left -= len(piece)
        pieces.append(piece)
    whole, files = wrappers.without_files("\n".join(p.rstrip("\n") + "\n" for p in pieces))
    shown = _shown(root)
    named = [(p.name, p.type, p.content(), id(p) in shown) for p in attached]
    named += [(file.name, "application/octet-stream", file.content, False) for file in files]
    return Body(
        text=links.mended(whole),
        attachments=tuple(_attachment(*each) for each in named),
        notes=(*notes, *wrappers.notes(root, whole)),
    )


def digest(root: Part, sender: str, date: str, subject: str) -> str:
    """Return the SHA-256 (hex) by which one mail is known again when it comes by another route.

    Routes change Received lines, folding and transfer encodings, so only what is decoded counts.
    """
    whole = hashlib.sha256()
    for line in (sender, date, subject):
        whole.update(" ".join(line.split()).encode("utf-8") + b"\n")
    for part in root.walk():
        if part.children:
            continue
        content = part.content()
        part.budget.spend_on_bytes(content)
        if part.type.startswith("text/") and len(content) <= MAX_BYTES:
            lines = part.words().splitlines()
            content = "\n".join(line.rstrip() for line in lines).strip().encode("utf-8")
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def _sorted(root: Part) -> tuple[list[Part], list[Part]]:
    """The parts to read as text and the parts that are attachments, in order.

    Of alternatives exactly one branch is text, and the others say the same once more: of them
    only the attachments count. Where no text is without a name, the first named one is the text:
    some gateways name it.
    """
    leaves = [part for part in root.walk() if not part.children]
    named = not any(_is_text(part) for part in leaves)
    texts: list[Part] = []
    attached: list[Part] = []
    waiting = [(root, True)]
    while waiting:
        part, said = waiting.pop()
        if part.type == "multipart/alternative" and part.children:
            best = _best(part.children, named=named)
            waiting.extend((p, said and p is best) for p in reversed(part.children))
        elif part.children:
            waiting.extend((p, said) for p in reversed(part.children))
        elif _is_text(part, named=named and not texts):
            texts += [part] if said else []
        elif not part.type.startswith("multipart/"):
            attached.append(part)
        elif part is root:
            texts.append(part)  # Nobody knows where its parts begin; a person may see it all.
    return texts, attached


def _best(children: list[Part], *, named: bool) -> Part:
    """The branch whose plain text says anything, else one with HTML, else the first there is."""
    for wanted in ("text/plain", "text/html"):
        for child in sorted(children, key=lambda each: bool(each.children)):
            found = (p for p in child.walk() if p.type == wanted and _is_text(p, named=named))
            if any(wanted == "text/html" or _text(p).strip() for p in found):
                return child
    return children[0]


def _is_text(part: Part, *, named: bool = False) -> bool:
    readable = part.type in {"text/plain", "text/html"}
    return readable and part.disposition != "attachment" and (named or not part.name)


def _text(part: Part) -> str:
    text = part.words()
    if part.type == "text/html":
        # Late: most mails have plain text too, and that is what is read then.

        return html.to_text(text, part.budget)
    if part.parameters.get("format", "").lower() == "flowed":
        text = _unflowed(text, joined=part.parameters.get("delsp", "").lower() == "yes")
    return "\n".join(line[:MAX_LINE] for line in text.split("\n"))


def _unflowed(text: str, *, joined: bool) -> str:
    """Join the lines that format=flowed broke (RFC 3676); quotes and signatures stay.

    `joined` where the blank that marks such a line is no part of the text (DelSp).
    """
    out: list[str] = []
    for line in text.split("\n"):
        if line.startswith(">") or line.rstrip() == "--":
            broken = "\n" if out and not out[-1].endswith("\n") else ""
            out.append(f"{broken}{line.rstrip()}\n")
            continue
        own = line.removeprefix(" ")
        soft = own.endswith(" ") and not own.isspace()
        if soft:
            out.append(own[:-1] if joined else own)
        else:
            out.append(own + "\n")
    return "".join(out)


def _shown(root: Part) -> frozenset[int]:
    """The parts that stand beside a text to be shown in it (RFC 2387)."""
    related = (part for part in root.walk() if part.type == "multipart/related")
    children = (each for part in related for each in part.children)
    return frozenset(id(each) for each in children if each.disposition != "attachment")


def _attachment(name: str, declared: str, content: bytes, shown: bool) -> Attachment:
    return Attachment(
        shown=shown,
        name=_harmless(name),
        type=_sniffed(content, declared),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
    )


def _harmless(name: str) -> str:
    """Without folders, control characters and direction marks; at most 120 characters."""
    last = re.split(r"[/\\]", tidy(name).replace("\n", " "))[-1]
    clean = re.sub(r'[<>:"|?*\t]', "_", last).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not 0 < len(ending) <= MAX_ENDING:
        return clean[:MAX_NAME] or "vedlegg"
    return stem[: MAX_NAME - 1 - len(ending)] + dot + ending


def _sniffed(content: bytes, declared: str) -> str:
    if content.startswith(b"PK\x03\x04"):
        head = content[:20_000]
        return next((kind for mark, kind in _OFFICE.items() if mark in head), "application/zip")
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if declared.startswith(("text/", "message/", "application/pkcs7", "application/pgp")):
        return declared
    return "application/octet-stream" if b"\x00" in content[:2_000] else declared
