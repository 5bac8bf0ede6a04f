"""The top of an official paper: where its title stands, and which lines are letterhead rather than text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outline import Line, is_headline
from ingest.said_days import only_day

_KINDS = "通知|意见|办法|决定|通告|公告|方案|细则|规定|规则|条例|函|批复|公示|指南|标准|须知|通报|计划|措施|说明|清单|明白纸|告知书|报告"
_ENDS = re.compile(rf"(?:{_KINDS})(?:[（(][^）)]{{1,20}}[）)])?$")
_SKIPPED = re.compile(
    r"[\u4e00-\u9fff\s]{4,40}文\s*件|(?:特急|加急|急件|机密|秘密|公开|签发人[:：].*|[（(]此件公开发布[）)])"
    r"|.{0,14}[〔\[【(（]\s*(?:19|20)\d\d\s*[〕\]】)）]\s*第?\s*\d{1,5}\s*号|(?:发布|成文|印发)(?:日期|时间)[:：].*|(?:来源|发布机构|索引号)[:：].*"
    r"|附件?\s*\d*\s*[:：]?"
)
_ADDRESSEES = re.compile(r"各?[\u4e00-\u9fff（）、，,]{2,80}[:：]")
_SIGNED = re.compile(r"[\u4e00-\u9fff（）\s]{2,40}")
LOOK_AT = 14
MAX_TITLE_LINES = 4


def split_title(lines: Sequence[Line], otherwise: str) -> tuple[str, list[Line]]:
    """(title, the lines of the text). otherwise: the title where none stands at the top."""
    start = 0
    while start < min(LOOK_AT, len(lines)) and _SKIPPED.fullmatch(lines[start].text):
        start += 1
    if start >= len(lines) - 1 or not _may_be_title(lines[start]):
        return otherwise, list(lines[start:] or lines)
    title, end = lines[start].text, start + 1
    while end < min(start + MAX_TITLE_LINES, len(lines) - 1) and _goes_on(title, lines[start], lines[end]):
        title, end = title + lines[end].text, end + 1
    rest = list(lines[end:])
    while rest and _SKIPPED.fullmatch(rest[0].text):
        rest = rest[1:]
    return re.sub(r"\s+", "", title) if not title.isascii() else title, rest or list(lines[end:])


def without_signature(lines: Sequence[Line]) -> list[Line]:
    """The text without whom it is addressed to (its first line) and without issuer and day at its end."""
    kept = list(lines)
    if len(kept) > 1 and _ADDRESSEES.fullmatch(kept[0].text):
        kept = kept[1:]
    if len(kept) > 2 and only_day(kept[-1].text):
        kept = kept[:-1]
        while len(kept) > 1 and kept[-1].rank is None and _SIGNED.fullmatch(kept[-1].text):
            kept = kept[:-1]
    return kept


def _may_be_title(line: Line) -> bool:
    if line.text.startswith("\ue000"):
        return False
    if line.is_markdown:
        return line.rank == 1 or bool(_ENDS.search(line.text))
    return line.rank is None and (is_headline(line.text) or "关于" in line.text and bool(_ENDS.search(line.text)))


def _goes_on(title: str, first: Line, line: Line) -> bool:
    if first.is_markdown != line.is_markdown or line.text.endswith(("：", ":")):
        return False
    if first.is_markdown and line.rank != 1:
        return False
    if _ENDS.search(title) or _SKIPPED.fullmatch(line.text) or line.text[:1] in "一（(第1":
        return False
    return is_headline(line.text) and ("关于" in title or line.text.startswith(("关于", "《")))
