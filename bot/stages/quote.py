"""Sentences of a free document that answer a question, quoted as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.stages.table_rows import cell_weight, names_row
from bot.types import BasisRef, Block, BlockKind, Citation, Draft, Part, PassageRef
from knowledge.instruments import document_ids
from knowledge.library import Library
from knowledge.render import Moment
from knowledge.tokens import tokenise
from knowledge.types import Confidence, FigureState, Letterhead, Passage, StoredVersion

MAX_CONCLUSION, MAX_QUOTE = 60, 180
_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
_CLAUSE = re.compile(r"[^，,、：:。！？；;\n]+[，,、：:。！？；;]?")
_FIGURE = re.compile(r"[0-9]")
_ASKS_FIGURE = re.compile(r"多少|好多|几|百分")
_LEVELS = {"00": "国家"}


def draft_of_passage(part: Part, library: Library, moment: Moment) -> tuple[Draft, ...]:
    """The best clause as conclusion, and the sentences around it; () when no sentence shares a word with the question."""
    snapshot, index = library.shelf.snapshot, library.shelf.index
    query = frozenset(tokenise(part.standalone))
    wants_figure = bool(_ASKS_FIGURE.search(part.standalone))
    words = library.tools.lexicon.expand(part.standalone)
    lexicon = frozenset(t for word in words for t in tokenise(word))
    drafts: list[Draft] = []
    ranked: list[tuple[float, str, Passage]] = []
    for hit in part.hits[:3]:
        passage = snapshot.passages.get(hit.passage_id or "")
        beside = snapshot.versions[hit.document_id].passages
        if passage is not None and names_row(passage, beside, part.standalone):
            for sentence in _SENTENCE.findall(passage.text):
                weight = cell_weight(passage, sentence, f"{part.standalone} {' '.join(words)}")
                worth = weight * _worth(sentence, query, lexicon, wants_figure, index.idf)
                ranked.append((worth, sentence.strip(), passage))
    ranked.sort(key=lambda item: -item[0])
    if not ranked or ranked[0][0] <= 0:
        return ()
    _, sentence, passage = ranked[0]
    version = snapshot.versions[passage.document_id]
    lead = _lead(sentence, query, lexicon, wants_figure, index.idf)
    drafts.append(_draft(BlockKind.CONCLUSION, lead, passage, version, library, moment))
    quoted = [text for _, text, place in ranked[:4] if place.id == passage.id and text != lead]
    if quoted:
        drafts.append(_draft(BlockKind.NOTE, "\n".join(_fit(quoted)), passage, version, library, moment, "原文这样写"))
    return tuple(drafts)


def state_of_version(version: StoredVersion, on: date) -> FigureState:
    """What a document is worth on the asking day: an older text answers for its own time, and says so."""
    if version.period.end is not None and version.period.end <= on:
        return FigureState.SUPERSEDED
    if version.period.start is not None and version.period.start > on:
        return FigureState.NOT_YET
    return FigureState.IN_FORCE


def _worth(
    text: str, query: frozenset[str], lexicon: frozenset[str], wants_figure: bool, idf: Callable[[str], float]
) -> float:
    tokens = frozenset(tokenise(text))
    worth = sum(idf(token) for token in query & tokens) + 0.5 * sum(idf(token) for token in (lexicon - query) & tokens)
    return worth * (1.4 if wants_figure and _FIGURE.search(text) else 1.0)


def _lead(
    sentence: str, query: frozenset[str], lexicon: frozenset[str], wants_figure: bool, idf: Callable[[str], float]
) -> str:
    """The whole sentence when it is short, else the run of clauses around the best one that fits."""
    if len(sentence) <= MAX_CONCLUSION:
        return sentence
    clauses = _CLAUSE.findall(sentence)
    worth = [_worth(clause, query, lexicon, wants_figure, idf) for clause in clauses]
    first = last = worth.index(max(worth))
    while True:
        options = [n for n in (first - 1, last + 1) if 0 <= n < len(clauses)]
        best = max(options, key=lambda n: worth[n], default=None)
        if best is None or sum(map(len, clauses[min(first, best) : max(last, best) + 1])) > MAX_CONCLUSION:
            break
        first, last = min(first, best), max(last, best)
    return "".join(clauses[first : last + 1]).rstrip("，,、：:；;") + "。" * (last < len(clauses) - 1)


def _fit(sentences: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for sentence in sentences:
        if kept and sum(map(len, kept)) + len(sentence) > MAX_QUOTE:
            break
        kept.append(sentence)
    return kept


def _draft(
    kind: BlockKind,
    text: str,
    passage: Passage,
    version: StoredVersion,
    library: Library,
    moment: Moment,
    title: str = "",
) -> Draft:
    head = _letterhead(version, library)
    anchor = f"/documents/{version.document_id}#passage-{passage.part}"
    citation = Citation(
        number=1,
        confidence=Confidence.VERIFIED,
        state=state_of_version(version, moment.on),
        checked_on=version.reviewed_on or moment.on,
        passage=PassageRef(passage.id, version.document_id, version.version, version.title, anchor, passage.text),
        basis=BasisRef(
            title=version.title,
            document_number=head.document_number or None,
            issuer=head.issuer,
            article=" ".join(passage.heading[1:]) or None,
            level=head.level,
            effective_from=version.period.start,
            effective_to=version.period.end,
            held=True,
            quote=passage.text,
            url=anchor,
        ),
    )
    lines = text.count("\n") + 1
    return Draft(Block(kind, text, (1,), marks=((1,),) * lines, title=title), (citation,))


def _letterhead(version: StoredVersion, library: Library) -> Letterhead:
    """What was confirmed at the desk; of a bundled text what its instrument says; else the level of its region."""
    if version.letterhead is not None and version.letterhead.level:
        return version.letterhead
    level = next((level.name for level in library.town.levels if level.code == version.region), "")
    if version.letterhead is not None:
        return replace(version.letterhead, level=level)
    for instrument in library.shelf.snapshot.instruments.values():
        if version.document_id in document_ids(instrument).values():
            return Letterhead(instrument.document_number or "", instrument.issuer, instrument.level)
    return Letterhead(level=level)
