"""The optional model: one OpenAI-compatible address, asked through LangChain, read with patience that ends.

What comes back is text of a stranger: it is capped, and shown only after `verify`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langsmith.run_helpers import tracing_context
from openai import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    DefaultHttpxClient,
    RateLimitError,
)

from bot.adapters.circuit import Circuit
from bot.ports import GeneratorUnavailable, Prompt, Reply

NO_KEY = "none"
"""Sent where no key is set: servers of one's own ask for none, but the protocol wants the header."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to the first words, between words, and in all; characters that a reply may have."""

    first_s: float = 8.0
    gap_s: float = 5.0
    total_s: float = 25.0
    max_chars: int = 4000

    def __post_init__(self) -> None:
        if min(self.first_s, self.gap_s, self.total_s, self.max_chars) <= 0:
            raise ValueError("patience must be positive")


@dataclass(frozen=True, slots=True)
class Peer:
    """The only address that is ever contacted. url: up to and with `/v1`."""

    url: str
    name: str
    key: str = ""


class ChatModelGenerator:
    """A `bot.ports.Generator` over a chat model. Cheap to build; nothing is contacted before `generate`."""

    def __init__(
        self, peer: Peer, patience: Patience | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """clock: monotonic seconds, for the circuit breaker."""
        self._peer = peer
        self._patience = patience or Patience()
        self._circuit = Circuit(clock)

    def generate(self, prompt: Prompt) -> Reply:
        """One whole reply. Raises GeneratorUnavailable, whose kinds `KINDS` lists."""
        if self._circuit.is_open():
            raise GeneratorUnavailable("circuit-open")
        messages = [SystemMessage(prompt.system), HumanMessage(prompt.user)]
        try:
            with self._http() as http:
                return self._collected(Reading(self._model(http), messages))
        except GeneratorUnavailable:
            self._circuit.failed()
            raise

    def _http(self) -> DefaultHttpxClient:
        """To the peer and nowhere else: no redirects, no proxy of the environment. Closing it ends a reading."""
        return DefaultHttpxClient(follow_redirects=False, trust_env=False, timeout=self._patience.first_s)

    def _model(self, http: DefaultHttpxClient) -> Any:
        """Never retried: the next thing to try is our own extract, and that is ready at once."""
        return init_chat_model(
            self._peer.name,
            model_provider="openai",
            base_url=self._peer.url,
            api_key=self._peer.key or NO_KEY,
            timeout=self._patience.first_s,
            max_retries=0,
            temperature=0,
            http_client=http,
            use_responses_api=False,
        )

    def _collected(self, reading: Reading) -> Reply:
        text, finished, used = "", "", (0, 0)
        try:
            for chunk in self._chunks(reading):
                text += chunk.text
                if len(text) > self._patience.max_chars:
                    raise GeneratorUnavailable("too-long")
                finished = chunk.response_metadata.get("finish_reason") or finished
                if chunk.usage_metadata:
                    used = (chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"])
        except GeneratorUnavailable:
            raise
        except Exception as error:  # the door: nothing foreign goes further
            raise GeneratorUnavailable(kind_of(error, begun=bool(text))) from error
        finally:
            reading.stop()
        if finished != "stop":
            raise GeneratorUnavailable("cut" if text else "empty")
        if not text.strip():
            raise GeneratorUnavailable("empty")
        return Reply(text, self._peer.name, *used)

    def _chunks(self, reading: Reading) -> Iterator[AIMessageChunk]:
        """Chunks as they come. Raises GeneratorUnavailable when one is late, and what the reading raised."""
        began = time.monotonic()
        end, due, late = began + self._patience.total_s, began + self._patience.first_s, "no-first-word"
        while True:
            item = reading.next(min(due, end) - time.monotonic())
            if item is None:
                raise GeneratorUnavailable(late if due <= end else "took-too-long")
            if isinstance(item, Exception):
                raise item
            if item is reading.END:
                return
            assert isinstance(item, AIMessageChunk)
            if item.text:  # chunks without words buy no time
                due, late = time.monotonic() + self._patience.gap_s, "stalled"
                yield item
            elif item.response_metadata or item.usage_metadata:
                yield item


class Reading:
    """Reads a model's stream in a thread of its own, so that whoever waits can give up at any moment."""

    END = object()

    def __init__(self, model: Any, messages: Sequence[BaseMessage]) -> None:
        self._items: SimpleQueue[object] = SimpleQueue()
        self._stopped = threading.Event()
        threading.Thread(target=self._read, args=(model, messages), name="model", daemon=True).start()

    def next(self, wait_s: float) -> object | None:
        """The next chunk, END, or the exception that ended the stream; None when none came in time."""
        try:
            return self._items.get(timeout=max(0.0, wait_s))
        except Empty:
            return None

    def stop(self) -> None:
        """The thread ends with the next bytes, or by the read time-out at the latest."""
        self._stopped.set()

    def _read(self, model: Any, messages: Sequence[BaseMessage]) -> None:
        try:
            with tracing_context(enabled=False), closing(model.stream(messages)) as chunks:
                for chunk in chunks:
                    if self._stopped.is_set():
                        return
                    self._items.put(chunk)
            self._items.put(self.END)
        except Exception as error:  # the waiting side names it
            self._items.put(error)


KINDS = (
    "circuit-open",
    "no-first-word",
    "stalled",
    "took-too-long",
    "too-long",
    "cut",
    "empty",
    "garbage",
    "unreachable",
    "redirected",
    "rate-limited",
    "server-error",
    "request-refused",
    "model-error",
)
"""Every kind of GeneratorUnavailable that can come from here, for logs and the page of faults."""


def kind_of(error: Exception, begun: bool) -> str:
    """Our name for what the libraries raised. begun: words had already come."""
    if isinstance(error, APITimeoutError):
        return "stalled" if begun else "no-first-word"
    if isinstance(error, RateLimitError):
        return "rate-limited"
    if isinstance(error, APIStatusError):
        if error.status_code < 400:
            return "redirected"
        return "server-error" if error.status_code >= 500 else "request-refused"
    if isinstance(error, APIConnectionError):
        return "cut" if begun else "unreachable"
    return "model-error" if isinstance(error, APIError) else "garbage"
