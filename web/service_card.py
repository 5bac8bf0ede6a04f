"""An entry of the library as the 办事卡: fixed fields in fixed order, what is not held said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.wording import Wording
from knowledge.cards import DOING, FIELDS, Coverage
from knowledge.types import Confidence, PartKind
from web.library import ShownEntry, ShownSource
from web.views import ContactView, SiteView

MOST_LINES = 5
"""Lines of one field that the sheet has room for; the entry's page has all of them."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """absent: nothing is held for the field, and lines say whose word counts."""

    name: str
    lines: tuple[str, ...]
    absent: bool = False


@dataclass(frozen=True, slots=True)
class CardPage:
    """One service on one A4 sheet. address: of this card, as print and QR carry it."""

    site: SiteView
    title: str
    css_url: str
    fields: tuple[FieldView, ...]
    phones: tuple[ContactView, ...]
    bases: tuple[str, ...]
    printed: str
    address: str
    entry_url: str
    not_reviewed: str = ""


def shown_coverage(entry: ShownEntry) -> Coverage:
    """The same count as `knowledge.cards.coverage`, over the parts as shown today."""
    held = {part.kind: part.lines for part in entry.parts}
    return Coverage(
        entry_id=entry.id,
        sourced=tuple(kind for kind in FIELDS if any(line.marks for line in held.get(kind, ()))),
        missing=tuple(kind for kind in FIELDS if kind not in held),
        service=bool(DOING & held.keys()),
    )


def card_fields(entry: ShownEntry, wording: Wording) -> tuple[FieldView, ...]:
    """Every field, in order; a field without lines reads 「以窗口答复为准」."""
    held = {part.kind: tuple(line.text for line in part.lines) for part in entry.parts}
    return tuple(_field(kind, held.get(kind, ()), wording) for kind in FIELDS)


def _field(kind: PartKind, lines: tuple[str, ...], wording: Wording) -> FieldView:
    name = wording.words("card", kind.value)
    if lines:
        return FieldView(name, lines[:MOST_LINES])
    return FieldView(name, (wording.words("card", "absent"),), absent=True)


def card_bases(entry: ShownEntry, wording: Wording) -> tuple[str, ...]:
    """《title》（文号）articles, one line for each instrument."""
    found: dict[str, list[ShownSource]] = {}
    for source in entry.sources:
        found.setdefault(source.basis.instrument.id, []).append(source)
    return tuple(_basis(sources, wording) for sources in found.values())


def _basis(sources: list[ShownSource], wording: Wording) -> str:
    instrument = sources[0].basis.instrument
    articles = dict.fromkeys(source.basis.article for source in sources if source.basis.article)
    number = f"（{instrument.document_number}）" if instrument.document_number else ""
    told = f"《{instrument.title}》{number}{'、'.join(articles)}"
    secondhand = any(source.basis.confidence is Confidence.SECONDHAND for source in sources)
    note = instrument.source_note or wording.words("sources", "secondhand")
    return f"{told}（{note}）" if secondhand else told


def spell_today(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
