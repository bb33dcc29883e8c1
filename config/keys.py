"""The keys that sign a site's Message-IDs and subject tokens: made, read, renewed and retired."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

from engine.errors import SettingsError
from engine.model import Reason, SecretBytes

KEY_FILE: Final = "signing.key"
KEY_BYTES: Final = 32
NAME_LENGTH: Final = 8


class NamedKey(Struct, frozen=True, kw_only=True):
    """One key as people speak of it; nothing can be learnt of the key from its name."""

    name: str
    remark: str
    """What stands beside it in the file: mostly the day when it was made."""
    signs: bool
    key: SecretBytes


def signing_keys(file: Path) -> tuple[SecretBytes, ...]:
    """Every key in `file`, one a line in hexadecimal digits, the newest last; `#` begins a remark.

    SettingsError when there is none, or a line that is no key.
    """
    keys: tuple[SecretBytes, ...] = ()
    try:
        lines = [line.partition("#")[0].strip() for line in _lines(file)]
        with suppress(ValueError):  # a line that is no key is told below
            keys = tuple(dict.fromkeys(SecretBytes.fromhex(line) for line in lines if line))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{file.name} cannot be read: {error}",
            reason=Reason("keys_unreadable", {"place": file.name, "text": error}),
        ) from error
    if not keys or {len(key) for key in keys} != {KEY_BYTES}:
        raise SettingsError(
            f"{file.name} must hold {KEY_BYTES} bytes as hexadecimal digits a line",
            reason=Reason("keys_shape", {"place": file.name, "count": KEY_BYTES}),
        )
    return keys


def named_keys(file: Path) -> tuple[NamedKey, ...]:
    """The keys in `file` with their names and remarks, the newest last; SettingsError."""
    keys = signing_keys(file)
    remarks = {}
    for line in _lines(file):
        text, _, remark = line.partition("#")
        remarks[text.strip().lower()] = remark.strip()
    return tuple(
        NamedKey(name=_name(key), remark=remarks.get(key.hex(), ""), signs=key == keys[-1], key=key)
        for key in keys
    )


def make_key_file(file: Path) -> None:
    """Write a new key into `file`, which must not exist, for its owner alone to read; OSError."""
    _write_secret(file, f"{secrets.token_hex(KEY_BYTES)}\n")


def renew(file: Path, day: date) -> NamedKey:
    """The new key that stands last in `file` from now on, with `day` beside it; SettingsError."""
    signing_keys(file)
    made = SecretBytes(secrets.token_bytes(KEY_BYTES))
    _replace(file, [*_lines(file), f"{made.hex()}  # {day}"])
    return NamedKey(name=_name(made), remark=str(day), signs=True, key=made)


def retire(file: Path, name: str) -> None:
    """Take the key of that name out of `file`.

    SettingsError where there is none, or where it is the newest, by which letters are signed.
    """
    found = next((key for key in named_keys(file) if key.name == name), None)
    if found is None:
        raise SettingsError(
            f"{file.name} holds no key {name}: key list",
            reason=Reason("key_unknown", {"place": file.name, "name": name}),
        )
    if found.signs:
        raise SettingsError(
            f"{name} signs the letters of today: key renew, then retire it",
            reason=Reason("key_signs", {"name": name}),
        )
    kept = [
        line for line in _lines(file) if line.partition("#")[0].strip().lower() != found.key.hex()
    ]
    _replace(file, kept)


def _name(key: bytes) -> str:
    return sha256(key).hexdigest()[:NAME_LENGTH]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _replace(file: Path, lines: list[str]) -> None:
    """Write the file anew beside itself, so that it is whole at every moment."""
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        _write_secret(new, "".join(f"{line}\n" for line in lines))
        new.replace(file)
    except OSError as error:
        raise SettingsError(
            f"{file.name} cannot be written: {error}",
            reason=Reason("keys_unwritable", {"place": file.name, "text": error}),
        ) from error
    finally:
        new.unlink(missing_ok=True)


def _write_secret(file: Path, text: str) -> None:
    # Made with its mode, so that nobody else can open it even for a moment.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
