"""Paper to parts: along the outline like every free document, table rows in words at their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.articles import article_starts, cut_articles
from ingest.chunk import chunk
from ingest.document import Cut
from ingest.letterhead import split_title, without_signature
from ingest.outline import Line, read_line, walk
from ingest.paper import Grid, Paper, Paragraph
from ingest.shown_text import normalise_text
from ingest.tables import MAX_ROW_CHARS, WordedTable, in_words

MIN_ARTICLES = 3
_MARK = re.compile("\ue000(\\d+)\ue001")
_CAPTION = re.compile(r"^附?表|(?:表|标准|比例|如下|一览|明细|清单|情况)\s*[:：]?$|如下[:：]$|[（(]单位[:：]")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千两\d]+条(?:之[一二三四五六七八九十]+)?")


@dataclass(frozen=True, slots=True)
class CutPaper:
    """lines: the whole text, for reading the metadata and for showing the original beside its parts."""

    title: str
    lines: tuple[str, ...]
    cuts: tuple[Cut, ...]


def cut_paper(paper: Paper, name: str) -> CutPaper:
    """name: the title where the paper shows none. Cuts may be empty."""
    lines, tables = _lines(paper)
    title, body = split_title(lines, name)
    body = without_signature(body)
    if len(article_starts(body)) >= MIN_ARTICLES:
        cuts: Sequence[Cut] = cut_articles(body, title)
    else:
        cuts = chunk(walk(body, title))
    whole = tuple(_expanded(cuts, tables))
    shown = tuple(text for line in lines for text in _shown(line.text, tables))
    return CutPaper(title, shown, _numbered(whole))


def _lines(paper: Paper) -> tuple[list[Line], list[WordedTable]]:
    lines: list[Line] = []
    tables: list[WordedTable] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            lines += _of_paragraph(block)
        else:
            caption = _caption(lines, block)
            table = in_words(block, caption)
            if table.rows:
                if len(lines) > 1 and lines[-1].text == caption and not lines[-1].is_markdown and not lines[-1].may_head:
                    lines.pop()
                tables.append(table)
                lines.append(Line(f"\ue000{len(tables) - 1}\ue001", None))
                lines += [Line(note, None) for note in table.notes]
    return lines, tables


def _of_paragraph(block: Paragraph) -> Iterator[Line]:
    for text in normalise_text(block.text).split("\n"):
        text = text.strip().replace("\ue000", "").replace("\ue001", "")
        if text:
            yield read_line(text) if block.level is None else Line(text, block.level, is_markdown=True)


def _caption(lines: Sequence[Line], grid: Grid) -> str:
    """The line above, where it is a heading or reads like a caption; else what the file calls the table."""
    above = lines[-1] if lines else None
    if above is not None and len(above.text) <= 40 and "。" not in above.text:
        if above.is_markdown or above.may_head or _CAPTION.search(above.text):
            return above.text
    return "" if re.fullmatch(r"(?:Sheet|工作表|表)\s*\d*", grid.name, re.I) else grid.name


def _expanded(cuts: Sequence[Cut], tables: Sequence[WordedTable]) -> Iterator[Cut]:
    """Cuts with the marks of tables taken out, and a cut for each row where the mark stood."""
    for cut in cuts:
        pieces = _MARK.split(cut.text)
        heading = cut.heading
        for place, piece in enumerate(pieces):
            if place % 2:
                yield from _rows(tables[int(piece)], _below(heading, pieces[0], cut.part), int(piece) + 1)
            elif piece.strip("\n "):
                yield Cut(cut.part if place == 0 else "", heading, piece.strip("\n "), cut.kind)


def _below(heading: tuple[str, ...], before: str, part: str) -> tuple[str, ...]:
    """Rows of a table inside an article stand below that article."""
    article = _ARTICLE.match(before)
    return (*heading, article[0]) if article and not part.startswith("p") else heading


def _rows(table: WordedTable, heading: tuple[str, ...], number: int) -> Iterator[Cut]:
    for row in table.rows:
        path = [*heading, *(step for step in (table.caption, row.above) if step and step not in heading)]
        for count, text in enumerate(_in_lengths(row.text)):
            part = f"t{number}-{row.number}" + (f"-{count + 1}" if count else "")
            yield Cut(part, tuple(path), text)


def _in_lengths(text: str) -> Iterator[str]:
    open_lines: list[str] = []
    for line in text.split("\n"):
        if open_lines and sum(map(len, open_lines)) + len(line) > MAX_ROW_CHARS:
            yield "\n".join(open_lines)
            open_lines = []
        open_lines.append(line)
    yield "\n".join(open_lines)


def _numbered(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """Parts p1, p2 … in order; articles and table rows keep their own names."""
    count = 0
    found = []
    for cut in cuts:
        if cut.part == "" or re.fullmatch(r"p\d+", cut.part):
            count += 1
            cut = Cut(f"p{count}", cut.heading, cut.text, cut.kind)
        found.append(cut)
    return tuple(found)


def _shown(text: str, tables: Sequence[WordedTable]) -> Iterator[str]:
    mark = _MARK.fullmatch(text)
    if mark is None:
        yield text
        return
    table = tables[int(mark[1])]
    yield from ([table.caption] if table.caption else [])
    for row in table.rows:
        yield from row.text.split("\n")
