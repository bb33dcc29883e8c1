"""What must not be shown where values are: in logs, in errors, in a debugger's list."""

from __future__ import annotations

SHOWN = "***"


class Secret(str):
    """Text, such as a password, whose `repr` is `***`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return SHOWN


class SecretBytes(bytes):
    """Bytes, such as a key, whose `repr` is `***`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return SHOWN
