"""The areas of the desk, one file each. A new area is named here."""

from __future__ import annotations

from web.pages.staff import (
    accounts,
    conflicts,
    documents,
    entries,
    events,
    exchange,
    feedback,
    home,
    intake,
    intake_check,
    intake_parts,
    intake_submit,
    intake_try,
    kiosks,
    kiosks_counts,
    life,
    log,
    login,
    needs,
    parameters,
    password,
    switches,
    to_confirm,
    town_records,
    unanswered,
    unanswered_answer,
    unanswered_steps,
    unanswered_wordings,
)
from web.staff.desk import Counts
from web.staff.views import MenuItem

AREAS = (
    login,
    password,
    home,
    documents,
    life,
    intake,
    intake_check,
    intake_parts,
    intake_try,
    intake_submit,
    entries,
    conflicts,
    parameters,
    town_records,
    to_confirm,
    exchange,
    needs,
    events,
    kiosks_counts,
    kiosks,
    unanswered,
    unanswered_answer,
    unanswered_steps,
    unanswered_wordings,
    feedback,
    switches,
    accounts,
    log,
)
ROUTERS = tuple(area.router for area in AREAS)
COUNTS: tuple[Counts, ...] = tuple(area.counts for area in AREAS if hasattr(area, "counts"))
MENU: tuple[MenuItem, ...] = tuple(item for area in AREAS for item in getattr(area, "MENU", ()))
