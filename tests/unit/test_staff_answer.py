"""An answer written at the desk: its text is an entry, its faults are named, its figures stand in what it cites."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.staff_answer import (
    EXPERIENCE_NOTE,
    MAX_EXAMPLES,
    AnswerBasis,
    StaffAnswer,
    experience,
    spread,
    version_of_answer,
)
from knowledge.entries import parse_entry, questions_of
from knowledge.settings import load_settings
from knowledge.snapshot import is_entry
from knowledge.town import load_town
from knowledge.types import DocumentKind, DocumentOrigin, Instrument, PartKind
from web.staff.unanswered.answer_form import answer_of, faults_of, lines_in

ON = date(2026, 11, 22)
TOWN = load_town(load_settings().town_file)
BARE = AnswerBasis(experience(TOWN.operator, TOWN.levels[-1].name))
HELD = AnswerBasis(Instrument("rule", "养犬办法", "某局", "忠县"), "第3条", "办证每只收50元，10个工作日内办好。", "rule@v1:3")
FIELDS: dict[str, object] = {
    "question": "养狗怎么办证？",
    "topic": TOWN.topics[0].slug,
    "conclusion": "带上身份证到派出所办。",
    "steps": "- 先给狗打疫苗。\n• 再到派出所登记。",
    "basis": "none",
    "hotlines": [next(iter(TOWN.hotlines)), "00000"],
    "wordings": ["狗证哪里办", "给狗上户口", "狗证哪里办"],
}


def faults(rest: AnswerBasis | None = BARE, others: dict[str, str] | None = None, **changes: object) -> dict[str, str]:
    draft = FIELDS | changes
    found = faults_of(answer_of(draft, TOWN), draft, rest, TOWN, others or {}, ON)
    return {fault.field: fault.sentence for fault in found}


def written(basis: AnswerBasis = BARE, **changes: object) -> StaffAnswer:
    return answer_of(FIELDS | changes, TOWN)


def test_the_text_is_an_entry_with_every_wording() -> None:
    version = version_of_answer(written(), BARE, document_id="dog", ordinal=1, written_by="bian", on=ON)
    assert (version.kind, version.origin, version.written_by) == (DocumentKind.STAFF_ANSWER, DocumentOrigin.DESK, "bian")
    assert is_entry(version) and version.reviewed_by is None
    entry = parse_entry(version.content, "dog.md", {BARE.instrument.id: BARE.instrument})
    assert questions_of(version.content) == ("养狗怎么办证？", "狗证哪里办", "给狗上户口")
    assert [claim.text for part in entry.parts for claim in part.claims if part.kind is PartKind.STEPS] == [
        "先给狗打疫苗。", "再到派出所登记。"
    ]  # fmt: skip
    assert entry.part(PartKind.NOTE).claims[-1].text == EXPERIENCE_NOTE  # type: ignore[union-attr]
    assert all(claim.marks == ("a",) for part in entry.parts for claim in part.claims)
    assert entry.hotlines == (next(iter(TOWN.hotlines)),)


def test_an_answer_on_a_paper_names_it_and_is_no_experience() -> None:
    version = version_of_answer(written(), HELD, document_id="dog", ordinal=2, written_by="bian", on=ON)
    entry = parse_entry(version.content, "dog.md", {"rule": HELD.instrument})
    assert entry.bases["a"].article == "第3条" and EXPERIENCE_NOTE not in version.content
    assert version.version.startswith("2-")


def test_more_wordings_than_examples_are_kept_as_asked_too() -> None:
    many = [f"{sign}怎么办证" for sign in "甲乙丙丁戊己庚辛壬癸子丑"]
    version = version_of_answer(written(wordings=many), BARE, document_id="dog", ordinal=1, written_by="bian", on=ON)
    entry = parse_entry(version.content, "dog.md", {BARE.instrument.id: BARE.instrument})
    assert len(entry.examples) == MAX_EXAMPLES and len(entry.also_asked) == len(many) - MAX_EXAMPLES
    assert {*entry.examples, *entry.also_asked} == set(many)


def test_the_examples_are_those_that_differ_most() -> None:
    assert set(spread(["狗证哪里办", "狗证在哪里办", "土狗要登记不"], 2)) == {"狗证在哪里办", "土狗要登记不"}


def test_a_good_answer_has_no_faults() -> None:
    assert faults() == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("question", {"question": ""}),
        ("topic", {"topic": "nothing"}),
        ("conclusion", {"conclusion": "字" * 41}),
        ("conclusion", {"conclusion": "一句。\n两句。"}),
        ("steps", {"steps": ""}),
        ("steps", {"steps": "填{dibao-rural}。"}),
        ("steps", {"steps": "打13812345678问。"}),
        ("where", {"where": "打023-54321234。"}),
        ("steps", {"steps": "\n".join(["走一步。"] * 13)}),
    ],
)
def test_what_is_missing_or_does_not_belong_is_named(field: str, changes: dict[str, object]) -> None:
    assert list(faults(**changes)) == [field]


@pytest.mark.parametrize("line", ["办证交50元。", "报销百分之八十。", "按第3条办。", "看渝府发〔2024〕3号。"])
def test_experience_alone_says_no_sums_and_no_law(line: str) -> None:
    assert list(faults(steps=line)) == ["steps"]


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("办证每只收50元。", True),
        ("办证每只收80元。", False),
        ("10个工作日内办好。", True),
        ("15个工作日内办好。", False),
        ("到派出所登记。", True),
        ("2024年起要办证。", False),
    ],
)
def test_figures_stand_in_the_passage_that_is_cited(line: str, good: bool) -> None:
    assert (faults(HELD, steps=line, basis="held") == {}) is good


def test_a_basis_must_be_chosen() -> None:
    assert list(faults(None, basis="")) == ["basis"]
    assert list(faults(None, basis="held")) == ["basis_words"]
    assert list(faults(None, basis="named")) == ["basis_title"]


def test_a_wording_of_another_entry_is_refused() -> None:
    assert list(faults(others={"狗证哪里办": "养狗找谁？"})) == ["wordings"]
    assert list(faults(others={"养狗怎么办证": "养狗找谁？"})) == ["question"]


def test_lines_lose_their_bullets() -> None:
    assert lines_in(" - 一\n\n• 二\n三 ") == ("一", "二", "三")


def test_the_experience_record_is_one_and_the_same() -> None:
    assert replace(BARE.instrument) == experience(TOWN.operator, TOWN.levels[-1].name)
