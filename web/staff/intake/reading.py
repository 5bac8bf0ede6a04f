"""Reading uploaded files behind the page: one at a time, each in child processes, with the progress in the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from ingest.draft import as_json, draft_of
from ingest.errors import UnsupportedDocument
from ingest.read_file import read_file
from knowledge.database.draft_values import Draft, DraftState
from knowledge.settings import Settings
from knowledge.types import Town
from web.staff.intake.asked import Drafts
from web.staff.intake.files import path_of

log = logging.getLogger("pufa.intake")
_LOST = ("原来的文件不在了", "删掉这一条，重新加一次")
_BROKEN = ("读这份文件的时候出了错", "在原来的软件里打开看看，重新存一份再传；还不行，用“粘贴文字”加进来")
_EMPTY = ("文件里没有能用的文字", "检查是不是传错了文件；照片请拍清楚、拍正，再传一次")


class ReadingRoom:
    """`ensure` may be called as often as a page is looked at: a file that is being read is not read twice.

    After a restart the files that were on their way are read from their beginning.
    """

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self._one = threading.Semaphore(1)
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def ensure(self, draft: Draft, settings: Settings, town: Town, now: Callable[[], datetime]) -> None:
        """Start reading a draft that waits, unless that is under way."""
        if draft.state not in (DraftState.WAITING, DraftState.READING):
            return
        with self._lock:
            if draft.id in self._busy:
                return
            self._busy.add(draft.id)
        work = threading.Thread(
            target=self._work, args=(draft, settings, town, now), name=f"intake-{draft.id[:6]}", daemon=True
        )
        work.start()

    def _work(self, draft: Draft, settings: Settings, town: Town, now: Callable[[], datetime]) -> None:
        try:
            with self._one:
                self._read(draft, settings, town, now)
        except UnsupportedDocument as refused:
            self._drafts.refuse(draft.id, refused.reason, refused.remedy, now())
        except FileNotFoundError:
            self._drafts.refuse(draft.id, *_LOST, now())
        except Exception as error:  # the thread is the boundary: the page must not wait for ever
            log.error("intake: %s", type(error).__name__, exc_info=error)
            self._drafts.refuse(draft.id, *_BROKEN, now())
        finally:
            with self._lock:
                self._busy.discard(draft.id)

    def _read(self, draft: Draft, settings: Settings, town: Town, now: Callable[[], datetime]) -> None:
        self._drafts.progress(draft.id, DraftState.READING, 0, 0)

        def pages(done: int, total: int) -> None:
            self._drafts.progress(draft.id, DraftState.READING, done, total)

        with path_of(settings, draft.id).open("rb") as file:
            paper = read_file(file, draft.name, pages)
        body = draft_of(paper, draft.name, town.levels)
        if not body.parts:
            raise UnsupportedDocument(draft.name, *_EMPTY)
        state = DraftState.PERSONAL if body.personal.stops else DraftState.OPEN
        self._drafts.finish(draft.id, state, as_json(body), now())
