"""The counts of this installation as a file's text: for the desk's button and the `pufa counts` command."""

from __future__ import annotations

from datetime import datetime

from web.staff.needs.counts_file import written
from web.staff.needs.parts import Counts


def own_counts(counts: Counts, town: str, now: datetime) -> str | None:
    """None where nothing was counted yet. now: aware; a later file takes the place of an earlier one."""
    installation, days = counts.own()
    if installation is None or not days:
        return None
    return written(town, installation, now, days, counts.events())
