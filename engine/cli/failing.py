"""What the program says when something could not be done: every reason, and every cause."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

from engine.cli.given import Given, one_line
from engine.errors import (
    DefinitionError,
    DeliveryError,
    InputError,
    KursdelingError,
    MailboxError,
    NotFoundError,
    RefusedError,
    SchemaError,
    SettingsError,
    StoreError,
    TokenError,
)
from engine.model import Language
from engine.plain import plain
from engine.wording import sentence
from engine.wording.faults import fault_words

KINDS: tuple[tuple[type[Exception], str], ...] = (
    (RefusedError, "refused"),
    (NotFoundError, "not_found"),
    (InputError, "input"),
    (SettingsError, "settings"),
    (DefinitionError, "workflow"),
    (SchemaError, "schema"),
    (StoreError, "store"),
    (DeliveryError, "delivery"),
    (OSError, "system"),
)
"""The word for `error` in JSON, by the kind of error; the first that fits counts."""


_REASONED = (SettingsError, StoreError, MailboxError, TokenError)
"""What holds in its reason all that the machine said."""


def tell(call: Given, error: KursdelingError | OSError) -> None:
    """Write every reason on stderr, one a line, and as JSON on stdout where that is asked for.

    Whoever stopped reading the answer (`… | head -1`) is told nothing, and wants nothing.
    """
    if isinstance(error, BrokenPipeError):
        return
    reasons = [plain(reason) for reason in reasons_of(error, call.language)]
    with suppress(OSError):  # nobody reads one of them; the other may still be read
        print("\n".join(reasons), file=sys.stderr, flush=True)
    if call.json:
        kind = next((name for known, name in KINDS if isinstance(error, known)), "error")
        with suppress(OSError):
            print(one_line({"error": kind, "reasons": reasons}))


def reasons_of(error: KursdelingError | OSError, language: Language) -> list[str]:
    """Every reason of a refusal, every problem of a workflow, or the chain of causes, in words."""
    if isinstance(error, RefusedError):
        return [sentence(reason, language) for reason in error.reasons]
    if isinstance(error, InputError) and error.faults:
        told = ((place, sentence(reason, language)) for place, reason in error.faults)
        return [f"{place}: {text}" if place else text for place, text in told]
    if isinstance(error, DefinitionError):
        return [str(problem) for problem in error.problems]
    return list(_chain(error, language))


def _chain(error: BaseException, language: Language) -> Iterator[str]:
    cause: BaseException | None = error
    seen = ""
    reasoned = isinstance(error, _REASONED) and error.reason is not None
    told = reasoned or isinstance(error, InputError)
    while cause is not None:
        if told and not isinstance(cause, KursdelingError):
            return  # the reason holds what the machine said
        bare = isinstance(cause, StoreError) and cause.reason is None
        if bare and isinstance(cause.__cause__, OSError):
            cause = cause.__cause__  # which says the same in the reader's language
        for line in _said(cause, language).splitlines() or [type(cause).__name__]:
            # A message usually quotes the one below it; said once is enough.
            if line not in seen:
                yield line
            seen = f"{seen}\n{line}"
        cause = cause.__cause__


def _said(error: BaseException, language: Language) -> str:
    """The message in the reader's language, where there is one for every language."""
    if isinstance(error, OSError):
        named = f"{error.filename}: " if error.filename else ""
        return f"{named}{fault_words(error, language)}"
    if not isinstance(error, KursdelingError) or error.reason is None:
        return str(error)

    place = f"{error.place}: " if error.place else ""
    return f"{place}{sentence(error.reason, language)}"
