"""Text files out of the installation, and in again: read, planned, taken over by a second person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import Wanted, stored_version, version_name
from ingest.errors import UnsupportedDocument
from ingest.originals import store_original
from ingest.readers.entry import read_entry
from knowledge.database.desk_values import Outcome
from knowledge.locks import originals_lock
from knowledge.overlay_export import text_files
from knowledge.overlay_import import Brought, ImportPlan, plan_of, read_files, unreviewed
from knowledge.overlay_values import Parcel
from knowledge.snapshot import Snapshot
from knowledge.types import DocumentOrigin, Instrument, StoredVersion, Town
from web.staff.desk import Desk
from web.staff.holdings.parcel import packed, unpacked
from web.staff.holdings.parcel_records import records_of, wrong_records
from web.staff.holdings.present import holdings_of, snapshot_of, town_of
from web.staff.intake.checking import Contradiction, contradictions_to
from web.staff.intake.rerunning import RunState
from web.staff.life import two_person
from web.staff.life_review import ConflictChoice, choices_of, closings_of, said_of

NOTHING = ImportPlan((), (), (), (), (), (), 0)
LOST = "压缩包的原件打不开了（{why}）。请不要这个压缩包，再传一次。现在什么都没有变。"


@dataclass(frozen=True, slots=True)
class Opened:
    """A parcel as it stands against what is published now. lost: why it cannot be read any more, '' where it can."""

    parcel: Parcel
    snapshot: Snapshot
    town: Town
    brought: Brought = field(default_factory=Brought)
    plan: ImportPlan = NOTHING
    lost: str = ""


def exported(desk: Desk) -> bytes:
    """A ZIP that PUFA_KNOWLEDGE_DIR could read once it is unpacked."""
    return packed(text_files(snapshot_of(desk), town_of(desk)))


def opened(desk: Desk, parcel: Parcel) -> Opened:
    """Read and compared, with what is wrong in it."""
    snapshot, town = snapshot_of(desk), town_of(desk)
    try:
        data = (desk.services.settings.originals_dir / parcel.sha256).read_bytes()
        files = unpacked(data, parcel.name)
    except UnsupportedDocument as error:
        return Opened(parcel, snapshot, town, lost=LOST.format(why=error.reason))
    except OSError:
        return Opened(parcel, snapshot, town, lost=LOST.format(why="存它的文件不在了或者坏了"))
    brought = read_files(files, snapshot, town)
    plan = plan_of(brought, snapshot, town)
    brought.problems += wrong_records([*(brought.offices[name] for name in plan.offices)])
    brought.problems += wrong_records([*(brought.hotlines[name] for name in plan.hotlines)])
    return Opened(parcel, snapshot, town, brought, plan)


def versions_of(desk: Desk, held: Opened) -> dict[str, StoredVersion]:
    """What the entries of the plan would become, by id. The caller has seen that there are no problems."""
    known = {**holdings_of(desk).figures.instruments(), **held.brought.instruments}
    return {name: _version(desk, name, held, known) for name in (*held.plan.added, *held.plan.changed)}


def choices(desk: Desk, held: Opened, versions: Iterable[StoredVersion], form: Mapping[str, str]) -> tuple[ConflictChoice, ...]:
    """Figures in use, or brought along, that the entries contradict: each once, as decided in the form."""
    figures = {**held.snapshot.parameters, **held.brought.parameters}
    found: dict[str, Contradiction] = {}
    for version in versions:
        for each in contradictions_to(figures, held.snapshot.versions, version, desk.today()):
            found.setdefault(each.conflict.key, each)
    return choices_of([*found.values()], (), form)


def take(
    desk: Desk,
    held: Opened,
    versions: Mapping[str, StoredVersion],
    decided: Sequence[ConflictChoice],
    run: RunState,
) -> Outcome:
    """Publish what differs, all of it in one transaction. The caller has seen that nothing is wrong or undecided."""
    settings, brought, plan = desk.services.settings, held.brought, held.plan
    deed = desk.deed("take_parcel", held.parcel.id, name=held.parcel.name, **said_of(decided), **run.said())
    with originals_lock(settings.data_dir, "desk"):
        for version in versions.values():
            store_original(settings.originals_dir, version.content.encode())
        return holdings_of(desk).parcels.take(
            held.parcel.id,
            [*versions.values()],
            [brought.parameters[name] for name in plan.parameters],
            [brought.instruments[name] for name in plan.instruments],
            records_of(desk, brought, plan),
            deed,
            two_person=two_person(desk),
            closings=closings_of(decided),
            seen=held.snapshot.revision,
        )


def _version(desk: Desk, name: str, held: Opened, known: Mapping[str, Instrument]) -> StoredVersion:
    """Reviewed by whom takes it over, whatever the file says of that."""
    path, brought, entry = held.brought.entries[name]
    text = unreviewed(brought)
    read = read_entry(text, path, known)
    document = replace(read, kind=entry.kind, reviewed_by=desk.person.id, reviewed_on=desk.today())
    ordinal = max((row.ordinal for row in desk.parts.shelf.rows(name)), default=0) + 1
    return stored_version(
        Wanted(document, DocumentOrigin.DESK, text.encode(), path), version_name(ordinal, document.digest)
    )
