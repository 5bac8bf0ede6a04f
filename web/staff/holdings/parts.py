"""What the holdings ask of the database and of the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.database.desk_values import Closing, Outcome
from knowledge.database.staff_values import Deed
from knowledge.overlay_values import FigureChange, FigureOverlay, Paper, Parcel, RecordKind, TownRecord
from knowledge.ports import Truth
from knowledge.snapshot import Snapshot
from knowledge.types import Instrument, Parameter, StoredVersion


class Records(Protocol):
    """`knowledge.database.desk_records.RecordStore`: offices, hotlines, papers."""

    def records(self) -> Sequence[TownRecord]: ...

    def confirm(self, record: TownRecord, deed: Deed, paper: Paper | None = None) -> None: ...

    def attach(self, paper: Paper, deed: Deed) -> None: ...

    def papers(self, kind: RecordKind | None = None, subject: str = "") -> Sequence[Paper]: ...

    def paper(self, paper_id: str) -> Paper | None: ...


class Figures(Protocol):
    """`knowledge.database.desk_figures.FigureStore`."""

    def parameters(self) -> Mapping[str, Parameter]: ...

    def instruments(self) -> Mapping[str, Instrument]: ...

    def changes(self, parameter_id: str = "") -> Sequence[FigureChange]: ...

    def overlays(self) -> Sequence[FigureOverlay]: ...

    def propose(
        self, change: FigureChange, deed: Deed, instrument: Instrument | None = None, paper: Paper | None = None
    ) -> Outcome: ...

    def publish(self, change_id: str, deed: Deed, *, two_person: bool) -> Outcome: ...

    def drop(self, change_id: str, deed: Deed) -> Outcome: ...

    def undo(self, change_id: str, deed: Deed) -> Outcome: ...

    def keep_ours(self, parameter_id: str, deed: Deed) -> Outcome: ...


class Overlays(Protocol):
    """`knowledge.database.overlays.OverlayStore`: desk texts of entries."""

    def save(
        self, version: StoredVersion, over: str, deed: Deed, instrument: Instrument | None = None, aside: str = ""
    ) -> Outcome: ...

    def approve(self, document_id: str, version: str, deed: Deed, today: date) -> Outcome: ...

    def set_aside(self, document_id: str, version: str, deed: Deed) -> Outcome: ...


class Parcels(Protocol):
    """`knowledge.database.desk_parcels.ParcelStore`: ZIPs of text files on their way in."""

    def parcels(self) -> Sequence[Parcel]: ...

    def add(self, parcel: Parcel, deed: Deed) -> None: ...

    def drop(self, parcel_id: str, deed: Deed) -> Outcome: ...

    def take(
        self,
        parcel_id: str,
        versions: Sequence[StoredVersion],
        parameters: Sequence[Parameter],
        instruments: Sequence[Instrument],
        records: Sequence[TownRecord],
        deed: Deed,
        *,
        two_person: bool,
        closings: Sequence[Closing] = (),
        seen: int | None = None,
    ) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Holdings:
    """snapshot: all that is published, read from the database; for a desk without a library."""

    truth: Truth
    records: Records
    figures: Figures
    overlays: Overlays
    parcels: Parcels
    snapshot: Callable[[], Snapshot]
