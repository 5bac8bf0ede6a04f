"""Everything one page or report of 普法需求 shows, read in a worker thread. Figures come from the counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.database.counts_values import Choice, Event
from web.staff.desk import Desk
from web.staff.needs.advice import Seen
from web.staff.needs.figures import Figures, figures
from web.staff.needs.names import Names
from web.staff.needs.parts import ALL, Counts
from web.staff.needs.spans import Span, before, months_of


@dataclass(frozen=True, slots=True)
class Needs:
    """now, earlier: of span and of compared. days: of the months shown. events: of span, up to today."""

    span: Span
    compared: Span
    now: Figures
    earlier: Figures
    months: tuple[Span, ...]
    days: Sequence[tuple[date, int, int]]
    events: tuple[Event, ...]
    names: Names

    @property
    def seen(self) -> Seen:
        return Seen(self.now, self.earlier, self.compared, self.events, self.names)

    @property
    def present(self) -> int:
        """How many came to the events, where it was filled in."""
        return sum(event.present or 0 for event in self.events)


def counts_of(desk: Desk) -> Counts:
    """Raises LookupError where the desk was made without counts (only in tests that need none)."""
    if desk.parts.counts is None:
        raise LookupError("this desk has no counts")
    return desk.parts.counts


def gather(desk: Desk, span: Span, choice: Choice = ALL) -> Needs:
    counts, today = counts_of(desk), desk.today()
    compared, months = before(span, today), months_of(span)
    held = counts.events()
    return Needs(
        span=span,
        compared=compared,
        now=figures(counts.sums(span.first, span.end, choice)),
        earlier=figures(counts.sums(compared.first, compared.end, choice)),
        months=months,
        days=counts.by_day(months[0].first, months[-1].end, choice),
        events=tuple(event for event in held if span.first <= event.day < span.end and event.day <= today),
        names=names_of(desk, held),
    )


def names_of(desk: Desk, events: Sequence[Event]) -> Names:
    return Names(
        topics={topic.slug: topic.name for topic in desk.services.town.topics},
        entries={row.document_id: row.title for row in desk.parts.shelf.rows()},
        events={event.id: event.name for event in events},
    )
