"""Data made safe to stand in a letter: no control characters, one line where a line is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from engine.errors import DeliveryFailedError
from engine.plain import plain

_SEVERAL_LINES: Final = frozenset({"note", "remark", "text", "value", "wanted", "words", "wrote"})
"""The variables that may keep their line breaks; every other text is one line."""

_ADDRESS: Final = re.compile(r"[^\s<>()\[\]\\,;:@\"\x00-\x20\x7f]+@[^\s<>()\\,;@\"\x00-\x20\x7f]+")


def lines(text: str) -> str:
    """Return `text` with LF line ends and without invisible characters: `marks` are of these."""
    return plain(text)


def line(text: str, longest: int | None = None) -> str:
    """Return `text` on one line, cut after `longest` characters with «…»."""
    if not _is_clean_line(text):
        text = " ".join(lines(text).split())
    return text if longest is None or len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _is_clean_line(text: str) -> bool:
    # Nearly all data is: of blanks, controls and noncharacters only the space is printable.
    return text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]


def value(data: Any, name: str = "") -> Any:
    """Return `data` with every text in it cleaned; `name` is the variable that it stands in."""
    if isinstance(data, str):
        return lines(data).strip() if name in _SEVERAL_LINES else line(data)
    if isinstance(data, list | tuple):
        return [value(item, name) for item in data]
    # What stands in the store are dicts: asking whether it is any mapping takes far longer.
    if isinstance(data, (dict, Mapping)):
        return {key: value(item, str(key)) for key, item in data.items()}
    return data


def address(text: str) -> str:
    """Return `text` as a bare address in ASCII, its domain in IDNA form.

    Raises DeliveryFailedError when it is none (RFC 5322 §3.4.1): the letter can never be sent.
    """
    bare = text.strip()
    if not _ADDRESS.fullmatch(bare):
        raise DeliveryFailedError("the receiver's address is not a mail address")
    local, _, domain = bare.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise DeliveryFailedError("the receiver's address cannot be written in ASCII") from error
