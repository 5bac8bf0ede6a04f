"""build_desk(settings, truth, …): the desk's parts, chosen in one place."""

from __future__ import annotations

import time
from collections.abc import Callable

from knowledge.database.counts_desk import CountsDesk
from knowledge.database.desk_shelf import DeskShelf
from knowledge.database.staff_records import StaffRecords
from knowledge.database.truth import SqlTruth
from knowledge.library import Library
from web.clock import today
from web.kiosk_pairs import KioskPairs
from web.staff.desk import DeskParts
from web.staff.holdings.wiring import build_holdings
from web.staff.intake.wiring import build_intake
from web.staff.passwords import Passwords
from web.staff.throttle import Throttle
from web.staff.unanswered.wiring import build_unanswered
from web.standing import Standing


def _nobody_listens() -> None:
    return None


def build_desk(
    truth: SqlTruth, wake: Callable[[], None] = _nobody_listens, library: Library | None = None
) -> DeskParts:
    """wake: called after something was published or withdrawn. Cheap: nothing is read."""
    records = StaffRecords(truth.engine, truth.town)
    counts = CountsDesk(truth.engine, truth.town)
    return DeskParts(
        records=records,
        shelf=DeskShelf(truth.engine, truth.town),
        passwords=Passwords(),
        throttle=Throttle(time.monotonic),
        standing=Standing(records, today, KioskPairs(counts)),
        wake=wake,
        library=library,
        counts=counts,
        intake=build_intake(truth),
        holdings=build_holdings(truth),
        unanswered=build_unanswered(truth, library),
    )
