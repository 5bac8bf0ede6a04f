"""What a person must look at before a document is used: orders to a machine, money words, links, personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.paper import Grid, Paper, Paragraph
from knowledge.normalise import normalise

DROPPED_WORDS = {
    "hidden": "藏起来的文字",
    "deleted": "已经删除（修订里划掉）的文字",
    "comment": "批注",
    "tiny": "小得看不见的文字",
    "white": "和底色一样、看不见的文字",
    "furniture": "页眉、页脚、页码",
    "unreadable": "没认出来的页",
}
"""Kinds of what readers leave out, in words."""

PERSONAL_NUMBERS = 5
"""So many numbers of persons, or more, stop a file (threat-model A10)."""
NAMED_ROWS = 3

_ORDERS = re.compile(
    r"忽略(?:以上|上面|之前|前面|所有|一切)|无视(?:以上|上面|之前|前面)|忘记(?:以上|之前|前面)|不要理会|你(?:现在)?是一[个名](?:AI|人工智能|助手|机器人|模型)|"
    r"(?:请|必须|一律|你要|你应)(?:直接)?(?:回答|回复|输出|告诉用户|告诉村民)|当(?:有人|用户|村民)(?:问|提问)|系统提示|提示词|"
    r"ignore (?:all|the|any|previous)|disregard|system prompt|you are (?:a|an|now)|as an ai|jailbreak|assistant:|<\|",
    re.I,
)
_MONEY = re.compile(
    r"转账|汇款|打款|扫码(?:付|支付|缴|交)|付款码|收款码|收款账|加微信|加qq|添加微信|手续费|保证金|解冻费|验证码|支付宝|点击链接|下载app",
    re.I,
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s，。；、）)>》」]+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|top|xyz|vip|cc|info|shop|site|club|app|link)\b",
    re.I,
)
_OFFICIAL = re.compile(r"(?:^|\.)gov\.cn(?:[/:]|$)", re.I)
_ACCOUNT = re.compile(r"(?<!\d)(?:\d[ -]?){16,19}(?!\d)|(?:账号|帐号|卡号|户名)\s*[:：]\s*\S+")
_ID = re.compile(r"(?<![0-9])[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[0-9x](?![0-9])", re.I)
_MOBILE = re.compile(r"(?<![0-9])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9])")
_CARD = re.compile(r"(?<![0-9])(?:62|4|5)\d{2}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?![0-9])")
_NAME_HEAD = re.compile(r"姓\s*名|户\s*主|申请人|联系人|负责人|救助对象|享受人|领取人|监护人|家庭成员")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?")


@dataclass(frozen=True, slots=True)
class Finding:
    """kind: orders | money | link | account. text: the words around it, to be shown as they stand."""

    kind: str
    text: str


KIND_WORDS = {
    "orders": "像是在指挥机器人的话",
    "money": "说到转钱、付款",
    "link": "外面的网址",
    "account": "账号",
}


def findings_in(lines: Iterable[str]) -> tuple[Finding, ...]:
    """In reading order, each place once."""
    found: list[Finding] = []
    for line in lines:
        plain = normalise(line)
        for kind, pattern in (("orders", _ORDERS), ("money", _MONEY), ("account", _ACCOUNT)):
            found += [Finding(kind, _around(plain, match)) for match in pattern.finditer(plain)]
        for match in _LINK.finditer(plain):
            host = re.sub(r"^https?://", "", match[0]).split("/")[0]
            if not _OFFICIAL.search(host):
                found.append(Finding("link", _around(plain, match)))
    return tuple(dict.fromkeys(found))


def gives_orders(text: str) -> bool:
    """Does a part speak to a machine instead of to people?"""
    return bool(_ORDERS.search(normalise(text)))


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 12) : match.end() + 20].strip()


@dataclass(frozen=True, slots=True)
class Personal:
    """What stops a file. numbers: of how many different ones. names: rows of a table that names people. shown: masked."""

    numbers: int
    names: int
    shown: tuple[str, ...]

    @property
    def stops(self) -> bool:
        return self.numbers >= PERSONAL_NUMBERS or self.names >= NAMED_ROWS


def personal_in(paper: Paper) -> Personal:
    """Numbers of persons (ID, mobile, bank card) in the whole file, and tables of names."""
    texts = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    texts += [cell for grid in grids for row in grid.rows for cell in row]
    numbers = {re.sub(r"\D", "", match) for text in texts for match in _numbers(normalise(text))}
    named = [name for grid in grids for name in _names(grid)]
    shown = [f"{number[:3]}…{number[-2:]}" for number in sorted(numbers)[:8]]
    shown += [f"{name[0]}某" for name in dict.fromkeys(named)][:8]
    return Personal(len(numbers), len(dict.fromkeys(named)), tuple(shown))


def _numbers(text: str) -> list[str]:
    return [match[0] for pattern in (_ID, _MOBILE, _CARD) for match in pattern.finditer(text)]


def _names(grid: Grid) -> list[str]:
    """Names below a column that is headed 姓名 or the like."""
    found: list[str] = []
    for place in range(len(grid.rows[0])):
        head = next((n for n, row in enumerate(grid.rows[:3]) if _NAME_HEAD.search(row[place])), None)
        if head is not None:
            found += [row[place] for row in grid.rows[head + 1 :] if _PERSON.fullmatch(row[place].strip())]
    return found


def dropped_words(dropped: Mapping[str, int]) -> Sequence[str]:
    """`批注 3 处`, one for each kind that a person should know of."""
    return [f"{DROPPED_WORDS.get(kind, kind)} {count} 处" for kind, count in dropped.items() if count]
