"""hits -> proposed blocks, by picking what is held (no model): an entry's parts, or sentences of a document."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.stages.quote import draft_of_passage
from bot.stages.retrieve import moment_of
from bot.stages.suggest import suggestions
from bot.types import (
    CARD_ORDER,
    AnswerStatus,
    BasisRef,
    Block,
    BlockKind,
    Citation,
    Draft,
    Inquiry,
    Origin,
    Part,
    PassageRef,
)
from knowledge.library import Library
from knowledge.render import Moment
from knowledge.shown import ShownEntry, ShownPart, ShownSource, show_entry
from knowledge.types import Hit, Parameter, PartKind

CLOSE = 0.88
"""A second entry this near the first (share of its score) is shown too, by its conclusion."""
LAST_KNOWN = "最近知道的"
_THEN = re.compile(r"当年|当时|那时|那年|那会儿")
"""Words that ask how it was then; without them a year may be that of an event (2010年交的)."""


def compose(inquiry: Inquiry, *, library: Library) -> Inquiry:
    """Fill drafts of every open part, and suggestions; may propose NO_BASIS where the figure asked for is not held."""
    parts = tuple(_compose(part, inquiry, library) for part in inquiry.parts)
    return replace(inquiry, parts=parts, suggestions=suggestions(parts, library, inquiry.question.on))


def _compose(part: Part, inquiry: Inquiry, library: Library) -> Part:
    if part.status is not None or part.drafts or not part.hits:
        return part
    moment = moment_of(part, inquiry)
    best = part.hits[0]
    entry = library.shelf.snapshot.entries.get(best.document_id)
    if entry is None:
        drafts = draft_of_passage(part, library, moment)
        return replace(part, drafts=drafts) if drafts else part.end(AnswerStatus.NO_BASIS, "no-sentence")
    shown = show_entry(entry, library.shelf.snapshot, library.renderer, moment)
    part = replace(part, understood=entry.question, topic=entry.topic)
    if _figure_absent(shown, part, moment):
        sentence = library.renderer.missing_sentence(shown.missing[0])
        if not later_than_known(shown.missing[0], moment):
            return part.end(AnswerStatus.NO_BASIS, f"no-figure:{sentence}")
        latest = show_entry(entry, library.shelf.snapshot, library.renderer, Moment.today(moment.on))
        return replace(part, drafts=_not_yet_known(sentence, latest))
    drafts = drafts_of(shown)
    return replace(part, drafts=drafts + _also(part, library, moment, len(shown.sources)))


def _figure_absent(shown: ShownEntry, part: Part, moment: Moment) -> bool:
    """Whether the very figure asked for is not held for that time."""
    if not shown.missing:
        return False
    of_then = part.wanted is PartKind.AMOUNT or _THEN.search(part.standalone) is not None
    sums_gone = of_then and not any(line.figures for p in shown.parts for line in p.lines)
    ahead = moment.about.start is not None and moment.about.start > moment.on  # 明年涨不涨 asks for no sum of now
    return shown.part(PartKind.CONCLUSION) is None or (moment.said and sums_gone and not ahead)


def later_than_known(parameter: Parameter, moment: Moment) -> bool:
    """Whether the time asked about comes after every value held: then the last known one is still of use."""
    start = moment.about.start
    return start is not None and all(value.period.end is not None and value.period.end <= start for value in parameter.values)


def _not_yet_known(sentence: str, latest: ShownEntry) -> tuple[Draft, ...]:
    """The figure is not known yet: said first, then what is known last, under its own heading."""
    first, *rest = drafts_of(latest)
    said = Draft(replace(first.block, text=sentence, marks=(first.block.citations,)), first.citations)
    last = Draft(replace(first.block, kind=BlockKind.AMOUNT, title=LAST_KNOWN), first.citations)
    return (said, last, *rest)


def drafts_of(shown: ShownEntry, first_number: int = 0) -> tuple[Draft, ...]:
    """One draft per part, in the order of the card. first_number: added to every source number."""
    origin = Origin.STAFF if shown.staff else Origin.EXTRACT
    drafts = [_draft(shown, part, BlockKind(part.kind.value), origin, first_number) for part in shown.parts]
    return tuple(sorted(drafts, key=lambda draft: CARD_ORDER.index(draft.block.kind)))


def _draft(shown: ShownEntry, part: ShownPart, kind: BlockKind, origin: Origin, first: int, title: str = "") -> Draft:
    marks = tuple(tuple(first + mark for mark in line.marks) for line in part.lines)
    cited = tuple(dict.fromkeys(number for line in marks for number in line))
    citations = tuple(_citation(source, shown, part, first) for source in shown.sources_of(part.kind))
    used = tuple(citation for citation in citations if citation.number in cited)
    return Draft(Block(kind, part.text, cited, origin, marks, title), used)


def _citation(source: ShownSource, shown: ShownEntry, part: ShownPart, first: int) -> Citation:
    instrument = source.basis.instrument
    return Citation(
        number=first + source.number,
        confidence=source.basis.confidence,
        state=source.state,
        checked_on=source.basis.checked_on,
        passage=PassageRef(
            source.passage_id,
            shown.id,
            shown.version,
            shown.question,
            f"/entries/{shown.id}#{part.kind.value}",
            part.text,
        ),
        basis=BasisRef(
            title=instrument.title,
            document_number=instrument.document_number,
            issuer=instrument.issuer,
            article=source.basis.article,
            level=instrument.level,
            effective_from=instrument.effective_from,
            effective_to=instrument.effective_to or source.period.end,
            held=source.quote is not None,
            quote=source.quote,
            date_precision=instrument.date_precision,
            published_at=instrument.published_at,
            source_note=instrument.source_note,
            url=source.held_url,
        ),
    )


def _also(part: Part, library: Library, moment: Moment, numbers: int) -> tuple[Draft, ...]:
    """The conclusions of entries that are nearly as likely to be meant, each under its own question."""
    snapshot, drafts = library.shelf.snapshot, []
    for name in part.beside or _second(part.hits):
        if name in snapshot.entries:
            shown = show_entry(snapshot.entries[name], snapshot, library.renderer, moment)
            conclusion = shown.part(PartKind.CONCLUSION)
            if conclusion is not None:
                drafts.append(_draft(shown, conclusion, BlockKind.NOTE, Origin.EXTRACT, numbers, shown.question))
            numbers += len(shown.sources)
    return tuple(drafts)


def _second(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    near = len(hits) > 1 and not hits[0].matched and hits[1].score >= CLOSE * hits[0].score
    return (hits[1].document_id,) if near else ()
