"""Texts of the program beside those of the desk: which came before, what an upgrade changed, under a draft too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.database.desk_values import VersionRow
from knowledge.types import StoredVersion
from web.staff.desk import Desk
from web.staff.differences import DifferenceRow, differences
from web.staff.holdings.entry_pages import KIND_SLUGS, is_conflict, working_row
from web.staff.holdings.entry_words import readable
from web.staff.holdings.present import holdings_of


def bundled_before(rows: Sequence[VersionRow], ordinal: int) -> VersionRow | None:
    """The newest text of the program that was in use before a version. rows: of one entry, oldest first."""
    older = [row for row in rows if row.origin == "bundled" and row.ordinal < ordinal and row.published_at]
    return older[-1] if older else None


def upgraded_under(rows: Sequence[VersionRow]) -> tuple[VersionRow, VersionRow] | None:
    """(the program's text that the desk's draft was written over, the one in use now), where an upgrade changed it."""
    draft = working_row(rows)
    if draft is None or draft.kind not in KIND_SLUGS:
        return None
    base = bundled_before(rows, draft.ordinal)
    now = next((row for row in rows if row.state == "published" and row.origin == "bundled"), None)
    return (base, now) if base is not None and now is not None and now.ordinal > draft.ordinal else None


def to_compare(rows: Sequence[VersionRow]) -> bool:
    """Whether somebody has to look at what an upgrade brought to this entry."""
    return any(is_conflict(row) for row in rows) or upgraded_under(rows) is not None


def text_of(desk: Desk, row: VersionRow | None) -> StoredVersion | None:
    return desk.parts.shelf.version(row.document_id, row.version) if row is not None else None


def plain_text(desk: Desk, version: StoredVersion | None) -> str:
    """What the entry says, in plain lines; '' for none."""
    return readable(version, holdings_of(desk).figures.instruments()) if version is not None else ""


def changes(desk: Desk, old: StoredVersion | None, new: StoredVersion | None) -> tuple[DifferenceRow, ...]:
    """Line by line, in plain words; () where there is nothing to compare."""
    if old is None or new is None:
        return ()
    regions = {level.code: level.name for level in desk.services.town.levels}
    before, after = (replace(each, content=plain_text(desk, each)) for each in (old, new))
    return differences(before, after, regions)


def upgrade_under(desk: Desk, rows: Sequence[VersionRow], version: str) -> tuple[DifferenceRow, ...]:
    """What the upgrade changed under this version, which waits; () for any other."""
    draft, found = working_row(rows), upgraded_under(rows)
    if draft is None or found is None or draft.version != version:
        return ()
    base, now = found
    return changes(desk, text_of(desk, base), text_of(desk, now))
