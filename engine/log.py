"""What the program did, for those who run it: ids in one file, personal data in another.

`log/kursdeling.log` may be read, kept and passed on; `log/personal.log` is for the site's owner
alone, and can be deleted without losing the first. Both hold one JSON object a line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

if TYPE_CHECKING:
    from structlog.typing import Processor

FOLDER = "log"
ORDINARY = "kursdeling.log"
PERSONAL = "personal.log"
IDS = frozenset(
    {
        "agreement", "contact", "due", "duty", "escalated", "event", "fired", "letter", "letters",
        "mail", "moves", "party", "refused", "reminded", "repeated", "request", "state", "verdict",
    }
)  # fmt: skip
"""What the ordinary log may say: ids, names of our own and counts."""


class _Logger(Protocol):
    def info(self, event: str, /, **values: Any) -> Any: ...


class Log:
    """The two logs of one site, open."""

    def __init__(self, ordinary: _Logger, personal: _Logger) -> None:
        self._ordinary = ordinary
        self._personal = personal

    def event(self, name: str, /, **ids: Any) -> None:
        """Note what happened, in ids; a value that is none is left out, and its name is noted."""
        self._ordinary.info(name, **ids)

    def personal(self, name: str, /, **values: Any) -> None:
        """Note whom it was about, with the ids by which the two logs are read together."""
        self._personal.info(name, **values)


@contextmanager
def configure(folder: Path) -> Iterator[Log]:
    """The logs of the site in `folder`, made where they are missing; OSError where they cannot be.

    Nobody but the owner may read the personal one. Both are closed at the end of the block.
    """
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    with (
        _opened(place / ORDINARY, 0o640) as ordinary,
        _opened(place / PERSONAL, 0o600) as personal,
    ):
        yield Log(_logger(ordinary, [_ids_only]), _logger(personal, []))


def _opened(file: Path, mode: int) -> TextIO:
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
    return os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace")


def _logger(stream: TextIO, processors: list[Processor]) -> _Logger:
    import structlog  # most commands write no log, and it loads asyncio

    logger: _Logger = structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=[
            *processors,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="logged_at"),
            structlog.processors.EventRenamer("what"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.BoundLogger,
    )
    return logger


def _ids_only(logger: object, method: str, values: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Leave out what may be personal: keys that are no ids, and texts with an address in them."""
    kept = {key: value for key, value in values.items() if key in IDS and "@" not in str(value)}
    left_out = sorted(values.keys() - kept.keys())
    return {**kept, "left_out": left_out} if left_out else kept
