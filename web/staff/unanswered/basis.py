"""What a staff answer rests on: a passage that is held here, a paper named by its title, or experience alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.staff_answer import AnswerBasis, experience
from knowledge.library import Library
from knowledge.normalise import normalise
from knowledge.numbering import write_article
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.snapshot import Snapshot
from knowledge.types import DocumentKind, Instrument, Passage, StoredVersion
from web.staff.desk import Desk
from web.staff.holdings.present import holdings_of
from web.staff.unanswered.named_basis import named_basis
from web.staff.views import FieldError

HELD, NAMED, NONE = "held", "named", "none"
FREE = (DocumentKind.POLICY, DocumentKind.STATUTE)
SHOWN, LOOKED_AT = 8, 40


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage to choose. id: of the passage. text: its first words."""

    id: str
    title: str
    place: str
    text: str


def find_passages(desk: Desk, words: str, chosen: str) -> tuple[FoundPassage, ...]:
    """The one chosen, then the nearest passages of documents in force; () while nothing can be searched."""
    library = desk.parts.library
    if library is None or not library.ready():
        return ()
    snapshot = library.shelf.snapshot
    names = [chosen, *(_near(library, words, desk) if words.strip() else ())]
    passages = [snapshot.passages[name] for name in dict.fromkeys(names) if name in snapshot.passages]
    free = [each for each in passages if snapshot.versions[each.document_id].kind in FREE]
    return tuple(_shown(passage, snapshot) for passage in free[:SHOWN])


def _near(library: Library, words: str, desk: Desk) -> list[str]:
    """Ids of passages, best first, also of those too weak for an answer."""
    found = library.search(normalise(words), Scope(Moment.today(desk.today())), top_k=LOOKED_AT)
    weak = [each for each in found.rejects if each.reason == "below-threshold"]
    return [each.passage_id for each in found.hits if each.passage_id] + [each.passage_id for each in weak if each.passage_id]


def held_passage(library: Library | None, passage_id: str) -> tuple[StoredVersion, Passage] | None:
    """The published passage of a free document, None where it is not there any more."""
    if library is None or not library.ready():
        return None
    snapshot = library.shelf.snapshot
    passage = snapshot.passages.get(passage_id)
    version = snapshot.versions.get(passage.document_id) if passage else None
    return (version, passage) if passage and version and version.kind in FREE else None


def basis_of(desk: Desk, draft: Mapping[str, str]) -> tuple[AnswerBasis | None, tuple[FieldError, ...]]:
    """(None, what is wrong) where what was typed names nothing, or a paper only by half."""
    town = desk.services.town
    kind = draft.get("basis", "")
    if kind == NONE:
        return AnswerBasis(experience(town.operator, town.levels[-1].name)), ()
    if kind == NAMED:
        return named_basis(draft, town, holdings_of(desk).figures.instruments())
    found = held_passage(desk.parts.library, draft.get("passage", "")) if kind == HELD else None
    return (_held(desk, *found) if found else None), ()


def _held(desk: Desk, version: StoredVersion, passage: Passage) -> AnswerBasis:
    library = desk.parts.library
    assert library is not None  # the passage was found in it
    snapshot = library.shelf.snapshot
    known = snapshot.instruments.get(version.document_id)
    instrument = known or _instrument(desk, version)
    return AnswerBasis(instrument, place_of(passage, version.kind) or None, passage.text, passage.id)


def _instrument(desk: Desk, version: StoredVersion) -> Instrument:
    """The record of a document that came in at the desk: its own id, so that its text counts as held."""
    head = version.letterhead
    level = next((each.name for each in desk.services.town.levels if each.code == version.region), "")
    return Instrument(
        version.document_id,
        version.title,
        (head.issuer if head else "") or level,
        (head.level if head else "") or level,
        document_number=(head.document_number if head else "") or None,
        effective_from=version.period.start,
        effective_to=version.period.end,
    )


def place_of(passage: Passage, kind: DocumentKind) -> str:
    """第7条 of a law; the last heading of anything else, '' where there is none."""
    article, _, insertion = passage.part.partition("-")
    if kind is DocumentKind.STATUTE and article.isdigit():
        return write_article((int(article), int(insertion) if insertion.isdigit() else 0))
    return passage.heading[-1] if len(passage.heading) > 1 else ""


def _shown(passage: Passage, snapshot: Snapshot) -> FoundPassage:
    version = snapshot.versions[passage.document_id]
    return FoundPassage(passage.id, version.title, place_of(passage, version.kind), passage.text)
