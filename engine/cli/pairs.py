"""`--set KEY=VALUE`, which several commands take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click


def pairs(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(key, value) of each text; wrong usage where there is no `=`."""
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise click.UsageError(f"--set wants KEY=VALUE, not {text!r}")
        yield key.strip(), value
