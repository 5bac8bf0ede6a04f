"""Article numbers: 第一百三十三条之一 <-> (133, 1)."""

from __future__ import annotations

import re

from knowledge.numerals import DIGITS, to_chinese, to_int

ArticleNumber = tuple[int, int]
"""Article and the insertion after it; 0 where there is none."""

_NUMBER = rf"(?:\d{{1,5}}|[{DIGITS}十百千两]{{1,9}})"
ARTICLE = re.compile(rf"第\s*({_NUMBER})\s*条(?:\s*之\s*({_NUMBER}))?")
_RANGE = re.compile(rf"{ARTICLE.pattern}\s*(?:至|到|—|-|~)\s*{ARTICLE.pattern}")


def read_article(text: str) -> ArticleNumber | None:
    """The article that the whole text names, or None where it names none or more than that."""
    match = ARTICLE.fullmatch(text.strip())
    return _number(match.group(1), match.group(2)) if match else None


def write_article(number: ArticleNumber, *, chinese: bool = False) -> str:
    """第133条之1, or 第一百三十三条之一. Raises ValueError for numbers below 1 (article) or 0 (insertion)."""
    article, insertion = number
    if article < 1 or insertion < 0:
        raise ValueError(f"not an article number: {number}")
    spell = to_chinese if chinese else str
    return f"第{spell(article)}条" + (f"之{spell(insertion)}" if insertion else "")


def articles_in(text: str) -> frozenset[ArticleNumber]:
    """Every article that the text names, those inside 第13条至第18条 included."""
    named = {_number(match.group(1), match.group(2)) for match in ARTICLE.finditer(text)}
    return frozenset(number for number in named if number) | _inside_ranges(text)


def _inside_ranges(text: str) -> frozenset[ArticleNumber]:
    inside: set[ArticleNumber] = set()
    for match in _RANGE.finditer(text):
        first, last = _number(match.group(1), match.group(2)), _number(match.group(3), match.group(4))
        if first and last and first[0] < last[0] <= first[0] + 200:
            inside.update((article, 0) for article in range(first[0] + 1, last[0]))
    return frozenset(inside)


def _number(article: str, insertion: str | None) -> ArticleNumber | None:
    first = to_int(article)
    second = to_int(insertion) if insertion else 0
    return (first, second) if first and second is not None else None
