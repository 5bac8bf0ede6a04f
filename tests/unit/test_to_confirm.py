"""`pufa check --to-confirm`: what only the town can supply, by the office that must answer."""

from __future__ import annotations

import re
from datetime import date

from knowledge.content import load_content
from knowledge.to_confirm import to_confirm_form
from knowledge.town import load_town
from knowledge.types import Confidence, Parameter
from tests.builders import ON, a_context, a_parameter, a_value
from tests.project_files import ROOT

DUE = a_value("100", date(2025, 7, 1), recheck_on=date(2026, 7, 1))


def form(*parameters: Parameter) -> dict[str, list[str]]:
    """office -> its lines."""
    groups: dict[str, list[str]] = {}
    office = ""
    for line in to_confirm_form(a_context(parameters=parameters), ON).splitlines():
        if line.startswith("■ "):
            office = line[2:]
            groups[office] = []
        elif line.strip():
            groups.setdefault(office, []).append(line.strip())
    return groups


def test_the_form_names_town_and_day() -> None:
    assert to_confirm_form(a_context(), ON).startswith("青石镇：请核实下面各项（2026-11-22 打印）\n")


def test_what_an_office_has_not_given() -> None:
    groups = form()
    assert [line[2:4] for line in groups["便民窗口"]] == ["电话", "地址", "上班"]
    assert [line[2:4] for line in groups["司法所"]] == ["地址"]


def test_a_figure_past_its_recheck_day_goes_to_the_office_that_knows() -> None:
    (line,) = [line for line in form(a_parameter(DUE))["便民窗口"] if "补助" in line]
    assert line.startswith("□ 80岁以上高龄补助，我们手上是 100元（2025-07-01 起），现在是多少：____")


def test_a_secondhand_figure_is_listed_and_a_verified_one_is_not() -> None:
    secondhand = a_parameter(a_value("90", confidence=Confidence.SECONDHAND), name="b", what="别的补助")
    lines = [line for group in form(a_parameter(), secondhand).values() for line in group]
    assert [line for line in lines if "别的补助" in line]
    assert [line for line in lines if "高龄补助" in line] == []


def test_a_figure_without_a_present_value_is_asked_for() -> None:
    gone = a_parameter(a_value("90", date(2020, 1, 1), date(2021, 1, 1)))
    assert any(line.startswith("□ 80岁以上高龄补助（元），现在是多少") for line in form(gone)["便民窗口"])


def test_a_figure_that_no_office_knows_goes_to_its_hotline() -> None:
    assert "打 12348 核实" in form(a_parameter(DUE, ask=("12348",)))


def test_every_hotline_is_to_be_rung_once() -> None:
    tried = [line for line in form()["青石镇人民政府"] if "试拨" in line]
    assert len(tried) == 5
    assert any("12345（政务服务热线）" in line for line in tried)


def test_nobody_is_asked_what_a_figure_of_the_past_is_now() -> None:
    """Of the real figures none is for one past time alone: what a sum was is a closed value of the one figure."""
    content = load_content(ROOT / "knowledge", load_town(ROOT / "knowledge" / "town.toml"))
    lines = to_confirm_form(content.context, ON).splitlines()
    assert any("低保标准" in line for line in lines)
    assert [line for line in lines if re.search("涨之前|涨之后|当年的", line)] == []
    asked = [line.split("，我们手上")[0].split("（")[0] for line in lines if "现在是多少" in line]
    assert sorted(asked) == sorted(set(asked))
