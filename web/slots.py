"""Answer slots: so many at work, so many waiting in line, one at a time in a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SLOTS = 4
QUEUE = 60


class Busy(Exception):
    """The line is full. position: how many stand before the asker."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


class AnswerSlots:
    """`slots` answers run at once, `queue` more may wait; whoever comes after them is turned away."""

    def __init__(self, slots: int = SLOTS, queue: int = QUEUE) -> None:
        self.slots = slots
        self._queue = queue
        self._admitted = 0
        self._free = asyncio.Semaphore(slots)
        self._talking: dict[str, tuple[asyncio.Lock, int]] = {}

    def position(self) -> int:
        """How many an asker would have to wait for now; 0 when a slot is free."""
        return max(0, self._admitted - self.slots + 1)

    def enter(self) -> int:
        """Join the line and give the place in it (0: at once). Raises Busy. Each call needs one `leave`."""
        place = self.position()
        if place > self._queue:
            raise Busy(place)
        self._admitted += 1
        return place

    def leave(self) -> None:
        self._admitted -= 1

    @asynccontextmanager
    async def turn(self, conversation_id: str | None) -> AsyncIterator[None]:
        """Wait for a slot, and for an earlier question of the same conversation to be done."""
        async with self._conversation(conversation_id), self._free:
            yield

    @asynccontextmanager
    async def _conversation(self, conversation_id: str | None) -> AsyncIterator[None]:
        if not conversation_id:
            yield
            return
        lock, users = self._talking.get(conversation_id, (asyncio.Lock(), 0))
        self._talking[conversation_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._talking.pop(conversation_id)
            if users > 1:
                self._talking[conversation_id] = (lock, users - 1)
