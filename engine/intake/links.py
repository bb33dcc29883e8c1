"""Links as mail programs leave them in text, back as the sender wrote them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

_SAFE_LINK: Final = re.compile(
    r"https://[a-z0-9.-]{1,60}\.safelinks\.protection\.outlook\.com/[^\s<>\"\]]{1,4000}",
    re.IGNORECASE,
)
_MAILTO: Final = re.compile(
    r"([^\s<>\[\]@]{1,64}@[^\s<>\[\]@]{1,254})\s?[<\[]mailto:[^\s<>\[\]]{1,300}[>\]]"
)
_TWICE: Final = re.compile(r"(https?://[^\s<>]{1,2000})\s?<(https?://[^\s<>]{1,2000})>")


def mended(text: str) -> str:
    """Return `text` with Safe Links unwrapped and links that stand twice written once."""
    if "http" not in text and "mailto:" not in text:
        return text
    plain = _SAFE_LINK.sub(_unwrapped, text)
    return _MAILTO.sub(r"\1", _TWICE.sub(_once, plain))


def _unwrapped(found: re.Match[str]) -> str:
    try:
        target = parse_qs(urlsplit(found[0]).query, max_num_fields=50).get("url", [""])[0]
    except ValueError:
        return found[0]
    return target if re.fullmatch(r"https?://[^\s<>\"]{1,2000}", target) else found[0]


def _once(found: re.Match[str]) -> str:
    """The same link shown and meant; where they differ, both stay for a person to see."""
    return found[1] if found[1].rstrip("/") == found[2].rstrip("/") else found[0]
