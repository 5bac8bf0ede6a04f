"""The areas of the desk, one file each. A new area is named here."""

from __future__ import annotations

from web.pages.staff import (
    accounts,
    documents,
    home,
    intake,
    intake_check,
    intake_parts,
    intake_submit,
    intake_try,
    life,
    log,
    login,
    password,
    switches,
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
    switches,
    accounts,
    log,
)
ROUTERS = tuple(area.router for area in AREAS)
COUNTS: tuple[Counts, ...] = tuple(area.counts for area in AREAS if hasattr(area, "counts"))
MENU: tuple[MenuItem, ...] = tuple(item for area in AREAS for item in getattr(area, "MENU", ()))
