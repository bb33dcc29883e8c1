"""The rows of a spreadsheet as lines of text, the cells of a row apart by tabs; read without
trusting it, as a Word document is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO
from typing import Final

from msgspec import Struct, field

from engine.intake.budget import Budget, SpentError
from engine.intake.files.docx import MAX_TEXT, UNREADABLE, member, parser_for
from engine.plain import plain

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEETS: Final = 5
"""How many sheets are read."""
_MOST_COLUMNS: Final = 40
_PLACE: Final = re.compile(r"([A-Z]{1,3})\d+")
_DELIMITERS: Final = ";\t,"
_WHOLE: Final = re.compile(r"(\d+)\.0+")


def xlsx(content: bytes, budget: Budget | None = None) -> str:
    """What the sheets say; empty for whatever is no workbook, is damaged, or asks for too much."""
    budget = budget or Budget()
    try:
        shared = _strings(content, budget)
        sheets = [
            _sheet(content, f"xl/worksheets/sheet{n + 1}.xml", shared, budget)
            for n in range(_SHEETS)
        ]
    except (*UNREADABLE, SpentError):
        return ""
    return "\n\n".join(_lines(rows) for rows in sheets if rows)


def rows_of_csv(content: bytes) -> str:
    """What a csv file says, in UTF-8 or as spreadsheets save it; empty for other bytes."""
    if b"\0" in content or len(content) > MAX_TEXT:
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = next((line for line in text.split("\n") if line.strip()), "")
    mark = max(_DELIMITERS, key=first.count)
    try:
        return _lines(
            [row[:_MOST_COLUMNS] for row in csv.reader(StringIO(text, newline=""), delimiter=mark)]
        )
    except csv.Error:
        return ""


def _lines(rows: Sequence[Sequence[str]]) -> str:
    """Each row on a line, all of them as wide as the widest."""
    width = max((len(row) for row in rows), default=0)
    lines = (
        "\t".join(" ".join(cell.split()) for cell in (*row, *("",) * (width - len(row))))
        for row in rows
    )
    return plain("\n".join(line if line.strip() else "" for line in lines)[:MAX_TEXT])


class _Cells(Struct):
    """Goes through one file of a workbook: the shared texts, or a sheet's rows."""

    budget: Budget
    shared: Sequence[str] = ()
    rows: list[list[str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kind: str = ""
    place: int = 0
    said: str = ""
    listens: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.budget.spend(1 + len(attributes))
        match name.rpartition(" ")[2]:
            case "row":
                self.rows.append([])
            case "c":
                found = _PLACE.fullmatch(attributes.get("r", ""))
                self.place = _column(found[1]) if found else len(self.rows[-1]) if self.rows else 0
                self.kind, self.said = attributes.get("t", "n"), ""
            case "si":
                self.said = ""
            case "t" | "v":
                self.listens = True
            case "rPh":
                # How the text is spoken is not what it says.
                self.kind = "rPh"
            case _:
                pass

    def heard(self, text: str) -> None:
        if self.listens and self.kind != "rPh":
            self.said += text[: MAX_TEXT - len(self.said)]

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "t" | "v":
                self.listens = False
            case "rPh":
                self.kind = ""
            case "si":
                self.texts.append(self.said)
            case "c" if self.rows and self.place < _MOST_COLUMNS:
                row = self.rows[-1]
                row += [""] * (self.place - len(row))
                row.append(self._value())
            case _:
                pass

    def _value(self) -> str:
        if self.kind == "s":
            place = int(self.said) if self.said.isdecimal() else len(self.shared)
            return self.shared[place] if place < len(self.shared) else ""
        whole = _WHOLE.fullmatch(self.said) if self.kind == "n" else None
        return whole[1] if whole else self.said


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _strings(content: bytes, budget: Budget) -> list[str]:
    return _through(content, "xl/sharedStrings.xml", _Cells(budget)).texts


def _sheet(content: bytes, name: str, shared: Sequence[str], budget: Budget) -> list[list[str]]:
    return _through(content, name, _Cells(budget, shared)).rows


def _through(content: bytes, name: str, cells: _Cells) -> _Cells:
    xml = member(content, name)
    if xml:
        cells.budget.spend_on_bytes(xml)
        parser = parser_for(cells.start, cells.end, cells.heard)
        parser.Parse(xml, True)
    return cells
