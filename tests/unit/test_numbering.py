"""Article numbers, compared with a slow and obvious second implementation."""

from __future__ import annotations

import pytest

from knowledge.numbering import articles_in, read_article, write_article

ONES = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]


def spelled(n: int) -> str:
    """1..1999, one case after the other."""
    if n >= 1000:
        rest = n - 1000
        return "一千" + ("" if rest == 0 else ("零" if rest < 100 else "") + in_full(rest))
    return spelled_below(n)


def spelled_below(n: int) -> str:
    return in_full(n)[1:] if 10 <= n <= 19 else in_full(n)


def in_full(n: int) -> str:
    """10 is 一十, as inside a longer number."""
    if n >= 100:
        rest = n % 100
        return ONES[n // 100] + "百" + ("" if rest == 0 else ("零" if rest < 10 else "") + in_full(rest))
    if n >= 10:
        return ONES[n // 10] + "十" + ONES[n % 10]
    return ONES[n]


TABLE = {f"第{spelled(n)}条": (n, 0) for n in range(1, 2000)} | {
    f"第{spelled(n)}条之{spelled(k)}": (n, k) for n in (1, 17, 120, 133, 287, 1260) for k in range(1, 12)
}


def test_reads_what_the_slow_table_says() -> None:
    assert {words: read_article(words) for words in TABLE} == TABLE


def test_writes_what_the_slow_table_says() -> None:
    assert {number: write_article(number, chinese=True) for number in TABLE.values()} == {
        number: words for words, number in TABLE.items()
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [("第13条", (13, 0)), ("第 13 条", (13, 0)), ("第133条之1", (133, 1)), ("第13条、第15条", None), ("13条", None),
     ("第零条", None), ("第条", None), ("", None)],
)  # fmt: skip
def test_read(text: str, number: tuple[int, int] | None) -> None:
    assert read_article(text) == number


def test_write_digits() -> None:
    assert write_article((133, 1)) == "第133条之1"
    assert write_article((13, 0)) == "第13条"


@pytest.mark.parametrize("number", [(0, 0), (3, -1)])
def test_write_refuses(number: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not an article number"):
        write_article(number)


def test_articles_in_a_text() -> None:
    assert articles_in("见第13条、第十五条和第20条之一") == {(13, 0), (15, 0), (20, 1)}
    assert articles_in("第13条至第16条") == {(13, 0), (14, 0), (15, 0), (16, 0)}
    assert articles_in("没有条号") == frozenset()
