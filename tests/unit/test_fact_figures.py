"""Every figure of an entry or a parameter stands in the facts that it names.

`data/fact_figures.jsonl` and `data/report_figures.jsonl` were written from the fact lists and the town's
report, by another hand than the entries. `data/article_figures.jsonl` holds the few figures that an entry
takes from the law itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from knowledge.entries import MARK
from knowledge.figures import figures_in, same_amount
from knowledge.mentions import FigureKind
from knowledge.town import load_town
from knowledge.types import Confidence, DocumentKind, Entry, Parameter, ParameterValue
from tests.figures_of_facts import (
    KNOWLEDGE,
    TITLE,
    Figure,
    allowed_for,
    context,
    entries,
    facts,
    is_known,
    mention_of,
    parameter_values,
    rows,
    said_by,
    same,
    used_by,
    words,
)

EARLIER = re.compile(r"(?:20\d\d年|旧|原来|以前)[^。；]*?\{[^@:}]+\}")
"""An earlier time, and after it in the same sentence a figure that goes with the time asked about."""


def test_every_listed_figure_can_be_read() -> None:
    listed = [f for row in (*facts().values(), *rows("article_figures.jsonl")) for f in row["figures"]]
    assert len(listed) > 1000
    for figure in listed:
        assert mention_of(figure).kind is not FigureKind.ARTICLE


def test_entries_name_facts_that_exist() -> None:
    unknown = [(entry.id, fact) for entry in entries() for fact in entry.facts if fact not in facts()]
    assert not unknown


@pytest.mark.parametrize("topic", [topic.slug for topic in load_town(KNOWLEDGE / "town.toml").topics])
def test_entries_say_only_figures_of_their_facts(topic: str) -> None:
    wrong = [
        f"{entry.id}: {mention.text} in {claim.text!r}"
        for entry in entries()
        if entry.topic == topic
        for held in [allowed_for(entry)]
        for part in entry.parts
        for claim in part.claims
        for mention in said_by(claim)
        if not any(same(mention, one) for one in held)
    ]
    assert not wrong, "\n".join(wrong)


def test_entries_list_the_facts_of_the_figures_they_show() -> None:
    wrong = [
        f"{entry.id}: {fact} of {parameter.id}"
        for entry in entries()
        for parameter in used_by(entry)
        for value in parameter.values
        for fact in value.facts
        if fact not in entry.facts
    ]
    assert not wrong, "\n".join(wrong)


def test_parameters_are_figures_of_their_facts() -> None:
    wrong = [
        f"{parameter.id} {value.value}{parameter.unit} from {value.period.start}: {fault}"
        for parameter, value in parameter_values()
        if (fault := fault_of(parameter, value))
    ]
    assert not wrong, "\n".join(wrong)


def fault_of(parameter: Parameter, value: ParameterValue) -> str:
    """What is wrong with a value against the figures of its facts; '' where one of them says the same."""
    spelled = mention_of({"value": f"{value.value.normalize():f}", "unit": parameter.unit})
    same_sum = [f for fact in value.facts if is_known(fact) for f in facts()[fact]["figures"]]
    same_sum = [f for f in same_sum if f["unit"] != "日期" and same_amount(spelled, mention_of(f))]
    if not same_sum:
        return f"not a figure of {', '.join(value.facts)}"
    fitting = [f for f in same_sum if fits(f, parameter)]
    if not fitting:
        return f"held for {', '.join(f['for'] for f in same_sum)}, not for {dict(parameter.audience)}"
    start = value.period.start.isoformat() if value.period.start else ""
    if all(start < f["from"] for f in fitting if "from" in f) and any("from" in f for f in fitting):
        return f"starts before {max(f['from'] for f in fitting if 'from' in f)}"
    return ""


def test_starts_known_only_by_year_are_spelled_as_years() -> None:
    """2022-01-01 stands for "in 2022": without a re-check month it is shown as 2022年起."""
    wrong = [
        f"{parameter.id} from {value.period.start}"
        for parameter, value in parameter_values()
        if value.period.start and (value.period.start.month, value.period.start.day) == (1, 1)
        if parameter.recheck_month is not None and only_years(starts_of(parameter, value))
    ]
    assert not wrong


def starts_of(parameter: Parameter, value: ParameterValue) -> list[str]:
    spelled = mention_of({"value": f"{value.value.normalize():f}", "unit": parameter.unit})
    held = (f for fact in value.facts for f in facts()[fact]["figures"] if f["unit"] != "日期")
    return [
        f["from"] for f in held if "from" in f and same_amount(spelled, mention_of(f)) and fits(f, parameter)
    ]


def only_years(starts: list[str]) -> bool:
    return bool(starts) and all(len(start) == 4 for start in starts)


def fits(figure: Figure, parameter: Parameter) -> bool:
    """Whether the parameter is for whom the figure is: each word of `for` is in its audience or object."""
    said = [*parameter.audience.values(), parameter.what]
    return all(any(word in one for one in said) for word in figure.get("for", "").split())


def test_figures_of_the_report_stand_in_the_entry_that_lists_the_place() -> None:
    wrong = [
        f"{place['id']}: {words(figure)}"
        for place in rows("report_figures.jsonl")
        for figure in place["figures"]
        if not any(says(entry, figure) for entry in entries() if place["id"] in entry.facts)
    ]
    assert not wrong, "\n".join(wrong)


def says(entry: Entry, figure: Figure) -> bool:
    held = mention_of(figure)
    texts = (TITLE.sub("", claim.text) for part in entry.parts for claim in part.claims)
    return any(same_amount(mention, held) for text in texts for mention in figures_in(MARK.sub("", text)))


def test_verified_means_that_the_text_was_read() -> None:
    """Bases and parameters marked verified rest on a law whose text we read, or on the town's own report."""
    used = [(entry.id, basis) for entry in entries() for basis in entry.bases.values()]
    used += [(parameter.id, value.basis) for parameter, value in parameter_values()]
    wrong = {
        f"{owner}: {basis.instrument.id}"
        for owner, basis in used
        if basis.confidence is Confidence.VERIFIED
        if not basis.instrument.text_file and basis.instrument.id != "town-report-2025"
    }
    assert not wrong


