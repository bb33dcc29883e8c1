"""The keys of a site, which may be renewed and retired while workers run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from config import keys
from config.keys import KEY_FILE, NamedKey
from engine.errors import SettingsError
from engine.service.letters import posting

_Mark = tuple[int, int, int]


class KeyRing:
    """Signs with the newest key, and knows what any of the keys has signed.

    The file is read again when it has changed, so that no worker needs to be started anew. Where
    it cannot be read just then, the keys that were known go on.
    """

    def __init__(self, file: Path, known: tuple[bytes, ...], domain: str) -> None:
        self._file = file
        self._keys = known
        self._domain = domain
        self._mark: _Mark | None = None

    def sign(self, seed: str) -> tuple[str, str]:
        """(Message-ID, subject token) of the letter with that seed."""
        return self.signer()(seed)

    def signer(self) -> Callable[[str], tuple[str, str]]:
        """As `sign`, for all letters of one transaction: the file is looked at once for them."""
        return partial(posting.signed, self._known()[-1], self._domain)

    def genuine(self, message_id: str) -> bool:
        """Whether one of the site's keys made the Message-ID."""
        return posting.genuine(self._known(), message_id)

    def _known(self) -> tuple[bytes, ...]:
        try:
            found = self._file.stat()
            mark = (found.st_mtime_ns, found.st_size, found.st_ino)
            if mark != self._mark:
                self._keys = keys.signing_keys(self._file)
                self._mark = mark
        except (OSError, SettingsError):
            pass
        return self._keys


def keys_of(folder: Path) -> tuple[NamedKey, ...]:
    """The keys of the site in `folder`, the newest last; SettingsError."""
    return keys.named_keys(folder / KEY_FILE)


def renew_key(folder: Path, day: date) -> NamedKey:
    """The key that was made on `day` and signs from now on; SettingsError."""
    return keys.renew(folder / KEY_FILE, day)


def retire_key(folder: Path, name: str) -> None:
    """Take a key away, so that nothing that it signed counts any more.

    SettingsError where there is none of that name, or it is the one that signs.
    """
    keys.retire(folder / KEY_FILE, name)
