"""The monthly or yearly report as plain content: what the DOCX and the XLSX both hold, in the town's own form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.staff.needs import tables
from web.staff.needs.advice import advice, share
from web.staff.needs.figures import ANSWERED
from web.staff.needs.gathering import Needs
from web.staff.needs.hiding import LEAST, cell, fold, words
from web.staff.needs.rising import rises
from web.staff.needs.tables import Table
from web.staff.pages import spell_moment

HOW_MADE = "本报告由程序按提问次数汇总，建议由程序照固定规则写成，没有用大模型；仅供参考，请核对后再用。"
METHOD = (
    "问题数：问了多少次。打字问一句、在大屏上点开一条题目，都算一次；工作人员试问不算。",
    "人次：一次不断开的对话，一天算 1 人次。不是人数，认不出是谁。",
    "到场人次：活动当天工作人员自己数的，填在工作台“活动”里。",
    "不到 5 次的不单独列出来，合在“其他”里，或者写“不到5”，免得认出是谁。",
    "数字来自每天的次数表。提问的原话 90 天就删，次数一直留着，所以早先的日子也查得到。",
)


@dataclass(frozen=True, slots=True)
class Section:
    """numbered: the lines are a list."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """label: chip and moment, shown first; closing: how it was made, shown last.

    No `AIGC` entry goes into the files: no model wrote a word of them (web/aigc.py).
    """

    title: str
    operator: str
    label: str
    closing: str
    made_at: datetime
    sections: tuple[Section, ...]


def report_of(needs: Needs, assistant: str, operator: str, chip: str, made_at: datetime) -> Report:
    """chip: the words of the label for what a program works out."""
    kind = "年报" if needs.span.is_year else "月报"
    return Report(
        title=f"{assistant}普法需求{kind}（{needs.span.words}）",
        operator=operator,
        label=f"[{chip}] {spell_moment(made_at)}",
        closing=HOW_MADE,
        made_at=made_at,
        sections=_sections(needs),
    )


def totals(needs: Needs) -> Table:
    now = needs.now
    rows: tuple[tuple[str, int | str], ...] = (
        ("活动场次", len(needs.events)),
        ("到场人次", needs.present),
        ("问题数", cell(now.questions)),
        ("人次", cell(now.sessions)),
        ("答上了", cell(now.statuses.get(ANSWERED, 0))),
        ("没答上", cell(now.unanswered)),
    )
    return Table("总的数", ("项目", "数"), rows)


def summary(needs: Needs) -> str:
    """One paragraph to paste."""
    now, span = needs.now, needs.span
    answered = now.statuses.get(ANSWERED, 0)
    came = f"，到场 {needs.present} 人次" if needs.present else ""
    said = f"{span.words}开展普法活动 {len(needs.events)} 场{came}。" if needs.events else f"{span.words}没有登记活动。"
    said += f"普法助手接到提问{words(now.questions, '次')}、{words(now.sessions, '人次')}"
    if now.answerable >= LEAST and answered >= LEAST:
        said += f"，答上 {answered} 次，占该答的 {now.answerable} 次的 {share(answered, now.answerable)}%"
    return f"{said}；没答上{words(now.unanswered, '次')}。"


def rise_tables(needs: Needs) -> tuple[Table, ...]:
    """Topics and entries that were asked more often than before; nothing where there is nothing to compare with."""
    if not needs.earlier.questions:
        return ()
    kinds = (
        ("问得多起来的主题", "主题", needs.now.topics, needs.earlier.topics, needs.names.topic),
        ("用得多起来的条目", "条目", needs.now.helped, needs.earlier.helped, needs.names.entry),
    )
    found = ((caption, head, rises(now, before), name) for caption, head, now, before, name in kinds)
    return tuple(
        tables.rise_table(caption, head, risen, needs.compared, name) for caption, head, risen, name in found if risen
    )


def _sections(needs: Needs) -> tuple[Section, ...]:
    now, names = needs.now, needs.names
    months = (tables.month_table(needs.days, needs.months),) if needs.span.is_year else ()
    return (
        Section("一、总的情况", (summary(needs),), (totals(needs), *months, tables.channel_table(now, names))),
        Section("二、活动", _said_events(needs), (tables.event_table(needs.events, now),) if needs.events else ()),
        Section("三、热点", _said_hot(needs), (_topics(needs), *rise_tables(needs), tables.helped_table(now, names))),
        Section("四、没答上的", _said_missed(needs), (tables.outcome_table(now), tables.missed_table(now, names))),
        Section("五、建议", advice(needs.seen), numbered=True),
        Section("六、怎么数的", METHOD, numbered=True),
    )


def _topics(needs: Needs) -> Table:
    return tables.topic_table(needs.now, needs.earlier, needs.compared, needs.names)


def _said_events(needs: Needs) -> tuple[str, ...]:
    return () if needs.events else ("这段时间没有登记活动。",)


def _said_hot(needs: Needs) -> tuple[str, ...]:
    named = {needs.names.topic(slug): number for slug, number in needs.now.topics.items() if slug}
    groups = fold(named).shown[:3]
    if not groups:
        return ("问题还少，看不出热点。",)
    return ("问得最多的是" + "、".join(f"“{group.name}”（{group.number} 次）" for group in groups) + "。",)


def _said_missed(needs: Needs) -> tuple[str, ...]:
    partly = needs.now.statuses.get("partial", 0)
    return (f"没答上{words(needs.now.unanswered, '次')}，只答了一部分的{words(partly, '次')}。",)
