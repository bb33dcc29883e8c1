"""Several lines to the mail server that carry letters at the same time, in a thread of their own.

The thread speaks SMTP while its owner records what became of letters: neither waits for the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType

from engine.errors import DeliveryDelayedError
from engine.ports import Delivery, Message
from notifiers.smtp.line import Line

Outcome = tuple[int, Delivery]


class Pool:
    """At most `size` letters on their way at any moment; a `with` block ends every line."""

    def __init__(self, line: Callable[[], Line], size: int) -> None:
        self._line = line
        self._size = size
        self._under_way = 0
        self._outcomes: SimpleQueue[Outcome | BaseException] = SimpleQueue()
        self._lines: list[Line] = []
        self._out_of_reach: Delivery | None = None
        self._loop = asyncio.new_event_loop()
        self._given: asyncio.Queue[Message] = asyncio.Queue()
        self._connecting = asyncio.Lock()
        self._workers: list[asyncio.Task[None]] = []
        self._thread = Thread(target=self._run, name="smtp", daemon=True)

    def __enter__(self) -> Pool:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every line; a letter that is still under way stays without an answer."""
        with suppress(RuntimeError):  # the thread has ended by an error, and told it
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    @property
    def is_busy(self) -> bool:
        """Whether letters are on their way."""
        return self._under_way > 0

    @property
    def has_room(self) -> bool:
        """Whether it takes another letter now."""
        return self._under_way < self._size

    def give(self, message: Message) -> None:
        """Let a line carry the message as soon as one is free."""
        self._under_way += 1
        self._loop.call_soon_threadsafe(self._accept, message)

    def outcomes(self) -> list[Outcome]:
        """What became of letters since it was last asked, at least of one; waits for that."""
        found = [self._outcomes.get()]
        try:
            while True:
                found.append(self._outcomes.get_nowait())
        except Empty:
            pass
        for each in found:
            if isinstance(each, BaseException):
                raise each
        self._under_way -= len(found)
        return [each for each in found if not isinstance(each, BaseException)]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            self._loop.run_until_complete(self._end())
        except BaseException as error:  # noqa: BLE001 – the owner waits for an answer, and gets it
            self._outcomes.put(error)
        finally:
            self._loop.close()

    async def _end(self) -> None:
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        await asyncio.gather(*(line.close() for line in self._lines))
        await self._loop.shutdown_default_executor()

    def _accept(self, message: Message) -> None:
        self._given.put_nowait(message)
        if len(self._workers) < self._size:
            self._workers.append(self._loop.create_task(self._work()))

    async def _work(self) -> None:
        """Carry letters on one line, until the line cannot be had while others stand."""
        line = self._line()
        self._lines.append(line)
        while True:
            message = await self._given.get()
            outcome = await self._carried(line, message)
            if outcome is None:
                # A server may allow fewer lines than we would like: the others carry the letter.
                self._given.put_nowait(message)
                return
            self._outcomes.put((message[0], outcome))

    async def _carried(self, line: Line, message: Message) -> Delivery | None:
        """What became of the letter; None when only this line cannot be had."""
        _, receiver, content = message
        try:
            # One after the other, so that a server that is down is asked once.
            async with self._connecting:
                if self._out_of_reach is not None:
                    return self._out_of_reach
                await line.connect()
            return await line.hand_over(receiver, content)
        except DeliveryDelayedError as error:
            if any(other.stands for other in self._lines):
                return None
            self._out_of_reach = Delivery(state="retry", code=0, text=str(error), reached=False)
            return self._out_of_reach
        except Exception as error:  # noqa: BLE001 – one letter's fault never stops the others
            await line.close()
            return Delivery(state="retry", code=0, text=f"{type(error).__name__}: {error}")
