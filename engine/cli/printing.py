"""Answers on standard output: JSON for programs, aligned text for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.cli.call import Call

Document = Mapping[str, Any]


def one_line(document: Document) -> str:
    """The document as one line of JSON, with letters as they are."""
    return json.dumps(document, ensure_ascii=False)


def documents(
    call: Call, found: Iterable[Document], columns: Sequence[str], shown: Iterable[Document] = ()
) -> None:
    """Print a list: a JSON document a line, or a table of `columns`, from `shown` where given."""
    if call.json:
        for document in found:
            print(one_line(document))
        return
    from engine.report.table import table

    rows = list(shown) or list(found)
    print(table(rows, columns, call.language))


def document(call: Call, found: Document, text: str) -> None:
    """Print one answer: a JSON object, or the text."""
    print(one_line(found) if call.json else text)
