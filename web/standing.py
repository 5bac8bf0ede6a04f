"""What the desk switched off and announced, as every public page and answer must know it: a value in memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.database.staff_values import Notice, Switch, SwitchName
from web.kiosk_pairs import KioskPairs

log = logging.getLogger("pufa.standing")


class Source(Protocol):
    def switches(self) -> Mapping[SwitchName, Switch]: ...

    def notices(self) -> Sequence[Notice]: ...


@dataclass(frozen=True, slots=True)
class Stand:
    """model, typed, open: still on? notices: the lines of today."""

    model: bool = True
    typed: bool = True
    open: bool = True
    notices: tuple[str, ...] = ()


class Standing:
    """Read again by `refresh`: after a change at the desk, and every few seconds by the keeper.

    A database that cannot be read leaves things as they were last known.
    """

    def __init__(
        self, source: Source | None, today: Callable[[], date], kiosks: KioskPairs | None = None
    ) -> None:
        """kiosks: which are paired; read again with the rest."""
        self.kiosks = kiosks or KioskPairs()
        self._source = source
        self._today = today
        self._off: frozenset[SwitchName] = frozenset()
        self._notices: tuple[Notice, ...] = ()

    def refresh(self) -> None:
        if self._source is None:
            return
        try:
            switches, notices = self._source.switches(), self._source.notices()
        except Exception as error:  # whatever the database raises: the last known state stands
            log.error("switches not read: %s", type(error).__name__)
        else:
            self._off = frozenset(name for name, switch in switches.items() if switch.off)
            self._notices = tuple(notices)
        self._refresh_kiosks()

    def _refresh_kiosks(self) -> None:
        """Apart from the switches: what is wrong with the kiosks must not keep one of these up."""
        try:
            self.kiosks.refresh()
        except Exception as error:  # as above
            log.error("kiosks not read: %s", type(error).__name__)

    def now(self) -> Stand:
        today = self._today()
        return Stand(
            model=SwitchName.MODEL not in self._off,
            typed=SwitchName.TYPED not in self._off,
            open=SwitchName.ALL not in self._off,
            notices=tuple(notice.words for notice in self._notices if notice.stands(today)),
        )
