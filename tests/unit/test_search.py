"""From a question to hits and rejects: each kind of evidence is needed, each rule refuses what it must."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.asked import NOTHING, Asked
from knowledge.fusion import Weights
from knowledge.index import read_query
from knowledge.lexicon import Lexicon
from knowledge.rows import ENTRY, IndexRow
from knowledge.search import Scope, search, surer_first
from knowledge.snapshot import Snapshot
from knowledge.types import DocumentKind, Hit, Parameter, Period, SearchResult, StoredVersion
from tests.builders import a_document_version, a_parameter, a_snapshot, a_value, a_version, entry_text, moment
from tests.unit.small_index import ALWAYS, NEVER, HashedPairs, a_lexicon, an_index

WHO = entry_text("buzhu-who", examples=["老人补助给哪些人", "八十岁有没有补助", "高龄补助条件", "哪些老人算"])
LOST = entry_text(
    "card-lost", question="证件丢失怎么补办？", examples=["证件丢失", "补办证件", "证件不见", "丢失补办"]
)


def rows(snapshot: Snapshot) -> list[IndexRow]:
    return list(snapshot.rows)


def asked(
    text: str,
    *versions: StoredVersion,
    lexicon: Lexicon | None = None,
    scope: Scope | None = None,
    embedder: HashedPairs | None = None,
    weights: Weights | None = None,
    answer: bool = True,
    top_k: int = 5,
    parameters: list[Parameter] | None = None,
    words: Asked = NOTHING,
) -> SearchResult:
    snapshot = a_snapshot(*versions, parameters=parameters)
    used = embedder or HashedPairs()
    index = an_index(rows(snapshot), ALWAYS if answer else NEVER, used, weights)
    query = read_query(text, lexicon or a_lexicon(), used)
    return search(text, query, index, snapshot, scope or Scope(moment()), top_k, words)


def names(result: SearchResult) -> list[str]:
    return [hit.document_id for hit in result.hits]


def reasons(result: SearchResult) -> dict[str, str]:
    return {reject.document_id: reject.reason for reject in result.rejects}


def test_the_entry_asked_for_comes_first() -> None:
    assert names(asked("老人补助给哪些人啊", a_version(WHO), a_version(LOST)))[0] == "buzhu-who"


def test_without_the_lexicon_dialect_is_lost() -> None:
    """落脱咯 shares no sign with 丢失: only the row of the lexicon leads there."""
    lexicon = a_lexicon((["落脱"], ["丢失", "补办"]))
    both = (a_version(WHO), a_version(LOST))
    assert names(asked("落脱咯", *both, lexicon=lexicon))[0] == "card-lost"
    assert "card-lost" not in names(asked("落脱咯", *both))


def test_without_the_dense_leg_a_meaning_of_other_words_is_lost() -> None:
    means = HashedPairs({"搞忘带了": "证件丢失"})
    both = (a_version(WHO), a_version(LOST))
    assert names(asked("搞忘带了", *both, embedder=means))[0] == "card-lost"
    assert names(asked("搞忘带了", *both, embedder=means, weights=Weights(dense=0.0))) == []


def test_without_sounds_a_slip_is_lost() -> None:
    """正剑 is 证件 to the ear; neither sign stands in the entry."""
    found = asked("正剑", a_version(WHO), a_version(LOST), weights=Weights(dense=0.0))
    assert names(found) == ["card-lost"]


def test_a_wording_that_is_held_wins_over_a_better_score() -> None:
    examples = ["申请补助", "补助申请", "怎么领", "去哪领"]
    exact = entry_text(
        "buzhu-how", question="补助怎么申请？", also_asked=["证件丢失怎么补办呀"], examples=examples
    )
    result = asked("证件丢失怎么补办呀？", a_version(exact), a_version(LOST))
    assert [(hit.document_id, hit.matched) for hit in result.hits][0] == ("buzhu-how", "exact")
    assert result.hits[0].confidence == 1.0


def test_a_wording_that_is_held_is_known_in_local_words_too() -> None:
    exact = entry_text("buzhu-how", question="补助给多少？", also_asked=["老人补助给多少"])
    result = asked("老人补助给好多", a_version(exact), a_version(LOST), answer=False)
    assert result.hits[0].matched == "exact"


def test_entries_rank_above_passages_of_documents() -> None:
    notice = a_document_version(texts=("老人补助给哪些人：老人补助给哪些人。",), region="50")
    result = asked("老人补助给哪些人啊", notice, a_version(WHO))
    assert names(result)[0] == "buzhu-who"


def test_what_is_not_sure_enough_is_kept_as_a_reject() -> None:
    result = asked("补助给哪些老人", a_version(WHO), answer=False)
    assert result.hits == ()
    assert reasons(result) == {"buzhu-who": "below-threshold"}


@pytest.mark.parametrize(
    ("period", "about", "reason"),
    [
        (Period(date(2027, 1, 1), None), None, "not-in-force"),
        (Period(None, date(2026, 1, 1)), None, "not-in-force"),
        (Period(None, date(2026, 1, 1)), Period.of_year(2025), ""),
        (Period(date(2026, 11, 22), None), None, ""),
        (Period(None, date(2026, 11, 22)), None, "not-in-force"),
    ],
)
def test_dates_decide_what_may_be_used(period: Period, about: Period | None, reason: str) -> None:
    result = asked("老人补助给哪些人啊", a_version(WHO, period=period), scope=Scope(moment(about=about)))
    assert reasons(result).get("buzhu-who", "") == reason


@pytest.mark.parametrize(
    ("region", "place", "reason"), [("50", "别处", "other-place"), ("00", "别处", ""), ("50", None, "")]
)
def test_another_place_may_only_hear_what_holds_everywhere(
    region: str, place: str | None, reason: str
) -> None:
    result = asked("老人补助给哪些人啊", a_version(entry_text(examples=["老人补助给哪些人", "乙问", "丙问", "丁问"], region=region)),
                   scope=Scope(moment(), place))  # fmt: skip
    assert reasons(result).get("buzhu-who", "") == reason


@pytest.mark.parametrize(("level", "reason"), [("50", "other-place"), ("town", ""), (None, "")])
def test_what_is_told_of_the_town_alone_does_not_answer_for_the_county(
    level: str | None, reason: str
) -> None:
    town = a_version(entry_text(examples=["老人补助给哪些人", "乙问", "丙问", "丁问"], region="town"))
    result = asked("老人补助给哪些人啊", town, scope=Scope(moment(), level=level))
    assert reasons(result).get("buzhu-who", "") == reason


def report(name: str, year: int) -> StoredVersion:
    text = entry_text(
        name,
        topic="report",
        question=f"镇里{year}年普法几场？",
        examples=["普法几场", "普法场数", "普法次数", "普法"],
    )
    return a_version(text, kind=DocumentKind.REPORT)


@pytest.mark.parametrize(("year", "reason"), [(2019, "other-year"), (2025, ""), (2024, "")])
def test_a_report_answers_for_its_own_year_alone(year: int, reason: str) -> None:
    """2024 stands in the report too: the law it rests on began then."""
    result = asked("普法几场", report("report-pufa", 2025), scope=Scope(moment(about=Period.of_year(year))))
    assert reasons(result).get("report-pufa", "") == reason


def test_no_more_hits_than_asked_for_best_first() -> None:
    result = asked("老人补助证件丢失", a_version(WHO), a_version(LOST), top_k=1)
    assert len(result.hits) == 1
    whole = asked("老人补助证件丢失", a_version(WHO), a_version(LOST))
    assert [hit.score for hit in whole.hits] == sorted((hit.score for hit in whole.hits), reverse=True)


def test_the_same_question_gives_the_same_result() -> None:
    one, two = (asked("老人补助证件", a_version(WHO), a_version(LOST)) for _ in range(2))
    assert (one.hits, one.rejects) == (two.hits, two.rejects)


def test_a_row_that_is_no_longer_published_is_not_found() -> None:
    snapshot, used = a_snapshot(a_version(WHO)), HashedPairs()
    both = [*a_snapshot(a_version(WHO), a_version(LOST)).rows]
    result = search(
        "证件丢失", read_query("证件丢失", a_lexicon(), used), an_index(both), snapshot, Scope(moment()), 5
    )
    assert "card-lost" not in {*names(result), *reasons(result)}
    assert all(row.tier == ENTRY for row in both)


OLD = entry_text(
    "buzhu-old",
    question="2020年老人补助是多少？",
    examples=["2020年老人补助", "2020年补助几块", "老人补助的旧数", "2020年的数"],
)
ENDED = [a_parameter(a_value("80", date(2020, 1, 1), date(2021, 1, 1)))]
HOLDS = [a_parameter(a_value("80", date(2020, 1, 1)))]


@pytest.mark.parametrize(("year", "reason"), [(None, "bygone"), (2025, "bygone"), (2020, "")])
def test_a_superseded_figure_answers_for_its_own_year_alone(year: int | None, reason: str) -> None:
    about = Period.of_year(year) if year else None
    found = asked("老人补助的旧数", a_version(OLD), scope=Scope(moment(about=about)), parameters=ENDED)
    assert reasons(found).get("buzhu-old", "") == reason


@pytest.mark.parametrize("text", [OLD, OLD.replace("2020年老人补助是多少", "2030年老人补助是多少")])
def test_what_holds_still_or_is_to_come_is_not_bygone(text: str) -> None:
    parameters = HOLDS if text == OLD else ENDED
    assert "buzhu-old" in names(asked("老人补助的旧数", a_version(text), parameters=parameters))


RISE = entry_text(
    "buzhu-rise",
    question="2020年老人补助涨了多少？",
    examples=["老人补助涨了几块", "补助原来多少", "补助涨前涨后", "2020年补助涨价"],
)
CHANGE_WORDS = Asked({}, rise=("涨了",), before=("原来",), now=("现在",))


@pytest.mark.parametrize(
    ("text", "year", "reason"),
    [
        ("老人补助多少", None, "bygone"),
        ("现在老人补助涨了是多少", None, "bygone"),
        ("老人补助涨了多少", None, ""),
        ("老人补助原来多少", None, ""),
        ("老人补助涨了多少", 2025, "bygone"),
        ("老人补助多少", 2020, ""),
    ],
)
def test_an_entry_on_a_rise_answers_only_who_asks_about_it(text: str, year: int | None, reason: str) -> None:
    scope = Scope(moment(about=Period.of_year(year) if year else None))
    found = asked(text, a_version(RISE), scope=scope, parameters=HOLDS, words=CHANGE_WORDS)
    assert reasons(found).get("buzhu-rise", "") == reason
    assert ("buzhu-rise" in names(found)) is not bool(reason)


@pytest.mark.parametrize(
    ("score", "confidence", "first"),
    [(9.5, 0.98, "surer"), (9.5, 0.55, "best"), (9.0, 0.98, "best")],
)
def test_of_two_that_are_near_the_surer_one_counts(score: float, confidence: float, first: str) -> None:
    hits = [Hit("best", None, 10.0, 0.4, 10.0, 0.5), Hit("surer", None, score, confidence, score, 0.5)]
    kept, doubted = surer_first(hits)
    assert kept[0].document_id == first
    assert [hit.document_id for hit in doubted] == (["best"] if first == "surer" else [])


def test_what_is_sure_or_asked_for_in_its_own_words_stays_first() -> None:
    other = Hit("surer", None, 9.9, 1.0, 9.9, 0.5)
    for best in (Hit("best", None, 10.0, 0.7, 10.0, 0.5), Hit("best", None, 10.0, 0.4, 10.0, 0.5, "exact")):
        assert surer_first([best, other]) == ([best, other], [])
    assert surer_first([]) == ([], [])
