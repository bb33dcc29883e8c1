"""Files that somebody names, and tables in csv."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli.speaking import spoken
from engine.cli.usage import MOST_BYTES, wrong
from engine.errors import InputError
from engine.model import Reason
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


Rows = list[tuple[int, dict[str, str]]]
Fault = tuple[str, Reason]
"""A place in a file, and what is wrong there."""


def csv_rows(file: str, columns: Sequence[str], required: Sequence[str]) -> Rows:
    """(line, values by column) of each row that is not empty, below a heading line.

    Takes `,` or `;` between columns. InputError for a file that is no csv, for a column that is
    unknown, and for one of `required` that is missing; wrong usage as for `text_of`.
    """
    text = text_of(file)
    heading = text.partition("\n")[0]
    # Norwegian spreadsheets write `;` between columns; aliases, with theirs, are then quoted.
    between = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=between, restval="")
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        missing = [name for name in required if name not in names]
        unknown = [name for name in names if name not in columns]
        if missing or unknown:
            values = {"columns": columns, "missing": missing, "unknown": unknown}
            raise InputError(faults=[(file, Reason("csv_columns", values))])
        return [
            (reader.line_num, row)
            for row in reader
            if any((row[name] or "").strip() for name in names)
        ]
    except csv.Error as error:
        place = f"{file}:{reader.line_num + 1}"
        raise InputError(faults=[(place, Reason("csv_broken"))]) from error
