"""The tables of the page and of the reports: made once, shown in three ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from knowledge.database.counts_values import Event
from web.staff.needs.chart import bars, columns
from web.staff.needs.figures import Figures
from web.staff.needs.hiding import LEAST, cell, fold
from web.staff.needs.names import KINDS, Names
from web.staff.needs.rising import Rise
from web.staff.needs.spans import Span, month_of

Cell = int | str
MOST_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Table:
    """rows: the first cell names the row; numbers are int, what is hidden or unknown is words. chart: '' for none."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Markup | str = ""


def ranked(
    caption: str, head: str, counts: Mapping[str, int], name: Callable[[str], str], most: int | None = None
) -> Table:
    """name, 次数: the largest first, small groups folded."""
    groups = fold(counts, most)
    rows = [(name(group.name), group.cell) for group in groups.shown]
    if groups.folded is not None and most is None:
        rows.append((groups.folded.name, groups.folded.cell))
    return Table(caption, (head, "次数"), tuple(rows), bars(caption, _drawn(rows)))


def topic_table(now: Figures, earlier: Figures, compared: Span, names: Names) -> Table:
    """Topics with what they were before, where there is a before."""
    plain = ranked("按主题", "主题", now.topics, names.topic)
    if not earlier.questions:
        return plain
    groups = fold(now.topics)
    before = [cell(earlier.topics.get(group.name, 0)) for group in groups.shown] + ["—"] * (groups.folded is not None)
    rows = tuple((*row, held) for row, held in zip(plain.rows, before, strict=True))
    return replace(plain, heads=(*plain.heads, compared.words), rows=rows)


def outcome_table(now: Figures) -> Table:
    return ranked("结果怎么样", "结果", now.outcomes, str)


def helped_table(now: Figures, names: Names) -> Table:
    return replace(ranked("用上了的条目和文件", "条目", now.helped, names.entry, MOST_ENTRIES), chart="")


def missed_table(now: Figures, names: Names) -> Table:
    return ranked("没答上的和只答了一部分的", "主题", now.missed, names.topic)


def channel_table(now: Figures, names: Names) -> Table:
    """Where people asked, with 人次."""
    return _with_sessions("从哪里问的", "从哪里", now.channels, now.channel_sessions, names.channel)


def place_table(now: Figures, names: Names) -> Table:
    return _with_sessions("在哪场活动上问的", "活动", now.events, now.event_sessions, names.event)


def rise_table(caption: str, head: str, found: Sequence[Rise], compared: Span, name: Callable[[str], str]) -> Table:
    rows = tuple((name(rise.name), rise.now, cell(rise.before)) for rise in found)
    return Table(caption, (head, "次数", compared.words), rows)


def month_table(days: Sequence[tuple[date, int, int]], months: Sequence[Span]) -> Table:
    """days: (day, questions, sessions). Months in order, those without anything too."""
    asked: dict[str, int] = {month.key: 0 for month in months}
    came = dict(asked)
    for day, questions, sessions in days:
        key = month_of(day).key
        asked[key] += questions
        came[key] += sessions
    rows = tuple((month.words, cell(asked[month.key]), cell(came[month.key])) for month in months)
    lines = [(f"{month.first.month}月", asked[month.key] if asked[month.key] >= LEAST else 0) for month in months]
    return Table("每个月的问题数", ("月份", "问题数", "人次"), rows, columns("每个月的问题数", lines))


def event_table(events: Sequence[Event], now: Figures) -> Table:
    """Events in the order of their days, with the kiosk's counts beside those who came."""
    rows = tuple(
        (
            event.name,
            event.day.isoformat(),
            KINDS[event.kind],
            event.place,
            "没填" if event.present is None else event.present,
            cell(now.events.get(event.id, 0)),
            cell(now.event_sessions.get(event.id, 0)),
        )
        for event in sorted(events, key=lambda event: (event.day, event.name))
    )
    return Table("活动", ("活动", "日期", "类型", "地点", "到场人次", "大屏问题数", "大屏人次"), rows)


def _with_sessions(
    caption: str, head: str, asked: Mapping[str, int], came: Mapping[str, int], name: Callable[[str], str]
) -> Table:
    groups = fold(asked)
    rows: list[tuple[Cell, ...]] = [
        (name(group.name), group.cell, cell(came.get(group.name, 0))) for group in groups.shown
    ]
    if groups.folded is not None:
        small = sum(came.get(key, 0) for key, number in asked.items() if number < LEAST)
        rows.append((groups.folded.name, groups.folded.cell, cell(small)))
    return Table(caption, (head, "问题数", "人次"), tuple(rows))


def _drawn(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[str, int]]:
    return [(str(row[0]), row[1]) for row in rows if isinstance(row[1], int)]
