"""States of a version, 草稿 → 待复审 → 已发布 → 已被替换 | 已撤回, and documents in short for sync."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.types import DocumentOrigin


class VersionState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


SYNC = "sync"
"""`closed_by` of what the program itself replaced or withdrew."""


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """One version in short. ordinal: 1 for the first of its document. closed_by: who ended it, if ended."""

    document_id: str
    version: str
    ordinal: int
    state: VersionState
    origin: DocumentOrigin
    digest: str
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document with its versions, oldest first; at least one."""

    document_id: str
    versions: tuple[HeldVersion, ...]

    @property
    def published(self) -> HeldVersion | None:
        return next((item for item in self.versions if item.state is VersionState.PUBLISHED), None)

    @property
    def latest(self) -> HeldVersion:
        return self.versions[-1]

    def latest_of(self, origin: DocumentOrigin) -> HeldVersion | None:
        return next((item for item in reversed(self.versions) if item.origin is origin), None)
