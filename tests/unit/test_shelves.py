"""The library as pages see it: only what is in force that day, from one snapshot."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from knowledge.places import load_places
from knowledge.types import FigureState, Period
from tests.builders import (
    ON,
    ShelfLibrary,
    a_document_version,
    a_hit,
    a_parameter,
    a_snapshot,
    a_town,
    a_value,
    a_version,
    entry_text,
    found,
)
from web.shelves import Shelves

DAY = timedelta(days=1)
PLACES = load_places(Path("no such file"), a_town())


def shelves(*versions: Any, parameters: Any = None, library: ShelfLibrary | None = None) -> Shelves:
    held = library or ShelfLibrary(a_snapshot(*versions, parameters=parameters))
    return Shelves(cast(Any, held), PLACES)


def an_entry_of(name: str, **front: Any) -> Any:
    return a_version(entry_text(name, question=f"{name}？", **front))


def test_questions_are_listed_by_topic_the_most_linked_first() -> None:
    versions = (
        an_entry_of("buzhu-a"),
        an_entry_of("buzhu-b", related=["buzhu-c", "buzhu-d"]),
        an_entry_of("buzhu-c", related=["buzhu-d"]),
        an_entry_of("buzhu-d"),
        an_entry_of("report-x", topic="report"),
    )
    found = shelves(*versions).questions(ON)
    assert {topic: [link.id for link in links] for topic, links in found.items()} == {
        "buzhu": ["buzhu-d", "buzhu-c", "buzhu-a", "buzhu-b"],
        "report": ["report-x"],
    }
    assert found["report"][0].question == "report-x？"


LIFE = Period(ON, ON + 2 * DAY)


@pytest.mark.parametrize(("day", "there"), [(-1, False), (0, True), (1, True), (2, False)])
def test_what_is_not_in_force_that_day_is_not_there(day: int, there: bool) -> None:
    held = shelves(a_version(period=LIFE), a_document_version(period=LIFE))
    on = ON + day * DAY
    assert (held.entry("buzhu-who", on) is not None) is there
    assert (held.document("gonggao", on) is not None) is there
    assert bool(held.questions(on)) is there


def test_an_unknown_name_is_nothing() -> None:
    assert shelves().entry("none", ON) is None
    assert shelves().document("none", ON) is None


def test_a_free_document_is_no_entry() -> None:
    assert shelves(a_document_version()).entry("gonggao", ON) is None


def test_an_entry_comes_filled_in_for_the_day() -> None:
    history = a_parameter(a_value("90", date(2024, 1, 1), date(2025, 1, 1)), a_value("100", date(2025, 1, 1)))
    held = shelves(parameters=[history])
    now, then = held.entry("buzhu-who", ON), held.entry("buzhu-who", date(2024, 5, 1))
    assert now is not None and then is not None
    assert "100元" in now.parts[0].text and "90元" in then.parts[0].text
    assert then.sources[1].state is FigureState.IN_FORCE, "on that day it was"


def test_search_reads_time_and_place_from_the_question() -> None:
    library = ShelfLibrary(a_snapshot(), found(a_hit()))
    result = shelves(library=library).search("白石镇２０２４年补助好多钱", limit=3, on=ON)
    ((text, scope, limit),) = library.asked
    assert result.hits[0].document_id == "buzhu-who"
    assert (text, limit, scope.outside) == ("白石镇2024年补助好多钱", 3, "白石镇")
    assert (scope.moment.about, scope.moment.said, scope.moment.on) == (Period.of_year(2024), True, ON)


def test_ready_or_why_not() -> None:
    library = ShelfLibrary(a_snapshot())
    assert shelves(library=library).not_ready() is None
    library.ready = lambda: False  # type: ignore[method-assign]
    assert "整理" in (shelves(library=library).not_ready() or "")
