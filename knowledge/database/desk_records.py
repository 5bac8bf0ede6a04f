"""Offices and hotlines as the desk has them, and the papers that values come from; each call is one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, RowMapping, func, insert, select

from knowledge.database import staff_log
from knowledge.database.engine import reading
from knowledge.database.publishing import raise_revision
from knowledge.database.record_models import papers, parcels, town_records
from knowledge.database.staff_values import Deed
from knowledge.overlay_values import Paper, RecordKind, TownRecord

_C = town_records.c


def records_in(connection: Connection, town: str) -> list[TownRecord]:
    """The newest record of every office and hotline that the desk has spoken of."""
    asked = select(town_records).where(_C.town == town).order_by(_C.kind, _C.id, _C.ordinal)
    found = {(row["kind"], row["id"]): row for row in connection.execute(asked).mappings()}
    return [_record(row) for row in found.values()]


def put_record(connection: Connection, town: str, record: TownRecord) -> None:
    """Append a record; the older ones stay."""
    same = (_C.town == town, _C.kind == record.kind.value, _C.id == record.id)
    last = connection.execute(select(func.max(_C.ordinal)).where(*same)).scalar() or 0
    row = {
        "town": town,
        "kind": record.kind.value,
        "id": record.id,
        "ordinal": last + 1,
        "fields": dict(record.fields),
        "without": list(record.without),
        "confirmed_on": record.confirmed_on,
        "who": record.who,
        "at": record.at,
    }
    connection.execute(insert(town_records), row)


def put_paper(connection: Connection, town: str, paper: Paper) -> None:
    row = {name: getattr(paper, name) for name in Paper.__slots__} | {"kind": paper.kind.value, "town": town}
    connection.execute(insert(papers), row)


def kept_digests(connection: Connection) -> set[str]:
    """sha256 of every original that a paper or a waiting parcel of any town names."""
    named = set(connection.execute(select(papers.c.sha256).distinct()).scalars())
    waiting = select(parcels.c.sha256).where(parcels.c.state == "waiting").distinct()
    return named | set(connection.execute(waiting).scalars())


class RecordStore:
    """Objects may be shared by threads."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    def records(self) -> list[TownRecord]:
        with reading(self._engine) as connection:
            return records_in(connection, self._town)

    def confirm(self, record: TownRecord, deed: Deed, paper: Paper | None = None) -> None:
        """Keep what a clerk confirmed; every page and answer takes it over with the next revision."""

        def change(connection: Connection) -> None:
            put_record(connection, self._town, record)
            raise_revision(connection, self._town, deed.at)

        self._do(deed, change, paper)

    def attach(self, paper: Paper, deed: Deed) -> None:
        self._do(deed, lambda connection: None, paper)

    def papers(self, kind: RecordKind | None = None, subject: str = "") -> list[Paper]:
        """Newest first; of one subject, where named."""
        asked = select(papers).where(papers.c.town == self._town)
        if kind is not None:
            asked = asked.where(papers.c.kind == kind.value)
        if subject:
            asked = asked.where(papers.c.subject == subject)
        with reading(self._engine) as connection:
            rows = connection.execute(asked.order_by(papers.c.at.desc(), papers.c.id)).mappings().all()
        return [_paper(row) for row in rows]

    def paper(self, paper_id: str) -> Paper | None:
        return next((paper for paper in self.papers() if paper.id == paper_id), None)

    def _do(self, deed: Deed, change: Callable[[Connection], None], paper: Paper | None) -> None:
        def act(connection: Connection) -> None:
            change(connection)
            if paper is not None:
                put_paper(connection, self._town, paper)

        staff_log.logged(self._engine, self._town, deed, act, None)


def _record(row: RowMapping) -> TownRecord:
    return TownRecord(
        RecordKind(row["kind"]), row["id"], row["fields"], tuple(row["without"]), row["confirmed_on"], row["who"], row["at"]
    )


def _paper(row: RowMapping) -> Paper:
    held = {name: row[name] for name in Paper.__slots__ if name != "kind"}
    return Paper(kind=RecordKind(row["kind"]), **held)
