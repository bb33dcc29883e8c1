"""The text of a Word document, read without trusting it: capped, and no entity is ever expanded."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final
from xml.parsers import expat

from msgspec import Struct, field

from engine.intake.budget import Budget
from engine.plain import plain

MAX_FILE: Final = 10_000_000
MAX_XML: Final = 2_000_000
"""How many bytes of document.xml are unpacked: a long form has some hundred thousand."""
MAX_DIRECTORY: Final = 60_000
"""How many bytes a package's list of its files takes; Word's take some thousand."""
MAX_TEXT: Final = 200_000
DOCUMENT: Final = "word/document.xml"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD_NAMES: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_NOT_SAID: Final = frozenset({"Fallback", "del", "moveFrom"})
"""What Word keeps besides what it shows: second versions, and text that was taken out."""
_HIDES: Final = {"vanish": "r", "showingPlcHdr": "sdt"}
"""The marks of hidden text and of «click here to write», by the element that they hide."""
_HIDDEN: Final = frozenset(_HIDES.values())
_OFF: Final = frozenset({"0", "false", "off"})
_END_OF_LIST: Final = b"PK\x05\x06"
_SIZE_OF_LIST: Final = 12
"""Where the size of the list of files stands, from `_END_OF_LIST` on (APPNOTE.TXT §4.3.16)."""
_END_AT_MOST: Final = 22 + 0xFFFF
_LARGE: Final = b"PK\x06\x07"
"""Marks a list that may be larger than a document is (ZIP64)."""
_LETTERS_A_STEP: Final = 64


class _RefusedError(Exception):
    """The document is not one that Word writes."""


UNREADABLE: Final = (
    zipfile.BadZipFile, expat.ExpatError, _RefusedError, OSError, ValueError, EOFError,
    # A way of packing or locking that Word does not use, or a damaged stream.
    RuntimeError, KeyError, zlib.error,
)  # fmt: skip
"""What reading a document raises that is not one, or is damaged."""


def text(content: bytes, budget: Budget | None = None) -> str:
    """Return what the document says, a paragraph a line and the cells of a row apart by tabs.

    Empty for whatever is not a Word document, is damaged, or is larger than anybody needs;
    SpentError where reading it is more work than `budget` allows.
    """
    try:
        return _text(member(content, DOCUMENT), budget or Budget())
    except UNREADABLE:
        return ""


def member(content: bytes, name: str) -> bytes:
    """One file of an office document's package, unpacked; empty where it has none of that name.

    One of `UNREADABLE` where the package is none, is damaged, or is larger than anybody needs.
    """
    if len(content) > MAX_FILE:
        raise _RefusedError
    _look_at_list(content)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        if name not in packed.NameToInfo:
            return b""
        entry = packed.getinfo(name)
        # Other methods unpack without a limit, whatever limit is asked for.
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _RefusedError
        with packed.open(entry) as stream:
            xml = stream.read(MAX_XML + 1)
    if len(xml) > MAX_XML:
        raise _RefusedError
    return xml


def _look_at_list(content: bytes) -> None:
    """The library reads every entry of a package's list, however many there are."""
    end = content[-_END_AT_MOST:]
    if end.count(_END_OF_LIST) != 1 or _LARGE in end:
        raise _RefusedError
    place = end.find(_END_OF_LIST) + _SIZE_OF_LIST
    (size,) = struct.unpack_from("<L", end.ljust(place + 4, b"\xff"), place)
    if size > MAX_DIRECTORY:
        raise _RefusedError


def _text(xml: bytes, budget: Budget) -> str:
    budget.spend_on_bytes(xml)
    reader = _Reader(budget)
    if xml:
        parser_for(reader.start, reader.end, reader.said).Parse(xml, True)
    return "\n".join(line.rstrip() for line in plain("\n".join(reader.lines())).split("\n"))


def parser_for(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    said: Callable[[str], None],
) -> expat.XMLParserType:
    """A parser that expands no entity and reads no document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = said
    return parser


def _refuse(*_: object) -> None:
    raise _RefusedError


class _Hidable(Struct):
    """A run or a content control: what it says counts only if nothing in it hides it."""

    name: str
    begins: int
    """How many pieces of text stand before it."""
    hidden: bool = False


class _Row(Struct):
    """A row of a table."""

    begins: int
    """How many pieces of text stand before it."""
    cells: int = 0
    joined: set[int] = field(default_factory=set)
    """The cells that go on what stands above them: Word shows them as one."""


_TABLE: Final = 3
"""From how many cells on a row is one of a table with columns, and no field beside its value."""


class _Reader(Struct):
    """Goes through the elements once; what turns out to be hidden is taken out again."""

    budget: Budget
    pieces: list[str] = field(default_factory=list)
    levels: list[_Hidable] = field(default_factory=lambda: [_Hidable("", 0)])
    rows: list[_Row] = field(default_factory=list)
    """The open rows; a table may stand in a table."""
    above: list[str] = field(default_factory=list)
    """The cells of the row before."""
    skipped: int = 0
    in_text: bool = False
    size: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        # A name holds the whole address of its namespace, each time.
        self.budget.spend(1 + len(attributes) + len(name) // _LETTERS_A_STEP)
        space, _, local = name.rpartition(" ")
        if self.skipped or local in _NOT_SAID:
            self.skipped += 1
        elif space in _WORD_NAMES:
            self._start(local, attributes.get(f"{space} val", ""))

    def _start(self, local: str, value: str) -> None:
        if local in _HIDDEN:
            self.levels.append(_Hidable(local, len(self.pieces)))
        elif _HIDES.get(local) == self.levels[-1].name and value not in _OFF:
            self.levels[-1].hidden = True
        elif local == "tbl":
            self.above = []
        elif local == "tr":
            self.rows.append(_Row(len(self.pieces)))
        elif local == "tc" and self.rows:
            self._add("\t" if self.rows[-1].cells else "")
            self.rows[-1].cells += 1
        elif local == "vMerge" and self.rows and value != "restart":
            self.rows[-1].joined.add(self.rows[-1].cells - 1)
        elif local in {"tab", "br", "cr"}:
            self._add("\t" if local == "tab" else "\n")
        self.in_text = local == "t"

    def said(self, text: str) -> None:
        if self.in_text and not self.skipped:
            self._add(text)

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        space, _, local = name.rpartition(" ")
        if space not in _WORD_NAMES:
            return
        self.in_text = False
        if local in _HIDDEN:
            done = self.levels.pop()
            if done.hidden:
                del self.pieces[done.begins :]
        elif local == "tr" and self.rows:
            self._end_row(self.rows.pop())
        elif local == "p":
            self._end_paragraph()

    def _end_row(self, row: _Row) -> None:
        if row.cells >= _TABLE:
            whole = " ".join("".join(self.pieces[row.begins :]).split("\n"))
            cells = [cell.strip() for cell in whole.split("\t")]
            if len(cells) == len(self.above):
                cells = [
                    a if n in row.joined else c
                    for n, (a, c) in enumerate(zip(self.above, cells, strict=True))
                ]
            self.above = cells
            self.pieces[row.begins :] = ["\t".join(cells)]
        self._add("\n")

    def _end_paragraph(self) -> None:
        # The name of a field stands in the first cell of a row, on one line whatever its length.
        in_first_cell = bool(self.rows) and self.rows[-1].cells == 1
        self._add(" " if in_first_cell else "\n")

    def _add(self, piece: str) -> None:
        self.size += len(piece)
        if self.size <= MAX_TEXT:
            self.pieces.append(piece)

    def lines(self) -> list[str]:
        return "".join(self.pieces).split("\n")
