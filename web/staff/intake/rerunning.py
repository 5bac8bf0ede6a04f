"""Reruns behind the page: one at a time, with the progress to be shown, the last few results kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from web.staff.intake.rerun import Rerun, Told

log = logging.getLogger("pufa.intake")
MAX_KEPT = 6
NOT_RUN = "没有问：索引还没有准备好"
MAX_SAID = 300


@dataclass(frozen=True, slots=True)
class RunState:
    """result: None while it is under way (done of total), and where it failed."""

    done: int = 0
    total: int = 0
    result: Rerun | None = None
    failed: bool = False

    @property
    def under_way(self) -> bool:
        return self.result is None and not self.failed

    @property
    def mark(self) -> str:
        """What a page says has been looked at; '' where no answer changes."""
        return self.result.mark if self.result is not None else ""

    def said(self) -> dict[str, str]:
        """For the log: how many wordings were asked again, and whose answers change."""
        if self.result is None:
            return {"rerun": NOT_RUN}
        changed = [each.question for each in self.result.changed]
        words = f"{self.result.asked} 个问法，{len(changed)} 个的回答变了"
        return {"rerun": f"{words}：{'；'.join(changed)}"[:MAX_SAID] if changed else words}


@dataclass
class _Job:
    state: RunState = field(default_factory=RunState)
    ended: threading.Event = field(default_factory=threading.Event)


class Reruns:
    """May be asked as often as a page is looked at: what was rerun is not rerun."""

    def __init__(self) -> None:
        self._jobs: dict[Hashable, _Job] = {}
        self._lock = threading.Lock()
        self._one = threading.Semaphore(1)

    def state(self, key: Hashable, work: Callable[[Told], Rerun], wait_s: float) -> RunState:
        """How far it is after at most wait_s; started where it was not. key: the text, its questions, the revision."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.state.failed:
                job = self._jobs[key] = _Job()
                self._let_go()
                threading.Thread(target=self._work, args=(job, work), name="intake-rerun", daemon=True).start()
        job.ended.wait(wait_s)
        return job.state

    def _let_go(self) -> None:
        for key in [key for key, job in self._jobs.items() if not job.state.under_way][:-MAX_KEPT]:
            del self._jobs[key]

    def _work(self, job: _Job, work: Callable[[Told], Rerun]) -> None:
        def told(done: int, total: int) -> None:
            job.state = RunState(done, total)

        try:
            with self._one:
                result = work(told)
            job.state = RunState(job.state.total, job.state.total, result)
        except Exception as error:  # the thread is the boundary: the page must not wait for ever
            log.error("rerun: %s", type(error).__name__, exc_info=error)
            job.state = RunState(failed=True)
        finally:
            job.ended.set()
