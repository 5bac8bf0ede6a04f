"""The file of counts: it comes back as it was written, and what is not such a file gets its sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.database.counts_values import CountRow, DayCounts
from tests.counted import a_count, an_event
from tests.fakes import NOW, ON
from web.staff.needs.counts_file import (
    AHEAD,
    CHANGED,
    ELSEWHERE,
    FOREIGN,
    NEWER,
    UnreadableCounts,
    _digest,
    read,
    written,
)

OWN = "b" * 32
TOWN = "here"
DAYS = (DayCounts(ON, (a_count(9, 4, channel="kiosk", event="fair-1").row, a_count(6, 2, topic="").row)),)


def a_file(**more: Any) -> str:
    given = {"town": TOWN, "installation": OWN, "made_at": NOW, "days": DAYS, "events": [an_event(), an_event("x")]}
    return written(**(given | more))


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableCounts) as caught:
        read(data, TOWN, NOW)
    return caught.value.sentence


@settings(deadline=None)
@given(
    st.dictionaries(
        st.dates(date(2025, 1, 1), ON),
        st.lists(
            st.builds(
                CountRow,
                st.sampled_from(["phone", "widget", "kiosk", "api", ""]),
                st.sampled_from(["", "fair-1", "a_B-9"]),
                st.sampled_from(["", "dibao"]),
                st.sampled_from(["", "dibao-how", "文件"]),
                st.sampled_from(["answered", "danger"]),
                st.integers(9, 999),
                st.integers(0, 9),
            ),
            min_size=1,
            max_size=5,
            unique_by=lambda row: (row.channel, row.event, row.topic, row.entry, row.status),
        ),
        max_size=5,
    )
)
def test_what_is_written_comes_back(days: dict[date, list[CountRow]]) -> None:
    held = tuple(DayCounts(day, tuple(rows)) for day, rows in sorted(days.items()))
    sent = read(a_file(days=held).encode(), TOWN, NOW)
    assert (sent.days, sent.installation, sent.made_at) == (held, OWN, NOW)
    assert sent.questions == sum(row.questions for rows in days.values() for row in rows)


def test_events_go_along_where_somebody_asked_and_nobodys_name_does() -> None:
    sent = read(a_file().encode(), TOWN, NOW)
    assert sent.events == (replace(an_event(), made_by=""),)
    assert "bian" not in a_file()


def test_one_content_has_one_digest_and_another_another() -> None:
    first, same, later = (json.loads(a_file(**more)) for more in ({}, {}, {"made_at": NOW + timedelta(minutes=1)}))
    assert first["digest"] == same["digest"] != later["digest"]


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A file edited by hand."""
    content = json.loads(a_file())
    change(content)
    return json.dumps(content).encode()


def forged(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The same, with its digest put right."""
    content = json.loads(a_file())
    change(content)
    content["digest"] = _digest({name: value for name, value in content.items() if name != "digest"})
    return json.dumps(content).encode()


def row_with(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda content: content["days"][ON.isoformat()][0].update(values)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", FOREIGN),
        (a_file().encode()[:-9], FOREIGN),
        (b"\x89PNG\r\n", FOREIGN),
        (b"[" * 100_000, FOREIGN),
        (b"[1]", FOREIGN),
        (b'{"what": "something"}', FOREIGN),
        (changed(lambda content: content.update(format=2)), NEWER),
        (changed(row_with(questions=900)), CHANGED),
        (changed(lambda content: content.pop("digest")), CHANGED),
        (changed(lambda content: content["events"].clear()), CHANGED),
        (a_file(town="elsewhere").encode(), ELSEWHERE),
        (a_file(made_at=NOW + timedelta(days=2)).encode(), AHEAD),
        (a_file(days=(DayCounts(ON + timedelta(days=1), DAYS[0].rows),)).encode(), AHEAD),
    ],
)
def test_what_is_not_whole_not_ours_not_of_this_town_or_not_yet(data: bytes, sentence: str) -> None:
    assert refused(data) == sentence


@pytest.mark.parametrize(
    "change",
    [
        row_with(questions=-1),
        row_with(questions=1.5),
        row_with(sessions=99),
        row_with(channel="staff"),
        row_with(status="<b>"),
        row_with(event="a b"),
        row_with(more=1),
        lambda content: content.update(installation="../x"),
        lambda content: content["days"][ON.isoformat()].append(content["days"][ON.isoformat()][0]),
        lambda content: content["events"][0].update(kind="party"),
        lambda content: content["days"].update({ON.isoformat(): []}),
    ],
)
def test_figures_that_cannot_be_are_refused_whatever_the_digest_says(change: Callable[[dict[str, Any]], object]) -> None:
    assert refused(forged(change)) == CHANGED
