"""Csv files that people make, as rows with the lines that they stand on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from engine.cli.files import text_of
from engine.errors import InputError
from engine.model import Reason

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
