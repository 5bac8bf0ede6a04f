"""Section 10 of the design guide as one table: what each check measured, written to docs/browser-report.md.

A test calls `browser_report.note(row, value, limit)` after its assertions, so that only what held is written.
Lines that a run did not measure keep what the file held: the timed ones come from `make prove`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "docs" / "browser-report.md"
ROWS = {
    "axe": "axe：A、B、C 每个状态，D 每一页，各种字号和高对比",
    "viewports": "八种屏幕 × 字号：不横着滚，不切字，字和按钮够大",
    "keyboard-open": "键盘弹出（360×300），字放大到 200%",
    "reflow": "320 像素、放大到 400%、自己调的字距行距",
    "weight": "第一次打开：多重、几次请求、找不找别家",
    "throttled": "慢网络、慢手机：多久能打字、能发送",
    "no-scripts": "不用 JavaScript",
    "streams": "回答传到一半断了、整块来、限速、出错、30 秒没声、断网又好",
    "status": "读屏听到几句",
    "keyboard": "只用键盘走完一遍",
    "motion": "减少动画",
    "label": "AI 标识在每一处",
    "voices": "没有中文语音、来得晚、没有语音功能",
    "kiosk-idle": "大屏：没人时清除",
    "kiosk-escape": "大屏：出不去",
    "pinyin": "拼音：30 个词",
    "qr": "二维码认得出；网址 30 天到期，不带问题",
    "widget": "挂件在难对付的网站上",
    "print": "打印 A4 和 80 毫米",
    "wording": "用词：页面和样本回答",
}
"""Key -> the check, in the order of the guide."""
HEAD = """# 浏览器里测出来的数

`.ci/run` 每次在 Chromium 里把设计手册第 10 节一行一行测一遍，把量到的写在这里。抽样的种子在运行记录里；
计时的几行由 `make prove` 测。测试里的浏览器不是老人手里的微信：开放之前还要请人用自己的手机试。

| 查什么 | 要求 | 量到的 |
|---|---|---|
"""
LINE = re.compile(r"^\| (?P<check>[^|]+) \| (?P<limit>[^|]+) \| (?P<value>[^|]+) \|$", re.MULTILINE)
NOT_YET = "还没有测"


@dataclass
class BrowserReport:
    """Notes of one run. Key of a note: row and limit, so that several surfaces share a row."""

    notes: dict[tuple[str, str], str] = field(default_factory=dict)

    def note(self, row: str, value: str, limit: str) -> None:
        """row: a key of ROWS. value: what was measured, the same on every run of the same code; no time of day.

        limit: what is asked, beginning with the surface. Raises ValueError for another row or a `|`.
        """
        if row not in ROWS or "|" in value + limit:
            raise ValueError(f"no such row or no such words: {row}: {value}, {limit}")
        self.notes[row, limit] = value


def table(notes: dict[tuple[str, str], str], held: str) -> str:
    """The file: these notes over what `held`, an earlier file, says; rows in the order of the guide."""
    keys = {check: row for row, check in ROWS.items()}
    found = {
        (keys[line["check"]], line["limit"]): line["value"]
        for line in LINE.finditer(held)
        if line["check"] in keys and line["value"] != NOT_YET
    } | notes
    lines = []
    for row, check in ROWS.items():
        measured = sorted((limit, value) for (name, limit), value in found.items() if name == row)
        lines += [f"| {check} | {limit} | {value} |" for limit, value in measured or [("见设计手册", NOT_YET)]]
    return HEAD + "\n".join(lines) + "\n"


def write(notes: dict[tuple[str, str], str], file: Path = FILE) -> None:
    """Merge the notes into the file; a run without any leaves it alone."""
    if not notes:
        return
    held = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(table(notes, held), encoding="utf-8")
