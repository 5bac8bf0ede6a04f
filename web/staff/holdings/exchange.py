"""Text files out of the installation, and in again: read, planned, taken over by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.document import Wanted, stored_version, version_name
from ingest.originals import store_original
from ingest.readers.entry import read_entry
from knowledge.database.desk_values import Outcome
from knowledge.locks import originals_lock
from knowledge.overlay_export import text_files
from knowledge.overlay_import import Brought, ImportPlan, plan_of, read_files
from knowledge.overlay_values import Parcel, RecordKind, TownRecord
from knowledge.types import DocumentOrigin, Hotline, Instrument, Office, StoredVersion
from web.staff.desk import Desk
from web.staff.holdings.parcel import packed, unpacked
from web.staff.holdings.present import holdings_of, snapshot_of, town_of
from web.staff.life import two_person


@dataclass(frozen=True, slots=True)
class Opened:
    """A parcel as it stands against what is published now."""

    parcel: Parcel
    brought: Brought
    plan: ImportPlan


def exported(desk: Desk) -> bytes:
    """A ZIP that PUFA_KNOWLEDGE_DIR could read once it is unpacked."""
    return packed(text_files(snapshot_of(desk), town_of(desk)))


def opened(desk: Desk, parcel: Parcel) -> Opened:
    """Raises UnsupportedDocument, OSError."""
    data = (desk.services.settings.originals_dir / parcel.sha256).read_bytes()
    snapshot, town = snapshot_of(desk), town_of(desk)
    brought = read_files(unpacked(data, parcel.name), snapshot, town)
    return Opened(parcel, brought, plan_of(brought, snapshot, town))


def take(desk: Desk, held: Opened) -> Outcome:
    """Publish what differs, all of it in one transaction. The caller has seen that there are no problems."""
    settings, brought, plan = desk.services.settings, held.brought, held.plan
    deed = desk.deed("take_parcel", held.parcel.id, name=held.parcel.name)
    known = {**holdings_of(desk).figures.instruments(), **brought.instruments}
    with originals_lock(settings.data_dir, "desk"):
        versions = []
        for name in (*plan.added, *plan.changed):
            store_original(settings.originals_dir, brought.entries[name][1].encode())
            versions.append(_version(desk, name, brought, known))
        return holdings_of(desk).parcels.take(
            held.parcel.id,
            versions,
            [brought.parameters[name] for name in plan.parameters],
            [brought.instruments[name] for name in plan.instruments],
            [
                *(_office_record(desk, brought.offices[name]) for name in plan.offices),
                *(_hotline_record(desk, brought.hotlines[name]) for name in plan.hotlines),
            ],
            deed,
            two_person=two_person(desk),
        )


def _version(desk: Desk, name: str, brought: Brought, known: dict[str, Instrument]) -> StoredVersion:
    path, text, _ = brought.entries[name]
    document = read_entry(text, path, known)
    ordinal = max((row.ordinal for row in desk.parts.shelf.rows(name)), default=0) + 1
    return stored_version(
        Wanted(document, DocumentOrigin.DESK, text.encode(), path), version_name(ordinal, document.digest)
    )


def _office_record(desk: Desk, office: Office) -> TownRecord:
    fields = {name: getattr(office, name) for name in ("what", "phone", "address", "hours")}
    return TownRecord(
        RecordKind.OFFICE, office.id, fields, office.without, _day(office.confirmed_on), desk.person.id, desk.now()
    )


def _hotline_record(desk: Desk, line: Hotline) -> TownRecord:
    fields = {"what": line.what, "hours": line.hours}
    return TownRecord(RecordKind.HOTLINE, line.number, fields, (), _day(line.confirmed_on), desk.person.id, desk.now())


def _day(text: str) -> date:
    return date.fromisoformat(text)
