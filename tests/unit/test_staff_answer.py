"""An answer written at the desk: its text is an entry, its faults are named, its figures stand in what it cites."""

from __future__ import annotations

from collections.abc import Mapping
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
from knowledge.overlay_import import has_references
from knowledge.settings import load_settings
from knowledge.snapshot import is_entry
from knowledge.town import load_town
from knowledge.types import Confidence, DocumentKind, DocumentOrigin, Instrument, PartKind
from web.staff.unanswered.answer_faults import faults_of
from web.staff.unanswered.answer_form import answer_of, lines_in
from web.staff.unanswered.named_basis import named_basis

ON = date(2026, 11, 22)
TOWN = load_town(load_settings().town_file)
BARE = AnswerBasis(experience(TOWN.operator, TOWN.levels[-1].name))
HELD = AnswerBasis(Instrument("rule", "养犬办法", "某局", "忠县"), "第3条", "办证每只收50元，10个工作日内办好。", "rule@v1:3")
PAPER = {
    "basis_title": "《养犬管理办法》",
    "basis_number": "国令第9号",
    "basis_issuer": "某部",
    "basis_level": TOWN.levels[0].name,
    "basis_article": "第3条",
    "basis_seen": "secondhand",
}
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
    assert not has_references(version.content.split("---\n")[1]), "an import takes in no pointers"


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


def named(known: Mapping[str, Instrument] | None = None, **changes: str) -> tuple[AnswerBasis | None, list[str]]:
    basis, wrong = named_basis(PAPER | changes, TOWN, known or {})
    return basis, [error.field for error in wrong]


def test_a_paper_is_named_with_its_own_issuer_and_level() -> None:
    basis, wrong = named()
    assert basis is not None and wrong == []
    assert (basis.instrument.issuer, basis.instrument.level) == (PAPER["basis_issuer"], TOWN.levels[0].name)
    version = version_of_answer(written(), basis, document_id="dog", ordinal=1, written_by="bian", on=ON)
    entry = parse_entry(version.content, "dog.md", {basis.instrument.id: basis.instrument})
    assert entry.bases["a"].confidence is Confidence.SECONDHAND


@pytest.mark.parametrize("field", ["basis_title", "basis_issuer", "basis_level", "basis_seen"])
def test_nobody_is_made_the_issuer_and_nothing_is_seen_by_default(field: str) -> None:
    assert named(None, **{field: ""}) == (None, [field])


def test_figures_of_an_answer_on_a_named_paper_stand_in_its_words() -> None:
    bare, _ = named()
    assert list(faults(bare, basis="named", steps="办证每只收50元。")) == ["basis_quote"]
    assert faults(bare, basis="named", steps="到派出所登记。") == {}
    quoted, _ = named(basis_quote="办证每只收50元。")
    assert faults(quoted, basis="named", steps="办证每只收50元。") == {}
    assert list(faults(quoted, basis="named", steps="办证每只收80元。")) == ["steps"]


def test_a_paper_on_record_is_named_by_its_record() -> None:
    first, _ = named()
    assert first is not None
    held = replace(first.instrument, id="ordinance", issuer="另一个部")
    assert named({"ordinance": held}, basis_issuer="另一个部")[0] == replace(first, instrument=held)
    assert named({"ordinance": held}) == (None, ["basis_issuer"])
    assert named({first.instrument.id: first.instrument}, basis_level=TOWN.levels[-1].name) == (None, ["basis_level"])
    assert named({"ordinance": held}, basis_number="")[1] == []


def test_a_wording_of_another_entry_is_refused() -> None:
    assert list(faults(others={"狗证哪里办": "养狗找谁？"})) == ["wordings"]
    assert list(faults(others={"养狗怎么办证": "养狗找谁？"})) == ["question"]


def test_lines_lose_their_bullets() -> None:
    assert lines_in(" - 一\n\n• 二\n三 ") == ("一", "二", "三")


def test_the_experience_record_is_one_and_the_same() -> None:
    assert replace(BARE.instrument) == experience(TOWN.operator, TOWN.levels[-1].name)
