"""The keys that sign a site's Message-IDs and subject tokens: made, read, renewed and retired."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from engine.errors import SettingsError

KEY_FILE: Final = "signing.key"
KEY_BYTES: Final = 32


def signing_keys(file: Path) -> tuple[bytes, ...]:
    """Every key in `file`, one a line in hexadecimal digits, the newest last; `#` begins a remark.

    SettingsError when there is none, or a line that is no key.
    """
    try:
        lines = [line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines()]
        keys = tuple(dict.fromkeys(bytes.fromhex(line) for line in lines if line))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file.name} cannot be read: {error}") from error
    if not keys or {len(key) for key in keys} != {KEY_BYTES}:
        raise SettingsError(f"{file.name} must hold {KEY_BYTES} bytes as hexadecimal digits a line")
    return keys


def make_key_file(file: Path) -> None:
    """Write a new key into `file`, which must not exist, for its owner alone to read; OSError."""
    # Made with its mode, so that nobody else can open it even for a moment.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(KEY_BYTES) + "\n")
