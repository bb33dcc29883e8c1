"""Text as it enters: only what XML 1.0 allows, and nothing that hides, steers or turns it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, Literal

_LINE_ENDS: Final = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LONG_RUN: Final = re.compile(r"[^\x00-\x7f]{257}")
_PIECE: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]{1,256}")
_GONE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls: they steer a terminal
    r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # hide, turn
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters at all, or none of XML's (§2.2)
    r"\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U000e0000-\U000e007f"
    r"\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)


def plain(text: str) -> str:
    """Return `text` with composed letters, plain spaces, `\\n` line ends, and only characters that
    XML 1.0 allows and that people can see.

    Every text that enters passes it: mail, files, csv, options of commands, Word forms.
    """
    # Whatever is taken out or made plain below is not printable, and most texts are.
    if not text.replace("\n", " ").replace("\t", " ").isprintable():
        text = _GONE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    return composed(text)


def composed(text: str, form: Literal["NFC", "NFD"] = "NFC") -> str:
    """Return `text` normalised (UAX 15); a run of foreign letters or marks in bounded pieces,
    for the library takes the square of its length.
    """
    if text.isascii():
        return text
    if not _LONG_RUN.search(text):
        return unicodedata.normalize(form, text)
    return _PIECE.sub(lambda found: unicodedata.normalize(form, found[0]), text)


def plain_in(data: Any) -> Any:
    """Return `data` with every text in it plain, however deep it stands."""
    if isinstance(data, str):
        return plain(data)
    if isinstance(data, list | tuple):
        return type(data)(map(plain_in, data))
    if isinstance(data, Mapping):
        return {key: plain_in(each) for key, each in data.items()}
    return data
