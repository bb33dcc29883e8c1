"""Prints what commands found, as tables or JSON, and how far a long one has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from engine.cli.failing import reasons_of
from engine.cli.given import Given, one_line
from engine.definition.types import Workflow
from engine.errors import KursdelingError, NotFoundError, StoreError
from engine.model import Language, Reason
from engine.plain import plain
from engine.plan.naming import event_title, state_title
from engine.report.table import table
from engine.service.requests.show import one
from engine.service.site import Site
from engine.wording import sentence

Document = Mapping[str, Any]
Told = dict[str, Any]
Row = TypeVar("Row")


def documents(
    call: Given, found: Iterable[Document], columns: Sequence[str], shown: Iterable[Document] = ()
) -> None:
    """Print a list: a JSON document a line, or a table of `columns`, from `shown` where given."""
    if call.json:
        for document in found:
            print(one_line(document))
        return

    rows = [_with_fault(row, columns) for row in (list(shown) or list(found))]
    print(table(rows, columns, call.language))


def _with_fault(row: Document, columns: Sequence[str]) -> Document:
    """A row that could not be told says why where its last column would stand."""
    return {**row, columns[-1]: row["fault"]} if "fault" in row else row


def survivors(
    call: Given, rows: Iterable[Row], told: Callable[[Row], Told], bare: Callable[[Row], Told]
) -> list[Told]:
    """What `told` makes of each row; of one that it cannot be made of, what `bare` does, with why
    under `fault`, which stderr says too. One bad row never hides the others.
    """
    found = []
    for row in rows:
        try:
            found.append(told(row))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 – whatever is wrong with a row, the list goes on
            why = _why(call, error)
            known = bare(row)
            tell_unreadable(call, next(iter(known.values()), ""), why)
            found.append({**known, "fault": why})
    return found


def _why(call: Given, error: Exception) -> str:
    if isinstance(error, KursdelingError | OSError):
        return " ".join(reasons_of(error, call.language))
    return f"{type(error).__name__}: {error}"


def tell_unreadable(call: Given, row: Any, why: str) -> None:
    """Say on stderr which row of a list cannot be told, and why."""
    told = sentence(Reason("row_unreadable", {"row": row, "why": why.rstrip(".")}), call.language)
    print(told, file=sys.stderr)


def document(call: Given, found: Document, text: str) -> None:
    """Print one answer: a JSON object, or the text."""
    print(one_line(found) if call.json else plain(text))


@contextmanager
def progress() -> Iterator[Callable[[str, int], None]]:
    """A function to tell (what, how many so far) with; it says nothing where nobody watches.

    One line on standard error, written over and gone in the end.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _count: None
        return
    width = 0

    def tell(what: str, count: int) -> None:
        nonlocal width
        line = f"{what} {count}"
        width = max(width, len(line))
        print(f"\r{line.ljust(width)}", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print(f"\r{' ' * width}\r", end="", file=sys.stderr, flush=True)


def routine_of(site: Site, number: str) -> Workflow | None:
    """The routine that a request runs on; None where it does not stand there."""
    try:
        return one(site, number).routine.workflow
    except NotFoundError:
        return None


def moves_told(
    events: Iterable[Mapping[str, Any]], workflow: Workflow | None, language: Language
) -> list[str]:
    """Each event as `what: from → to`, by what the routine calls them."""
    return [
        f"{event_title(workflow, each['event'], language)}: "
        f"{state_title(workflow, each['from'], language) or '–'} → "
        f"{state_title(workflow, each['to'], language)}"
        for each in events
    ]
