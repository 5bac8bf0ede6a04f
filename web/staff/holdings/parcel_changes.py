"""What a parcel would change, old beside new: every figure, office, hotline and law, and every line of an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.findings import KIND_WORDS, findings_in
from knowledge.overlay_export import whole_text
from knowledge.overlay_figures import instrument_row, row_of
from knowledge.parameters import name_of
from knowledge.types import Hotline, Instrument, Office, Parameter, ParameterValue, StoredVersion
from web.staff.desk import Desk
from web.staff.differences import DifferenceRow, differences
from web.staff.holdings.entry_words import readable
from web.staff.holdings.exchange import Opened
from web.staff.holdings.exchange_views import ChangeOf, PlanView
from web.staff.holdings.figure_conflicts import warnings_of_whole
from web.staff.holdings.figure_words import unit_of, value_words
from web.staff.holdings.record_books import title_of
from web.staff.holdings.record_pages import LABELS

NONE = "没有"
LAW_WORDS = {
    "title": "名称",
    "document_number": "文号",
    "issuer": "发文机关",
    "level": "层级",
    "effective_from": "施行",
    "effective_to": "失效",
    "source_note": "原件在哪里",
}


def plans_of(desk: Desk, held: Opened, versions: Mapping[str, StoredVersion]) -> tuple[PlanView, ...]:
    """Kind by kind. versions: what the entries of the plan would become."""
    plan, brought = held.plan, held.brought
    offices, hotlines = held.town.offices, held.town.hotlines
    return (
        PlanView("新的条目", tuple(_entry(desk, held, versions[name]) for name in plan.added)),
        PlanView("换掉的条目", tuple(_entry(desk, held, versions[name]) for name in plan.changed)),
        PlanView("数字", tuple(_figure(desk, held, brought.parameters[name]) for name in plan.parameters)),
        PlanView("依据的文件", tuple(_law(held, brought.instruments[name]) for name in plan.instruments)),
        PlanView("窗口", tuple(_record(offices[name], brought.offices[name]) for name in plan.offices)),
        PlanView("热线", tuple(_record(hotlines[name], brought.hotlines[name]) for name in plan.hotlines)),
    )


def _entry(desk: Desk, held: Opened, new: StoredVersion) -> ChangeOf:
    regions = {level.code: level.name for level in held.town.levels}
    known = {**held.snapshot.instruments, **held.brought.instruments}
    old = held.snapshot.versions.get(new.document_id)
    lines = [line for passage in new.passages for line in passage.text.split("\n")]
    warnings = tuple(f"{KIND_WORDS.get(each.kind, each.kind)}：{each.text}" for each in findings_in(lines))
    after = replace(new, content=readable(new, known))
    if old is None:
        rows = tuple(DifferenceRow("", line, True) for line in after.content.split("\n"))
        return ChangeOf(new.title, rows, warnings)
    before = replace(old, content=readable(replace(old, content=whole_text(old)), known))
    return ChangeOf(new.title, differences(before, after, regions), warnings)


def _figure(desk: Desk, held: Opened, new: Parameter) -> ChangeOf:
    old = held.snapshot.parameters.get(new.id)
    rows = _rows(_told(old) if old is not None else {}, _told(new))
    return ChangeOf(name_of(new), rows, warnings_of_whole(old, new, held.snapshot, desk.today()))


def _told(parameter: Parameter) -> dict[str, str]:
    """Everything that a figure says, by what it is."""
    row = row_of(parameter)
    values = zip(row["values"], reversed(parameter.values), strict=True)
    return {
        "名称": name_of(parameter),
        "单位": unit_of(parameter),
        "没把握时问": "、".join(parameter.ask),
        "几月再核实": str(parameter.recheck_month or ""),
        **{f"从 {each['from'] or '以前'} 起": _value(each, value, parameter) for each, value in values},
    }


def _value(row: Mapping[str, object], value: ParameterValue, parameter: Parameter) -> str:
    again = f"，{value.recheck_on} 再核实" if value.recheck_on else ""
    basis = value.basis
    return f"{value_words(row, parameter.unit)}，依据《{basis.instrument.title}》{basis.article or ''}{again}"


def _law(held: Opened, new: Instrument) -> ChangeOf:
    old = held.snapshot.instruments.get(new.id)
    before, after = ({} if each is None else instrument_row(each) for each in (old, new))
    return ChangeOf(new.title, _rows(_labelled(before, LAW_WORDS), _labelled(after, LAW_WORDS)))


def _record(old: Office | Hotline, new: Office | Hotline) -> ChangeOf:
    return ChangeOf(title_of(old), _rows(_fields(old), _fields(new)))


def _fields(record: Office | Hotline) -> dict[str, str]:
    said = {words: str(getattr(record, name, "")) for name, (words, _) in LABELS.items()}
    lacks = [LABELS[name][0] for name in record.without] if isinstance(record, Office) else []
    return {**said, "勾了“没有”的": "、".join(lacks), "哪天确认的": record.confirmed_on}


def _labelled(row: Mapping[str, object], words: Mapping[str, str]) -> dict[str, str]:
    return {words.get(name, name): str(value) for name, value in row.items()}


def _rows(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[DifferenceRow, ...]:
    """What differs, each under its name."""
    names: Iterable[str] = dict.fromkeys([*new, *old])
    return tuple(
        DifferenceRow(_said(name, old.get(name, "")), _said(name, new.get(name, "")), True)
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def _said(name: str, value: str) -> str:
    return f"{name}：{value or NONE}"
