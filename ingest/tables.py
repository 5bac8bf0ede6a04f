"""A table in words: each row under its heading, each cell with the words of its row and its column.

`二档，三级医院：报40%。` can be found, quoted and checked like any sentence; `40%` in a grid cannot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.paper import Grid
from ingest.shown_text import normalise_text

Row = tuple[str, ...]
MAX_CAPTION_CHARS = 24
MAX_ROW_CHARS = 700
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(
    r"[（(【]\s*(?:单位[:：]?\s*)?((?:人民币)?(?:万元|亿元|元|%|％|天|个工作日|工作日|个月|月|年|周岁|岁|人|户|亩|公斤|斤|次|分)"
    r"(?:\s*[/／每]\s*(?:人|户|年|月|天|次|亩|学期|生|床|日)(?:\s*[·、/／.]?\s*(?:年|月|天|日|次))?)?)\s*[）)】]\s*$"
)
_CAPTION_UNIT = re.compile(r"[（(]?\s*单位\s*[:：]\s*([^\s（）()，,。]{1,8})\s*[）)]?")
_ORDER = re.compile(r"序号|编号|序|号")
_EMPTY = re.compile(r"[-—–/／\\、.·\s]*")
_HEADING_WORDS = re.compile(
    r"(?:项目|事项|名称|类别|类型|种类|档次|等级|级别|标准|金额|比例|时间|时限|期限|地点|地址|电话|备注|序号|条件|对象|单位|内容|年份|年龄|"
    r"地区|方式|材料|要求|说明|部门|医院|机构|人员|情形|情况|费用|数量|合计)$"
)
_NOTE = re.compile(r"(?:备?注|说明)\s*[:：]")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row in words. number: from 1. above: a line inside the table that stands over this row; ''."""

    number: int
    above: str
    text: str


@dataclass(frozen=True, slots=True)
class WordedTable:
    """caption: what the table is about, '' where it says nothing. notes: lines below that hold for all rows."""

    caption: str
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]


def in_words(grid: Grid, before: str = "") -> WordedTable:
    """before: the paragraph or heading above, which may be the table's caption."""
    rows = [tuple(_clean(cell) for cell in row) for row in grid.rows]
    caption, unit, rows = _own_caption(rows, before)
    headers = _header_count(rows, grid.headers)
    notes = tuple(row[0] for row in rows[headers:] if _is_band(row) and _NOTE.match(row[0]))
    if headers == 0:
        worded = tuple(TableRow(n, "", _pairs(row, caption)) for n, row in enumerate(rows, 1) if not _is_band(row))
        return WordedTable(caption, tuple(row for row in worded if row.text), notes)
    names = _names(rows[:headers])
    body = rows[headers:]
    labels = _label_columns(names, body)
    return WordedTable(caption, tuple(_worded(body, names, labels, (caption, unit))), notes)


def _clean(cell: str) -> str:
    return re.sub(r"\s*\n\s*", "", normalise_text(cell)).strip()


def _own_caption(rows: list[Row], before: str) -> tuple[str, str, list[Row]]:
    """(caption, unit of the whole table, rows without the lines that were caption or unit)."""
    caption, unit = before, ""
    while rows and _is_band(rows[0]) and len(rows) > 1:
        line = rows[0][0]
        found = _CAPTION_UNIT.search(line)
        unit = found[1] if found else unit
        rest = _CAPTION_UNIT.sub("", line).strip(" （）()")
        caption = rest or caption
        rows = rows[1:]
    found = _CAPTION_UNIT.search(caption)
    unit = unit or (found[1] if found else "")
    return _CAPTION_UNIT.sub("", caption).strip(" ：:（）()"), unit, rows


def _is_band(row: Row) -> bool:
    """One cell merged over the whole width."""
    return len(row) > 1 and bool(row[0]) and len(set(row)) == 1


def _header_count(rows: Sequence[Row], marked: int) -> int:
    """Rows that name the columns. A head of two storeys repeats its merged cells below."""
    if not rows:
        return 0
    if marked:
        return min(marked, len(rows) - 1)
    if len(rows) == 1 or not _heads(rows[0]):
        return 0
    count = 1
    while count < len(rows) - 1 and _second_storey(rows[count - 1], rows[count]):
        count += 1
    return count


def _heads(row: Row) -> bool:
    said = [cell for cell in row if cell]
    if any(_NUMBER.fullmatch(cell) for cell in said) or any(len(cell) > 40 for cell in said):
        return False
    if len(row) > 2:
        return True
    return bool(_HEADING_WORDS.search(_UNIT.sub("", row[-1]))) and not _DIGIT.search(row[-1])


def _second_storey(above: Row, row: Row) -> bool:
    """The first cell goes on from above, while some cell above spans several columns."""
    spans = any(left == right != "" for left, right in zip(above, above[1:], strict=False))
    return spans and row[0] == above[0] and row != above


