"""Results of a calculator -> the blocks of an answer, with the places each rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.calculators.calculate import Case
from bot.calculators.results import Explained, Impossible, Missing, RuleBasis
from bot.types import BasisRef, Block, BlockKind, Citation, Draft, Origin, Part, PassageRef
from bot.wording import Wording
from knowledge.held import held_text
from knowledge.library import Library
from knowledge.numbering import articles_in
from knowledge.parameters import UsedFigure
from knowledge.render import Moment, said_once
from knowledge.shown import ShownEntry, ShownSource, show_entry, state_of_basis
from knowledge.types import Basis, FigureState

LOOK_AT = 5
"""Hits that may serve as the passage of a citation."""
Marks = tuple[int, ...]


def explained_of(case: Case) -> Explained | None:
    return None if isinstance(case.outcome, (Missing, Impossible)) else case.outcome.explained


def grounded(cases: Iterable[Case], library: Library) -> bool:
    """Whether the rules that the cases rest on are known here: without them nothing is claimed."""
    known = library.shelf.snapshot.instruments
    return all(rule.instrument in known for case in cases if (e := explained_of(case)) for rule in e.basis)


def drafts_of_cases(
    cases: Sequence[Case], notes: Sequence[str], part: Part, library: Library, wording: Wording, moment: Moment
) -> tuple[Draft, ...]:
    """One result as conclusion and working; several side by side. notes: cautions of the reading."""
    worked = [explained for case in cases if (explained := explained_of(case))]
    citations = _Sources(part, library, moment).cite(worked)
    marks = tuple(citation.number for citation in citations)
    if len(cases) == 1:
        head = [worked[0].conclusion, *worked[0].lines]
        blocks = [_block(BlockKind.CONCLUSION, head, marks)]
    else:
        common = _in_all([explained.lines for explained in worked])
        blocks = [
            _block(BlockKind.CONCLUSION, [wording.words("calculator", "cases"), *common], marks),
            _block(BlockKind.COMPARISON, [_labelled(case, wording) for case in cases], marks),
        ]
    steps = _steps(cases)
    blocks += [_block(BlockKind.CALCULATION, steps, marks)] if steps else []
    figures = [figure for explained in worked for figure in explained.figures]
    said = [*notes, *said_once(library.renderer.hedges(figures, moment)), *_union(e.cautions for e in worked)]
    blocks.append(_block(BlockKind.NOTE, [*dict.fromkeys(said), wording.words("calculator", "measured")], ()))
    return tuple(Draft(block, citations if block.citations else ()) for block in blocks)


def _block(kind: BlockKind, lines: Sequence[str], marks: Marks) -> Block:
    """The first line carries the sources of the whole block."""
    by_line = (marks, *(() for _ in lines[1:]))
    return Block(kind, "\n".join(lines), marks, Origin.CALCULATOR, by_line)


def _labelled(case: Case, wording: Wording) -> str:
    match case.outcome:
        case Missing(what=what):
            said = wording.words("calculator", "missing", missing=what, phone=case.outcome.ask[0])
        case Impossible(sentence=sentence):
            said = sentence
        case result:
            said = result.explained.conclusion
    return f"{case.label}：{said}" if case.label else said


def _steps(cases: Sequence[Case]) -> list[str]:
    """The working: what is the same in all cases once, then each case's own."""
    worked = [(case.label, explained.formula) for case in cases if (explained := explained_of(case))]
    common = _in_all([formula for _, formula in worked])
    own = [(label, "".join(step for step in formula if step not in common)) for label, formula in worked]
    if len(worked) == 1:
        return [*worked[0][1]]
    return [*common, *(f"{label}：{steps}" for label, steps in own if steps)]


def _in_all(several: Sequence[Sequence[str]]) -> list[str]:
    if not several:
        return []
    return [line for line in several[0] if all(line in other for other in several)]


def _union(several: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(line for lines in several for line in lines))


@dataclass(frozen=True, slots=True)
class _Place:
    """One basis as a calculator relies on it."""

    basis: Basis
    state: FigureState


class _Sources:
    """Finds for each basis the passage that is held here: the entry that explains it, else the law's own text."""

    def __init__(self, part: Part, library: Library, moment: Moment) -> None:
        self._library = library
        self._snapshot = library.shelf.snapshot
        self._moment = moment
        self._hits = [hit.document_id for hit in part.hits[:LOOK_AT] if hit.document_id in self._snapshot.entries]
        self._rule = part.rule.partition(":")[2]

    def cite(self, worked: Sequence[Explained]) -> tuple[Citation, ...]:
        places: dict[tuple[str, str | None], _Place] = {}
        for explained in worked:
            for place in (*map(self._of_rule, explained.basis), *map(self._of_figure, explained.figures)):
                places.setdefault((place.basis.instrument.id, place.basis.article), place)
        text = "\n".join(worked[0].formula) if worked else ""
        return tuple(self._citation(number, place, text) for number, place in enumerate(places.values(), 1))

    def _of_rule(self, rule: RuleBasis) -> _Place:
        instrument = self._snapshot.instruments[rule.instrument]
        basis = Basis(instrument, rule.article, rule.confidence, rule.checked_on)
        return _Place(basis, state_of_basis(basis, self._moment))

    @staticmethod
    def _of_figure(figure: UsedFigure) -> _Place:
        return _Place(figure.value.basis, figure.state)

    def _citation(self, number: int, place: _Place, formula: str) -> Citation:
        basis, instrument = place.basis, place.basis.instrument
        quote, url = held_text(basis, self._snapshot)
        return Citation(
            number=number,
            confidence=basis.confidence,
            state=place.state,
            checked_on=basis.checked_on,
            passage=self._passage(basis, quote, url, formula),
            basis=BasisRef(
                title=instrument.title,
                document_number=instrument.document_number,
                issuer=instrument.issuer,
                article=basis.article,
                level=instrument.level,
                effective_from=instrument.effective_from,
                effective_to=instrument.effective_to,
                held=quote is not None,
                quote=quote,
                date_precision=instrument.date_precision,
                published_at=instrument.published_at,
                source_note=instrument.source_note,
                url=url,
            ),
        )

    def _passage(self, basis: Basis, quote: str | None, url: str | None, formula: str) -> PassageRef:
        for name in self._hits:
            entry = self._snapshot.entries[name]
            if any(held.instrument.id == basis.instrument.id for held in entry.bases.values()):
                shown = show_entry(entry, self._snapshot, self._library.renderer, self._moment)
                source = next((s for s in shown.sources if _same_place(s.basis, basis)), None)
                if source is not None:
                    return _of_entry(shown, source)
        version = self._snapshot.versions.get(basis.instrument.id)
        if quote and url and version is not None:
            part = url.rpartition("#passage-")[2]
            name = f"{version.document_id}@{version.version}:{part}"
            return PassageRef(name, version.document_id, version.version, version.title, url, quote)
        name = f"calculator-{self._rule}"
        return PassageRef(name, name, "1", basis.instrument.title, "/calculate", formula)


def _of_entry(shown: ShownEntry, source: ShownSource) -> PassageRef:
    part = shown.part(source.part)
    url = f"/entries/{shown.id}#{source.part.value}"
    return PassageRef(source.passage_id, shown.id, shown.version, shown.question, url, part.text if part else "")


def _same_place(held: Basis, wanted: Basis) -> bool:
    """The same instrument, and an article in common where both name one."""
    if held.instrument.id != wanted.instrument.id:
        return False
    if not held.article or not wanted.article:
        return True
    return bool(set(articles_in(held.article)) & set(articles_in(wanted.article)))
