"""Laws and rules in articles: one passage per 条, under its 编, 章 and 节."""

from __future__ import annotations

from pathlib import PurePath

from ingest.articles import article_starts, cut_articles
from ingest.document import ReadDocument
from ingest.effective import effective_from
from ingest.outline import read_line
from ingest.readers.plain import take_title
from ingest.shown_text import lines_of
from ingest.slugs import slug_of
from knowledge.types import DocumentKind, Period

MIN_ARTICLES = 3


def looks_like_statute(text: str) -> bool:
    """Three articles in a row, each at the start of a line."""
    return len(article_starts([read_line(line) for line in lines_of(text)])) >= MIN_ARTICLES


def read_statute(text: str, path: str) -> ReadDocument:
    """Dates as the text itself says them, unknown where it does not."""
    lines = [read_line(line) for line in lines_of(text)]
    name = PurePath(path).stem
    title, body = take_title(lines, name)
    return ReadDocument(
        id=slug_of(name),
        kind=DocumentKind.STATUTE,
        title=title,
        content="\n".join(line.text for line in lines),
        cuts=cut_articles(body, title),
        period=Period(start=effective_from([line.text for line in lines])),
    )
