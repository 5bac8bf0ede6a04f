"""办事卡: what one service asks of a person, field by field, from the typed parts of an entry and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.entries import PLACEHOLDER
from knowledge.types import Claim, DocumentKind, Entry, PartKind

FIELDS = (
    PartKind.CONCLUSION,
    PartKind.CONDITIONS,
    PartKind.WHERE,
    PartKind.MATERIALS,
    PartKind.DURATION,
    PartKind.FEE,
)
"""What it is, who may, where, what to bring, how long, what it costs; phones and 依据 come from the records."""
DOING = frozenset({PartKind.WHERE, PartKind.MATERIALS})
"""One of these makes an entry a service: something that is done somewhere, or with papers."""
LEAST_SOURCED = 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which fields of an entry are there and rest on a source, and which are not there at all."""

    entry_id: str
    sourced: tuple[PartKind, ...]
    missing: tuple[PartKind, ...]
    service: bool

    @property
    def is_card(self) -> bool:
        return self.service and len(self.sourced) >= LEAST_SOURCED


def coverage(entry: Entry) -> Coverage:
    """Looks at the claims as written: a mark or a dated figure is a source."""
    held = {part.kind: part.claims for part in entry.parts}
    return Coverage(
        entry_id=entry.id,
        sourced=tuple(kind for kind in FIELDS if is_sourced(held.get(kind, ()))),
        missing=tuple(kind for kind in FIELDS if kind not in held),
        service=entry.kind is not DocumentKind.REPORT and bool(DOING & held.keys()),
    )


def is_sourced(claims: Iterable[Claim]) -> bool:
    return any(claim.marks or _has_figure(claim.text) for claim in claims)


def _has_figure(text: str) -> bool:
    return any(not name.startswith("tel:") for name in PLACEHOLDER.findall(text))


def card_coverage(entries: Iterable[Entry]) -> Sequence[Coverage]:
    """Of every entry that makes a card, in the order of the ids."""
    found = (coverage(entry) for entry in entries)
    return sorted((each for each in found if each.is_card), key=lambda each: each.entry_id)
