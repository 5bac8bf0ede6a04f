"""`pufa serve`."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from typing import NoReturn

import uvicorn
from fastapi import FastAPI

from bot.adapters.store import SqlStore
from bot.danger import hears_danger
from bot.masking import mask
from bot.wiring import build_assistant
from knowledge.database.errors import DatabaseFault
from knowledge.database.truth import SqlTruth
from knowledge.library import Library
from knowledge.locks import LockHeld, serve_lock
from knowledge.places import load_places
from knowledge.problems import KnowledgeError
from knowledge.settings import Settings, load_settings
from web.app import create_app
from web.clock import now, today
from web.keeper import Keeper
from web.opening import open_library
from web.shelves import Shelves
from web.staff.desk import DeskParts
from web.staff.wiring import build_desk


def run(host: str, port: int, fail: Callable[[str], NoReturn]) -> None:
    """Hold `serve.lock` for life, bring the library up to date, serve until stopped."""
    settings = load_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if _taken(host, port):
        fail(f"{host}:{port} 已经有程序在用。换一个端口，例如 pufa serve --port {port + 1}。")
    try:
        with serve_lock(settings.data_dir):
            _serve(settings, host, port)
    except LockHeld as held:
        fail(
            f"这个数据文件夹已经有一个服务在用（{held.holder}）。先停掉它，或者用 PUFA_DATA_DIR 换一个文件夹。"
        )
    except (KnowledgeError, DatabaseFault) as error:
        fail(f"开不起来：{error}。运行 pufa doctor 看怎么办。")


def _serve(settings: Settings, host: str, port: int) -> None:
    library = open_library(settings)
    truth = library.truth
    assert isinstance(truth, SqlTruth)
    store = SqlStore(truth.engine, truth.town)
    desk = build_desk(truth, wake=lambda: keeper.wake(), library=library)
    keeper = Keeper(library, lambda: _forget(store, desk), follow=desk.standing.refresh)
    if settings.rate_limits == "off":
        print("注意：限速关着（PUFA_RATE_LIMITS=off），只许在本机测量时这样。", file=sys.stderr)
    desk.standing.refresh()
    app = _app(settings, library, store, desk)
    server = _Announced(
        uvicorn.Config(
            app, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=5
        )
    )
    keeper.start()
    try:
        server.run()
    finally:
        keeper.stop()


def _forget(store: SqlStore, desk: DeskParts) -> None:
    """What is due goes; before that the desk counts the questions that were left open."""
    if desk.unanswered is not None:
        desk.unanswered.gather(now())
    store.purge(now(), today())


class _Announced(uvicorn.Server):
    """Says the address when it can be opened, not before."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"好了，打开 http://{self.config.host}:{self.config.port}/", flush=True)


def _app(settings: Settings, library: Library, store: SqlStore, desk: DeskParts) -> FastAPI:
    assistant = build_assistant(settings, library, store, now, lambda: desk.standing.now().model)
    shelves = Shelves(library, load_places(settings.lexicon_dir / "places.yaml", library.town))
    heard = hears_danger(settings.lexicon_dir)
    return create_app(
        assistant,
        shelves,
        store,
        settings,
        library.town,
        danger=heard,
        mask=lambda text: mask(text)[0],
        desk=desk,
    )


def _taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0
