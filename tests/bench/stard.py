"""STARD as a yardstick: `python -m tests.bench.stard OUT` ranks 59k law articles for 1,235 lay questions.

Two settings with our tokens and BM25, both on title, chapter and text: without any training, and leave-fold-out, where
the questions of the other three folds stand beside the articles they belong to, as examples stand beside an entry.
Writes a run file for each into OUT and prints what the benchmark's own score.py says of it; docs/retrieval.md keeps
the figures. Reads PUFA_SHARED_DIR; about ten minutes on two cores. Reports, asserts nothing.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.adapters.bm25_index import Bm25Index
from knowledge.fusion import best_first
from knowledge.settings import load_settings
from knowledge.tokens import tokenise

FOLDS = (0, 1, 2, 3)
"""Fold 4 is not handed out."""
DEEP = 100
K1, B = 1.5, 0.75
"""For whole articles; entries have values of their own."""
Run = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Question:
    """gold: numbers of the right articles."""

    number: int
    text: str
    gold: tuple[int, ...]
    fold: int


def main(out: Path) -> None:
    folder = load_settings().shared_dir / "bench" / "stard"
    questions = list(read_questions(folder / "queries.jsonl.gz"))
    articles = read_articles(folder / "corpus.jsonl.gz")
    out.mkdir(parents=True, exist_ok=True)
    report(folder, out / "untrained.json", ranked(index_of(articles), questions))
    report(folder, out / "leave_fold_out.json", leave_fold_out(articles, questions))


def read_questions(path: Path) -> Iterator[Question]:
    for row in _rows(path):
        if row["fold"] in FOLDS:
            yield Question(row["qid"], row["query"], tuple(row["gold"]), row["fold"])


def read_articles(path: Path) -> list[list[str]]:
    """Tokens of each article, by its number."""
    rows = sorted(_rows(path), key=lambda row: row["id"])
    return [tokenise(f"{row['title'].removeprefix('中华人民共和国')}\n{row['chap']}\n{row['text']}") for row in rows]


def index_of(articles: Sequence[Sequence[str]]) -> Bm25Index:
    index = Bm25Index(K1, B)
    index.build(articles)
    return index


def ranked(index: Bm25Index, questions: Sequence[Question]) -> Run:
    """Numbers of the DEEP best articles for each question."""
    return {
        question.number: [int(row) for row in best_first(index.scores(tokenise(question.text)), DEEP)]
        for question in questions
    }


def leave_fold_out(articles: Sequence[list[str]], questions: Sequence[Question]) -> Run:
    run: Run = {}
    for fold in FOLDS:
        taught = [question for question in questions if question.fold != fold]
        asked = [question for question in questions if question.fold == fold]
        run |= ranked(index_of(with_examples(articles, taught)), asked)
    return run


def with_examples(articles: Sequence[list[str]], taught: Sequence[Question]) -> list[list[str]]:
    """The articles, those that somebody asked about with the questions' tokens behind their own."""
    longer = list(articles)
    for question in taught:
        for number in question.gold:
            longer[number] = longer[number] + tokenise(question.text)
    return longer


def report(folder: Path, path: Path, run: Run) -> None:
    path.write_text(json.dumps(run), encoding="utf-8")
    folds = ",".join(map(str, FOLDS))
    scored = subprocess.run(
        [sys.executable, str(folder / "score.py"), str(path), "--folds", folds], capture_output=True, text=True, check=True
    )
    sys.stdout.write(f"{path.stem}\n{scored.stdout}\n")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
