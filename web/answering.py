"""Runs the synchronous assistant in worker threads and hands its events to the event loop, one by one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass

from bot.ports import Assistant
from bot.types import Answer, Event, Finished, Question
from web.slots import AnswerSlots

HEARTBEAT_S = 8.0
STUCK_S = 60.0


class Stuck(Exception):
    """The assistant gave no event for STUCK_S seconds, or ended without an answer."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """In line. position: how many stand before this question."""

    position: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing new, but the connection is alive."""


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class _End:
    pass


Sent = Event | Waiting | Heartbeat
_Item = Event | Waiting | _Failed | _End


class Running:
    """One question at work. place: its place in line when it came, 0 when a slot was free."""

    def __init__(self, place: int, heartbeat_s: float) -> None:
        self.place = place
        self.items: asyncio.Queue[_Item] = asyncio.Queue()
        self.gone = threading.Event()
        self._heartbeat_s = heartbeat_s

    async def whole(self) -> Answer:
        """The finished answer. Raises Stuck, or what the assistant raised."""
        async with aclosing(self.events()) as events:
            async for event in events:
                if isinstance(event, Finished):
                    return event.answer
        raise Stuck

    async def events(self) -> AsyncGenerator[Sent, None]:
        """Waiting?, then the assistant's events, with a Heartbeat in every long pause."""
        try:
            if self.place:
                yield Waiting(self.place)
            async for item in _patiently(self.items, self._heartbeat_s):
                if isinstance(item, _Failed):
                    raise item.error
                if isinstance(item, _End):
                    return
                yield item
        finally:
            self.gone.set()


class Answering:
    """The way from a page to the assistant. Slots are held until the worker is done, even if nobody listens."""

    def __init__(self, assistant: Assistant, slots: AnswerSlots, heartbeat_s: float = HEARTBEAT_S) -> None:
        self._assistant = assistant
        self._slots = slots
        self._heartbeat_s = heartbeat_s
        self._threads: ThreadPoolExecutor | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """How many questions are in line and not yet at work."""
        return max(0, self._slots.position() - 1)

    def close(self) -> None:
        """Take no more work; a later question opens new threads."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None

    def _workers(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._slots.slots, thread_name_prefix="answer")
        return self._threads

    def start(self, question: Question) -> Running:
        """Take a place in line and set to work. Raises Busy."""
        running = Running(self._slots.enter(), self._heartbeat_s)
        task = asyncio.create_task(self._work(question, running))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return running

    async def _work(self, question: Question, running: Running) -> None:
        loop = asyncio.get_running_loop()

        def put(item: _Item) -> None:
            loop.call_soon_threadsafe(running.items.put_nowait, item)

        try:
            async with self._slots.turn(question.conversation_id):
                if not running.gone.is_set():
                    await loop.run_in_executor(self._workers(), self._ask, question, put, running.gone)
        except Exception as error:  # the threads are gone: the one who waits must hear of it
            running.items.put_nowait(_Failed(error))
        finally:
            self._slots.leave()

    def _ask(self, question: Question, put: Callable[[_Item], None], gone: threading.Event) -> None:
        """In a worker thread: walk the events until the end, or until nobody listens."""
        try:
            for event in self._assistant.ask(question):
                put(event)
                if gone.is_set():
                    return
            put(_End())
        except Exception as error:  # the boundary: web/errors.py makes a page of it
            put(_Failed(error))


async def _patiently(
    items: asyncio.Queue[_Item], heartbeat_s: float
) -> AsyncGenerator[_Item | Heartbeat, None]:
    """Items as they come; a Heartbeat after each quiet stretch. Raises Stuck after STUCK_S of quiet."""
    quiet_s = 0.0
    getting = asyncio.ensure_future(items.get())
    try:
        while True:
            done, _ = await asyncio.wait({getting}, timeout=heartbeat_s)
            if done:
                quiet_s = 0.0
                item = getting.result()
                getting = asyncio.ensure_future(items.get())
                yield item
                continue
            quiet_s += heartbeat_s
            if quiet_s >= STUCK_S:
                raise Stuck
            yield Heartbeat()
    finally:
        getting.cancel()
