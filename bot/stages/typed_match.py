"""Does a cited passage hold this figure: same value, same type, for the same people?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.figures import same_amount
from knowledge.mentions import Bound, FigureKind, Mention
from knowledge.qualifier_words import SELECTORS
from knowledge.types import Period

Named = Mapping[str, frozenset[str]]
_SIDES = {Bound.UP, Bound.DOWN}
_STRICT_BOUND = frozenset({FigureKind.MONEY, FigureKind.RATE})
_LIMITS = frozenset({"起付线", "封顶线"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question settles. named: category -> words in it. about: the time asked about."""

    named: Named
    about: Period

    def word(self, category: str) -> frozenset[str]:
        """The words of the category, when the question names just one of them."""
        words = self.named.get(category, frozenset())
        return words if len(words) == 1 else frozenset()


def is_held(mention: Mention, passages: Sequence[Mention], asked: Asked) -> bool:
    """True when some passage figure has this value and type, contradicts nothing that block or question say,
    and is not merely one of several that differ by what neither of them names."""
    open_ones = [each for each in passages if _may_be(mention, each, asked)]
    same = [each for each in open_ones if same_amount(mention, each) and same_bound(mention, each)]
    others = [each for each in open_ones if each.unit == mention.unit and each not in same]
    return any(not any(_rival(mention, each, other, asked) for other in others) for each in same)


def _may_be(mention: Mention, held: Mention, asked: Asked) -> bool:
    """Neither side says what the other denies; the question speaks where the block is silent."""
    if mention.per and held.per and mention.per != held.per:
        return False
    if not _same_time(mention, held):
        return False
    for category in held.qualifiers:
        said, has = mention.words(category), held.words(category)
        if said and not said & has:
            return False
        silent = not said and category in SELECTORS
        if silent and asked.word(category) and not asked.word(category) & has:
            return False
    return True


def _same_time(mention: Mention, held: Mention) -> bool:
    """原610元 is no figure of today, nor the other way round; a figure told with its year may be called 原."""
    was, is_former = "former" in mention.qualifiers, "former" in held.qualifiers
    return was == is_former or (was and "year" in held.qualifiers)


def same_bound(mention: Mention, held: Mention) -> bool:
    """以上 is not 以下; for money and rates neither may be added nor left out (but for limits, which imply it)."""
    if {mention.bound, held.bound} == _SIDES:
        return False
    if mention.kind not in _STRICT_BOUND or (mention.words("item") | held.words("item")) & _LIMITS:
        return True
    return (mention.bound in _SIDES) == (held.bound in _SIDES)


def _rival(mention: Mention, held: Mention, other: Mention, asked: Asked) -> bool:
    """The other figure would fit as well or better: it differs from the held one in a selector that nobody named,
    or it is told for exactly those whom the block names and the held one is not."""
    if held.kind is not other.kind:
        return False
    if _fits_better(mention, held, other):
        return True
    if same_amount(held, other) or held.per != other.per or held.bound is not other.bound:
        return False
    for category in SELECTORS:
        has, differs = held.words(category), other.words(category)
        unnamed = not mention.words(category) and not asked.word(category)
        if unnamed and has and differs and not has & differs:
            return True
    return _newer(mention, held, other, asked.about)


def _fits_better(mention: Mention, held: Mention, other: Mention) -> bool:
    """Whom the block names stands with the other figure, and nothing less than with the held one."""
    mine = {category for category in SELECTORS if mention.words(category) & held.words(category)}
    theirs = {category for category in SELECTORS if mention.words(category) & other.words(category)}
    return mine < theirs and not any(held.words(category) for category in theirs - mine)


def _newer(mention: Mention, held: Mention, other: Mention, about: Period) -> bool:
    """Of two years that the passage tells of, the block means the last one within the time asked about."""
    mine, theirs = held.qualifiers.get("year"), other.qualifiers.get("year")
    if mention.qualifiers.get("year") or not mine or not theirs or not _same_people(held, other):
        return False
    last_day = about.end - timedelta(days=1) if about.end else date.max
    return int(mine) < int(theirs) <= last_day.year


def _same_people(held: Mention, other: Mention) -> bool:
    return all(held.words(category) == other.words(category) for category in SELECTORS)
