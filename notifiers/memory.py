"""Letters kept in memory, for simulation and tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.ports import Delivery


class MemoryNotifier:
    """Keeps every message it is handed, oldest first; fulfils `engine.ports.Notifier`."""

    def __init__(self) -> None:
        self.messages: list[tuple[int, str, bytes]] = []

    def send(self, messages: Iterable[tuple[int, str, bytes]]) -> Iterator[tuple[int, Delivery]]:
        """Keep each (letter id, receiver, bytes) and yield that it was sent."""
        for message in messages:
            self.messages.append(message)
            yield message[0], Delivery(state="sent", code=250, text="kept in memory")
