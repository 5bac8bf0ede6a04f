"""Every figure, date, 文号 and 第X条 of a block must stand in a passage that the block cites, as the same type.

No 依据, no claim: a block of which one line fails is not shown at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.stages.alignment import follows, labelled_alike
from bot.stages.evidence import (
    Held,
    held,
    holds_article,
    holds_date,
    holds_number,
    holds_titles,
    outside_titles,
    usable,
)
from bot.stages.segments import cut, joined
from bot.stages.typed_match import Asked, is_held
from bot.types import Block, BlockKind, Citation, Draft, Origin
from knowledge.figures import DEFAULT, figures_in
from knowledge.mentions import FigureKind, Mention
from knowledge.qualifier_words import SELECTORS, Vocabulary, named
from knowledge.types import Period

_NAMED_NUMBERS = frozenset({FigureKind.ARTICLE, FigureKind.DOCUMENT_NUMBER, FigureKind.PHONE})
_SUMS = frozenset({FigureKind.MONEY, FigureKind.RATE})


def verify(
    draft: Draft,
    *,
    question_text: str,
    about: Period,
    phones: frozenset[str] = frozenset(),
    vocabulary: Vocabulary = DEFAULT,
) -> Draft | None:
    """The draft when every claim of it is held, else None.

    about: the time asked about. phones: the hotlines and offices that may be shown, however written.
    vocabulary: the names of the levels above the town. What a calculator worked out is not looked up,
    since tests pin the calculators; its articles, 文号 and phones are.
    """
    asked = Asked(named(question_text, vocabulary), about)
    digits = frozenset("".join(filter(str.isdigit, phone)) for phone in phones)
    for line in _lines(draft, about, vocabulary):
        if not _line_holds(line, asked, digits, draft.block.origin):
            return None
    return draft if _answers_for_whom_it_was_asked(draft, asked, vocabulary) else None


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the block: its figures (positions in the line), the citations it names, those of the block."""

    text: str
    mentions: tuple[Mention, ...]
    own: tuple[Held, ...]
    all: tuple[Held, ...]


def _lines(draft: Draft, about: Period, vocabulary: Vocabulary) -> Iterator[_Line]:
    block = draft.block
    numbers = {*block.citations, *(number for marks in block.marks for number in marks)}
    cited = [citation for citation in draft.citations if citation.number in numbers]
    every = {citation.number: held(citation, vocabulary) for citation in cited if usable(citation, about)}
    context = (block.title, *dict.fromkeys(citation.passage.title for citation in cited))
    found = outside_titles(block.text, figures_in(block.text, context=context, vocabulary=vocabulary))
    start = 0
    for number, line in enumerate(block.text.split("\n")):
        inside = [mention for mention in found if start <= mention.start < start + len(line)]
        moved = tuple(replace(m, start=m.start - start, end=m.end - start) for m in inside)
        yield _Line(line, moved, _own(block, number, every, cited), tuple(every.values()))
        start += len(line) + 1


def _own(block: Block, number: int, every: Mapping[int, Held], cited: Sequence[Citation]) -> tuple[Held, ...]:
    """The citations that the line names; the block's where it names none."""
    marks = block.marks[number] if number < len(block.marks) else ()
    known = [mark for mark in marks if any(mark == citation.number for citation in cited)]
    return tuple(every[mark] for mark in known if mark in every) if known else tuple(every.values())


def _line_holds(line: _Line, asked: Asked, phones: frozenset[str], origin: Origin) -> bool:
    claims = [m for m in line.mentions if origin is not Origin.CALCULATOR or m.kind in _NAMED_NUMBERS]
    if not all(_claim_holds(mention, line, asked, phones) for mention in claims):
        return False
    if line.all and not holds_titles(line.text, line.all):
        return False
    return origin is Origin.CALCULATOR or _wording_holds(line)


def _claim_holds(mention: Mention, line: _Line, asked: Asked, phones: frozenset[str]) -> bool:
    if mention.kind is FigureKind.PHONE:
        return mention.key in phones
    if mention.kind is FigureKind.ARTICLE:
        return holds_article(mention, line.text, line.all)
    if mention.kind is FigureKind.DOCUMENT_NUMBER:
        return holds_number(mention.key, {key for each in line.all for key in each.keys})
    if mention.kind is FigureKind.DATE:
        return holds_date(mention.key, {key for each in line.all for key in each.keys})
    return is_held(mention, [figure for each in line.own for figure in each.mentions], asked)


def _wording_holds(line: _Line) -> bool:
    block = cut(line.text, line.mentions)
    passage = joined(cut(each.citation.passage.quote, each.mentions) for each in line.own)
    return follows(block, passage) and labelled_alike(block, passage)


def _answers_for_whom_it_was_asked(draft: Draft, asked: Asked, vocabulary: Vocabulary) -> bool:
    """A conclusion about 城市 alone is no answer for 农村 where the passage tells both."""
    if draft.block.kind is not BlockKind.CONCLUSION:
        return True
    said = [m for m in figures_in(draft.block.text, vocabulary=vocabulary) if m.kind in _SUMS]
    quotes = [c.passage.quote for c in draft.citations]
    held_figures = [m for q in quotes for m in figures_in(q, vocabulary=vocabulary) if m.kind in _SUMS]
    return not any(_misses(category, asked.word(category), said, held_figures) for category in SELECTORS)


def _misses(category: str, wanted: frozenset[str], said: list[Mention], in_quotes: list[Mention]) -> bool:
    told = [mention.words(category) for mention in said if mention.words(category)]
    could = any(mention.words(category) & wanted for mention in in_quotes)
    return bool(wanted and told and could) and not any(words & wanted for words in told)