def test_secondhand_papers_say_where_the_doubt_lies() -> None:
    used = [basis for entry in entries() for basis in entry.bases.values()]
    used += [value.basis for _, value in parameter_values()]
    wrong = {
        b.instrument.id
        for b in used
        if b.confidence is Confidence.SECONDHAND and not b.instrument.source_note
    }
    assert not wrong


def test_what_is_told_of_an_earlier_time_names_the_month_of_its_figure() -> None:
    """2025年要求不低于{id} would give the sum of today for that of 2025 as soon as a clerk writes a new one."""
    moving = [
        f"{entry.id}: {found[0]}"
        for entry in entries()
        for part in entry.parts
        for claim in part.claims
        for found in EARLIER.finditer(claim.text)
    ]
    assert not moving, "\n".join(moving)


def test_the_report_entries_list_only_places() -> None:
    reports = [entry for entry in entries() if entry.kind is DocumentKind.REPORT]
    assert reports
    assert all(fact.startswith("R-") for entry in reports for fact in entry.facts)


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("每月630元", {"value": "630", "unit": "元"}, True),
        ("每月770元", {"value": "630", "unit": "元"}, False),
        ("最长45个工作日", {"value": "45", "unit": "天"}, False),
        ("2025年起", {"value": "2025-07-01", "unit": "日期"}, True),
        ("2025年8月起", {"value": "2025-07-01", "unit": "日期"}, False),
        ("报80%", {"value": "80", "unit": "%"}, True),
    ],
)
def test_the_comparison_itself(text: str, figure: Figure, expected: bool) -> None:
    assert any(same(mention, mention_of(figure)) for mention in figures_in(text)) is expected


def test_a_figure_for_others_is_refused() -> None:
    """770 is held for the towns: a parameter of the country must not carry it."""
    rural = context().parameters["dibao-rural"]
    held: Iterable[Figure] = facts()["F-DB-028"]["figures"]
    assert [f["value"] for f in held if f["unit"] == "元" and "from" in f and fits(f, rural)] == ["630"]
