"""What has to change so that the held documents are the wanted ones. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from ingest.document import Wanted
from knowledge.database.states import SYNC, HeldDocument, VersionState
from knowledge.types import DocumentOrigin


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids by what will happen to them, each in one list.

    conflicts: the bundled text changed under an overlay (or a withdrawal) of the desk; the new text waits
    for review and what is published stays.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def plan(
    held: Mapping[str, HeldDocument],
    wanted: Mapping[str, Wanted],
    *,
    delete_missing: bool = False,
    keep: Set[str] = frozenset(),
) -> Plan:
    """Compare by digest.

    delete_missing: published bundled documents that are not wanted go. keep: ids that stay all the same
    (their files could not be read).
    """
    verdicts = {key: _verdict(held.get(key), item) for key, item in sorted(wanted.items())}
    stays = wanted.keys() | keep
    gone = [key for key, item in sorted(held.items()) if _is_bundled(item) and key not in stays]

    def those(verdict: str) -> tuple[str, ...]:
        return tuple(key for key, found in verdicts.items() if found == verdict)

    return Plan(
        added=those("added"),
        updated=those("updated"),
        deleted=tuple(gone) if delete_missing else (),
        skipped=those("skipped"),
        conflicts=those("conflict"),
    )


def _verdict(held: HeldDocument | None, wanted: Wanted) -> str:
    if held is None:
        return "added"
    if wanted.origin is DocumentOrigin.BUNDLED:
        return _bundled_verdict(held, wanted.document.digest)
    published = held.published
    if published is None:
        return "added"
    same = published.digest == wanted.document.digest and published.origin is wanted.origin
    return "skipped" if same else "updated"


def _bundled_verdict(held: HeldDocument, digest: str) -> str:
    published = held.published
    if published is not None and published.origin is DocumentOrigin.BUNDLED:
        return "skipped" if published.digest == digest else "updated"
    if published is None and _withdrawn_by_sync(held):
        return "added"
    # The desk has put its own text over it, or taken it back: only a change that nobody has seen counts.
    seen = held.latest_of(DocumentOrigin.BUNDLED)
    return "skipped" if seen is not None and seen.digest == digest else "conflict"


def _withdrawn_by_sync(held: HeldDocument) -> bool:
    ended = [item for item in held.versions if item.state is VersionState.WITHDRAWN]
    return bool(ended) and ended[-1].closed_by == SYNC


def _is_bundled(held: HeldDocument) -> bool:
    return held.published is not None and held.published.origin is DocumentOrigin.BUNDLED
