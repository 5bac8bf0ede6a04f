"""What holds now, as the desk's pages read it: all that is published, and the town with its confirmed offices."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import HTTPException

from knowledge.check import Context
from knowledge.library import IndexMissing
from knowledge.overlay_town import with_records
from knowledge.snapshot import Snapshot
from knowledge.to_confirm import Missing, missing_by_owner
from knowledge.types import Town
from web.staff.desk import Desk
from web.staff.holdings.parts import Holdings

URLS = {"office": "/staff/offices/", "hotline": "/staff/hotlines/", "figure": "/staff/parameters/", "entry": "/staff/entries/"}


def holdings_of(desk: Desk) -> Holdings:
    """Raises 404 where this installation has none."""
    if desk.parts.holdings is None:
        raise HTTPException(404)
    return desk.parts.holdings


def snapshot_of(desk: Desk) -> Snapshot:
    """Of the running library where it is up to date, else read anew."""
    holdings, library = holdings_of(desk), desk.parts.library
    if library is not None:
        try:
            library.refresh()
            return library.shelf.snapshot
        except IndexMissing:
            pass
    return holdings.snapshot()


def town_of(desk: Desk) -> Town:
    """The town with what the clerks have confirmed up to this moment."""
    return with_records(desk.services.town, holdings_of(desk).records.records())


def missing_of(desk: Desk) -> Mapping[str, list[Missing]]:
    """Owner -> what it has to supply."""
    parameters = dict(holdings_of(desk).figures.parameters())
    return missing_by_owner(Context(town_of(desk), parameters, {}, {}), desk.today())


def url_of(missing: Missing) -> str:
    """Where it is filled in."""
    return f"{URLS[missing.kind.value]}{missing.subject}"
