"""Where the articles of a law begin, and passages cut by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.chunk import chunk
from ingest.document import Cut
from ingest.outline import Line, Piece, Rank, walk
from knowledge.numbering import ARTICLE, ArticleNumber
from knowledge.numerals import to_int

_CONTENTS = "目录"


def article_starts(lines: Sequence[Line]) -> dict[int, ArticleNumber]:
    """Line index -> article, for lines that go on counting where the last article stopped."""
    found: dict[int, ArticleNumber] = {}
    last: ArticleNumber | None = None
    for index, line in enumerate(lines):
        match = None if line.is_markdown else ARTICLE.match(line.text)
        number = _number(match[1], match[2]) if match else None
        if match is None or number is None:
            continue
        apart = line.text[match.end() : match.end() + 1] in ("", " ")
        leaps = apart and (last is None or number > last or number == (1, 0))
        if leaps or _follows(last, number):
            found[index] = last = number
    return found


def article_part(number: ArticleNumber) -> str:
    """`133`, or `133-1` for 第一百三十三条之一."""
    return f"{number[0]}-{number[1]}" if number[1] else str(number[0])


def cut_articles(body: Sequence[Line], title: str) -> tuple[Cut, ...]:
    """One passage per article; what stands outside of articles becomes ordinary passages.

    The table of contents is left out: it repeats the headings.
    """
    starts = article_starts(body)
    cuts: list[Cut] = []
    outside: list[Piece] = []
    used: Counter[str] = Counter()
    pieces = walk([_in_a_law(line, index in starts) for index, line in enumerate(body)], title)
    inside = False
    for index, piece in enumerate(pieces):
        if index in starts:
            cuts += _close(outside, cuts)
            cuts.append(Cut(_part(starts[index], used), piece.above, piece.line.text))
            inside = True
        elif inside and not piece.is_heading:
            last = cuts[-1]
            cuts[-1] = Cut(last.part, last.heading, f"{last.text}\n{piece.line.text}")
        else:
            inside = False
            outside.append(piece)
    cuts += _close(outside, cuts)
    return tuple(cuts)


def _close(outside: list[Piece], before: Sequence[Cut]) -> tuple[Cut, ...]:
    number = 1 + sum(cut.part.startswith("p") for cut in before)
    found = chunk((piece for piece in outside if piece.above[-1] != _CONTENTS), first=number)
    outside.clear()
    return found


def _part(number: ArticleNumber, used: Counter[str]) -> str:
    """An annex may count its articles anew: the second 第一条 is `1.2`."""
    part = article_part(number)
    used[part] += 1
    return part if used[part] == 1 else f"{part}.{used[part]}"


def _in_a_law(line: Line, starts_article: bool) -> Line:
    """In a law only 编章节 and Markdown make an outline; （一） and 1. belong to their article."""
    if starts_article:
        return Line(line.text, Rank.ARTICLE)
    outlines = line.is_markdown or (line.rank is not None and line.rank < Rank.ARTICLE)
    return line if outlines else Line(line.text, None)


def _number(article: str, insertion: str | None) -> ArticleNumber | None:
    first = to_int(article)
    second = to_int(insertion) if insertion else 0
    return (first, second) if first and second is not None else None


def _follows(last: ArticleNumber | None, number: ArticleNumber) -> bool:
    if last is None:
        return number == (1, 0)
    return number in ((last[0] + 1, 0), (last[0], last[1] + 1))
