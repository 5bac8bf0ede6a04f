"""The app over fakes, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.types import Town
from tests.fakes import NOW, FakeAssistant, FakeLibrary, FakeStore
from web.app import create_app
from web.slots import AnswerSlots

HOST = "http://testserver"


@dataclass
class Site:
    app: FastAPI
    client: TestClient
    assistant: FakeAssistant
    store: FakeStore
    library: FakeLibrary
    town: Town


def settings(**changes: object) -> Settings:
    return Settings(_env_file=None, **changes)  # type: ignore[call-arg, arg-type]


def a_site(
    *,
    now: Callable[[], datetime] = lambda: NOW,
    slots: AnswerSlots | None = None,
    town: Mapping[str, Any] | None = None,
    **changes: object,
) -> Site:
    """town: what differs from the bundled town; changes: settings. Danger is heard in the word 救命; 13 in words of feedback is masked."""
    held = settings(**changes)
    here = replace(load_town(held.town_file), **(town or {}))
    store = FakeStore()
    assistant, library = FakeAssistant(store), FakeLibrary()
    app = create_app(
        assistant,
        library,
        store,
        held,
        here,
        danger=lambda text: "救命" in text,
        mask=lambda text: text.replace("13", "〔号码〕"),
        now=now,
        slots=slots,
    )
    return Site(app, TestClient(app, follow_redirects=False), assistant, store, library, here)
