"""A word that the lexicon explains is no gap of a row that holds its meaning."""

from __future__ import annotations

from knowledge.calibrate import evidence_of, signals_for
from knowledge.confidence import SIGNALS, Models
from knowledge.index import Query, read_query
from knowledge.lexicon import Lexicon
from knowledge.meant import Meant, with_explained
from knowledge.tokens import tokenise
from tests.unit.small_index import HashedPairs, a_lexicon, a_row, an_index

ROWS = [a_row("e0", "起诉状怎么写"), a_row("e1", "修路占了田补多少")]
EXPLAINS = a_lexicon((["状子"], ["起诉状"]))
COVERAGE, GAP = SIGNALS.index("coverage"), SIGNALS.index("gap")


def test_the_word_counts_as_held_where_a_meaning_stands_whole() -> None:
    meant = [Meant.of("状子", ["起诉状", "申请书"])]
    assert with_explained(frozenset(tokenise("写起诉状")), meant) >= set(tokenise("状子"))
    assert with_explained(frozenset(tokenise("起诉")), meant) == frozenset(tokenise("起诉"))


def test_a_lexicon_tells_which_typed_words_it_explains() -> None:
    assert EXPLAINS.meant("状子写不来") == (Meant.of("状子", ["起诉状"]),)
    assert EXPLAINS.meant("起诉状") == ()


def test_an_explained_word_raises_what_the_right_row_covers_and_no_other() -> None:
    plain = a_lexicon((["无关"], ["起诉状"]))
    right, wrong = (_signals(lexicon, 0) for lexicon in (EXPLAINS, plain))
    assert right[COVERAGE] > wrong[COVERAGE] and right[GAP] < wrong[GAP]
    other, same = (_signals(lexicon, 1) for lexicon in (EXPLAINS, plain))
    assert other[COVERAGE] == same[COVERAGE]


def _signals(lexicon: Lexicon, number: int) -> list[float]:
    index = an_index(ROWS)
    query: Query = read_query("状子怎么写", lexicon, HashedPairs())
    evidence = evidence_of(ROWS[number], query, 3.0, 0.5, 1.0, lexicon.asked)
    return list(signals_for(index, ROWS[number], query, evidence, Models()))
