"""Letters that leave for nowhere: as .eml files in a folder, whole or not at all, or kept in memory
for simulation and tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.ports import Delivery, Message


class FileNotifier:
    """Writes `NNNNNN.eml` by letter id into a folder; fulfils `engine.ports.Notifier`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, messages: Iterable[Message]) -> Iterator[Sequence[tuple[int, Delivery]]]:
        """Write each (letter id, receiver, bytes), yielding `sent`, or `retry` if the disk said no.

        A letter that is sent again replaces its own file.
        """
        for letter, _, content in messages:
            path = self._folder / f"{letter:06}.eml"
            try:
                self._write(path, content)
            except OSError as error:
                text = str(error)
                yield [(letter, Delivery(state="retry", code=error.errno or 0, text=text))]
            else:
                yield [(letter, Delivery(state="sent", code=250, text=path.name))]

    def reached(self) -> str:
        """The folder; it is made when the first letter is written."""
        return str(self._folder)

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(".tmp")
        # Nobody else may read what we write to people.
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        # The new name is durable only when the folder is: after this a power cut loses nothing.
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class MemoryNotifier:
    """Keeps every message it is handed, oldest first; fulfils `engine.ports.Notifier`."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, messages: Iterable[Message]) -> Iterator[Sequence[tuple[int, Delivery]]]:
        """Keep each (letter id, receiver, bytes) and yield that it was sent."""
        for message in messages:
            self.messages.append(message)
            yield [(message[0], Delivery(state="sent", code=250, text="kept in memory"))]

    def reached(self) -> str:
        """Always."""
        return "memory"
