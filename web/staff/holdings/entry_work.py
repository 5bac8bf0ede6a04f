"""An entry between its form and the shelf: checked, shown as the card it will be, kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.document import Wanted, stored_version, version_name
from ingest.originals import store_original
from ingest.readers.entry import read_entry
from knowledge.database.desk_values import Outcome, VersionRow
from knowledge.entries import parse_entry
from knowledge.entry_writing import write_entry
from knowledge.locks import originals_lock
from knowledge.overlay_check import context_of, read_checked
from knowledge.problems import KnowledgeError
from knowledge.render import Moment, Renderer
from knowledge.shown import show_entry
from knowledge.snapshot import Snapshot
from knowledge.types import DocumentOrigin, Entry, Instrument, StoredVersion
from web.cards import entry_card
from web.staff.desk import Desk
from web.staff.holdings.entry_form import KINDS, EntryForm, entry_of
from web.staff.holdings.instrument_form import new_instrument
from web.staff.holdings.present import holdings_of, town_of
from web.staff.views import FieldError
from web.views import CardView

FIELDS_WITHOUT_INPUT = frozenset({"id", "facts", "author", "written_on", "reviewed_by", "reviewed_on", "basis", "yes_no"})
PARTS = frozenset(kind.value for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Written:
    """text: of the file it would be. entry: None where it cannot be read. instrument: written down with it."""

    text: str
    entry: Entry | None
    instrument: Instrument | None
    errors: tuple[FieldError, ...]


def write(desk: Desk, form: EntryForm, snapshot: Snapshot) -> Written:
    """The text that the form makes, with every fault that `pufa check --style` finds in it."""
    town = town_of(desk)
    levels = tuple(level.name for level in town.levels)
    instrument, wrong = new_instrument(form.new, levels)
    more: Mapping[str, Instrument] = {} if instrument is None else {instrument.id: instrument}
    known = {**snapshot.instruments, **holdings_of(desk).figures.instruments(), **more}
    made, faults = entry_of(form, known, desk.person.id, desk.today())
    text = write_entry(made)
    errors = (*wrong, *faults)
    if errors:
        return Written(text, None, instrument, errors)
    moment = Moment.today(desk.today())
    entry, found = read_checked(text, form.id, context_of(snapshot, town), moment, known)
    return Written(text, entry, instrument, tuple(FieldError(_input_of(each.field), each.sentence) for each in found))


def version_of(desk: Desk, written: Written, snapshot: Snapshot, rows: Sequence[VersionRow]) -> StoredVersion:
    """The version it will be. written: without faults. rows: the versions of its document."""
    assert written.entry is not None
    known = {**snapshot.instruments, **holdings_of(desk).figures.instruments()}
    if written.instrument is not None:
        known[written.instrument.id] = written.instrument
    document = read_entry(written.text, f"{written.entry.id}.md", known)
    ordinal = max((row.ordinal for row in rows), default=0) + 1
    wanted = Wanted(document, DocumentOrigin.DESK, written.text.encode(), f"{document.id}.md")
    return stored_version(wanted, version_name(ordinal, document.digest))


def save(desk: Desk, written: Written, version: StoredVersion, over: str, aside: str) -> Outcome:
    """The text as an original first, then the draft in one transaction."""
    settings = desk.services.settings
    deed = desk.deed("save_entry", version.document_id, title=version.title)
    with originals_lock(settings.data_dir, "desk"):
        store_original(settings.originals_dir, written.text.encode())
        return holdings_of(desk).overlays.save(version, over, deed, written.instrument, aside)


def card_of(desk: Desk, version: StoredVersion, snapshot: Snapshot, *, reviewed: bool) -> CardView | None:
    """The card as villagers would get it today; None where the text cannot be shown.

    reviewed: as it will be once somebody has published it.
    """
    town = town_of(desk)
    known = {**snapshot.instruments, **holdings_of(desk).figures.instruments()}
    seen = replace(version, reviewed_by=version.reviewed_by or (desk.person.id if reviewed else None))
    try:
        entry = parse_entry(version.content, version.document_id, known)
        with_it = replace(
            snapshot,
            versions={**snapshot.versions, entry.id: seen},
            entries={**snapshot.entries, entry.id: entry},
        )
        renderer = Renderer(snapshot.parameters, town.hotlines, town.offices)
        shown = show_entry(entry, with_it, renderer, Moment.today(desk.today()))
    except (KnowledgeError, KeyError):
        return None
    card = entry_card(shown, desk.services.wording, town, desk.today())
    blocks = tuple(replace(block, anchor="") for block in card.blocks)  # the form has ids of its own
    return replace(card, blocks=blocks, page_url="", service_card="", related=())


def _input_of(field: str) -> str:
    """The id of the input that a fault belongs to; '' where the form has none."""
    if field.startswith("basis-"):
        return f"instrument-{field.removeprefix('basis-')}"
    if field in PARTS:
        return f"part-{field}"
    return "" if field in FIELDS_WITHOUT_INPUT else field
