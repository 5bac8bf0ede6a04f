"""Near copies: where a clause of the block is worded like a clause of the passage, the figures must follow it too.

Types cannot tell two values apart when the words that part them are not in our vocabulary
(机构 1851, 散居 1651); the wording around them can.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.stages.segments import Cut, Segment, contained, likeness
from bot.stages.typed_match import same_bound
from knowledge.figures import same_amount
from knowledge.mentions import FigureKind, Mention

NEARLY_EQUAL = 0.8
"""Dice coefficient of character bigrams, 0..1, from which two masked clauses count as the same wording."""
_TIE = 0.02
_LABEL_NEAR = 0.55
_LABEL_MARGIN = 0.25
_KEYS = frozenset({FigureKind.AGE, FigureKind.DATE})
_SCALES = frozenset({FigureKind.DURATION})


def follows(block: Cut, passage: Cut) -> bool:
    """Every segment of the block that copies one of the passage carries the figures of one it copies, in order.

    A sentence may tell the clauses of another in its own order, where each clause is a copy with its figures.
    """
    if not all(_follows(clause, passage.clauses) for clause in block.clauses):
        return False
    return all(
        _follows(each, passage.sentences) or _regrouped(each, block, passage) for each in block.sentences
    )


def _follows(segment: Segment, passages: Sequence[Segment]) -> bool:
    nearest = _nearest(segment, passages)
    return (
        not nearest
        or any(_same_figures(segment, each) for each in nearest)
        or _stands_together(segment, passages)
    )


def _nearest(segment: Segment, passages: Sequence[Segment]) -> list[Segment]:
    """The segments that this one copies, best ones only; [] where it copies none."""
    if len(segment.masked.replace("#", "")) < 2:
        return []
    scored = [(likeness(segment.pairs, each.pairs), each) for each in passages]
    best = max((score for score, _ in scored), default=0.0)
    return [each for score, each in scored if score >= best - _TIE] if best >= NEARLY_EQUAL else []


def _regrouped(sentence: Segment, block: Cut, passage: Cut) -> bool:
    inside = [
        each for each in block.clauses if each.mentions and all(m in sentence.mentions for m in each.mentions)
    ]
    covered = sum(len(each.mentions) for each in inside) == len(sentence.mentions)
    return (
        covered
        and len(inside) > 1
        and all(
            any(_same_figures(clause, each) for each in _nearest(clause, passage.clauses))
            for clause in inside
        )
    )


def _stands_together(segment: Segment, passages: Sequence[Segment]) -> bool:
    """Key and value (55岁, 170; 2031年, 16年) stand side by side in one passage segment, whatever its wording."""
    mentions = segment.mentions
    keyed = len(mentions) > 1 and mentions[0].kind in _KEYS and mentions[1].kind is not mentions[0].kind
    return keyed and any(_within(mentions, each.mentions) for each in passages)


def _same_figures(segment: Segment, other: Segment) -> bool:
    mine, theirs = list(segment.mentions), list(other.mentions)
    if segment.masked == other.masked:
        return len(mine) == len(theirs) and all(_same(a, b) for a, b in zip(mine, theirs, strict=True))
    return _within(mine, theirs) or _within(theirs, mine)


def _within(few: Sequence[Mention], many: Sequence[Mention]) -> bool:
    """few is many with some left out."""
    rest = iter(many)
    return all(any(_same(mention, other) for other in rest) for mention in few)


def _same(left: Mention, right: Mention) -> bool:
    if left.kind is FigureKind.DATE is right.kind:
        return (
            left.key == right.key
            or right.key.startswith(left.key + "-")
            or left.key.startswith(right.key + "-")
        )
    return same_amount(left, right) and same_bound(left, right)


def labelled_alike(block: Cut, passage: Cut) -> bool:
    """No figure of the block stands under words that belong, in the passage, to another figure of its type."""
    return _alike(block.clauses, passage.clauses) and _alike(block.sentences, passage.sentences)


def _alike(block: Sequence[Segment], passages: Sequence[Segment]) -> bool:
    loose = (segment for segment in block if not _stands_together(segment, passages))
    figures = ((mention, segment) for segment in loose for mention in segment.mentions if not mention.key)
    return all(_own_label(mention, segment, passages) for mention, segment in figures)


def _own_label(mention: Mention, segment: Segment, passages: Sequence[Segment]) -> bool:
    own = rival = 0.0
    for other in passages:
        for figure in other.mentions:
            if figure.kind is not mention.kind or (
                figure.unit != mention.unit and figure.kind not in _SCALES
            ):
                continue
            near = max(likeness(segment.pairs, other.pairs), contained(segment.masked, other.masked))
            if _same(mention, figure):
                own = max(own, near)
            else:
                rival = max(rival, near)
    return not (rival >= _LABEL_NEAR and rival > own + _LABEL_MARGIN)
