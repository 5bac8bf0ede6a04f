"""What a document says about itself: name, 文号, issuer, days, level, region, each with the place it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.said_days import days_in, only_day
from knowledge.types import Level

NATION = "00"
HEAD_LINES, TAIL_LINES = 25, 15
_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,12})\s*[〔\[【(（]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]】)）]\s*第?\s*(?P<number>\d{1,5})\s*号"
)
_ORDER_NUMBER = re.compile(r"(?:令|公告|通告)?\s*第\s*\d{1,4}\s*号")
_KINDS = "通知|意见|办法|决定|通告|公告|方案|细则|规定|规则|条例|函|批复|公示|指南|标准|须知|通报|计划|措施|说明|清单|明白纸|告知书|报告"
_BY = re.compile(rf"^(?P<issuer>[\u4e00-\u9fff、，（）]{{4,60}}?)关于.+(?:{_KINDS})")
_OFFICE = re.compile(
    r"[\u4e00-\u9fff（）]{2,30}(?:政府|委员会|办公室|办公厅|局|部|厅|院|中心|联合会|党委|司法所|便民服务中心|社保所|总工会|妇联|残联)"
)
_LETTERHEAD = re.compile(r"^(?P<issuer>[\u4e00-\u9fff\s]{4,40}?)\s*文\s*件$")
_STARTS = re.compile(r"^\s*起?\s*(?:正式)?(?:开始)?\s*(?:施行|实施|执行|生效|实行|启用|起)")
_AT_ONCE = re.compile(r"自(?:印发|发布|公布|下发|发文|签发)之日起(?:施行|实施|执行|生效)?")
_AFTER_DAYS = re.compile(r"自(?:印发|发布|公布)之日起(\d{1,3})日后(?:施行|实施)")
_UNTIL = re.compile(r"(?:有效期(?:至|到|截至|截止至?)|执行至|执行到|实施至|截止(?:到|至)?|有效至|止于|期限至)\s*[:：]?\s*$")
_RANGE = re.compile(r"(?:至|到|—|–|-|~|～)\s*$")
_YEARS = re.compile(r"有效期(?:为|是|限)?\s*([一二三四五六七八九十]|\d{1,2})\s*年")
_TEMPORARY = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Said:
    """One field. value: as a form shows it (days as 2024-09-01), '' where the text says nothing.

    where: the words it was read from, in Chinese, for the person who checks it.
    """

    value: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """issued_on: 成文日期. effective_to: the last day on which it still holds."""

    title: Said
    document_number: Said
    issuer: Said
    issued_on: Said
    effective_from: Said
    effective_to: Said
    level: Said
    region: Said


UNSAID = Said("", "文件里没有写")


def read_metadata(title: str, lines: Sequence[str], levels: Sequence[Level]) -> Metadata:
    """title: as the reader found it. lines: the whole text. levels: the town's chain, largest first."""
    head, tail = lines[:HEAD_LINES], lines[-TAIL_LINES:]
    issued = _issued_on(head, tail)
    issuer = _issuer(title, head, tail)
    level = _level(issuer.value or title, levels)
    return Metadata(
        title=Said(title, "文件开头"),
        document_number=_document_number(head),
        issuer=issuer,
        issued_on=issued,
        effective_from=_effective_from(lines, issued),
        effective_to=_effective_to(lines, _effective_from(lines, issued)),
        level=level,
        region=_region(level, levels),
    )


def _quoted(line: str) -> str:
    return f"「{line.strip()[:40]}」"


def _document_number(head: Sequence[str]) -> Said:
    for place, line in enumerate(head):
        if match := _NUMBER.search(line):
            return Said(f"{match['issuer']}〔{match['year']}〕{match['number']}号", f"第{place + 1}行{_quoted(line)}")
    for place, line in enumerate(head[:8]):
        if match := _ORDER_NUMBER.fullmatch(line.strip()):
            return Said(match[0].strip(), f"第{place + 1}行{_quoted(line)}")
    return UNSAID


def _issuer(title: str, head: Sequence[str], tail: Sequence[str]) -> Said:
    for line in head[:6]:
        if match := _LETTERHEAD.match(line.strip()):
            return Said(re.sub(r"\s", "", match["issuer"]), f"红头{_quoted(line)}")
    for place, line in enumerate(tail):
        after = tail[place + 1] if place + 1 < len(tail) else ""
        if _OFFICE.fullmatch(re.sub(r"\s", "", line)) and only_day(after):
            return Said(re.sub(r"\s", "", line), f"落款{_quoted(line)}")
    if match := _BY.match(title):
        return Said(match["issuer"], "文件名称")
    for place, line in enumerate(head):
        named = re.match(r"(?:发布|发文|印发|制定)(?:机关|单位|机构)\s*[:：]\s*(\S+)", line)
        if named:
            return Said(named[1], f"第{place + 1}行{_quoted(line)}")
    return UNSAID


