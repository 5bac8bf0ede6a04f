"""Saved web pages: what a visitor reads, headings and tables kept; scripts, hidden and tiny text left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from ingest.encoding import decode
from ingest.errors import UnsupportedDocument
from ingest.paper import Block, Grid, Paper, Paragraph

_SILENT = {
    "script", "style", "head", "noscript", "template", "svg", "math", "iframe", "object", "embed", "nav", "footer",
    "form", "select", "option", "button", "audio", "video", "canvas", "textarea", "link", "meta", "base",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
}  # fmt: skip
_HEADINGS = {f"h{number}": number for number in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.I)
_AWAY = re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(0", re.I)
_TINY = re.compile(r"font-size\s*:\s*(?:0|[0-4](?:\.\d+)?(?:px|pt))\s*(?:;|$|!)", re.I)
_WHITE = re.compile(r"(?<!-)color\s*:\s*(?:white|#fff(?:fff)?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.I)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*(?!white|#fff|transparent|none|inherit)", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(?:gb2312|gbk|gb18030)", re.I)
MAX_DEPTH = 200
MAX_SPAN = 200


def read_html(data: bytes, name: str) -> Paper:
    """Raises UnsupportedDocument."""
    text = decode(data, name) if not _CHARSET.search(data[:4096]) else data.decode("gb18030", "replace")
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnsupportedDocument(name, "网页文件读不出来", "在浏览器里打开，把文字复制下来，用“粘贴文字”加进来") from error
    reader = _Reader()
    blocks = tuple(reader.blocks(root))
    return Paper(blocks, dict(reader.dropped))


class _Reader:
    def __init__(self) -> None:
        self.dropped: Counter[str] = Counter()

    def blocks(self, root: Any) -> Iterator[Block]:
        """Depth first; the words between two block elements make one paragraph."""
        open_words: list[str] = []
        yield from self._walk(root, open_words, None, 0)
        yield from _paragraph(open_words, None)

    def _walk(self, element: Any, words: list[str], level: int | None, depth: int) -> Iterator[Block]:
        if not isinstance(element.tag, str):
            self.dropped["comment"] += bool((element.text or "").strip())
            return
        tag = element.tag.lower()
        if tag in _SILENT or depth > MAX_DEPTH:
            return
        if reason := _unseen(element):
            self.dropped[reason] += bool("".join(element.itertext()).strip())
            return
        if tag == "del":
            self.dropped["deleted"] += 1
            return
        if tag == "table" and not _is_layout(element):
            yield from _paragraph(words, level)
            yield from self._table(element)
            return
        level = _HEADINGS.get(tag, level)
        inline = tag in _INLINE
        if tag == "br" or not inline:
            yield from _paragraph(words, level if tag not in _HEADINGS else None)
        words.append(element.text or "")
        for child in element:
            yield from self._walk(child, words, level, depth + 1)
            words.append(child.tail or "")
        if not inline:
            yield from _paragraph(words, level)

    def _table(self, table: Any) -> Iterator[Block]:
        caption = table.find(".//caption")
        if caption is not None:
            yield Paragraph(_squeezed("".join(caption.itertext())))
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        grid = _filled([[self._cell(cell) for cell in row if cell.tag in ("td", "th")] for row in rows])
        headers = 0
        for row in rows:
            if not row.findall("th") or row.findall("td"):
                break
            headers += 1
        if grid and len(grid[0]) == 1:
            yield from (Paragraph(row[0]) for row in grid if row[0])
        elif grid:
            yield Grid(tuple(map(tuple, grid)), headers)

    def _cell(self, cell: Any) -> tuple[str, int, int]:
        """(text, columns, rows) of one cell."""
        words: list[str] = []
        texts = [block.text for block in self._walk(cell, words, None, 0) if isinstance(block, Paragraph)]
        texts += [block.text for block in _paragraph(words, None)]
        return "\n".join(texts), _span(cell, "colspan"), _span(cell, "rowspan")


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _filled(rows: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """Cells spread over the columns and rows they span; short rows made as long as the longest."""
    grid: list[list[str]] = []
    below: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        line: list[str] = []
        for text, columns, deep in row:
            while (number, len(line)) in below:
                line.append(below[number, len(line)])
            for place in range(len(line), len(line) + columns):
                below.update({(number + step, place): text for step in range(1, min(deep, len(rows) - number))})
            line += [text] * columns
        while (number, len(line)) in below:
            line.append(below[number, len(line)])
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [line + [""] * (width - len(line)) for line in grid if any(line)]


def _is_layout(table: Any) -> bool:
    """A table that only arranges a page: it holds another table or a heading."""
    return table.find(".//table") is not None or any(table.find(f".//{tag}") is not None for tag in _HEADINGS)


def _paragraph(words: list[str], level: int | None) -> Iterator[Paragraph]:
    text = _squeezed("".join(words))
    words.clear()
    if text:
        yield Paragraph(text, level)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _unseen(element: Any) -> str | None:
    style = element.get("style") or ""
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or _HIDDEN.search(style) or _AWAY.search(style):
        return "hidden"
    if _TINY.search(style):
        return "tiny"
    colour = f"color:{element.get('color')}" if element.get("color") else ""
    if _WHITE.search(f"{style};{colour}") and not _GROUND.search(style) and not _on_ground(element):
        return "white"
    return None


def _on_ground(element: Any) -> bool:
    return any(_GROUND.search(each.get("style") or "") or each.get("bgcolor") for each in element.iterancestors())
