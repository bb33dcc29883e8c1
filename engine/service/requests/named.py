"""What somebody typed, found among what the site holds; an error names what is near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.errors import NotFoundError
from engine.model import Language, Reason
from engine.wording.meant import meant, near


def one_of(
    text: str,
    known: Mapping[str, Iterable[str]],
    code: str,
    shown: Mapping[Language, Sequence[str]] | None = None,
) -> str:
    """The name in `known` that `text` is or is called; NotFoundError by the reason of that code
    names the near ones, or all of them where none is, as they are `shown`.
    """
    found = meant(text, known)
    if found:
        return found[0]
    values: dict[str, Any] = {"text": text, "nearest": near(text, known)}
    values["known"] = "" if values["nearest"] else shown or tuple(known)
    raise NotFoundError(f"{code}: {text}", reason=Reason(code, values))
