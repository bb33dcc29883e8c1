"""Which files may go along with a letter: documents and pictures whose content is what their name
says, and that run nothing (INTERFACE §5.5).
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import Final

MOST: Final = 5_000_000
"""How many bytes go along in one letter."""
_WORD: Final = "application/vnd.openxmlformats-officedocument"
_OFFICE: Final = {
    "docx": (f"{_WORD}.wordprocessingml.document", "word/document.xml"),
    "pptx": (f"{_WORD}.presentationml.presentation", "ppt/presentation.xml"),
    "xlsx": (f"{_WORD}.spreadsheetml.sheet", "xl/workbook.xml"),
}
_OPEN: Final = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_PICTURES: Final = {
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}
BY_THEMSELVES: Final = frozenset({"pdf", "docx", "pptx", "odt", "txt", "png", "jpg", "jpeg"})
"""The endings of what goes along where it was asked for or is spoken of."""
_MOST_ENTRIES: Final = 2_000
_MOST_UNPACKED: Final = 60_000_000
_MOST_READ: Final = 1_000_000
_RUNS: Final = re.compile(
    r"vbaproject|vbadata|macrosheets|activex|embeddings/|oleobject|^basic/|^scripts/|^objectreplace"
    r"|\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|hta|lnk|jar|html?|svg)$",
    re.IGNORECASE,
)
"""Names inside a document that hold programs, or other files."""
_MARKUP: Final = (b"<script", b"<html", b"<!doctype", b"<?php", b"<svg", b"<iframe")
_PDF_RUNS: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt)\b|/SubmitForm"
)
_RELATION: Final = re.compile(rb"<[\w:]{0,20}Relationship\b[^>]{0,4000}>")
_NOT_PLAIN: Final = re.compile(r"[^A-Za-z0-9À-ÖØ-öø-ÿ_ -]+")
_LONGEST: Final = 60


def ending(name: str) -> str:
    """The last ending of a file's name, small; empty for none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def passable(name: str, content: bytes) -> str:
    """The type under which the file may go along; empty where its content is something else than
    its name says, runs anything, or is too large.
    """
    if not content or len(content) > MOST:
        return ""
    end = ending(name)
    if end == "pdf":
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), content)
        ok = content.startswith(b"%PDF-") and not _PDF_RUNS.search(plain)
        return "application/pdf" if ok else ""
    if end in _PICTURES:
        kind, magic = _PICTURES[end]
        return kind if content.startswith(magic) and not _has_markup(content) else ""
    if end in ("txt", "csv"):
        return ("text/csv" if end == "csv" else "text/plain") if _is_plain(content) else ""
    if end in _OFFICE or end in _OPEN:
        return _document(end, content)
    return ""


def plain_name(name: str) -> str:
    """The file's name in letters that every program reads, with one ending and no folders."""
    end = ending(name)
    stem = re.split(r"[/\\]", name)[-1]
    stem = stem[: -len(end) - 1] if end else stem
    seen = "".join(each for each in stem if unicodedata.category(each) != "Cf")
    stem = _NOT_PLAIN.sub("-", unicodedata.normalize("NFC", seen))
    stem = stem.strip("- ")[:_LONGEST].strip("- ")
    return f"{stem or 'vedlegg'}.{end}" if end.isalnum() else stem or "vedlegg"


def _has_markup(content: bytes) -> bool:
    small = content.lower()
    return any(mark in small for mark in _MARKUP)


def _is_plain(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return not _has_markup(content) and all(c in "\t\r\n\f" or c >= " " for c in text)


def _document(end: str, content: bytes) -> str:
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _kind(end, archive) if _is_harmless(archive) else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError):
        return ""


def _is_harmless(archive: zipfile.ZipFile) -> bool:
    found = archive.infolist()
    names = [each.filename for each in found]
    if len(found) > _MOST_ENTRIES or len(set(names)) != len(names):
        return False
    if sum(each.file_size for each in found) > _MOST_UNPACKED:
        return False
    return not any(
        each.flag_bits & 1 or ".." in each.filename or each.filename.startswith(("/", "\\"))
        or _RUNS.search(each.filename)
        for each in found
    )  # fmt: skip


def _kind(end: str, archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if end in _OPEN:
        kind = _OPEN[end]
        return kind if _member(archive, "mimetype").strip() == kind.encode() else ""
    kind, needed = _OFFICE[end]
    types = _member(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if needed not in names or b"macroEnabled" in types or b"vbaProject" in types:
        return ""
    relations = (_member(archive, name) for name in names if name.endswith(".rels"))
    return "" if any(_fetches(each) for each in relations) else kind


def _fetches(relations: bytes) -> bool:
    """Whether opening the document fetches anything: a link that somebody presses does not."""
    found = (each[0] for each in _RELATION.finditer(relations))
    return any(b'"External"' in each and b"/hyperlink" not in each for each in found)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as member:
        content = member.read(_MOST_READ + 1)
    if len(content) > _MOST_READ:
        raise zipfile.BadZipFile(name)
    return content
