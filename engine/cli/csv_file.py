"""Csv files that people make, as rows with the lines that they stand on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from engine.errors import InputError


def csv_rows(
    file: str, columns: Sequence[str], required: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """(line, values by column) of each row that is not empty, below a heading line.

    Takes `,` or `;` between columns. KursdelingError for text that is not UTF-8, for a column that
    is unknown, and for one of `required` that is missing.
    """
    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: the text is not UTF-8: {error}") from error
    heading = text.partition("\n")[0]
    # Norwegian spreadsheets write `;` between columns; aliases, with theirs, are then quoted.
    between = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=between, restval="")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    missing = [name for name in required if name not in names]
    unknown = [name for name in names if name not in columns]
    if missing or unknown:
        raise InputError(
            f"{file}: the columns must be {', '.join(columns)}; "
            f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}"
        )
    return [
        (reader.line_num, row) for row in reader if any((row[name] or "").strip() for name in names)
    ]
