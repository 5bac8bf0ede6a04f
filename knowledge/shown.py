"""An entry with its figures filled in for one moment: what a card, a page and an answer are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.held import held_text
from knowledge.parameters import UsedFigure
from knowledge.passages import passage_id
from knowledge.render import Moment, Renderer, said_once
from knowledge.snapshot import Snapshot
from knowledge.types import Basis, Confidence, Entry, EntryPart, FigureState, Parameter, PartKind, Period


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One bullet as shown. marks: numbers of the sources it rests on. figures: dated figures in it."""

    text: str
    marks: tuple[int, ...] = ()
    figures: tuple[UsedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPart:
    kind: PartKind
    lines: tuple[ShownLine, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A numbered source: one basis as one part relies on it. quote: the held law text, None where not held."""

    number: int
    basis: Basis
    state: FigureState
    part: PartKind
    passage_id: str
    quote: str | None = None
    held_url: str | None = None
    period: Period = Period()
    """When the figure held that this source is cited for; open for other claims."""


@dataclass(frozen=True, slots=True)
class Link:
    id: str
    question: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """missing: figures asked for that are not held for this time, in order of first use."""

    id: str
    version: str
    question: str
    topic: str
    parts: tuple[ShownPart, ...]
    sources: tuple[ShownSource, ...]
    offices: tuple[str, ...]
    hotlines: tuple[str, ...]
    related: tuple[Link, ...]
    reviewed: bool
    staff: bool
    missing: tuple[Parameter, ...] = ()

    def part(self, kind: PartKind) -> ShownPart | None:
        return next((part for part in self.parts if part.kind is kind), None)

    def sources_of(self, kind: PartKind) -> tuple[ShownSource, ...]:
        return tuple(source for source in self.sources if source.part is kind)


def show_entry(entry: Entry, snapshot: Snapshot, renderer: Renderer, moment: Moment) -> ShownEntry:
    """Fill the entry for the moment. Lines whose figures are not held are left out; so are parts without lines."""
    version = snapshot.versions[entry.id]
    desk = _Numbering(entry, version.version, snapshot, renderer, moment)
    parts = tuple(part for part in (desk.part(part) for part in entry.parts) if part.lines)
    return ShownEntry(
        id=entry.id,
        version=version.version,
        question=entry.question,
        topic=entry.topic,
        parts=parts,
        sources=tuple(desk.sources),
        offices=entry.offices,
        hotlines=entry.hotlines,
        related=tuple(
            Link(name, snapshot.entries[name].question)
            for name in entry.related
            if name in snapshot.entries and snapshot.versions[name].period.covers(moment.on)
        ),
        reviewed=version.reviewed_by is not None,
        staff=version.kind.value == "staff_answer",
        missing=tuple({parameter.id: parameter for parameter in desk.missing}.values()),
    )


class _Numbering:
    """Numbers sources over one entry: one number for each basis in each part."""

    def __init__(self, entry: Entry, version: str, snapshot: Snapshot, renderer: Renderer, moment: Moment) -> None:
        self.entry = entry
        self.version = version
        self.snapshot = snapshot
        self.renderer = renderer
        self.moment = moment
        self.sources: list[ShownSource] = []
        self.missing: list[Parameter] = []
        self._hedged: set[str] = set()
        self._numbers: dict[tuple[PartKind, str, str | None], int] = {}

    def part(self, part: EntryPart) -> ShownPart:
        lines: list[ShownLine] = []
        figures: list[UsedFigure] = []
        for claim in part.claims:
            rendered = self.renderer.claim(claim, self.moment)
            self.missing += rendered.missing
            if not rendered.text:
                continue
            marks = [self._number(part.kind, self.entry.bases[mark], None) for mark in claim.marks]
            marks += [self._number(part.kind, figure.value.basis, figure) for figure in rendered.figures]
            lines.append(ShownLine(rendered.text, tuple(dict.fromkeys(marks)), rendered.figures))
            figures += rendered.figures
        return ShownPart(part.kind, tuple(lines + self._hedges(part.kind, lines, figures)))

    def _hedges(self, kind: PartKind, lines: Sequence[ShownLine], figures: list[UsedFigure]) -> list[ShownLine]:
        marks = tuple(dict.fromkeys(self._number(kind, figure.value.basis, figure) for figure in figures))
        new = [text for text in self.renderer.hedges(figures, self.moment) if text not in self._hedged]
        if kind is not PartKind.CONCLUSION:
            self._hedged.update(new)  # once under the conclusion, once more where the sums are listed
        found = [ShownLine(text, marks) for text in said_once(new)]
        if kind is PartKind.CONCLUSION and not figures and self._reprinted(lines):
            found.append(ShownLine(self._reprint_sentence(), ()))
        return found

    def _reprinted(self, lines: Sequence[ShownLine]) -> bool:
        used = {mark for line in lines for mark in line.marks}
        return any(
            source.number in used
            and source.basis.confidence is Confidence.SECONDHAND
            and source.basis.instrument.text_file is None
            for source in self.sources
        )

    def _reprint_sentence(self) -> str:
        return f"这是网上转载的说法，没见到原文件，办之前打{self._phone()}问准。"

    def _phone(self) -> str:
        return next((number for number in self.entry.hotlines if number in self.renderer.hotlines), "热线")

    def _number(self, kind: PartKind, basis: Basis, figure: UsedFigure | None) -> int:
        key = (kind, basis.instrument.id, basis.article)
        if key not in self._numbers:
            self._numbers[key] = len(self.sources) + 1
            text, url = held_text(basis, self.snapshot)
            name = passage_id(self.entry.id, self.version, kind.value)
            state = figure.state if figure else state_of_basis(basis, self.moment)
            period = figure.value.period if figure else Period()
            self.sources.append(ShownSource(len(self.sources) + 1, basis, state, kind, name, text, url, period))
        return self._numbers[key]


def state_of_basis(basis: Basis, moment: Moment) -> FigureState:
    """What a basis is worth on the asking day."""
    instrument = basis.instrument
    if instrument.effective_to is not None and instrument.effective_to <= moment.on:
        return FigureState.SUPERSEDED
    if instrument.effective_from is not None and instrument.effective_from > moment.on:
        return FigureState.NOT_YET
    return FigureState.IN_FORCE if basis.confidence is Confidence.VERIFIED else FigureState.LAST_KNOWN
