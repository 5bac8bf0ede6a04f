"""A document between its bytes and the database: what a reader makes, what sync compares and stores."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from knowledge.database.digests import content_digest
from knowledge.passages import passage_digest, passage_id
from knowledge.types import DocumentKind, DocumentOrigin, PartKind, Passage, Period, StoredVersion


@dataclass(frozen=True, slots=True)
class Cut:
    """One passage before its version has a name.

    part: unique in the document. heading: from the title down.
    """

    part: str
    heading: tuple[str, ...]
    text: str
    kind: PartKind = PartKind.TEXT


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader found in a file. content: its normalised text. period: open where dates are unknown."""

    id: str
    kind: DocumentKind
    title: str
    content: str
    cuts: tuple[Cut, ...]
    topic: str = ""
    region: str = "00"
    period: Period = field(default_factory=Period)
    written_by: str = ""
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    @property
    def digest(self) -> str:
        """sha256 (hex), `knowledge.database.digests`."""
        return content_digest(
            self.kind,
            self.title,
            self.topic,
            self.region,
            self.content,
            self.period,
            self.written_by,
            ((cut.part, cut.kind.value, cut.heading, cut.text) for cut in self.cuts),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that should be published. original: the bytes it was read from; path: as shown to people."""

    document: ReadDocument
    origin: DocumentOrigin
    original: bytes
    path: str

    @property
    def original_sha256(self) -> str:
        return hashlib.sha256(self.original).hexdigest()


def version_name(ordinal: int, digest: str) -> str:
    """Opaque, and the same when the same work is done again after a crash."""
    return f"{ordinal}-{digest[:10]}"


def stored_version(wanted: Wanted, version: str) -> StoredVersion:
    """The rows to be, under a version's name."""
    document = wanted.document
    return StoredVersion(
        document_id=document.id,
        version=version,
        kind=document.kind,
        origin=wanted.origin,
        topic=document.topic,
        title=document.title,
        region=document.region,
        content=document.content,
        digest=document.digest,
        period=document.period,
        passages=tuple(_passage(document.id, version, cut) for cut in document.cuts),
        original_sha256=wanted.original_sha256,
        original_name=wanted.path.rsplit("/", 1)[-1],
        written_by=document.written_by,
        reviewed_by=document.reviewed_by,
        reviewed_on=document.reviewed_on,
    )


def _passage(document_id: str, version: str, cut: Cut) -> Passage:
    return Passage(
        id=passage_id(document_id, version, cut.part),
        document_id=document_id,
        version=version,
        part=cut.part,
        kind=cut.kind,
        heading=cut.heading,
        text=cut.text,
        digest=passage_digest(cut.heading, cut.text),
    )