def _names(headers: Sequence[Row]) -> list[tuple[str, str]]:
    """(name, unit) of each column; storeys joined by commas, repeats once."""
    names = []
    for column in zip(*headers, strict=True):
        storeys = [cell for cell in dict.fromkeys(column) if cell]
        own = next((found[1] for cell in reversed(storeys) if (found := _UNIT.search(cell))), "")
        names.append(("，".join(dict.fromkeys(_UNIT.sub("", cell).strip() for cell in storeys)), own))
    return names


def _label_columns(names: Sequence[tuple[str, str]], body: Sequence[Row]) -> list[int]:
    """Columns that say whom or what a row is about: the leading ones without figures, at least one."""
    rows = [row for row in body if not _is_band(row)]
    labels: list[int] = []
    for place, (name, _) in enumerate(names):
        cells = [row[place] for row in rows if row[place]]
        if _ORDER.fullmatch(name):
            continue
        if labels and not _repeats_or_names(cells, rows, place, len(names)):
            break
        labels.append(place)
        if place == len(names) - 2:
            break
    return labels or [0]


def _repeats_or_names(cells: Sequence[str], rows: Sequence[Row], place: int, width: int) -> bool:
    """A further label: short words without a sum, while sums (or the like) follow."""
    plain = sum(not _DIGIT.search(cell) and len(cell) <= 16 for cell in cells)
    follow = sum(bool(_DIGIT.search(cell)) for row in rows for cell in row[place + 1 :])
    before = [row[:place] for row in rows]
    told_apart = len(set(before)) == len(before)
    return bool(cells) and plain == len(cells) and follow > 0 and not told_apart


def _worded(
    body: Sequence[Row], names: Sequence[tuple[str, str]], labels: Sequence[int], about: tuple[str, str]
) -> list[TableRow]:
    """about: caption and unit of the whole table."""
    rows: list[TableRow] = []
    above = ""
    for number, row in enumerate(body, 1):
        if _is_band(row):
            above = "" if _NOTE.match(row[0]) else row[0]
            continue
        text = _row_text(row, names, labels, about, above)
        if text:
            rows.append(TableRow(number, above, text))
    return rows


def _row_text(
    row: Row, names: Sequence[tuple[str, str]], labels: Sequence[int], table: tuple[str, str], above: str
) -> str:
    said = [_label(row[place], *names[place]) for place in labels if not _EMPTY.fullmatch(row[place])]
    about = [_short(table[0]), _short(above), *said]
    lines = []
    for place, (name, unit) in enumerate(names):
        if place in labels or _ORDER.fullmatch(name) or _EMPTY.fullmatch(row[place]):
            continue
        value = _value(row[place], unit or table[1])
        head = _joined([*about, *_storeys(name, about[0])])
        lines.append(f"{head}：{value}" if head else value)
    if not lines and said:
        lines = [_joined(about)]
    return "\n".join(line if line.endswith("。") else f"{line}。" for line in lines)


def _storeys(name: str, caption: str) -> list[str]:
    """The words of a column; an upper storey that only says the caption again is left out."""
    first, *rest = name.split("，")
    return rest if rest and caption.endswith(first) else [first, *rest]


def _joined(words: Sequence[str]) -> str:
    """Words side by side, each once."""
    kept: list[str] = []
    for word in words:
        if word and word not in kept:
            kept.append(word)
    return "，".join(kept)


def _short(caption: str) -> str:
    bare = re.sub(r"^(?:附?表|附件)\s*[\d一二三四五六七八九十]*\s*[:：、.]?\s*|[:：]$", "", caption).strip()
    bare = re.sub(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、])\s*", "", bare)
    bare = re.sub(r"(?:如下|见下)?(?:一览)?表$|如下$", "", bare)
    return bare if len(bare) <= MAX_CAPTION_CHARS else ""


def _label(cell: str, name: str, unit: str) -> str:
    """二档 says enough; 80 does not without its column."""
    if not _NUMBER.fullmatch(cell):
        return cell if not _DIGIT.match(cell) or not name else f"{name}{cell}"
    return f"{name}{_value(cell, unit)}"


def _value(cell: str, unit: str) -> str:
    """A bare number takes the unit of its column: 元/月 becomes 每月 before it, so that people can read it."""
    if not unit or not _NUMBER.fullmatch(cell):
        return cell
    bare, _, per = re.sub(r"[／每]", "/", unit).partition("/")
    words = re.findall(r"人|户|年|月|天|次|亩|学期|生|床|日", per)
    return "".join(f"每{word}" for word in words) + cell + bare.replace("％", "%")


def _pairs(row: Row, caption: str) -> str:
    """A table without a head, read across: 办理地点 | 二楼 is 办理地点：二楼。"""
    cells = [cell for cell in row if not _EMPTY.fullmatch(cell)]
    lines = [f"{name}：{value}" for name, value in zip(cells[::2], cells[1::2], strict=False)]
    if len(cells) % 2:
        lines.append(cells[-1])
    about = _short(caption)
    return "\n".join(f"{about}，{line}。" if about else f"{line}。" for line in lines)
