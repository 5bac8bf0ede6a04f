"""`pufa check`: every refusal, planted in an entry that is sound but for it, with file, line and remedy."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.check import check
from knowledge.problems import Problem
from tests.builders import BODY, a_context, a_parameter, entry_text

PATH = "policies/buzhu/buzhu-who.md"
CONCLUSION = "可以领：年满80岁、户口在本镇的老人，每月有{old-age}。〔a〕"
BASIS = {"instrument": "banfa", "article": "第7条", "confidence": "verified", "checked_on": "2026-11-22"}


def faults_of(*texts: str) -> list[Problem]:
    return check(a_context(*texts))


def test_a_sound_entry_passes() -> None:
    assert faults_of() == []


def body_with(line: str) -> dict[str, Any]:
    return {"body": BODY + f"- {line}\n"}


PLANTED: dict[str, tuple[dict[str, Any], str, str]] = {
    # name: (changes of the entry, what the line holds, what must be told)
    "figure": (body_with("每人补3次。"), "每人补3次", "有数字却没有依据记号"),
    "figure in Chinese": (body_with("等两个月就有。"), "等两个月", "有数字却没有依据记号"),
    "share": (body_with("报百分之八十。"), "报百分之八十", "有数字却没有依据记号"),
    "full-width figure": (body_with("每人补３次。"), "每人补３次", "有数字却没有依据记号"),
    "date": (body_with("2026年7月1日起改了。"), "7月1日起", "有数字却没有依据记号"),
    "article": (body_with("看第七条。"), "看第七条", "有数字却没有依据记号"),
    "hotline as text": (body_with("打12345问。〔a〕"), "打12345问", "直接写了电话"),
    "mobile phone": (body_with("打13812345678问。〔a〕"), "打138", "直接写了电话"),
    "landline": (body_with("打023-54211234问。〔a〕"), "打023", "直接写了电话"),
    "police": (body_with("先打110。"), "先打110", "直接写了电话"),
    "hotline nobody knows": (body_with("打{tel:96999}问。"), "96999", "没有这个热线"),
    "parameter nobody knows": (body_with("每月{new-age}。"), "new-age", "没有这个参数"),
    "no figure then": (body_with("每月{old-age@1999-01}。"), "1999-01", "1999年1月没有数"),
    "month nobody has": (body_with("每月{old-age@2025-13}。〔a〕"), "2025-13", "占位写法不对"),
    "brace": (body_with("每月{old age}。"), "old age", "占位写法不对"),
    "mark without basis": (body_with("户口在本镇。〔c〕"), "〔c〕", "没有写在 basis 里"),
    "basis not used": ({"basis": {"a": BASIS, "b": BASIS, "c": BASIS}}, "  c:", "没有用到"),
    "basis unknown": (
        {"basis": {"a": BASIS | {"confidence": "unknown"}, "b": BASIS}},
        "  a:",
        "unknown",
    ),
    "too few examples": ({"examples": ["一", "二", "三"]}, "examples:", "例问有 3 条"),
    "too many examples": ({"examples": list("一二三四五六七八九")}, "examples:", "例问有 9 条"),
    "topic": ({"topic": "roads"}, "topic:", "没有这个主题：roads"),
    "office": ({"offices": ["windows"]}, "windows", "没有这个窗口：windows"),
    "hotline field": ({"hotlines": ["12399"]}, "12399", "没有这个热线：12399"),
    "relation": ({"related": ["buzhu-how"]}, "buzhu-how", "没有这个相关条目：buzhu-how"),
    "region": ({"region": "99"}, "99", "没有这个适用地区：99"),
    "part twice": ({"body": BODY + "\n## 条件\n- 一样。\n"}, "", "写了 2 次"),
    "no conclusion": ({"body": BODY.replace("## 结论\n" + CONCLUSION, "")}, "", "要有一段结论"),
    "two conclusions": ({"body": BODY.replace(CONCLUSION, CONCLUSION + "\n再说一句。")}, "## 结论", "一段结论"),
    "no next step": ({"body": f"\n## 结论\n{CONCLUSION}\n\n## 条件\n- 在本镇。〔b〕\n"}, "", "下一步"),
    "same example twice": ({"examples": ["甲", "乙", "丙", "甲！"]}, "", "写了两次"),
    "slug": ({"name": "Buzhu_Who"}, "", "和文件名"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_refused(name: str) -> None:
    changes, held, told = PLANTED[name]
    text = entry_text(**changes)
    faults = faults_of(text)
    assert len(faults) == 1, faults
    fault = faults[0]
    assert told in fault.what
    assert fault.path.startswith("policies/") and fault.path.endswith(".md")
    assert fault.remedy
    if held:
        assert held in text.split("\n")[fault.line - 1]


@pytest.mark.parametrize(
    "line",
    [
        "拿不准的先问村干部。",
        "《高龄补助办法》写得明白。",
        "《2024年办法》写得明白。",
        "每人每月{old-age}。",
        "那时每人每月{old-age@2024-01}。",
        "满80岁。〔a〕",
        "一个人也可以办。",
    ],
)
def test_what_needs_no_mark_passes(line: str) -> None:
    assert faults_of(entry_text(**body_with(line))) == []


def test_no_basis_at_all() -> None:
    body = "\n## 结论\n先问村干部。\n\n## 怎么办\n- 去窗口问。\n"
    (fault,) = faults_of(entry_text(body=body, basis={}))
    assert "没有一条依据" in fault.what


def test_a_placeholder_brings_its_own_basis() -> None:
    body = "\n## 结论\n每月{old-age}。\n\n## 怎么办\n- 去窗口问。\n"
    assert faults_of(entry_text(body=body, basis={})) == []


def with_examples(name: str, *examples: str, **changes: Any) -> str:
    return entry_text(name, examples=[*examples, *(f"{name}{n}" for n in "子丑寅")], **changes)


@pytest.mark.parametrize("again", ["我妈80了", "我妈80了？", " 我妈 80了"])
def test_an_example_in_two_entries(again: str) -> None:
    (fault,) = faults_of(with_examples("buzhu-a", "我妈80了"), with_examples("buzhu-b", again))
    assert fault.path == "policies/buzhu/buzhu-b.md"
    assert "buzhu-a" in fault.what


def test_an_example_among_the_also_asked_of_another() -> None:
    (fault,) = faults_of(
        with_examples("buzhu-a", "我妈80了"), with_examples("buzhu-b", "别的", also_asked=["我妈80了"])
    )
    assert "buzhu-a" in fault.what


def test_an_id_that_is_not_the_file_name() -> None:
    context = a_context()
    path, text, entry = context.entries["buzhu-who"]
    moved = {"buzhu-who": ("policies/buzhu/other.md", text, entry)}
    (fault,) = check(a_context_with(context, moved))
    assert "和文件名不一样" in fault.what


def a_context_with(context: Any, entries: Any) -> Any:
    return type(context)(context.town, context.parameters, context.instruments, entries)


def test_faults_come_in_order_of_place() -> None:
    body = BODY + "- 补3次。\n- 补4次。\n"
    faults = faults_of(entry_text("buzhu-b", body=body), entry_text("buzhu-a", topic="roads"))
    assert faults == sorted(faults)
    assert len(faults) == 3


def test_a_fault_is_one_line_for_a_clerk() -> None:
    (fault,) = faults_of(entry_text(**body_with("补3次。")))
    assert str(fault) == f"{PATH}:{fault.line}  {fault.what}  → {fault.remedy}"


def test_parameters_known_to_the_context_may_be_used() -> None:
    context = a_context(entry_text(**body_with("每月{new-age}。")), parameters=[a_parameter(), a_parameter(name="new-age")])
    assert check(context) == []


