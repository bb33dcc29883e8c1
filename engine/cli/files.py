"""Files that somebody names on the command line: read whole, but never without end."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.cli.speaking import spoken
from engine.cli.usage import MOST_BYTES, wrong
from engine.plain import plain
from engine.wording.faults import fault_words


def bytes_of(file: str, place: str = "") -> bytes:
    """What stands in the file, or on standard input for `-`; wrong usage, said of `place`, where it
    cannot be read, or where there is no end to it.
    """
    place = place or file
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise wrong("file_unreadable", place=place, why=fault_words(error, spoken())) from error
    if len(raw) > MOST_BYTES:
        raise wrong("file_too_large", place=place, most=MOST_BYTES // 1_000_000)
    return raw


def text_of(file: str, place: str = "") -> str:
    """The text in the file, in UTF-8 or as Windows writes Norwegian; as `bytes_of` otherwise.

    Norwegian spreadsheets save csv in Windows-1252, and a form may have been kept with Notepad.
    """
    raw = bytes_of(file, place)
    for charset in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return plain(text)
    raise wrong("file_no_text", place=place or file)
