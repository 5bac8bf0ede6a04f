"""build_holdings(truth): the parts of entries, figures, offices and phones, chosen in one place."""

from __future__ import annotations

from knowledge.database.desk_figures import FigureStore
from knowledge.database.desk_parcels import ParcelStore
from knowledge.database.desk_records import RecordStore
from knowledge.database.overlays import OverlayStore
from knowledge.database.truth import SqlTruth
from knowledge.snapshot import take_snapshot
from web.staff.holdings.parts import Holdings


def build_holdings(truth: SqlTruth) -> Holdings:
    """Cheap: nothing is read."""
    given = (truth.engine, truth.town)
    return Holdings(
        truth=truth,
        records=RecordStore(*given),
        figures=FigureStore(*given),
        overlays=OverlayStore(*given),
        parcels=ParcelStore(*given),
        snapshot=lambda: take_snapshot(truth),
    )
