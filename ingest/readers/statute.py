"""Laws and rules in articles: one passage per 条, under its 编, 章 and 节."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from ingest.articles import article_starts, cut_articles
from ingest.document import ReadDocument
from ingest.effective import effective_from
from ingest.outline import read_line
from ingest.readers.plain import take_title
from ingest.shown_text import lines_of
from ingest.slugs import slug_of
from knowledge.instruments import document_ids
from knowledge.types import DocumentKind, Instrument, Period

MIN_ARTICLES = 3


def looks_like_statute(text: str) -> bool:
    """Three articles in a row, each at the start of a line."""
    return len(article_starts([read_line(line) for line in lines_of(text)])) >= MIN_ARTICLES


def read_statute(
    text: str, path: str, instruments: Mapping[str, Instrument], regions: Mapping[str, str]
) -> ReadDocument:
    """A law that is in the list of instruments (by its file's name) takes id, dates and region from there.

    regions: name of a level (as instruments give it) -> its code.
    """
    name = PurePath(path)
    lines = [read_line(line) for line in lines_of(text)]
    title, body = take_title(lines, name.stem)
    listed = next((item for item in instruments.values() if name.name in document_ids(item)), None)
    return ReadDocument(
        id=document_ids(listed)[name.name] if listed else slug_of(name.stem),
        kind=DocumentKind.STATUTE,
        title=_better_title(title, listed),
        content="\n".join(line.text for line in lines),
        cuts=cut_articles(body, title),
        region=regions.get(listed.level, "00") if listed else "00",
        period=_listed_period(listed) or Period(start=effective_from([line.text for line in lines])),
    )


def _better_title(own: str, listed: Instrument | None) -> str:
    """The text's own title, unless it does not even hold the listed one."""
    return own if listed is None or listed.title in own else listed.title


def _listed_period(listed: Instrument | None) -> Period | None:
    if listed is None or listed.date_precision != "day":
        return None
    return Period(listed.effective_from, listed.effective_to)
