"""Templates to words: figures, spans, hedges, and what is said where no figure is held."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.parameters import UsedFigure, resolve
from knowledge.render import Moment, Rendered, plain_number, said_once, spell, spell_since, spell_span
from knowledge.types import Claim, Confidence, FigureState, Parameter, Period
from tests.builders import ON, a_parameter, a_renderer, a_value, moment

SECONDHAND = Confidence.SECONDHAND
CHANGED = a_parameter(
    a_value("610", date(2024, 9, 1), date(2025, 7, 1)),
    a_value("630", date(2025, 7, 1), recheck_on=date(2026, 7, 1)),
)


def rendered(text: str, *parameters: Parameter, at: Moment | None = None) -> Rendered:
    return a_renderer(*parameters).claim(Claim(text), at or moment())


def year(number: int) -> Moment:
    return moment(about=Period.of_year(number))


@pytest.mark.parametrize(
    ("value", "words"),
    [("630", "630"), ("0.5", "0.5"), ("0.50", "0.5"), ("10000", "1万"), ("80000", "8万"), ("12345", "12345"),
     ("125000", "12.5万"), ("1000", "1000"), ("100", "100"), ("1E+2", "100")],
)  # fmt: skip
def test_numbers_as_people_write_them(value: str, words: str) -> None:
    assert plain_number(Decimal(value)) == words


def test_a_figure_and_a_phone_are_filled_in() -> None:
    found = rendered("每月{old-age}，打{tel:12345}问。")
    assert found.text == "每月100元，打12345问。"
    assert [figure.parameter.id for figure in found.figures] == ["old-age"]


def test_two_values_of_one_year_come_with_their_months() -> None:
    found = rendered("每月{old-age}。", CHANGED, at=year(2025))
    assert found.text == "每月610元（2024年9月起）、630元（2025年7月起）。"
    assert [figure.state for figure in found.figures] == [FigureState.SUPERSEDED, FigureState.LAST_KNOWN]


def test_a_claim_whose_figure_is_not_held_is_not_shown() -> None:
    found = rendered("每月{old-age}。", CHANGED, at=year(2020))
    assert (found.text, found.figures) == ("", ())
    assert [parameter.id for parameter in found.missing] == ["old-age"]


def test_one_missing_figure_takes_the_whole_claim() -> None:
    other = a_parameter(a_value("5", date(2019, 1, 1)), name="held")
    found = rendered("有{held}和{old-age}。", CHANGED, other, at=year(2020))
    assert (found.text, len(found.missing)) == ("", 1)


@pytest.mark.parametrize("text", ["每月{none}。", "打{tel:000}问。"])
def test_a_name_that_nobody_knows_is_an_error(text: str) -> None:
    with pytest.raises(KeyError):
        rendered(text)


def hedges(parameter: Parameter, at: Moment) -> list[str]:
    figures = resolve(parameter, at.about, at.on, at.said)
    return a_renderer(parameter).hedges(figures, at)


def test_a_figure_in_force_needs_no_hedge() -> None:
    assert hedges(a_parameter(), moment()) == []


def test_the_last_known_figure_says_since_when_and_whom_to_ask() -> None:
    parameter = a_parameter(a_value("630", date(2025, 7, 1), confidence=SECONDHAND))
    assert hedges(parameter, moment()) == ["这是2025年7月起的数，之后有没有调，要问12345或便民窗口。"]


def test_an_expired_figure_says_that_todays_is_not_known() -> None:
    parameter = a_parameter(a_value("610", date(2024, 9, 1), date(2025, 7, 1)))
    assert hedges(parameter, moment()) == ["这是2024年9月到2025年6月的数，现在的没查到，要问12345或便民窗口。"]


def test_an_old_figure_is_called_old() -> None:
    assert hedges(CHANGED, year(2024)) == ["这是2024年9月到2025年6月的旧数，现在不按这个了。"]


def test_a_figure_to_come_is_called_so() -> None:
    coming = a_parameter(a_value("700", date(2027, 1, 1)))
    assert hedges(coming, year(2027)) == ["这个数2027年1月起才用。"]


def test_the_same_hedge_is_said_once() -> None:
    one = a_parameter(a_value("630", date(2025, 7, 1), confidence=SECONDHAND))
    two = a_parameter(a_value("770", date(2025, 7, 1), confidence=SECONDHAND), name="urban")
    figures = [f for p in (one, two) for f in resolve(p, Period.of_day(ON), ON, False)]
    assert len(a_renderer(one, two).hedges(figures, moment())) == 1


def test_what_is_said_where_nothing_is_held() -> None:
    assert a_renderer().missing_sentence(a_parameter()) == "您问的那个时候，高龄补助没有查到，要问12345或便民窗口。"


def test_at_most_two_places_to_ask_and_only_known_ones() -> None:
    renderer = a_renderer()
    assert renderer.ask(a_parameter(ask=("12345", "window", "justice"))) == "12345或便民窗口"
    assert renderer.ask(a_parameter(ask=("00000", "nowhere", "12348"))) == "12348"


def figure(start: date | None, end: date | None, recheck_month: int | None = 7) -> UsedFigure:
    parameter = a_parameter(recheck_month=recheck_month)
    return UsedFigure(parameter, a_value("1", start, end), FigureState.IN_FORCE)


def test_since_when() -> None:
    assert spell_since(figure(date(2025, 7, 1), None)) == "2025年7月起"
    assert spell_since(figure(date(2025, 1, 1), None, None)) == "2025年起"
    assert spell_since(figure(date(2025, 1, 1), None)) == "2025年1月起"
    assert spell_since(figure(None, None)) == "以前"


def test_from_when_to_when() -> None:
    assert spell_span(figure(date(2024, 9, 1), date(2025, 7, 1))) == "2024年9月到2025年6月"
    assert spell_span(figure(date(2025, 1, 1), date(2026, 1, 1))) == "2025年"
    assert spell_span(figure(date(2025, 1, 1), None)) == "2025年1月起"


def test_one_value_is_spelled_alone() -> None:
    assert spell(()) == ""
    assert spell((figure(date(2025, 1, 1), None),)) == "1元"


RISE = "原来每人{old-age@2025-06}，涨到{old-age@2025-07}。"
"""What the sum was, and what it became: both are values of the one figure."""


def test_a_figure_of_one_month_is_the_value_that_held_then() -> None:
    found = rendered(RISE, CHANGED)
    assert found.text == "原来每人610元，涨到630元。"
    assert rendered("那时{old-age@2024-09}。", CHANGED).text == "那时610元。"


def test_of_a_rise_only_the_newer_figure_is_cited_and_hedged() -> None:
    found = rendered(RISE, CHANGED)
    assert [str(figure.value.value) for figure in found.figures] == ["630"]
    assert a_renderer(CHANGED).hedges(found.figures, moment()) == ["这是2025年7月起的数，之后有没有调，要问12345或便民窗口。"]


@pytest.mark.parametrize(("asked", "held"), [(2024, False), (2025, True), (2026, True)])
def test_a_rise_is_told_of_the_time_of_its_newer_figure(asked: int, held: bool) -> None:
    assert bool(rendered(RISE, CHANGED, at=year(asked)).text) is held


def test_a_month_without_a_figure_takes_the_whole_claim() -> None:
    found = rendered("原来每人{old-age@2020-01}，涨到{old-age@2025-07}。", CHANGED)
    assert (found.text, [parameter.id for parameter in found.missing]) == ("", ["old-age"])


def test_a_new_value_leaves_what_is_told_of_an_earlier_month_as_it_was() -> None:
    """A clerk who confirms the sum of today does not rewrite the past."""
    later = a_parameter(*CHANGED.values[:-1], a_value("630", date(2025, 7, 1), date(2026, 9, 1)), a_value("660", date(2026, 9, 1)))
    assert rendered(RISE, later).text == "原来每人610元，涨到630元。"


def test_what_is_told_of_an_earlier_time_is_called_old_where_the_figure_goes_on() -> None:
    figures = rendered("那时{old-age@2024-09}。", CHANGED).figures
    assert a_renderer(CHANGED).hedges(figures, moment()) == ["这是旧数，现在不按这个了。"]
    ended = a_parameter(CHANGED.values[0])
    assert "现在的没查到" in a_renderer(ended).hedges(rendered("那时{old-age@2024-09}。", ended).figures, moment())[0]


def test_hedges_of_several_dates_are_one_sentence() -> None:
    ask = "之后有没有调，要问12345。"
    hedges = [f"这是2025年起的数，{ask}", "这个数2027年起才用。", f"这是2020年起的数，{ask}", "这是2022年起的数，之后有没有调，要问12333。"]
    assert said_once(hedges) == [
        f"这些是2025年起、2020年起的数，{ask}",
        "这个数2027年起才用。",
        "这是2022年起的数，之后有没有调，要问12333。",
    ]
