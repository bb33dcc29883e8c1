"""What the machine says of files and folders, in the reader's language."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

from engine.model import Language

_FAULTS: Final[Mapping[int, tuple[str, str, str]]] = {
    errno.ENOENT: ("det finnes ikke", "det finst ikkje", "there is no such file"),
    errno.EACCES: ("det er ikke lov", "det er ikkje lov", "it is not permitted"),
    errno.EPERM: ("det er ikke lov", "det er ikkje lov", "it is not permitted"),
    errno.EISDIR: ("dette er en mappe", "dette er ei mappe", "this is a folder"),
    errno.ENOTDIR: ("dette er ingen mappe", "dette er inga mappe", "this is no folder"),
    errno.EEXIST: ("det finnes alt", "det finst alt", "it exists already"),
    errno.ENOSPC: ("disken er full", "disken er full", "the disk is full"),
    errno.EROFS: ("disken kan bare leses", "disken kan berre lesast", "the disk is read-only"),
    errno.ENOTEMPTY: ("mappen er ikke tom", "mappa er ikkje tom", "the folder is not empty"),
    errno.ENAMETOOLONG: ("navnet er for langt", "namnet er for langt", "the name is too long"),
    errno.ECONNREFUSED: ("ingen svarer der", "ingen svarer der", "nobody answers there"),
    errno.EADDRINUSE: ("adressen er i bruk", "adressa er i bruk", "the address is in use"),
}
"""The faults that people meet; others are told as the machine says them."""


def fault_words(error: OSError, language: Language) -> str:
    """What went wrong, without the name of what it was about."""
    place = ("nb", "nn", "en").index(language)
    known = _FAULTS.get(error.errno or 0)
    if known:
        return known[place]
    return error.strerror or str(error) or type(error).__name__