def _issued_on(head: Sequence[str], tail: Sequence[str]) -> Said:
    for line in reversed(tail):
        if day := only_day(line):
            return Said(day.isoformat(), f"落款{_quoted(line)}")
    for line in reversed(tail):
        signed = re.match(r"[\u4e00-\u9fff（）]{4,30}\s+", line)
        found = list(days_in(line))
        if signed and found and found[-1][1].end() >= len(line.rstrip()) and len(found) == 1:
            return Said(found[0][0].isoformat(), f"落款{_quoted(line)}")
    for place, line in enumerate(head):
        bare = re.sub(r"^(?:成文|发布|发文|印发|公布)(?:日期|时间)\s*[:：]\s*", "", line)
        if day := only_day(bare):
            return Said(day.isoformat(), f"第{place + 1}行{_quoted(line)}")
        for found_day, match in days_in(line):
            if re.match(r"[^。；]{0,40}(?:通过|发布|公布|印发)", line[match.end() :]):
                return Said(found_day.isoformat(), f"第{place + 1}行{_quoted(line)}")
    return UNSAID


def _effective_from(lines: Sequence[str], issued: Said) -> Said:
    for line in [*lines[-TAIL_LINES:], *lines]:
        for day, match in days_in(line):
            before, after = line[: match.start()], line[match.end() :]
            if _STARTS.match(after) and not re.search(r"(?:出生|参保|缴费|年满)\S{0,4}$", before):
                return Said(day.isoformat(), f"「{line[max(0, match.start() - 8) : match.end() + 8]}」")
    for line in reversed(lines):
        after_days, at_once = _AFTER_DAYS.search(line), _AT_ONCE.search(line)
        if after_days and issued.value:
            later = date.fromisoformat(issued.value) + timedelta(days=int(after_days[1]))
            return Said(later.isoformat(), f"{_quoted(after_days[0])}，从成文日期算起")
        if at_once:
            return Said(issued.value, f"{_quoted(at_once[0])}，按成文日期" if issued.value else _quoted(at_once[0]))
    return UNSAID


def _effective_to(lines: Sequence[str], start: Said) -> Said:
    for line in lines:
        found = list(days_in(line))
        for place, (day, match) in enumerate(found):
            before = line[: match.start()]
            first = place > 0 and found[place - 1][1].end() == len(_RANGE.sub("", before).rstrip())
            in_force = re.search(r"有效期|执行|施行|实施", line[max(0, match.start() - 40) : match.end() + 10])
            if _UNTIL.search(before) or (first and _RANGE.search(before) and in_force and len(line) < 200):
                return Said(day.isoformat(), f"「{line[max(0, match.start() - 12) : match.end()]}」")
    for line in lines:
        term = _YEARS.search(line)
        if term and start.value:
            years = int(term[1]) if term[1].isascii() else _TEMPORARY.index(term[1])
            last = _years_later(date.fromisoformat(start.value), years) - timedelta(days=1)
            return Said(last.isoformat(), f"{_quoted(term[0])}，从生效日期算起")
    return Said("", "文件里没有写，就是一直有效")


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _level(issuer: str, levels: Sequence[Level]) -> Said:
    """The smallest level whose name the issuer carries; a ministry without a place is the nation."""
    if not issuer:
        return UNSAID
    for level in reversed(levels):
        if level.code != NATION and any(issuer.startswith(word) or word in issuer for word in (level.name, *level.words)):
            return Said(level.name, f"发文机关“{issuer[:20]}”")
    if re.match(r"(?:国务院|国家|中华人民共和国|全国|最高人民|民政部|财政部|司法部|公安部|教育部|人力资源|中共中央)", issuer):
        nation = next((level.name for level in levels if level.code == NATION), "")
        return Said(nation, f"发文机关“{issuer[:20]}”")
    return UNSAID


def _region(level: Said, levels: Sequence[Level]) -> Said:
    held = next((each for each in levels if each.name == level.value), None)
    return Said(held.name, "按发文机关的层级") if held is not None else UNSAID
