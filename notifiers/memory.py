"""Letters kept in memory, for simulation and tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.ports import Delivery, Message


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
