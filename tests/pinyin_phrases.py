"""Thirty things that people type at the kiosk, and the dictionary made of this repository's own texts."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.settings import Settings
from knowledge.town import load_town
from tests.project_files import ROOT
from web.kiosk_words import words_text

PHRASES = (
    ("db", "低保"),
    ("longcun", "农村"),
    ("sehui", "社会"),
    ("fukou", "户口"),
    ("dibao", "低保"),
    ("ylbx", "养老保险"),
    ("yibao", "医保"),
    ("senfenzen", "身份证"),
    ("sfz", "身份证"),
    ("hukoubu", "户口簿"),
    ("zufang", "住房"),
    ("gongzi", "工资"),
    ("gongsang", "工伤"),
    ("tuixiu", "退休"),
    ("buzu", "补助"),
    ("zenmeban", "怎么办"),
    ("duosaoqian", "多少钱"),
    ("lihun", "离婚"),
    ("caili", "彩礼"),
    ("zaijidi", "宅基地"),
    ("falvyuanzu", "法律援助"),
    ("lingju", "邻居"),
    ("sanyang", "赡养"),
    ("senqin", "申请"),
    ("cailiao", "材料"),
    ("jietiao", "借条"),
    ("daguansi", "打官司"),
    ("zuyuan", "住院"),
    ("canjiren", "残疾人"),
    ("yibaozenmejiao", "医保怎么交"),
)


@lru_cache(maxsize=1)
def our_dictionary() -> str:
    """As the service makes it, over the committed entries instead of the cards of one day."""
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    return words_text(_entries(), settings, load_town(settings.town_file))


def _entries() -> list[str]:
    """Question and body of every committed entry."""
    texts = []
    for folder in ("policies", "report"):
        for path in sorted((ROOT / "knowledge" / folder).rglob("*.md")):
            head, _, body = path.read_text(encoding="utf-8").rpartition("\n---\n")
            question = re.search(r"^question: *(.*)$", head, re.MULTILINE)
            texts += [question[1] if question else "", body]
    return texts
