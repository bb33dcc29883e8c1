"""`--set KEY=VALUE`, which several commands take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.cli.usage import wrong


def pairs(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(key, value) of each text; wrong usage where there is no `=`."""
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise wrong("pair_wanted", text=text)
        yield key.strip(), value
