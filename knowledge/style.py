"""What `pufa check --style` refuses: lengths, openings and words (decisions.md 22, design-guide.md 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.check import Context
from knowledge.problems import Problem
from knowledge.render import Moment, Renderer
from knowledge.types import Claim, Entry, PartKind

MAX_CONCLUSION, MAX_SENTENCE = 40, 25
_BANNED = ("予以", "系指", "之规定", "依法", "上述", "拒不支付", "相关部门")
_OPENINGS = ("可以", "不可以", "要看情况", "能", "不能", "可能")
_TITLE = re.compile(r"《[^》]*》")
_END = re.compile(r"(?<=[。！？；])")


def check_style(context: Context, moment: Moment) -> list[Problem]:
    """Every fault of wording, with figures filled in as on the given day."""
    renderer = Renderer(context.parameters, context.town.hotlines, context.town.offices)
    faults: list[Problem] = []
    for path, _, entry in context.entries.values():
        for part in entry.parts:
            for claim in part.claims:
                faults += _claim(path, entry, part.kind, claim, renderer, moment)
    return sorted(faults)


def _claim(
    path: str, entry: Entry, kind: PartKind, claim: Claim, renderer: Renderer, moment: Moment
) -> Iterable[Problem]:
    text = renderer.claim(claim, moment).text or claim.text
    if kind is PartKind.CONCLUSION:
        yield from _conclusion(path, entry, claim, text)
    else:
        for sentence in filter(None, _END.split(text)):
            length = length_of(sentence)
            if length > MAX_SENTENCE:
                remedy = f"拆成两句，每句 {MAX_SENTENCE} 字以内"
                yield Problem(path, claim.line, f"这句有 {length} 字：{sentence[:12]}…", remedy)
    for word in _BANNED:
        if word in _TITLE.sub("", text):
            yield Problem(path, claim.line, f"用了“{word}”", "换成平常说的话")


def _conclusion(path: str, entry: Entry, claim: Claim, text: str) -> Iterable[Problem]:
    length = length_of(text)
    if length > MAX_CONCLUSION:
        yield Problem(path, claim.line, f"结论有 {length} 字", f"压到 {MAX_CONCLUSION} 字以内")
    if entry.yes_no and not text.startswith(_OPENINGS):
        yield Problem(path, claim.line, "“能不能”的问题，结论没有先说能不能", "用 可以/不可以/要看情况 开头")


def length_of(sentence: str) -> int:
    """Characters, without titles in 《》 and white space; a number counts as one character per digit."""
    return len(re.sub(r"\s", "", _TITLE.sub("", sentence)))
