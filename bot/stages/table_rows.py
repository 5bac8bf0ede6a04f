"""Rows of a table as passages: a row answers only a question that names it, and with the cell that was asked for.

Rows of one table differ by a word or two; without this, the row of 花椒 would answer for 枇杷.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from knowledge.normalise import normalise
from knowledge.tokens import is_sound, sound_of, tokenise
from knowledge.types import Passage

_ROW = re.compile(r"(t\d+)-\d+(?:-\d+)?")
_KINDS = (
    (re.compile(r"多少钱|几块|几元|多少元|[补发交缴奖领报]多少|金额|票价|罚多少"), re.compile(r"元|%")),
    (re.compile(r"几天|多久|多长时间|几个工作日|时限|期限"), re.compile(r"\d+(?:个?工作日|日|天|个?月|年|小时)")),
    (re.compile(r"几点"), re.compile(r"\d[:：]\d\d|\d点")),
    (re.compile(r"几月"), re.compile(r"\d+月")),
    (re.compile(r"电话|号码"), re.compile(r"\d{5,}")),
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
FITS = 1.6
"""How much more a cell counts whose column or kind of value is asked for."""


def names_row(passage: Passage, beside: Iterable[Passage], question: str) -> bool:
    """True for anything but a table row; for a row, whether the question says what tells it from the others.

    beside: the passages of the same document.
    """
    table = _ROW.fullmatch(passage.part)
    if table is None:
        return True
    others = [_words(each) for each in beside if each.part.startswith(f"{table[1]}-") and each.id != passage.id]
    mine = _words(passage)
    shared = mine.intersection(*others)
    own = mine - shared if others else set()
    asked = normalise(question)
    return not own or any(_said(word, set().union(*others) - {word} - shared, asked) for word in own)


def cell_weight(passage: Passage, sentence: str, question: str) -> float:
    """1, or FITS for a table's cell whose column is named, or which holds the kind of thing asked for."""
    if not _ROW.fullmatch(passage.part):
        return 1.0
    head, _, value = sentence.rpartition("：")
    column = head.rpartition("，")[2]
    if column and column in question:
        return FITS
    return FITS if any(asks.search(question) and kind.search(value) for asks, kind in _KINDS) else 1.0


def _words(passage: Passage) -> set[str]:
    """What stands before the values of a row: caption, labels, columns."""
    heads = (line.rpartition("：")[0] for line in passage.text.split("\n"))
    return {word for head in heads for word in head.split("，") if word}


def _said(word: str, others: set[str], asked: str) -> bool:
    """Most of the signs that tell this word from the other rows' words stand in the question, or sound so.

    Of 一级残疾 beside 二级残疾 only 一 counts; a number counts as a whole.
    """
    numbers = _NUMBER.findall(word)
    if numbers:
        return all(number in _NUMBER.findall(asked) for number in numbers)
    apart = set(word) - set("".join(others))
    if not apart:
        return word in asked
    if 2 * sum(sign in asked for sign in apart) > len(apart):
        return True
    heard = frozenset(token for token in tokenise(asked) if is_sound(token))
    sounds = [sound_of(a + b) for a, b in pairwise(word) if {a, b} & apart]
    return bool(sounds) and 2 * sum(sound in heard for sound in sounds) > len(sounds)
