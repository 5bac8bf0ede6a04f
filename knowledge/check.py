"""What `pufa check` refuses, each with file, line and remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from knowledge.entries import PLACEHOLDER
from knowledge.parameters import month_of, parameter_named
from knowledge.problems import Problem
from knowledge.types import Claim, Confidence, DocumentKind, Entry, Instrument, Parameter, PartKind, Town
from knowledge.yaml_files import line_of

MIN_EXAMPLES, MAX_EXAMPLES = 4, 8
_FIGURE = re.compile(
    r"[0-9０-９]|[二三四五六七八九十百千万两半](?:元|块|个月|年|岁|天|个工作日|次|倍|成|份)|百分之|第[一二三四五六七八九十百]+条"
)
_PHONE = re.compile(
    r"(?<![0-9.])(?:11[09]|12[02]|12[0-9]{3}|96[0-9]{3}|0[0-9]{2,3}-?[0-9]{7,8}|1[3-9][0-9]{9})"
    r"(?![0-9.%余多元年月日岁天个号条次场份人万块倍])"
)
_NEXT_STEP = (PartKind.WHERE, PartKind.STEPS, PartKind.NOTE)
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Context:
    """What entries may refer to."""

    town: Town
    parameters: Mapping[str, Parameter]
    instruments: Mapping[str, Instrument]
    entries: Mapping[str, tuple[str, str, Entry]]
    """entry id -> (path, source text, entry)."""


def check(context: Context) -> list[Problem]:
    """Every fault over all entries, sorted by place."""
    faults: list[Problem] = []
    for path, text, entry in context.entries.values():
        faults += _references(path, text, entry, context)
        faults += _shape(path, text, entry)
        for part in entry.parts:
            for claim in part.claims:
                faults += _claim(path, entry, part.kind, claim, context)
    faults += _examples_unique(context)
    return sorted(faults)


def _references(path: str, text: str, entry: Entry, context: Context) -> Iterable[Problem]:
    checks = (
        ("主题", (entry.topic,), {topic.slug for topic in context.town.topics}, "town.toml 的 topics"),
        ("窗口", entry.offices, context.town.offices, "town.toml 的 offices"),
        ("热线", entry.hotlines, context.town.hotlines, "town.toml 的 hotlines"),
        ("相关条目", entry.related, context.entries, "已有的条目编号"),
        ("适用地区", (entry.region,), {level.code for level in context.town.levels}, "town.toml 的 levels"),
    )
    for name, used, known, where in checks:
        for item in used:
            if item not in known:
                yield Problem(path, line_of(text, item), f"没有这个{name}：{item}", f"改成{where}里有的")
    stem = path.rsplit("/", 1)[-1].removesuffix(".md")
    if entry.id != stem or not _SLUG.match(entry.id):
        yield Problem(path, 2, f"编号 {entry.id} 和文件名不一样", "编号用英文小写和短横，和文件名一致")


def _shape(path: str, text: str, entry: Entry) -> Iterable[Problem]:
    count, at_desk = len(entry.examples), entry.kind is DocumentKind.STAFF_ANSWER  # has a form of its own
    if not at_desk and not MIN_EXAMPLES <= count <= MAX_EXAMPLES:
        yield Problem(path, line_of(text, "examples:"), f"例问有 {count} 条", f"写 {MIN_EXAMPLES} 到 {MAX_EXAMPLES} 条")
    kinds = [part.kind for part in entry.parts]
    for kind, times in Counter(kinds).items():
        if times > 1:
            yield Problem(path, 1, f"段落 {kind.value} 写了 {times} 次", "合成一段")
    conclusion = entry.part(PartKind.CONCLUSION)
    if conclusion is None or len(conclusion.claims) != 1:
        yield Problem(path, line_of(text, "## 结论"), "要有一段结论，只一段话", "在 ## 结论 下面写一句话")
    if not at_desk and not any(kind in _NEXT_STEP for kind in kinds):
        yield Problem(path, 1, "看完不知道下一步做什么", "加上“去哪里”“怎么办”或“注意”")
    used = {mark for part in entry.parts for claim in part.claims for mark in claim.marks}
    for mark in entry.bases.keys() - used:
        yield Problem(path, line_of(text, f"\n  {mark}:") + 1, f"依据 {mark} 没有用到", "在用到它的话后面写〔记号〕，或者删掉")
    if not entry.bases and not any(PLACEHOLDER.search(c.text) for part in entry.parts for c in part.claims):
        yield Problem(path, line_of(text, "basis:"), "没有一条依据", "没有依据就没有说法，补上依据")
    for key, basis in entry.bases.items():
        if not at_desk and basis.confidence is Confidence.UNKNOWN:
            yield Problem(path, line_of(text, f"\n  {key}:") + 1, f"依据 {key} 标的是 unknown", "没核实的不能当依据")


def _claim(path: str, entry: Entry, kind: PartKind, claim: Claim, context: Context) -> Iterable[Problem]:
    for mark in claim.marks:
        if mark not in entry.bases:
            yield Problem(path, claim.line, f"依据记号〔{mark}〕没有写在 basis 里", "补上依据，或者改记号")
    names = PLACEHOLDER.findall(claim.text)
    for name in names:
        if name.startswith("tel:"):
            if name[4:] not in context.town.hotlines:
                yield Problem(path, claim.line, f"没有这个热线：{name[4:]}", "只能用 town.toml 里的热线")
        elif month_of(name)[0] not in context.parameters:
            yield Problem(path, claim.line, f"没有这个参数：{name}", "先在 parameters/ 里写好")
        elif (day := month_of(name)[1]) and not parameter_named(name, context.parameters).values:
            what = f"参数 {month_of(name)[0]} 在{day.year}年{day.month}月没有数"
            yield Problem(path, claim.line, what, "先在 parameters/ 里写好那时候的数，或者换一个月")
    bare = PLACEHOLDER.sub("", claim.text)
    if "{" in bare or "}" in bare:
        yield Problem(path, claim.line, "占位写法不对", "写成 {参数编号}、{参数编号@2025-06} 或 {tel:12345}")
    figures = any(not name.startswith("tel:") for name in names)
    if _PHONE.search(bare):
        yield Problem(path, claim.line, "正文里直接写了电话", "写成 {tel:号码}，号码要在 town.toml 里")
    elif _FIGURE.search(_without_titles(bare)) and not claim.marks and not figures:
        yield Problem(path, claim.line, "有数字却没有依据记号", "在这句后面写上依据〔记号〕")


def _without_titles(text: str) -> str:
    return re.sub(r"《[^》]*》", "", text)


def _examples_unique(context: Context) -> Iterable[Problem]:
    owner: dict[str, str] = {}
    for path, text, entry in context.entries.values():
        for example in chain(entry.examples, entry.also_asked):
            key = re.sub(r"\W", "", example)
            if key in owner and owner[key] != entry.id:
                yield Problem(path, line_of(text, example), f"例问“{example}”在 {owner[key]} 里也有", "只留在真正回答它的那一条")
            elif key in owner:
                yield Problem(path, line_of(text, example), f"例问“{example}”写了两次", "删掉一条")
            owner[key] = entry.id
