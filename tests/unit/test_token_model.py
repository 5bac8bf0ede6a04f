"""Linear models over tokens: what speaks for a held question and what against."""

from __future__ import annotations

import json

from knowledge.token_model import Sample, TokenModel, all_of, fit_tokens, lacking
from knowledge.tokens import tokenise

HELD = [all_of(tokenise(text)) for text in ("低保怎么办", "低保去哪里办", "医保怎么报", "医保去哪里报")]
OTHER = [all_of(tokenise(text)) for text in ("柑橘多少钱", "猪肉多少钱", "稻谷好久收", "鱼苗好久放")]


def test_words_of_either_side_lean_to_it() -> None:
    model = fit_tokens(HELD, OTHER)
    assert model.tokens["低保"][1] > 0 > model.tokens["多少"][1]
    assert "柑橘" not in model.tokens, "one question is no evidence"
    assert model.score(HELD[0]) > 0 > model.score(OTHER[0])


def test_nothing_is_learnt_from_one_side_alone() -> None:
    assert fit_tokens(HELD, []) == fit_tokens([], OTHER) == TokenModel()
    assert TokenModel().score(HELD[0]) == 0.0


def test_the_same_questions_give_the_same_model_and_it_survives_json() -> None:
    model = fit_tokens(HELD, OTHER)
    assert fit_tokens(HELD, OTHER) == model
    assert TokenModel.from_json(json.loads(json.dumps(model.as_json()))) == model


def test_lacking_leaves_out_what_the_row_has_or_sounds_like() -> None:
    query = tokenise("底保租金")
    assert "租金" in lacking(query, frozenset(tokenise("低保"))).tokens
    assert not {"底保", "底"} & set(lacking(query, frozenset(tokenise("低保"))).tokens), "a slip is no gap, nor its sign"
    assert lacking(query, frozenset(query)).tokens == ()


def test_a_longer_question_may_lack_more() -> None:
    model = TokenModel({"租金": (1.0, -1.0)})
    short, long = (Sample(("租金",), length) for length in (2.0, 4.0))
    assert model.score(short) < model.score(long) < 0
