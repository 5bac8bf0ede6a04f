"""Questions that a document should answer, suggested from its headings and tables, for a person to tick or reword."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Cut

MAX_EXAMPLES = 6
_HAN = "一二三四五六七八九十百"
_MARK = re.compile(rf"^(?:第[{_HAN}\d]+[章节条]\s*|[{_HAN}]+、|[（(][{_HAN}\d]+[）)]|\d+[.、]\s*)")
_WORDED = (
    (re.compile(r"(?:条件|对象|范围|资格)$"), "{}是什么？"),
    (re.compile(r"(?:材料|资料|证件)$"), "{}有哪些？"),
    (re.compile(r"(?:标准|金额|比例|待遇|档次|费用)$"), "{}是多少？"),
    (re.compile(r"(?:时限|时间|期限|日期)$"), "{}是多久？"),
    (re.compile(r"(?:地点|地址|窗口|部门)$"), "{}在哪里？"),
    (re.compile(r"(?:程序|流程|步骤|方式|方法|办理|申请|申报|登记|缴费|领取)$"), "{}怎么办？"),
)
_DULL = re.compile(r"总则|附则|目录|其他|工作要求|组织领导|保障措施|指导思想|有关要求|有关事项|背景|说明$")


def suggest(title: str, cuts: Sequence[Cut]) -> tuple[str, ...]:
    """At most MAX_EXAMPLES: of tables first (a row and a column), then of headings."""
    found = [*_of_rows(cuts), *(question for cut in cuts for step in cut.heading[1:] for question in _of_heading(step))]
    return tuple(dict.fromkeys(found))[:MAX_EXAMPLES]


def _of_rows(cuts: Sequence[Cut]) -> list[str]:
    """One for each table: its first row with its first column."""
    seen: set[str] = set()
    found = []
    for cut in cuts:
        table = cut.part.partition("-")[0]
        line = cut.text.split("\n")[0]
        head, colon, _ = line.rpartition("：")
        if cut.part.startswith("t") and colon and table not in seen:
            seen.add(table)
            asks = "是多少？" if re.search(r"\d", line[len(head) :]) else "是什么？"
            found.append(head.replace("，", "") + asks)
    return [question for question in found if len(question) <= 40]


def _of_heading(step: str) -> list[str]:
    bare = _MARK.sub("", step).strip()
    if not 3 <= len(bare) <= 24 or _DULL.search(bare):
        return []
    return [next((form.format(bare) for ends, form in _WORDED if ends.search(bare)), f"{bare}怎么规定的？")]
