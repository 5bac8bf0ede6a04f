"""What sync asks of the database, in one place; `knowledge.database.truth` gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import datetime
from typing import Protocol

from knowledge.database.states import HeldDocument, VersionState
from knowledge.types import Instrument, Parameter, StoredVersion


class WritableTruth(Protocol):
    """Documents and figures of one town. Each writing call is one transaction: all of it, or nothing."""

    def held(self) -> Mapping[str, HeldDocument]:
        """Every document with its versions in short."""
        ...

    def instruments(self) -> Mapping[str, Instrument]: ...

    def original_digests(self) -> Set[str]:
        """sha256 of every original that some version names."""
        ...

    def add(
        self,
        version: StoredVersion,
        state: VersionState,
        now: datetime,
        *,
        reason: str | None = None,
        half_written: Callable[[], None] = ...,
        before_commit: Callable[[], None] = ...,
    ) -> None:
        """Store a version; as published it replaces the published one. The callbacks run inside."""
        ...

    def withdraw(
        self,
        document_id: str,
        now: datetime,
        *,
        by: str,
        reason: str,
        before_commit: Callable[[], None] = ...,
    ) -> bool:
        """Take a document out of every answer; False when nothing of it is published."""
        ...

    def put_figures(
        self,
        wanted: Mapping[str, Parameter],
        resting_on: Mapping[str, Instrument],
        now: datetime,
        *,
        before_commit: Callable[[], None] = ...,
    ) -> bool:
        """Make bundled figures and laws these; False when they were so already."""
        ...
